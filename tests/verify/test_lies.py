"""Lies of whoever writes the record: all lines have their form, the chain is whole, and what they tell cannot be."""

from collections.abc import Callable
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.rules import elections as theirs
from core.rules.choices import Choice
from core.rules.positions import Rule
from core.rules.shares import Share
from core.rules.terms import VoteTerms
from tests.verify.test_secret_and_elected import LABELS, NUMBERS, SEED, Teller
from verify.counting import Terms
from verify.elections import totals
from verify.findings import Findings

ANA, BRUNO, EVA, FARID = LABELS[:4]
GONE = LABELS[6]
STRANGER = "ee" * 16


def put_up(teller: Teller, who: str | None = ANA, key: int = 1, kind: str = "decision", **about: Any) -> None:
    """A proposal comes into discussion."""
    told = {"proposal": key, "kind": kind, "urgent": False, "version": 1}
    teller.tell("proposal.put_up", who, **told | about)


def opens(teller: Teller, who: str | None = ANA, of: int = 1, kind: str = "decision", **more: Any) -> None:
    """Its vote opens by the charter; a week goes by."""
    told = {"proposal": of, "vote": 1, "id": 90 + of, "why": "first", "kind": kind, "matter": "ordinary"}
    told |= {"rule": "consensus", "roll": 8, "charter": 1, "version": 1, "second_call": False}
    told |= {"quorum": [1, 2], "agreement": [4, 5], "asides": [1, 4], "closes": teller.time(hours=168)}
    teller.tell("vote.opened", who, **told | more)
    teller.pass_by(hours=168)


def adopts(teller: Teller, key: int = 1, **told: Any) -> None:
    """All eight agree, openly; of their ballots the public file has the root."""
    tally = {"tally": {"agree": 8}, "ballots": "0a" * 32, "outcome": "adopted", "reason": "adopted"}
    teller.tell("vote.counted", None, proposal=key, vote=1, roll=8, **tally | told)
    teller.tell("proposal.decided", None, proposal=key, outcome=(tally | told)["outcome"])


def mandate(teller: Teller) -> None:
    """Bruno has a mandate."""
    put_up(teller, kind="mandate", offer={"who": BRUNO, "days": 30})
    teller.tell("offer.accepted", BRUNO, proposal=1)
    teller.pass_by(hours=72)
    opens(teller, kind="mandate")
    adopts(teller)
    term = {"days": 30, "ends": teller.time(days=30), "renewal": 0, "report_days": None}
    teller.tell("mandate.granted", BRUNO, mandate=4, proposal=1, **term)
    teller.tell("proposal.carried_out", None, proposal=1)


def urgent(teller: Teller, **about: Any) -> None:
    put_up(teller, urgent=True, **about)


def a_stranger(teller: Teller) -> None:
    teller.tell("member.left", GONE)
    put_up(teller, GONE)


def one_too_many(teller: Teller) -> None:
    for key in range(1, 5):
        put_up(teller, key=key)


def changed_by_another(teller: Teller) -> None:
    put_up(teller)
    teller.tell("proposal.revised", BRUNO, proposal=1, version=2)


def taken_back_by_another(teller: Teller) -> None:
    put_up(teller)
    teller.tell("proposal.withdrawn", BRUNO, proposal=1)


def review_taken_back(teller: Teller) -> None:
    put_up(teller)
    put_up(teller, None, key=2, kind="review", reviews=1)
    teller.tell("proposal.withdrawn", ANA, proposal=2)


def accepted_by_another(teller: Teller) -> None:
    put_up(teller, kind="mandate", offer={"who": BRUNO, "days": 30})
    teller.tell("offer.accepted", EVA, proposal=1)


def opened_by_a_member(teller: Teller) -> None:
    put_up(teller)
    put_up(teller, None, key=2, kind="review", reviews=1)
    teller.pass_by(hours=72)
    opens(teller, of=2, kind="review")


def opened_by_a_newcomer(teller: Teller) -> None:
    put_up(teller)
    teller.tell("application.made", None, application=1)
    for label in (ANA, BRUNO):
        until = teller.time(hours=72) if label == BRUNO else None
        teller.tell("application.vouched", label, application=1, until=until)
    teller.pass_by(hours=72)
    teller.tell("application.admitted", None, application=1)
    since = {"how": "application", "application": 1, "waiting_days": 7, "voice_from": teller.time(days=7)}
    teller.tell("member.joined", STRANGER, vouched_by=[ANA, BRUNO], **since)
    opens(teller, STRANGER)


def resigned_by_nobody(teller: Teller) -> None:
    mandate(teller)
    teller.tell("mandate.ended", None, mandate=4, how="resigned", holder=BRUNO)


def recall_not_done(teller: Teller) -> None:
    teller.begin(secret_from=None)
    mandate(teller)
    teller.tell("recall.opened", ANA, proposal=2, mandate=4)
    third: dict[str, Any] = {"quorum": [1, 3], "closes": teller.time(hours=72)}
    opens(teller, of=2, kind="recall", matter="recall", rule="recall", **third)
    adopts(teller, 2, tally={"yes": 8})
    teller.tell("proposal.not_carried_out", None, proposal=2, problem="The database refused it.")


