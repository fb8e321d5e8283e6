"""The other texts of a vote that decides between several (docs/adr/0040)."""

from typing import ClassVar

import pgtrigger
from django.db import models
from django.db.models import Q

from .proposals import TEXT_MAX
from .talk import Amendment
from .votes import Vote

ONLY_AT_OPENING = """
    IF EXISTS (SELECT 1 FROM core_vote WHERE id = NEW.vote_id AND roll_size IS NOT NULL) THEN
        RAISE EXCEPTION 'a vote keeps its texts'; END IF;
    IF NOT EXISTS (
        SELECT 1 FROM core_amendment a JOIN core_vote v ON v.proposal_id = a.proposal_id
        WHERE a.id = NEW.amendment_id AND v.id = NEW.vote_id AND a.stands_at IS NOT NULL
    ) THEN RAISE EXCEPTION 'only what stands as an alternative comes to the vote'; END IF;
    RETURN NEW;
"""


class Alternative(models.Model):
    """One other text in one vote, whole, as it was when the vote opened. Text 1 is the proposal's own."""

    vote = models.ForeignKey(Vote, on_delete=models.PROTECT, related_name="alternatives")
    number = models.PositiveSmallIntegerField()
    amendment = models.ForeignKey(Amendment, on_delete=models.PROTECT, related_name="in_votes")
    text = models.TextField(max_length=TEXT_MAX)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["vote", "number"], name="alternative_number_once"),
            models.UniqueConstraint(fields=["vote", "amendment"], name="alternative_amendment_once"),
            models.CheckConstraint(condition=Q(number__gte=2) & ~Q(text=""), name="alternative_after_the_text"),
        ]
        triggers: ClassVar = [
            pgtrigger.Trigger(
                name="alternative_at_opening", operation=pgtrigger.Insert, when=pgtrigger.Before, func=ONLY_AT_OPENING
            ),
            pgtrigger.Protect(name="alternative_kept", operation=pgtrigger.Update | pgtrigger.Delete),
        ]

    def __str__(self) -> str:
        return f"text {self.number} of {self.vote_id}"
