"""Appending to one body's record, and what writing the record costs the acts that do."""

import sys
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from unittest.mock import patch

from django.db import transaction

from bench.figures import in_turn
from bench.inside import towns
from bench.inside.clock import seconds
from bench.inside.crowds import acts_a_second, inserts_a_second
from core.actions import ballots, closing, comments, opening
from core.locks import take
from core.models import Person, Proposal
from core.record import record
from core.rules.positions import Position
from core.timekeeping import folkmoot_now
from faults.town import move

INSERT = "INSERT INTO bench_line (body_id, at, what) VALUES ({body}, clock_timestamp(), 'bench.line');\n"
Columns = tuple[list[float], list[float]]


def lines(rounds: int, length: float) -> Columns:
    """Lines a second that eight writers append to one record, and rows a second that eight clients insert."""
    body, people = towns.town("append", 10)
    members = [body.memberships.get(person=person) for person in people[:8]]

    def append(number: int) -> None:
        with transaction.atomic():
            record("bench.line", body, by=members[number], at=folkmoot_now(), number=number)

    with tempfile.TemporaryDirectory() as folder:
        script = Path(folder) / "insert.sql"
        script.write_text(INSERT.format(body=body.pk))
        pair = in_turn(rounds, lambda: acts_a_second(append, length), lambda: inserts_a_second(script, length))
    return pair.ours, pair.reference


def voices(rounds: int, length: float) -> Columns:
    """Comments a second that eight write in one body: each appends a line; and the same with record() stubbed."""
    body, people = towns.town("voices", 10)
    talks = [proposal for proposal, _author in towns.in_discussion(body, people, 8)]

    def speak(number: int) -> None:
        comments.write(talks[number], "I have dug there before.", by=people[number], at=folkmoot_now())

    def stubbed() -> float:
        with without_record():
            return acts_a_second(speak, length)

    pair = in_turn(rounds, lambda: acts_a_second(speak, length), stubbed)
    return pair.ours, pair.reference


def votes(rounds: int, voters: int) -> Columns:
    """Votes a second, each opened, given to by all, and closed: with record(), and with it stubbed."""
    body, people = towns.town("votes", voters)
    everybody = list(Person.objects.filter(memberships__body=body).order_by("pk"))
    waiting = iter(towns.in_discussion(body, people, 2 * rounds + 2))
    move(4)

    def whole() -> float:
        proposal, author = next(waiting)
        return 1 / seconds(lambda: hold(proposal, author, everybody))

    def stubbed() -> float:
        with without_record():
            return whole()

    pair = in_turn(rounds, whole, stubbed)
    return pair.ours, pair.reference


def hold(proposal: Proposal, author: Person, everybody: list[Person]) -> None:
    """A whole vote, but that nobody waits for its window to pass."""
    vote = opening.open_vote(proposal, by=author)
    for person in everybody:
        ballots.cast(vote, Position.AGREE, by=person)
    with transaction.atomic():
        taken = take(proposal.body_id, closing.touched_by_closing(proposal), votes=[vote.pk])
        closing.finish(vote, taken, at=folkmoot_now())


@contextmanager
def without_record() -> Iterator[None]:
    """Every module that writes the record writes none."""
    writing = [module for name, module in sys.modules.items() if name.startswith("core.") and uses_record(module)]
    with ExitStack() as stubs:
        for module in writing:
            stubs.enter_context(patch.object(module, "record", lambda *_words, **_data: None))
        yield


def uses_record(module: object) -> bool:
    """Whether a module has imported the function."""
    return getattr(module, "record", None) is record
