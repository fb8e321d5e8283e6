"""The free library over the API."""

from collections.abc import Callable
from typing import ClassVar

from django.db.models import QuerySet
from django.shortcuts import get_object_or_404
from drf_spectacular.utils import extend_schema, extend_schema_view
from rest_framework import serializers
from rest_framework.decorators import api_view
from rest_framework.request import Request
from rest_framework.response import Response

from core.api.acting import act, taken, who
from core.api.lists import OfBody
from core.api.shown import PersonShown
from core.api.taken import DayField, Shape
from core.forms.mandates import members_of
from core.models import Body
from core.timekeeping import folkmoot_now
from councils.actions import library
from councils.models import Item, Loan


class ItemTaken(Shape):
    """Something new in the library."""

    name = serializers.CharField(max_length=120)
    about = serializers.CharField(max_length=1000, required=False, default="", allow_blank=True)


class LoanTaken(Shape):
    """To whom (a person's id), and until when."""

    borrower = serializers.IntegerField()
    due_on = DayField()


class ItemShown(serializers.ModelSerializer[Item]):
    """A thing to borrow. Who has it is for keeper and borrower alone."""

    keeper = PersonShown(read_only=True)
    due_on = serializers.SerializerMethodField()
    borrower = serializers.SerializerMethodField()

    class Meta:
        model = Item
        fields: ClassVar = ["id", "name", "about", "keeper", "added_at", "gone_at", "due_on", "borrower"]

    def get_due_on(self, item: Item) -> str | None:
        """Until when it is lent; nothing while it is to be had."""
        loan = self._loan(item)
        return loan.due_on.isoformat() if loan is not None else None

    def get_borrower(self, item: Item) -> int | None:
        """Who has it."""
        loan, reader = self._loan(item), self.context["request"].user.pk
        return loan.borrower_id if loan is not None and reader in (item.keeper_id, loan.borrower_id) else None

    def _loan(self, item: Item) -> Loan | None:
        return next((loan for loan in item.loans.all() if loan.back_at is None), None)


def items(request: Request) -> QuerySet[Item]:
    """Of the caller's bodies, with all that is shown."""
    found = Item.objects.filter(body__in=Body.objects.of(who(request)))
    return found.select_related("body", "keeper").prefetch_related("loans")


@extend_schema_view(get=extend_schema(operation_id="item_list"))
class ItemList(OfBody[Item]):
    """What is in the library, by name."""

    queryset = Item.objects.none()
    serializer_class = ItemShown

    def get_queryset(self) -> QuerySet[Item]:
        """Of a body the caller is a member of."""
        return items(self.request).filter(body=self.body(), gone_at__isnull=True).order_by("name", "pk")


@extend_schema(operation_id="item_add", request=ItemTaken, responses={201: ItemShown})
@api_view(["POST"])
def item_add(request: Request, slug: str) -> Response:
    """Put something in; who does keeps it."""
    body = get_object_or_404(Body.objects.of(who(request)), slug=slug)
    given = taken(ItemTaken, request)
    return act(request, lambda: library.add(body, by=who(request), at=folkmoot_now(), **given), ItemShown, made=True)


def on_item(request: Request, pk: int, do: Callable[[Item], object]) -> Response:
    """One act on an item; the answer is the item afterwards."""
    item = get_object_or_404(items(request), pk=pk)

    def acting() -> Item:
        do(item)
        return items(request).get(pk=pk)

    return act(request, acting, ItemShown)


@extend_schema(operation_id="item_lend", request=LoanTaken, responses=ItemShown)
@api_view(["POST"])
def item_lend(request: Request, pk: int) -> Response:
    """Lend something one keeps."""
    item = get_object_or_404(items(request), pk=pk)  # who may not see it gets 404, whatever was sent
    given = taken(LoanTaken, request)
    borrower = get_object_or_404(members_of(item.body), pk=given["borrower"])  # nobody learns who else is in the house
    return on_item(
        request, pk, lambda item: library.lend(item, borrower, given["due_on"], by=who(request), at=folkmoot_now())
    )


@extend_schema(operation_id="item_back", request=None, responses=ItemShown)
@api_view(["POST"])
def item_back(request: Request, pk: int) -> Response:
    """It is back."""
    return on_item(request, pk, lambda item: library.take_back(item, by=who(request), at=folkmoot_now()))


@extend_schema(operation_id="item_out", request=None, responses=ItemShown)
@api_view(["POST"])
def item_out(request: Request, pk: int) -> Response:
    """It is no longer to be had."""
    return on_item(request, pk, lambda item: library.take_out(item, by=who(request), at=folkmoot_now()))


@extend_schema(operation_id="item_keep", request=None, responses=ItemShown)
@api_view(["POST"])
def item_keep(request: Request, pk: int) -> Response:
    """Keep something whose keeper has left."""
    return on_item(request, pk, lambda item: library.keep(item, by=who(request)))
