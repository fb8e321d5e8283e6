"""Votes that two members enter for a third: who, when, and what stands when the person votes as well. Tables first."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.db import transaction

from core import gatherings
from core.actions import entering, memberships, opening, papers
from core.actions.settling import settle
from core.gatherings import Gathering
from core.models import Aid, Ballot, Body, Cause, EnteredBallot, Person, RecordLine, Vote
from core.notices.fanning import fan_out
from core.refusals import Denied, Invalid, Refusal, Stale, TooLate
from core.timekeeping import folkmoot_now
from tests import village
from tests.core.actions.entered import ballot_of, enter
from tests.core.actions.scene import Street, from_now, refused, refused_by_the_database, run, undone

Way = EnteredBallot.Way


@pytest.fixture
def meeting(monkeypatch: pytest.MonkeyPatch) -> Callable[..., None]:
    """Have an assembly take votes: when it is planned to end, and who was there; without an end it is over."""

    def hold(ends: timedelta | None, *present: Person) -> None:
        at = folkmoot_now()
        there = {person.pk for person in present}
        gathering = Gathering("Assembly", "/", at, at + (ends or timedelta()))
        monkeypatch.setattr(gatherings, "_ask", [lambda _proposal, _at: gathering if ends is not None else None])
        monkeypatch.setattr(gatherings, "_ask_who", [lambda _vote: there])

    return hold


def test_one_member_is_not_enough_and_two_are(street: Street, vote: Vote) -> None:
    news = from_now()

    written = entering.enter(vote, street.gina, "aside", by=street.ana, way=Way.DESK)
    assert (ballot_of(vote, street.gina), news.recorded(), news.told()) == (None, [], [])
    confirmed = entering.confirm(written, "aside", by=street.bruno)

    assert confirmed.counts
    assert ballot_of(vote, street.gina) == ("aside", "entered")
    assert (news.recorded(), news.told()) == (["ballot.entered"], ["ballot.entered"])
    told = Cause.objects.get(what="ballot.entered")
    assert (told.person, told.by) == (street.gina, street.bruno)


def test_the_record_says_who_helped_whom_and_never_what_was_said(street: Street, vote: Vote) -> None:
    enter(vote, street.gina, street.ana, street.bruno, "aside")

    line = RecordLine.objects.get(what="ballot.entered").line
    for person in (street.gina, street.ana, street.bruno):
        assert village.membership(street.body, person).label_key is not None
    assert '"way":"desk"' in line
    assert "aside" not in line
    assert "Why not" not in line


# What stands after each act, by what stood before. "enter" is entered by two others, "own" given by the person.
BEFORE = ("nothing", "own", "entered", "struck", "struck and own")
STANDS: dict[str, dict[str, tuple[str, str] | None]] = {
    "enter": {
        "nothing": ("abstain", "entered"),
        "own": ("agree", "own"),
        "entered": ("abstain", "entered"),
        "struck": ("struck", "own"),
        "struck and own": ("agree", "own"),
    },
    "cast": dict.fromkeys(BEFORE, ("abstain", "own")),
    "contest": {
        "nothing": None,
        "own": ("agree", "own"),
        "entered": ("struck", "own"),
        "struck": ("struck", "own"),
        "struck and own": ("agree", "own"),
    },
}
REFUSED = {("contest", before) for before in BEFORE if before != "entered"}


def bring_to(vote: Vote, street: Street, before: str) -> None:
    """Have gina's ballot be so."""
    if before in ("entered", "struck", "struck and own"):
        enter(vote, street.gina, street.ana, street.bruno, "aside")
    if before in ("struck", "struck and own"):
        entering.contest(vote, by=street.gina)
    if before in ("own", "struck and own"):
        village.cast(vote, street.gina, "agree")


