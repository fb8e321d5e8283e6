"""One act per call: refusals become answers, and the same Idempotency-Key has one effect."""

from collections.abc import Callable
from typing import Any, TypeVar, cast

from django.db import models, transaction
from django.utils.translation import gettext_lazy as _
from rest_framework import serializers, status
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import exception_handler

from core import once
from core.models import Person
from core.refusals import Invalid, Refusal

Row = TypeVar("Row", bound=models.Model)


def answer_refusal(problem: Exception, context: dict[str, Any]) -> Response | None:
    """A refusal answers with its sentence and its status; all else as usual."""
    if isinstance(problem, Refusal):
        return Response({"detail": str(problem)}, status=problem.status)
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
) -> Response:
    """Carry out one action and answer with the row it returns.

    With an `Idempotency-Key` header, a second call with that key does nothing and answers with the same row.
    """
    code = status.HTTP_201_CREATED if made else status.HTTP_200_OK
    key = request.headers.get("Idempotency-Key", "")
    if not key:
        return Response(shown(do(), context={"request": request}).data, status=code)
    if len(key) > 60:
        raise Invalid(_("An Idempotency-Key has at most 60 characters."))
    with transaction.atomic():
        done, fresh = once.claim(who(request), f"api:{key}")
        if fresh:
            row = do()
            once.remember(done, f"{row._meta.label_lower}:{row.pk}")
        else:
            row = again(done.result, shown)
    return Response(shown(row, context={"request": request}).data, status=code)


def again(result: str, shown: type[serializers.BaseSerializer[Row]]) -> Row:
    """The row that the first call with this key returned."""
    label, _colon, pk = result.partition(":")
    model = cast("type[Row]", cast("Any", shown).Meta.model)
    if model._meta.label_lower != label:
        raise Invalid(_("This Idempotency-Key was used for something else."))
    return model._default_manager.get(pk=pk)
