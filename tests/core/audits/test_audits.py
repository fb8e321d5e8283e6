"""Audits: who is elected, reads, finds, answers and takes steps, at every state; and what is written of it."""

from collections.abc import Callable
from datetime import timedelta
from functools import partial
from typing import Any

import pytest
from django.db import transaction

from core.actions import (
    accords,
    answers_due,
    audits,
    ballots,
    candidacies,
    hosting,
    hosts,
    mandates,
    memberships,
    opening,
    proposals,
    recalls,
)
from core.actions.settling import settle
from core.models import Audit, Body, Finding, Mandate, Person, Proposal, RecordLine
from core.permissions.audits import OWN_BODY
from core.refusals import Denied, Invalid, Refusal
from core.timekeeping import folkmoot_now
from tests import village
from tests.core.actions.scene import from_now, refused, undone
from tests.core.actions.test_matrix import attempt
from tests.core.actions.test_unions import decide as decide_in_turn
from tests.core.audits.scene import Hall, about, call_for_audit, find, make_hosted, read
from tests.core.people.cast import as_, text_of
from tests.verify.honest import assert_whole

pytestmark = pytest.mark.django_db

ROLES = {"auditor": "bruno", "host": "ana", "body": "carla", "outside": "dario"}


def over_by_term(hall: Hall) -> None:
    village.move_clock(timedelta(days=91))


def over_by_recall(hall: Hall) -> None:
    vote = recalls.open_recall(auditing(hall), "Too slow.", by=hall.ana).votes.get()
    for person in hall.neighbours[:3]:  # more than half: it closes at once
        village.cast(vote, person, "yes")


def over_with_the_body(hall: Hall) -> None:
    Body.objects.filter(pk=hall.workshop.pk).update(ended_at=folkmoot_now())


def over_without_a_host(hall: Hall) -> None:
    Body.objects.filter(pk=hall.workshop.pk).update(host=None)


STATES: dict[str, Callable[[Hall], None]] = {
    "under_way": lambda _hall: None,
    "term": over_by_term,
    "recalled": over_by_recall,
    "body_ended": over_with_the_body,
    "no_host": over_without_a_host,
}


def auditing(hall: Hall) -> Mandate:
    """Bruno's mandate."""
    return Mandate.objects.get(granted_by=hall.audit.proposal_id)


def verbs(hall: Hall, finding: Finding) -> dict[str, tuple[str, set[str], Callable[[Person], Any]]]:
    """Who does it, in which states, and how."""
    audit, shown = hall.audit, finding.evidence.get().reading_id
    going, standing = {"under_way"}, {"under_way", "term", "recalled"}
    found = about(hall, evidence=(shown,), answer_by=folkmoot_now().date() + timedelta(days=60))
    return {
        "read": ("auditor", going, lambda by: audits.read(audit, "decisions", by=by)),
        "find": ("auditor", going, lambda by: audits.find(audit, found, by=by)),
        "report": ("auditor", going, lambda by: audits.report(audit, "All of it.", by=by)),
        "answer": ("body", standing, lambda by: audits.answer(finding, "We keep them now.", by=by)),
        "recall": ("body", standing, lambda by: audits.recall(finding, hall.mandate, "No receipts.", by=by)),
        "propose": (
            "host",
            standing,
            lambda by: audits.propose(finding, "recognition", "No more", "Enough.", by=by, at=folkmoot_now()),
        ),
    }


@pytest.mark.slow
@pytest.mark.usefixtures("rows_by_hand")
def test_every_verb_by_every_sort_of_person_in_every_state(hall: Hall) -> None:
    finding = find(hall)
    table = verbs(hall, finding)
    wrong = []
    for state, bring in STATES.items():
        with undone():
            bring(hall)
            audit = Audit.objects.select_related("body", "proposal__body").get()
            hall.audit.body, finding.audit = audit.body, audit
            for name, (who, states, act) in table.items():
                for role, person in ROLES.items():
                    allowed = state in states and (role == who or (who == "host" and role == "auditor"))
                    with undone():
                        wrong += attempt(name, partial(act, hall.people[person]), allowed, f"{state} by {role}")
    assert wrong == []


