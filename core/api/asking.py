"""What may be asked of a list: each word of the query once. The framework reads this while its views load."""

from typing import TYPE_CHECKING, TypeVar

from django.db.models import Model, QuerySet
from django.utils.translation import gettext_lazy as _
from django_filters.rest_framework import DjangoFilterBackend
from rest_framework.exceptions import ValidationError
from rest_framework.request import Request

from core.api.taken import WRONG_TYPE

if TYPE_CHECKING:
    from rest_framework.views import APIView

Row = TypeVar("Row", bound=Model)


class EachWordOnce(DjangoFilterBackend):  # type: ignore[misc]
    """Of `?page=1&page=2` nobody could say which one counts, so it is a bad request."""

    def filter_queryset(self, request: Request, queryset: QuerySet[Row], view: "APIView") -> QuerySet[Row]:
        """The rows asked for."""
        wrong = {name: [TWICE] for name, said in request.query_params.lists() if len(said) > 1}
        if request.query_params.get("page") == "":  # which would be page 1
            wrong |= {"page": [WRONG_TYPE]}
        if wrong:
            raise ValidationError(wrong)
        narrowed: QuerySet[Row] = super().filter_queryset(request, queryset, view)
        return narrowed


TWICE = _("Say this once only.")
