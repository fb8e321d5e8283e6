"""Assemblies: a body meets in one place, on a date that was found together or set by who calls it."""

from typing import ClassVar, Self

import pgtrigger
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from core.models import Body, Membership, Person
from core.models.fields import LineField
from councils.rules.calling import NOTICE_AT_LEAST, NOTICE_AT_MOST


class Stage(models.TextChoices):
    """Where an assembly is."""

    POLL = "poll", _("looking for a date")
    CALLED = "called", _("called")
    OPEN = "open", _("under way")
    HELD = "held", _("over, minutes being written")
    PUBLISHED = "published", _("minutes published")
    CANCELLED = "cancelled", _("called off")


STEPS: dict[str, set[str]] = {
    Stage.POLL: {Stage.CALLED, Stage.CANCELLED},
    Stage.CALLED: {Stage.OPEN, Stage.CANCELLED},
    Stage.OPEN: {Stage.HELD},
    Stage.HELD: {Stage.PUBLISHED},
}
DATES = ("called_at", "opened_at", "closed_at", "published_at", "cancelled_at")
PROVED_BY: dict[str, tuple[str, ...]] = {
    Stage.POLL: (),
    Stage.CALLED: ("called_at",),
    Stage.OPEN: ("called_at", "opened_at"),
    Stage.HELD: ("called_at", "opened_at", "closed_at"),
    Stage.PUBLISHED: ("called_at", "opened_at", "closed_at", "published_at"),
}
"""The dates that each stage has, and no other; one called off may have been called or not, but never opened."""


def proved() -> Q:
    """A stage is proved by its dates."""
    found = Q(stage=Stage.CANCELLED, cancelled_at__isnull=False, opened_at__isnull=True)
    for stage, dates in PROVED_BY.items():
        found |= Q(stage=stage, **{f"{name}__isnull": name not in dates for name in DATES})
    return found


PLAN_STANDS = """
    IF OLD.called_at IS NOT NULL AND (NEW.called_at, NEW.starts_at, NEW.ends_at)
        IS DISTINCT FROM (OLD.called_at, OLD.starts_at, OLD.ends_at)
    THEN RAISE EXCEPTION 'the plan of an assembly stands once it is called'; END IF;
    RETURN NEW;
"""


class AssemblyQuerySet(models.QuerySet["Assembly"]):
    """Filters for assemblies."""

    def visible_to(self, person: Person | None) -> Self:
        """Members see the assemblies of their body."""
        if person is None or not person.is_authenticated:
            return self.none()
        return self.filter(body__in=Membership.objects.open().filter(person=person).values("body"))

    def coming(self) -> Self:
        """Called or under way, or still looking for a date."""
        return self.filter(stage__in=[Stage.POLL, Stage.CALLED, Stage.OPEN])


class Assembly(models.Model):
    """One meeting of a body. The plan stands from the call on; the meeting itself may end earlier or later."""

    body = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="assemblies")
    title = LineField(_("what it is called"), max_length=120)
    about = models.TextField(_("what it is for"), max_length=4000, blank=True)
    place = LineField(_("place"), max_length=200)
    called_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    stage = models.CharField(max_length=9, choices=Stage, default=Stage.POLL)
    notice_days = models.PositiveSmallIntegerField(
        _("days of notice"),
        default=7,
        validators=[MinValueValidator(NOTICE_AT_LEAST), MaxValueValidator(NOTICE_AT_MOST)],
    )
    made_at = models.DateTimeField()
    starts_at = models.DateTimeField(null=True, blank=True)
    ends_at = models.DateTimeField(null=True, blank=True)
    called_at = models.DateTimeField(null=True, blank=True)
    opened_at = models.DateTimeField(null=True, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)
    published_at = models.DateTimeField(null=True, blank=True)
    cancelled_at = models.DateTimeField(null=True, blank=True)
    guests = models.PositiveSmallIntegerField(_("guests"), default=0)

    objects: ClassVar = AssemblyQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "assemblies"
        constraints: ClassVar = [
            models.CheckConstraint(condition=~Q(title="") & ~Q(place=""), name="assembly_has_title_and_place"),
            models.CheckConstraint(condition=proved(), name="assembly_stage_proved_by_dates"),
            models.CheckConstraint(
                condition=Q(called_at__isnull=True, starts_at__isnull=True, ends_at__isnull=True)
                | Q(called_at__isnull=False, starts_at__isnull=False, ends_at__gt=F("starts_at")),
                name="assembly_called_has_a_date",
            ),
            models.CheckConstraint(
                condition=Q(notice_days__gte=NOTICE_AT_LEAST, notice_days__lte=NOTICE_AT_MOST),
                name="assembly_notice_in_range",
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["body", "-starts_at"], name="assembly_of_body")]
        triggers: ClassVar = [
            pgtrigger.Trigger(name="plan_stands", operation=pgtrigger.Update, when=pgtrigger.Before, func=PLAN_STANDS)
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        """Its page."""
        return reverse("councils:assembly-detail", args=[self.pk])

    @property
    def is_open(self) -> bool:
        """Whether people are meeting now."""
        return self.stage == Stage.OPEN


class DateOption(models.Model):
    """A date that who calls the assembly proposes."""

    assembly = models.ForeignKey(Assembly, on_delete=models.PROTECT, related_name="options")
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["assembly", "starts_at"], name="date_option_once"),
            models.CheckConstraint(condition=Q(ends_at__gt=F("starts_at")), name="date_option_ends_later"),
        ]

    def __str__(self) -> str:
        return f"date {self.pk}"


class DateMark(models.Model):
    """A member says whether a date suits."""

    class Suits(models.TextChoices):
        """How well."""

        YES = "yes", _("suits me")
        MAYBE = "maybe", _("if need be")
        NO = "no", _("does not suit me")

    option = models.ForeignKey(DateOption, on_delete=models.CASCADE, related_name="marks")
    membership = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="+")
    suits = models.CharField(max_length=5, choices=Suits)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["option", "membership"], name="date_mark_once"),
            models.CheckConstraint(condition=Q(suits__in=["yes", "maybe", "no"]), name="date_mark_known"),
        ]

    def __str__(self) -> str:
        return f"mark {self.pk}"
