"""Elections: what a proposal to elect somebody fills, and who stands."""

from typing import ClassVar, Self

import pgtrigger
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from core.rules.choices import CANDIDATES_AT_MOST
from core.rules.positions import Rule
from core.rules.terms import method_of

from .people import Person
from .proposals import Proposal

SEATS_AT_MOST = 20
WORDS_MAX = 2000

LIST_FIXED = """
    IF EXISTS (
        SELECT 1 FROM core_vote v JOIN core_election e ON e.proposal_id = v.proposal_id WHERE e.id = NEW.election_id
    ) THEN RAISE EXCEPTION 'candidates_fixed: the vote has opened with its candidates'; END IF;
    RETURN NEW;
"""


class Election(models.Model):
    """What an election fills: a mandate with task, limits and term, for so many people, by approval or by ranking."""

    proposal = models.OneToOneField(Proposal, on_delete=models.PROTECT, related_name="election")
    task = models.TextField(_("the task"), max_length=4000)
    limits = models.TextField(_("the limits"), max_length=2000)
    term_days = models.PositiveSmallIntegerField(_("for how many days"))
    report_days = models.PositiveSmallIntegerField(_("a report every how many days"), null=True, blank=True)
    seats = models.PositiveSmallIntegerField(_("how many are elected"), default=1)
    ranked = models.BooleanField(_("by ranking"), default=False)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=~Q(task="") & ~Q(limits=""), name="election_has_task_and_limits"),
            models.CheckConstraint(condition=Q(term_days__gte=1, term_days__lte=730), name="election_term_in_range"),
            models.CheckConstraint(
                condition=Q(report_days__isnull=True) | Q(report_days__gte=7), name="election_reports_weekly_at_most"
            ),
            models.CheckConstraint(condition=Q(seats__gte=1, seats__lte=SEATS_AT_MOST), name="election_seats_in_range"),
        ]
        triggers: ClassVar = [pgtrigger.Protect(name="election_fixed", operation=pgtrigger.Update | pgtrigger.Delete)]

    def __str__(self) -> str:
        return f"election of {self.proposal}"

    @property
    def rule(self) -> Rule:
        """How it is counted."""
        return method_of(ranked=self.ranked, seats=self.seats)


class CandidacyQuerySet(models.QuerySet["Candidacy"]):
    """Filters for candidacies."""

    def standing(self) -> Self:
        """Accepted, and not taken back."""
        return self.filter(accepted_at__isnull=False, withdrawn_at__isnull=True)

    def numbered(self) -> Self:
        """On the ballot, in the order of their numbers."""
        return self.filter(number__isnull=False).order_by("number")


class Candidacy(models.Model):
    """Somebody stands, or is asked to. The number on the ballot is given when the vote opens; from then on it stays."""

    election = models.ForeignKey(Election, on_delete=models.PROTECT, related_name="candidacies")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="candidacies")
    proposed_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    words = models.TextField(_("your words"), max_length=WORDS_MAX, blank=True)
    proposed_at = models.DateTimeField()
    accepted_at = models.DateTimeField(null=True, blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    number = models.PositiveSmallIntegerField(null=True, blank=True)

    objects: ClassVar = CandidacyQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "candidacies"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["election", "person"], name="candidacy_person_once"),
            models.UniqueConstraint(fields=["election", "number"], name="candidacy_number_once"),
            models.CheckConstraint(
                condition=Q(number__isnull=True)
                | Q(
                    number__gte=1,
                    number__lte=CANDIDATES_AT_MOST,
                    accepted_at__isnull=False,
                    withdrawn_at__isnull=True,
                ),
                name="candidacy_numbered_stands",
            ),
        ]
        triggers: ClassVar = [
            pgtrigger.Trigger(
                name="candidates_fixed",
                operation=pgtrigger.Insert | pgtrigger.Update,
                when=pgtrigger.Before,
                func=LIST_FIXED,
            ),
            pgtrigger.Protect(name="candidacy_kept", operation=pgtrigger.Delete),
        ]

    def __str__(self) -> str:
        return f"{self.person} in {self.election_id}"

    @property
    def stands(self) -> bool:
        """Whether the person stands."""
        return self.accepted_at is not None and self.withdrawn_at is None

    @property
    def waits(self) -> bool:
        """Whether the person was asked and has not answered."""
        return self.accepted_at is None and self.withdrawn_at is None
