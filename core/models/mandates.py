"""Mandates: tasks with limits and a term, the reports given, and the confidence that can be withdrawn."""

from datetime import datetime
from typing import ClassVar, Self

import pgtrigger
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from .bodies import Body, Membership
from .fields import LineField
from .people import Person
from .proposals import Proposal
from .reading import read_by


class MandateQuerySet(models.QuerySet["Mandate"]):
    """Filters for mandates."""

    def in_force(self, at: datetime) -> Self:
        """Neither ended nor past their term, whether or not a worker has run."""
        return self.filter(ended_at__isnull=True, ends_at__gt=at)

    def due(self, at: datetime) -> Self:
        """Past their term and not yet ended."""
        return self.filter(ended_at__isnull=True, ends_at__lte=at)

    def visible_to(self, person: Person | None) -> Self:
        """Members of the granting body, who reads beside them, and the delegate."""
        if person is None or not person.is_authenticated:
            return self.none()
        return self.filter(read_by(person) | Q(person=person))


class Mandate(models.Model):
    """A task with limits and a term, given by one body to one person (DESIGN 3.2 to 3.4)."""

    class Ending(models.TextChoices):
        """The only ways in which a mandate ends (DESIGN 3.4)."""

        TERM = "term", _("its term was over")
        RESIGNED = "resigned", _("the delegate resigned")
        LEFT = "left", _("the delegate left")
        REMOVED = "removed", _("the delegate was removed from the body")
        RECALL = "recall", _("recalled")
        CONFIDENCE = "confidence", _("more than half had withdrawn their confidence")
        BODY_ENDED = "body_ended", _("the body ended")
        PANEL = "panel", _("a case panel ended it")
        SEAT = "seat", _("the seat it was for ended")

    body = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="mandates")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="mandates")
    granted_by = models.ForeignKey(Proposal, on_delete=models.PROTECT, related_name="granted")
    title = LineField(max_length=120)
    task = models.TextField()
    limits = models.TextField()
    report_days = models.PositiveSmallIntegerField(null=True, blank=True)
    renewal_no = models.PositiveSmallIntegerField(default=0)
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)
    ending = models.CharField(max_length=10, choices=Ending, blank=True)

    objects: ClassVar = MandateQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["granted_by", "person"], name="mandate_granted_once"),
            models.CheckConstraint(condition=Q(ends_at__gt=F("starts_at")), name="mandate_ends_later"),
            models.CheckConstraint(
                condition=Q(ended_at__isnull=True, ending="")
                | Q(
                    ended_at__isnull=False,
                    ending__in=[
                        "term",
                        "resigned",
                        "left",
                        "removed",
                        "recall",
                        "confidence",
                        "body_ended",
                        "panel",
                        "seat",
                    ],
                ),
                name="mandate_end_has_a_way",
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["ends_at"], condition=Q(ended_at__isnull=True), name="mandate_due"),
        ]
        triggers: ClassVar = [
            pgtrigger.Trigger(
                name="mandate_over",
                operation=pgtrigger.Update | pgtrigger.Delete,
                when=pgtrigger.Before,
                condition=pgtrigger.Q(old__ended_at__isnull=False),
                func="RAISE EXCEPTION 'an ended mandate never changes';",
            )
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        """Its page."""
        return reverse("core:mandate-detail", args=[self.pk])

    def is_in_force(self, at: datetime) -> bool:
        """Whether acts under it count at that moment."""
        return self.ended_at is None and self.ends_at > at


class Report(models.Model):
    """What a delegate did with a mandate, in their own words."""

    mandate = models.ForeignKey(Mandate, on_delete=models.PROTECT, related_name="reports")
    text = models.TextField(_("what was done"), max_length=8000)
    due_on = models.DateField(null=True, blank=True)
    at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [models.CheckConstraint(condition=~Q(text=""), name="report_not_empty")]

    def __str__(self) -> str:
        return f"report {self.pk}"


class Withdrawal(models.Model):
    """A member has withdrawn confidence in a mandate. While the mandate stands nobody but that member reads it."""

    mandate = models.ForeignKey(Mandate, on_delete=models.PROTECT, related_name="withdrawals")
    membership = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="withdrawals")
    nonce = models.BinaryField(max_length=32)

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["mandate", "membership"], name="withdrawal_once")]

    def __str__(self) -> str:
        return f"withdrawal {self.pk}"
