"""Moments as people say them: "Thursday 20:00", "in 2 days", "yesterday"."""

from datetime import datetime, timedelta

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

MINUTE, HOUR, DAY = 60, 3600, 86_400


def day_and_hour(moment: datetime, now: datetime) -> str:
    """The day as near as it is, and the hour, in the time zone of the page."""
    local, today = timezone.localtime(moment), timezone.localtime(now).date()
    return _("%(day)s %(hour)s") % {"day": _day(local, today), "hour": f"{local:%H:%M}"}


def _day(local: datetime, today: object) -> str:
    days = (local.date() - today).days  # type: ignore[operator]
    if days == 0:
        return _("today")
    if days == 1:
        return _("tomorrow")
    if days == -1:
        return _("yesterday")
    if 1 < days < 7:
        return date_format(local, "l")
    return day(local, local.date().replace(year=local.year + (local.date().year != today.year)))  # type: ignore
