"""The locks are in the SQL, in the one order: membership, body, mandate, proposal, vote, roll row, record head.

A race alone finds a missing lock only most of the time; here each missing one fails at once.
"""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db import transaction

from core.actions import (
    applications,
    ballots,
    bodies,
    charters,
    closing,
    confidence,
    invitations,
    mandates,
    memberships,
    opening,
    proposals,
    recalls,
    restoring,
    settling,
)
from core.locks import OutsideTransaction, lock, lock_all, own_vote, share_vote
from core.models import Ballot, Membership, Proposal
from core.record import record
from core.rules.charter import CharterNumbers
from core.rules.positions import Position
from core.signer.memory import Memory
from core.timekeeping import folkmoot_now
from tests import village
from tests.core.actions.locking import before, guard_takes, locks_of
from tests.core.actions.scene import Street, make_street, spoken, undone


def test_casting_shares_the_vote_and_locks_membership_and_roll_row(street: Street) -> None:
    vote = village.make_vote(street.body, street.ana)

    taken = locks_of(lambda: ballots.cast(vote, Position.AGREE, by=street.bruno))

    assert taken == ["membership", "vote shared", "rollentry"]


def test_casting_reads_the_clock_after_its_lock(street: Street) -> None:
    vote = village.make_vote(street.body, street.ana)

    with spoken() as heard:
        ballots.cast(vote, Position.AGREE, by=street.bruno)

    assert before(heard, "pg_advisory_xact_lock_shared", "folkmoot_now()")


def test_a_ballot_past_all_actions_shares_the_vote_too(street: Street) -> None:
    vote = village.make_vote(street.body, street.ana)
    row = {"cast_at": folkmoot_now(), "changed_at": folkmoot_now(), "nonce": b"n" * 32, "leaf": "0" * 64}

    def write() -> None:
        Ballot.objects.create(vote=vote, roll=vote.roll.get(person=street.eva), position="agree", **row)

    assert guard_takes(vote, write) == ["ShareLock"]


def test_casting_in_an_open_recall_takes_all_alone_at_once(street: Street) -> None:
    mandate = village.make_mandate(street.body, street.members, street.bruno, author=street.ana)
    vote = village.open_recall(mandate, street.ana)

    taken = locks_of(lambda: ballots.cast(vote, Position.YES, by=street.ana))

    assert taken == ["membership", "body", "mandate", "proposal", "vote alone", "rollentry"]


def test_closing_takes_the_vote_alone_and_reads_the_clock_after_it(street: Street) -> None:
    vote = village.make_vote(street.body, street.ana)
    village.move_clock(timedelta(days=8))

    assert locks_of(lambda: closing.close(vote.pk)) == ["body", "proposal", "vote alone", "recordhead"]
    with undone(), spoken() as heard:
        closing.close(vote.pk)
    assert before(heard, "pg_advisory_xact_lock(", "folkmoot_now()")


def test_closing_a_recall_locks_its_mandate(street: Street) -> None:
    mandate = village.make_mandate(street.body, street.members, street.bruno, author=street.ana)
    vote = village.open_recall(mandate, street.ana)
    village.move_clock(timedelta(hours=73))

    assert locks_of(lambda: closing.close(vote.pk)) == ["body", "mandate", "proposal", "vote alone", "recordhead"]


def test_closing_a_removal_locks_the_member_and_all_standing_mandates(street: Street) -> None:
    village.make_mandate(street.body, street.members, street.bruno, author=street.ana)
    subject = village.membership(street.body, street.gina)
    vote = village.make_vote(street.body, street.ana, kind="removal", subject=subject)
    village.move_clock(timedelta(days=8))

    taken = locks_of(lambda: closing.close(vote.pk))

    assert taken == ["membership", "body", "mandate", "proposal", "vote alone", "recordhead"]


