"""A body that is audited, for a council of those inside: its keys, and what is sent to the routes of audits."""

from datetime import timedelta
from typing import Any

from django.db import transaction

from core.actions import audits, mandates, memberships
from core.models import Audit, Person
from core.timekeeping import folkmoot_now
from tests import village
from tests.core.audits.scene import TASK, call_for_audit, make_hosted

WORDS = {"text": "These are our words."}
STEP = {"kind": "recognition", "title": "No more", "text": "Enough."}
ELECTION = TASK | {"title": "Look into it", "text": "Why not.", "method": "approval", "matters": ["decisions"]}


def audited(inside: list[Person], newcomer: Person, holder: Person) -> dict[str, dict[str, Any]]:
    """A council of those inside hosts a workshop; the holder audits it, has read a mandate and found something."""
    host = village.make_council("Oak", inside, listed=False, open_proposals=10)
    workers = village.make_people("wanda", "willem", "wim")
    hosted = make_hosted(host, workers)
    given = village.make_mandate(hosted, workers, workers[0], author=workers[1])
    election = call_for_audit(host, hosted, inside[0])
    with transaction.atomic():
        memberships.admit(host, newcomer, at=folkmoot_now())
        mandates.give(election, holder, election.election, at=folkmoot_now())
    audit = Audit.objects.select_related("body", "proposal__body").get(proposal=election)
    reading = audits.read(audit, "mandates", item=given.pk, by=holder)
    found = audits.Found("No receipts", "None.", "note", answer_by(), (reading.pk,))
    return {
        "audit host": {"slug": host.slug},
        "hosted": {"pk": hosted.pk, "slug": hosted.slug},
        "audited mandate": {"pk": given.pk},
        "audits": {"pk": audit.pk},
        "reading": {"pk": reading.pk},
        "findings": {"pk": audits.find(audit, found, by=holder).pk},
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


AUDITED = dict.fromkeys(("core:audit-list", "core:audit-new", "api:audit-list", "api:audit-elect"), "audit host")
