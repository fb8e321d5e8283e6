"""Waiving the rest of a discussion, and who was there in a round of talks: what holds, and what the verifier finds."""

from datetime import timedelta

import pytest
from django.db import transaction

from core.actions import opening, proposals
from core.actions.settling import settle
from core.models import Proposal, RecordLine, Stage
from core.refusals import Denied, WrongStep
from core.timekeeping import folkmoot_now
from councils.actions import duties, running, waiving
from councils.models import Duty
from tests import village
from tests.councils.assemblies import EVERYBODY, Hall, add, call, make_hall, opened, said, under_talk
from tests.scenes import scene
from tests.verify.honest import assert_whole, found, members_file
from tests.verify.story import bound, parsed

pytestmark = pytest.mark.django_db

hall = scene(make_hall)


def waive(hall: Hall, *agree: str, against: str = "") -> str:
    """Those present are asked, answer, and the answers are counted."""
    at = folkmoot_now()
    waiver = waiving.ask(hall.assembly.items.get(), by=hall.ana, at=at)
    for name in agree:
        waiving.say(waiver, True, by=hall.people[name], at=at)
    if against:
        waiving.enter(waiver, hall.member(against), False, by=hall.ana, at=at)
    return waiving.settle(waiver, by=hall.ana, at=folkmoot_now()).value


def test_those_present_waive_the_discussion_and_its_author_opens_the_vote(hall: Hall) -> None:
    proposal = under_talk(hall, *EVERYBODY)
    with pytest.raises(Denied), transaction.atomic():
        opening.open_vote(proposal, by=hall.people["bruno"])

    assert waive(hall, "ana", "bruno", "eva", "farid") == "waived"
    with pytest.raises(Denied), transaction.atomic():
        opening.open_vote(proposal, by=hall.people["eva"])  # others wait as long as ever
    vote = opening.open_vote(proposal, by=hall.people["bruno"])

    assert vote.closes_at - vote.opened_at == timedelta(hours=168)  # who was not there has the whole time
    assert any(each.startswith("Those present waived what is left") for each in said(hall))
    for name in ("ana", "bruno", "eva", "farid"):
        village.cast(vote, hall.people[name], "agree")
    village.close(vote)
    assert Proposal.objects.get(pk=proposal.pk).stage == Stage.ADOPTED
    assert_whole(hall.body, hall.ana)


@pytest.mark.parametrize(
    ("there", "agree", "against", "answer"),
    [
        (EVERYBODY, ("ana", "bruno", "eva", "farid"), "gina", "against"),
        (EVERYBODY, ("ana", "bruno", "eva"), "", "too_few"),
        (("ana", "bruno", "eva"), ("ana", "bruno", "eva"), "", "no_quorum"),
    ],
)
def test_it_goes_on_without_quorum_against_a_no_or_with_too_few(
    hall: Hall, there: tuple[str, ...], agree: tuple[str, ...], against: str, answer: str
) -> None:
    proposal = under_talk(hall, *there)
    assert waive(hall, *agree, against=against) == answer
    proposal.refresh_from_db()
    assert proposal.waived_at is None
    assert any(each.startswith("The discussion goes on") for each in said(hall))
    assert not RecordLine.objects.filter(what="discussion.waived").exists()


def test_nobody_waives_alone_by_entering_the_yes_of_others(hall: Hall) -> None:
    proposal = under_talk(hall, *EVERYBODY)
    waiver = waiving.ask(hall.assembly.items.get(), by=hall.ana, at=folkmoot_now())
    for name in ("bruno", "eva", "farid", "gina"):
        waiving.enter(waiver, hall.member(name), True, by=hall.ana, at=folkmoot_now())

    with pytest.raises(Denied, match="two have to hear it"), transaction.atomic():
        waiving.settle(waiver, by=hall.ana, at=folkmoot_now())
    proposal.refresh_from_db()
    assert proposal.waived_at is None

    assert waiving.settle(waiver, by=hall.people["eva"], at=folkmoot_now()).value == "waived"


def test_a_new_text_is_talked_over_again(hall: Hall) -> None:
    proposal = under_talk(hall, *EVERYBODY)
    waive(hall, "ana", "bruno", "eva", "farid")
    proposals.revise(proposal, by=hall.people["bruno"], at=folkmoot_now(), title="More", text="More of it.", seen=1)
    with pytest.raises(Denied, match="has to last longer"), transaction.atomic():
        opening.open_vote(proposal, by=hall.people["bruno"])
    village.move_clock(timedelta(days=3))
    opening.open_vote(proposal, by=hall.people["bruno"])
    assert_whole(hall.body, hall.ana)


def test_charters_members_and_elections_are_never_hurried(hall: Hall) -> None:
    opened(hall, *EVERYBODY, item=False)
    for proposal in (
        village.make_election(hall.body, hall.people["bruno"], hall.people["eva"]),
        village.make_proposal(hall.body, hall.people["gina"], kind="removal", subject=hall.member("hugo")),
        village.make_proposal(hall.body, hall.people["farid"], urgent=True),
    ):
        item = running.begin_item(add(hall, proposal=proposal), by=hall.ana, at=folkmoot_now())
        with pytest.raises(WrongStep, match="cannot be waived"), transaction.atomic():
            waiving.ask(item, by=hall.ana, at=folkmoot_now())


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"agreed": []}, "waived_by_too_few"),
        ({"present": ["nobody we know"]}, "waived_by_too_few"),
        ({"voices": 6}, "waived_by_too_few"),
        ({"quorum": [1, 5]}, "waived_by_too_few"),
        ({"version": 2}, "waived_wrongly"),
        ({"assembly": 999_999}, "waived_wrongly"),
    ],
)
def test_the_verifier_counts_those_present_anew(hall: Hall, change: dict[str, object], code: str) -> None:
    under_talk(hall, *EVERYBODY)
    waive(hall, "ana", "bruno", "eva", "farid")
    forged = rewritten(members_file(hall.body), change)
    assert code in {each.code for each in found(forged).broken}


def rewritten(file: list[bytes], change: dict[str, object]) -> list[bytes]:
    """The file with the line of the waiver changed, and all hashes made anew."""
    lines = parsed(file)
    waived = next(line for line in lines if line.get("what") == "discussion.waived")
    waived["data"].update(change)
    return bound(lines)


def test_who_was_there_in_a_round_of_talks_may_block_again(hall: Hall) -> None:
    vote = village.make_vote(hall.body, hall.people["bruno"])
    for name in ("ana", "bruno", "gina", "hugo"):
        village.cast(vote, hall.people[name], "agree")
    for name in ("eva", "farid"):
        village.cast(vote, hall.people[name], "block", "Not like this.")
    village.close(vote)
    hall.assembly = call(hall.body, hall.ana, 5)
    duties.take(hall.assembly, Duty.Role.FACILITATOR, by=hall.ana, at=folkmoot_now())
    opened(hall, "ana", "eva", item=False)
    item = running.begin_item(add(hall, proposal=vote.proposal), by=hall.ana, at=folkmoot_now())
    running.end_item(item, by=hall.ana, at=folkmoot_now())
    village.move_clock(timedelta(days=14))
    settle()

    again = Proposal.objects.get(pk=vote.proposal_id).votes.get(number=2)

    assert not again.roll.get(person=hall.people["farid"]).may_block  # who neither wrote nor came
    assert again.roll.get(person=hall.people["eva"]).may_block
    village.cast(again, hall.people["eva"], "block", "Still not.")
    village.close(again)
    assert_whole(hall.body, hall.ana)
