"""Learning together: reading groups and teach-ins, and who comes."""

from datetime import datetime
from typing import ClassVar, Self

import pgtrigger
from django.db import models
from django.db.models import Count, F, Q
from django.utils.translation import gettext_lazy as _

from core.models import Body, Person
from core.models.fields import LineField

# Who comes holds the study's row: two cannot take the last place at once.
SEATS_ARE_COUNTED = """
    IF (SELECT count(*) FROM councils_studyseat WHERE study_id = NEW.study_id)
        >= (SELECT places FROM councils_study WHERE id = NEW.study_id)
    THEN RAISE EXCEPTION 'all places are taken'; END IF;
    RETURN NEW;
"""


class StudyQuerySet(models.QuerySet["Study"]):
    """Filters for studies."""

    def ahead(self, at: datetime) -> Self:
        """Not over and not called off."""
        return self.filter(called_off_at__isnull=True, ends_at__gt=at)

    def with_seats(self) -> Self:
        """With how many come."""
        return self.annotate(coming=Count("seats"))


class Study(models.Model):
    """A reading group or a teach-in: when, where, what is read or shown, who leads, how many can come."""

    class Kind(models.TextChoices):
        """What sort of learning."""

        READING = "reading", _("Reading group")
        TEACH_IN = "teach_in", _("Teach-in")

    body = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="studies")
    leader = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=8, choices=Kind, default=Kind.READING)
    title = LineField(max_length=120)
    about = models.TextField(max_length=4000, blank=True)
    place = LineField(max_length=120)
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    places = models.PositiveSmallIntegerField(null=True, blank=True)
    announced_at = models.DateTimeField()
    called_off_at = models.DateTimeField(null=True, blank=True)

    objects: ClassVar = StudyQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "studies"
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(kind__in=["reading", "teach_in"]), name="study_kind_known"),
            models.CheckConstraint(condition=~Q(title="") & ~Q(place=""), name="study_says_what_and_where"),
            models.CheckConstraint(condition=Q(ends_at__gt=F("starts_at")), name="study_ends_later"),
            models.CheckConstraint(condition=Q(places__isnull=True) | Q(places__gte=1), name="study_has_a_place"),
        ]
        indexes: ClassVar = [models.Index(fields=["body", "starts_at"], name="study_dates")]

    def __str__(self) -> str:
        return self.title


class StudySeat(models.Model):
    """Somebody comes."""

    study = models.ForeignKey(Study, on_delete=models.PROTECT, related_name="seats")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["study", "person"], name="study_seat_once")]
        triggers: ClassVar = [
            pgtrigger.Trigger(
                name="seats_are_counted", operation=pgtrigger.Insert, when=pgtrigger.Before, func=SEATS_ARE_COUNTED
            )
        ]

    def __str__(self) -> str:
        return f"{self.person_id} comes to {self.study_id}"
