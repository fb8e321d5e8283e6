"""A reader's key pair, open for a quarter of an hour: locked in the session, its key in the reader's cookie alone.

Neither the table of sessions nor the cookie opens anything without the other; no script can read the cookie, and it
comes with no request that another site causes.
"""

import contextlib
import time
from datetime import UTC, datetime

from django.conf import settings
from django.http import HttpResponse

from core.boxes import NotOpened
from core.models import ReadingKey
from core.sealing import pairs
from core.sealing.pairs import Pair
from core.views._pages import PageRequest

PLACE = "reading"


def open_for_a_while(request: PageRequest, response: HttpResponse, pair: Pair) -> None:
    """Carry an open pair from this request to the next ones."""
    key, box = pairs.carry(pair)
    seconds = settings.READING_MINUTES * 60
    kept = {"pair": pair.key_id, "box": box.hex(), "until": int(time.time()) + seconds}
    request.session[PLACE] = kept
    response.set_cookie(
        settings.READING_COOKIE_NAME,
        key.hex(),
        max_age=seconds,
        secure=settings.SITE_IS_SECURE,
        httponly=True,
        samesite="Strict",
    )


def opened(request: PageRequest) -> Pair | None:
    """The reader's pair, if it is open and was not ended elsewhere meanwhile."""
    kept = request.session.get(PLACE)
    if not kept or kept["until"] <= time.time():
        return None
    with contextlib.suppress(ValueError, NotOpened):
        key = bytes.fromhex(request.COOKIES.get(settings.READING_COOKIE_NAME, ""))
        pair = pairs.carried(kept["pair"], key, bytes.fromhex(kept["box"]))
        if ReadingKey.objects.standing().filter(pk=pair.key_id, person=request.user).exists():
            return pair
    return None


def open_until(request: PageRequest) -> datetime | None:
    """Until when it is open, by the clock of the machine."""
    kept = request.session.get(PLACE)
    return datetime.fromtimestamp(kept["until"], UTC) if kept else None


def close(request: PageRequest, response: HttpResponse) -> None:
    """Not open any more."""
    request.session.pop(PLACE, None)
    response.delete_cookie(settings.READING_COOKIE_NAME, samesite="Strict")
