"""What the database itself refuses of audits, by whatever way it comes; and what the web role may not do."""

from datetime import timedelta

import psycopg
import pytest
from django.conf import settings
from django.db import DatabaseError, transaction

from core.actions import audits
from core.models import Body, Mandate, Membership
from core.timekeeping import folkmoot_now
from tests import village
from tests.core.actions.scene import refused_by_the_database, run, state
from tests.core.audits.scene import Hall, call_for_audit, find

pytestmark = pytest.mark.django_db

CHANGES = {
    "core_audit": "since = since - interval '1 day'",
    "core_auditreading": "title = 'Something else'",
    "core_finding": "text = 'All is well.'",
    "core_evidence": "reading_id = reading_id",
    "core_findinganswer": "text = 'We never said so.'",
    "core_findingstep": "finding_id = finding_id",
}


def done(hall: Hall) -> None:
    """A row of each."""
    finding = find(hall)
    audits.answer(finding, "We keep them now.", by=hall.carla)
    audits.recall(finding, hall.mandate, "No receipts.", by=hall.carla)


def test_of_an_audit_nothing_is_changed_or_taken_away_not_even_by_the_owner(hall: Hall) -> None:
    done(hall)
    for table, change in CHANGES.items():
        for statement in (f"UPDATE {table} SET {change}", f"DELETE FROM {table}"):
            with refused_by_the_database("of an audit nothing is changed or taken away"):
                run(statement)


def test_the_web_role_has_no_right_to_it_either(hall: Hall) -> None:
    done(hall)
    before = state()
    for table, change in CHANGES.items():
        statements = [f"DELETE FROM {table}"]
        statements += [f"UPDATE {table} SET {change}"] if table != "core_audit" else []  # that row is locked
        for statement in statements:
            with transaction.atomic():
                run(f"SET LOCAL ROLE {settings.DATABASE_WEB_ROLE}")
                with pytest.raises(DatabaseError) as caught, transaction.atomic():
                    run(statement)
                run("RESET ROLE")
            assert isinstance(caught.value.__cause__, psycopg.errors.InsufficientPrivilege), statement
    assert state() == before


def test_the_web_role_does_all_that_an_audit_needs(hall: Hall) -> None:
    with transaction.atomic():
        run(f"SET LOCAL ROLE {settings.DATABASE_WEB_ROLE}")
        done(hall)
        run("RESET ROLE")

    assert hall.audit.findings.get().answers.exists()


READING = (
    "INSERT INTO core_auditreading (audit_id, mandate_id, matter, title, page, at) VALUES (%s, %s, '{}', '', 1, now())"
)
FINDING = """
    INSERT INTO core_finding (audit_id, mandate_id, number, title, text, severity, answer_by, at)
    VALUES (%s, %s, 9, 'x', 'x', 'note', now(), now())
"""


def mandate_of(hall: Hall) -> Mandate:
    return Mandate.objects.get(granted_by=hall.audit.proposal_id)


def test_nothing_is_read_or_found_but_under_the_mandate_while_it_lasts(hall: Hall) -> None:
    own = mandate_of(hall).pk
    with refused_by_the_database("an audit is done under its mandate"):
        run(READING.format("decisions"), hall.audit.pk, hall.mandate.pk)
    with refused_by_the_database("an audit is done under its mandate"):
        run(READING.format("purses"), hall.audit.pk, own)
    Body.objects.filter(pk=hall.workshop.pk).update(host=None)
    for statement in (READING.format("decisions"), FINDING):
        with refused_by_the_database("an audit is done under its mandate"):
            run(statement, hall.audit.pk, own)
    Body.objects.filter(pk=hall.workshop.pk).update(host=hall.host)
    run(READING.format("decisions"), hall.audit.pk, own)
    village.move_clock(timedelta(days=91))
    for statement in (READING.format("decisions"), FINDING):
        with refused_by_the_database("an audit is done under its mandate"):
            run(statement, hall.audit.pk, own)


def test_a_finding_is_shown_by_things_read_in_its_audit(hall: Hall) -> None:
    finding, listed = find(hall), audits.read(hall.audit, "decisions", by=hall.bruno)
    with refused_by_the_database("a finding is shown by what was read in its audit"):
        run("INSERT INTO core_evidence (finding_id, reading_id) VALUES (%s, %s)", finding.pk, listed.pk)


def test_who_answers_is_a_member_of_the_body(hall: Hall) -> None:
    finding, outside = find(hall), village.membership(hall.host, hall.ana)
    with refused_by_the_database("a member of the body answers"):
        run(
            "INSERT INTO core_findinganswer (finding_id, membership_id, text, at) VALUES (%s, %s, 'No.', now())",
            finding.pk,
            outside.pk,
        )


def test_a_host_audits_only_what_answers_to_it_and_decides_only_about_that(hall: Hall) -> None:
    elsewhere = village.make_council("Birch Street", village.make_people("x", "y", "z"))
    proposal = village.make_election(hall.host, hall.ana)
    with refused_by_the_database("a host elects an auditor for a body that answers to it"):
        run(
            "INSERT INTO core_audit (proposal_id, body_id, matters, since) VALUES (%s, %s, '{decisions}', now())",
            proposal.pk,
            elsewhere.pk,
        )
    with refused_by_the_database("a host decides about a body that answers to it"):
        run("INSERT INTO core_hostedmatter (proposal_id, body_id) VALUES (%s, %s)", proposal.pk, elsewhere.pk)


@pytest.mark.usefixtures("rows_by_hand")
def test_nobody_is_given_the_audit_of_their_own_body_nor_joins_what_they_audit(hall: Hall) -> None:
    proposal = call_for_audit(hall.host, hall.workshop, hall.ana)
    at = folkmoot_now()
    inside = Membership.objects.create(body=hall.workshop, person=hall.eva, joined_at=at, voice_from=at)
    granted = {"body": hall.host, "granted_by": proposal, "title": "x", "task": "x", "limits": "x", "starts_at": at}
    with refused_by_the_database("nobody audits a body of their own"):
        Mandate.objects.create(person=hall.eva, ends_at=at + timedelta(days=9), **granted)
    Membership.objects.filter(pk=inside.pk).update(ended_at=at, ending="left")
    with refused_by_the_database("nobody audits a body of their own"):
        Mandate.objects.create(person=hall.eva, ends_at=at + timedelta(days=9), **granted)

    with refused_by_the_database("who audits a body does not join it"):
        Membership.objects.create(body=hall.workshop, person=hall.bruno, joined_at=at, voice_from=at)
