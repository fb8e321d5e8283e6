"""Opening, closing and what follows: replacements, reviews, charters, tasks."""

from datetime import timedelta

import pytest
from django.db import transaction

from core.actions import (
    ballots,
    bodies,
    charter_changes,
    charters,
    closing,
    mandates,
    memberships,
    opening,
    proposals,
    settling,
    todos,
)
from core.models import Ballot, Body, Cause, Proposal, RecordText, Vote
from core.refusals import Denied, Invalid, Stale, TooLate, WrongStep
from core.rules.charter import CharterNumbers
from core.rules.positions import Position
from core.timekeeping import folkmoot_now
from tests import village
from tests.core.actions.scene import Street, all_say, from_now, make_street, refused
from tests.village import cast, close, make_proposal, make_vote, move_clock


def test_a_decision_by_consensus(street: Street) -> None:
    vote = make_vote(street.body, street.ana, tasks=[proposals.Todo("Sow.", street.eva)])
    since = from_now()
    for person in street.members[:3]:
        cast(vote, person, Position.AGREE)

    close(vote)

    proposal = Proposal.objects.get()
    assert (vote.outcome, vote.tally, vote.roll_size) == ("adopted", {"agree": 3}, 5)
    assert (proposal.stage, proposal.stands, proposal.effect) == ("adopted", True, "")
    assert since.recorded() == ["vote.counted", "proposal.decided"]
    assert since.told() == ["task.given", "proposal.closed"]
    assert not closing.close(vote.pk)


@pytest.mark.usefixtures("no_decision")
def test_a_vote_keeps_charter_text_and_roll_of_its_opening(street: Street) -> None:
    vote = make_vote(street.body, street.ana)
    kept = Vote.objects.values("charter", "text", "roll_size", "closes_at", "rule").get(pk=vote.pk)

    with transaction.atomic():
        memberships.admit(street.body, street.dario, at=folkmoot_now(), voice_now=True)
    memberships.leave(street.body, by=street.gina)
    with refused(Denied, "the text can no longer be changed"):
        proposals.revise(vote.proposal, by=street.ana, at=folkmoot_now(), title="B", text="B", seen=1)

    assert Vote.objects.values("charter", "text", "roll_size", "closes_at", "rule").get(pk=vote.pk) == kept
    with refused(Denied, "You are not on the roll"):
        cast(vote, street.dario, Position.AGREE)


def test_a_charter_change_is_for_votes_opened_afterwards(street: Street) -> None:
    numbers = CharterNumbers(voting_hours=48, discussion_days=4)
    content = charters.Draft("We look after our street and park.", "", numbers)
    change = charter_changes.propose(
        street.body, content, by=street.ana, at=folkmoot_now(), title="Shorter votes", text="Two days are enough."
    )
    move_clock(timedelta(days=6, hours=23))
    with refused(Denied, "has to last longer"):
        opening.open_vote(change, by=street.ana)
    move_clock(timedelta(days=1))
    voting = opening.open_vote(change, by=street.ana)
    earlier = opening.open_vote(make_old(street), by=street.bruno)
    since = from_now()

    all_say(voting, Position.AGREE)

    later = make_vote(street.body, street.eva, title="Later")
    assert "charter.adopted" in since.recorded()
    assert Vote.objects.get(pk=earlier.pk).charter.number == 1
    assert (later.charter.number, later.closes_at - later.opened_at) == (2, timedelta(hours=48))
    assert (voting.quorum_num, voting.quorum_den, voting.agreement_num, voting.agreement_den) == (1, 2, 4, 5)


def make_old(street: Street) -> Proposal:
    proposal = make_proposal(street.body, street.bruno, title="Another matter")
    move_clock(timedelta(days=4))
    return proposal


def test_a_charter_written_from_one_that_was_replaced_cannot_be_carried_out(street: Street) -> None:
    at = folkmoot_now()
    changes = [
        charter_changes.propose(
            street.body,
            charters.Draft(f"Purpose {n}.", "", CharterNumbers(voting_hours=48 + n)),
            by=person,
            at=at,
            title=f"Change {n}",
            text="Text.",
        )
        for n, person in enumerate((street.ana, street.bruno))
    ]
    move_clock(timedelta(days=8))
    votes = [opening.open_vote(change, by=by) for change, by in zip(changes, (street.ana, street.bruno), strict=True)]
    for vote in votes:
        for person in street.members:
            cast(vote, person, Position.AGREE)

    move_clock(timedelta(days=8))
    settling.settle()

    first, second = Proposal.objects.order_by("pk")
    assert [(p.stage, p.effect) for p in (first, second)] == [("adopted", "done"), ("adopted", "failed")]
    assert second.tasks.count() == 1
    assert street.body.charters.exclude(in_force_at=None).count() == 2


