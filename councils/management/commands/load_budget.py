"""Loads a participatory budget as it was held, has all its ballots cast, and compares every count with the file."""

from argparse import ArgumentTypeError
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import DatabaseError

from core.actions.settling import settle
from councils import pabulib
from councils.budgets import casting, comparing
from councils.budgets.founding import Council, NotLoaded, found
from councils.offset import move, set_back

CLIENTS_MAX = 64


class Command(BaseCommand):
    """Run as the owner: it sets the clock of decisions back, and leaves it as it was."""

    help = "Load a .pb file (pabulib.org) as a council, cast all its ballots, and compare all counts with the file."

    def add_arguments(self, parser: CommandParser) -> None:
        """The file, and through what the ballots come."""
        parser.add_argument("file", type=Path, help="a .pb file")
        parser.add_argument("--via-http", metavar="URL", default="", help="cast through the pages of this address")
        parser.add_argument("--clients", type=clients, default=8, help="how many cast at once (8)")

    def handle(self, *args: Any, **options: Any) -> None:
        """Load, cast, close, compare; an error if any number differs."""
        if not settings.DEMO:
            raise CommandError("This moves the clock: it is only for a demo house. Set FOLKMOOT_DEMO=1.")
        try:
            budget = pabulib.read(options["file"])
            rows = run(budget, options["via_http"].rstrip("/"), options["clients"], self.stdout.write)
        except OSError as problem:
            raise CommandError(f"{options['file']} cannot be read: {problem.strerror}.") from problem
        except (pabulib.Unreadable, NotLoaded, casting.NotTaken) as problem:
            raise CommandError(str(problem)) from problem
        except DatabaseError as problem:
            raise CommandError(f"Run this as the owner of the database. It said: {problem}") from problem
        for line in comparing.table(rows):
            self.stdout.write(line)
        different = [row for row in rows if not row.equal]
        if different:
            raise CommandError(f"{len(different)} of {len(rows)} projects differ from the file.")
        self.stdout.write(f"All {len(rows)} projects equal a direct count of the file.")


def clients(text: str) -> int:
    """How many at once."""
    if not text.isdigit() or not 1 <= int(text) <= CLIENTS_MAX:
        raise ArgumentTypeError(f"1 to {CLIENTS_MAX}")
    return int(text)


def run(budget: pabulib.Budget, site: str, number: int, say: Callable[[str], object]) -> list[comparing.Compared]:
    """The whole of it, on a clock set back so that all votes are over when it is back at the present."""
    with set_back(timedelta(days=11)):
        say(f"{budget.name}: {len(budget.voters):,} voters found a council with {len(budget.projects)} proposals …")
        council = found(budget)
        progress = cast(council, site, number, say)
        say(f"{progress.done:,} ballots by {number} clients, {progress.rate:.0f} a second.")
        move(timedelta(days=7, minutes=1))
        settle()
        return comparing.compare(council)


def cast(council: Council, site: str, number: int, say: Callable[[str], object]) -> casting.Progress:
    """All ballots: over HTTP where a site is named, else through the action in this process."""
    todo = casting.sheets(council)
    if not site:
        return casting.cast_all(todo, casting.ActionClient, clients=number, say=say)
    with casting.signed_in(list(council.people.values())) as sessions:
        return casting.cast_all(todo, lambda: casting.PageClient(site, sessions), clients=number, say=say)