@pytest.mark.usefixtures("no_decision")
def test_nobody_audits_a_body_of_their_own_and_it_says_so(hall: Hall) -> None:
    with transaction.atomic():
        memberships.admit(hall.workshop, hall.eva, at=folkmoot_now())
        memberships.admit(hall.workshop, hall.gina, at=folkmoot_now())
    memberships.leave(hall.workshop, by=hall.gina)
    proposal = call_for_audit(hall.host, hall.workshop, hall.ana)

    for person in (hall.eva, hall.gina):
        with refused(Denied, str(OWN_BODY)):
            candidacies.stand(proposal, by=person, at=folkmoot_now())
        with refused(Denied, str(OWN_BODY)):
            candidacies.propose(proposal, person, by=hall.ana, at=folkmoot_now())
    village.move_clock(timedelta(days=2))
    later = call_for_audit(hall.host, hall.workshop, hall.farid, since=folkmoot_now() - timedelta(days=1))

    candidacies.stand(later, by=hall.gina, at=folkmoot_now())  # who had left before what is audited


@pytest.mark.usefixtures("no_decision")
def test_who_joined_before_the_count_is_not_the_auditor_of_it(hall: Hall) -> None:
    proposal = call_for_audit(hall.host, hall.workshop, hall.ana)
    candidacies.stand(proposal, by=hall.eva, at=folkmoot_now())
    village.move_clock(timedelta(days=8))
    vote = opening.open_vote(proposal, by=hall.ana)
    for person in hall.neighbours:
        ballots.cast(vote, (1,), by=person)
    with transaction.atomic():
        memberships.admit(hall.workshop, hall.eva, at=folkmoot_now())

    village.close(vote)

    proposal.refresh_from_db()
    assert (proposal.stage, proposal.effect) == ("adopted", "failed")
    assert not Mandate.objects.filter(granted_by=proposal).exists()


@pytest.mark.usefixtures("no_decision")
def test_the_auditor_does_not_join_while_the_audit_lasts(hall: Hall) -> None:
    with refused(Denied, "You audit this body."):
        memberships.admit(hall.workshop, hall.bruno, at=folkmoot_now())

    mandates.resign(auditing(hall), by=hall.bruno)
    with transaction.atomic():
        memberships.admit(hall.workshop, hall.bruno, at=folkmoot_now())


def test_what_can_be_audited_and_by_whom_it_is_set_out(hall: Hall) -> None:
    at = folkmoot_now()
    idea = proposals.draft(hall.host, by=hall.ana, at=at, title="Look", text="Why not.", kind="election")
    fits = audits.Scope(hall.workshop, ("decisions",), at)

    with refused(Denied, "Only the author"):
        audits.set_out(idea, fits, by=hall.eva)
    with refused(Denied, "for a body that answers to it"):
        audits.set_out(idea, audits.Scope(hall.host, ("decisions",), at), by=hall.ana)
    for matters in ((), ("decisions", "purses")):
        with refused(Invalid, "Choose what the auditor reads."):
            audits.set_out(idea, audits.Scope(hall.workshop, matters, at), by=hall.ana)
    with refused(Invalid, "An audit looks back"):
        audits.set_out(idea, audits.Scope(hall.workshop, ("decisions",), at + timedelta(days=1)), by=hall.ana)

    assert audits.set_out(idea, fits, by=hall.ana).matters == ["decisions"]


