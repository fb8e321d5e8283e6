"""Who is in the room, who wants to speak, and how people feel about what is being said."""

from typing import ClassVar, Self

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from core.models import Membership
from councils.rules.speakers import Hand

from .agenda import AgendaItem
from .assemblies import Assembly


class AttendanceQuerySet(models.QuerySet["Attendance"]):
    """Filters for the list at the door."""

    def present(self) -> Self:
        """Who is in the room now and still a member."""
        return self.filter(left_at__isnull=True, membership__ended_at__isnull=True)


class Attendance(models.Model):
    """A member in the room, from when until when. Guests are a number of the assembly, without names."""

    assembly = models.ForeignKey(Assembly, on_delete=models.PROTECT, related_name="attendances")
    membership = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="+")
    arrived_at = models.DateTimeField()
    left_at = models.DateTimeField(null=True, blank=True)

    objects: ClassVar = AttendanceQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["assembly", "membership"], condition=Q(left_at__isnull=True), name="attendance_once"
            ),
            models.CheckConstraint(
                condition=Q(left_at__isnull=True) | Q(left_at__gte=F("arrived_at")), name="attendance_left_later"
            ),
        ]

    def __str__(self) -> str:
        return f"attendance {self.pk}"


class Turn(models.Model):
    """A hand that was raised, and the turn to speak that came of it. At one assembly one person speaks at a time."""

    assembly = models.ForeignKey(Assembly, on_delete=models.PROTECT, related_name="turns")
    item = models.ForeignKey(AgendaItem, on_delete=models.PROTECT, null=True, blank=True, related_name="turns")
    membership = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(
        max_length=8,
        choices=[
            (Hand.SPEAK.value, _("wants to speak")),
            (Hand.RESPONSE.value, _("direct response")),
            (Hand.PROCESS.value, _("point of process")),
        ],
    )
    raised_at = models.DateTimeField()
    called_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    lowered_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(kind__in=[each.value for each in Hand]), name="turn_kind_known"),
            models.CheckConstraint(
                condition=Q(ended_at__isnull=True) | Q(called_at__isnull=False, ended_at__gte=F("called_at")),
                name="turn_ends_after_it_began",
            ),
            models.CheckConstraint(
                condition=Q(lowered_at__isnull=True) | Q(called_at__isnull=True), name="turn_lowered_or_called"
            ),
            models.UniqueConstraint(
                fields=["assembly", "membership"],
                condition=Q(called_at__isnull=True, lowered_at__isnull=True),
                name="turn_one_hand_each",
            ),
            models.UniqueConstraint(
                fields=["assembly"],
                condition=Q(called_at__isnull=False, ended_at__isnull=True),
                name="turn_one_speaks",
            ),
        ]

    def __str__(self) -> str:
        return f"turn {self.pk}"


class Wave(models.Model):
    """How somebody feels about the item that is being talked over. It binds nobody; only numbers are shown."""

    class Sign(models.TextChoices):
        """The wave of a hand."""

        AGREE = "agree", _("I agree")
        UNSURE = "unsure", _("I am unsure")
        DISAGREE = "disagree", _("I disagree")

    item = models.ForeignKey(AgendaItem, on_delete=models.PROTECT, related_name="waves")
    membership = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="+")
    sign = models.CharField(max_length=8, choices=Sign)
    at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["item", "membership"], name="wave_once"),
            models.CheckConstraint(condition=Q(sign__in=["agree", "unsure", "disagree"]), name="wave_known"),
        ]

    def __str__(self) -> str:
        return f"wave {self.pk}"
