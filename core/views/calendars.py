"""Calendars to subscribe to, and the feed of decisions."""

from datetime import datetime, timedelta

from allauth.account.decorators import reauthentication_required
from django.conf import settings
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import translation
from django.utils.feedgenerator import Atom1Feed
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe
from icalendar import Calendar as Icalendar
from icalendar import Event

from core.actions import calendars
from core.models import Body, Calendar, Membership, Person, Proposal
from core.queries.calendars import get_occasions
from core.registry import Occasion
from core.timekeeping import folkmoot_now
from core.views._acting import act_once
from core.views._pages import PageRequest, render_page

IN_FEED = 50
ASK_AGAIN = timedelta(hours=6)


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
@reauthentication_required(allow_get=True)  # type: ignore[untyped-decorator]
def calendar_page(request: PageRequest) -> HttpResponse:
    """Make or end the secret address of one's calendar; it is shown this once."""
    made: list[str] = []
    ends = "end" in request.POST

    def change(at: datetime) -> str:
        if ends:
            calendars.end(request.user)
        else:
            made.append(calendars.renew(request.user, at=at))
        return reverse("core:calendar-page")

    if request.method == "POST":
        act_once(request, change)
    token = made[0] if made else ""
    context = {
        "calendar": Calendar.objects.filter(person=request.user).first(),
        "address": settings.SITE_URL + reverse("core:calendar-own", args=[token]) if token else "",
        "single": single_addresses(request.user) if token else [],
        "again": request.method == "POST" and not ends and not token,
    }
    return render_page(request, "core/calendar_page.html", context)


def single_addresses(person: Person) -> list[dict[str, str]]:
    """One address for each of the person's bodies alone."""
    calendar = Calendar.objects.get(person=person)
    mine = Membership.objects.open().filter(person=person, body__ended_at__isnull=True).select_related("body")
    return [
        {
            "name": membership.body.name,
            "address": settings.SITE_URL
            + reverse("core:calendar-body", args=[calendars.token_of(calendar, membership)]),
        }
        for membership in mine.order_by("body__name")
    ]


@require_safe
def calendar_own(_request: HttpRequest, token: str) -> HttpResponse:
    """All of a person's bodies, for who has the secret address; none of them is named, for calendars are shared."""
    person = calendars.person_with(token)
    if person is None:
        raise Http404
    with translation.override(person.language):
        return as_calendar("Folkmoot", get_occasions(person, folkmoot_now()))


@require_safe
def calendar_body(_request: HttpRequest, token: str) -> HttpResponse:
    """One body of a person's, as long as they are a member. This address leads to no other body."""
    membership = calendars.membership_with(token)
    if membership is None:
        raise Http404
    person, body = membership.person, membership.body
    with translation.override(person.language):
        return as_calendar(body.name, get_occasions(person, folkmoot_now(), body))


def as_calendar(name: str, occasions: list[Occasion]) -> HttpResponse:
    """The iCalendar file (RFC 5545, RFC 7986)."""
    calendar = Icalendar()
    calendar.add("prodid", "-//Folkmoot//EN")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add("name", name)
    calendar.add("x-wr-calname", name)
    calendar.add("refresh-interval", ASK_AGAIN, {"value": "DURATION"})
    now = folkmoot_now()
    for occasion in occasions:
        calendar.add_component(as_event(occasion, now))
    response = HttpResponse(calendar.to_ical(), content_type="text/calendar; charset=utf-8")
    response["Cache-Control"] = "private, no-cache"
    return response


def as_event(occasion: Occasion, now: datetime) -> Event:
    """One occasion; a moment without an end takes no time."""
    event = Event()
    event.add("uid", f"{occasion.key}@{settings.SITE_ADDRESS.hostname}")
    event.add("dtstamp", now)
    event.add("dtstart", occasion.when)
    if occasion.ends is not None:
        event.add("dtend", occasion.ends)
    if occasion.place:
        event.add("location", occasion.place)
    event.add("summary", occasion.words)
    event.add("url", settings.SITE_URL + occasion.link)
    event.add("transp", "TRANSPARENT")
    return event


@require_safe
def decision_feed(request: HttpRequest, slug: str) -> HttpResponse:
    """What a listed body has decided, newest first, as Atom (RFC 4287): titles and days; an unlisted body has none."""
    body = get_object_or_404(Body, slug=slug, listed=True)
    home = settings.SITE_URL + body.get_absolute_url()
    feed = Atom1Feed(
        title=_("Decisions of %(body)s") % {"body": body.name},
        link=home,
        description="",
        feed_url=settings.SITE_URL + request.path,
        feed_guid=home,
        language=translation.get_language(),
    )
    for decision in Proposal.objects.filter(body=body, kind="decision", stands=True).order_by("-closed_at", "-pk")[
        :IN_FEED
    ]:
        feed.add_item(
            title=decision.title,
            link=home,
            description=_("In force.") if decision.ended_at is None else _("No longer in force."),
            unique_id=f"{home}#decision-{decision.pk}",
            pubdate=decision.closed_at,
            updateddate=decision.ended_at or decision.closed_at,
        )
    return HttpResponse(feed.writeString("utf-8"), content_type=feed.content_type)
