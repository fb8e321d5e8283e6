"""Minutes: lines that the meeting itself leaves, notes between them, and the text that was made of both."""

from typing import ClassVar

import pgtrigger
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from core.models import Membership, Person
from core.models.fields import LineField

from .agenda import AgendaItem
from .assemblies import Assembly

NOTE_MAX = 4000
PUBLISHED_STANDS = """
    IF EXISTS (SELECT 1 FROM councils_assembly a WHERE a.published_at IS NOT NULL AND a.id =
        CASE WHEN TG_OP = 'DELETE' THEN OLD.assembly_id ELSE NEW.assembly_id END)
    THEN RAISE EXCEPTION 'published minutes never change'; END IF;
    IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;
    RETURN NEW;
"""


class MinuteLine(models.Model):
    """One line of the minutes. What the meeting did writes itself; a note is what the note-taker writes."""

    class Kind(models.TextChoices):
        """What happened. The sentence is made of it when the minutes are read."""

        OPENED = "opened", _("opened")
        ARRIVED = "arrived", _("arrived")
        LEFT = "left", _("left")
        GUESTS = "guests", _("guests")
        BEGUN = "begun", _("item begun")
        ENDED = "ended", _("item ended")
        LONGER = "longer", _("more time")
        FELT = "felt", _("temperature")
        ASKED = "asked", _("asked to waive the discussion")
        WAIVED = "waived", _("discussion waived")
        NOT_WAIVED = "not_waived", _("discussion not waived")
        ERRAND = "errand", _("somebody will do something")
        NOTE = "note", _("note")
        CLOSED = "closed", _("closed")

    assembly = models.ForeignKey(Assembly, on_delete=models.PROTECT, related_name="lines")
    kind = models.CharField(max_length=10, choices=Kind)
    at = models.DateTimeField()
    item = models.ForeignKey(AgendaItem, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    membership = models.ForeignKey(Membership, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    numbers = models.JSONField(default=dict, blank=True)
    text = models.TextField(_("note"), max_length=NOTE_MAX, blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=~Q(kind="note") | ~Q(text=""), name="note_has_words"),
        ]
        indexes: ClassVar = [models.Index(fields=["assembly", "at"], name="minutes_in_order")]
        triggers: ClassVar = [
            pgtrigger.Trigger(
                name="published_line_stands",
                operation=pgtrigger.Insert | pgtrigger.Update | pgtrigger.Delete,
                when=pgtrigger.Before,
                func=PUBLISHED_STANDS,
            )
        ]

    def __str__(self) -> str:
        return f"line {self.pk}"


class Minutes(models.Model):
    """The minutes as they were published. Nothing in them changes; corrections are added below.

    `named` keeps the names in the text by the keys of memberships, so that who is forgotten can be hidden in it.
    """

    assembly = models.OneToOneField(Assembly, on_delete=models.PROTECT, related_name="minutes")
    text = models.TextField()
    named = models.JSONField(default=dict)
    published_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    published_at = models.DateTimeField()

    class Meta:
        verbose_name_plural = "minutes"
        constraints: ClassVar = [models.CheckConstraint(condition=~Q(text=""), name="minutes_have_words")]
        triggers: ClassVar = [pgtrigger.Protect(name="minutes_stand", operation=pgtrigger.Update | pgtrigger.Delete)]

    def __str__(self) -> str:
        return f"minutes {self.pk}"


class Addendum(models.Model):
    """A correction of published minutes, by name."""

    minutes = models.ForeignKey(Minutes, on_delete=models.PROTECT, related_name="addenda")
    author = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    text = models.TextField(_("what has to be added"), max_length=NOTE_MAX)
    at = models.DateTimeField()

    class Meta:
        verbose_name_plural = "addenda"
        constraints: ClassVar = [models.CheckConstraint(condition=~Q(text=""), name="addendum_has_words")]
        triggers: ClassVar = [pgtrigger.Protect(name="addendum_stands", operation=pgtrigger.Update | pgtrigger.Delete)]

    def __str__(self) -> str:
        return f"addendum {self.pk}"


class Errand(models.Model):
    """Something that somebody took on at an assembly: what, who, by when."""

    assembly = models.ForeignKey(Assembly, on_delete=models.PROTECT, related_name="errands")
    item = models.ForeignKey(AgendaItem, on_delete=models.PROTECT, null=True, blank=True, related_name="errands")
    what = LineField(_("what"), max_length=200)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, blank=True, related_name="errands")
    due_on = models.DateField(_("by"), null=True, blank=True)
    done_at = models.DateTimeField(null=True, blank=True)
    note = LineField(_("how it went"), max_length=300, blank=True)

    class Meta:
        constraints: ClassVar = [models.CheckConstraint(condition=~Q(what=""), name="errand_says_what")]

    def __str__(self) -> str:
        return self.what
