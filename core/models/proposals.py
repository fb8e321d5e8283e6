"""Proposals: anything a body decides, with its text versions, tasks and place in the register."""

from typing import ClassVar, Self

import pgtrigger
from django.apps import apps
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from .bodies import Application, Body, Membership
from .charters import Charter
from .fields import LineField
from .people import Person
from .reading import read_by

TEXT_MAX = 20_000


class Stage(models.TextChoices):
    """Where a proposal is. An idea is its author's draft: nobody else reads it."""

    IDEA = "idea", _("idea")
    DISCUSSION = "discussion", _("discussion")
    VOTING = "voting", _("voting")
    ROUND = "round", _("round of talks")
    ADOPTED = "adopted", _("adopted")
    NOT_ADOPTED = "not_adopted", _("not adopted")
    BLOCKED = "blocked", _("blocked")
    NO_QUORUM = "no_quorum", _("no quorum")
    OVERTAKEN = "overtaken", _("overtaken")
    VOID = "void", _("void")
    WITHDRAWN = "withdrawn", _("withdrawn")


LIVE = (Stage.IDEA, Stage.DISCUSSION, Stage.VOTING, Stage.ROUND)
CLOSED = (
    Stage.ADOPTED,
    Stage.NOT_ADOPTED,
    Stage.BLOCKED,
    Stage.NO_QUORUM,
    Stage.OVERTAKEN,
    Stage.VOID,
    Stage.WITHDRAWN,
)
OUTCOMES = {Stage.ADOPTED, Stage.NOT_ADOPTED, Stage.BLOCKED, Stage.NO_QUORUM, Stage.OVERTAKEN, Stage.VOID}

STEPS: dict[str, set[str]] = {
    Stage.IDEA: {Stage.DISCUSSION, Stage.WITHDRAWN, Stage.VOTING},
    Stage.DISCUSSION: {Stage.VOTING, Stage.WITHDRAWN, Stage.OVERTAKEN},
    Stage.VOTING: {Stage.VOTING, Stage.ROUND, *OUTCOMES},
    Stage.ROUND: {Stage.VOTING, Stage.OVERTAKEN},
}


def only_for(kind: str, field: str) -> models.CheckConstraint:
    """A field that one kind must have and all others must not."""
    return models.CheckConstraint(
        condition=Q(**{"kind": kind, f"{field}__isnull": False}) | (~Q(kind=kind) & Q(**{f"{field}__isnull": True})),
        name=f"proposal_{field}_only_for_{kind}",
    )


NEVER_SHOWN = Q(stage=Stage.IDEA) | Q(stage=Stage.WITHDRAWN, discussion_at__isnull=True)
"""Ideas, also those taken back before they were put up: only their authors read them."""


class ProposalQuerySet(models.QuerySet["Proposal"]):
    """Filters for proposals."""

    def visible_to(self, person: Person | None) -> Self:
        """Readers see all but other people's ideas; the removed see votes still open to them, and their own case."""
        if person is None or not person.is_authenticated:
            return self.none()
        mine = Membership.objects.filter(person=person)
        rolls = apps.get_model("core", "RollEntry").objects.filter(person=person, vote__counted_at__isnull=True)
        asked = rolls.filter(membership__ending=Membership.Ending.REMOVED).values("vote__proposal")
        concerned = Q(subject__in=mine.values("pk")) | Q(appeals__subject__in=mine.values("pk"))
        seen = read_by(person) | Q(pk__in=asked) | concerned
        return self.filter(seen).filter(~NEVER_SHOWN | Q(author=person))

    def in_force(self) -> Self:
        """The register: adopted, standing, not ended."""
        return self.filter(stage=Stage.ADOPTED, stands=True, ended_at__isnull=True)

    def live(self) -> Self:
        """Not closed."""
        return self.filter(stage__in=LIVE)