def test_every_reading_is_a_line_in_both_records_and_seen_by_both_bodies(hall: Hall) -> None:
    news = from_now()

    listed = audits.read(hall.audit, "decisions", by=hall.bruno)
    whole = read(hall, "decisions", hall.decision.pk)

    assert (listed.title, whole.title) == ("", "Open on Saturdays")
    assert news.recorded() == ["audit.read"] * 4
    lines = RecordLine.objects.filter(what="audit.read")
    assert {line.body_id: line.who != "" for line in lines} == {hall.host.pk: True, hall.workshop.pk: False}
    for person in (hall.ana, hall.carla):
        assert set(Audit.objects.visible_to(person).get().readings.all()) == {listed, whole}
    assert not Audit.objects.visible_to(hall.dario).exists()


def test_an_auditor_reads_nothing_beyond_the_scope(hall: Hall) -> None:
    elsewhere = village.make_proposal(hall.host, hall.ana)
    village.move_clock(timedelta(days=1))
    proposal = call_for_audit(hall.host, hall.workshop, hall.ana, since=folkmoot_now(), matters=("decisions",))
    narrow = Audit.objects.get(proposal=proposal)
    with transaction.atomic():
        mandates.give(proposal, hall.eva, proposal.election, at=folkmoot_now())
        for matter, item, said in (
            ("mandates", None, "This was not given to the auditor to read."),
            ("decisions", hall.decision.pk, "This does not belong to what is audited."),  # closed before that day
            ("decisions", elsewhere.pk, "This does not belong to what is audited."),
        ):
            with refused(Refusal, said):
                audits.read(narrow, matter, item=item, by=hall.eva)
        transaction.set_rollback(True)


def test_a_finding_is_shown_by_what_was_read_and_both_are_told(hall: Hall) -> None:
    listed = audits.read(hall.audit, "mandates", by=hall.bruno)
    for evidence in ((), (listed.pk,), (10**9,)):
        with refused(Invalid, "Choose what shows it"):
            audits.find(hall.audit, about(hall, evidence=evidence), by=hall.bruno)
    shown = (read(hall).pk,)
    for wrong, said in (
        ({"severity": "bad"}, "Say how serious it is."),
        ({"title": " "}, "Say what you found"),
        ({"answer_by": folkmoot_now().date() + timedelta(days=2)}, "three days at least"),
        ({"answer_by": folkmoot_now().date() + timedelta(days=91)}, "three days at least"),
    ):
        with refused(Invalid, said):
            audits.find(hall.audit, about(hall, evidence=shown, **wrong), by=hall.bruno)
    news = from_now()

    finding = audits.find(hall.audit, about(hall, evidence=shown), by=hall.bruno)

    assert finding.number == 1
    assert (news.recorded(), news.told()) == (["finding.made"] * 2, ["finding.made"] * 2)


def test_answers_are_by_members_by_name_and_the_host_is_told(hall: Hall) -> None:
    finding, news = find(hall), from_now()

    given = audits.answer(finding, "We keep them now.", by=hall.carla)

    assert given.membership.person == hall.carla
    assert (news.recorded(), news.told()) == (["finding.answered"] * 2, ["finding.answered"])
    with refused(Denied, "Only members of the body answer."):
        audits.answer(finding, "They do not.", by=hall.ana)


def test_the_clock_reminds_the_body_once_and_tells_the_host_once(hall: Hall) -> None:
    finding, answered = find(hall), find(hall)
    audits.answer(answered, "We keep them now.", by=hall.carla)
    village.move_clock(timedelta(days=12, hours=1))
    news = from_now()
    settle()
    settle()
    village.move_clock(timedelta(days=4))
    settle()
    settle()

    assert news.told() == ["finding.answer_due", "finding.unanswered"]
    assert answers_due.remind(finding.pk) is False
    assert answers_due.remind(answered.pk) is False


def test_a_report_goes_to_the_host_and_the_body_hears_of_it(hall: Hall) -> None:
    news = from_now()

    audits.report(hall.audit, "The books are in order.", by=hall.bruno)

    assert (news.recorded(), news.told()) == (["report.given"], ["report.given", "audit.reported"])


