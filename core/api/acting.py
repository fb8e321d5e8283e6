"""One act per call: refusals become answers, and the same Idempotency-Key has one effect."""

import hashlib
import secrets
from collections.abc import Callable
from typing import Any, TypeVar, cast

from django.db import models, transaction
from django.utils.translation import gettext_lazy as _
from rest_framework import serializers, status
from rest_framework.exceptions import ParseError
from rest_framework.parsers import JSONParser
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import exception_handler

from core import limits, once
from core.actions.throttle import TooMany
from core.models import DoneOnce, Person
from core.refusals import Invalid, Refusal

Row = TypeVar("Row", bound=models.Model)
Result = TypeVar("Result")


class ShallowJSONParser(JSONParser):
    """JSON nested too deep for Python is a bad request, not an error of ours."""

    def parse(self, *args: Any, **kwargs: Any) -> Any:
        """The data; `ParseError` where it is none."""
        try:
            return super().parse(*args, **kwargs)
        except RecursionError as error:
            raise ParseError(_("This is nested too deep.")) from error


def answer_refusal(problem: Exception, context: dict[str, Any]) -> Response | None:
    """A refusal answers with its sentence and its status; all else as usual."""
    if isinstance(problem, Refusal):
        wait = {"Retry-After": str(problem.seconds)} if isinstance(problem, TooMany) else None
        return Response({"detail": str(problem)}, status=problem.status, headers=wait)
    return exception_handler(problem, context)


def who(request: Request) -> Person:
    """The person who calls; the permission classes have let nobody else in."""
    return cast("Person", request.user)


def taken(kind: type[serializers.Serializer[Any]], request: Request) -> dict[str, Any]:
    """The validated input; what does not fit answers 400 with a sentence per field."""
    data = kind(data=request.data)
    data.is_valid(raise_exception=True)
    return cast("dict[str, Any]", data.validated_data)


def act(
    request: Request,
    do: Callable[[], Row],
    shown: type[serializers.BaseSerializer[Row]],
    *,
    made: bool = False,
    ballot: bool = False,
    sealed: bool = False,
) -> Response:
    """Carry out one action and answer with the row it returns.

    With an `Idempotency-Key` header, a second call with that key does nothing and answers with the same row. What was
    sent is kept as a hash, to tell it from another call; of what will be `sealed` not even that.
    """
    sent = print_of(request, sealed=sealed)
    code = status.HTTP_201_CREATED if made else status.HTTP_200_OK
    key = request.headers.get("Idempotency-Key", "")
    if not key:
        with transaction.atomic():
            if ballot:
                claim_ballot(request, secrets.token_hex(16))
            row = do()
        return Response(shown(row, context={"request": request}).data, status=code)
    if len(key) > 60:
        raise Invalid(_("An Idempotency-Key has at most 60 characters."))
    with transaction.atomic():
        done, fresh = claim_ballot(request, key) if ballot else once.claim(who(request), f"api:{key}")
        if fresh:
            row = do()
            once.remember(done, f"{row._meta.label_lower}:{row.pk}:{sent}")
        else:
            row = again(done.result, shown, sent)
    return Response(shown(row, context={"request": request}).data, status=code)


def act_counted(request: Request, do: Callable[[], Result]) -> Result:
    """For secret ballots: counted like all ballots, under a key of its own; nothing of what was sent is kept."""
    with transaction.atomic():
        claim_ballot(request, secrets.token_hex(16))
        return do()


def claim_ballot(request: Request, key: str) -> tuple[DoneOnce, bool]:
    """Take the key of a ballot and count it, in one statement; `TooMany` beyond the limit."""
    taken_key = hashlib.sha256(key.encode()).hexdigest()[:48]
    done, fresh, before = once.claim_counted(who(request), "ballot", f"api:{taken_key}")
    limits.require_within(limits.ballots_a_minute(), before)
    return done, fresh


def print_of(request: Request, *, sealed: bool = False) -> str:
    """What tells this call from another one: method, address and all that was sent."""
    sent = repr((request.method, request.path, "" if sealed else request.data))
    return hashlib.sha256(sent.encode(errors="surrogatepass")).hexdigest()[:32]


def again(result: str, shown: type[serializers.BaseSerializer[Row]], sent: str) -> Row:
    """The row that the first call with this key returned, if it was this very call."""
    label, pk, first = result.split(":")
    model = cast("type[Row]", cast("Any", shown).Meta.model)
    if model._meta.label_lower != label or first != sent:
        raise Invalid(_("This Idempotency-Key was used for something else."))
    return model._default_manager.get(pk=pk)
