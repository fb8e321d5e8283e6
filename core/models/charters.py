"""Charters: the versioned purpose, points of unity and decision rules of a body (DESIGN section 3)."""

from typing import Any, ClassVar

import pgtrigger
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from core.rules.charter import CharterNumbers
from core.rules.shares import Share

from .bodies import Body


def within(field: str, low: int, high: int) -> models.CheckConstraint:
    """A number between two ends, both included."""
    return models.CheckConstraint(
        condition=Q(**{f"{field}__gte": low, f"{field}__lte": high}), name=f"charter_{field}_in_range"
    )


def between(name: str, low: Share, high: Share) -> models.CheckConstraint:
    """A share between two shares, compared in integers."""
    part, whole = F(f"{name}_num"), F(f"{name}_den")
    return models.CheckConstraint(
        condition=Q(**{f"{name}_den__gt": 0})
        & models.lookups.GreaterThanOrEqual(part * low.den, whole * low.num)
        & models.lookups.LessThanOrEqual(part * high.den, whole * high.num),
        name=f"charter_{name}_in_range",
    )


def ranged(label: Any, low: int, high: int, default: int) -> "models.IntegerField[int, int]":
    """An integer setting with its range, so that forms and schema know it too."""
    return models.IntegerField(label, default=default, validators=[MinValueValidator(low), MaxValueValidator(high)])