class Proposal(models.Model):
    """Anything a body decides. Its kind says what adoption does (core.registry)."""

    class Effect(models.TextChoices):
        """What became of the effect of an adopted proposal."""

        NONE = "", _("nothing to be done by itself")
        DONE = "done", _("carried out")
        FAILED = "failed", _("adopted, could not be carried out")

    class Ending(models.TextChoices):
        """How a decision in force ended."""

        REPLACED = "replaced", _("replaced by a later decision")
        ENDED = "ended", _("ended by a later decision")
        REVIEWED = "reviewed", _("not kept at its review")
        NOT_CONFIRMED = "not_confirmed", _("urgent, and not confirmed")
        FELL = "fell", _("it took other bodies too, and came to nothing")

    body = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="proposals")
    kind = models.CharField(max_length=30)
    author = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, blank=True, related_name="proposals")
    stage = models.CharField(max_length=11, choices=Stage, default=Stage.IDEA)
    title = LineField(_("title"), max_length=120)
    created_at = models.DateTimeField()
    discussion_at = models.DateTimeField(null=True, blank=True)
    waived_at = models.DateTimeField(null=True, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)
    urgent = models.BooleanField(_("urgent"), default=False)
    sum = models.PositiveIntegerField(_("what it costs"), default=0)
    round_no = models.PositiveSmallIntegerField(default=0)
    round_ends_at = models.DateTimeField(null=True, blank=True)
    review_on = models.DateField(_("look at it again on"), null=True, blank=True)
    effect = models.CharField(max_length=6, choices=Effect, default=Effect.NONE, blank=True)
    effect_problem = models.CharField(max_length=300, blank=True)
    stands = models.BooleanField(default=False)
    ended_at = models.DateTimeField(null=True, blank=True)
    ending = models.CharField(max_length=13, choices=Ending, blank=True)

    mandate = models.ForeignKey("core.Mandate", on_delete=models.PROTECT, null=True, blank=True, related_name="recalls")
    subject = models.ForeignKey(Membership, on_delete=models.PROTECT, null=True, blank=True, related_name="removals")
    application = models.ForeignKey(
        Application, on_delete=models.PROTECT, null=True, blank=True, related_name="proposals"
    )
    charter = models.ForeignKey(Charter, on_delete=models.PROTECT, null=True, blank=True, related_name="proposals")
    replaces = models.ForeignKey("self", on_delete=models.PROTECT, null=True, blank=True, related_name="replaced_by")
    confirms = models.OneToOneField(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="confirmation"
    )
    reviews = models.ForeignKey("self", on_delete=models.PROTECT, null=True, blank=True, related_name="reviewed_by")
    asks = models.ForeignKey("core.Affected", on_delete=models.PROTECT, null=True, blank=True, related_name="requests")
    appeals = models.OneToOneField("self", on_delete=models.PROTECT, null=True, blank=True, related_name="appeal")

    objects: ClassVar = ProposalQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=~Q(title=""), name="proposal_has_a_title"),
            models.CheckConstraint(condition=Q(stage__in=Stage.values), name="proposal_stage_known"),
            models.CheckConstraint(
                condition=(Q(stage__in=LIVE) & Q(closed_at__isnull=True))
                | (Q(stage__in=CLOSED) & Q(closed_at__isnull=False)),
                name="proposal_closed_has_a_date",
            ),
            models.CheckConstraint(
                condition=Q(stage__in=[Stage.IDEA, Stage.WITHDRAWN]) | Q(discussion_at__isnull=False),
                name="proposal_talked_over_since",
            ),
            models.CheckConstraint(
                condition=Q(waived_at__isnull=True) | Q(discussion_at__isnull=False, waived_at__gte=F("discussion_at")),
                name="proposal_waived_after_it_was_put_up",
            ),
            models.CheckConstraint(
                condition=~Q(stage=Stage.ROUND) | (Q(round_ends_at__isnull=False) & Q(round_no__gt=0)),
                name="proposal_round_has_an_end",
            ),
            models.CheckConstraint(
                condition=Q(ended_at__isnull=True, ending="")
                | (Q(ended_at__isnull=False, stage=Stage.ADOPTED, stands=True) & ~Q(ending="")),
                name="proposal_end_has_a_way",
            ),
            models.CheckConstraint(
                condition=Q(effect="") | Q(stage=Stage.ADOPTED), name="proposal_effect_after_adoption"
            ),
            models.CheckConstraint(
                condition=Q(effect="failed") & ~Q(effect_problem="") | ~Q(effect="failed") & Q(effect_problem=""),
                name="proposal_failure_has_a_reason",
            ),
            only_for("recall", "mandate"),
            only_for("removal", "subject"),
            only_for("admission", "application"),
            only_for("charter", "charter"),
            only_for("review", "reviews"),
            only_for("appeal", "appeals"),
            only_for("joint", "asks"),
            models.CheckConstraint(
                condition=Q(urgent=False) | Q(kind="decision"), name="proposal_urgent_only_for_decision"
            ),
            models.UniqueConstraint(
                fields=["mandate"], condition=Q(kind="recall", stage="voting"), name="recall_open_once"
            ),
            models.UniqueConstraint(
                fields=["subject"],
                condition=Q(kind="removal", stage__in=["discussion", "voting"]),
                name="removal_open_once",
            ),
            models.UniqueConstraint(
                fields=["application"],
                condition=Q(kind="admission", stage__in=["discussion", "voting", "round"]),
                name="admission_open_once",
            ),
            models.UniqueConstraint(
                fields=["reviews"],
                condition=Q(kind="review", stage__in=["discussion", "voting", "round"]),
                name="review_open_once",
            ),
            models.UniqueConstraint(
                fields=["asks"],
                condition=Q(kind="joint", stage__in=["discussion", "voting", "round"]),
                name="joint_open_once",
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["body", "stage", "-created_at"], name="proposal_of_body"),
            models.Index(
                fields=["body", "-closed_at"],
                condition=Q(stage="adopted", stands=True, ended_at__isnull=True),
                name="proposal_register",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        """Its page."""
        return reverse("core:proposal-detail", args=[self.pk])

    @property
    def is_live(self) -> bool:
        """Whether it is not closed."""
        return self.stage in LIVE

    @property
    def opens_by_clock(self) -> bool:
        """Reviews, and confirmations of urgent decisions, are opened by the clock."""
        return self.kind == "review" or self.confirms_id is not None


DRAFTS_ONLY = """
    IF TG_OP = 'UPDATE' AND NEW.proposal_id = OLD.proposal_id
        AND EXISTS (SELECT 1 FROM core_proposal WHERE id = OLD.proposal_id AND stage = 'idea') THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION 'text_fixed: a text that others have read is never changed';
"""


class TextVersion(models.Model):
    """One version of a proposal's text. A vote decides on exactly one. A draft that only its author reads is rewritten
    in place, so that putting it up shows nothing of what it was before.
    """

    proposal = models.ForeignKey(Proposal, on_delete=models.PROTECT, related_name="texts")
    number = models.PositiveIntegerField()
    title = LineField(max_length=120)
    text = models.TextField(max_length=TEXT_MAX)
    author = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["proposal", "number"], name="text_number_once"),
            models.CheckConstraint(condition=~Q(text=""), name="text_not_empty"),
        ]
        triggers: ClassVar = [
            pgtrigger.Trigger(
                name="text_fixed",
                when=pgtrigger.Before,
                operation=pgtrigger.Update | pgtrigger.Delete,
                func=DRAFTS_ONLY,
            )
        ]

    def __str__(self) -> str:
        return f"{self.title} ({self.number})"


