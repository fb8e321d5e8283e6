"""What the frame of every page needs: the person's bodies, new notices, and the chosen colours."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.functional import SimpleLazyObject, cached_property

from core.queries.shell import Surroundings, get_surroundings

THEME_COOKIE = f"{settings.COOKIE_PREFIX}theme"
CONTRAST_COOKIE = f"{settings.COOKIE_PREFIX}contrast"
THEMES = ("light", "dark")
UNREAD_AT_MOST = 99


class Shell:
    """Read only when the template asks, so that an error page needs no database."""

    def __init__(self, request: HttpRequest) -> None:
        self._request = request

    @cached_property
    def theme(self) -> str:
        """The class of <html>: light, dark, or nothing for "as the device has it". This device's choice comes first."""
        chosen = self._request.COOKIES.get(THEME_COOKIE, "")
        if not chosen and self._signed_in:
            chosen = self._request.user.theme  # type: ignore[union-attr]
        return chosen if chosen in THEMES else ""

    @property
    def contrast(self) -> bool:
        """Whether this device wants more contrast."""
        return self._request.COOKIES.get(CONTRAST_COOKIE) == "more"

    @property
    def _signed_in(self) -> bool:
        return bool(getattr(self._request, "user", None) and self._request.user.is_authenticated)

    @cached_property
    def _around(self) -> Surroundings:
        if not self._signed_in:
            return Surroundings(bodies=[], unread=0)
        return get_surroundings(self._request.user)  # type: ignore[arg-type]

    @property
    def bodies(self) -> list[Any]:
        """The person's bodies, by name."""
        return list(self._around.bodies)

    @cached_property
    def unsent(self) -> list[str]:
        """What was typed into a form that was sent after the session had ended (config.middleware); shown once."""
        return list(self._request.session.pop("unsent", [])) if self._signed_in else []

    @property
    def unread(self) -> int:
        """Notices not seen yet."""
        return self._around.unread

    @property
    def recovering(self) -> bool:
        """Whether a new password waits that the person can still stop: every page says so."""
        return self._around.recovering

    @property
    def unread_shown(self) -> str:
        """The number as it fits beside the bell."""
        return str(self.unread) if self.unread <= UNREAD_AT_MOST else f"{UNREAD_AT_MOST}+"


def forget_theme(response: HttpResponse) -> None:
    """Whoever chooses colours for the account sees them on this device too."""
    response.delete_cookie(THEME_COOKIE, samesite="Lax")


def shell(request: HttpRequest) -> dict[str, Any]:
    """The context processor behind base.html."""
    return {"shell": SimpleLazyObject(lambda: Shell(request))}