def test_who_may_open_and_when(street: Street) -> None:
    proposal = make_proposal(street.body, street.ana)
    with refused(Denied, "has to last longer"):
        opening.open_vote(proposal, by=street.ana)
    move_clock(timedelta(days=3))
    with refused(Denied, "only the author"):
        opening.open_vote(proposal, by=street.eva)
    move_clock(timedelta(days=4))

    assert opening.open_vote(proposal, by=street.eva).roll_size == 5


def test_a_later_decision_replaces_one_in_force(street: Street) -> None:
    old = village.decide(street.body, street.members, street.ana)
    new = village.decide(street.body, street.members, street.ana, title="Better", replaces=old)

    old.refresh_from_db()
    assert (old.ending, new.stands) == ("replaced", True)
    with refused(Invalid, "not in force"):
        make_proposal(street.body, street.ana, replaces=old)


def test_replacing_what_was_replaced_meanwhile_cannot_be_carried_out(street: Street) -> None:
    old = village.decide(street.body, street.members, street.ana)
    authors = (street.ana, street.bruno)
    talked = [make_proposal(street.body, by, title=by.display_name, replaces=old) for by in authors]
    move_clock(timedelta(days=4))
    votes = [opening.open_vote(proposal, by=by) for proposal, by in zip(talked, authors, strict=True)]
    for vote in votes:
        for person in street.members:
            cast(vote, person, Position.AGREE)

    close(votes[1])

    first, second = Proposal.objects.filter(replaces=old).order_by("pk")
    assert Proposal.objects.get(pk=old.pk).ending == "replaced"
    assert [(p.stage, p.effect) for p in (first, second)] == [("adopted", ""), ("adopted", "failed")]


@pytest.mark.parametrize(
    ("position", "ending", "kept"),
    [(Position.AGREE, "", True), (Position.ABSTAIN, "reviewed", False)],
)
def test_a_review_keeps_or_ends_a_decision(street: Street, position: Position, ending: str, kept: bool) -> None:
    decision = village.decide(
        street.body, street.members, street.ana, review_on=(folkmoot_now() + timedelta(days=60)).date()
    )
    move_clock(timedelta(days=60))
    settling.settle()
    settling.settle()
    review = Proposal.objects.get(kind="review")
    assert (review.reviews, review.author) == (decision, None)
    move_clock(timedelta(days=3, minutes=1))
    settling.settle()
    since = from_now()

    all_say(review.votes.get(), position)

    decision.refresh_from_db()
    assert decision.ending == ending
    assert ("decision.kept" in since.recorded()) is kept
    assert (decision.review_on > folkmoot_now().date()) is kept  # type: ignore[operator]


def test_a_review_without_a_quorum_decides_nothing(street: Street) -> None:
    decision = village.decide(
        street.body, street.members, street.ana, review_on=(folkmoot_now() + timedelta(days=60)).date()
    )
    move_clock(timedelta(days=60))
    settling.settle()
    move_clock(timedelta(days=3, minutes=1))
    settling.settle()
    close(Vote.objects.get(proposal__kind="review"))

    close(Vote.objects.get(proposal__kind="review", number=2))

    decision.refresh_from_db()
    assert decision.ended_at is None
    assert decision.review_on == (folkmoot_now() + timedelta(days=30)).date()


@pytest.mark.usefixtures("no_decision")
def test_a_new_member_votes_after_the_waiting_time(street: Street) -> None:
    with transaction.atomic():
        memberships.admit(street.body, street.dario, at=folkmoot_now())
    proposal = make_proposal(street.body, street.ana)
    move_clock(timedelta(days=6, hours=23))
    early = opening.open_vote(proposal, by=street.ana)
    move_clock(timedelta(hours=2))

    assert early.roll_size == 5
    assert make_vote(street.body, street.bruno, title="Later").roll_size == 6


