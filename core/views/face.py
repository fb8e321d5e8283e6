"""The colours a person chose for this device."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST

from core.views._shell import CONTRAST_COOKIE, THEME_COOKIE

CHOICES = {"system", "light", "dark"}
YEAR = 365 * 24 * 3600


@require_POST
def face_set(request: HttpRequest) -> HttpResponse:
    """Keep theme and contrast in two cookies of this device and go back; what is not known is left out."""
    response = HttpResponseRedirect(_back(request))
    theme = request.POST.get("theme", "")
    if theme in CHOICES:
        _keep(response, THEME_COOKIE, theme)
    if request.POST.get("contrast"):
        _keep(response, CONTRAST_COOKIE, "more")
    else:
        response.delete_cookie(CONTRAST_COOKIE, samesite="Lax")
    return response


def _keep(response: HttpResponse, name: str, value: str) -> None:
    response.set_cookie(name, value, max_age=YEAR, httponly=True, samesite="Lax", secure=settings.SESSION_COOKIE_SECURE)


def _back(request: HttpRequest) -> str:
    wish = request.POST.get("next", "")
    safe = url_has_allowed_host_and_scheme(wish, allowed_hosts={request.get_host()}, require_https=request.is_secure())
    return wish if safe else "/"
