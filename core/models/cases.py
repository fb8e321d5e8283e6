"""Cases: a complaint about conduct, heard by a panel drawn by lot (DESIGN 6, docs/cases.md).

What is said lies in sealed files. What is here names people, for who runs the house to see; members see numbers only.
"""

from datetime import datetime
from typing import ClassVar, Self

import pgtrigger
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from core.rules.cases import ANSWER_IN, APPEAL_IN, PANEL

from .bodies import Body, Membership
from .mandates import Mandate
from .people import Person
from .proposals import Proposal
from .sealed import SealedFile

CASE_FIXED = """
    IF (NEW.body_id, NEW.bench_id, NEW.complainant_id, NEW.subject_id, NEW.opened_at, NEW.seed_hash, NEW.list_hash,
        NEW.seed, NEW.list_secret) IS DISTINCT FROM (OLD.body_id, OLD.bench_id, OLD.complainant_id, OLD.subject_id,
        OLD.opened_at, OLD.seed_hash, OLD.list_hash, OLD.seed, OLD.list_secret)
    OR OLD.drawn_at IS NOT NULL AND (NEW.drawn_at, NEW.among) IS DISTINCT FROM (OLD.drawn_at, OLD.among)
    OR OLD.decided_at IS NOT NULL AND (NEW.decided_at, NEW.outcome, NEW.mandate_id)
        IS DISTINCT FROM (OLD.decided_at, OLD.outcome, OLD.mandate_id)
    THEN RAISE EXCEPTION 'what is fixed of a case stays so'; END IF;
    IF OLD.closed_at IS NOT NULL AND NEW IS DISTINCT FROM OLD
    THEN RAISE EXCEPTION 'a closed case never changes'; END IF;
    RETURN NEW;
"""
# The rule of the lot once more, for whatever way it comes: the number leads to this member, who has no stake.
SEAT_BY_LOT = f"""
    IF (SELECT count(*) FROM core_caseseat WHERE case_id = NEW.case_id AND ended_at IS NULL) >= {PANEL} THEN
        RAISE EXCEPTION 'a panel has no more seats'; END IF;
    IF NOT EXISTS (
        SELECT 1 FROM core_case c JOIN core_membership m ON m.id = NEW.membership_id AND m.body_id = c.bench_id
        WHERE c.id = NEW.case_id AND c.among[NEW.number] = m.id AND m.person_id NOT IN (c.complainant_id, c.subject_id)
        AND NOT EXISTS (SELECT 1 FROM core_casenamed n WHERE n.case_id = c.id AND n.person_id = m.person_id)
    ) THEN RAISE EXCEPTION 'who has a stake does not judge'; END IF;
    RETURN NEW;
"""  # noqa: S608  # nosec B608  (a constant of this house)
SEAT_FIXED = """
    IF (NEW.case_id, NEW.membership_id, NEW.number, NEW.place, NEW.asked_at)
        <> (OLD.case_id, OLD.membership_id, OLD.number, OLD.place, OLD.asked_at) OR OLD.ended_at IS NOT NULL
    THEN RAISE EXCEPTION 'a seat stays what it was'; END IF;
    RETURN NEW;
"""


class CaseQuerySet(models.QuerySet["Case"]):
    """Filters for cases."""

    def visible_to(self, person: Person | None) -> Self:
        """Both sides, and who sits on the panel or is asked to. For all others there are only numbers."""
        if person is None or not person.is_authenticated:
            return self.none()
        seats = CaseSeat.objects.standing().filter(membership__person=person, membership__ended_at__isnull=True)
        return self.filter(Q(complainant=person) | Q(subject=person) | Q(pk__in=seats.values("case")))

    def to_draw(self) -> Self:
        """Those whose panel the clock draws."""
        return self.filter(stage=Case.Stage.OPENED)

    def to_close(self, at: datetime) -> Self:
        """Decided and not appealed in time; or appealed, and the proposal is closed without saying what follows."""
        over = Q(stage=Case.Stage.DECIDED, decided_at__lte=at - APPEAL_IN)
        return self.filter(over | Q(stage=Case.Stage.APPEALED, appeal__closed_at__isnull=False))