def charter_of_other_numbers(teller: Teller) -> None:
    put_up(teller, kind="charter", charter=2, numbers=NUMBERS)
    teller.pass_by(hours=168)
    opens(teller, kind="charter", matter="charter")
    adopts(teller)
    teller.tell("charter.adopted", None, charter=2, rules=2, numbers=NUMBERS | {"quorum_num": 1, "quorum_den": 5})
    teller.tell("proposal.carried_out", None, proposal=1)


def no_tree(teller: Teller) -> None:
    put_up(teller)
    teller.pass_by(hours=72)
    opens(teller)
    adopts(teller, ballots="e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855")


def stood(teller: Teller, *labels: str, seats: int = 1) -> None:
    """An election to which these stand."""
    put_up(teller, kind="election", seats=seats, ranked=False, days=30)
    for label in labels:
        teller.tell("candidate.stood", label, proposal=1)
        teller.pass_by(seconds=1)
    teller.pass_by(hours=72)


def elects(teller: Teller, *candidates: str, seats: int = 1, **more: Any) -> None:
    """The vote opens with these candidates."""
    sealed: dict[str, Any] = {
        "candidates": list(candidates),
        "seats": seats,
        "seed": "0b" * 32,
        "secret": True,
        "codes": True,
    }
    opens(teller, kind="election", **sealed | {"matter": "election", "rule": "approval", "key": "0c" * 32} | more)


def never_stood(teller: Teller) -> None:
    stood(teller, ANA)
    elects(teller, ANA, BRUNO)


def left_off(teller: Teller) -> None:
    stood(teller, ANA, BRUNO)
    elects(teller, BRUNO)


def another_order(teller: Teller) -> None:
    stood(teller, ANA, BRUNO)
    elects(teller, BRUNO, ANA)


def stepped_back(teller: Teller) -> None:
    stood(teller, ANA, BRUNO)
    teller.tell("candidate.stepped_back", ANA, proposal=1)
    elects(teller, ANA, BRUNO)


def more_seats(teller: Teller) -> None:
    stood(teller, ANA)
    elects(teller, ANA, seats=2)


def another_way(teller: Teller) -> None:
    stood(teller, ANA, BRUNO)
    elects(teller, ANA, BRUNO, rule="schulze")


def stood_by_a_stranger(teller: Teller) -> None:
    stood(teller, ANA)
    teller.tell("candidate.stood", STRANGER, proposal=1)


def vacant_for_no_reason(teller: Teller) -> None:
    stood(teller, ANA, BRUNO)
    teller.tell("seat.vacant", None, proposal=1, candidate=ANA)


def confirmed_by_a_member(teller: Teller) -> None:
    put_up(teller)
    put_up(teller, BRUNO, key=2, confirms=1)


def appeal(teller: Teller) -> None:
    """Somebody was removed, and somebody else appeals."""
    put_up(teller, kind="removal", about=GONE)
    put_up(teller, GONE, key=2, kind="appeal", appeals=1)


LIES: dict[str, tuple[Callable[[Teller], None], str]] = {
    "a charter change that is called urgent": (lambda teller: urgent(teller, kind="charter"), "urgent_otherwise"),
    "an urgent decision that spends": (lambda teller: urgent(teller, sum=50), "urgent_too_dear"),
    "put up by nobody": (lambda teller: put_up(teller, None), "put_up_by_nobody"),
    "put up by who has left": (a_stranger, "put_up_by_stranger"),
    "a review that a member puts up": (lambda teller: put_up(teller, kind="review"), "put_up_by_stranger"),
    "a confirmation that a member puts up": (confirmed_by_a_member, "put_up_by_stranger"),
    "a fourth proposal of one member": (one_too_many, "put_up_too_many"),
    "a text changed by another": (changed_by_another, "not_by_author"),
    "taken back by another": (taken_back_by_another, "not_by_author"),
    "a review taken back": (review_taken_back, "withdrawn_late"),
    "a mandate accepted by another": (accepted_by_another, "accepted_by_other"),
    "a vote opened by a member that opens by itself": (opened_by_a_member, "opened_by_other"),
    "a vote opened early by a newcomer": (opened_by_a_newcomer, "opened_early_by_other"),
    "a resignation by nobody": (resigned_by_nobody, "ended_otherwise"),
    "a recall that was carried and not done": (recall_not_done, "not_done"),
    "a charter with other numbers than were voted on": (charter_of_other_numbers, "charter_other"),
    "a count without ballots": (no_tree, "root_otherwise"),
    "a candidate who never stood": (never_stood, "candidates_otherwise"),
    "a candidate left off the list": (left_off, "candidates_otherwise"),
    "candidates in another order": (another_order, "candidates_otherwise"),
    "a candidate who stepped back": (stepped_back, "candidates_otherwise"),
    "more seats than were proposed": (more_seats, "seats_otherwise"),
    "an election counted in another way": (another_way, "seats_otherwise"),
    "a stranger who stands": (stood_by_a_stranger, "stood_wrongly"),
    "a seat vacant for no reason": (vacant_for_no_reason, "vacant_without"),
    "an appeal against what was not adopted": (appeal, "appeal_otherwise"),
}


