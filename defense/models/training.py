"""Training: what is taught, when, who came, and what a post requires. No places and no contents are stored."""

from typing import ClassVar

import pgtrigger
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from core.models import Body, Case, Membership

from .posts import Post


class Training(models.Model):
    """Something that members are trained in, and for how long it holds."""

    class Sort(models.TextChoices):
        """What it is about (DESIGN 6)."""

        FIRST_AID = "first_aid", _("First aid")
        DEESCALATION = "deescalation", _("De-escalation")
        CODE = "code", _("Code of conduct")

    body = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="trainings")
    sort = models.CharField(max_length=12, choices=Sort)
    valid_days = models.PositiveSmallIntegerField(null=True, blank=True)
    set_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["body", "sort"], name="training_once"),
            models.CheckConstraint(
                condition=Q(sort__in=["first_aid", "deescalation", "code"]), name="training_sort_known"
            ),
            models.CheckConstraint(
                condition=Q(valid_days__isnull=True) | Q(valid_days__gte=1, valid_days__lte=3650),
                name="training_holds_some_time",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.body_id}: {self.sort}"


class TrainingDay(models.Model):
    """A day on which it is taught. Where is said elsewhere."""

    training = models.ForeignKey(Training, on_delete=models.PROTECT, related_name="days")
    on = models.DateField()
    announced_by = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="+")
    announced_at = models.DateTimeField()
    called_off_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["training", "on"], name="training_day_once")]

    def __str__(self) -> str:
        return f"{self.training_id} on {self.on}"


OF_ITS_BODY = """
    IF NOT EXISTS (
        SELECT 1 FROM defense_trainingday d JOIN defense_training t ON t.id = d.training_id
        JOIN core_membership m ON m.id = NEW.membership_id AND m.body_id = t.body_id AND m.ended_at IS NULL
        JOIN core_membership e ON e.id = NEW.entered_by_id AND e.body_id = t.body_id AND e.id <> m.id
        WHERE d.id = NEW.day_id AND d.called_off_at IS NULL
    ) THEN RAISE EXCEPTION 'another member of the body enters who came'; END IF;
    RETURN NEW;
"""


class Trained(models.Model):
    """Who came, as another member has written down."""

    day = models.ForeignKey(TrainingDay, on_delete=models.PROTECT, related_name="trained")
    membership = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="trained")
    entered_by = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        verbose_name_plural = "trained"
        constraints: ClassVar = [models.UniqueConstraint(fields=["day", "membership"], name="trained_once")]
        triggers: ClassVar = [
            pgtrigger.Trigger(
                name="trained_in_its_body", operation=pgtrigger.Insert, when=pgtrigger.Before, func=OF_ITS_BODY
            )
        ]

    def __str__(self) -> str:
        return f"{self.membership_id} came on {self.day_id}"


class Requirement(models.Model):
    """A post requires a training, as the host has decided. Who holds it without is shown; nobody loses it by that."""

    post = models.ForeignKey(Post, on_delete=models.PROTECT, related_name="requires")
    sort = models.CharField(max_length=12, choices=Training.Sort)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["post", "sort"], name="requirement_once"),
            models.CheckConstraint(
                condition=Q(sort__in=["first_aid", "deescalation", "code"]), name="requirement_sort_known"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.post_id} requires {self.sort}"


class Retraining(models.Model):
    """A panel has found that a member trains again: a post that they hold rests until they have come to a training."""

    membership = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="retrainings")
    case = models.OneToOneField(Case, on_delete=models.PROTECT, related_name="retraining")
    at = models.DateTimeField()

    class Meta:
        triggers: ClassVar = [pgtrigger.Protect(name="retraining_kept", operation=pgtrigger.Update | pgtrigger.Delete)]

    def __str__(self) -> str:
        return f"{self.membership_id} trains again"
