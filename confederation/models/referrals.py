"""Referrals: one question of a confederation, asked of every base body below it, and what each of them says."""

from datetime import datetime
from typing import ClassVar, Self

import pgtrigger
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from confederation.rules.matters import Right
from confederation.rules.positions import Own, Said
from core.models import Accord, Body, Charter, Mandate, Proposal
from core.rules.counting import Outcome
from core.rules.positions import Rule
from core.rules.shares import Share
from core.rules.terms import Matter, VoteTerms

from .bodies import Ceded, Seat

OF_A_CONFEDERATION = """
    IF NOT EXISTS (
        SELECT FROM core_proposal p JOIN core_body b ON b.id = p.body_id AND b.kind = 'confederation'
        WHERE p.id = NEW.proposal_id
    ) THEN RAISE EXCEPTION 'a confederation decides by referral'; END IF;
    IF NEW.ceded_id IS NOT NULL AND NOT EXISTS (
        SELECT FROM confederation_ceded c JOIN core_proposal p ON p.body_id = c.confederation_id
        WHERE c.id = NEW.ceded_id AND p.id = NEW.proposal_id
    ) THEN RAISE EXCEPTION 'a matter that was ceded to it'; END IF;
    RETURN NEW;
"""


class ReferralQuerySet(models.QuerySet["Referral"]):
    """Filters for referrals."""

    def open(self) -> Self:
        """Asked, and not counted at the top."""
        return self.filter(asked_at__isnull=False, counted_at__isnull=True)

    def waiting(self) -> Self:
        """Not asked yet: it waits for its turn."""
        return self.filter(asked_at__isnull=True, counted_at__isnull=True)


class Referral(models.Model):
    """What a proposal of a confederation needs besides: how it came, what it is about, and its way down and up.

    `asked_at` is when the bodies to be asked were frozen. When the top is counted, an adopted one waits until
    `in_force_from`, and may be called down meanwhile. The proposal closes when it is final.
    """

    proposal = models.OneToOneField(Proposal, on_delete=models.PROTECT, related_name="referral")
    matter = models.CharField(max_length=10, choices=[(m.value, m.value) for m in Matter])
    ceded = models.ForeignKey(Ceded, on_delete=models.PROTECT, null=True, blank=True, related_name="referrals")
    right = models.CharField(max_length=5, choices=[(r.value, r.value) for r in Right], blank=True)
    from_body = models.ForeignKey(Body, on_delete=models.PROTECT, null=True, blank=True, related_name="forwarded")
    asked_at = models.DateTimeField(null=True, blank=True)
    base_closes_at = models.DateTimeField(null=True, blank=True)
    spread_at = models.DateTimeField(null=True, blank=True)
    counted_at = models.DateTimeField(null=True, blank=True)
    outcome = models.CharField(max_length=11, blank=True)
    narrow = models.BooleanField(default=False)
    people = models.PositiveIntegerField(null=True, blank=True)
    in_force_from = models.DateTimeField(null=True, blank=True)
    called_down_at = models.DateTimeField(null=True, blank=True)

    objects: ClassVar = ReferralQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(asked_at__isnull=True, base_closes_at__isnull=True)
                | Q(asked_at__isnull=False, base_closes_at__gt=F("asked_at")),
                name="referral_asked_until",
            ),
            models.CheckConstraint(
                condition=Q(counted_at__isnull=True, outcome="")
                | (Q(counted_at__isnull=False) & Q(outcome__in=[o.value for o in Outcome])),
                name="referral_counted_has_an_outcome",
            ),
            models.CheckConstraint(
                condition=Q(called_down_at__isnull=True) | Q(in_force_from__isnull=False),
                name="referral_called_down_was_adopted",
            ),
            models.CheckConstraint(condition=Q(matter__in=[m.value for m in Matter]), name="referral_matter_known"),
        ]
        triggers: ClassVar = [
            pgtrigger.Trigger(
                name="of_a_confederation",
                operation=pgtrigger.Insert | pgtrigger.Update,
                when=pgtrigger.Before,
                func=OF_A_CONFEDERATION,
            )
        ]

    def __str__(self) -> str:
        return f"referral {self.pk}"

    def get_absolute_url(self) -> str:
        """Its page."""
        return reverse("confederation:referral-detail", args=[self.pk])


