"""The bodies of a confederation as a picture: two levels, and no more of each than a page can hold."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import Count, QuerySet, Window
from django.db.models.functions import RowNumber

from confederation.models import Seat
from core.models import Body, Mandate

SHOWN = 50
"""So many bodies of one confederation stand in its picture. The list has all of them."""
A_PAGE = 50


@dataclass(slots=True)
class Node:
    """One body in the picture, with those in it that are shown, and how many are not."""

    seat: Seat
    below: list["Node"] = field(default_factory=list)
    more: int = 0

    @property
    def body(self) -> Body:
        """The body that has the seat."""
        return self.seat.body


@dataclass(frozen=True, slots=True)
class Picture:
    """The bodies right in a confederation and those in them; `bodies` is how many are right in it."""

    nodes: list[Node]
    bodies: int

    @property
    def more(self) -> int:
        """How many are in the list only."""
        return self.bodies - len(self.nodes)


def get_picture(confederation: Body, *, inside: bool) -> Picture:
    """Two levels in two statements, however many bodies there are. Outsiders see the listed ones."""
    top = some_of([confederation.pk], inside=inside)
    nodes = [Node(seat) for seat in top]
    above = {node.body.pk: node for node in nodes if node.body.kind == Body.Kind.CONFEDERATION}
    for seat in some_of(above, inside=inside) if above else []:
        node = above[seat.confederation_id]
        node.below.append(Node(seat))
        node.more = seat.bodies - len(node.below)
    return Picture(nodes, top[0].bodies if top else 0)


def some_of(confederations: Iterable[int], *, inside: bool) -> list[Any]:
    """The first bodies in each, each with the number of all."""
    seats = seats_shown(confederations, inside=inside).annotate(
        place=Window(RowNumber(), partition_by="confederation", order_by=["joined_at", "pk"]),
        bodies=Window(Count("pk"), partition_by="confederation"),
    )
    return list(seats.filter(place__lte=SHOWN).select_related("body").order_by("joined_at", "pk"))


def seats_shown(confederations: Iterable[int], *, inside: bool) -> QuerySet[Seat]:
    """The seats that stand in these; to outsiders those of listed bodies."""
    seats = Seat.objects.standing().filter(confederation__in=list(confederations))
    return seats if inside else seats.filter(body__listed=True)


@dataclass(frozen=True, slots=True)
class Row:
    """A seat with who was sent to it."""

    seat: Seat
    delegate: Mandate | None
    alternate: Mandate | None


def get_rows(confederation: Body, number: str | None) -> tuple[Page[Seat], list[Row]]:
    """One page of the bodies in a confederation, in the order in which they joined, and who was sent by each."""
    seats = seats_shown([confederation.pk], inside=True).select_related("body").order_by("joined_at", "pk")
    page = Paginator(seats, A_PAGE).get_page(number)
    return page, with_delegates(page.object_list)


def with_delegates(seats: Iterable[Seat]) -> list[Row]:
    """These seats with who was sent to each. One statement."""
    seats = list(seats)
    standing = Mandate.objects.filter(granted_by__delegates__seat__in=seats, ended_at=None)
    rows = standing.select_related("person", "granted_by__delegates")
    held = {(row.granted_by.delegates.seat_id, row.granted_by.delegates.alternate): row for row in rows}
    return [Row(seat, held.get((seat.pk, False)), held.get((seat.pk, True))) for seat in seats]
