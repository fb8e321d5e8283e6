"""Records of bodies that become one or have a host: what holds, and each lie that is found."""

from collections.abc import Callable
from typing import Any

import pytest

from tests.verify.test_lies import ANA, BRUNO, adopts, opens, put_up
from tests.verify.test_secret_and_elected import LABELS, Teller

OTHER, THIRD, NEW = "ab" * 16, "cd" * 16, "ef" * 16


def agreed(teller: Teller, kind: str = "union", *, leads: bool = True, days: int = 30) -> None:
    """The body has adopted it, and so many days have gone by."""
    put_up(teller, kind=kind, leads=leads, others=[OTHER])
    teller.pass_by(days=7)
    matter = "charter" if kind == "union" else "ordinary"
    opens(teller, kind=kind, matter=matter)
    adopts(teller)
    teller.tell("accord.asked", None, proposal=1)
    teller.pass_by(days=days)


def unites(teller: Teller, **other: Any) -> None:
    """The other body has become one with this one, and one comes along."""
    teller.tell("bodies.united", None, **({"proposal": 1, "ended": [OTHER], "came": 1, "sooner": []} | other))


def joins(teller: Teller, who: str = NEW, **other: Any) -> None:
    """One who comes along, and waits for two days and some hours more."""
    told = {"how": "union", "waiting_days": 2, "voice_from": teller.time(days=2, hours=5)}
    teller.tell("member.joined", who, **(told | other))


def ends(teller: Teller, **other: Any) -> None:
    """This body has become one with the other, and ends."""
    teller.tell("body.ended", None, **({"proposal": 1, "into": OTHER} | other))


def hosted(teller: Teller, **other: Any) -> None:
    """This body answers to the other one."""
    teller.tell("host.chosen", None, **({"proposal": 1, "host": OTHER} | other))


def fell(teller: Teller) -> None:
    teller.tell("accord.fell", None, proposal=1, why="not_adopted")


def after(*acts: Callable[[Teller], None]) -> Teller:
    """What is told, one after the other."""
    teller = Teller()
    for act in acts:
        act(teller)
    return teller


HOLDS: dict[str, tuple[Callable[[Teller], None], ...]] = {
    "one goes on": (agreed, unites, joins),
    "one ends": (lambda teller: agreed(teller, leads=False), ends),
    "one has a host": (lambda teller: agreed(teller, "host", leads=False, days=0), hosted),
    "one is host": (
        lambda teller: agreed(teller, "host", days=0),
        lambda teller: teller.tell("host.agreed", None, proposal=1, hosted=OTHER),
    ),
    "it fell": (
        agreed,
        fell,
        lambda teller: teller.tell("decision.ended", None, proposal=1, why="fell"),
    ),
    "it fell while it was talked over": (
        lambda teller: put_up(teller, kind="union", leads=True, others=[OTHER]),
        fell,
        lambda teller: teller.tell("proposal.decided", None, proposal=1, outcome="overtaken"),
    ),
}


@pytest.mark.parametrize("name", HOLDS)
def test_what_holds_is_not_called_a_lie(name: str) -> None:
    told = after(*HOLDS[name]).found().codes
    assert set(told) <= {"ballots_missing"}  # they are written out nowhere here


LIES: dict[str, tuple[tuple[Callable[[Teller], None], ...], str]] = {
    "united a day too soon": ((lambda teller: agreed(teller, days=29), unites, joins), "united_without"),
    "united with another": ((agreed, lambda teller: unites(teller, ended=[THIRD]), joins), "united_without"),
    "united on the side that ends": ((lambda teller: agreed(teller, leads=False), unites, joins), "united_without"),
    "united twice": ((agreed, unites, joins, lambda teller: unites(teller, came=0)), "united_without"),
    "united after it fell": ((agreed, fell, *HOLDS["it fell"][2:], unites, joins), "united_without"),
    "a voice given sooner than to anybody": (
        (agreed, lambda teller: unites(teller, sooner=[[ANA, teller.time()]]), joins),
        "united_without",
    ),
    "fewer come than were said to": ((agreed, lambda teller: unites(teller, came=2), joins), "comes_not"),
    "more come than were said to": ((agreed, lambda teller: unites(teller, came=0), joins), "joined_without"),
    "somebody comes without a union": ((joins,), "joined_without"),
    "somebody waits another time than is said": (
        (agreed, unites, lambda teller: joins(teller, waiting_days=1)),
        "waiting_time",
    ),
    "it ends a day too soon": ((lambda teller: agreed(teller, leads=False, days=29), ends), "ended_without"),
    "it ends on the side that goes on": ((agreed, ends), "ended_without"),
    "it ends into another": (
        (lambda teller: agreed(teller, leads=False), lambda teller: ends(teller, into=THIRD)),
        "ended_without",
    ),
    "it ends by a union without another": (
        (lambda teller: agreed(teller, leads=False), lambda teller: ends(teller, into=None)),
        "ended_without",
    ),
    "a host that nobody chose": ((put_up, hosted), "host_without"),
    "another host than the one chosen": (
        (lambda teller: agreed(teller, "host", leads=False), lambda teller: hosted(teller, host=THIRD)),
        "host_without",
    ),
    "asked before it was adopted": (
        (
            lambda teller: put_up(teller, kind="union", leads=True, others=[OTHER]),
            lambda teller: teller.tell("accord.asked", None, proposal=1),
        ),
        "accord_without",
    ),
    "what fell stays": ((agreed, fell), "accord_stays"),
    "a decision that fell by itself": (
        (agreed, lambda teller: teller.tell("decision.ended", None, proposal=1, why="fell")),
        "decision_ended_without",
    ),
    "one overtaken by nothing": (
        (
            lambda teller: put_up(teller, BRUNO, kind="union", leads=True, others=[OTHER]),
            lambda teller: teller.tell("proposal.decided", None, proposal=1, outcome="overtaken"),
        ),
        "decided_otherwise",
    ),
}


@pytest.mark.parametrize("name", LIES)
def test_each_lie_is_found(name: str) -> None:
    acts, code = LIES[name]
    assert NEW not in LABELS
    assert code in after(*acts).found().codes