# A position is said once; what a base body says is what it has decided, but for the two exceptions that have rows of
# their own (invariant 11).
SAID_ONCE = """
    IF (NEW.referral_id, NEW.body_id, NEW.above_id, NEW.level, NEW.closes_at, NEW.seat_id, NEW.counts, NEW.bodies,
        NEW.rule, NEW.charter_id)
        IS DISTINCT FROM (OLD.referral_id, OLD.body_id, OLD.above_id, OLD.level, OLD.closes_at, OLD.seat_id, OLD.counts,
        OLD.bodies, OLD.rule, OLD.charter_id)
        OR OLD.proposal_id IS NOT NULL AND NEW.proposal_id IS DISTINCT FROM OLD.proposal_id
    THEN RAISE EXCEPTION 'whom a referral asks never changes'; END IF;
    IF OLD.decided_at IS NOT NULL AND (NEW.said, NEW.home, NEW.decided_at, NEW.tally)
        IS DISTINCT FROM (OLD.said, OLD.home, OLD.decided_at, OLD.tally)
    THEN RAISE EXCEPTION 'what a body has said stands'; END IF;
    RETURN NEW;
"""
AS_DECIDED_AT_HOME = """
    IF NEW.level = 0 AND NEW.home <> 'none' AND NOT EXISTS (
        SELECT FROM core_proposal p WHERE p.id = NEW.proposal_id AND p.body_id = NEW.body_id
        AND p.stage = CASE NEW.home WHEN 'agree' THEN 'adopted' WHEN 'disagree' THEN 'not_adopted' END
    ) THEN RAISE EXCEPTION 'what a body says is what it has decided'; END IF;
    IF NEW.said IS DISTINCT FROM NEW.home AND NOT EXISTS (
        SELECT FROM confederation_ownword w JOIN core_proposal p ON p.id = w.proposal_id AND p.stage = 'adopted'
        WHERE w.station_id = NEW.id AND w.says = NEW.said
    ) AND NOT EXISTS (
        SELECT FROM confederation_deviation d WHERE d.station_id = NEW.id AND d.says = NEW.said
    ) THEN RAISE EXCEPTION 'a bound delegate says what home has decided'; END IF;
    RETURN NEW;
"""


class StationQuerySet(models.QuerySet["Station"]):
    """Filters for stations."""

    def base(self) -> Self:
        """The bodies that are asked."""
        return self.filter(level=0)

    def to_ask(self) -> Self:
        """Base bodies that were not asked yet."""
        return self.base().filter(proposal__isnull=True, decided_at__isnull=True)

    def open(self) -> Self:
        """Those that have not said anything yet."""
        return self.filter(decided_at__isnull=True)

    def due(self, at: datetime) -> Self:
        """Open, and past their closing time."""
        return self.open().filter(closes_at__lte=at)


