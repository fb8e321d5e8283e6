"""Moments as people say them: "Thursday 20:00", "in 2 days", "yesterday"."""

from datetime import date, datetime

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

MINUTE, HOUR, DAY = 60, 3600, 86_400


def day_and_hour(moment: datetime, now: datetime) -> str:
    """The day as near as it is, and the hour, in the time zone of the page."""
    local, today = timezone.localtime(moment), timezone.localtime(now).date()
    return pgettext("a day and an hour", "%(day)s %(hour)s") % {
        "day": day(local.date(), today),
        "hour": f"{local:%H:%M}",
    }


def day(on: date, today: date) -> str:
    """Today, tomorrow, a weekday within the week to come, else the date; the year only where it differs."""
    near = {0: _("today"), 1: _("tomorrow"), -1: _("yesterday")}
    days = (on - today).days
    if days in near:
        return near[days]
    form = "l" if 1 < days < 7 else "MONTH_DAY_FORMAT" if on.year == today.year else "DATE_FORMAT"
    return pgettext("a weekday or a date in a sentence", "%(day)s") % {"day": date_format(on, form)}


def distance(moment: datetime, now: datetime) -> str:
    """How far away: "in 3 hours", "2 days ago". Days are whole days of the calendar from tomorrow on."""
    seconds = (moment - now).total_seconds()
    amount = _amount(abs(seconds), hours_until=DAY * 3 // 2 if seconds > 0 else DAY)
    if amount is None:
        return _("in a moment") if seconds > 0 else _("just now")
    return (_("in %(time)s") if seconds > 0 else _("%(time)s ago")) % {"time": amount}


def _amount(seconds: float, *, hours_until: int) -> str | None:
    if seconds < MINUTE:
        return None
    if seconds < HOUR:
        count = int(seconds // MINUTE)
        return ngettext("%(n)d minute", "%(n)d minutes", count) % {"n": count}
    if seconds < hours_until:
        count = int(seconds // HOUR)
        return ngettext("%(n)d hour", "%(n)d hours", count) % {"n": count}
    if seconds < 60 * DAY:
        count = int(seconds // DAY)
        return ngettext("%(n)d day", "%(n)d days", count) % {"n": count}
    if seconds < 730 * DAY:
        count = int(seconds // (30.44 * DAY))
        return ngettext("%(n)d month", "%(n)d months", count) % {"n": count}
    count = int(seconds // (365.25 * DAY))
    return ngettext("%(n)d year", "%(n)d years", count) % {"n": count}
