"""The chain of command: posts, and the elections of the host that fill them. Who holds one holds its mandate."""

from typing import ClassVar, Self

import pgtrigger
from django.db import models
from django.db.models import F, Q

from core.models import Body, Mandate, Proposal
from core.models.fields import LineField

POST_KEPT = """
    IF NEW.above_id IS NOT NULL AND NOT EXISTS (
        SELECT 1 FROM defense_post p WHERE p.id = NEW.above_id AND p.body_id = NEW.body_id AND p.id < NEW.id
    ) THEN RAISE EXCEPTION 'a post stands under an older one of the same body'; END IF;
    IF NEW.in_force_at IS NOT NULL AND NEW.ended_at IS NULL AND EXISTS (
        SELECT 1 FROM defense_post p WHERE p.id = NEW.above_id AND p.ended_at IS NOT NULL
    ) THEN RAISE EXCEPTION 'a post stands under one that is open'; END IF;
    IF NEW.ended_at IS NOT NULL AND EXISTS (
        SELECT 1 FROM defense_post p WHERE p.above_id = NEW.id AND p.in_force_at IS NOT NULL AND p.ended_at IS NULL
    ) THEN RAISE EXCEPTION 'a post is closed after those under it'; END IF;
    IF TG_OP = 'UPDATE' AND OLD.ended_at IS NOT NULL AND NEW.ended_at IS DISTINCT FROM OLD.ended_at
    THEN RAISE EXCEPTION 'a post that was closed stays closed'; END IF;
    RETURN NEW;
"""


class PostQuerySet(models.QuerySet["Post"]):
    """Filters for posts."""

    def standing(self) -> Self:
        """Decided by the host, and not ended."""
        return self.filter(in_force_at__isnull=False, ended_at__isnull=True)

    def shown(self, in_force: models.QuerySet[Mandate]) -> Self:
        """Standing, or closed and still held by one of these mandates."""
        held = in_force.filter(granted_by__fills_post__post=models.OuterRef("pk"))
        return self.filter(Q(ended_at__isnull=True) | models.Exists(held), in_force_at__isnull=False)


class Post(models.Model):
    """A place in the chain of command, as the host has decided; or one for an expert, who need not be a member.

    It stands under an older one, so that no post is ever above itself.
    """

    body = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="posts")
    name = LineField(max_length=120)
    above = models.ForeignKey("self", on_delete=models.PROTECT, null=True, blank=True, related_name="below")
    expert = models.BooleanField(default=False)
    proposal = models.OneToOneField(Proposal, on_delete=models.PROTECT, related_name="opens_post")
    in_force_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)

    objects: ClassVar = PostQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=~Q(name=""), name="post_has_a_name"),
            models.CheckConstraint(condition=Q(above__isnull=True) | Q(above__lt=F("id")), name="post_under_an_older"),
            models.CheckConstraint(
                condition=Q(ended_at__isnull=True) | Q(in_force_at__isnull=False), name="post_ends_after_it_began"
            ),
        ]
        triggers: ClassVar = [
            pgtrigger.Trigger(
                name="post_in_its_place",
                operation=pgtrigger.Insert | pgtrigger.Update,
                when=pgtrigger.Before,
                func=POST_KEPT,
            )
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def is_open(self) -> bool:
        """Decided by the host, and not closed."""
        return self.in_force_at is not None and self.ended_at is None


# {kind} is that of the proposal, {says} what is said of another one.
DECIDED_BY_ITS_HOST = """
    IF NOT EXISTS (
        SELECT 1 FROM defense_post t JOIN core_body b ON b.id = t.body_id
        JOIN core_proposal p ON p.id = NEW.proposal_id AND p.body_id = b.host_id AND p.kind = '{kind}'
        WHERE t.id = NEW.post_id AND t.in_force_at IS NOT NULL AND t.ended_at IS NULL
    ) THEN RAISE EXCEPTION '{says}'; END IF;
    RETURN NEW;
"""
FILLS_A_POST = DECIDED_BY_ITS_HOST.format(kind="election", says="the host fills the posts of what answers to it")
CLOSES_A_POST = DECIDED_BY_ITS_HOST.format(kind="post_closing", says="the host closes the posts of what answers to it")


class Filling(models.Model):
    """An election of the host that fills a post."""

    proposal = models.OneToOneField(Proposal, on_delete=models.PROTECT, related_name="fills_post")
    post = models.ForeignKey(Post, on_delete=models.PROTECT, related_name="fillings")

    class Meta:
        triggers: ClassVar = [
            pgtrigger.Trigger(name="fills_a_post", operation=pgtrigger.Insert, when=pgtrigger.Before, func=FILLS_A_POST)
        ]

    def __str__(self) -> str:
        return f"{self.proposal_id} fills {self.post_id}"


class Closing(models.Model):
    """A proposal of the host to close a post that is no longer needed."""

    proposal = models.OneToOneField(Proposal, on_delete=models.PROTECT, related_name="closes_post")
    post = models.ForeignKey(Post, on_delete=models.PROTECT, related_name="closings")

    class Meta:
        triggers: ClassVar = [
            pgtrigger.Trigger(
                name="closes_a_post", operation=pgtrigger.Insert, when=pgtrigger.Before, func=CLOSES_A_POST
            )
        ]

    def __str__(self) -> str:
        return f"{self.proposal_id} closes {self.post_id}"
