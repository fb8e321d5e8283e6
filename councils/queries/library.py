"""What the page of the free library shows, to members and to the web."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.core.paginator import Page, Paginator

from core.models import Body, Person
from councils.models import Item, Loan

ON_A_PAGE = 20


@dataclass(frozen=True, slots=True)
class Shelved:
    """One item: who keeps it (for members), until when it is lent, and (for keeper and borrower) who has it."""

    item: Item
    keeper: Person | None
    kept: bool
    due_on: date | None
    borrower: Person | None
    mine: bool

    @property
    def lent(self) -> bool:
        """Whether somebody has it now."""
        return self.due_on is not None


@dataclass(frozen=True, slots=True)
class Library:
    """A page of it, and what the reader has to bring back."""

    page: Page[Item]
    rows: Sequence[Shelved]
    borrowed: Sequence[Loan]


def get_library(body: Body, person: Person | None, *, words: str, page: str | None) -> Library:
    """Four statements. Without a person: no names at all."""
    found = Item.objects.on_the_shelf().filter(body=body).with_loans().select_related("keeper")
    if words:
        found = found.filter(name__icontains=words)
    paged = Paginator(found.order_by("name", "pk"), ON_A_PAGE).get_page(page)
    items: list[Item] = list(paged.object_list)
    open_loans = Loan.objects.filter(item__in=items, back_at__isnull=True).select_related("borrower")
    loans = {loan.item_id: loan for loan in open_loans} if person is not None else {}
    return Library(
        page=paged,
        rows=[shelved(item, loans.get(item.pk), person) for item in items],
        borrowed=get_borrowed(body, person),
    )


def shelved(item: Item, loan: Loan | None, person: Person | None) -> Shelved:
    """An item as this reader may see it."""
    mine = person is not None and item.keeper_id == person.pk
    concerned = loan is not None and person is not None and (mine or loan.borrower_id == person.pk)
    return Shelved(
        item=item,
        keeper=item.keeper if person is not None else None,
        kept=bool(getattr(item, "kept", True)),
        due_on=getattr(item, "due_on", None),
        borrower=loan.borrower if loan is not None and concerned else None,
        mine=mine,
    )


def get_borrowed(body: Body, person: Person | None) -> list[Loan]:
    """What the reader has of this body's things, what is due first on top."""
    if person is None:
        return []
    mine = Loan.objects.filter(item__body=body, borrower=person, back_at__isnull=True)
    return list(mine.select_related("item__keeper").order_by("due_on", "pk"))
