"""Secret votes and elections: made-up lines in the form that the house writes, right ones and wrong ones."""

import hashlib
from collections import Counter
from datetime import datetime, timedelta
from typing import Any

import pytest

from tests.verify.story import Line, leaf_of, written
from verify import elections, merkle
from verify.checking import check
from verify.counting import Terms
from verify.findings import Findings
from verify.terms import fraction

LABELS = [f"{number:032x}" for number in range(1, 9)]
SEED = b"\x05" * 32
NUMBERS = {
    "consensus_up_to": 50, "agreement_num": 4, "agreement_den": 5, "quorum_num": 1, "quorum_den": 2,
    "second_quorum_num": 1, "second_quorum_den": 5, "discussion_days": 3, "voting_hours": 168, "recall_hours": 72,
    "asides_num": 1, "asides_den": 4, "round_days": 14, "rounds_max": 3, "after_rounds": "not_adopted",
    "term_days": 365, "renewals": 1, "admission": "vouched", "waiting_days": 7, "urgent_sum": 0, "secret_from": 7,
    "codes": True, "time_zone": "UTC", "open_proposals": 3, "minimum_age": 16, "counts_visible": "nobody",
    "votes_by_mail": False,
}  # fmt: skip


class Teller:
    """Writes lines as the house does."""

    def __init__(self) -> None:
        self.now = datetime(2026, 5, 1)  # noqa: DTZ001  written with a Z
        self.file: list[Line] = [{"with": "about", "format": 1, "kind": "members"}]
        self.prev, self.number = "0" * 64, 0
        self.tell("body.formed", None, kind="council", body="ab")
        for label in LABELS:
            since = {"how": "founding", "waiting_days": 0, "voice_from": self.time(), "vouched_by": []}
            self.tell("member.joined", label, **since)
        for label in LABELS[:3]:
            self.tell("charter.adopted_by", label, charter=1)
        self.tell("charter.adopted", None, charter=1, rules=2, numbers=dict(NUMBERS))

    def begin(self, **numbers: Any) -> None:
        """Other numbers in the charter, while nothing follows it."""
        self.file[-1]["data"]["numbers"].update(numbers)
        self.prev = hashlib.sha256(written(self.file[-1])).hexdigest()

    def pass_by(self, **time: int) -> None:
        """Time goes by."""
        self.now += timedelta(**time)

    def time(self, **later: int) -> str:
        """A moment as a record writes it."""
        return (self.now + timedelta(**later)).strftime("%Y-%m-%dT%H:%M:%S.%fZ")

    def tell(self, what: str, who: str | None, **data: Any) -> None:
        """One more line."""
        self.number += 1
        line = {"format": 1, "seq": self.number, "time": self.time(), "what": what, "who": who, "prev": self.prev}
        line["data"] = {**data, "at": self.time()}
        self.prev = hashlib.sha256(written(line)).hexdigest()
        self.file.append(line)
        self.file[0].setdefault("record", self.prev[:32])

    def open(self, kind: str, rule: str, roll: int, **more: Any) -> None:
        """Put up, talked over, opened; and a week goes by."""
        about = {"about": more.pop("subject", LABELS[7])} if kind == "removal" else {}
        about |= {"seats": 1, "ranked": False, "days": 30} if kind == "election" else {}
        self.tell("proposal.put_up", LABELS[0], proposal=1, kind=kind, urgent=False, version=1, **about)
        for label in more.get("candidates", ()):
            self.tell("candidate.stood", label, proposal=1)
            self.now += timedelta(seconds=1)
        self.now += timedelta(days=3)
        kept = {"proposal": 1, "vote": 1, "id": 9, "why": "first", "kind": kind, "matter": kind, "rule": rule}
        shares = {"quorum": [1, 2], "agreement": [4, 5], "asides": [1, 4], "roll": roll}
        closes = self.time(hours=168)
        self.tell(
            "vote.opened", LABELS[0], charter=1, version=1, second_call=False, closes=closes, **kept, **shares, **more
        )
        self.now += timedelta(hours=168)

    def count(self, roll: int, **told: Any) -> None:
        """The vote is counted."""
        self.tell("vote.counted", None, proposal=1, vote=1, roll=roll, **told)

    def found(self) -> Findings:
        """What the verifier finds."""
        return check([written(each) + b"\n" for each in self.file])