def test_what_a_person_does_themself_stands_over_what_is_entered(street: Street, vote: Vote) -> None:
    acts: dict[str, Callable[[], object]] = {
        "enter": lambda: enter(vote, street.gina, street.eva, street.farid, "abstain"),
        "cast": lambda: village.cast(vote, street.gina, "abstain"),
        "contest": lambda: entering.contest(vote, by=street.gina),
    }
    wrong = []
    for before in BEFORE:
        for name, act in acts.items():
            with undone():
                bring_to(vote, street, before)
                try:
                    with transaction.atomic():
                        act()
                    was_refused = False
                except Refusal:
                    was_refused = True
                stands = ballot_of(vote, street.gina)
                if stands != STANDS[name][before] or was_refused != ((name, before) in REFUSED):
                    wrong.append(f"{name} after {before}: {stands}, refused: {was_refused}")
    assert wrong == []


def test_both_sides_are_told_whichever_comes_first(street: Street, vote: Vote) -> None:
    village.cast(vote, street.gina, "agree")
    late = enter(vote, street.gina, street.ana, street.bruno, "aside")
    assert (late.ending, late.counts) == ("own", False)
    assert told_of(late) == {("ballot.not_taken", street.gina.pk), ("ballot.overruled", street.ana.pk)}
    assert not RecordLine.objects.filter(what="ballot.entered").exists()

    early = enter(vote, street.eva, street.ana, street.bruno, "aside")
    village.cast(vote, street.eva, "agree")
    early.refresh_from_db()
    assert early.ending == "own"
    helpers = {("ballot.overruled", street.ana.pk), ("ballot.overruled", street.bruno.pk)}
    assert told_of(early) == helpers | {("ballot.entered", street.eva.pk)}


def told_of(entered: EnteredBallot) -> set[tuple[str, int | None]]:
    """Who was told what of an entry."""
    found = Cause.objects.filter(key__regex=rf"^ballot\.[a-z_]+:{entered.pk}(\.|$)")
    return set(found.values_list("what", "person"))


def test_struck_out_counts_nothing_and_the_verifier_agrees(street: Street, vote: Vote) -> None:
    for person in (street.ana, street.bruno, street.farid):
        village.cast(vote, person, "agree")
    enter(vote, street.gina, street.ana, street.bruno, "aside")
    enter(vote, street.eva, street.ana, street.bruno, "agree")

    entering.contest(vote, by=street.gina)
    counted = village.close(vote)

    assert counted.tally == {"agree": 4}
    assert counted.ballots.count() == 5


def test_a_vote_with_nothing_but_what_was_struck_out_has_no_quorum(street: Street, vote: Vote) -> None:
    enter(vote, street.gina, street.ana, street.bruno)
    entering.contest(vote, by=street.gina)

    counted = village.close(vote)

    assert (counted.tally, counted.outcome) == ({}, "no_quorum")
    assert counted.ballots.count() == 1  # kept in the tree: the verifier must not take it for one that counts


def test_the_reminder_goes_to_who_struck_out_what_was_entered(street: Street, vote: Vote) -> None:
    enter(vote, street.gina, street.ana, street.bruno)
    enter(vote, street.eva, street.ana, street.bruno)
    entering.contest(vote, by=street.gina)
    village.move_clock(timedelta(days=6, hours=1))
    settle()
    cause = Cause.objects.get(what="vote.reminder")
    fan_out(cause.pk)

    reminded = {notice.person for notice in cause.notices.all()}
    assert street.gina in reminded
    assert street.eva not in reminded


# Who may enter a vote for gina, and who may confirm what ana wrote down.
WHO = ("ana", "bruno", "gina", "waiting", "carla", "dario", "left")
MAY_ENTER = {"ana", "bruno"}
MAY_CONFIRM = {"bruno"}


