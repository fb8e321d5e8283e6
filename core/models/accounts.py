"""Accounts: friends who can let a person back in, recoveries that wait, two accounts of one person becoming one."""

from datetime import datetime, timedelta
from typing import ClassVar, Self

import pgtrigger
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from .bodies import Body, Membership
from .people import Person

WAIT = timedelta(hours=72)
"""How long a recovery of who holds a mandate waits, and how old a choice of friends must be (DESIGN 6)."""

# Only friends chosen long enough before can let somebody in.
VOUCHED_BY_A_FRIEND = """
    IF NOT EXISTS (
        SELECT 1 FROM core_friend f JOIN core_recovery r ON r.person_id = f.person_id
        WHERE r.id = NEW.recovery_id AND f.friend_id = NEW.friend_id AND f.counts_from <= NEW.at
    ) THEN RAISE EXCEPTION 'only friends chosen beforehand vouch'; END IF;
    RETURN NEW;
"""
# It takes two of them; and whoever holds a mandate waits.
RECOVERY_PROVEN = """
    IF TG_OP = 'UPDATE' AND (OLD.ended_at IS NOT NULL OR NEW.password_hash NOT IN ('', OLD.password_hash)
        OR OLD.proven_at IS NOT NULL AND (NEW.proven_at, NEW.due_at) IS DISTINCT FROM (OLD.proven_at, OLD.due_at))
    THEN RAISE EXCEPTION 'a recovery that is proven or over stays as it is'; END IF;
    IF NEW.proven_at IS NULL OR (TG_OP = 'UPDATE' AND OLD.proven_at IS NOT NULL) THEN RETURN NEW; END IF;
    IF NEW.way = 'friends' AND (SELECT count(*) FROM core_recoveryvouch WHERE recovery_id = NEW.id) < 2 THEN
        RAISE EXCEPTION 'it takes two friends'; END IF;
    IF NEW.due_at < NEW.proven_at + interval '72 hours' AND EXISTS (
        SELECT 1 FROM core_mandate WHERE person_id = NEW.person_id AND ended_at IS NULL AND ends_at > NEW.proven_at
    ) THEN RAISE EXCEPTION 'who holds a mandate waits'; END IF;
    RETURN NEW;
"""
MERGED_WITH_TWO = """
    IF TG_OP = 'UPDATE' AND (OLD.ended_at IS NOT NULL OR (OLD.stays_id, OLD.ends_id) <> (NEW.stays_id, NEW.ends_id)
        OR OLD.until IS NOT NULL AND NEW.until IS DISTINCT FROM OLD.until)
    THEN RAISE EXCEPTION 'a merging that waits or is over stays as it is'; END IF;
    IF NEW.ending = 'done' AND (
        SELECT count(*) FROM core_mergingvouch v JOIN core_merging m ON m.id = v.merging_id
        WHERE m.id = NEW.id AND v.membership_id NOT IN (m.stays_id, m.ends_id)
    ) < 2 THEN RAISE EXCEPTION 'it takes two who vouch'; END IF;
    RETURN NEW;
"""


class Friend(models.Model):
    """Somebody a person has chosen: two of three such friends can let that person back in."""

    PLACES: ClassVar = (1, 2, 3)

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="friends")
    friend = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="helps")
    place = models.PositiveSmallIntegerField()
    chosen_at = models.DateTimeField()
    counts_from = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["person", "friend"], name="friend_once"),
            models.UniqueConstraint(fields=["person", "place"], name="friend_place_once"),
            models.CheckConstraint(condition=Q(place__in=[1, 2, 3]), name="friends_are_three"),
            models.CheckConstraint(condition=~Q(person=F("friend")), name="friend_is_another"),
            models.CheckConstraint(condition=Q(counts_from__gte=F("chosen_at") + WAIT), name="friend_counts_later"),
        ]

    def __str__(self) -> str:
        return f"{self.friend_id} helps {self.person_id}"


class RecoveryQuerySet(models.QuerySet["Recovery"]):
    """Filters for recoveries."""

    def open(self) -> Self:
        """Neither done nor stopped."""
        return self.filter(ended_at__isnull=True)

    def waiting(self) -> Self:
        """Proven, and not done: what its person can still stop."""
        return self.open().filter(proven_at__isnull=False)

    def due(self, at: datetime) -> Self:
        """Waited for long enough."""
        return self.waiting().filter(due_at__lte=at)


class Recovery(models.Model):
    """A way back into an account: a new password, which works once it is proven and its time has come."""

    class Way(models.TextChoices):
        """What proves it."""

        MAILBOX = "mailbox", _("the mailbox")
        FRIENDS = "friends", _("two friends")

    class Ending(models.TextChoices):
        """How it ends."""

        DONE = "done", _("done")
        STOPPED = "stopped", _("stopped")
        LAPSED = "lapsed", _("lapsed")

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="recoveries")
    way = models.CharField(max_length=7, choices=Way)
    code_hash = models.CharField(max_length=64, blank=True)
    password_hash = models.CharField(max_length=200, blank=True)
    asked_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    proven_at = models.DateTimeField(null=True, blank=True)
    due_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    ending = models.CharField(max_length=7, choices=Ending, blank=True)

    objects: ClassVar = RecoveryQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "recoveries"
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["person"],
                condition=Q(ended_at__isnull=True, proven_at__isnull=False),
                name="recovery_waits_once",
            ),
            models.UniqueConstraint(fields=["code_hash"], condition=~Q(code_hash=""), name="recovery_code_once"),
            models.CheckConstraint(
                condition=Q(way="mailbox", code_hash="") | (Q(way="friends") & ~Q(code_hash="")),
                name="recovery_by_friends_has_a_code",
            ),
            models.CheckConstraint(
                condition=Q(proven_at__isnull=True, due_at__isnull=True)
                | Q(proven_at__isnull=False, due_at__isnull=False, due_at__gte=F("proven_at")),
                name="recovery_proven_has_its_time",
            ),
            models.CheckConstraint(
                condition=Q(ended_at__isnull=True, ending="")
                | (Q(ended_at__isnull=False, password_hash="") & Q(ending__in=["done", "stopped", "lapsed"])),
                name="recovery_end_has_a_way",
            ),
            models.CheckConstraint(
                condition=~Q(ending="done") | Q(due_at__isnull=False, ended_at__gte=F("due_at")),
                name="recovery_done_when_due",
            ),
        ]
        triggers: ClassVar = [
            pgtrigger.Trigger(
                name="recovery_proven",
                operation=pgtrigger.Insert | pgtrigger.Update,
                when=pgtrigger.Before,
                func=RECOVERY_PROVEN,
            )
        ]

    def __str__(self) -> str:
        return f"recovery {self.pk}"


