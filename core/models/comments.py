"""What people say of a proposal: voices in the talk, who was in the room in a round, and the right of reply."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from core.rules.passages import PASSAGE_MAX

from .bodies import Membership
from .people import Person
from .proposals import Proposal, TextVersion


class Comment(models.Model):
    """A voice in the talk on a proposal; on a passage it stays with the version in which the passage stood."""

    proposal = models.ForeignKey(Proposal, on_delete=models.PROTECT, related_name="comments")
    parent = models.ForeignKey("self", on_delete=models.PROTECT, null=True, blank=True, related_name="replies")
    author = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="comments")
    text = models.TextField(_("your words"), max_length=4000, blank=True)
    at = models.DateTimeField()
    round_no = models.PositiveSmallIntegerField(default=0)
    version = models.ForeignKey(TextVersion, on_delete=models.PROTECT, null=True, blank=True, related_name="comments")
    passage = models.TextField(max_length=PASSAGE_MAX, blank=True, default="", db_default="")
    taken_back_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(taken_back_at__isnull=True) & ~Q(text="") | Q(taken_back_at__isnull=False, text=""),
                name="comment_has_words",
            ),
            models.CheckConstraint(
                condition=Q(version__isnull=True, passage="") | (Q(version__isnull=False) & ~Q(passage="")),
                name="comment_passage_of_a_version",
            ),
            models.CheckConstraint(
                condition=Q(parent__isnull=True) | ~Q(parent=F("id")), name="comment_not_its_own_parent"
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["proposal", "at"], name="comment_in_order")]

    def __str__(self) -> str:
        return f"comment {self.pk}"


class Attended(models.Model):
    """A member was in the room when a blocked proposal was talked over in a round (DESIGN section 3)."""

    proposal = models.ForeignKey(Proposal, on_delete=models.PROTECT, related_name="attended")
    membership = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="+")
    round_no = models.PositiveSmallIntegerField()
    at = models.DateTimeField()

    class Meta:
        verbose_name_plural = "attended"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["proposal", "round_no", "membership"], name="attended_once"),
            models.CheckConstraint(condition=Q(round_no__gt=0), name="attended_in_a_round"),
        ]

    def __str__(self) -> str:
        return f"attended {self.pk}"


class Reply(models.Model):
    """The right of reply of the person a recall or removal is about: their words beside the reason."""

    proposal = models.OneToOneField(Proposal, on_delete=models.PROTECT, related_name="reply")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    text = models.TextField(_("your reply"), max_length=4000)
    at = models.DateTimeField()

    class Meta:
        verbose_name_plural = "replies"
        constraints: ClassVar = [models.CheckConstraint(condition=~Q(text=""), name="reply_not_empty")]

    def __str__(self) -> str:
        return f"reply {self.pk}"
