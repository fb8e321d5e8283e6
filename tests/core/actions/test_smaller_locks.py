"""The locks of the smaller acts. Together with test_locks.py and those of people: all (tests/races/without.py)."""

from datetime import timedelta

import pytest
from django.test import override_settings

from core.actions import (
    appeals,
    ballots,
    candidacies,
    charter_changes,
    charters,
    closing,
    comments,
    elections,
    forgetting,
    mandates,
    memberships,
    people,
    proposals,
    recalls,
    reminding,
    throttle,
    todos,
    tokens,
)
from core.actions.proposals import Todo
from core.models import Mandate, Membership
from core.timekeeping import folkmoot_now
from tests import village
from tests.core.actions.locking import before, locks_of
from tests.core.actions.scene import Street, spoken, undone


@pytest.fixture
def mandate(street: Street) -> Mandate:
    """Bruno runs the tool library."""
    return village.make_mandate(street.body, street.members, street.bruno, author=street.ana)


def test_proposing_a_charter_locks_the_voice_then_the_body(street: Street) -> None:
    content = charters.Draft("We look after our street.", "", street.body.charters.get().numbers)

    taken = locks_of(
        lambda: charter_changes.propose(
            street.body, content, by=street.ana, at=folkmoot_now(), title="More", text="More of us."
        )
    )

    assert taken == ["membership", "body", "proposal", "recordhead"]


def test_an_appeal_locks_the_removal(street: Street) -> None:
    subject = village.membership(street.body, street.gina)
    vote = village.make_vote(street.body, street.ana, kind="removal", subject=subject)
    for person in street.members[:4]:
        village.cast(vote, person, "yes")
    village.close(vote)

    assert "proposal" in locks_of(
        lambda: appeals.appeal(vote.proposal, "It was not so.", by=street.gina, at=folkmoot_now())
    )


def test_a_decision_that_would_be_replaced_is_locked_when_the_draft_is_written(street: Street) -> None:
    decision = village.decide(street.body, street.members, street.ana)

    taken = locks_of(
        lambda: proposals.draft(street.body, by=street.ana, at=folkmoot_now(), title="B", text="B", replaces=decision)
    )

    assert taken == ["proposal"]


def test_words_are_locked_when_taken_back_and_the_recall_when_replied_to(street: Street, mandate: Mandate) -> None:
    talked = village.make_proposal(street.body, street.ana)
    comment = comments.write(talked, "Well.", by=street.eva, at=folkmoot_now())
    recall = recalls.open_recall(mandate, "No report.", by=street.ana)

    taken = locks_of(lambda: comments.take_back(comment, by=street.eva, at=folkmoot_now()))
    replied = locks_of(lambda: comments.reply(recall, "There was one.", by=street.bruno, at=folkmoot_now()))

    assert taken == ["comment", "recordhead"]
    assert replied == ["proposal", "reply too hard", "recordhead"]  # its row has no children that would wait


def test_an_offer_locks_its_proposal_and_itself(street: Street) -> None:
    idea = proposals.draft(street.body, by=street.ana, at=folkmoot_now(), title="Keys", text="Keys.", kind="mandate")
    terms = mandates.Terms(street.bruno, "Keep them.", "Spend nothing.", term_days=90)

    offered = locks_of(lambda: mandates.offer(idea, terms, by=street.ana))
    mandates.offer(idea, terms, by=street.ana)
    proposals.put_up(idea, by=street.ana, at=folkmoot_now())
    accepted = locks_of(lambda: mandates.accept(idea, by=street.bruno, at=folkmoot_now()))

    assert offered == ["proposal"]
    assert accepted == ["proposal", "offer", "recordhead"]


def test_a_task_is_locked_when_it_is_done(street: Street) -> None:
    decision = village.decide(street.body, street.members, street.ana, tasks=[Todo("Dig", street.eva)])

    taken = locks_of(lambda: todos.finish(decision.tasks.get(), by=street.eva, at=folkmoot_now()))

    assert taken == ["task", "recordhead"]


def test_reminders_lock_what_they_remind_of(street: Street, mandate: Mandate) -> None:
    village.move_clock(timedelta(days=31))
    asked = locks_of(lambda: reminding.ask_for_report(mandate.pk))
    vote = village.make_vote(street.body, street.ana)
    village.move_clock(timedelta(days=6, hours=1))
    reminded = locks_of(lambda: reminding.remind(vote.pk))

    assert asked[0] == "mandate"
    assert reminded[0] == "vote"


def test_ones_own_things_are_locked(street: Street) -> None:
    at = folkmoot_now()
    token, _secret = tokens.make(street.ana, name="calendar", scope="read", days=30, at=at)

    def change() -> None:
        people.change(street.ana, display_name="Ana", mail="none", language="es", theme="")

    assert locks_of(lambda: tokens.end(token, by=street.ana, at=at)) == ["apitoken"]
    assert locks_of(change) == ["person"]


@pytest.mark.django_db(transaction=True)
@override_settings(CACHES={"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}})
def test_tries_are_counted_one_by_one() -> None:
    with spoken() as heard:
        throttle.Throttle("test", limit=3, seconds=60).take("somebody")

    assert any("pg_advisory_xact_lock(" in statement for statement in heard)


def test_closing_an_election_locks_in_the_one_order(street: Street) -> None:
    vote = village.open_election(street.body, street.ana, street.bruno)
    for person in (street.ana, street.bruno, street.eva):
        ballots.cast(vote, (1,), by=person)
    village.move_clock(timedelta(days=8))

    assert locks_of(lambda: closing.close(vote.pk)) == ["body", "proposal", "vote alone", "recordhead"]


def test_an_election_is_locked_when_it_is_set_out(street: Street) -> None:
    idea = proposals.draft(street.body, by=street.ana, at=folkmoot_now(), title="Speak", text="Who?", kind="election")

    assert locks_of(lambda: elections.set_out(idea, elections.Terms("Speak.", "None.", 90), by=street.ana)) == [
        "proposal"
    ]


def test_forgetting_locks_the_membership_before_it_judges(street: Street) -> None:
    memberships.leave(street.body, by=street.gina)
    left = street.body.memberships.get(person=street.gina)

    with undone(), spoken() as heard:
        forgetting.ask(left, by=street.gina, at=folkmoot_now())
    assert before(heard, "FOR NO KEY UPDATE", 'UPDATE "core_membership"')
    Membership.objects.filter(pk=left.pk).update(forget_asked_at=folkmoot_now())
    assert locks_of(lambda: forgetting.forget_if_free(left.pk)) == ["membership", "vote alone"]  # the label's lock


def test_standing_locks_the_election(street: Street) -> None:
    proposal = village.make_election(street.body, street.ana, street.gina)
    at = folkmoot_now()

    for act in (
        lambda: candidacies.stand(proposal, by=street.bruno, at=at),
        lambda: candidacies.propose(proposal, street.bruno, by=street.ana, at=at),
        lambda: candidacies.step_back(proposal, by=street.gina, at=at),
    ):
        assert locks_of(act) == ["proposal", "recordhead"]
