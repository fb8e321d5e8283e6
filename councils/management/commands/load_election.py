"""Holds an election of the past again: every ballot of a file through our own actions, and the count in words."""

from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import DatabaseError

from core.actions.settling import settle
from core.models import Vote
from core.words import elections as words
from councils import blt
from councils.elections.holding import Held, NotLoaded, hold
from councils.offset import move, set_back


class Command(BaseCommand):
    """Run as the owner: it sets the clock of decisions back, and leaves it as it was."""

    help = "Load a .blt file (a ranked election) as a council, cast all its ballots, and show the count."

    def add_arguments(self, parser: CommandParser) -> None:
        """The file."""
        parser.add_argument("file", type=Path, help="a .blt file")

    def handle(self, *args: Any, **options: Any) -> None:
        """Load, cast, close, tell."""
        if not settings.DEMO:
            raise CommandError("This moves the clock: it is only for a demo house. Set FOLKMOOT_DEMO=1.")
        try:
            held = run(blt.read(options["file"]), self.stdout.write)
        except OSError as problem:
            raise CommandError(f"{options['file']} cannot be read: {problem.strerror}.") from problem
        except (blt.Unreadable, NotLoaded) as problem:
            raise CommandError(str(problem)) from problem
        except DatabaseError as problem:
            raise CommandError(f"Run this as the owner of the database. It said: {problem}") from problem
        for line in told(held):
            self.stdout.write(line)


def run(election: blt.Election, say: Callable[[str], object]) -> Held:
    """The whole of it, on a clock set back so that the vote is over when it is back at the present."""
    with set_back(timedelta(days=11)):
        say(f"{election.title}: {election.ballots.total():,} voters, {len(election.names)} candidates …")
        held = hold(election, say)
        move(timedelta(days=7, minutes=1))
        settle()
        return Held(election, Vote.objects.get(pk=held.vote.pk))


def told(held: Held) -> Iterator[str]:
    """Every stage in words, and who was elected."""
    names = {0: str(words.NOBODY)} | dict(enumerate(held.election.names, start=1))
    tally: dict[str, Any] = held.vote.tally or {}
    if "stages" in tally:
        for number, stage in enumerate(tally["stages"], start=1):
            yield f"Stage {number}"
            yield from (f"  {sentence}" for sentence in words.stage(stage, names, tally["quota"]))
    yield f"Elected: {words.listed(tally['elected'], names)}."