class Case(models.Model):
    """A complaint about somebody's conduct in a body, judged by members of the bench: its host, or itself."""

    class Stage(models.TextChoices):
        """Where it is."""

        OPENED = "opened", _("waits for its panel")
        DRAWN = "drawn", _("waits for its first sitting")
        SITTING = "sitting", _("is heard")
        DECIDED = "decided", _("is decided, and can be appealed")
        APPEALED = "appealed", _("is before the assembly")
        CLOSED = "closed", _("is closed")

    class Ending(models.TextChoices):
        """How it ended."""

        STANDS = "stands", _("the outcome stands")
        OVERTURNED = "overturned", _("the assembly did not confirm the outcome")
        NO_PANEL = "no_panel", _("there were not enough members without a stake")

    body = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="cases")
    bench = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="judged")
    complainant = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    subject = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    stage = models.CharField(max_length=8, choices=Stage, default=Stage.OPENED)
    opened_at = models.DateTimeField()
    sit_by = models.DateTimeField()
    seed = models.CharField(max_length=64)
    seed_hash = models.CharField(max_length=64)
    list_secret = models.CharField(max_length=64)
    list_hash = models.CharField(max_length=64)
    among = ArrayField(models.BigIntegerField(), default=list, blank=True)
    drawn_at = models.DateTimeField(null=True, blank=True)
    acknowledged_at = models.DateTimeField(null=True, blank=True)
    sat_at = models.DateTimeField(null=True, blank=True)
    decided_at = models.DateTimeField(null=True, blank=True)
    outcome = models.CharField(max_length=30, blank=True)
    mandate = models.ForeignKey(Mandate, on_delete=models.PROTECT, null=True, blank=True, related_name="cases")
    appeal = models.OneToOneField(Proposal, on_delete=models.PROTECT, null=True, blank=True, related_name="case")
    closed_at = models.DateTimeField(null=True, blank=True)
    ending = models.CharField(max_length=10, choices=Ending, blank=True)
    effect = models.CharField(max_length=6, choices=Proposal.Effect, blank=True, default="")

    objects: ClassVar = CaseQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=~Q(complainant=F("subject")), name="case_is_about_another"),
            models.UniqueConstraint(
                fields=["body", "complainant", "subject"], condition=Q(closed_at__isnull=True), name="case_open_once"
            ),
            models.CheckConstraint(
                condition=Q(stage="opened", drawn_at__isnull=True)
                | Q(stage="closed")
                | Q(stage__in=["drawn", "sitting", "decided", "appealed"], drawn_at__isnull=False),
                name="case_drawn_has_a_date",
            ),
            models.CheckConstraint(
                condition=~Q(stage="sitting") | Q(sat_at__isnull=False), name="case_sitting_has_a_date"
            ),
            models.CheckConstraint(
                condition=Q(stage__in=["decided", "appealed"], decided_at__isnull=False) & ~Q(outcome="")
                | Q(stage__in=["opened", "drawn", "sitting"], decided_at__isnull=True, outcome="")
                | Q(stage="closed"),
                name="case_decided_has_an_outcome",
            ),
            models.CheckConstraint(
                condition=Q(appeal__isnull=True) & ~Q(stage="appealed")
                | Q(appeal__isnull=False, stage__in=["appealed", "closed"]),
                name="case_appealed_has_a_proposal",
            ),
            models.CheckConstraint(
                condition=Q(stage="closed", closed_at__isnull=False, ending__in=["stands", "overturned", "no_panel"])
                | ~Q(stage="closed") & Q(closed_at__isnull=True, ending="", effect=""),
                name="case_closed_has_an_ending",
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["stage"], condition=~Q(stage="closed"), name="case_under_way"),
        ]
        triggers: ClassVar = [
            pgtrigger.Trigger(name="case_fixed", operation=pgtrigger.Update, when=pgtrigger.Before, func=CASE_FIXED),
            pgtrigger.Protect(name="case_kept", operation=pgtrigger.Delete),
        ]

    def __str__(self) -> str:
        return f"case {self.pk}"

    def get_absolute_url(self) -> str:
        """Its page."""
        return reverse("core:case-detail", args=[self.pk])

    @property
    def answer_by(self) -> datetime:
        """When it must be acknowledged."""
        return self.opened_at + ANSWER_IN

    @property
    def appeal_by(self) -> datetime | None:
        """Until when its outcome can be appealed."""
        return self.decided_at + APPEAL_IN if self.decided_at is not None else None

    @property
    def sides(self) -> tuple[Person, Person]:
        """Who complains, and whom it is about."""
        return self.complainant, self.subject

    @property
    def is_heard(self) -> bool:
        """Whether words can still be added."""
        return self.stage in (Case.Stage.OPENED, Case.Stage.DRAWN, Case.Stage.SITTING)


CASE_STEPS: dict[str, set[str]] = {
    Case.Stage.OPENED: {Case.Stage.DRAWN, Case.Stage.CLOSED},
    Case.Stage.DRAWN: {Case.Stage.SITTING, Case.Stage.CLOSED},
    Case.Stage.SITTING: {Case.Stage.DECIDED, Case.Stage.CLOSED},
    Case.Stage.DECIDED: {Case.Stage.APPEALED, Case.Stage.CLOSED},
    Case.Stage.APPEALED: {Case.Stage.CLOSED},
}


