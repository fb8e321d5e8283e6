"""Sealed files: who can read them, with which keys, and who has (DESIGN 6, Protection; docs/sealed.md).

The seals lie outside the database (`core.sealing.store`). What is here is noise without them.
"""

from datetime import datetime
from typing import ClassVar, Self

import pgtrigger
from django.db import models
from django.db.models import F, Q

from .bodies import Body
from .people import Person

PAIR_FIXED = """
    IF (NEW.key_id, NEW.person_id, NEW.public, NEW.made_at) <> (OLD.key_id, OLD.person_id, OLD.public, OLD.made_at)
    THEN RAISE EXCEPTION 'a key pair never changes'; END IF;
    IF OLD.ended_at IS NOT NULL AND (NEW.ended_at, NEW.wrapped) IS DISTINCT FROM (OLD.ended_at, OLD.wrapped)
    THEN RAISE EXCEPTION 'a key pair that has ended stays so'; END IF;
    RETURN NEW;
"""
FILE_FIXED = """
    IF (NEW.name, NEW.body_id, NEW.made_at) <> (OLD.name, OLD.body_id, OLD.made_at)
    THEN RAISE EXCEPTION 'a sealed file stays what it is'; END IF;
    IF OLD.destroyed_at IS NOT NULL AND NEW IS DISTINCT FROM OLD
    THEN RAISE EXCEPTION 'what is destroyed stays destroyed'; END IF;
    RETURN NEW;
"""
READER_FIXED = """
    IF (NEW.file_id, NEW.person_id, NEW.since) <> (OLD.file_id, OLD.person_id, OLD.since)
    OR OLD.ended_at IS NOT NULL AND NEW.ended_at IS DISTINCT FROM OLD.ended_at
    THEN RAISE EXCEPTION 'who could read when stays as it was'; END IF;
    RETURN NEW;
"""
# Nobody reads what they have no right to, and nothing that is gone.
READ_BY_A_READER = """
    IF NOT EXISTS (
        SELECT 1 FROM core_filereader r JOIN core_sealedfile f ON f.name = r.file_id
        WHERE r.file_id = NEW.file_id AND r.person_id = NEW.person_id AND r.ended_at IS NULL AND f.destroyed_at IS NULL
    ) THEN RAISE EXCEPTION 'only its readers read a file'; END IF;
    RETURN NEW;
"""


class ReadingKeyQuerySet(models.QuerySet["ReadingKey"]):
    """Filters for key pairs of readers."""

    def standing(self) -> Self:
        """Those that files are sealed to."""
        return self.filter(ended_at__isnull=True)

    def to_clear(self) -> Self:
        """Ended ones whose seals are not destroyed yet."""
        return self.filter(ended_at__isnull=False, cleared_at__isnull=True)


class ReadingKey(models.Model):
    """The key pair of one reader; its private half locked with a passphrase that only they know."""

    key_id = models.CharField(max_length=32, primary_key=True)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="reading_keys")
    public = models.CharField(max_length=64, unique=True)
    salt = models.BinaryField(max_length=16)
    wrapped = models.BinaryField(max_length=80)
    memory_kib = models.PositiveIntegerField()
    passes = models.PositiveIntegerField()
    made_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)
    cleared_at = models.DateTimeField(null=True, blank=True)

    objects: ClassVar = ReadingKeyQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["person"], condition=Q(ended_at__isnull=True), name="readingkey_once"),
            models.CheckConstraint(condition=Q(public__regex="^[0-9a-f]{64}$"), name="readingkey_public_is_32_bytes"),
            models.CheckConstraint(
                condition=Q(ended_at__isnull=True, cleared_at__isnull=True) & ~Q(wrapped=b"")
                | Q(ended_at__isnull=False, wrapped=b""),
                name="readingkey_ended_opens_nothing",
            ),
        ]
        triggers: ClassVar = [
            pgtrigger.Trigger(
                name="readingkey_fixed", operation=pgtrigger.Update, when=pgtrigger.Before, func=PAIR_FIXED
            ),
            pgtrigger.Protect(name="readingkey_kept", operation=pgtrigger.Delete),
        ]

    def __str__(self) -> str:
        return f"reading key {self.key_id}"


