"""A body that answers to the table's, and is audited: its keys, and what is sent to the routes of audits."""

from datetime import timedelta
from typing import Any

from django.db import transaction

from core.actions import audits, mandates
from core.models import Audit, Body, Person
from core.timekeeping import folkmoot_now
from tests import village
from tests.core.audits.scene import TASK, call_for_audit, make_hosted

WORDS = {"text": "These are our words."}
STEP = {"kind": "recognition", "title": "No more", "text": "Enough."}
ELECTION = TASK | {"title": "Look into it", "text": "Why not.", "method": "approval", "matters": ["decisions"]}


def audited(body: Body, cast: dict[str, Person]) -> dict[str, dict[str, Any]]:
    """The holder audits it: has read a mandate, and written down a finding."""
    workers = village.make_people("wanda", "willem", "wim")
    hosted = make_hosted(body, workers)
    given = village.make_mandate(hosted, workers, workers[0], author=workers[1])
    election = call_for_audit(body, hosted, cast["author"])
    with transaction.atomic():
        mandates.give(election, cast["holder"], election.election, at=folkmoot_now())
    audit = Audit.objects.select_related("body", "proposal__body").get(proposal=election)
    reading = audits.read(audit, "mandates", item=given.pk, by=cast["holder"])
    found = audits.Found("No receipts", "None.", "note", answer_by(), (reading.pk,))
    return {
        "hosted": {"pk": hosted.pk, "slug": hosted.slug},
        "audited mandate": {"pk": given.pk},
        "audits": {"pk": audit.pk},
        "reading": {"pk": reading.pk},
        "findings": {"pk": audits.find(audit, found, by=cast["holder"]).pk},
    }


def answer_by() -> Any:
    """A day until when the body answers."""
    return folkmoot_now().date() + timedelta(days=30)


def sent_to_audits(keys: dict[str, dict[str, Any]]) -> dict[str, dict[str, Any]]:
    """What is sent to their pages and calls."""
    finding: dict[str, Any] = {"title": "No receipts", "text": "Nobody keeps them.", "severity": "note"}
    finding |= {"evidence": [keys["reading"]["pk"]], "answer_by": f"{answer_by():%Y-%m-%d}"}
    mandate: dict[str, Any] = {"mandate": keys["audited mandate"]["pk"]}
    form = {name: value for name, value in ELECTION.items() if value is not None}
    return {
        "core:audit-new": form | {"audited": keys["hosted"]["pk"]},
        "core:audit-read": {"matter": "decisions"},
        "core:audit-report": WORDS,
        "core:finding-new": finding,
        "core:finding-answer": WORDS,
        "core:finding-recall": mandate | {"reason": "Everybody has to hear why."},
        "core:finding-propose": STEP,
        "api:audit-elect": form | {"audited": keys["hosted"]["slug"]},
        "api:audit-read": {"matter": "decisions"},
        "api:audit-report": WORDS,
        "api:finding-make": finding,
        "api:finding-answer": WORDS,
        "api:finding-recall": mandate | WORDS,
        "api:finding-propose": STEP,
    }