@pytest.mark.parametrize("name", LIES)
def test_each_lie_is_found(name: str) -> None:
    lie, code = LIES[name]
    teller = Teller()
    lie(teller)
    assert code in teller.found().codes


def honest(teller: Teller) -> None:
    """What all of them begin with."""
    stood(teller, ANA, GONE, BRUNO)
    teller.tell("member.left", GONE)
    elects(teller, ANA, BRUNO, roll=7)


def test_what_is_no_lie_is_not_called_one() -> None:
    teller = Teller()
    honest(teller)
    assert teller.found().codes == set()


RULES = {Rule.APPROVAL: 2, Rule.SCHULZE: 1, Rule.STV: 2}


@st.composite
def counts(draw: st.DrawFn) -> tuple[Rule, int, dict[Choice, int]]:
    """Ballots of up to twenty people for up to four candidates, by one of the methods."""
    rule, candidates = draw(st.sampled_from(sorted(RULES))), draw(st.integers(1, 4))
    numbers = st.permutations(range(candidates + 1)).flatmap(
        lambda order: st.integers(1, candidates + 1).map(lambda size: tuple(order[:size]))
    )
    if rule == Rule.APPROVAL:
        numbers = numbers.map(lambda choice: tuple(sorted(set(choice) - {0})) or (0,))
    said = draw(st.lists(numbers, max_size=20))
    return rule, candidates, {choice: said.count(choice) for choice in said}


class Told:
    """What the verifier asks of a house."""

    def __init__(self) -> None:
        self.findings = Findings()

    def unless(self, holds: bool, code: str, line: Any, **values: Any) -> bool:
        if not holds:
            self.findings.add(code, line.seq, **values)
        return holds


class Counted:
    """A line that counts an election, and its vote, from what the house found."""

    seq, outcome = 1, ""

    def __init__(self, rule: Rule, candidates: int, found: theirs.Elected) -> None:
        self.terms = Terms(rule.value, 20, Fraction(1, 5), Fraction(4, 5), Fraction(1, 4))
        self.candidates, self.seats, self.outcome = [None] * candidates, RULES[rule], found.outcome.value
        self.data = {"tally": found.tally, "elected": list(found.numbers)}
        self.said = {"seed": SEED.hex(), "reason": found.reason.value}

    def text(self, name: str) -> str:
        return str(self.said[name])


def codes(line: Counted) -> set[str]:
    """What the totals of a line alone tell."""
    house: Any = Told()
    vote: Any = line
    totals.judge(house, vote, vote)
    return house.findings.codes  # type: ignore[no-any-return]


@settings(max_examples=150, deadline=None)
@given(counts())
def test_honest_totals_lead_to_who_was_elected_and_to_nobody_else(
    election: tuple[Rule, int, dict[Choice, int]],
) -> None:
    rule, candidates, ballots = election
    terms = VoteTerms(rule, 20, Share(1, 5), Share(4, 5), Share(1, 4))
    found = theirs.decide(ballots, terms, theirs.Race(candidates, RULES[rule], SEED))
    assert codes(Counted(rule, candidates, found)) == set()

    other = Counted(rule, candidates, found)
    other.data["elected"] = [number for number in range(1, candidates + 1) if number not in found.numbers]
    if other.data["elected"] != list(found.numbers):
        assert "election" in codes(other)


@pytest.mark.parametrize("rule", RULES)
def test_totals_that_no_ballots_give_are_refused(rule: Rule) -> None:
    terms = VoteTerms(rule, 20, Share(1, 5), Share(4, 5), Share(1, 4))
    ballots: dict[Choice, int] = {(1, 2): 6, (2, 3): 5} if rule == Rule.APPROVAL else {(1, 2): 6, (2, 1, 3): 5, (3,): 2}
    figure = {Rule.APPROVAL: "approvals", Rule.SCHULZE: "pairs", Rule.STV: "stages"}[rule]
    for change in (too_many, no_favour, spoil(figure)):
        found = theirs.decide(ballots, terms, theirs.Race(3, RULES[rule], SEED))
        line = Counted(rule, 3, found)
        told: Any = line.data["tally"]
        change(told)
        assert codes(line) == {"totals_impossible"}


def too_many(told: dict[str, Any]) -> None:
    told["ballots"] = 99


def no_favour(told: dict[str, Any]) -> None:
    told["favour"] = {}


def spoil(figure: str) -> Callable[[dict[str, Any]], None]:
    """One vote more for somebody, from nowhere."""

    def change(told: dict[str, Any]) -> None:
        if figure == "approvals":
            told["approvals"]["3"] += 1
        elif figure == "pairs":
            told["pairs"][1][2] += 9
        else:
            told["stages"][-1]["votes"]["2"] += 100_000

    return change
