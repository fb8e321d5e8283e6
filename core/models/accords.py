"""Accords: what several bodies decide alike, each for itself (DESIGN section 3, docs/adr/0048)."""

from datetime import timedelta
from typing import ClassVar, Self

import pgtrigger
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from core.rules.accords import Side, Why
from core.rules.ending import NOTICE

from .bodies import Body
from .fields import LineField
from .people import Person
from .proposals import TEXT_MAX, Proposal, Stage
from .reading import read_by

# Whatever way it comes: done only once every body has adopted it and stands by it, and for becoming one after 30 days.
DONE_BY_ALL = f"""
    IF EXISTS (
        SELECT 1 FROM core_accordside s LEFT JOIN core_proposal p ON p.id = s.proposal_id
        WHERE s.accord_id = NEW.id AND (
            p.id IS NULL OR p.stage <> '{Stage.ADOPTED.value}' OR NOT p.stands OR p.ended_at IS NOT NULL
            OR (NEW.kind = 'union' AND NEW.done_at < p.closed_at + interval '{NOTICE.days} days')
        )
    ) OR (SELECT count(*) FROM core_accordside s WHERE s.accord_id = NEW.id) < 2
    THEN RAISE EXCEPTION 'an accord is done once all its bodies have adopted it'; END IF;
    RETURN NEW;
"""  # noqa: S608  # nosec B608  (constants of this house)

SIDE_FITS = """
    IF TG_OP = 'UPDATE' AND (NEW.body_id, NEW.accord_id) IS DISTINCT FROM (OLD.body_id, OLD.accord_id)
    THEN RAISE EXCEPTION 'the bodies of an accord never change'; END IF;
    IF NEW.proposal_id IS NOT NULL AND NOT EXISTS (
        SELECT 1 FROM core_proposal p JOIN core_accord a ON a.id = NEW.accord_id AND a.kind = p.kind
        WHERE p.id = NEW.proposal_id AND p.body_id = NEW.body_id
    ) THEN RAISE EXCEPTION 'each body decides by a proposal of its own'; END IF;
    RETURN NEW;
"""


class AccordQuerySet(models.QuerySet["Accord"]):
    """Filters for accords."""

    def open(self) -> Self:
        """Neither done nor come to nothing."""
        return self.filter(done_at__isnull=True, fell_at__isnull=True)

    def visible_to(self, person: Person) -> Self:
        """Members of the body that began it, and who reads it; of the others, from the moment they are asked."""
        mine = AccordSide.objects.filter(read_by(person))
        begun = mine.filter(first=True).values("accord")
        asked = mine.filter(accord__asked_at__isnull=False).values("accord")
        return self.filter(Q(pk__in=begun) | Q(pk__in=asked))


class Accord(models.Model):
    """Bodies become one, and `lead` goes on; or a body answers to `lead` from now on; or bodies confederate, as the
    first has proposed; or a body joins the confederation `lead`. Each decides by its own rules.
    """

    class Kind(models.TextChoices):
        """What it does once all have adopted it; also the kind of its proposals."""

        UNION = "union", _("become one")
        HOST = "host", _("have a host")
        CONFEDERATE = "confederate", _("confederate")
        JOIN = "join", _("join a confederation")

    class Reason(models.TextChoices):
        """Why it came to nothing."""

        NOT_ADOPTED = Why.NOT_ADOPTED.value, _("One of the bodies has not adopted it.")
        REPLACED = Why.REPLACED.value, _("One of the bodies has decided otherwise since.")
        ENDED = Why.ENDED.value, _("One of the bodies has ended.")
        TIME = Why.TIME.value, _("Half a year has passed, and not all of the bodies have decided on it.")
        IMPOSSIBLE = Why.IMPOSSIBLE.value, _("It could not be carried out.")

    kind = models.CharField(max_length=11, choices=Kind)
    lead = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="+")
    title = LineField(max_length=120)
    text = models.TextField(max_length=TEXT_MAX)
    begun_at = models.DateTimeField()
    asked_at = models.DateTimeField(null=True, blank=True)
    done_at = models.DateTimeField(null=True, blank=True)
    fell_at = models.DateTimeField(null=True, blank=True)
    why = models.CharField(max_length=11, choices=Reason, blank=True)

    objects: ClassVar = AccordQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(kind__in=["union", "host", "confederate", "join"]), name="accord_kind_known"
            ),
            models.CheckConstraint(condition=~Q(title="") & ~Q(text=""), name="accord_has_words"),
            models.CheckConstraint(
                condition=Q(done_at__isnull=True) | Q(fell_at__isnull=True, asked_at__isnull=False),
                name="accord_done_or_nothing",
            ),
            models.CheckConstraint(
                condition=Q(fell_at__isnull=True, why="")
                | (Q(fell_at__isnull=False) & Q(why__in=[why.value for why in Why])),
                name="accord_fell_for_a_reason",
            ),
        ]
        triggers: ClassVar = [
            pgtrigger.Trigger(
                name="done_by_all",
                operation=pgtrigger.Update,
                when=pgtrigger.Before,
                condition=pgtrigger.Q(old__done_at__isnull=True, new__done_at__isnull=False),
                func=DONE_BY_ALL,
            )
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        """Its page."""
        return reverse("core:accord-detail", args=[self.pk])

    @property
    def is_open(self) -> bool:
        """Whether it is neither done nor come to nothing."""
        return self.done_at is None and self.fell_at is None

    @property
    def notice(self) -> timedelta:
        """How long after the last decision it is done."""
        return NOTICE if self.kind == self.Kind.UNION else timedelta(0)


class AccordSide(models.Model):
    """One body of an accord, and its own proposal once a member there has put it up. The first one began it."""

    accord = models.ForeignKey(Accord, on_delete=models.PROTECT, related_name="sides")
    body = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="accords")
    first = models.BooleanField(default=False)
    proposal = models.OneToOneField(Proposal, on_delete=models.PROTECT, null=True, blank=True, related_name="accord")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["accord", "body"], name="accord_body_once"),
            models.UniqueConstraint(fields=["accord"], condition=Q(first=True), name="accord_begun_once"),
        ]
        triggers: ClassVar = [
            pgtrigger.Trigger(
                name="side_fits",
                operation=pgtrigger.Insert | pgtrigger.Update,
                when=pgtrigger.Before,
                func=SIDE_FITS,
            )
        ]

    def __str__(self) -> str:
        return f"{self.body} in {self.accord}"

    @property
    def judged(self) -> Side:
        """As the rules take it, where body and proposal were loaded."""
        proposal = self.proposal
        if proposal is None:
            return Side(ended=self.body.ended_at is not None)
        adopted = proposal.stage == Stage.ADOPTED
        return Side(
            ended=self.body.ended_at is not None,
            closed=not proposal.is_live,
            adopted_at=proposal.closed_at if adopted else None,
            in_force=adopted and proposal.ended_at is None and proposal.effect != Proposal.Effect.FAILED,
        )