def test_closing_locks_the_decision_it_would_replace(street: Street) -> None:
    old = village.decide(street.body, street.members, street.ana)
    vote = village.make_vote(street.body, street.ana, replaces=old)
    village.move_clock(timedelta(days=8))

    with undone(), spoken() as heard:
        closing.close(vote.pk)

    first = next(each for each in heard if 'FROM "core_proposal"' in each and "FOR NO KEY UPDATE" in each)
    assert f"{{{old.pk},{vote.proposal_id}}}" in first


@pytest.mark.parametrize("act", [confidence.withdraw, confidence.give_back])
def test_confidence_locks_the_mandate_before_it_counts(street: Street, act: Callable[..., Any]) -> None:
    mandate = village.make_mandate(street.body, street.members, street.bruno, author=street.ana)
    vote = village.open_recall(mandate, street.ana)

    assert locks_of(lambda: act(mandate, by=street.ana)) == [
        "membership",
        "body",
        "mandate",
        "proposal",
        "vote alone",
    ]
    with undone(), spoken() as heard:
        act(mandate, by=street.ana)
    assert before(heard, "FOR NO KEY UPDATE", "core_withdrawal")
    mandate_lock = 'FROM "core_mandate" WHERE "core_mandate"."id" ='
    assert before(heard, mandate_lock, '"core_withdrawal"')
    assert before(heard, "pg_advisory_xact_lock(", '"core_withdrawal"')
    assert vote.counted_at is None


def test_the_deciding_withdrawal_writes_the_record_last(street: Street) -> None:
    mandate = village.make_mandate(street.body, street.members, street.bruno, author=street.ana)
    for person in (street.ana, street.eva):
        confidence.withdraw(mandate, by=person)

    taken = locks_of(lambda: confidence.withdraw(mandate, by=street.farid))

    assert taken == ["membership", "body", "mandate", "recordhead"]


def test_leaving_locks_member_body_and_every_standing_mandate(street: Street) -> None:
    village.make_mandate(street.body, street.members, street.bruno, author=street.ana)

    taken = locks_of(lambda: memberships.leave(street.body, by=street.gina))

    assert taken == ["membership", "body", "mandate", "recordhead"]


def test_opening_locks_the_body_before_it_reads_charter_and_members(street: Street) -> None:
    proposal = village.make_proposal(street.body, street.ana)
    village.move_clock(timedelta(days=4))

    assert locks_of(lambda: opening.open_vote(proposal, by=street.ana)) == ["body", "proposal", "recordhead"]
    with undone(), spoken() as heard:
        opening.open_vote(proposal, by=street.ana)
    lock_of_body = next(n for n, each in enumerate(heard) if 'FROM "core_body"' in each and "FOR NO KEY" in each)
    assert not any('FROM "core_charter"' in each or "INTO core_rollentry" in each for each in heard[:lock_of_body])


def test_opening_a_recall_locks_body_and_mandate(street: Street) -> None:
    mandate = village.make_mandate(street.body, street.members, street.bruno, author=street.ana)

    taken = locks_of(lambda: recalls.open_recall(mandate, "No report.", by=street.ana))

    assert taken == ["body", "mandate", "recordhead"]


def test_acts_under_a_mandate_lock_it(street: Street) -> None:
    mandate = village.make_mandate(street.body, street.members, street.bruno, author=street.ana)

    assert locks_of(lambda: mandates.report(mandate, "Well.", by=street.bruno)) == ["mandate", "recordhead"]
    assert locks_of(lambda: mandates.resign(mandate, by=street.bruno)) == ["mandate", "recordhead"]
    village.move_clock(timedelta(days=200))
    assert locks_of(lambda: mandates.end_if_over(mandate.pk)) == ["mandate", "recordhead"]


