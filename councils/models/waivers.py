"""An assembly may waive what is left of the discussion minimum of a proposal, by consensus of those present."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from core.models import Membership, Person, Proposal

from .assemblies import Assembly


class Waiver(models.Model):
    """The question, put to those present for one version of the text. Settled once: carried or not."""

    assembly = models.ForeignKey(Assembly, on_delete=models.PROTECT, related_name="waivers")
    proposal = models.ForeignKey(Proposal, on_delete=models.PROTECT, related_name="+")
    version = models.PositiveIntegerField()
    asked_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    settled_at = models.DateTimeField(null=True, blank=True)
    carried = models.BooleanField(null=True, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["assembly"], condition=Q(settled_at__isnull=True), name="waiver_one_question"
            ),
            models.CheckConstraint(
                condition=Q(settled_at__isnull=True, carried__isnull=True)
                | Q(settled_at__isnull=False, carried__isnull=False),
                name="waiver_settled_has_an_answer",
            ),
        ]

    def __str__(self) -> str:
        return f"waiver {self.pk}"


class Consent(models.Model):
    """What one of those present says to the question: from their phone, or aloud and entered by name."""

    waiver = models.ForeignKey(Waiver, on_delete=models.PROTECT, related_name="consents")
    membership = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="+")
    agrees = models.BooleanField()
    entered_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["waiver", "membership"], name="consent_once"),
        ]

    def __str__(self) -> str:
        return f"consent {self.pk}"