def test_the_last_moment_and_the_moment_after(street: Street) -> None:
    vote = make_vote(street.body, street.ana)
    move_clock(vote.closes_at - folkmoot_now() - timedelta(minutes=1))
    first = cast(vote, street.ana, Position.AGREE)
    again = cast(vote, street.ana, Position.AGREE)
    move_clock(timedelta(minutes=2))

    with refused(TooLate, "Voting has closed"):
        cast(vote, street.eva, Position.AGREE)
    with refused(TooLate, "Voting has closed"):
        cast(vote, street.ana, Position.ABSTAIN)

    assert (first.pk, first.change_no, again.change_no) == (again.pk, 1, 1)


def test_a_ballot_that_the_database_finds_late_is_too_late(street: Street, monkeypatch: pytest.MonkeyPatch) -> None:
    vote = make_vote(street.body, street.ana)
    move_clock(timedelta(days=8))
    monkeypatch.setattr(ballots, "folkmoot_now", lambda: vote.closes_at - timedelta(seconds=1))

    with refused(TooLate, "Voting has closed"):
        cast(vote, street.ana, Position.AGREE)


def test_positions_of_another_rule_and_endless_reasons_are_refused(street: Street) -> None:
    vote = make_vote(street.body, street.ana)

    with refused(Invalid, "Choose one of the positions"):
        cast(vote, street.ana, Position.YES)
    with refused(Invalid, "too long"):
        cast(vote, street.ana, Position.BLOCK, "x" * 2001)
    assert not Ballot.objects.exists()


def test_a_stale_text_is_refused_and_the_same_text_is_no_new_version(street: Street) -> None:
    proposal = make_proposal(street.body, street.ana)
    at = folkmoot_now()
    assert proposals.revise(proposal, by=street.ana, at=at, title=proposal.title, text=village.TEXT, seen=1).number == 1
    assert proposals.revise(proposal, by=street.ana, at=at, title="B", text="B", seen=1).number == 2

    with refused(Stale):
        proposals.revise(proposal, by=street.ana, at=at, title="C", text="C", seen=1)
    with refused(Invalid, "too long"):
        proposals.revise(proposal, by=street.ana, at=at, title="C", text="x" * 20_001, seen=2)
    with refused(Invalid, "Write a title and a text"):
        proposals.revise(proposal, by=street.ana, at=at, title="C", text=" ", seen=2)


def test_as_many_open_proposals_as_the_charter_allows(street: Street) -> None:
    for number in range(3):
        make_proposal(street.body, street.ana, title=f"Number {number}")
    fourth = proposals.draft(street.body, by=street.ana, at=folkmoot_now(), title="D", text="D")

    with refused(Denied, "as many open proposals"):
        proposals.put_up(fourth, by=street.ana, at=folkmoot_now())


def test_a_task_is_finished_once_by_whoever_has_it(street: Street) -> None:
    decision = village.decide(street.body, street.members, street.ana, tasks=[proposals.Todo("Sow.", street.eva)])
    task = decision.tasks.get()
    with refused(Denied, "Only the person who has the task"):
        todos.finish(task, by=street.bruno, at=folkmoot_now())
    since = from_now()

    todos.finish(task, by=street.eva, at=folkmoot_now(), note="Sown.")
    todos.finish(task, by=street.eva, at=folkmoot_now(), note="Again.")

    task.refresh_from_db()
    assert (task.note, since.recorded()) == ("Sown.", ["task.done"])


def test_a_forming_body_decides_once_three_have_adopted_its_charter(street: Street) -> None:
    at = folkmoot_now()
    content = charters.Draft("We share tools.", "", CharterNumbers())
    body = bodies.form("Tool Street", content, by=street.ana, at=at)
    with transaction.atomic():
        for person in (street.bruno, street.eva):
            memberships.admit(body, person, at=at)
    charter = body.charters.get()
    bodies.adopt(charter, by=street.ana, at=at)
    bodies.adopt(charter, by=street.ana, at=at)
    bodies.adopt(charter, by=street.bruno, at=at)
    with refused(Denied, "once its founding members have adopted"):
        proposals.draft(body, by=street.ana, at=at, title="T", text="T")
    with refused(Denied, "Only members"):
        bodies.adopt(charter, by=street.dario, at=at)
    since = from_now()

    bodies.adopt(charter, by=street.eva, at=at)

    assert Body.objects.get(pk=body.pk).decides
    assert since.recorded() == ["charter.adopted_by", "charter.adopted"]
    with refused(WrongStep, "adopted already"):
        bodies.adopt(charter, by=street.eva, at=at)
    with refused(WrongStep, "change it by a proposal"):
        bodies.redraft(body, content, by=street.ana, at=at)


