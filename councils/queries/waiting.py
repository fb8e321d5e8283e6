"""What waits for a member at assemblies: dates to answer, a duty to accept, a meeting that is on, an errand."""

from datetime import datetime
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Exists, OuterRef, Q, Subquery
from django.db.models.functions import JSONObject
from django.utils.translation import gettext as _

from core.models import Body
from core.queries.calls import Call, Source
from councils.models import Assembly, Attendance, DateMark, Duty, Errand
from councils.models.assemblies import Stage

LOOKED_AT = 20


def rows() -> Subquery:
    """The assemblies that want something of a membership, as JSON."""
    mine = OuterRef(OuterRef("pk"))
    duties = Duty.objects.filter(assembly=OuterRef("pk"), membership=mine, ended_at__isnull=True)
    found = Assembly.objects.filter(body=OuterRef("body")).annotate(
        answered=Exists(DateMark.objects.filter(option__assembly=OuterRef("pk"), membership=mine)),
        asked=Exists(duties.filter(accepted_at__isnull=True)),
        here=Exists(Attendance.objects.present().filter(assembly=OuterRef("pk"), membership=mine)),
        errand=Exists(
            Errand.objects.filter(assembly=OuterRef("pk"), person=OuterRef(OuterRef("person")), done_at__isnull=True)
        ),
    )
    wanted = Q(stage__in=[Stage.POLL, Stage.CALLED, Stage.OPEN]) | Q(errand=True)
    names = ("pk", "title", "stage", "starts_at", "answered", "asked", "here", "errand")
    row = JSONObject(**{name: name for name in names})
    return ArraySubquery(found.filter(wanted).order_by("-pk").values(row=row)[:LOOKED_AT])


def calls(found: list[dict[str, Any]], body: Body) -> list[Call]:
    """All of it in words."""
    return [each for row in found for each in calls_of(row, body)]


def calls_of(row: dict[str, Any], body: Body) -> list[Call]:
    """What one assembly wants."""
    wanted = []
    if row["stage"] == Stage.POLL and not row["answered"]:
        wanted.append(call(row, body, _("%(body)s looks for a date"), _("Say which dates suit"), minutes=2))
    if row["asked"] and row["stage"] in (Stage.CALLED, Stage.OPEN):
        wanted.append(call(row, body, _("%(body)s asks you to help at this assembly"), _("Read and answer")))
    if row["stage"] == Stage.OPEN:
        where = _("%(body)s meets now, and you are there") if row["here"] else _("%(body)s meets now")
        wanted.append(call(row, body, where, _("Go to the assembly")))
    if row["errand"]:
        where = _("%(body)s: you said you would do something")
        wanted.append(call(row, body, where, _("Say it is done"), part="#errands"))
    return wanted


def call(row: dict[str, Any], body: Body, where: str, action: str, *, minutes: int = 1, part: str = "") -> Call:
    """One row of the first page."""
    begins = datetime.fromisoformat(row["starts_at"]) if row["stage"] == Stage.CALLED else None
    return Call(
        title=row["title"],
        url=Assembly(pk=row["pk"]).get_absolute_url() + part,
        where=where % {"body": body.name},
        action=action,
        minutes=minutes,
        closes_at=begins,
        closes=_("begins"),
        quiet=True,
        body_id=body.pk,
    )


SOURCE = Source("assemblies", rows, calls)
