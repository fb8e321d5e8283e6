"""Votes: one opening of a proposal, with its frozen roll, its ballots and its tally."""

from datetime import datetime
from typing import Any, ClassVar, Self

import pgtrigger
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from core.rules.counting import Outcome
from core.rules.entering import TO_CONTEST
from core.rules.positions import ELECTIONS, Position, Way
from core.rules.positions import Rule as RuleName
from core.rules.secrecy import SECRET_AT_LEAST
from core.rules.shares import Share
from core.rules.terms import Matter, VoteTerms

from .bodies import Membership
from .charters import Charter
from .hosts import NONE_WHILE_SUSPENDED
from .people import Person
from .proposals import Proposal, TextVersion
from .records import never_emptied
from .vote_guards import (
    BALLOT_IN_TIME,
    HAS_ITS_KEY,
    ROLL_GROWS_ONLY_AT_OPENING,
    ROLL_ONLY_MARKED,
    VOTE_FIXED,
    marks_equal_boxes,
)

ELECTED_BY = sorted(rule.value for rule in ELECTIONS)
HAS_A_SEED = ~Q(seed="") & ~Q(seed_hash="")


class VoteQuerySet(models.QuerySet["Vote"]):
    """Filters for votes."""

    def open(self) -> Self:
        """Not counted yet; may be past its closing time."""
        return self.filter(counted_at__isnull=True)

    def due(self, at: datetime) -> Self:
        """Past their closing time and not counted."""
        return self.open().filter(closes_at__lte=at)

    def without_lists(self) -> Self:
        """For pages that show many votes: the list of a secret one is as long as its roll."""
        return self.defer("listed")

    def to_close(self, at: datetime) -> Self:
        """Those that are due, and secret ones whose key was lost: they begin anew."""
        return self.due(at) | self.open().filter(key__lost_at__isnull=False)


