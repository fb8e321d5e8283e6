"""Tags and filters for pages. They draw what they are given; none asks a permission or runs a query."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, datetime
from secrets import token_urlsafe
from typing import Any

from django import template
from django.template import Context
from django.urls import NoReverseMatch, reverse
from django.utils import timezone, translation
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from core.face import bars, diffs, people, stages, texts, times

register = template.Library()


@register.simple_tag
def once() -> SafeString:
    """A hidden key: the same form sent twice has one effect (invariant 16)."""
    return format_html('<input type="hidden" name="once" value="{}">', token_urlsafe(18))


@register.filter
def initials(name: object) -> str:
    """Letters for a person's disc."""
    return people.initials(str(name))


@register.filter
def hue(name: object) -> str:
    """The colour class of a person's disc."""
    return people.hue(str(name))


@register.filter
def stage_tone(stage: str) -> str:
    """The tone of a proposal's stage; its word always stands beside it."""
    return stages.TONES.get(str(stage), "mute")


@register.filter
def position_tone(position: str) -> str:
    """The tone of a position in a tag or a choice (two greens are one here)."""
    tone = bars.TONES.get(str(position), "mute")
    return "leaf" if tone == "leaf-mid" else tone


@register.simple_tag
def stage_steps(stage: str, carried_out: bool = False) -> list[stages.Step]:
    """The steps for components/stage_line.html."""
    return stages.steps(str(stage), carried_out=carried_out)


@register.simple_tag
def result_bar(parts: Iterable[Any], roll: int, quorum: int | None = None) -> bars.Bar:
    """The bar for components/result_bar.html: `{% result_bar tally.parts roll=41 quorum=21 as bar %}`."""
    return bars.result_bar(parts, roll=roll, quorum=quorum, mirrored=translation.get_language_bidi())


@register.simple_tag
def spread_bar(spread: Any) -> bars.Bar:
    """The bar for components/spread.html: how many members carry one thing, two, or more."""
    parts = [
        ("leaf", _("one thing"), spread.one),
        ("leaf-mid", _("two things"), spread.two),
        ("sky", _("three or more"), spread.more),
    ]
    bar = bars.result_bar(parts, roll=spread.members, mirrored=translation.get_language_bidi())
    said = [f"{segment.label}: {segment.count}" for segment in bar.segments]
    counts = ", ".join([*said, f"{_('nothing now')}: {bar.missing}"])
    return replace(bar, sentence=_("Of %(members)d members: %(counts)s.") % {"members": bar.roll, "counts": counts})


@register.filter
def changes_since(new: str, old: str) -> list[diffs.Block]:
    """The blocks for components/diff.html: `text|changes_since:older`."""
    return diffs.changes(old or "", new or "")


@register.filter
def plain_markdown(text: str) -> SafeString:
    """What people wrote, as paragraphs, lists and links; nothing in it can run."""
    return texts.marked_up(text or "")


@register.simple_tag(takes_context=True)
def moment(context: Context, at: datetime | date | None) -> str:
    """Day and hour in words, near days by name: "tomorrow 18:30". A date without an hour gives the day alone."""
    if at is None:
        return ""
    now = _now(context)
    if isinstance(at, datetime):
        return times.day_and_hour(at, now)
    return times.day(at, timezone.localtime(now).date())


@register.simple_tag(takes_context=True)
def distance(context: Context, at: datetime | None) -> str:
    """How far away a moment is: "in 2 days", "3 hours ago"."""
    return times.distance(at, _now(context)) if at else ""


@register.simple_tag(takes_context=True)
def is_past(context: Context, at: datetime | None) -> bool:
    """Whether a moment has passed by the clock the page was made with."""
    return at is not None and at <= _now(context)


def _now(context: Context) -> datetime:
    """`at` of the page (the one clock of decisions); the machine's clock only where a page has none."""
    now = context.get("at")
    return now or timezone.now()


@register.simple_tag
def address(name: str, *args: object) -> str:
    """Like {% url %}, but empty where the house has no such page."""
    try:
        return reverse(name, args=args)
    except NoReverseMatch:
        return ""


READ_FROM_BELOW = {"home", "decisions", "charter"}
"""What there is of a body that has no members of its own."""


@register.simple_tag
def body_tabs(body: Any, here: str = "") -> list[dict[str, Any]]:
    """The ways around a body, for components/body_nav.html; `here` is the name of the tab one stands on. A page that
    has none of its own is reached from the overview and stands under it.
    """
    tabs = [
        ("home", _("Overview"), "core:body-detail"),
        ("proposals", _("Proposals"), "core:proposal-list"),
        ("decisions", _("Decisions"), "core:decision-list"),
        ("assemblies", _("Assemblies"), "councils:assembly-list"),
        ("mandates", _("Mandates"), "core:mandate-list"),
        ("members", _("Members"), "core:member-list"),
        ("record", _("Record"), "core:record-list"),
        ("charter", _("Charter"), "core:charter-detail"),
    ]
    slug = body["slug"] if isinstance(body, dict) else body.slug
    if not isinstance(body, dict) and not body.has_members:
        tabs = [tab for tab in tabs if tab[0] in READ_FROM_BELOW]
    found = [(key, label, address(name, slug)) for key, label, name in tabs]
    under = here if here in {key for key, _label, _name in tabs} else "home"
    return [{"key": key, "label": label, "url": url, "here": key == under} for key, label, url in found if url]


@register.simple_tag(takes_context=True)
def account_tabs(context: Context) -> list[dict[str, Any]]:
    """The ways around one's account, for components/tabs.html."""
    match = getattr(context.get("request"), "resolver_match", None)
    here = match.view_name if match else ""
    tabs = [
        (_("Settings"), "core:settings", ("core:settings", "core:account-leave", "core:calendar-page")),
        (_("Ways to sign in"), "mfa_index", ("mfa_", "core:card-print", "core:token-")),
        (_("Getting back in"), "core:way-back", ("core:way-back",)),
        (_("Sealed files"), "core:reading-key", ("core:reading-",)),
        (_("Password"), "account_change_password", ("account_change_password",)),
        (_("E-mail"), "account_email", ("account_email",)),
        (_("Signed in at"), "usersessions_list", ("usersessions_",)),
    ]
    found = [(label, address(name), here.startswith(starts)) for label, name, starts in tabs]
    return [{"label": label, "url": url, "here": is_here} for label, url, is_here in found if url]


@register.filter
def device(user_agent: str) -> str:
    """A browser in words people know: "Firefox on Android"."""
    return people.device(user_agent or "")


@register.filter
def widget_kind(field: Any) -> str:
    """How components/field.html draws a form field: ticks, tick, hidden or plain."""
    widget = field.field.widget
    if widget.is_hidden:
        return "hidden"
    if getattr(widget, "input_type", "") == "checkbox" and not hasattr(widget, "choices"):
        return "tick"
    if widget.use_fieldset and hasattr(widget, "choices"):
        return "ticks"
    return "plain"
