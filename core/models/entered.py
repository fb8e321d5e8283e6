"""Ballots that two members enter for somebody else, the paper they may stand on, whom each helped (DESIGN section 6).

Only open votes are entered: what two people read and type is not secret (docs/adr/0043-no-secret-votes-on-paper.md).
"""

from typing import ClassVar, Self

import pgtrigger
from django.core.validators import RegexValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from core.rules.entering import AIDED_AT_MOST, DIGITS
from core.rules.positions import Position

from .bodies import Membership
from .people import Person
from .vote_guards import TEXTS_OF_THE_VOTE, VOTE_LOCKS
from .votes import RollEntry, Vote

FIXED = ("vote_id", "roll_id", "way", "position", "choice", "reason", "number", "paper_id", "first_id", "entered_at")
# Lock first, then judge, as with the ballots themselves. Who enters is a member of the body, not the elector, and has
# nothing at stake in the vote: no candidate, and not the one whom a mandate, a recall or a removal is about.
ENTERED_BY_TWO = f"""
    IF TG_OP = 'UPDATE' AND (
        ({", ".join(f"NEW.{name}" for name in FIXED)}) IS DISTINCT FROM ({", ".join(f"OLD.{name}" for name in FIXED)})
        OR OLD.ended_at IS NOT NULL OR (OLD.confirmed_at IS NOT NULL
            AND (NEW.confirmed_at, NEW.second_id) IS DISTINCT FROM (OLD.confirmed_at, OLD.second_id))
    ) THEN RAISE EXCEPTION 'what was entered never changes'; END IF;
    PERFORM pg_advisory_xact_lock_shared({VOTE_LOCKS}, NEW.vote_id::int);
    SELECT other_texts INTO others FROM core_vote
    WHERE id = NEW.vote_id AND NOT secret AND counted_at IS NULL AND closes_at > folkmoot_now();
    IF NOT FOUND THEN RAISE EXCEPTION 'voting has closed' USING ERRCODE = 'FM001'; END IF;
    {TEXTS_OF_THE_VOTE}
    IF NOT EXISTS (SELECT 1 FROM core_rollentry WHERE id = NEW.roll_id AND vote_id = NEW.vote_id) THEN
        RAISE EXCEPTION 'not on the roll of this vote'; END IF;
    IF NEW.paper_id IS NOT NULL AND NOT EXISTS (
        SELECT 1 FROM core_paperballot WHERE id = NEW.paper_id AND vote_id = NEW.vote_id AND number = NEW.number
    ) THEN RAISE EXCEPTION 'a paper of another vote'; END IF;
    IF EXISTS (
        SELECT 1 FROM core_membership m, core_rollentry r
        JOIN core_vote v ON v.id = r.vote_id JOIN core_proposal p ON p.id = v.proposal_id
        LEFT JOIN core_mandate d ON d.id = p.mandate_id
        LEFT JOIN core_offer o ON o.proposal_id = p.id
        LEFT JOIN core_membership s ON s.id = p.subject_id
        WHERE r.id = NEW.roll_id AND m.id IN (NEW.first_id, NEW.second_id) AND (
            m.body_id <> p.body_id OR m.person_id IN (r.person_id, d.person_id, o.person_id, s.person_id)
            OR EXISTS (
                SELECT 1 FROM core_candidacy c JOIN core_election e ON e.id = c.election_id
                WHERE e.proposal_id = p.id AND c.person_id = m.person_id AND c.number IS NOT NULL
            )
        )
    ) THEN RAISE EXCEPTION 'entered by two members with nothing at stake, not by the elector'; END IF;
    IF NEW.way = 'desk' AND NEW.second_id IS NOT NULL AND NEW.confirmed_at IS NOT NULL AND (
        SELECT count(*) FROM core_aid a JOIN core_membership m ON m.person_id = a.helper_id
        WHERE a.roll_id = NEW.roll_id AND m.id IN (NEW.first_id, NEW.second_id)
    ) <> 2 THEN RAISE EXCEPTION 'whom one helps is written down'; END IF;
    RETURN NEW;
"""  # noqa: S608  # nosec B608  (constants of this module)

AIDED_BY_ANOTHER = """
    IF NOT EXISTS (
        SELECT 1 FROM core_rollentry WHERE id = NEW.roll_id AND vote_id = NEW.vote_id AND person_id <> NEW.helper_id
    ) THEN RAISE EXCEPTION 'somebody else on the roll of this vote is helped'; END IF;
    RETURN NEW;
"""

a_number = RegexValidator(rf"^[0-9]{{{DIGITS}}}\Z", _("A number has 8 digits."))


class PaperBallot(models.Model):
    """One printed ballot of an open vote. Its number is taken once, for whoever filled it in by name."""

    vote = models.ForeignKey(Vote, on_delete=models.PROTECT, related_name="papers")
    number = models.CharField(max_length=DIGITS, validators=[a_number])
    by = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="+")
    printed_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["vote", "number"], name="paper_number_once"),
            models.CheckConstraint(condition=Q(number__regex=rf"^[0-9]{{{DIGITS}}}$"), name="paper_number_is_one"),
        ]
        triggers: ClassVar = [
            pgtrigger.Protect(name="paper_kept", operation=pgtrigger.Update | pgtrigger.Delete),
        ]

    def __str__(self) -> str:
        return self.number