def test_a_redrafted_charter_is_adopted_anew(street: Street) -> None:
    at = folkmoot_now()
    body = bodies.form("Elm Street", charters.Draft("We.", "", CharterNumbers()), by=street.ana, at=at)
    first = body.charters.get()
    bodies.redraft(body, charters.Draft("We all.", "", CharterNumbers()), by=street.ana, at=at)

    with refused(Stale):
        bodies.adopt(first, by=street.ana, at=at)
    with refused(Invalid, "outside its range"):
        bodies.redraft(body, charters.Draft("We.", "", CharterNumbers(voting_hours=1)), by=street.ana, at=at)


def test_weak_consensus_above_the_size_of_consensus(db: None) -> None:
    street = make_street(consensus_up_to=4)
    vote = make_vote(street.body, street.ana)
    for person, position in zip(street.members, ["agree"] * 4 + ["disagree"], strict=True):
        cast(vote, person, position)

    close(vote)

    assert (vote.rule, vote.outcome, vote.reason) == ("weak", "adopted", "adopted")


def test_a_draft_put_up_shows_nothing_of_what_it_was(street: Street) -> None:
    at = folkmoot_now()
    idea = proposals.draft(street.body, by=street.ana, at=at, title="A", text="Angry first words.")
    proposals.revise(idea, by=street.ana, at=at, title="B", text="Calm words.", seen=1)
    with pytest.raises(Stale):
        proposals.revise(idea, by=street.ana, at=at, title="C", text="From an old tab.", seen=1)

    proposals.put_up(idea, by=street.ana, at=at)

    assert list(idea.texts.values_list("number", "title", "text")) == [(1, "B", "Calm words.")]
    assert not any("Angry" in line for line in RecordText.objects.values_list("text", flat=True))


@pytest.mark.parametrize("keeps", [True, False], ids=["own", "another's"])
def test_a_new_version_is_accepted_anew_except_by_its_author(street: Street, keeps: bool) -> None:
    at = folkmoot_now()
    delegate = street.ana if keeps else street.bruno
    idea = proposals.draft(street.body, by=street.ana, at=at, title="Keys", text="Text.", kind="mandate")
    mandates.offer(idea, mandates.Terms(delegate, "Keep the keys.", "Spend nothing.", 90), by=street.ana)
    proposals.put_up(idea, by=street.ana, at=at)
    mandates.accept(idea, by=delegate, at=at)
    idea.refresh_from_db()

    proposals.revise(idea, by=street.ana, at=at, title="Keys and money", text="Text.", seen=1)

    idea.offer.refresh_from_db()
    assert (idea.offer.accepted_at is not None) is keeps
    asked = Cause.objects.filter(what=Cause.What.OFFER_MADE, proposal=idea).count()
    assert asked == (1 if keeps else 2)


def test_titles_are_one_line(street: Street) -> None:
    at = folkmoot_now()
    idea = proposals.draft(street.body, by=street.ana, at=at, title="Paint\nthe\t shed\u202e", text="Text.")

    assert idea.texts.get().title == Proposal.objects.get(pk=idea.pk).title == "Paint the shed"
    with pytest.raises(Invalid):
        proposals.draft(street.body, by=street.ana, at=at, title="\u202e \n", text="Text.")


@pytest.mark.parametrize("days", [0, -1, -2000])
def test_a_day_that_has_passed_is_refused(street: Street, days: int) -> None:
    at = folkmoot_now()
    day = (at + timedelta(days=days)).date()
    late = [proposals.Todo("Sow.", None, day)]

    for about in ({"review_on": day}, {"tasks": late}):
        with pytest.raises(Invalid, match="still to come"):
            proposals.draft(street.body, by=street.ana, at=at, title="A", text="A", **about)
