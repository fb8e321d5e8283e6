"""Bodies that a proposal of another body affects: who is named and why, what they ask, what is answered."""

from typing import ClassVar, Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from .bodies import Body, Membership
from .people import Person
from .proposals import Proposal


class AffectedQuerySet(models.QuerySet["Affected"]):
    """Filters for bodies that are affected."""

    def visible_to(self, person: Person) -> Self:
        """Members of the body that is named, and whoever sees the proposal."""
        mine = Membership.objects.open().filter(person=person).values("body")
        return self.filter(Q(body__in=mine) | Q(proposal__in=Proposal.objects.visible_to(person)))


class Affected(models.Model):
    """A body that a proposal names: its members read the proposal, and may ask, by a decision of theirs, to decide
    jointly. Its author answers.
    """

    class Answer(models.TextChoices):
        """What the author answered."""

        NONE = "", _("not answered yet")
        AGREED = "agreed", _("we decide together")
        REFUSED = "refused", _("refused")

    proposal = models.ForeignKey(Proposal, on_delete=models.PROTECT, related_name="affected")
    body = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="affected_by")
    why = models.TextField(_("how it affects them"), max_length=500)
    named_at = models.DateTimeField()
    asked_at = models.DateTimeField(null=True, blank=True)
    answer = models.CharField(max_length=7, choices=Answer, default=Answer.NONE, blank=True)
    words = models.TextField(_("why"), max_length=2000, blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)

    objects: ClassVar = AffectedQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "affected"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["proposal", "body"], name="affected_body_once"),
            models.CheckConstraint(condition=~Q(why=""), name="affected_says_why"),
            models.CheckConstraint(
                condition=Q(answer="", words="", answered_at__isnull=True)
                | (
                    Q(answer__in=["agreed", "refused"], answered_at__isnull=False, asked_at__isnull=False)
                    & ~Q(words="")
                ),
                name="affected_answer_has_words",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.body} is affected by {self.proposal_id}"

    @property
    def waits(self) -> bool:
        """Whether the body has asked and waits for an answer."""
        return self.asked_at is not None and self.answered_at is None
