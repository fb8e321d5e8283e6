"""A defence body: what sort it is, as its host has decided."""

from typing import ClassVar

import pgtrigger
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from core.models import Body, Proposal
from core.models.fields import LineField

ANSWERS_TO_WHO_DECIDED = """
    IF NEW.body_id IS NOT NULL AND NOT EXISTS (
        SELECT 1 FROM core_body b JOIN core_proposal p ON p.body_id = b.host_id AND p.id = NEW.proposal_id
        WHERE b.id = NEW.body_id AND b.kind = 'defense'
    ) THEN RAISE EXCEPTION 'a defence body answers to who has decided on it'; END IF;
    IF TG_OP = 'UPDATE' AND OLD.body_id IS NOT NULL
    THEN RAISE EXCEPTION 'what a defence body is never changes'; END IF;
    RETURN NEW;
"""


class DefenseBody(models.Model):
    """A defence body that a host decides to form; `body` is there once it was decided."""

    class Sort(models.TextChoices):
        """The four sorts (DESIGN 6)."""

        COP_WATCH = "cop_watch", _("Cop watch")
        COMMUNITY = "community", _("Community defence")
        DIRECT_ACTION = "direct_action", _("Direct action security")
        MILITIA = "militia", _("Militia")

    proposal = models.OneToOneField(Proposal, on_delete=models.PROTECT, related_name="forms_defense")
    body = models.OneToOneField(Body, on_delete=models.PROTECT, null=True, blank=True, related_name="defense")
    sort = models.CharField(_("sort"), max_length=13, choices=Sort)
    name = LineField(_("name"), max_length=80)
    purpose = models.TextField(_("purpose"), max_length=4000)

    class Meta:
        verbose_name_plural = "defence bodies"
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(sort__in=["cop_watch", "community", "direct_action", "militia"]), name="defense_sort_known"
            ),
            models.CheckConstraint(condition=~Q(name="") & ~Q(purpose=""), name="defense_says_what_it_is"),
        ]
        triggers: ClassVar = [
            pgtrigger.Trigger(
                name="answers_to_who_decided",
                operation=pgtrigger.Insert | pgtrigger.Update,
                when=pgtrigger.Before,
                func=ANSWERS_TO_WHO_DECIDED,
            )
        ]

    def __str__(self) -> str:
        return f"{self.name}: {self.sort}"