def test_from_a_finding_a_recall_opens_in_one_step(hall: Hall) -> None:
    finding = find(hall)
    with refused(Invalid, "not among what shows the finding"):
        audits.recall(finding, auditing(hall), "Too slow.", by=hall.ana)

    recall = audits.recall(finding, hall.mandate, "No receipts.", by=hall.carla)

    assert (recall.kind, recall.stage, recall.mandate) == ("recall", "voting", hall.mandate)
    assert finding.steps.get().proposal == recall


def decide(proposal: Proposal, hall: Hall) -> Proposal:
    """All neighbours agree to it."""
    village.move_clock(timedelta(days=8))
    vote = opening.open_vote(proposal, by=hall.ana)
    for person in hall.neighbours:
        village.cast(vote, person, "agree")
    village.close(vote)
    proposal.refresh_from_db()
    return proposal


def test_recognition_ends_by_a_decision_of_the_host_and_the_body_goes_on_alone(hall: Hall) -> None:
    proposal = audits.propose(find(hall), "recognition", "No more", "Enough.", by=hall.ana, at=folkmoot_now())
    with refused(Denied, "This is proposed already."):
        audits.propose(find(hall), "recognition", "Again", "Enough.", by=hall.eva, at=folkmoot_now())
    news = from_now()

    decide(proposal, hall)

    hall.workshop.refresh_from_db()
    assert (proposal.effect, hall.workshop.host, hall.workshop.suspended_at) == ("done", None, None)
    assert {"recognition.withdrawn", "recognition.lost"} <= set(news.recorded())
    assert "recognition.lost" in news.told()
    with refused(Denied, "no longer answers to this host"):
        audits.read(hall.audit, "decisions", by=hall.bruno)
    village.make_proposal(hall.workshop, hall.carla)


def test_a_body_that_cannot_be_without_a_host_is_suspended(hall: Hall) -> None:
    pod = make_hosted(hall.host, village.make_people("x", "y", "z"), Body.Kind.POD)
    member = pod.memberships.first()
    assert member is not None
    proposal = hosting.propose(hall.host, pod, "recognition", "No more", "Enough.", by=hall.ana, at=folkmoot_now())

    decide(proposal, hall)

    pod = Body.objects.get(pk=pod.pk)
    assert (pod.host, pod.suspended_at) == (None, proposal.closed_at)
    with refused(Denied, "This body is suspended"):
        village.make_proposal(pod, member.person)
    page = text_of(as_(member.person).get(pod.get_absolute_url()))
    assert "The host of this body recognises it no longer" in page

    members = [row.person for row in pod.memberships.order_by("pk")]
    again = decide_in_turn(hosts.propose(pod, hall.host, "We have changed.", by=members[0], at=folkmoot_now()), members)
    settle()
    taken_up = accords.take_up(again.accord.accord, hall.host, by=hall.ana, at=folkmoot_now())
    assert Body.objects.get(pk=pod.pk).suspended_at is not None
    decide(taken_up, hall)
    settle()

    pod = Body.objects.get(pk=pod.pk)
    assert (pod.host, pod.suspended_at) == (hall.host, None)
    village.make_proposal(pod, member.person)
    assert_whole(pod)
    assert_whole(hall.host)


def test_only_pods_and_defence_bodies_are_restructured_by_their_host(hall: Hall) -> None:
    finding = find(hall)
    with refused(Denied, "does not manage the work"):
        audits.propose(finding, "restructuring", "Two of them", "Split it.", by=hall.ana, at=folkmoot_now())
    Body.objects.filter(pk=hall.workshop.pk).update(kind="pod")

    finding.audit.body.refresh_from_db()
    proposal = audits.propose(finding, "restructuring", "Two of them", "Split it.", by=hall.ana, at=folkmoot_now())

    decide(proposal, hall)
    assert (proposal.stands, proposal.tasks.count()) == (True, 1)