@pytest.mark.usefixtures("no_decision")
def test_who_enters_and_who_confirms(street: Street, vote: Vote) -> None:
    [hugo, ines] = Person.objects.filter(sign_in_name__in=("hugo", "ines")).order_by("pk")
    with transaction.atomic():
        memberships.admit(street.body, hugo, at=folkmoot_now())
        memberships.admit(street.body, ines, at=folkmoot_now())
    memberships.leave(street.body, by=ines)
    people = {name: getattr(street, name) for name in ("ana", "bruno", "gina", "carla", "dario")}
    people |= {"waiting": hugo, "left": ines}

    wrong = []
    for name in WHO:
        verbs: list[tuple[set[str], Callable[[Person], object]]] = [
            (MAY_ENTER, lambda by: entering.enter(vote, street.gina, "agree", by=by, way=Way.DESK)),
            (MAY_CONFIRM, lambda by: entering.confirm(written_by_ana(street, vote), "agree", by=by)),
        ]
        for allowed, act in verbs:
            with undone():
                try:
                    act(people[name])
                    done = True
                except Refusal:
                    done = False
                if done != (name in allowed):
                    wrong.append(f"{name}: {done}")
    assert wrong == []


def written_by_ana(street: Street, vote: Vote) -> EnteredBallot:
    """Gina agrees, ana wrote it down."""
    return entering.enter(vote, street.gina, "agree", by=street.ana, way=Way.DESK)


def test_a_candidate_and_whom_a_recall_is_about_help_nobody(street: Street) -> None:
    election = village.open_election(street.body, street.ana, street.bruno)
    with refused(Denied, "about you"):
        entering.enter(election, street.gina, (1,), by=street.bruno, way=Way.DESK)
    written = entering.enter(election, street.gina, (1,), by=street.ana, way=Way.DESK)
    with refused(Denied, "about you"):
        entering.confirm(written, (1,), by=street.bruno)
    entering.confirm(written, (1,), by=street.eva)
    assert Ballot.objects.get(vote=election).choice == "[1]"
    village.close(election)

    mandate = village.make_mandate(street.body, street.members, street.bruno, author=street.ana)
    recall = village.open_recall(mandate, street.ana)
    with refused(Denied, "about you"):
        entering.enter(recall, street.gina, "no", by=street.bruno, way=Way.DESK)


def test_an_entered_ballot_can_be_the_one_that_ends_a_mandate(street: Street) -> None:
    mandate = village.make_mandate(street.body, street.members, street.bruno, author=street.ana)
    recall = village.open_recall(mandate, street.ana)
    village.cast(recall, street.ana, "yes")
    village.cast(recall, street.eva, "yes")

    enter(recall, street.gina, street.ana, street.eva, "yes")

    recall.refresh_from_db()
    mandate.refresh_from_db()
    assert (recall.outcome, mandate.ending) == ("adopted", "recall")


def test_who_confirms_must_say_the_same(street: Street, vote: Vote) -> None:
    written = entering.enter(vote, street.gina, "agree", by=street.ana, way=Way.DESK)

    with refused(Invalid, "not what was written down first"):
        entering.confirm(written, "aside", by=street.bruno)
    entering.confirm(written, "agree", by=street.bruno)
    with refused(Stale):
        entering.confirm(written, "agree", by=street.eva)


def test_what_waits_is_taken_back_or_replaced(street: Street, vote: Vote) -> None:
    first = entering.enter(vote, street.gina, "agree", by=street.ana, way=Way.DESK)
    with refused(Denied):
        entering.take_back(first, by=street.bruno)
    entering.take_back(first, by=street.ana)
    with refused(Stale):
        entering.confirm(first, "agree", by=street.bruno)

    second = entering.enter(vote, street.gina, "agree", by=street.ana, way=Way.DESK)
    third = entering.enter(vote, street.gina, "aside", by=street.eva, way=Way.DESK)
    with refused(Stale):
        entering.confirm(second, "agree", by=street.bruno)
    entering.confirm(third, "aside", by=street.bruno)
    assert ballot_of(vote, street.gina) == ("aside", "entered")


def test_the_later_of_two_entered_stands_and_who_entered_the_first_is_told(street: Street, vote: Vote) -> None:
    first = enter(vote, street.gina, street.ana, street.bruno, "agree")
    enter(vote, street.gina, street.ana, street.eva, "aside")

    first.refresh_from_db()
    assert first.ending == "replaced"
    assert ballot_of(vote, street.gina) == ("aside", "entered")
    assert ("ballot.overruled", street.bruno.pk) in told_of(first)
    assert ("ballot.overruled", street.ana.pk) not in told_of(first)


