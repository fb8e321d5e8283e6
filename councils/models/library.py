"""The free library: things that members lend each other."""

from typing import ClassVar, Self

from django.db import models
from django.db.models import Exists, F, OuterRef, Q

from core.models import Body, Membership, Person
from core.models.fields import LineField


class ItemQuerySet(models.QuerySet["Item"]):
    """Filters for items."""

    def on_the_shelf(self) -> Self:
        """Those still in the library, lent or not."""
        return self.filter(gone_at__isnull=True)

    def with_loans(self) -> Self:
        """With whether they are lent now, until when, and whether their keeper is still a member."""
        lent = Loan.objects.filter(item=OuterRef("pk"), back_at__isnull=True)
        kept = Membership.objects.open().filter(body=OuterRef("body"), person=OuterRef("keeper"))
        return self.annotate(due_on=models.Subquery(lent.values("due_on")[:1]), kept=Exists(kept))


class Item(models.Model):
    """A thing in the free library of a body: a book, a drill, a tent. Its keeper lends it and takes it back."""

    body = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="items")
    keeper = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    name = LineField(max_length=120)
    about = models.TextField(max_length=1000, blank=True)
    added_at = models.DateTimeField()
    gone_at = models.DateTimeField(null=True, blank=True)

    objects: ClassVar = ItemQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=~Q(name=""), name="item_has_a_name"),
            models.CheckConstraint(
                condition=Q(gone_at__isnull=True) | Q(gone_at__gte=F("added_at")), name="item_goes_later"
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["body", "name"], condition=Q(gone_at__isnull=True), name="item_shelf")
        ]

    def __str__(self) -> str:
        return self.name


class Loan(models.Model):
    """Somebody has an item, until a day. Only keeper and borrower see who."""

    item = models.ForeignKey(Item, on_delete=models.PROTECT, related_name="loans")
    borrower = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    lent_at = models.DateTimeField()
    due_on = models.DateField()
    reminded_at = models.DateTimeField(null=True, blank=True)
    back_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["item"], condition=Q(back_at__isnull=True), name="loan_open_once"),
            models.CheckConstraint(
                condition=Q(back_at__isnull=True) | Q(back_at__gte=F("lent_at")), name="loan_back_later"
            ),
        ]
        indexes: ClassVar = [
            models.Index(
                fields=["due_on"], condition=Q(back_at__isnull=True, reminded_at__isnull=True), name="loan_to_remind"
            ),
        ]

    def __str__(self) -> str:
        return f"loan of {self.item_id}"