class Station(models.Model):
    """One body on the way of a referral, frozen when it was asked: a base body (level 0), or a confederation, which
    says what it decides by its bodies' positions. Each body has one row, so that each is asked and counted once; no
    two bodies share one.

    `home` is what the body itself has decided; `said` is what counts above: the same, but for an own word (block, stand
    aside) or the deviation of a free delegate. `counts` is whether it counts above; observers do not. `tally` is that
    of its decision: in a base body the ballots by position, in a confederation its bodies by `Said`. `people` are the
    ballots at the base below it, by position, with the electors as `roll`.
    """

    referral = models.ForeignKey(Referral, on_delete=models.PROTECT, related_name="stations")
    body = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="stations")
    above = models.ForeignKey("self", on_delete=models.PROTECT, null=True, blank=True, related_name="below")
    seat = models.ForeignKey(Seat, on_delete=models.PROTECT, null=True, blank=True, related_name="stations")
    level = models.PositiveSmallIntegerField()
    counts = models.BooleanField(default=True)
    closes_at = models.DateTimeField()
    proposal = models.OneToOneField(Proposal, on_delete=models.PROTECT, null=True, blank=True, related_name="station")

    charter = models.ForeignKey(Charter, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    rule = models.CharField(max_length=13, choices=[(r.value, r.value) for r in Rule], blank=True)
    bodies = models.PositiveIntegerField(default=0)
    quorum_num = models.PositiveSmallIntegerField(default=0)
    quorum_den = models.PositiveSmallIntegerField(default=1)
    agreement_num = models.PositiveSmallIntegerField(default=0)
    agreement_den = models.PositiveSmallIntegerField(default=1)
    asides_num = models.PositiveSmallIntegerField(default=0)
    asides_den = models.PositiveSmallIntegerField(default=1)

    home = models.CharField(max_length=8, choices=[(s.value, s.value) for s in Said], blank=True)
    said = models.CharField(max_length=8, choices=[(s.value, s.value) for s in Said], blank=True)
    reason = models.CharField(max_length=30, blank=True)
    decided_at = models.DateTimeField(null=True, blank=True)
    tally = models.JSONField(null=True, blank=True)
    people = models.JSONField(null=True, blank=True)

    objects: ClassVar = StationQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["referral", "body"], name="station_body_once"),
            models.UniqueConstraint(fields=["referral"], condition=Q(above__isnull=True), name="station_top_once"),
            models.CheckConstraint(
                condition=Q(level=0, rule="", charter__isnull=True)
                | (Q(level__gt=0, proposal__isnull=True, charter__isnull=False) & ~Q(rule="")),
                name="station_base_or_confederation",
            ),
            models.CheckConstraint(
                condition=Q(decided_at__isnull=True, home="", said="")
                | (Q(decided_at__isnull=False) & Q(said__in=[s.value for s in Said]) & ~Q(home="")),
                name="station_decided_has_said",
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["closes_at", "level"], condition=Q(decided_at__isnull=True), name="station_due"),
            models.Index(fields=["above", "said"], name="station_above"),
        ]
        triggers: ClassVar = [
            pgtrigger.Trigger(name="said_once", operation=pgtrigger.Update, when=pgtrigger.Before, func=SAID_ONCE),
            pgtrigger.Trigger(
                name="as_decided_at_home",
                operation=pgtrigger.Update,
                when=pgtrigger.Before,
                condition=pgtrigger.Q(old__decided_at__isnull=True, new__decided_at__isnull=False),
                func=AS_DECIDED_AT_HOME,
            ),
        ]

    def __str__(self) -> str:
        return f"{self.body_id} in {self.referral_id}"

    @property
    def terms(self) -> VoteTerms:
        """How a confederation decides here, as the rules take it. Of a base body there are none."""
        return VoteTerms(
            rule=Rule(self.rule),
            roll_size=self.bodies,
            quorum=Share(self.quorum_num, self.quorum_den),
            agreement=Share(self.agreement_num, self.agreement_den),
            asides=Share(self.asides_num, self.asides_den),
        )


class OwnWord(models.Model):
    """A body's own decision to block above, or to stand aside, beside its answer to the question."""

    station = models.ForeignKey(Station, on_delete=models.PROTECT, related_name="own_words")
    proposal = models.OneToOneField(Proposal, on_delete=models.PROTECT, related_name="own_word")
    says = models.CharField(_("what we say above"), max_length=8, choices=[(o.value, o.value) for o in Own])

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(says__in=[o.value for o in Own]), name="own_word_known")
        ]

    def __str__(self) -> str:
        return f"{self.station_id} says {self.says}"


