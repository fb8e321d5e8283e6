"""Bodies of bodies: what a confederation is for, what was ceded to it, and which bodies are in it."""

from typing import ClassVar, Self

import pgtrigger
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from confederation.rules.matters import Sort
from core.models import Accord, Body, Charter, Proposal
from core.models.fields import LineField

JOIN_LOCKS = 6_060_606
"""Whoever brings a body into a confederation takes this advisory lock: two at once could otherwise close a circle."""

# The lock is taken before the look: each statement here sees what was committed before it.
SEAT_FITS = f"""
    IF TG_OP = 'UPDATE' THEN
        IF (NEW.confederation_id, NEW.body_id, NEW.joined_at, NEW.voice)
            IS DISTINCT FROM (OLD.confederation_id, OLD.body_id, OLD.joined_at, OLD.voice) OR OLD.left_at IS NOT NULL
        THEN RAISE EXCEPTION 'a seat only ever ends'; END IF;
        RETURN NEW;
    END IF;
    PERFORM pg_advisory_xact_lock({JOIN_LOCKS});
    IF EXISTS (
        WITH RECURSIVE above(id) AS (
            SELECT NEW.confederation_id UNION
            SELECT s.confederation_id FROM confederation_seat s JOIN above ON above.id = s.body_id
            WHERE s.left_at IS NULL
        ) SELECT FROM above WHERE id = NEW.body_id
    ) THEN RAISE EXCEPTION 'a body is never its own ancestor'; END IF;
    IF NOT EXISTS (
        SELECT FROM core_body c JOIN confederation_confederation k ON k.body_id = c.id
        JOIN core_body b ON b.id = NEW.body_id AND b.ended_at IS NULL AND b.adopted_at IS NOT NULL
        LEFT JOIN confederation_confederation below ON below.body_id = b.id
        WHERE c.id = NEW.confederation_id AND c.ended_at IS NULL
        AND (NOT NEW.voice OR k.of_kind = coalesce(below.of_kind, b.kind))
    ) THEN RAISE EXCEPTION 'bodies of one kind confederate'; END IF;
    RETURN NEW;
"""  # noqa: S608  # nosec B608  (a constant of this house)

FOUNDED_BY_AN_ACCORD = """
    IF NOT EXISTS (
        SELECT FROM core_body b JOIN core_accord a ON a.id = NEW.accord_id AND a.kind = 'confederate'
        WHERE b.id = NEW.body_id AND b.kind = 'confederation'
    ) THEN RAISE EXCEPTION 'a confederation is founded by bodies'; END IF;
    RETURN NEW;
"""


class Founding(models.Model):
    """The confederation that an accord of bodies is to found: what each of them reads and decides on."""

    accord = models.OneToOneField(Accord, on_delete=models.PROTECT, related_name="founds")
    name = LineField(_("name"), max_length=80)
    purpose = models.TextField(_("what it is for"), max_length=4000)
    unity = models.TextField(_("points of unity"), max_length=8000)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=~Q(name="") & ~Q(purpose="") & ~Q(unity=""), name="founding_has_words")
        ]

    def __str__(self) -> str:
        return self.name


class FoundingMatter(models.Model):
    """A matter that the founding bodies cede."""

    founding = models.ForeignKey(Founding, on_delete=models.PROTECT, related_name="matters")
    sort = models.CharField(_("what about"), max_length=9, choices=[(s.value, s.value) for s in Sort])
    words = LineField(_("what exactly"), max_length=200)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(sort__in=[s.value for s in Sort]), name="founding_matter_known"),
            models.CheckConstraint(condition=~Q(words=""), name="founding_matter_has_words"),
        ]

    def __str__(self) -> str:
        return self.words


class Confederation(models.Model):
    """A body whose members are bodies of one kind, and confederations of that kind. It decides by referral only."""

    body = models.OneToOneField(Body, on_delete=models.PROTECT, related_name="confederation")
    accord = models.OneToOneField(Accord, on_delete=models.PROTECT, related_name="founded")
    of_kind = models.CharField(max_length=13, choices=Body.Kind)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(of_kind__in=["council", "cooperative", "defense", "pod"]), name="confederation_of_a_kind"
            )
        ]
        triggers: ClassVar = [
            pgtrigger.Trigger(
                name="founded_by_an_accord",
                operation=pgtrigger.Insert | pgtrigger.Update,
                when=pgtrigger.Before,
                func=FOUNDED_BY_AN_ACCORD,
            )
        ]

    def __str__(self) -> str:
        return str(self.body)


