"""The charter in force, and the day that it is where a body lives."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

from core.models import Body, Charter
from core.queries.remembering import remembered


def get_charter(body: Body) -> Charter:
    """The version in force; before the first is adopted, the newest draft."""
    return remembered(("charter", body.pk), lambda: _in_force(body) or _newest_draft(body))


def today_in(body: Body, at: datetime) -> date:
    """The day that it is, by the body's own clock."""
    return at.astimezone(ZoneInfo(get_charter(body).time_zone)).date()


def _in_force(body: Body) -> Charter | None:
    return Charter.objects.filter(body=body, in_force_at__isnull=False).order_by("-in_force_at", "-number").first()


def _newest_draft(body: Body) -> Charter:
    return Charter.objects.filter(body=body).order_by("-number")[0]