class EnteredBallotQuerySet(models.QuerySet["EnteredBallot"]):
    """Filters for entered ballots."""

    def waiting(self) -> Self:
        """Written down by one, not confirmed by a second."""
        return self.filter(confirmed_at__isnull=True, ended_at__isnull=True)

    def counting(self) -> Self:
        """Those that stand as somebody's ballot now."""
        return self.filter(confirmed_at__isnull=False, ended_at__isnull=True)


class EnteredBallot(models.Model):
    """A vote that one member wrote down for somebody on the roll; it counts once another member confirms it."""

    class Way(models.TextChoices):
        """Where it was taken."""

        NAMED = "named", _("by name, in a meeting")
        PAPER = "paper", _("on paper")
        DESK = "desk", _("at the helper desk")

    class Ending(models.TextChoices):
        """Why it does not count, or no longer."""

        TAKEN_BACK = "taken_back", _("taken back before it was confirmed")
        REPLACED = "replaced", _("entered anew")
        OWN = "own", _("they voted themself")
        CONTESTED = "contested", _("contested")

    vote = models.ForeignKey(Vote, on_delete=models.PROTECT, related_name="entered")
    roll = models.ForeignKey(RollEntry, on_delete=models.PROTECT, related_name="entered")
    way = models.CharField(max_length=5, choices=Way)
    position = models.CharField(max_length=12)
    choice = models.CharField(max_length=200, blank=True, default="")
    reason = models.TextField(max_length=2000, blank=True)
    number = models.CharField(max_length=DIGITS, validators=[a_number])
    paper = models.ForeignKey(PaperBallot, on_delete=models.PROTECT, null=True, blank=True, related_name="entered")
    first = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="+")
    second = models.ForeignKey(Membership, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    entered_at = models.DateTimeField()
    confirmed_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    ending = models.CharField(max_length=10, choices=Ending, blank=True)

    objects: ClassVar = EnteredBallotQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(way__in=["named", "paper", "desk"]), name="entered_way_known"),
            models.CheckConstraint(
                condition=Q(position__in=[p.value for p in Position if p != Position.STRUCK]),
                name="entered_position_known",
            ),
            models.CheckConstraint(
                condition=Q(second__isnull=True, confirmed_at__isnull=True)
                | (Q(second__isnull=False, confirmed_at__isnull=False) & ~Q(second=F("first"))),
                name="entered_confirmed_by_another",
            ),
            models.CheckConstraint(
                condition=Q(ended_at__isnull=True, ending="")
                | Q(ended_at__isnull=False, ending__in=["taken_back", "replaced", "own", "contested"]),
                name="entered_end_has_a_way",
            ),
            models.CheckConstraint(
                condition=Q(way="paper", paper__isnull=False) | (~Q(way="paper") & Q(paper__isnull=True)),
                name="entered_paper_has_its_paper",
            ),
            models.UniqueConstraint(
                fields=["roll"],
                condition=Q(confirmed_at__isnull=True, ended_at__isnull=True),
                name="entered_waits_once",
            ),
            models.UniqueConstraint(
                fields=["roll"],
                condition=Q(confirmed_at__isnull=False, ended_at__isnull=True),
                name="entered_counts_once",
            ),
            models.UniqueConstraint(
                fields=["paper"],
                condition=Q(confirmed_at__isnull=False) | Q(ended_at__isnull=True),
                name="entered_paper_once",
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["vote", "entered_at"], name="entered_in_vote")]
        triggers: ClassVar = [
            pgtrigger.Trigger(
                name="entered_by_two",
                operation=pgtrigger.Insert | pgtrigger.Update,
                when=pgtrigger.Before,
                declare=[("others", "smallint")],
                func=ENTERED_BY_TWO,
            ),
            pgtrigger.Protect(name="entered_kept", operation=pgtrigger.Delete),
        ]

    def __str__(self) -> str:
        return f"entered ballot {self.pk}"

    @property
    def counts(self) -> bool:
        """Whether it stands as its elector's ballot."""
        return self.confirmed_at is not None and self.ended_at is None


class Aid(models.Model):
    """A member helped somebody to vote at the helper desk: whom and in which vote, never what was voted.

    Each helps ten at most in one vote: the rows of one helper are numbered, and there is no eleventh number.
    """

    vote = models.ForeignKey(Vote, on_delete=models.PROTECT, related_name="aids")
    roll = models.ForeignKey(RollEntry, on_delete=models.PROTECT, related_name="aids")
    helper = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    number = models.PositiveSmallIntegerField()
    at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(number__gte=1, number__lte=AIDED_AT_MOST), name="aid_ten_at_most"),
            models.UniqueConstraint(fields=["vote", "helper", "number"], name="aid_number_once"),
            models.UniqueConstraint(fields=["roll", "helper"], name="aid_person_once"),
        ]
        triggers: ClassVar = [
            pgtrigger.Trigger(
                name="aided_by_another", operation=pgtrigger.Insert, when=pgtrigger.Before, func=AIDED_BY_ANOTHER
            ),
            pgtrigger.Protect(name="aid_kept", operation=pgtrigger.Update | pgtrigger.Delete),
        ]

    def __str__(self) -> str:
        return f"aid {self.number} of {self.helper_id}"
