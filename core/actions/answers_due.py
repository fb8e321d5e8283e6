"""What the clock says of findings, once: to the body that the day to answer is near, to the host that it has passed."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from itertools import chain

from django.db import transaction
from django.db.models import CharField, Exists, F, OuterRef, QuerySet, Value
from django.db.models.functions import Cast, Concat

from core.actions.audits import tell_of
from core.locks import lock
from core.models import Audit, Cause, Finding
from core.queries.charters import today_in
from core.timekeeping import folkmoot_now

DUE, PASSED = "finding.answer_due", "finding.unanswered"
SOON = timedelta(days=2)
ZONES = timedelta(hours=14)
"""By so much a day begins earlier, or ends later, in some places: `remind` judges by the body's own."""


def to_remind(at: datetime) -> Iterable[int]:
    """Findings that nobody has answered, whose day is near or has passed, and of which that was not told."""
    near = waiting(DUE).filter(answer_by__gte=at.date(), answer_by__lte=(at + SOON).date())
    passed = waiting(PASSED).filter(answer_by__lt=(at - ZONES).date())
    return chain(near.values_list("pk", flat=True), passed.values_list("pk", flat=True))


def waiting(untold: str) -> QuerySet[Finding]:
    """Findings without an answer, of bodies that still answer to the host, of which one kind of news was not told."""
    told = Cause.objects.filter(key=Concat(Value(f"{untold}:"), Cast(OuterRef("pk"), CharField())))
    hosted = Finding.objects.filter(answers=None, audit__body__ended_at=None)
    return hosted.filter(audit__body__host=F("audit__proposal__body")).exclude(Exists(told))


@transaction.atomic
def remind(finding_id: int) -> bool:
    """Tell the body that its answer is due, or the host that none came; once each, whoever calls it."""
    finding = Finding.objects.select_related("audit__body", "audit__proposal__body").get(pk=finding_id)
    lock(Audit(pk=finding.audit_id))
    at = folkmoot_now()
    audit, passed = finding.audit, today_in(finding.audit.body, at) > finding.answer_by
    what, body = (PASSED, audit.proposal.body) if passed else (DUE, audit.body)
    if finding.answers.exists() or Cause.objects.filter(key=f"{what}:{finding.pk}").exists():
        return False
    tell_of(what, body, finding, key=str(finding.pk), at=at)
    return True
