"""What an assembly deals with, and who guides it through."""

from typing import ClassVar

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from core.models import Membership, Person, Proposal, Stage
from core.models.fields import LineField

from .assemblies import Assembly

LONGEST_BOX = 240
TALKED_OVER = (Stage.DISCUSSION, Stage.VOTING, Stage.ROUND)
"""Proposals that may stand on an agenda."""


class AgendaItem(models.Model):
    """One item: a proposal of the body, or something to talk over; with a time box, in minutes."""

    assembly = models.ForeignKey(Assembly, on_delete=models.PROTECT, related_name="items")
    place = models.PositiveSmallIntegerField()
    title = LineField(_("what we talk over"), max_length=120)
    proposal = models.ForeignKey(Proposal, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    box = models.PositiveSmallIntegerField(
        _("minutes"), default=15, validators=[MinValueValidator(1), MaxValueValidator(LONGEST_BOX)]
    )
    longer = models.PositiveSmallIntegerField(default=0)
    takes_ballots = models.BooleanField(_("votes of those present are taken here"), default=False)
    added_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    begun_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=~Q(title=""), name="item_has_a_title"),
            models.CheckConstraint(condition=Q(box__gte=1, box__lte=LONGEST_BOX), name="item_box_in_range"),
            models.CheckConstraint(
                condition=Q(ended_at__isnull=True) | Q(begun_at__isnull=False, ended_at__gte=F("begun_at")),
                name="item_ends_after_it_began",
            ),
            models.CheckConstraint(
                condition=Q(takes_ballots=False) | Q(proposal__isnull=False), name="item_ballots_need_a_proposal"
            ),
            models.UniqueConstraint(
                fields=["assembly"], condition=Q(begun_at__isnull=False, ended_at__isnull=True), name="item_one_at_once"
            ),
            models.UniqueConstraint(
                fields=["assembly", "proposal"], condition=Q(proposal__isnull=False), name="item_proposal_once"
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["assembly", "place"], name="item_in_order")]

    def __str__(self) -> str:
        return self.title

    @property
    def is_running(self) -> bool:
        """Whether it is being talked over now."""
        return self.begun_at is not None and self.ended_at is None

    @property
    def whole_box(self) -> int:
        """Its minutes with all that was added to them."""
        return self.box + self.longer


class Duty(models.Model):
    """Somebody is asked to facilitate or to take notes at one assembly; it is theirs once they accept."""

    class Role(models.TextChoices):
        """What is to be done. Both rotate."""

        FACILITATOR = "facilitator", _("facilitator")
        NOTE_TAKER = "note_taker", _("note-taker")

    assembly = models.ForeignKey(Assembly, on_delete=models.PROTECT, related_name="duties")
    role = models.CharField(max_length=11, choices=Role)
    membership = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    accepted_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name_plural = "duties"
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(role__in=["facilitator", "note_taker"]), name="duty_role_known"),
            models.UniqueConstraint(fields=["assembly", "role"], condition=Q(ended_at__isnull=True), name="duty_once"),
        ]

    def __str__(self) -> str:
        return f"duty {self.pk}"
