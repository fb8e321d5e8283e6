"""The first page: what needs one's voice; for everybody else, what this is."""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from core.queries.home import get_home, get_listed_bodies
from core.timekeeping import folkmoot_now
from core.views._pages import render_page
from core.views._zones import in_zone


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """What waits, what is being talked over, what was decided; or a welcome."""
    if not request.user.is_authenticated:
        return render_page(request, "core/home.html", {"listed": get_listed_bodies(), "here": "home"})
    at = folkmoot_now()
    waiting = get_home(request.user, at=at)
    with in_zone(waiting.time_zone):
        listed = [] if waiting.bodies else get_listed_bodies()
        return render_page(request, "core/home.html", {"home": waiting, "listed": listed, "at": at, "here": "home"})
