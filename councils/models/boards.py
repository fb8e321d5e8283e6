"""Founding boards: each takes one council from nothing to hand-over (DESIGN section 6, Councils)."""

from datetime import datetime
from typing import ClassVar, Self

import pgtrigger
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from core.models import Body, Membership, Person
from core.models.fields import LineField
from councils.rules.founding import BOARD_LASTS, BOARD_LONGER, DECIDED_BEFORE

# A group models the method on itself before it opens a board.
OPENED_BY_A_GROUP_THAT_DECIDES = f"""
    IF NOT EXISTS (
        SELECT 1 FROM core_body WHERE id = NEW.catalyst_id AND kind = 'catalyst'
        AND adopted_at IS NOT NULL AND ended_at IS NULL
    ) OR (
        SELECT count(*) FROM core_proposal
        WHERE body_id = NEW.catalyst_id AND stage IN ('adopted', 'not_adopted', 'blocked')
    ) < {DECIDED_BEFORE} THEN RAISE EXCEPTION 'a catalyst group decides {DECIDED_BEFORE} proposals before it founds';
    END IF;
    RETURN NEW;
"""  # noqa: S608  # nosec B608  (a constant of this house)
CLOSED_FOR_GOOD = """
    IF OLD.closed_at IS NOT NULL THEN RAISE EXCEPTION 'a board that was closed never changes'; END IF;
    IF NEW.opened_at <> OLD.opened_at OR NEW.catalyst_id <> OLD.catalyst_id
        OR (OLD.council_id IS NOT NULL AND NEW.council_id IS DISTINCT FROM OLD.council_id)
        OR (OLD.extended_at IS NOT NULL AND NEW.extended_at IS DISTINCT FROM OLD.extended_at)
        OR (OLD.held_at IS NOT NULL AND NEW.held_at IS DISTINCT FROM OLD.held_at)
    THEN RAISE EXCEPTION 'a board keeps what has happened on it'; END IF;
    IF NEW.ending = 'handed_over' AND NOT EXISTS (
        SELECT 1 FROM core_body b JOIN core_mandate m ON m.body_id = b.id AND m.ended_at IS NULL
        AND m.ends_at > NEW.closed_at WHERE b.id = NEW.council_id AND b.adopted_at IS NOT NULL
    ) THEN RAISE EXCEPTION 'a council takes over once it decides and has given a mandate'; END IF;
    RETURN NEW;
"""
MEMBER_OF_ITS_COUNCIL = """
    IF NOT EXISTS (
        SELECT 1 FROM core_membership m JOIN councils_board b ON b.council_id = m.body_id
        WHERE m.id = NEW.membership_id AND b.id = NEW.board_id
    ) THEN RAISE EXCEPTION 'only founding members of the council that is founded'; END IF;
    RETURN NEW;
"""


class BoardQuerySet(models.QuerySet["Board"]):
    """Filters for boards."""

    def visible_to(self, person: Person) -> Self:
        """Members of the catalyst group, and those of the council."""
        mine = Membership.objects.reading().filter(person=person).values("body")
        return self.filter(Q(catalyst__in=mine) | Q(council__in=mine))

    def under_way(self, at: datetime) -> Self:
        """Neither closed nor past their end, whether or not a worker has run."""
        return self.filter(closed_at__isnull=True, ends_at__gt=at)

    def due(self, at: datetime) -> Self:
        """Past their end and not yet closed."""
        return self.filter(closed_at__isnull=True, ends_at__lte=at)


