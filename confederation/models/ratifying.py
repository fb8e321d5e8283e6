"""Calling a decision down, and the people's vote that follows (DESIGN 6, Confederation)."""

from typing import ClassVar, Self

import pgtrigger
from django.db import models
from django.db.models import F, Q

from core.models import Body, Membership, Person, Proposal
from core.rules.counting import Outcome

from .referrals import Referral


class CallQuerySet(models.QuerySet["Call"]):
    """Filters for calls."""

    def standing(self) -> Self:
        """Not taken back."""
        return self.filter(taken_back_at__isnull=True)


class Call(models.Model):
    """A member body, by its own decision, or one base member, calls a decision down, so that the people decide."""

    referral = models.ForeignKey(Referral, on_delete=models.PROTECT, related_name="calls")
    body = models.ForeignKey(Body, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    proposal = models.OneToOneField(Proposal, on_delete=models.PROTECT, null=True, blank=True, related_name="calls")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, blank=True, related_name="calls")
    at = models.DateTimeField(null=True, blank=True)
    taken_back_at = models.DateTimeField(null=True, blank=True)

    objects: ClassVar = CallQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(body__isnull=False, proposal__isnull=False, person__isnull=True)
                | Q(body__isnull=True, proposal__isnull=True, person__isnull=False, at__isnull=False),
                name="call_of_a_body_or_a_person",
            ),
            models.UniqueConstraint(
                fields=["referral", "person"], condition=Q(taken_back_at__isnull=True), name="call_person_once"
            ),
            models.UniqueConstraint(
                fields=["referral", "body"],
                condition=Q(taken_back_at__isnull=True, at__isnull=False),
                name="call_body_once",
            ),
        ]

    def __str__(self) -> str:
        return f"call {self.pk}"


class PeopleVote(models.Model):
    """The people decide on one referral, once: every distinct base member on the roll of one council."""

    referral = models.OneToOneField(Referral, on_delete=models.PROTECT, related_name="people_vote")
    begun_at = models.DateTimeField()
    closes_at = models.DateTimeField()
    spread_at = models.DateTimeField(null=True, blank=True)
    counted_at = models.DateTimeField(null=True, blank=True)
    outcome = models.CharField(max_length=11, blank=True)
    reason = models.CharField(max_length=30, blank=True)
    tally = models.JSONField(null=True, blank=True)
    people = models.PositiveIntegerField(null=True, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(closes_at__gt=F("begun_at")), name="people_vote_closes_later"),
            models.CheckConstraint(
                condition=Q(counted_at__isnull=True, outcome="")
                | (Q(counted_at__isnull=False) & Q(outcome__in=[o.value for o in Outcome])),
                name="people_vote_counted_has_an_outcome",
            ),
        ]

    def __str__(self) -> str:
        return f"the people on {self.referral_id}"


class PeopleQuestion(models.Model):
    """The part of a people's vote that one base body takes for those on its roll."""

    vote = models.ForeignKey(PeopleVote, on_delete=models.PROTECT, related_name="questions")
    body = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="+")
    proposal = models.OneToOneField(
        Proposal, on_delete=models.PROTECT, null=True, blank=True, related_name="asks_people"
    )

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["vote", "body"], name="people_question_once")]

    def __str__(self) -> str:
        return f"{self.body_id} in {self.vote_id}"


class PeopleElector(models.Model):
    """One person, in one council's part of a people's vote: nobody is asked in two."""

    vote = models.ForeignKey(PeopleVote, on_delete=models.PROTECT, related_name="electors")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    membership = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["vote", "person"], name="people_elector_once")]
        triggers: ClassVar = [
            pgtrigger.Protect(name="elector_kept", operation=pgtrigger.Update | pgtrigger.Delete),
        ]

    def __str__(self) -> str:
        return f"elector {self.pk}"