SHOWS = [f"{number:016d}" for number in range(6)]
CHOICES = ['"yes"'] * 5 + ['"no"']
RIGHT: dict[str, Any] = {
    "voted": LABELS[:6],
    "list": [[show, choice] for show, choice in zip(SHOWS, CHOICES, strict=True)],
    "tally": {"yes": 5, "no": 1},
    "outcome": "adopted",
    "reason": "adopted",
}


def removal(**told: Any) -> set[str]:
    """The codes of what is found in a secret removal, counted so."""
    teller = Teller()
    teller.open("removal", "removal", 7, secret=True, codes=told.pop("codes", True), key="0a" * 32)
    teller.count(7, **{**RIGHT, **told})
    if told.get("outcome", "adopted") == "adopted":
        teller.tell("proposal.decided", None, proposal=1, outcome="adopted")
        teller.tell("member.removed", LABELS[7])
        teller.tell("proposal.carried_out", None, proposal=1)
    else:
        teller.tell("proposal.decided", None, proposal=1, outcome=told["outcome"])
    return teller.found().codes


@pytest.mark.parametrize(
    ("told", "codes"),
    [
        ({}, set()),
        ({"codes": False, "list": sorted(CHOICES)}, set()),
        ({"voted": LABELS[:5]}, {"used_marks"}),
        ({"voted": [*LABELS[1:6], LABELS[7]]}, {"voted"}),
        ({"voted": LABELS[5::-1]}, {"voted"}),
        ({"list": RIGHT["list"][:5]}, {"used_marks", "list_not_tally"}),
        ({"list": RIGHT["list"][::-1]}, {"list_order"}),
        ({"list": [RIGHT["list"][0]] * 2 + RIGHT["list"][2:]}, {"list_order"}),
        ({"list": [["short", '"yes"'], *RIGHT["list"][1:]]}, {"list_order"}),
        ({"tally": {"yes": 6}}, {"list_not_tally"}),
        ({"list": None}, {"list_missing"}),
        ({"list": None, "tally": None, "voted": LABELS[:4]}, set()),
        ({"list": None, "tally": None, "voted": LABELS[:4], "reason": "few"}, {"few_impossible"}),
        ({"list": None, "tally": None, "voted": LABELS[:3]}, {"few_impossible"}),
        ({"list": None, "tally": None, "voted": LABELS[:3], "outcome": "not_adopted", "reason": "few"}, set()),
        (
            {"list": None, "tally": None, "voted": LABELS[:3], "outcome": "not_adopted", "reason": "tie"},
            {"few_impossible"},
        ),
        ({"tally": {"yes": 4, "no": 2}, "list": RIGHT["list"]}, {"list_not_tally", "outcome"}),
        ({"outcome": "not_adopted", "reason": "removal_half"}, {"outcome"}),
    ],
)
def test_a_secret_removal(told: dict[str, Any], codes: set[str]) -> None:
    assert removal(**told) == codes


def test_secrecy_is_neither_forgotten_nor_for_other_questions() -> None:
    open_one, ordinary = Teller(), Teller()
    open_one.open("removal", "removal", 7)
    ordinary.open("decision", "consensus", 8, secret=True, codes=True, key="0a" * 32)
    assert open_one.found().codes == {"secret_otherwise"}
    assert "secret_otherwise" in ordinary.found().codes


def under(secret_from: int | None, rules: int, roll: int, **more: Any) -> set[str]:
    """What is found in a removal, open unless said otherwise, under a charter of these rules."""
    teller = Teller()
    charter = teller.file[-1]["data"]
    charter.update(rules=rules, numbers={**NUMBERS, "secret_from": secret_from})
    teller.prev = hashlib.sha256(written(teller.file[-1])).hexdigest()
    for label in LABELS[roll + 1 :]:
        teller.tell("member.left", label)
    teller.open("removal", "removal", roll, subject=LABELS[roll], **more)
    return teller.found().codes & {"secret_otherwise"}


SEALED: dict[str, Any] = {"secret": True, "codes": True, "key": "0a" * 32}


@pytest.mark.parametrize(
    ("secret_from", "rules", "roll", "more", "holds"),
    [
        (7, 2, 7, {}, False),
        (7, 2, 7, SEALED, True),
        (7, 1, 7, {}, True),  # the house could not hold secret votes yet
        (7, 1, 7, SEALED, True),  # and holds them since, also under older charters
        (7, 2, 6, {}, True),
        (7, 2, 6, SEALED, False),
        (8, 2, 7, {}, True),
        (8, 2, 7, SEALED, False),
        (None, 2, 7, {}, True),
        (None, 2, 7, SEALED, False),
    ],
)
def test_when_an_open_vote_on_people_is_legitimate(
    secret_from: int | None, rules: int, roll: int, more: dict[str, Any], holds: bool
) -> None:
    assert under(secret_from, rules, roll, **more) == (set() if holds else {"secret_otherwise"})


