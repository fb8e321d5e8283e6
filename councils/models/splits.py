"""A council becomes two: the names of both, and which one each member chooses."""

from typing import ClassVar

import pgtrigger
from django.db import models
from django.db.models import F, Q

from core.models import Membership, Proposal
from core.models.fields import LineField
from councils.rules.splitting import PARTS

CHOICE_OF_A_MEMBER = """
    IF NOT EXISTS (
        SELECT 1 FROM core_membership m JOIN councils_split s ON s.id = NEW.split_id
        JOIN core_proposal p ON p.id = s.proposal_id AND p.body_id = m.body_id
        WHERE m.id = NEW.membership_id AND m.ended_at IS NULL AND s.done_at IS NULL
    ) THEN RAISE EXCEPTION 'members choose until their council has become two'; END IF;
    RETURN NEW;
"""


class Split(models.Model):
    """What a proposal to become two would form. Its two councils take on the charter of the one."""

    proposal = models.OneToOneField(Proposal, on_delete=models.PROTECT, related_name="split")
    first = LineField(max_length=80)
    second = LineField(max_length=80)
    done_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=~Q(first="") & ~Q(second=""), name="split_has_names"),
            models.CheckConstraint(condition=~Q(first=F("second")), name="split_has_two_names"),
        ]

    def __str__(self) -> str:
        return f"{self.first} and {self.second}"

    @property
    def names(self) -> dict[int, str]:
        """Both, by number."""
        return dict(zip(PARTS, (self.first, self.second), strict=True))


class SplitChoice(models.Model):
    """To which of the two a member goes; until the day it can be changed."""

    split = models.ForeignKey(Split, on_delete=models.PROTECT, related_name="choices")
    membership = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="+")
    part = models.PositiveSmallIntegerField()
    at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["split", "membership"], name="split_choice_once"),
            models.CheckConstraint(condition=Q(part__in=PARTS), name="split_choice_of_two"),
        ]
        triggers: ClassVar = [
            pgtrigger.Trigger(
                name="choice_of_a_member",
                operation=pgtrigger.Insert | pgtrigger.Update,
                when=pgtrigger.Before,
                func=CHOICE_OF_A_MEMBER,
            )
        ]

    def __str__(self) -> str:
        return f"{self.membership_id} goes to {self.part}"
