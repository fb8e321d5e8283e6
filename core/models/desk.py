"""The helper desk: new cards for members who have no other way in, given by two (DESIGN section 6)."""

from typing import ClassVar, Self

import pgtrigger
from django.db import models
from django.db.models import F, Q

from .bodies import Body, Membership
from .people import Person

BY_TWO_OTHERS = """
    IF TG_OP = 'UPDATE' AND (OLD.given_at IS NOT NULL
        OR (NEW.body_id, NEW.person_id, NEW.first_id, NEW.asked_at)
            <> (OLD.body_id, OLD.person_id, OLD.first_id, OLD.asked_at)
    ) THEN RAISE EXCEPTION 'a card that was given stays so'; END IF;
    IF EXISTS (
        SELECT 1 FROM core_membership m
        WHERE m.id IN (NEW.first_id, NEW.second_id) AND (m.body_id <> NEW.body_id OR m.person_id = NEW.person_id)
    ) THEN RAISE EXCEPTION 'a card is given by two others of the body'; END IF;
    RETURN NEW;
"""


class CardHandoutQuerySet(models.QuerySet["CardHandout"]):
    """Filters for handouts."""

    def waiting(self) -> Self:
        """Asked for by one member, not given by a second."""
        return self.filter(given_at__isnull=True)


class CardHandout(models.Model):
    """A new card for a member, asked for by one and given by another; its code is shown to nobody but the second."""

    body = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="handouts")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="handouts")
    first = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="+")
    second = models.ForeignKey(Membership, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    asked_at = models.DateTimeField()
    given_at = models.DateTimeField(null=True, blank=True)

    objects: ClassVar = CardHandoutQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(second__isnull=True, given_at__isnull=True)
                | (Q(second__isnull=False, given_at__isnull=False) & ~Q(second=F("first"))),
                name="handout_given_by_another",
            ),
            models.UniqueConstraint(
                fields=["body", "person"], condition=Q(given_at__isnull=True), name="handout_waits_once"
            ),
        ]
        triggers: ClassVar = [
            pgtrigger.Trigger(
                name="by_two_others",
                operation=pgtrigger.Insert | pgtrigger.Update,
                when=pgtrigger.Before,
                func=BY_TWO_OTHERS,
            ),
            pgtrigger.Protect(name="handout_kept", operation=pgtrigger.Delete),
        ]

    def __str__(self) -> str:
        return f"card handout {self.pk}"