class RecoveryVouch(models.Model):
    """A friend says: it is really them."""

    recovery = models.ForeignKey(Recovery, on_delete=models.CASCADE, related_name="vouches")
    friend = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    at = models.DateTimeField()

    class Meta:
        verbose_name_plural = "recovery vouches"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["recovery", "friend"], name="recovery_vouch_once"),
        ]
        triggers: ClassVar = [
            pgtrigger.Trigger(
                name="vouched_by_a_friend",
                operation=pgtrigger.Insert | pgtrigger.Update,
                when=pgtrigger.Before,
                func=VOUCHED_BY_A_FRIEND,
            )
        ]

    def __str__(self) -> str:
        return f"{self.friend_id} vouches in {self.recovery_id}"


class AccountNews(models.Model):
    """What happened to an account: its person reads it, and has it as a mail however few mails they want."""

    class What(models.TextChoices):
        """The kinds of news of an account."""

        FRIENDS_CHOSEN = "friends.chosen", _("friends were chosen")
        CHOSEN_AS_FRIEND = "friend.chosen", _("somebody counts on you")
        RECOVERY_BEGUN = "recovery.begun", _("a friend lets you back in")
        RECOVERY_WAITS = "recovery.waits", _("a new password waits")
        RECOVERY_DONE = "recovery.done", _("a new password works")
        RECOVERY_STOPPED = "recovery.stopped", _("a new password was stopped")
        MERGING_ASKED = "merging.asked", _("somebody says that your account is theirs")

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="account_news")
    what = models.CharField(max_length=20, choices=What)
    about = models.ForeignKey(Person, on_delete=models.CASCADE, null=True, blank=True, related_name="+")
    body = models.ForeignKey(Body, on_delete=models.CASCADE, null=True, blank=True, related_name="+")
    until = models.DateTimeField(null=True, blank=True)
    at = models.DateTimeField()
    mailed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name_plural = "account news"
        indexes: ClassVar = [
            models.Index(fields=["person", "-at"], name="account_news_of_person"),
            models.Index(fields=["at"], condition=Q(mailed_at__isnull=True), name="account_news_waiting"),
        ]

    def __str__(self) -> str:
        return f"{self.what} for {self.person_id}"


class Merging(models.Model):
    """Two memberships of one body are one person's: the one that asks stays, the other ends (docs/adr/0046)."""

    class Ending(models.TextChoices):
        """How it ends."""

        DONE = "done", _("done")
        STOPPED = "stopped", _("stopped")
        LAPSED = "lapsed", _("lapsed")

    body = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="mergings")
    stays = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="+")
    ends = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    agreed_at = models.DateTimeField(null=True, blank=True)
    until = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    ending = models.CharField(max_length=7, choices=Ending, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["ends"], condition=Q(ended_at__isnull=True), name="merging_ends_once"),
            models.UniqueConstraint(fields=["stays"], condition=Q(ended_at__isnull=True), name="merging_stays_once"),
            models.CheckConstraint(condition=~Q(stays=F("ends")), name="merging_of_two"),
            models.CheckConstraint(
                condition=Q(ended_at__isnull=True, ending="")
                | (Q(ended_at__isnull=False) & Q(ending__in=["done", "stopped", "lapsed"])),
                name="merging_end_has_a_way",
            ),
            models.CheckConstraint(
                condition=~Q(ending="done")
                | Q(until__isnull=False, agreed_at__isnull=False)
                | Q(until__isnull=False, ended_at__gte=F("until")),
                name="merging_done_when_due",
            ),
        ]
        triggers: ClassVar = [
            pgtrigger.Trigger(
                name="merged_with_two",
                operation=pgtrigger.Insert | pgtrigger.Update,
                when=pgtrigger.Before,
                func=MERGED_WITH_TWO,
            )
        ]

    def __str__(self) -> str:
        return f"merging {self.pk}"

    @property
    def is_open(self) -> bool:
        """Whether it can still be carried out or stopped."""
        return self.ended_at is None


class MergingVouch(models.Model):
    """A member says: these two are one person."""

    merging = models.ForeignKey(Merging, on_delete=models.CASCADE, related_name="vouches")
    membership = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        verbose_name_plural = "merging vouches"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["merging", "membership"], name="merging_vouch_once"),
        ]

    def __str__(self) -> str:
        return f"{self.membership_id} vouches in {self.merging_id}"


class Calendar(models.Model):
    """The secret address of a person's calendar; only its hash is kept. A new one ends the former."""

    person = models.OneToOneField(Person, on_delete=models.CASCADE, related_name="calendar")
    token_hash = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"calendar of {self.person_id}"
