"""Confidence in a mandate of a confederation, withdrawn by bodies and by people (DESIGN 6, Confederation)."""

from typing import ClassVar, Self

from django.db import models
from django.db.models import Q

from core.models import Body, Mandate, Person, Proposal


class BodyWithdrawalQuerySet(models.QuerySet["BodyWithdrawal"]):
    """Filters for withdrawals of bodies."""

    def standing(self) -> Self:
        """Decided, and not given back."""
        return self.filter(at__isnull=False, ended_at__isnull=True, gives_back=False)


class BodyWithdrawal(models.Model):
    """A member body has decided to withdraw its confidence, or to give it back; the latest decision holds."""

    mandate = models.ForeignKey(Mandate, on_delete=models.PROTECT, related_name="body_withdrawals")
    body = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="+")
    proposal = models.OneToOneField(Proposal, on_delete=models.PROTECT, related_name="withdraws")
    gives_back = models.BooleanField(default=False)
    at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)

    objects: ClassVar = BodyWithdrawalQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["mandate", "body"],
                condition=Q(at__isnull=False, ended_at__isnull=True, gives_back=False),
                name="body_withdrawal_once",
            )
        ]

    def __str__(self) -> str:
        return f"withdrawal of a body {self.pk}"


class PersonWithdrawal(models.Model):
    """A base member has withdrawn confidence. While the mandate stands nobody but that person reads it."""

    mandate = models.ForeignKey(Mandate, on_delete=models.PROTECT, related_name="person_withdrawals")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["mandate", "person"], name="person_withdrawal_once")]

    def __str__(self) -> str:
        return f"withdrawal {self.pk}"
