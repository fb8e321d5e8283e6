"""What every view that changes something does: see or 404, act once, answer."""

import hashlib
from collections.abc import Callable
from datetime import datetime

from django.db import transaction
from django.http import HttpResponse, HttpResponseRedirect

from core.once import claim, remember
from core.timekeeping import folkmoot_now
from core.views._pages import PageRequest


def key_of(request: PageRequest) -> str:
    """The form's key, bound to the act and to all that was sent: with another answer in it, it is another form."""
    once = request.POST.get("once", "")
    if not once:
        return ""
    sent = sorted((name, values) for name, values in request.POST.lists() if name != "csrfmiddlewaretoken")
    return hashlib.sha256(repr((request.path, sent)).encode(errors="surrogatepass")).hexdigest()


def act_once(request: PageRequest, act: Callable[[datetime], str]) -> str:
    """Carry out `act` under the form's key, in one transaction; the address to go to.

    The same form sent again has no second effect and leads to the same place. A `Refusal` leaves nothing behind, not
    even the key: the form can be put right and sent again.
    """
    key = key_of(request)
    with transaction.atomic():
        if not key:
            return act(folkmoot_now())
        done, fresh = claim(request.user, key)
        if fresh:
            remember(done, act(folkmoot_now()))
        return done.result or "/"


def act_once_there(request: PageRequest, act: Callable[[], object], address: str) -> str:
    """The same for acts that read the clock themselves and lead to a place known beforehand: two statements fewer."""
    key = key_of(request)
    with transaction.atomic():
        done, fresh = claim(request.user, key, address) if key else (None, True)
        if fresh:
            act()
        return done.result if done is not None else address


def see_other(address: str) -> HttpResponse:
    """After an act: go there and read (303), so that reloading the page sends nothing again."""
    return HttpResponseRedirect(address, status=303)
