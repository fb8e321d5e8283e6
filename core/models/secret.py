"""Secret votes: keys, sealed ballots, and what the signer found in them after the close (DESIGN section 7).

No row here has a time of casting, a number that counts up or a person: what was cast by whom is known to nobody who
has only the database.
"""

from typing import ClassVar, Self

import pgtrigger
from django.db import models
from django.db.models import Q

from .vote_guards import VOTE_LOCKS, marks_equal_boxes
from .votes import Vote

KEY_FIXED = """
    IF (NEW.key_id, NEW.public, NEW.made_at) <> (OLD.key_id, OLD.public, OLD.made_at) THEN
        RAISE EXCEPTION 'a key never changes'; END IF;
    IF NEW.vote_id IS DISTINCT FROM OLD.vote_id AND NOT (
        OLD.vote_id IS NULL AND OLD.destroyed_at IS NULL AND OLD.lost_at IS NULL
        AND EXISTS (SELECT 1 FROM core_vote WHERE id = NEW.vote_id AND secret AND counted_at IS NULL)
    ) THEN RAISE EXCEPTION 'a key is for one secret vote'; END IF;
    IF OLD.lost_at IS NOT NULL AND NEW.lost_at IS DISTINCT FROM OLD.lost_at THEN
        RAISE EXCEPTION 'a lost key stays lost'; END IF;
    IF NEW.destroyed_at IS DISTINCT FROM OLD.destroyed_at AND (
        OLD.destroyed_at IS NOT NULL
        OR EXISTS (SELECT 1 FROM core_vote WHERE id = NEW.vote_id AND counted_at IS NULL)
    ) THEN RAISE EXCEPTION 'a key is destroyed once, after the count'; END IF;
    RETURN NEW;
"""
# Lock first, then judge, as with open ballots.
BOX_IN_TIME = f"""
    PERFORM pg_advisory_xact_lock_shared({VOTE_LOCKS}, NEW.vote_id::int);
    IF NOT EXISTS (
        SELECT 1 FROM core_vote
        WHERE id = NEW.vote_id AND secret AND counted_at IS NULL AND closes_at > folkmoot_now()
    ) THEN RAISE EXCEPTION 'voting has closed' USING ERRCODE = 'FM001'; END IF;
    IF TG_OP = 'UPDATE' AND (NEW.find <> OLD.find OR NEW.vote_id <> OLD.vote_id) THEN
        RAISE EXCEPTION 'a box stays in its place'; END IF;
    IF TG_OP = 'UPDATE' AND NOT (SELECT codes FROM core_vote WHERE id = NEW.vote_id) THEN
        RAISE EXCEPTION 'a ballot without a code is final'; END IF;
    RETURN NEW;
"""  # noqa: S608  # nosec B608  (a constant of this module)
# Whoever has the vote alone after its close sees every ballot that was accepted: later ones are refused by the clock.
OPENED_AFTER_THE_CLOSE = f"""
    PERFORM pg_advisory_xact_lock({VOTE_LOCKS}, NEW.vote_id::int);
    IF NOT EXISTS (
        SELECT 1 FROM core_vote
        WHERE id = NEW.vote_id AND secret AND counted_at IS NULL AND closes_at <= folkmoot_now()
    ) THEN RAISE EXCEPTION 'ballots are opened after the close, before the count'; END IF;
    IF jsonb_array_length(NEW.ballots) <> (SELECT count(*) FROM core_sealedballot WHERE vote_id = NEW.vote_id) THEN
        RAISE EXCEPTION 'as many opened ballots as boxes'; END IF;
    RETURN NEW;
"""  # noqa: S608  # nosec B608  (a constant of this module)
OPENED_UNTIL_COUNTED = """
    IF EXISTS (SELECT 1 FROM core_vote WHERE id = OLD.vote_id AND counted_at IS NULL) THEN
        RAISE EXCEPTION 'opened ballots stay until they are counted'; END IF;
    RETURN OLD;
"""


class VoteKeyQuerySet(models.QuerySet["VoteKey"]):
    """Filters for keys."""

    def in_stock(self) -> Self:
        """Made, not taken, not lost."""
        return self.filter(vote__isnull=True, destroyed_at__isnull=True, lost_at__isnull=True)

    def kept(self) -> Self:
        """Those whose private halves must be in the signer's folder."""
        return self.filter(destroyed_at__isnull=True, lost_at__isnull=True)


class VoteKey(models.Model):
    """The public half of the key of one secret vote. The private half lies in the signer's folder and nowhere else."""

    key_id = models.CharField(max_length=32, primary_key=True)
    public = models.CharField(max_length=64, unique=True)
    vote = models.OneToOneField(Vote, on_delete=models.PROTECT, null=True, blank=True, related_name="key")
    made_at = models.DateTimeField()
    destroyed_at = models.DateTimeField(null=True, blank=True)
    lost_at = models.DateTimeField(null=True, blank=True)

    objects: ClassVar = VoteKeyQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(public__regex="^[0-9a-f]{64}$"), name="votekey_public_is_32_bytes"),
        ]
        indexes: ClassVar = [
            models.Index(
                fields=["made_at"],
                condition=Q(vote__isnull=True, destroyed_at__isnull=True, lost_at__isnull=True),
                name="votekey_in_stock",
            ),
        ]
        triggers: ClassVar = [
            pgtrigger.Trigger(name="votekey_fixed", operation=pgtrigger.Update, when=pgtrigger.Before, func=KEY_FIXED),
            pgtrigger.Protect(name="votekey_kept", operation=pgtrigger.Delete),
        ]

    def __str__(self) -> str:
        return f"key {self.key_id}"


class SealedBallot(models.Model):
    """One ballot of a secret vote: where it is found with its code, and the box in which the choice lies."""

    find = models.CharField(max_length=64, primary_key=True)
    vote = models.ForeignKey(Vote, on_delete=models.PROTECT, related_name="boxes")
    box = models.BinaryField(max_length=8192)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(find__regex="^[0-9a-f]{64}$"), name="sealedballot_find_is_a_hash"),
        ]
        triggers: ClassVar = [
            pgtrigger.Trigger(
                name="box_in_time",
                operation=pgtrigger.Insert | pgtrigger.Update,
                when=pgtrigger.Before,
                func=BOX_IN_TIME,
            ),
            marks_equal_boxes("box_is_marked", pgtrigger.Insert),
            pgtrigger.Protect(name="box_kept", operation=pgtrigger.Delete),
        ]

    def __str__(self) -> str:
        return "a sealed ballot"


class OpenedBallots(models.Model):
    """What the signer found in the boxes of a closed vote, shuffled: rows of show and choice. Gone with the count."""

    vote = models.OneToOneField(Vote, on_delete=models.PROTECT, primary_key=True, related_name="opened")
    ballots = models.JSONField()

    class Meta:
        verbose_name_plural = "opened ballots"
        triggers: ClassVar = [
            pgtrigger.Trigger(
                name="opened_after_the_close",
                operation=pgtrigger.Insert,
                when=pgtrigger.Before,
                func=OPENED_AFTER_THE_CLOSE,
            ),
            pgtrigger.Trigger(
                name="opened_until_counted",
                operation=pgtrigger.Delete,
                when=pgtrigger.Before,
                func=OPENED_UNTIL_COUNTED,
            ),
            pgtrigger.Protect(name="opened_once", operation=pgtrigger.Update),
        ]

    def __str__(self) -> str:
        return f"opened ballots of {self.vote_id}"