class Second(models.Model):
    """A member seconds an urgent proposal: two, and it may skip the discussion."""

    proposal = models.ForeignKey(Proposal, on_delete=models.PROTECT, related_name="seconds")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["proposal", "person"], name="second_once")]

    def __str__(self) -> str:
        return f"second {self.pk}"


class Task(models.Model):
    """Something to do once a proposal is adopted: what, who, by when."""

    proposal = models.ForeignKey(Proposal, on_delete=models.PROTECT, related_name="tasks")
    what = LineField(_("what"), max_length=200)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, blank=True, related_name="tasks")
    due_on = models.DateField(_("by"), null=True, blank=True)
    done_at = models.DateTimeField(null=True, blank=True)
    note = LineField(_("how it went"), max_length=300, blank=True)

    class Meta:
        constraints: ClassVar = [models.CheckConstraint(condition=~Q(what=""), name="task_says_what")]

    def __str__(self) -> str:
        return self.what


class Offer(models.Model):
    """What a proposal to grant a mandate offers: task, limits, term, and the person, who must accept."""

    proposal = models.OneToOneField(Proposal, on_delete=models.PROTECT, related_name="offer")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="offers")
    task = models.TextField(_("the task"), max_length=4000)
    limits = models.TextField(_("the limits"), max_length=2000)
    term_days = models.PositiveSmallIntegerField(_("for how many days"))
    report_days = models.PositiveSmallIntegerField(_("a report every how many days"), null=True, blank=True)
    renews = models.ForeignKey("core.Mandate", on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    accepted_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=~Q(task=""), name="offer_has_a_task"),
            models.CheckConstraint(condition=Q(term_days__gte=1, term_days__lte=730), name="offer_term_in_range"),
            models.CheckConstraint(
                condition=Q(report_days__isnull=True) | Q(report_days__gte=7), name="offer_reports_weekly_at_most"
            ),
        ]

    def __str__(self) -> str:
        return f"offer to {self.person}"