class Charter(models.Model):
    """One version of a body's charter. In force from `in_force_at` until the next version is."""

    class Admission(models.TextChoices):
        """How people come in."""

        OPEN = "open", _("open: whoever is in scope joins")
        VOUCHED = "vouched", _("vouched: two members vouch, others may object")
        PROPOSAL = "proposal", _("by proposal: the body decides on each")

    class AfterRounds(models.TextChoices):
        """What happens when blocks still stand after the last round."""

        NOT_ADOPTED = "not_adopted", _("it is not adopted")
        WEAK = "weak", _("it is decided by weak consensus")

    class Counts(models.TextChoices):
        """Who sees running counts of votes that are not consensus."""

        NOBODY = "nobody", _("nobody before the close")
        MEMBERS = "members", _("members")

    body = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="charters")
    number = models.PositiveIntegerField()
    based_on = models.ForeignKey("self", on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    template = models.CharField(max_length=20, blank=True)
    purpose = models.TextField(_("what we are for"), max_length=4000)
    unity = models.TextField(_("points of unity"), max_length=8000, blank=True)
    drafted_at = models.DateTimeField()
    in_force_at = models.DateTimeField(null=True, blank=True)

    consensus_up_to = ranged(_("consensus up to a roll of"), 3, 150, 50)
    agreement_num = models.PositiveSmallIntegerField(default=4)
    agreement_den = models.PositiveSmallIntegerField(default=5)
    quorum_num = models.PositiveSmallIntegerField(default=1)
    quorum_den = models.PositiveSmallIntegerField(default=2)
    second_quorum_num = models.PositiveSmallIntegerField(default=1)
    second_quorum_den = models.PositiveSmallIntegerField(default=5)
    discussion_days = ranged(_("discussion at least, days"), 3, 30, 3)
    voting_hours = ranged(_("voting window, hours"), 24, 720, 168)
    recall_hours = ranged(_("recall window, hours"), 24, 168, 72)
    asides_num = models.PositiveSmallIntegerField(default=1)
    asides_den = models.PositiveSmallIntegerField(default=4)
    round_days = ranged(_("a round of talks, days"), 3, 30, 14)
    rounds_max = ranged(_("rounds at most"), 1, 6, 3)
    after_rounds = models.CharField(
        _("when a block still stands"), max_length=11, choices=AfterRounds, default=AfterRounds.NOT_ADOPTED
    )
    term_days = ranged(_("mandate at most, days"), 1, 730, 365)
    renewals = ranged(_("renewals in a row"), 0, 3, 1)
    admission = models.CharField(_("admission"), max_length=8, choices=Admission, default=Admission.VOUCHED)
    waiting_days = ranged(_("a new member votes after, days"), 0, 90, 7)
    open_proposals = ranged(_("open proposals per member"), 1, 10, 3)
    counts_visible = models.CharField(_("running counts"), max_length=7, choices=Counts, default=Counts.NOBODY)
    secret_from = models.PositiveSmallIntegerField(
        _("elections, recalls and removals secret from a roll of"),
        null=True,
        blank=True,
        default=7,
        validators=[MinValueValidator(7)],
    )
    minimum_age = models.PositiveSmallIntegerField(_("youngest member, years"), default=16)
    codes = models.BooleanField(_("codes for secret votes"), default=True)
    votes_by_mail = models.BooleanField(_("open votes by a link in the mail"), default=False)
    urgent_sum = models.PositiveIntegerField(_("sum an urgent decision may spend"), default=0)
    time_zone = models.CharField(_("time zone"), max_length=60, default="UTC")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["body", "number"], name="charter_number_once"),
            within("consensus_up_to", 3, 150),
            between("agreement", Share(2, 3), Share(9, 10)),
            between("quorum", Share(1, 5), Share(3, 4)),
            between("second_quorum", Share(1, 5), Share(3, 4)),
            models.CheckConstraint(
                condition=models.lookups.LessThanOrEqual(
                    F("second_quorum_num") * F("quorum_den"), F("quorum_num") * F("second_quorum_den")
                ),
                name="charter_second_quorum_not_above",
            ),
            within("discussion_days", 3, 30),
            within("voting_hours", 24, 720),
            within("recall_hours", 24, 168),
            between("asides", Share(0, 1), Share(1, 2)),
            within("round_days", 3, 30),
            within("rounds_max", 1, 6),
            models.CheckConstraint(
                condition=Q(after_rounds__in=["not_adopted", "weak"]), name="charter_after_rounds_known"
            ),
            within("term_days", 1, 730),
            within("renewals", 0, 3),
            models.CheckConstraint(
                condition=Q(admission__in=["vouched", "proposal"], waiting_days__gte=0)
                | Q(admission="open", waiting_days__gte=14),
                name="charter_admission_and_waiting",
            ),
            within("waiting_days", 0, 90),
            within("open_proposals", 1, 10),
            models.CheckConstraint(condition=Q(counts_visible__in=["nobody", "members"]), name="charter_counts_known"),
            models.CheckConstraint(
                condition=Q(secret_from__isnull=True) | Q(secret_from__gte=7), name="charter_secret_from_seven"
            ),
            models.CheckConstraint(condition=~Q(time_zone=""), name="charter_has_a_time_zone"),
        ]
        triggers: ClassVar = [
            pgtrigger.Trigger(
                name="charter_fixed",
                operation=pgtrigger.Update | pgtrigger.Delete,
                when=pgtrigger.Before,
                condition=pgtrigger.Q(old__in_force_at__isnull=False),
                func="RAISE EXCEPTION 'a charter that was in force never changes';",
            )
        ]

    def __str__(self) -> str:
        return f"{self.body} charter {self.number}"

    @property
    def numbers(self) -> CharterNumbers:
        """Its settings as the rules take them."""
        return CharterNumbers(
            consensus_up_to=self.consensus_up_to,
            agreement=Share(self.agreement_num, self.agreement_den),
            quorum=Share(self.quorum_num, self.quorum_den),
            second_quorum=Share(self.second_quorum_num, self.second_quorum_den),
            discussion_days=self.discussion_days,
            voting_hours=self.voting_hours,
            recall_hours=self.recall_hours,
            asides=Share(self.asides_num, self.asides_den),
            round_days=self.round_days,
            rounds_max=self.rounds_max,
            after_rounds=self.after_rounds,
            term_days=self.term_days,
            renewals=self.renewals,
            admission=self.admission,
            waiting_days=self.waiting_days,
            open_proposals=self.open_proposals,
            counts_visible=self.counts_visible,
            secret_from=self.secret_from,
            minimum_age=self.minimum_age,
            codes=self.codes,
            votes_by_mail=self.votes_by_mail,
            urgent_sum=self.urgent_sum,
            time_zone=self.time_zone,
        )