def test_nothing_is_entered_or_contested_after_the_close(street: Street, vote: Vote) -> None:
    written = entering.enter(vote, street.gina, "agree", by=street.ana, way=Way.DESK)
    enter(vote, street.eva, street.ana, street.bruno)
    village.move_clock(timedelta(days=7))

    acts: list[Callable[[], object]] = [
        lambda: entering.enter(vote, street.farid, "agree", by=street.ana, way=Way.DESK),
        lambda: entering.confirm(written, "agree", by=street.bruno),
        lambda: entering.take_back(written, by=street.ana),
        lambda: entering.contest(vote, by=street.eva),
    ]
    for act in acts:
        with refused(TooLate):
            act()


# -- meetings and paper


def test_votes_by_name_are_taken_of_those_present_at_a_meeting(
    street: Street, vote: Vote, meeting: Callable[..., None]
) -> None:
    with refused(Denied, "No meeting takes votes"):
        entering.enter(vote, street.gina, "agree", by=street.ana, way=Way.NAMED)

    proposal = village.make_proposal(street.body, street.ana, title="Paint the wall")
    village.move_clock(timedelta(days=8))
    meeting(timedelta(days=6, hours=12), street.gina)
    taken = opening.open_vote(proposal, by=street.ana)
    assert taken.meets_until is not None
    assert taken.closes_at == taken.meets_until + timedelta(days=1)  # half a day later than the charter says

    written = entering.enter(taken, street.gina, "agree", by=street.ana, way=Way.NAMED)
    entering.confirm(written, "agree", by=street.bruno)
    with refused(Denied, "not on the list of those present"):
        entering.enter(taken, street.eva, "agree", by=street.ana, way=Way.NAMED)
    meeting(None, street.farid)
    entering.enter(taken, street.farid, "agree", by=street.ana, way=Way.NAMED)  # what was said there, typed in later
    with refused(Denied, "not on the list of those present"):
        entering.enter(taken, street.eva, "agree", by=street.ana, way=Way.NAMED)

    [paper] = papers.print_sheet(taken, 1, by=street.ana, at=folkmoot_now())
    village.move_clock(taken.closes_at - folkmoot_now() - timedelta(minutes=5))
    entering.enter(taken, street.farid, "agree", by=street.ana, way=Way.PAPER, number=paper.number)
    with refused_by_the_database("vote keeps its meets_until"):
        run("UPDATE core_vote SET meets_until = NULL WHERE id = %s", taken.pk)


def test_a_meeting_far_ahead_of_the_close_changes_nothing(street: Street, meeting: Callable[..., None]) -> None:
    meeting(timedelta(days=9))
    proposal = village.make_proposal(street.body, street.ana, title="Paint the wall")
    village.move_clock(timedelta(days=8))

    taken = opening.open_vote(proposal, by=street.ana)

    assert taken.closes_at - taken.opened_at == timedelta(days=7)


# -- the helper desk


def test_a_helper_helps_ten_people_in_one_vote(street: Street) -> None:
    body, people = crowd(14)
    vote = village.make_vote(body, people[0])
    first, second, third, *others = people

    for person in others[:10]:
        enter(vote, person, first, second)
    assert sorted(Aid.objects.filter(helper=first).values_list("number", flat=True)) == list(range(1, 11))
    with refused(Denied, "helped ten people"):
        entering.enter(vote, others[10], "agree", by=first, way=Way.DESK)
    written = entering.enter(vote, others[10], "agree", by=third, way=Way.DESK)
    with refused(Denied, "Second has helped ten people"):
        entering.confirm(written, "agree", by=second)

    enter(vote, others[0], first, second, "aside")  # the same person again is no eleventh
    assert Aid.objects.filter(helper=first).count() == 10


def crowd(size: int) -> tuple[Body, list[Person]]:
    """A council of so many."""
    people = village.make_people("first", "second", "third", *(f"voter{n}" for n in range(size - 3)))
    return village.make_council("Long Street", people), people
