"""Delegates: mandates of a member body for its seat. One delegate and one alternate for each (DESIGN 6)."""

from typing import ClassVar, Self

import pgtrigger
from django.db import models
from django.utils.translation import gettext_lazy as _

from core.models import Mandate, Proposal

from .bodies import Seat

FOR_ITS_OWN_SEAT = """
    IF NOT EXISTS (
        SELECT FROM confederation_seat s JOIN core_proposal p ON p.id = NEW.proposal_id AND p.body_id = s.body_id
        WHERE s.id = NEW.seat_id AND s.left_at IS NULL AND p.kind IN ('election', 'mandate')
    ) THEN RAISE EXCEPTION 'a body sends delegates to its own seat'; END IF;
    RETURN NEW;
"""


class DelegationQuerySet(models.QuerySet["Delegation"]):
    """Filters for delegations."""

    def of(self, seat: Seat, *, alternate: bool) -> Self:
        """Those for one place of one seat, the latest first."""
        return self.filter(seat=seat, alternate=alternate).order_by("-pk")


class Delegation(models.Model):
    """A proposal of a member body that sends somebody to its seat: the mandate it grants is that of the delegate, or of
    the alternate. Bound says what home has decided; free within limits may differ, and says why.
    """

    proposal = models.OneToOneField(Proposal, on_delete=models.PROTECT, related_name="delegates")
    seat = models.ForeignKey(Seat, on_delete=models.PROTECT, related_name="delegations")
    alternate = models.BooleanField(_("stands in"), default=False)
    bound = models.BooleanField(_("bound to what we decide"), default=True)

    objects: ClassVar = DelegationQuerySet.as_manager()

    class Meta:
        triggers: ClassVar = [
            pgtrigger.Trigger(
                name="for_its_own_seat", operation=pgtrigger.Insert, when=pgtrigger.Before, func=FOR_ITS_OWN_SEAT
            )
        ]

    def __str__(self) -> str:
        return f"{self.proposal_id} sends to {self.seat_id}"


# Judged when the mandate is granted, whatever way it comes: one delegate and one alternate, and for a seat that stands.
ONE_FOR_EACH_PLACE = """
    IF EXISTS (
        SELECT FROM confederation_delegation d JOIN confederation_seat s ON s.id = d.seat_id
        WHERE d.proposal_id = NEW.granted_by_id AND (
            s.left_at IS NOT NULL OR EXISTS (
                SELECT FROM confederation_delegation other JOIN core_mandate m ON m.granted_by_id = other.proposal_id
                WHERE other.seat_id = d.seat_id AND other.alternate = d.alternate AND m.ended_at IS NULL
            )
        )
    ) THEN RAISE EXCEPTION 'a seat has one delegate and one alternate'; END IF;
    RETURN NEW;
"""


class SeatHolding(Mandate):
    """A stand-in for core's mandates: no two delegates for one place."""

    class Meta:
        proxy = True
        triggers: ClassVar = [
            pgtrigger.Trigger(
                name="one_for_each_place", operation=pgtrigger.Insert, when=pgtrigger.Before, func=ONE_FOR_EACH_PLACE
            )
        ]