class Vote(models.Model):
    """One opening of a proposal: text, charter, rule, roll, window, ballots, tally. All but the tally is fixed."""

    proposal = models.ForeignKey(Proposal, on_delete=models.PROTECT, related_name="votes")
    number = models.PositiveSmallIntegerField()
    matter = models.CharField(max_length=10, choices=[(m.value, m.value) for m in Matter])
    rule = models.CharField(max_length=13, choices=[(r.value, r.value) for r in RuleName])
    charter = models.ForeignKey(Charter, on_delete=models.PROTECT, related_name="votes")
    text = models.ForeignKey(TextVersion, on_delete=models.PROTECT, related_name="votes")
    second_call = models.BooleanField(default=False)
    secret = models.BooleanField(default=False, db_default=False)
    codes = models.BooleanField(default=False, db_default=False)
    opened_at = models.DateTimeField()
    closes_at = models.DateTimeField()
    meets_until = models.DateTimeField(null=True, blank=True)
    quorum_num = models.PositiveSmallIntegerField()
    quorum_den = models.PositiveSmallIntegerField()
    agreement_num = models.PositiveSmallIntegerField()
    agreement_den = models.PositiveSmallIntegerField()
    asides_num = models.PositiveSmallIntegerField()
    asides_den = models.PositiveSmallIntegerField()
    seats = models.PositiveSmallIntegerField(null=True, blank=True)
    other_texts = models.PositiveSmallIntegerField(default=0, db_default=0)
    seed_hash = models.CharField(max_length=64, blank=True, default="", db_default="")
    seed = models.CharField(max_length=64, blank=True, default="", db_default="")
    roll_size = models.PositiveIntegerField(null=True, blank=True)
    reminded_at = models.DateTimeField(null=True, blank=True)
    counted_at = models.DateTimeField(null=True, blank=True)
    outcome = models.CharField(max_length=11, blank=True)
    reason = models.CharField(max_length=30, blank=True)
    tally = models.JSONField(null=True, blank=True)
    first = models.PositiveSmallIntegerField(null=True, blank=True)
    marks = models.JSONField(null=True, blank=True)
    ballots_root = models.CharField(max_length=64, blank=True)
    listed = models.JSONField(null=True, blank=True)

    objects: ClassVar = VoteQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["proposal", "number"], name="vote_number_once"),
            models.UniqueConstraint(fields=["proposal"], condition=Q(counted_at__isnull=True), name="vote_open_once"),
            models.CheckConstraint(condition=Q(closes_at__gt=F("opened_at")), name="vote_closes_later"),
            models.CheckConstraint(
                condition=Q(meets_until__isnull=True)
                | Q(secret=False, meets_until__isnull=False, closes_at__gte=F("meets_until") + TO_CONTEST),
                name="vote_closes_a_day_after_its_meeting",
            ),
            models.CheckConstraint(
                condition=Q(counted_at__isnull=True, outcome="", tally__isnull=True)
                | (Q(counted_at__isnull=False, tally__isnull=False) & ~Q(outcome="") & ~Q(reason="")),
                name="vote_counted_has_a_tally",
            ),
            models.CheckConstraint(
                condition=Q(secret=False) | Q(roll_size__isnull=True) | Q(roll_size__gte=SECRET_AT_LEAST),
                name="vote_secret_from_seven",
            ),
            models.CheckConstraint(condition=Q(secret=True) | Q(codes=False), name="vote_codes_only_if_secret"),
            models.CheckConstraint(
                condition=Q(listed__isnull=True) | Q(secret=True, counted_at__isnull=False),
                name="vote_list_only_if_secret",
            ),
            models.CheckConstraint(condition=Q(rule__in=[r.value for r in RuleName]), name="vote_rule_known"),
            models.CheckConstraint(
                condition=(Q(rule__in=ELECTED_BY, seats__gte=1, seats__isnull=False, other_texts=0) & HAS_A_SEED)
                | (~Q(rule__in=ELECTED_BY) & Q(seats__isnull=True, seed="", seed_hash="", other_texts=0))
                | (~Q(rule__in=ELECTED_BY) & Q(seats__isnull=True, secret=False, other_texts__gte=1) & HAS_A_SEED),
                name="vote_election_has_seats_and_a_seed",
            ),
            models.CheckConstraint(
                condition=Q(first__isnull=True, marks__isnull=True)
                & (Q(other_texts=0) | Q(counted_at__isnull=True) | Q(outcome__in=["overtaken", "void"]))
                | Q(first__isnull=False, marks__isnull=False, counted_at__isnull=False)
                & Q(first__gte=1, first__lte=F("other_texts") + 1, other_texts__gte=1),
                name="vote_first_of_its_texts",
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["closes_at"], condition=Q(counted_at__isnull=True), name="vote_due"),
        ]
        triggers: ClassVar = [
            pgtrigger.Trigger(name="vote_fixed", operation=pgtrigger.Update, when=pgtrigger.Before, func=VOTE_FIXED),
            pgtrigger.Trigger(
                name="secret_has_its_key",
                operation=pgtrigger.Insert,
                when=pgtrigger.After,
                timing=pgtrigger.Deferred,
                func=HAS_ITS_KEY,
            ),
            pgtrigger.Trigger(
                name="none_while_suspended",
                operation=pgtrigger.Insert,
                when=pgtrigger.Before,
                condition=pgtrigger.Q(new__number=1),
                func=NONE_WHILE_SUSPENDED,
            ),
            pgtrigger.Protect(name="vote_kept", operation=pgtrigger.Delete),
        ]

    def __str__(self) -> str:
        return f"vote {self.number} on {self.proposal_id}"

    def is_open(self, at: datetime) -> bool:
        """Whether ballots are accepted at that moment."""
        return self.counted_at is None and self.closes_at > at

    @property
    def is_election(self) -> bool:
        """Whether its ballots choose among candidates."""
        return self.rule in ELECTIONS

    @property
    def has_alternatives(self) -> bool:
        """Whether it decides between several texts."""
        return self.other_texts > 0

    @property
    def seed_shown(self) -> str:
        """The seed of its lots; nothing before the count."""
        return self.seed if self.counted_at is not None else ""

    @property
    def counts(self) -> dict[Position, int]:
        """The stored tally by position (on the first of several texts); of an election, how many chose."""
        tally = self.tally or {}
        if self.is_election:
            return {Position.CHOSEN: tally.get("ballots", 0)}
        return {Position(name): count for name, count in tally.items()}

    @property
    def tells_counts(self) -> bool:
        """Whether a counted vote tells more than its outcome: a secret one with very few ballots does not."""
        counted = (self.tally or {}).keys() - {"elected"}  # who is elected is the outcome
        return not self.secret or bool(counted) or self.outcome in (Outcome.OVERTAKEN, Outcome.VOID)

    @property
    def terms(self) -> VoteTerms:
        """What it opened with, as the rules take it."""
        return VoteTerms(
            rule=RuleName(self.rule),
            roll_size=self.roll_size or 0,
            quorum=Share(self.quorum_num, self.quorum_den),
            agreement=Share(self.agreement_num, self.agreement_den),
            asides=Share(self.asides_num, self.asides_den),
        )


