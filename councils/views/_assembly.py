"""What every act at an assembly does: see or 404, act once at the moment it was noted, go back or say why not."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.contrib import messages
from django.forms import Form
from django.http import HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext_lazy as _

from core.models import Membership
from core.queries.charters import get_charter
from core.queries.remembering import remembering
from core.refusals import Invalid, Refusal, Sentence
from core.timekeeping import folkmoot_now
from core.views._acting import act_once, see_other
from core.views._pages import PageRequest, render_page
from core.views._tabs import words_asked
from core.views._zones import in_zone
from councils.models import Assembly, Wave
from councils.permissions.assemblies import NOT_ON_DUTY
from councils.queries.assemblies import get_assembly_page, with_numbers
from councils.queries.minutes import get_sections
from councils.queries.room import get_absent, get_room, get_who_was_there
from councils.rules.speakers import Hand

Act = Callable[[datetime], object]
NOT_UNDERSTOOD = _("This could not be read. Nothing was changed.")
FORBIDDEN = 403
SEARCH_FROM = 40
"""From so many members on one can search for a name at the door."""
PAGES = ("detail", "run", "phone")


def seen(request: PageRequest, pk: int) -> Assembly:
    """The assembly an act is about, or 404."""
    return get_object_or_404(Assembly.objects.visible_to(request.user).select_related("body"), pk=pk)


def noted_at(request: PageRequest, now: datetime) -> datetime:
    """The moment of an act: when it was noted on a device without connection, else now. Never later than now.

    The device tells it from the clock of this house and the time that has passed since (static/js/assembly.js): its own
    clock may be wrong.
    """
    try:
        moment = parse_datetime(request.POST.get("noted", ""))
    except ValueError:
        return now
    return min(moment, now) if moment is not None and moment.tzinfo is not None else now


def read(form: Form, name: str) -> Any:
    """What was typed into a field; `Invalid` with the field's own words where it cannot be read."""
    form.is_valid()
    if name in form.errors:
        raise Invalid(str(form.errors[name][0]))
    return form.cleaned_data[name]


def member(request: PageRequest) -> Membership:
    """The membership that is named; `Invalid` where there is none such."""
    key = request.POST.get("membership", "")
    found = Membership.objects.filter(pk=key).first() if key.isdecimal() and len(key) < 10 else None
    if found is None:
        raise Invalid(NOT_UNDERSTOOD)
    return found


def act_at(
    request: PageRequest, assembly: Assembly, act: Act, *, page: str, said: Sentence = "", kept: bool = False
) -> HttpResponse:
    """Do it once and go back to the page it was done from; a refusal stands on that page, with what was typed.

    Only acts that a device keeps while it has no connection (`kept`) happened when they were noted; all others happen
    now, or deadlines could be met afterwards. A device that sends what it has kept asks for JSON: it gets the sentence
    alone.
    """
    as_json = request.headers.get("Accept") == "application/json"
    back = request.POST.get("back", page)
    back = back if back in PAGES else page

    def do(now: datetime) -> str:
        act(noted_at(request, now) if kept else now)
        return reverse(f"councils:assembly-{back}", args=[assembly.pk])

    try:
        address = act_once(request, do)
    except Refusal as refused:
        if as_json:
            return JsonResponse({"detail": str(refused.sentence)}, status=refused.status)
        return show(request, assembly.pk, back, refusal=refused.sentence, status=refused.status)
    if as_json:
        return JsonResponse({"done": True})
    if said:
        messages.success(request, str(said))
    return see_other(address)


def show(
    request: PageRequest, pk: int, page: str, *, refusal: Sentence = "", status: int = 200, part: str | None = None
) -> HttpResponse:
    """One of the pages of an assembly, read anew. Who does not guide it sees no page for guiding."""
    at = folkmoot_now()
    assembly = read_with_numbers(request, pk, at=at)
    if page == "run" and not assembly.guides:
        page, refusal, status = "detail", refusal or NOT_ON_DUTY, max(status, FORBIDDEN)
    with remembering():
        zone, more = get_charter(assembly.body).time_zone, MORE[page](request, assembly, at)
    context = {
        "assembly": assembly,
        "body": assembly.body,
        "here": assembly.body.slug,
        "at": at,
        "refusal": refusal,
        "typed": request.POST if refusal else {},
        **more,
    }
    with in_zone(zone):
        return render_page(request, f"councils/assembly_{page}.html", context, part=part, status=status)


def read_with_numbers(request: PageRequest, pk: int, *, at: datetime) -> Any:
    """The assembly with its numbers, or 404."""
    return get_object_or_404(with_numbers(Assembly.objects.visible_to(request.user), request.user, at=at), pk=pk)


def detail(request: PageRequest, assembly: Any, at: datetime) -> dict[str, Any]:
    """What the page before and after the meeting shows."""
    return {"page": get_assembly_page(assembly, request.user, at=at)}


def phone(request: PageRequest, assembly: Any, at: datetime) -> dict[str, Any]:
    """What a phone in the room shows."""
    room = get_room(assembly, request.user, at=at) if assembly.is_open else None
    return {"room": room, "quorum": room.quorum if room else None, "hands": HANDS, "signs": Wave.Sign.choices}


def run(request: PageRequest, assembly: Any, at: datetime) -> dict[str, Any]:
    """What those who guide see: the room, who is not in it yet, and the minutes so far."""
    words = words_asked(request)
    room = get_room(assembly, request.user, at=at) if assembly.is_open else None
    return {
        "room": room,
        "quorum": room.quorum if room else None,
        "people": room.present if room else get_who_was_there(assembly),
        "absent": get_absent(room, words) if room else [],
        "words": words,
        "search": assembly.voices > SEARCH_FROM,
        "sections": get_sections(assembly),
    }


MORE = {"detail": detail, "phone": phone, "run": run}


HANDS = [
    (Hand.SPEAK.value, _("I want to speak")),
    (Hand.RESPONSE.value, _("Direct response")),
    (Hand.PROCESS.value, _("Point of process")),
]