class CededQuerySet(models.QuerySet["Ceded"]):
    """Filters for ceded matters."""

    def standing(self) -> Self:
        """Ceded, and not taken back."""
        return self.filter(since__isnull=False, ended_at__isnull=True)


class Ceded(models.Model):
    """A matter that the bodies of a confederation decide together. One that a referral adds is ceded `since` it is
    adopted.
    """

    confederation = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="ceded")
    sort = models.CharField(_("what about"), max_length=9, choices=[(s.value, s.value) for s in Sort])
    words = LineField(_("what exactly"), max_length=200)
    proposal = models.OneToOneField(Proposal, on_delete=models.PROTECT, null=True, blank=True, related_name="cedes")
    since = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)

    objects: ClassVar = CededQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "ceded"
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(sort__in=[s.value for s in Sort]), name="ceded_known"),
            models.CheckConstraint(condition=~Q(words=""), name="ceded_has_words"),
            models.CheckConstraint(
                condition=Q(ended_at__isnull=True) | Q(since__isnull=False), name="ceded_ends_after_it_began"
            ),
        ]

    def __str__(self) -> str:
        return self.words


class SeatQuerySet(models.QuerySet["Seat"]):
    """Filters for seats."""

    def standing(self) -> Self:
        """Bodies that are in it now."""
        return self.filter(left_at__isnull=True)


class Seat(models.Model):
    """A body in a confederation for a stretch of time. Without `voice` it speaks and is told, and is not counted."""

    class Leaving(models.TextChoices):
        """How a body came to leave."""

        LEFT = "left", _("left by its own decision")
        BODY_ENDED = "body_ended", _("the body ended")
        ENDED = "ended", _("the confederation ended")

    confederation = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="seats")
    body = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="places")
    accord = models.ForeignKey(Accord, on_delete=models.PROTECT, related_name="seats")
    charter = models.ForeignKey(Charter, on_delete=models.PROTECT, related_name="+")
    voice = models.BooleanField(default=True)
    joined_at = models.DateTimeField()
    left_at = models.DateTimeField(null=True, blank=True)
    leaving = models.CharField(max_length=10, choices=Leaving, blank=True)

    objects: ClassVar = SeatQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["confederation", "body"], condition=Q(left_at__isnull=True), name="seat_open_once"
            ),
            models.CheckConstraint(condition=~Q(confederation=F("body")), name="seat_not_ones_own"),
            models.CheckConstraint(
                condition=Q(left_at__isnull=True, leaving="")
                | Q(left_at__isnull=False, leaving__in=["left", "body_ended", "ended"]),
                name="seat_left_in_a_way",
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["body"], condition=Q(left_at__isnull=True), name="seat_of_body"),
        ]
        triggers: ClassVar = [
            pgtrigger.Trigger(
                name="seat_fits",
                operation=pgtrigger.Insert | pgtrigger.Update,
                when=pgtrigger.Before,
                func=SEAT_FITS,
            )
        ]

    def __str__(self) -> str:
        return f"{self.body} in {self.confederation}"


class Joining(models.Model):
    """The confederation that an accord is to bring a body into: decided by the body, then by those that are in it."""

    accord = models.OneToOneField(Accord, on_delete=models.PROTECT, related_name="joins")
    confederation = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="+")
    body = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="joinings")
    charter = models.ForeignKey(Charter, on_delete=models.PROTECT, related_name="+")
    voice = models.BooleanField(_("is counted in decisions"), default=True)

    def __str__(self) -> str:
        return f"{self.body} joins {self.confederation}"


class Leaving(models.Model):
    """A body's own proposal to leave a confederation. Its adoption ends the seat at once."""

    proposal = models.OneToOneField(Proposal, on_delete=models.PROTECT, related_name="leaves")
    seat = models.ForeignKey(Seat, on_delete=models.PROTECT, related_name="leavings")

    def __str__(self) -> str:
        return f"{self.seat} ends"