def test_every_act_on_a_proposal_locks_it(street: Street) -> None:
    at = folkmoot_now()
    idea = proposals.draft(street.body, by=street.ana, at=at, title="A", text="A")
    talked = village.make_proposal(street.body, street.ana)
    urgent = village.make_proposal(street.body, street.ana, urgent=True)

    assert locks_of(lambda: proposals.put_up(idea, by=street.ana, at=at)) == ["membership", "proposal", "recordhead"]
    revised = locks_of(lambda: proposals.revise(talked, by=street.ana, at=at, title="B", text="B", seen=1))
    assert revised == ["proposal", "recordhead"]
    assert locks_of(lambda: proposals.withdraw(talked, by=street.ana, at=at)) == ["proposal", "recordhead"]
    assert locks_of(lambda: proposals.second(urgent, by=street.eva, at=at)) == ["proposal", "recordhead"]
    written = locks_of(lambda: village_comment(talked, street))
    assert written == ["proposal", "recordhead"]


def test_setting_back_to_a_backup_has_body_and_votes_to_itself(street: Street) -> None:
    village.make_vote(street.body, street.ana)

    taken = locks_of(lambda: restoring.restored(street.body, backup_at=folkmoot_now(), remembered=Memory()))

    assert taken == ["body", "proposal", "vote alone", "recordhead"]


def village_comment(proposal: Proposal, street: Street) -> Any:
    from core.actions import comments  # noqa: PLC0415

    return comments.write(proposal, "Well.", by=street.eva, at=folkmoot_now())


def test_the_clock_locks_before_it_opens(street: Street) -> None:
    day = (folkmoot_now() + timedelta(days=60)).date()
    decision = village.decide(street.body, street.members, street.ana, review_on=day)
    village.move_clock(timedelta(days=60))

    assert locks_of(lambda: settling.start_review(decision.pk)) == ["body", "proposal", "recordhead"]
    settling.start_review(decision.pk)
    review = Proposal.objects.get(kind="review")
    village.move_clock(timedelta(days=4))
    assert locks_of(lambda: settling.open_by_clock(review.pk)) == ["body", "proposal", "recordhead"]


def test_the_clock_locks_before_it_opens_after_a_round(street: Street) -> None:
    vote = village.make_vote(street.body, street.ana)
    for person in street.members:
        village.cast(vote, person, "block" if person == street.eva else "agree", "Not yet.")
    village.close(vote)
    village.move_clock(timedelta(days=15))

    assert locks_of(lambda: settling.open_after_round(vote.proposal_id)) == ["body", "proposal", "recordhead"]


def test_adopting_and_redrafting_a_first_charter_lock_the_body(street: Street) -> None:
    at = folkmoot_now()
    body = bodies.form("Elm", charters.Draft("We are.", "", CharterNumbers()), by=street.ana, at=at)

    adopted = locks_of(lambda: bodies.adopt(body.charters.get(), by=street.ana, at=at))
    redrafted = locks_of(
        lambda: bodies.redraft(body, charters.Draft("We are new.", "", CharterNumbers()), by=street.ana, at=at)
    )

    assert adopted == ["membership", "body", "recordhead"]
    assert redrafted == ["body", "recordhead"]


def test_coming_in_locks_body_then_invitation_or_application(street: Street) -> None:
    at = folkmoot_now()
    _row, token = invitations.invite(street.body, by=street.ana, at=at)

    taken = locks_of(lambda: invitations.accept(token, by=street.dario, at=at))
    application = invitations.accept(token, by=street.dario, at=at)
    vouched = locks_of(lambda: applications.vouch(application, by=street.eva, at=at))  # type: ignore[arg-type]

    assert taken[:2] == ["body", "invitation"]
    assert vouched == ["membership", "body", "application", "recordhead"]


def test_a_lock_outside_of_a_transaction_is_refused(transactional_db: None) -> None:
    street = make_street()
    for act in (
        lambda: lock(street.body),
        lambda: lock_all(Membership, [1]),
        lambda: share_vote(1),
        lambda: own_vote(1),
        lambda: record("nothing.happened", street.body, by=None, at=folkmoot_now()),
    ):
        with pytest.raises(OutsideTransaction):
            act()
    assert not transaction.get_connection().in_atomic_block
