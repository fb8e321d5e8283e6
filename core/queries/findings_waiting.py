"""What waits for members of a body that is audited: findings that nobody has answered."""

from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import F, OuterRef, Subquery
from django.db.models.functions import JSONObject
from django.urls import reverse
from django.utils.translation import gettext as _

from core.models import Body, Finding
from core.queries.calls import Call, Source

SHOWN = 5


def rows() -> Subquery:
    """The findings about the body of a membership without an answer, as JSON; the first day to answer first."""
    found = Finding.objects.filter(audit__body=OuterRef("body"), answers=None)
    hosted = found.filter(audit__body__host=F("audit__proposal__body")).order_by("answer_by", "pk")
    return ArraySubquery(hosted.values(row=JSONObject(title="title", audit="audit", number="number"))[:SHOWN])


def calls(found: list[dict[str, Any]], body: Body) -> list[Call]:
    """Each in words."""
    return [
        Call(
            title=row["title"],
            url=f"{reverse('core:audit-detail', args=[row['audit']])}#finding-{row['number']}",
            where=_("%(body)s: a finding of an audit waits for an answer") % {"body": body.name},
            action=_("Read and answer"),
            minutes=5,
            quiet=True,
            body_id=body.pk,
        )
        for row in found
    ]


SOURCE = Source("findings", rows, calls)
