"""What waits for a member of a defence body: codes of conduct to accept."""

from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Exists, F, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce, JSONObject
from django.urls import reverse
from django.utils.translation import gettext as _

from core.models import Body
from core.queries.calls import Call, Source
from defense.models import Acceptance, Code


def rows() -> Subquery:
    """The newest version of each code that a membership in a defence body has not accepted, as JSON."""
    accepted = Acceptance.objects.filter(code=OuterRef("pk"), membership=OuterRef(OuterRef("pk")))
    same = Code.objects.annotate(of=Coalesce("body", 0)).filter(host=OuterRef("host"), of=Coalesce(OuterRef("body"), 0))
    later = same.filter(number__gt=OuterRef("number"))
    of_body = Q(body=OuterRef("body")) | Q(body__isnull=True, host=OuterRef("body__host"))
    here = Body.objects.filter(pk=OuterRef(OuterRef("body")), kind=Body.Kind.DEFENSE)
    found = Code.objects.adopted().filter(of_body, Exists(here), ~Exists(accepted), ~Exists(later))
    waiting = found.order_by("pk")
    return ArraySubquery(waiting.values(row=JSONObject(number=F("number"))))


def calls(found: list[dict[str, Any]], body: Body) -> list[Call]:
    """Each in words."""
    return [
        Call(
            title=_("Code of conduct, version %(n)d") % {"n": row["number"]},
            url=reverse("defense:code-list", args=[body.slug]),
            where=_("%(body)s waits for you to accept it") % {"body": body.name},
            action=_("Read and accept"),
            minutes=5,
            body_id=body.pk,
        )
        for row in found
    ]


SOURCE = Source("codes", rows, calls)
