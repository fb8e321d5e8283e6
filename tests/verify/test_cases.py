"""Cases in a record: an honest one holds, and every other lot, seat, sitting, outcome and appeal is found."""

import hashlib
from collections.abc import Callable
from typing import Any

import pytest

from core.rules.cases import in_order
from tests.verify.test_lies import BRUNO, mandate, put_up
from tests.verify.test_secret_and_elected import Teller

SEED, OTHER = b"s" * 32, b"o" * 32
HASH = "0a" * 32
AMONG = 6
ORDER = list(in_order(SEED, AMONG).order)


def opened(teller: Teller, who: str | None = None) -> None:
    """A case, with the hashes of its lot."""
    fixed = {"seed": hashlib.sha256(SEED).hexdigest(), "list": HASH, "complaint": HASH}
    teller.tell("case.opened", who, case=1, sit_by=teller.time(days=4), **fixed)


def drawn(teller: Teller, **other: Any) -> None:
    """Its panel."""
    opened(teller)
    told = {"seed": SEED.hex(), "among": AMONG, "root": HASH, "panel": ORDER[:3]} | other
    teller.tell("case.drawn", None, case=1, **told)


def seated(teller: Teller, numbers: list[int] = ORDER[:3]) -> None:
    """They take their seats."""
    drawn(teller)
    for number in numbers:
        teller.tell("case.seat_taken", None, case=1, number=number)


def replaced(teller: Teller, out: int, following: int | None, passed: tuple[int, ...] = ()) -> None:
    """One gives the seat back."""
    teller.tell("case.replaced", None, case=1, out=out, how="recused", passed=[*passed], next=following)


def decided(teller: Teller) -> None:
    """Sat, heard and decided."""
    seated(teller)
    teller.tell("case.sat", None, case=1)
    teller.tell("case.said", None, case=1, statement=HASH)
    teller.tell("case.decided", None, case=1, reasons=HASH)


def closed(teller: Teller, days: int = 7, how: str = "stands", ends: int | None = None) -> None:
    """So many days later it is closed."""
    teller.pass_by(days=days)
    teller.tell("case.closed", None, case=1, how=how, mandate=ends)


def honest(teller: Teller) -> None:
    """A mandate that a panel ends, after one of them gave the seat back and another had left."""
    mandate(teller)
    drawn(teller)
    replaced(teller, ORDER[1], ORDER[4], passed=(ORDER[3],))
    for number in (ORDER[0], ORDER[2], ORDER[4]):
        teller.tell("case.seat_taken", None, case=1, number=number)
    teller.tell("case.sat", None, case=1)
    teller.tell("case.decided", None, case=1, reasons=HASH)
    closed(teller, ends=4)
    teller.tell("mandate.ended", None, mandate=4, how="panel", holder=BRUNO)


def appealed(teller: Teller, days: int = 1) -> None:
    """One side asks the assembly."""
    decided(teller)
    teller.pass_by(days=days)
    put_up(teller, key=9, kind="case_appeal")
    teller.tell("case.appealed", None, case=1, proposal=9)


def nobody_left(teller: Teller) -> None:
    """The last ones give their seats back."""
    drawn(teller)
    for out, following in zip(ORDER[:3], ORDER[3:], strict=True):
        replaced(teller, out, following)
    replaced(teller, ORDER[3], None)
    closed(teller, days=0, how="no_panel")


def forgotten(teller: Teller) -> None:
    mandate(teller)
    decided(teller)
    closed(teller, ends=4)


def twice(teller: Teller) -> None:
    opened(teller)
    opened(teller)


def said_late(teller: Teller) -> None:
    decided(teller)
    teller.tell("case.said", None, case=1, statement=HASH)


def sat_alone(teller: Teller) -> None:
    seated(teller, ORDER[:2])
    teller.tell("case.sat", None, case=1)


def not_sat(teller: Teller) -> None:
    seated(teller)
    teller.tell("case.decided", None, case=1, reasons=HASH)


def one_by_one(teller: Teller, out: int, following: int | None) -> None:
    drawn(teller)
    replaced(teller, out, following)


def stands_early(teller: Teller) -> None:
    decided(teller)
    closed(teller, days=6)


def stands_appealed(teller: Teller) -> None:
    appealed(teller)
    closed(teller, days=8)


def put_up_alone(teller: Teller) -> None:
    decided(teller)
    put_up(teller, key=9, kind="case_appeal")


LIES: dict[str, tuple[Callable[[Teller], None], str]] = {
    "opened twice": (twice, "case_opened"),
    "opened under a name": (lambda teller: opened(teller, BRUNO), "case_opened"),
    "another seed": (lambda teller: drawn(teller, seed=OTHER.hex()), "case_lot"),
    "a list longer than there are members": (lambda teller: drawn(teller, among=99), "case_lot"),
    "a list too short": (lambda teller: drawn(teller, among=2), "case_lot"),
    "others on the panel": (lambda teller: drawn(teller, panel=ORDER[1:4]), "case_drawn"),
    "another follows": (lambda teller: one_by_one(teller, ORDER[0], ORDER[5]), "case_drawn"),
    "one follows who was not asked": (lambda teller: one_by_one(teller, ORDER[5], ORDER[3]), "case_drawn"),
    "nobody follows though there are some": (lambda teller: one_by_one(teller, ORDER[0], None), "case_drawn"),
    "a seat of another": (lambda teller: seated(teller, [ORDER[3]]), "case_seat"),
    "a sitting of two": (sat_alone, "case_sat"),
    "decided without a sitting": (not_sat, "case_decided"),
    "said when it was decided": (said_late, "case_said"),
    "appealed too late": (lambda teller: appealed(teller, days=7), "case_appealed"),
    "an appeal in no case": (put_up_alone, "case_appealed_without"),
    "an outcome that stands too early": (stands_early, "case_closed"),
    "an outcome that stands before the assembly has decided": (stands_appealed, "case_closed"),
    "a mandate that goes on": (forgotten, "panel_ends_otherwise"),
    "a case that nobody opened": (closed, "case_unknown"),
}


@pytest.mark.parametrize("tell", [honest, appealed, nobody_left])
def test_what_is_no_lie_is_not_called_one(tell: Callable[[Teller], None]) -> None:
    teller = Teller()
    tell(teller)
    found = teller.found()
    assert found.codes <= {"ballots_missing"}  # of the vote that gave the mandate there is only the root
    assert found.unknown["panel"] == 0


@pytest.mark.parametrize("name", LIES)
def test_each_lie_is_found(name: str) -> None:
    lie, code = LIES[name]
    teller = Teller()
    lie(teller)
    assert code in teller.found().codes