class SealedFileQuerySet(models.QuerySet["SealedFile"]):
    """Filters for sealed files."""

    def for_reader(self, person: Person) -> Self:
        """Those that a person may read."""
        return self.filter(destroyed_at__isnull=True, readers__person=person, readers__ended_at__isnull=True)

    def due(self, at: datetime) -> Self:
        """Those whose time is over."""
        return self.filter(destroyed_at__isnull=True, expires_at__lte=at)


class SealedFile(models.Model):
    """That there is a sealed file, and until when; its words are beside it, its seals in the store."""

    name = models.CharField(max_length=32, primary_key=True)
    body = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="sealed_files")
    made_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    destroyed_at = models.DateTimeField(null=True, blank=True)

    objects: ClassVar = SealedFileQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(name__regex="^[0-9a-f]{32}$"), name="sealedfile_name_is_a_number"),
            models.CheckConstraint(condition=Q(expires_at__gt=F("made_at")), name="sealedfile_expires_later"),
            models.CheckConstraint(
                condition=Q(destroyed_at__isnull=True) | Q(destroyed_at__gte=F("expires_at")),
                name="sealedfile_destroyed_when_due",
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["expires_at"], condition=Q(destroyed_at__isnull=True), name="sealedfile_expires"),
        ]
        triggers: ClassVar = [
            pgtrigger.Trigger(
                name="sealedfile_fixed", operation=pgtrigger.Update, when=pgtrigger.Before, func=FILE_FIXED
            ),
            pgtrigger.Protect(name="sealedfile_kept", operation=pgtrigger.Delete),
        ]

    def __str__(self) -> str:
        return f"sealed file {self.name}"

    @property
    def is_gone(self) -> bool:
        """Whether nobody can read it any more."""
        return self.destroyed_at is not None


class SealedText(models.Model):
    """The words of a sealed file, encrypted. Row-level security: nobody gets the row without a reading."""

    file = models.OneToOneField(SealedFile, on_delete=models.PROTECT, primary_key=True, related_name="text")
    content = models.BinaryField(max_length=400_000)

    class Meta:
        triggers: ClassVar = [pgtrigger.Protect(name="sealedtext_once", operation=pgtrigger.Update)]

    def __str__(self) -> str:
        return "sealed words"


class FileReaderQuerySet(models.QuerySet["FileReader"]):
    """Filters for readers."""

    def standing(self) -> Self:
        """Those who may read now."""
        return self.filter(ended_at__isnull=True)

    def to_clear(self) -> Self:
        """Former readers whose seals are not destroyed yet."""
        return self.filter(ended_at__isnull=False, cleared_at__isnull=True)


class FileReader(models.Model):
    """That a person may read a file, from when to when. To read it takes a seal as well."""

    file = models.ForeignKey(SealedFile, on_delete=models.PROTECT, related_name="readers")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    since = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)
    cleared_at = models.DateTimeField(null=True, blank=True)

    objects: ClassVar = FileReaderQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["file", "person"], condition=Q(ended_at__isnull=True), name="reader_once"),
            models.CheckConstraint(
                condition=Q(ended_at__isnull=False) | Q(cleared_at__isnull=True), name="reader_cleared_when_ended"
            ),
        ]
        indexes: ClassVar = [
            models.Index(
                fields=["ended_at"],
                condition=Q(ended_at__isnull=False, cleared_at__isnull=True),
                name="reader_to_clear",
            ),
        ]
        triggers: ClassVar = [
            pgtrigger.Trigger(
                name="reader_fixed", operation=pgtrigger.Update, when=pgtrigger.Before, func=READER_FIXED
            ),
            pgtrigger.Protect(name="reader_kept", operation=pgtrigger.Delete),
        ]

    def __str__(self) -> str:
        return f"{self.person_id} reads {self.file_id}"


class Reading(models.Model):
    """The reading log: who asked to read which file, and when. Written, and committed, before the answer."""

    file = models.ForeignKey(SealedFile, on_delete=models.PROTECT, related_name="readings")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        indexes: ClassVar = [models.Index(fields=["file", "at"], name="reading_of_file")]
        triggers: ClassVar = [
            pgtrigger.Trigger(
                name="read_by_a_reader", operation=pgtrigger.Insert, when=pgtrigger.Before, func=READ_BY_A_READER
            ),
            pgtrigger.Protect(name="reading_kept", operation=pgtrigger.Update | pgtrigger.Delete),
        ]

    def __str__(self) -> str:
        return f"{self.person_id} read {self.file_id}"
