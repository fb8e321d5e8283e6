"""Pages of audits: electing, reading (written down before it is shown), finding, answering, and what follows."""

from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from core.models import Audit, AuditReading, Finding, Notice, Proposal
from core.notices.fanning import fan_out
from core.notices.words import words_of
from core.queries.notices import with_cause
from tests.core.audits.scene import TASK, Hall, find, read

pytestmark = pytest.mark.django_db


def client_of(hall: Hall, name: str) -> Client:
    client = Client()
    client.force_login(hall.people[name], backend="django.contrib.auth.backends.ModelBackend")
    return client


def first_line(hall: Hall) -> int:
    """The key of the first line of the workshop's record."""
    return hall.workshop.record_lines.get(seq=1).pk


def get(client: Client, name: str, *args: Any, query: str = "") -> str:
    answer = client.get(reverse(f"core:{name}", args=args) + query)
    assert answer.status_code == 200
    return answer.content.decode()


def post(client: Client, name: str, *args: Any, **sent: Any) -> Any:
    return client.post(reverse(f"core:{name}", args=args), {"once": "k1", **sent})


def test_audit_new_elects_an_auditor_for_a_body_that_answers_to_this_one(hall: Hall) -> None:
    client = client_of(hall, "ana")
    assert "Workshop" in get(client, "audit-list", hall.host.slug)
    assert "Workshop" in get(client, "audit-new", hall.host.slug)
    sent = TASK | {"report_days": "", "title": "Look again", "text": "We want to know.", "method": "approval"}

    empty = post(client, "audit-new", hall.host.slug, **sent)
    done = post(client, "audit-new", hall.host.slug, **sent, audited=hall.workshop.pk, matters=["record"], once="k2")

    assert (empty.status_code, done.status_code) == (422, 303)
    audit = Audit.objects.latest("pk")
    assert (audit.body, audit.matters, audit.since) == (hall.workshop, ["record"], hall.workshop.formed_at)
    assert "Look again" in get(client, "audit-detail", audit.pk)
    assert (
        f'<a href="{audit.get_absolute_url()}" dir="auto">Workshop</a>' in client.get(done["Location"]).content.decode()
    )
    assert client_of(hall, "carla").get(audit.get_absolute_url()).status_code == 404  # not elected yet


def test_an_unlisted_body_is_a_name_to_neighbours_and_a_link_to_its_members(hall: Hall) -> None:
    link = f'href="{hall.workshop.get_absolute_url()}"'  # make_hosted forms it unlisted
    finding = find(hall)

    pages = [get(client_of(hall, name), "audit-detail", hall.audit.pk) for name in ("ana", "carla")]
    propose = get(client_of(hall, "ana"), "finding-propose", finding.pk, query="?kind=recognition")

    assert [link in page for page in (*pages, propose)] == [False, True, False]
    assert all("Workshop" in page for page in pages)


def test_audit_read_writes_first_and_then_shows_and_is_cached_nowhere(hall: Hall) -> None:
    client, place = client_of(hall, "bruno"), hall.audit.pk
    with CaptureQueriesContext(connection) as spoken:
        listed = post(client, "audit-read", place, matter="mandates")
    statements = [each["sql"] for each in spoken.captured_queries]
    written = next(n for n, sql in enumerate(statements) if sql.startswith('INSERT INTO "core_auditreading"'))
    released = next(n for n, sql in enumerate(statements) if n > written and sql.startswith("RELEASE SAVEPOINT"))
    shown = [n for n, sql in enumerate(statements) if 'FROM "core_mandate"' in sql and "ORDER BY" in sql]
    assert max(shown) > released > written
    whole = post(client, "audit-read", place, matter="mandates", item=hall.mandate.pk)
    decision = post(client, "audit-read", place, matter="decisions", item=hall.decision.pk)
    line = post(client, "audit-read", place, matter="record", item=first_line(hall))

    assert "Keep the books · Hugo" in listed.content.decode()
    assert "The books are kept." in whole.content.decode()
    assert "Open on Saturdays" in decision.content.decode()
    assert "body.formed" in line.content.decode()
    assert "no-store" in whole["Cache-Control"]
    assert AuditReading.objects.count() == 4
    assert post(client_of(hall, "ana"), "audit-read", place, matter="mandates").status_code == 403
    assert post(client, "audit-read", place, matter="mandates", item=10**12).status_code == 404
    assert client.get(reverse("core:audit-read", args=[place])).status_code == 405
    assert AuditReading.objects.count() == 4
    for name in ("ana", "carla"):
        assert "Keep the books · Hugo" in get(client_of(hall, name), "audit-detail", place)


