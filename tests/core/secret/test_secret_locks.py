"""The locks of secret votes are in the SQL, in the one order; each missing one fails here."""

from datetime import timedelta

from core.actions import closing, recalls, settling
from core.models import OpenedBallots, SealedBallot
from core.signer import votes
from tests import village
from tests.core.actions.locking import before, guard_takes, locks_of
from tests.core.actions.scene import spoken, undone
from tests.core.secret.scene import Court, recall


def test_casting_locks_membership_vote_and_roll_row_and_reads_the_clock_after_it(court: Court) -> None:
    vote = recall(court)

    def act() -> None:
        village.cast_secretly(vote, court.eva, "yes")

    assert locks_of(act) == ["membership", "vote shared", "rollentry"]
    with spoken() as heard:
        act()
    assert before(heard, "pg_advisory_xact_lock_shared", "folkmoot_now()")


def test_the_signer_has_the_vote_alone_before_it_reads_a_box(court: Court) -> None:
    vote = recall(court)
    village.cast_secretly(vote, court.eva, "yes")
    village.move_clock(timedelta(days=4))

    assert locks_of(lambda: votes.open_vote(vote.pk)) == ["vote alone"]
    with undone(), spoken() as heard:
        votes.open_vote(vote.pk)
    assert before(heard, "pg_advisory_xact_lock(", "folkmoot_now()")
    assert before(heard, "pg_advisory_xact_lock(", 'FROM "core_sealedballot"')


def test_opening_takes_a_key_that_nobody_else_is_taking(court: Court) -> None:
    votes.stock(2)
    taken = locks_of(lambda: recalls.open_recall(court.mandate, "No word.", by=court.ana))
    assert taken == ["body", "mandate", "recordhead", "votekey"]  # after the head, for it never waits

    with undone(), spoken() as heard:
        recalls.open_recall(court.mandate, "No word.", by=court.ana)
    assert any("core_votekey" in each and "SKIP LOCKED" in each for each in heard)


def test_a_recall_that_waited_is_opened_with_its_mandate_locked(court: Court) -> None:
    proposal = recalls.open_recall(court.mandate, "No word.", by=court.ana)
    votes.stock(1)
    taken = locks_of(lambda: settling.open_by_clock(proposal.pk))
    assert taken == ["body", "mandate", "proposal", "votekey", "recordhead"]


def test_closing_a_secret_recall_locks_what_closing_an_open_one_does(court: Court) -> None:
    vote = recall(court)
    village.move_clock(timedelta(days=4))
    votes.open_closed()
    assert locks_of(lambda: closing.close(vote.pk)) == ["body", "mandate", "proposal", "vote alone", "recordhead"]


def test_boxes_and_marks_past_all_actions_share_the_vote_and_their_opening_has_it_alone(court: Court) -> None:
    vote = recall(court)
    marked = vote.roll.filter(person=court.eva)

    assert guard_takes(vote, lambda: marked.update(used=True)) == ["ShareLock"]
    assert guard_takes(vote, lambda: SealedBallot.objects.create(find="a" * 64, vote=vote, box=b"x")) == ["ShareLock"]
    village.move_clock(timedelta(days=4))
    assert guard_takes(vote, lambda: OpenedBallots.objects.create(vote=vote, ballots=[])) == ["ExclusiveLock"]