class Board(models.Model):
    """What a catalyst group does for one council, step by step, until the council runs without it."""

    class Stage(models.TextChoices):
        """Where a founding is."""

        LISTENING = "listening", _("listening")
        INVITING = "inviting", _("inviting")
        FOUNDING = "founding", _("founding")
        CLOSED = "closed", _("over")

    class Ending(models.TextChoices):
        """How a board ends."""

        HANDED_OVER = "handed_over", _("handed over to the council")
        TIME = "time", _("its time was over")
        GIVEN_UP = "given_up", _("given up before anybody joined")

    catalyst = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="boards")
    council = models.OneToOneField(Body, on_delete=models.PROTECT, null=True, blank=True, related_name="founding_board")
    title = LineField(_("what it is about"), max_length=80)
    stage = models.CharField(max_length=9, choices=Stage, default=Stage.LISTENING)
    doors = models.PositiveIntegerField(_("doors"), default=0)
    opened_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    extended_at = models.DateTimeField(null=True, blank=True)
    assembly_at = models.DateTimeField(_("when"), null=True, blank=True)
    place = LineField(_("where"), max_length=200, blank=True)
    agenda = models.TextField(_("agenda"), max_length=4000, blank=True)
    held_at = models.DateTimeField(null=True, blank=True)
    others_came = models.PositiveIntegerField(default=0)
    closed_at = models.DateTimeField(null=True, blank=True)
    ending = models.CharField(max_length=11, choices=Ending, blank=True)

    objects: ClassVar = BoardQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=~Q(title=""), name="board_has_a_title"),
            models.CheckConstraint(
                condition=Q(extended_at__isnull=True, ends_at=F("opened_at") + BOARD_LASTS)
                | Q(extended_at__isnull=False, ends_at=F("opened_at") + BOARD_LASTS + BOARD_LONGER),
                name="board_ends_on_its_day",
            ),
            models.CheckConstraint(
                condition=Q(stage="listening", council__isnull=True, held_at__isnull=True)
                | Q(stage="inviting", council__isnull=False, held_at__isnull=True)
                | Q(stage="founding", council__isnull=False, held_at__isnull=False)
                | Q(stage="closed"),
                name="board_stage_is_proved",
            ),
            models.CheckConstraint(
                condition=Q(assembly_at__isnull=True, held_at__isnull=True)
                | (Q(assembly_at__isnull=False, council__isnull=False) & ~Q(place="")),
                name="board_assembly_has_a_place",
            ),
            models.CheckConstraint(
                condition=(~Q(stage="closed") & Q(closed_at__isnull=True, ending=""))
                | Q(stage="closed", closed_at__isnull=False, ending__in=["handed_over", "time", "given_up"]),
                name="board_closed_has_a_way",
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["ends_at"], condition=Q(closed_at__isnull=True), name="board_due"),
        ]
        triggers: ClassVar = [
            pgtrigger.Trigger(
                name="opened_by_a_group_that_decides",
                operation=pgtrigger.Insert,
                when=pgtrigger.Before,
                func=OPENED_BY_A_GROUP_THAT_DECIDES,
            ),
            pgtrigger.Trigger(
                name="closed_for_good", operation=pgtrigger.Update, when=pgtrigger.Before, func=CLOSED_FOR_GOOD
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        """Its page."""
        return reverse("councils:board-detail", args=[self.pk])

    def is_under_way(self, at: datetime) -> bool:
        """Whether anything can still be done on it at that moment."""
        return self.closed_at is None and self.ends_at > at


STEPS: dict[str, set[str]] = {
    Board.Stage.LISTENING: {Board.Stage.INVITING, Board.Stage.CLOSED},
    Board.Stage.INVITING: {Board.Stage.FOUNDING, Board.Stage.CLOSED},
    Board.Stage.FOUNDING: {Board.Stage.CLOSED},
}


class Need(models.Model):
    """Something that people at the doors need: a theme and at how many doors it was heard. No names, no addresses."""

    board = models.ForeignKey(Board, on_delete=models.PROTECT, related_name="needs")
    theme = LineField(_("what people need"), max_length=80)
    doors = models.PositiveIntegerField(_("at how many doors"))

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["board", "theme"], name="need_once"),
            models.CheckConstraint(condition=~Q(theme=""), name="need_has_a_theme"),
            models.CheckConstraint(condition=Q(doors__gte=1), name="need_was_heard"),
        ]

    def __str__(self) -> str:
        return self.theme


def of_its_council(name: str) -> pgtrigger.Trigger:
    """A row about a founding member of the board's council."""
    return pgtrigger.Trigger(name=name, operation=pgtrigger.Insert, when=pgtrigger.Before, func=MEMBER_OF_ITS_COUNCIL)


class Arrival(models.Model):
    """A founding member came to the first assembly."""

    board = models.ForeignKey(Board, on_delete=models.PROTECT, related_name="arrivals")
    membership = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["board", "membership"], name="arrival_once")]
        triggers: ClassVar = [of_its_council("arrival_of_its_council")]

    def __str__(self) -> str:
        return f"{self.membership_id} came to {self.board_id}"


class Extension(models.Model):
    """A founding member asks for more time."""

    board = models.ForeignKey(Board, on_delete=models.PROTECT, related_name="extensions")
    membership = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["board", "membership"], name="extension_once")]
        triggers: ClassVar = [of_its_council("extension_of_its_council")]

    def __str__(self) -> str:
        return f"{self.membership_id} asks for more time"