def test_finding_new_and_finding_answer_with_their_refusals(hall: Hall) -> None:
    auditor, worker = client_of(hall, "bruno"), client_of(hall, "carla")
    assert "You have not read any single thing" in get(auditor, "finding-new", hall.audit.pk)
    shown = read(hall)
    assert "Keep the books" in get(auditor, "finding-new", hall.audit.pk)
    sent = {"title": "No receipts", "text": "Nobody keeps them.", "severity": "grave", "evidence": [shown.pk]}

    late = post(auditor, "finding-new", hall.audit.pk, **sent, answer_by="2000-01-01")
    form = auditor.get(reverse("core:finding-new", args=[hall.audit.pk])).context["form"]
    done = post(auditor, "finding-new", hall.audit.pk, **sent, answer_by=form["answer_by"].initial, once="k2")

    assert (late.status_code, done.status_code) == (422, 303)
    finding = Finding.objects.get()
    assert client_of(hall, "ana").get(reverse("core:finding-new", args=[hall.audit.pk])).status_code == 403
    for cause in finding.audit.body.causes.filter(what="finding.made"):
        fan_out(cause.pk)
    notice = with_cause(Notice.objects.filter(person=hall.carla, cause__what="finding.made")).get()
    assert words_of(notice).link == finding.get_absolute_url()
    assert "a finding of an audit waits for an answer" in worker.get("/").content.decode()
    assert post(worker, "finding-answer", finding.pk, text=" ").status_code == 422
    assert post(client_of(hall, "ana"), "finding-answer", finding.pk, text="No.").status_code == 403
    assert post(worker, "finding-answer", finding.pk, text="We keep them now.", once="k3").status_code == 303
    assert "We keep them now." in get(client_of(hall, "ana"), "audit-detail", hall.audit.pk)
    assert "a finding of an audit waits for an answer" not in worker.get("/").content.decode()


def test_audit_report_is_the_report_on_the_mandate(hall: Hall) -> None:
    client = client_of(hall, "bruno")

    assert post(client, "audit-report", hall.audit.pk, text="").status_code == 422
    assert post(client_of(hall, "ana"), "audit-report", hall.audit.pk, text="All.").status_code == 403
    assert post(client, "audit-report", hall.audit.pk, text="All is well.", once="k2").status_code == 303

    assert hall.audit.proposal.granted.get().reports.get().text == "All is well."


def test_finding_recall_and_finding_propose_are_one_step_from_the_finding(hall: Hall) -> None:
    finding = find(hall)
    worker, neighbour = client_of(hall, "carla"), client_of(hall, "ana")
    page = get(worker, "audit-detail", hall.audit.pk)
    assert f"{reverse('core:finding-recall', args=[finding.pk])}?mandate={hall.mandate.pk}" in page
    assert "Recall" not in get(neighbour, "audit-detail", hall.audit.pk)  # they did not give it
    form = get(worker, "finding-recall", finding.pk, query=f"?mandate={hall.mandate.pk}")
    assert "Nobody keeps the receipts." in form
    assert "Recognise Workshop no longer" in get(neighbour, "finding-propose", finding.pk, query="?kind=recognition")

    wrong = post(worker, "finding-recall", finding.pk, mandate="", reason="x")
    recall = post(worker, "finding-recall", finding.pk, mandate=hall.mandate.pk, reason="No receipts.", once="k2")
    sent = {"kind": "recognition", "title": "No more", "text": "Enough."}
    strange = post(worker, "finding-propose", finding.pk, **sent)
    proposed = post(neighbour, "finding-propose", finding.pk, **sent, once="k3")

    assert (wrong.status_code, recall.status_code, strange.status_code, proposed.status_code) == (422, 303, 403, 303)
    opened, asked = Proposal.objects.get(kind="recall"), Proposal.objects.get(kind="recognition")
    assert recall["Location"] == opened.get_absolute_url()
    assert "From finding 1 of an audit" in neighbour.get(asked.get_absolute_url()).content.decode()
    assert "No more" in get(worker, "audit-detail", hall.audit.pk)


def test_api_reads_finds_answers_and_takes_steps(hall: Hall) -> None:
    auditor, worker, neighbour = (client_of(hall, name) for name in ("bruno", "carla", "ana"))

    def call(client: Client, name: str, pk: int, **sent: Any) -> Any:
        return client.post(reverse(f"api:{name}", args=[pk]), sent, content_type="application/json")

    listed = call(auditor, "audit-read", hall.audit.pk, matter="mandates").json()
    thing = call(auditor, "audit-read", hall.audit.pk, matter="mandates", item=hall.mandate.pk)
    assert listed["things"][0]["title"] == "Keep the books · Hugo"
    assert thing.json()["thing"]["reports"][0][1] == "The books are kept."
    for matter, item in (("decisions", hall.decision.pk), ("record", first_line(hall))):
        assert call(auditor, "audit-read", hall.audit.pk, matter=matter, item=item).json()["thing"]
    day = auditor.get(reverse("core:finding-new", args=[hall.audit.pk])).context["form"]["answer_by"].initial
    found = {"title": "No receipts", "text": "None.", "severity": "note", "answer_by": str(day)}
    made = call(auditor, "finding-make", hall.audit.pk, **found, evidence=[thing.json()["reading"]["id"]])
    finding = made.json()["id"]

    assert (made.status_code, call(worker, "finding-answer", finding, text="Yes.").status_code) == (201, 201)
    assert call(neighbour, "finding-answer", finding, text="No.").status_code == 403
    assert call(auditor, "audit-report", hall.audit.pk, text="All.").status_code == 201
    assert call(worker, "finding-recall", finding, mandate=hall.mandate.pk, text="None.").status_code == 201
    step = {"kind": "recognition", "title": "No more", "text": "Enough."}
    assert call(neighbour, "finding-propose", finding, **step).status_code == 201
    whole = worker.get(reverse("api:audit-detail", args=[hall.audit.pk])).json()
    assert [each["answers"][0]["text"] for each in whole["findings"]] == ["Yes."]
    assert len(whole["readings"]) == 4
    asked = {"audited": hall.workshop.slug, "matters": ["record"], **TASK, "title": "Again", "text": "Once more."}
    elected = neighbour.post(reverse("api:audit-elect", args=[hall.host.slug]), asked, content_type="application/json")
    assert elected.status_code == 201
    assert neighbour.get(reverse("api:audit-list", args=[hall.host.slug])).json()["count"] == 2
