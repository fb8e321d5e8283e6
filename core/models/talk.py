"""What the talk on a proposal holds beside voices: other words for a passage, summaries, the temperature."""

from typing import ClassVar, Self

import pgtrigger
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from core.rules.passages import PASSAGE_MAX

from .people import Person
from .proposals import Proposal, TextVersion

REASON_MAX = 2000
SUMMARY_MAX = 4000

ONLY_ANSWERED = """
    IF (NEW.proposal_id, NEW.number, NEW.author_id, NEW.version_id, NEW.passage, NEW.words, NEW.reason, NEW.at)
        IS DISTINCT FROM
        (OLD.proposal_id, OLD.number, OLD.author_id, OLD.version_id, OLD.passage, OLD.words, OLD.reason, OLD.at)
    THEN RAISE EXCEPTION 'amendment_fixed: what was proposed is never changed, only answered'; END IF;
    RETURN NEW;
"""


class AmendmentQuerySet(models.QuerySet["Amendment"]):
    """Filters for amendments."""

    def waiting(self) -> Self:
        """Not answered and not withdrawn."""
        return self.filter(state=Amendment.State.OPEN)

    def standing(self) -> Self:
        """Alternatives, in the order in which they were proposed."""
        return self.filter(stands_at__isnull=False).order_by("number")


class Amendment(models.Model):
    """Other words for a passage of a text, with a reason. The proposal's author accepts them or says why not.

    What is not accepted can stand as an alternative: then the vote decides between the texts.
    """

    class State(models.TextChoices):
        """What became of it."""

        OPEN = "open", _("waits for an answer")
        ACCEPTED = "accepted", _("accepted")
        DECLINED = "declined", _("not accepted")
        WITHDRAWN = "withdrawn", _("withdrawn")

    proposal = models.ForeignKey(Proposal, on_delete=models.PROTECT, related_name="amendments")
    number = models.PositiveSmallIntegerField()
    author = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="amendments")
    version = models.ForeignKey(TextVersion, on_delete=models.PROTECT, related_name="+")
    passage = models.TextField(_("the words as they are"), max_length=PASSAGE_MAX)
    words = models.TextField(_("the words you propose"), max_length=PASSAGE_MAX, blank=True)
    reason = models.TextField(_("why"), max_length=REASON_MAX)
    at = models.DateTimeField()
    state = models.CharField(max_length=9, choices=State, default=State.OPEN)
    answered_at = models.DateTimeField(null=True, blank=True)
    answer = models.TextField(_("why not"), max_length=REASON_MAX, blank=True)
    made = models.OneToOneField(TextVersion, on_delete=models.PROTECT, null=True, blank=True, related_name="amendment")
    stands_at = models.DateTimeField(null=True, blank=True)

    objects: ClassVar = AmendmentQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["proposal", "number"], name="amendment_number_once"),
            models.UniqueConstraint(
                fields=["proposal", "author"], condition=Q(stands_at__isnull=False), name="alternative_one_each"
            ),
            models.CheckConstraint(
                condition=~Q(passage="") & ~Q(reason="") & ~Q(passage=F("words")), name="amendment_changes_something"
            ),
            models.CheckConstraint(
                condition=Q(state="open", answered_at__isnull=True)
                | Q(state__in=["accepted", "declined", "withdrawn"], answered_at__isnull=False),
                name="amendment_answered_has_a_date",
            ),
            models.CheckConstraint(
                condition=Q(state="accepted", made__isnull=False) | (~Q(state="accepted") & Q(made__isnull=True)),
                name="amendment_accepted_made_a_version",
            ),
            models.CheckConstraint(
                condition=(Q(state="declined") & ~Q(answer="")) | (~Q(state="declined") & Q(answer="")),
                name="amendment_declined_has_a_reason",
            ),
            models.CheckConstraint(
                condition=Q(stands_at__isnull=True) | Q(state__in=["open", "declined"]),
                name="alternative_was_not_accepted",
            ),
        ]
        triggers: ClassVar = [
            pgtrigger.Trigger(
                name="amendment_fixed", operation=pgtrigger.Update, when=pgtrigger.Before, func=ONLY_ANSWERED
            ),
            pgtrigger.Protect(name="amendment_kept", operation=pgtrigger.Delete),
        ]

    def __str__(self) -> str:
        return f"amendment {self.number} to {self.proposal_id}"

    def get_absolute_url(self) -> str:
        """Its page."""
        return reverse("core:amendment-detail", args=[self.pk])

    @property
    def is_open(self) -> bool:
        """Whether it waits for an answer."""
        return self.state == Amendment.State.OPEN

    @property
    def stands(self) -> bool:
        """Whether it stands as an alternative."""
        return self.stands_at is not None


AMENDMENT_STEPS: dict[str, set[str]] = {
    Amendment.State.OPEN: {Amendment.State.ACCEPTED, Amendment.State.DECLINED, Amendment.State.WITHDRAWN},
    Amendment.State.DECLINED: {Amendment.State.ACCEPTED, Amendment.State.WITHDRAWN},
}


class Temperature(models.Model):
    """How a proposal feels to a member while it is talked over. It binds nobody and is in no record."""

    class Feels(models.TextChoices):
        """The three answers."""

        WARM = "warm", _("Warm")
        UNSURE = "unsure", _("Not sure")
        COLD = "cold", _("Cold")

    proposal = models.ForeignKey(Proposal, on_delete=models.PROTECT, related_name="temperatures")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    feels = models.CharField(max_length=6, choices=Feels)
    at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["proposal", "person"], name="temperature_person_once"),
            models.CheckConstraint(condition=Q(feels__in=["warm", "unsure", "cold"]), name="temperature_known"),
        ]

    def __str__(self) -> str:
        return f"temperature {self.pk}"


class Summary(models.Model):
    """Where the talk stands, or what a long text says in plain words: one version, by whom and as of when."""

    class Of(models.TextChoices):
        """What is summed up."""

        TALK = "talk", _("the talk")
        TEXT = "text", _("the text")

    proposal = models.ForeignKey(Proposal, on_delete=models.PROTECT, related_name="summaries")
    of = models.CharField(max_length=4, choices=Of)
    number = models.PositiveIntegerField()
    text = models.TextField(max_length=SUMMARY_MAX)
    author = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        verbose_name_plural = "summaries"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["proposal", "of", "number"], name="summary_number_once"),
            models.CheckConstraint(condition=~Q(text="") & Q(of__in=["talk", "text"]), name="summary_has_words"),
        ]
        triggers: ClassVar = [pgtrigger.Protect(name="summary_kept", operation=pgtrigger.Update | pgtrigger.Delete)]

    def __str__(self) -> str:
        return f"summary {self.number} of the {self.of} of {self.proposal_id}"
