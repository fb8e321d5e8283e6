"""What every view that changes something does: see or 404, act once, answer."""

import hashlib
import secrets
from collections.abc import Callable
from datetime import datetime
from typing import TypeVar

from django.db import transaction
from django.http import HttpResponse, HttpResponseRedirect

from core.limits import ballots_a_minute, count_act, require_within
from core.once import claim, claim_counted, remember
from core.timekeeping import folkmoot_now
from core.views._pages import PageRequest

Result = TypeVar("Result")


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
    count_act(request.resolver_match.view_name if request.resolver_match else "", request.user.pk)
    with transaction.atomic():
        if not key:
            return act(folkmoot_now())
        done, fresh = claim(request.user, key)
        if fresh:
            remember(done, act(folkmoot_now()))
        return done.result or "/"


def act_for_each(request: PageRequest, part: object, act: Callable[[], object]) -> bool:
    """One of the many acts that a form carries: in a transaction and under a key of its own.

    What is refused of one undoes none of the others. False means that this part of the form was carried out before.
    """
    key = hashlib.sha256(f"{key_of(request)} {part}".encode()).hexdigest()
    with transaction.atomic():
        _done, fresh = claim(request.user, key)
        if fresh:
            act()
        return fresh


def act_once_there(request: PageRequest, act: Callable[[], object], address: str) -> str:
    """The same for ballots, which read the clock themselves and lead to a place known beforehand: two statements fewer.

    A form without a key gets one, for it is the keys that are counted.
    """
    key = key_of(request) or secrets.token_hex(32)
    with transaction.atomic():
        done, fresh, before = claim_counted(request.user, "ballot", key, address)
        require_within(ballots_a_minute(), before)
        if fresh:
            act()
        return done.result


def act_counted(request: PageRequest, act: Callable[[], Result]) -> Result:
    """For secret ballots: counted like all ballots, under a key of its own. None is made of what was sent, or kept."""
    with transaction.atomic():
        _done, _fresh, before = claim_counted(request.user, "ballot", secrets.token_hex(32))
        require_within(ballots_a_minute(), before)
        return act()


def see_other(address: str) -> HttpResponse:
    """After an act: go there and read (303), so that reloading the page sends nothing again."""
    return HttpResponseRedirect(address, status=303)
