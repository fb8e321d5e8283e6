"""Which locks an action takes, read from its SQL, and whether in the one order (DESIGN section 8)."""

import re
from collections.abc import Callable
from typing import Any

from core.models import VOTE_LOCKS, Vote
from tests.core.actions.scene import query, spoken, undone

ORDER = ["membership", "body", "board", "mandate", "application", "proposal", "vote", "rollentry", "recordhead"]
APPS = "core|councils|defense|confederation"
ROW = re.compile(rf'FROM "(?:{APPS})_(\w+)".* FOR (NO KEY )?UPDATE(?: OF "core_(\w+)")?', re.DOTALL)
ADVISORY = re.compile(r"SELECT (pg_advisory_xact_lock\w*)\(")


def locks_in(statements: list[str]) -> list[str]:
    """The locks in the order in which they were first taken; a row lock that is not NO KEY says so."""
    found: list[str] = []
    for statement in statements:
        row, advisory = ROW.search(statement), ADVISORY.search(statement)
        if advisory:
            name = "vote shared" if advisory[1].endswith("shared") else "vote alone"
        elif row:
            name = row[3] or row[1]
            name = name if row[2] else f"{name} too hard"
        else:
            continue
        if name not in found:
            found.append(name)
    return found


def locks_of(act: Callable[[], Any]) -> list[str]:
    """What an action locks; its effects are taken back."""
    with undone(), spoken() as heard:
        act()
    taken = locks_in(heard)
    places = [ORDER.index(name.split()[0]) for name in taken if name.split()[0] in ORDER]
    assert places == sorted(places), f"out of order: {taken}"
    return taken


def before(statements: list[str], first: str, then: str) -> bool:
    """Whether a statement with `first` comes before every statement with `then`."""
    numbers = [n for n, statement in enumerate(statements) if first in statement]
    others = [n for n, statement in enumerate(statements) if then in statement]
    return bool(numbers and others) and numbers[0] < others[0]


def guard_takes(vote: Vote, write: Callable[[], Any]) -> list[str]:
    """What the database itself locks of a vote when rows are written past all actions."""
    held = f"""
        SELECT mode FROM pg_locks WHERE pid = pg_backend_pid() AND locktype = 'advisory'
        AND (classid, objid) = ({VOTE_LOCKS}, {vote.pk})
    """
    assert query(held) == []
    with undone():
        write()
        return [mode for (mode,) in query(held)]