FIGURES: dict[str, Any] = {
    "approvals": {"1": 3, "2": 2},
    "favour": {"1": 3, "2": 2},
    "needed": 3,
    "ballots": 5,
}


def election(**changed: Any) -> set[str]:
    """An open election by approval, one seat, two candidates; five of eight vote, three for the first."""
    teller = Teller()
    small = {**NUMBERS, "secret_from": None}
    teller.file[-1]["data"]["numbers"] = small
    teller.prev = hashlib.sha256(written(teller.file[-1])).hexdigest()
    sealed = hashlib.sha256(SEED).hexdigest()
    teller.open("election", "approval", 8, candidates=LABELS[:2], seats=1, seed=sealed)
    said = ["[1]", "[1,2]", "[1]", "[2]", "[0]"]
    ballots = [
        {
            "with": "ballot",
            "vote": 9,
            "who": who,
            "position": "chosen",
            "choice": choice,
            "change": 1,
            "nonce": "11" * 32,
        }
        for who, choice in zip(LABELS, said, strict=False)
    ]
    root = merkle.root_of(sorted(bytes.fromhex(leaf_of(ballot)) for ballot in ballots)).hex()
    told = {"elected": [1], "seed": SEED.hex(), "tally": FIGURES, "ballots": root}
    teller.count(8, **{"outcome": "adopted", "reason": "adopted", **told, **changed})
    teller.file += ballots
    teller.tell("proposal.decided", None, proposal=1, outcome=changed.get("outcome", "adopted"))
    if "outcome" not in changed:
        term = {"days": 30, "ends": teller.time(days=30), "renewal": 0, "report_days": None}
        teller.tell("mandate.granted", changed.get("holder", LABELS[0]), mandate=4, proposal=1, **term)
        teller.tell("proposal.carried_out", None, proposal=1)
    return teller.found().codes


@pytest.mark.parametrize(
    ("changed", "codes"),
    [
        ({}, set()),
        ({"elected": [2]}, {"election", "granted_without"}),
        ({"elected": [1, 2]}, {"elected_impossible", "election", "seat_forgotten"}),
        ({"seed": "06" * 32}, {"seed"}),
        ({"tally": {"approvals": {"1": 4, "2": 2}}}, {"totals_impossible"}),
        ({"tally": FIGURES | {"approvals": {"1": 4, "2": 2}, "favour": {"1": 4, "2": 2}}}, {"figures"}),
        ({"holder": LABELS[1]}, {"granted_without"}),
        ({"outcome": "not_adopted", "reason": "nobody_elected", "elected": []}, {"election", "outcome"}),
    ],
)
def test_an_election(changed: dict[str, Any], codes: set[str]) -> None:
    assert election(**changed) == codes


def test_who_did_not_stand_is_not_elected() -> None:
    assert "elected_impossible" in election(elected=[3])


def recounted(rule: str, ballots: dict[tuple[int, ...], int], seats: int, elected: list[int]) -> bool:
    """Whether the verifier finds these elected by these ballots."""

    class Said:
        """What a recount asks of a vote."""

        outcome, candidates, judged = "adopted", [None] * 4, True
        terms = Terms(rule, 100, fraction([1, 5]), fraction([4, 5]), fraction([1, 4]))
        said: dict[str, Any] = {}

    class Told:
        """Where it says what it found."""

        findings = Findings()

    vote: Any = Said()
    vote.seats, vote.said = seats, {"seed": SEED.hex(), "elected": elected, "tally": {}}
    house: Any = Told()
    house.findings = Findings()
    elections.recount(house, vote, Counter(ballots), 1)
    return "election" not in house.findings.codes


def test_a_cycle_is_resolved_by_the_strongest_paths() -> None:
    ballots = {(1, 2, 3): 10, (2, 3, 1): 9, (3, 1, 2): 7, (4,): 1}
    assert recounted("schulze", ballots, 1, [1])
    assert not recounted("schulze", ballots, 1, [3])


def test_a_surplus_carries_the_second_choice() -> None:
    ballots = {(1, 2): 60, (3,): 25, (4,): 15}
    assert recounted("stv", ballots, 2, [1, 2])
    assert not recounted("stv", ballots, 2, [1, 3])