class CaseNamed(models.Model):
    """Somebody who has to do with a case, and so is not on its panel."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="named")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")

    class Meta:
        verbose_name_plural = "case named"
        constraints: ClassVar = [models.UniqueConstraint(fields=["case", "person"], name="case_named_once")]

    def __str__(self) -> str:
        return f"{self.person_id} named in {self.case_id}"


class CaseSeatQuerySet(models.QuerySet["CaseSeat"]):
    """Filters for seats."""

    def standing(self) -> Self:
        """Asked or taken, and not ended."""
        return self.filter(ended_at__isnull=True)

    def to_pass_on(self, at: datetime) -> Self:
        """Not taken in time, or of somebody who is no member any more, while the panel still works."""
        late = Q(taken_at__isnull=True, asked_at__lte=at - ANSWER_IN)
        working = self.standing().filter(case__stage__in=[Case.Stage.DRAWN, Case.Stage.SITTING])
        return working.filter(late | Q(membership__ended_at__isnull=False))


class CaseSeat(models.Model):
    """A seat on a panel: whose number came out at which place of the lot."""

    class Ending(models.TextChoices):
        """Why somebody no longer sits."""

        RECUSED = "recused", _("has a stake, or cannot")
        LAPSED = "lapsed", _("did not answer in time")
        LEFT = "left", _("is no member any more")
        DONE = "done", _("the case is closed")

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="seats")
    membership = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="+")
    number = models.PositiveIntegerField()
    place = models.PositiveIntegerField()
    asked_at = models.DateTimeField()
    taken_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    ending = models.CharField(max_length=7, choices=Ending, blank=True)

    objects: ClassVar = CaseSeatQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["case", "place"], name="seat_place_once"),
            models.UniqueConstraint(fields=["case", "membership"], name="seat_member_once"),
            models.CheckConstraint(
                condition=Q(ended_at__isnull=True, ending="")
                | Q(ended_at__isnull=False, ending__in=["recused", "lapsed", "left", "done"]),
                name="seat_end_has_a_way",
            ),
        ]
        triggers: ClassVar = [
            pgtrigger.Trigger(name="seat_by_lot", operation=pgtrigger.Insert, when=pgtrigger.Before, func=SEAT_BY_LOT),
            pgtrigger.Trigger(name="seat_fixed", operation=pgtrigger.Update, when=pgtrigger.Before, func=SEAT_FIXED),
            pgtrigger.Protect(name="seat_kept", operation=pgtrigger.Delete),
        ]

    def __str__(self) -> str:
        return f"seat {self.place} of {self.case_id}"


class CasePaper(models.Model):
    """One sealed file of a case: the complaint, what somebody says to it, the reasons of a finding."""

    class Kind(models.TextChoices):
        """What it is."""

        COMPLAINT = "complaint", _("the complaint")
        STATEMENT = "statement", _("a statement")
        REASONS = "reasons", _("the reasons")

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="papers")
    file = models.OneToOneField(SealedFile, on_delete=models.PROTECT, related_name="paper")
    kind = models.CharField(max_length=9, choices=Kind)
    author = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    commitment = models.CharField(max_length=64)
    at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["case"], condition=Q(kind="complaint"), name="case_complaint_once"),
        ]
        triggers: ClassVar = [pgtrigger.Protect(name="paper_kept", operation=pgtrigger.Update | pgtrigger.Delete)]

    def __str__(self) -> str:
        return f"{self.kind} in {self.case_id}"


class CaseFinding(models.Model):
    """What one of the panel thinks should follow, with sealed reasons. More than half of the panel decide."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="findings")
    paper = models.OneToOneField(CasePaper, on_delete=models.PROTECT, related_name="finding")
    outcome = models.CharField(max_length=30)
    mandate = models.ForeignKey(Mandate, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    at = models.DateTimeField()

    class Meta:
        triggers: ClassVar = [pgtrigger.Protect(name="finding_kept", operation=pgtrigger.Update | pgtrigger.Delete)]

    def __str__(self) -> str:
        return f"finding {self.pk}"


class CaseAssent(models.Model):
    """One of the panel agrees with a finding."""

    finding = models.ForeignKey(CaseFinding, on_delete=models.PROTECT, related_name="assents")
    seat = models.ForeignKey(CaseSeat, on_delete=models.PROTECT, related_name="assents")
    at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["finding", "seat"], name="assent_once")]
        triggers: ClassVar = [pgtrigger.Protect(name="assent_kept", operation=pgtrigger.Update | pgtrigger.Delete)]

    def __str__(self) -> str:
        return f"assent {self.pk}"