# Only who was sent free, by the body itself, to this seat, and is in force, and only before the level above closes.
BY_A_FREE_DELEGATE = """
    IF NOT EXISTS (
        SELECT FROM confederation_station s JOIN confederation_station up ON up.id = s.above_id
        JOIN confederation_delegation d ON d.seat_id = s.seat_id AND NOT d.bound
        JOIN core_mandate m ON m.granted_by_id = d.proposal_id AND m.id = NEW.mandate_id
        WHERE s.id = NEW.station_id AND m.ended_at IS NULL AND m.ends_at > folkmoot_now()
        AND up.decided_at IS NULL AND up.closes_at > folkmoot_now()
    ) THEN RAISE EXCEPTION 'a bound delegate says what home has decided'; END IF;
    RETURN NEW;
"""


class Deviation(models.Model):
    """A free delegate says something else than home, and why. Home is told at once; if the mandate ends before the
    level closes, home's own position counts.
    """

    station = models.OneToOneField(Station, on_delete=models.PROTECT, related_name="deviation")
    mandate = models.ForeignKey(Mandate, on_delete=models.PROTECT, related_name="deviations")
    says = models.CharField(_("what you say"), max_length=8, choices=[(s.value, s.value) for s in Said])
    reason = models.TextField(_("why"), max_length=2000)
    at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=~Q(reason=""), name="deviation_says_why"),
            models.CheckConstraint(condition=Q(says__in=["agree", "disagree", "aside"]), name="deviation_known"),
        ]
        triggers: ClassVar = [
            pgtrigger.Trigger(
                name="by_a_free_delegate",
                operation=pgtrigger.Insert | pgtrigger.Update,
                when=pgtrigger.Before,
                func=BY_A_FREE_DELEGATE,
            )
        ]

    def __str__(self) -> str:
        return f"{self.mandate_id} says {self.says}"


class Forward(models.Model):
    """What a body's own proposal puts before a confederation above it, once it is adopted: a decision, a change of the
    charter, a mandate, its recall. `made` is the proposal there.
    """

    class What(models.TextChoices):
        """What it is to decide there; also the kind of the proposal it makes."""

        DECISION = "decision", _("a decision")
        RECALL = "recall", _("the recall of a mandate")
        MANDATE = "mandate", _("a mandate")
        CEDE = "cede", _("a matter to cede")
        TAKE_BACK = "take_back", _("a matter to take back")
        DISSOLUTION = "dissolution", _("the end of the confederation")
        CONFEDERATE = "confederate", _("that it founds a confederation with others")
        JOIN = "join", _("that it joins a confederation")
        LEAVE = "leave_above", _("that it leaves a confederation")

    proposal = models.OneToOneField(Proposal, on_delete=models.PROTECT, related_name="forwards")
    confederation = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="+")
    what = models.CharField(max_length=11, choices=What, default=What.DECISION)
    ceded = models.ForeignKey(Ceded, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    right = models.CharField(max_length=5, choices=[(r.value, r.value) for r in Right], blank=True)
    mandate = models.ForeignKey(Mandate, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    accord = models.OneToOneField(Accord, on_delete=models.PROTECT, null=True, blank=True, related_name="forward")
    seat = models.ForeignKey(Seat, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    days = models.PositiveSmallIntegerField(_("for how many days the bodies are asked"), default=14)
    made = models.OneToOneField(Proposal, on_delete=models.PROTECT, null=True, blank=True, related_name="forwarded_by")

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(days__gte=14, days__lte=60), name="forward_days_in_range"),
            models.CheckConstraint(
                condition=Q(what="recall", mandate__isnull=False) | (~Q(what="recall") & Q(mandate__isnull=True)),
                name="forward_recalls_a_mandate",
            ),
            models.CheckConstraint(
                condition=Q(what__in=["confederate", "join"], accord__isnull=False)
                | (~Q(what__in=["confederate", "join"]) & Q(accord__isnull=True)),
                name="forward_of_an_accord",
            ),
            models.CheckConstraint(
                condition=Q(what="leave_above", seat__isnull=False) | (~Q(what="leave_above") & Q(seat__isnull=True)),
                name="forward_leaves_a_seat",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.proposal_id} to {self.confederation_id}"

    @property
    def offer_path(self) -> str:
        """The page on which somebody of another body is asked to hold the mandate."""
        return reverse("confederation:offer-detail", args=[self.pk])