class RollEntryQuerySet(models.QuerySet["RollEntry"]):
    """Filters for rolls."""

    def voted(self) -> Self:
        """Those with a ballot that counts, or with a mark."""
        return self.filter(Q(used=True) | (Q(ballot__isnull=False) & ~Q(ballot__position=Position.STRUCK)))


class RollEntry(models.Model):
    """One elector of one vote. Made when it opens and never changed, but for the mark of a secret vote."""

    vote = models.ForeignKey(Vote, on_delete=models.PROTECT, related_name="roll")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    membership = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="+")
    may_block = models.BooleanField(default=True)
    used = models.BooleanField(default=False, db_default=False)

    objects: ClassVar = RollEntryQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "roll entries"
        constraints: ClassVar = [models.UniqueConstraint(fields=["vote", "person"], name="roll_person_once")]
        triggers: ClassVar = [
            pgtrigger.Trigger(
                name="roll_frozen",
                operation=pgtrigger.Insert,
                when=pgtrigger.Before,
                func=ROLL_GROWS_ONLY_AT_OPENING,
            ),
            pgtrigger.Trigger(
                name="roll_only_marked", operation=pgtrigger.Update, when=pgtrigger.Before, func=ROLL_ONLY_MARKED
            ),
            marks_equal_boxes("mark_has_a_box", pgtrigger.Update),
            pgtrigger.Protect(name="roll_kept", operation=pgtrigger.Delete),
        ]

    def __str__(self) -> str:
        return f"{self.person_id} on the roll of {self.vote_id}"


class BallotQuerySet(models.QuerySet["Ballot"]):
    """Filters for ballots."""

    def counted(self) -> Self:
        """All but those that were entered by others and struck out by their electors."""
        return self.exclude(position=Position.STRUCK)


class Ballot(models.Model):
    """One elector's position in an open vote, or choice among candidates; it can be changed until the close.

    Where a vote has several texts, the choice is those marked, the position what is said if another comes first.
    """

    vote = models.ForeignKey(Vote, on_delete=models.PROTECT, related_name="ballots")
    roll = models.OneToOneField(RollEntry, on_delete=models.PROTECT, related_name="ballot")
    position = models.CharField(_("position"), max_length=12, choices=[(p.value, p.value) for p in Position])
    choice = models.CharField(max_length=200, blank=True, default="", db_default="")
    reason = models.TextField(_("why"), max_length=2000, blank=True)
    cast_at = models.DateTimeField()
    changed_at = models.DateTimeField()
    change_no = models.PositiveIntegerField(default=1)
    way = models.CharField(max_length=7, choices=[(w.value, w.value) for w in Way], default=Way.OWN, db_default="own")
    nonce = models.BinaryField(max_length=32)
    leaf = models.CharField(max_length=64)

    objects: ClassVar = BallotQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(position__in=[p.value for p in Position]), name="ballot_position_known"),
            models.CheckConstraint(
                condition=~Q(position=Position.BLOCK.value) | ~Q(reason=""), name="ballot_block_has_a_reason"
            ),
            models.CheckConstraint(
                condition=~Q(position=Position.CHOSEN.value) | ~Q(choice=""),
                name="ballot_chosen_has_a_choice",
            ),
            models.CheckConstraint(condition=Q(way__in=[w.value for w in Way]), name="ballot_way_known"),
            models.CheckConstraint(
                condition=~Q(position=Position.STRUCK.value) | Q(way=Way.OWN.value, reason=""),
                name="ballot_struck_by_its_elector",
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["vote", "position"], name="ballot_tally"),
            models.Index(fields=["changed_at"], name="ballot_changed"),  # by which the signer finds what is new
        ]
        triggers: ClassVar = [
            pgtrigger.Trigger(
                name="ballot_in_time",
                operation=pgtrigger.Insert | pgtrigger.Update,
                when=pgtrigger.Before,
                declare=[("others", "smallint")],
                func=BALLOT_IN_TIME,
            ),
            pgtrigger.Protect(name="ballot_kept", operation=pgtrigger.Delete),
            never_emptied("ballots_never_emptied"),
        ]

    def __str__(self) -> str:
        return f"ballot {self.pk}"

    def as_leaf(self, label: str) -> dict[str, Any]:
        """What its leaf in the Merkle tree commits to; of choice and way those that say something."""
        more = {"choice": self.choice} if self.choice else {}
        if self.way != Way.OWN:
            more["way"] = self.way
        return {"vote": self.vote_id, "who": label, "position": self.position, "change": self.change_no, **more}
