"""Bodies: self-governing groups and their members in time."""

import secrets
from datetime import datetime
from typing import ClassVar, Self

import pgtrigger
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from core.rules.founding import ADOPTERS_NEEDED

from .fields import LineField
from .hosts import HOST_IS_ABOVE, HOSTED_ARE_SUSPENDED, SUSPENDED_UNTIL_ANOTHER_HOST
from .people import Person


def new_key() -> bytes:
    """32 random bytes."""
    return secrets.token_bytes(32)


class BodyQuerySet(models.QuerySet["Body"]):
    """Filters for bodies."""

    def visible_to(self, person: Person | None) -> Self:
        """Listed bodies for everyone, unlisted ones for their members only."""
        listed = Q(listed=True)
        if person is None or not person.is_authenticated:
            return self.filter(listed)
        return self.filter(listed | Q(pk__in=Membership.objects.reading().filter(person=person).values("body")))

    def of(self, person: Person) -> Self:
        """Bodies a person is a member of now, or was when they ended: what those did stays readable."""
        return self.filter(pk__in=Membership.objects.reading().filter(person=person).values("body"))


# The rule of core.rules.founding once more, for whatever way it comes.
ADOPTED_BY_ENOUGH = f"""
    IF NOT EXISTS (
        SELECT 1 FROM core_adoption a JOIN core_charter c ON c.id = a.charter_id
        JOIN core_membership m ON m.id = a.membership_id AND m.ended_at IS NULL
        WHERE c.body_id = NEW.id GROUP BY c.id HAVING count(*) >= NEW.founders AND (
            NEW.founders <= {ADOPTERS_NEEDED} OR (
                2 * count(*) > (SELECT count(*) FROM core_membership WHERE body_id = NEW.id AND ended_at IS NULL)
                AND NOT EXISTS (
                    SELECT 1 FROM core_charterobjection o
                    JOIN core_membership who ON who.id = o.membership_id AND who.ended_at IS NULL
                    WHERE o.charter_id = c.id AND o.taken_back_at IS NULL
                )
            )
        )
    ) THEN RAISE EXCEPTION 'a body decides once enough founding members have adopted its charter'; END IF;
    RETURN NEW;
"""  # noqa: S608  # nosec B608  (a constant of this house)


class Body(models.Model):
    """Any self-governing group. It decides once its founding members have adopted its charter: `founders` of them.

    It is suspended when its host ends (which then stays in `host`), or recognises it no longer and it cannot be without
    one (`host` is empty); another host lifts that, and nothing else.
    """

    class Kind(models.TextChoices):
        """What sort of group it is; the pillars add what is particular to each."""

        COUNCIL = "council", _("Council")
        CATALYST = "catalyst", _("Catalyst group")
        COOPERATIVE = "cooperative", _("Cooperative")
        DEFENSE = "defense", _("Defence body")
        POD = "pod", _("Pod")
        CONFEDERATION = "confederation", _("Confederation")

    kind = models.CharField(_("kind"), max_length=13, choices=Kind, default=Kind.COUNCIL)
    name = LineField(_("name"), max_length=80)
    slug = models.SlugField(max_length=80, unique=True)
    host = models.ForeignKey("self", on_delete=models.PROTECT, null=True, blank=True, related_name="hosted")
    listed = models.BooleanField(_("listed"), default=True)
    founders = models.PositiveSmallIntegerField(default=ADOPTERS_NEEDED, db_default=ADOPTERS_NEEDED)
    formed_at = models.DateTimeField()
    adopted_at = models.DateTimeField(null=True, blank=True)
    suspended_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)

    objects: ClassVar = BodyQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "bodies"
        constraints: ClassVar = [
            models.CheckConstraint(condition=~Q(name=""), name="body_has_a_name"),
            models.CheckConstraint(
                condition=Q(kind__in=["council", "catalyst", "cooperative", "defense", "pod", "confederation"]),
                name="body_kind_known",
            ),
            models.CheckConstraint(condition=Q(host__isnull=True) | ~Q(host=models.F("id")), name="body_not_own_host"),
            models.CheckConstraint(condition=Q(founders__gte=ADOPTERS_NEEDED), name="body_has_founders"),
            models.CheckConstraint(
                condition=~Q(kind="defense") | Q(host__isnull=False) | Q(suspended_at__isnull=False),
                name="body_defense_has_a_host",
            ),
        ]
        triggers: ClassVar = [
            pgtrigger.Trigger(
                name="adopted_by_enough",
                operation=pgtrigger.Update,
                when=pgtrigger.Before,
                condition=pgtrigger.Q(old__adopted_at__isnull=True, new__adopted_at__isnull=False)
                & ~pgtrigger.Q(new__kind="confederation"),  # bodies found one, and it has no people of its own
                func=ADOPTED_BY_ENOUGH,
            ),
            pgtrigger.Trigger(
                name="host_is_above",
                operation=pgtrigger.Insert | pgtrigger.Update,
                when=pgtrigger.Before,
                condition=pgtrigger.Q(new__host__isnull=False),
                func=HOST_IS_ABOVE,
            ),
            pgtrigger.Trigger(
                name="suspended_until_another_host",
                operation=pgtrigger.Update,
                when=pgtrigger.Before,
                func=SUSPENDED_UNTIL_ANOTHER_HOST,
            ),
            pgtrigger.Trigger(
                name="hosted_are_suspended",
                operation=pgtrigger.Update,
                when=pgtrigger.After,
                timing=pgtrigger.Deferred,
                condition=pgtrigger.Q(old__ended_at__isnull=True, new__ended_at__isnull=False),
                func=HOSTED_ARE_SUSPENDED,
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        """Its page."""
        return reverse("core:body-detail", args=[self.slug])

    @property
    def has_members(self) -> bool:
        """Whether people are in it. Those of a confederation are bodies."""
        return self.kind != self.Kind.CONFEDERATION

    @property
    def lives(self) -> bool:
        """Whether its charter is adopted, and it has not ended. While it is suspended it still chooses a host."""
        return self.adopted_at is not None and self.ended_at is None

    @property
    def decides(self) -> bool:
        """Whether it decides on anything that its members propose."""
        return self.lives and self.suspended_at is None


class MembershipQuerySet(models.QuerySet["Membership"]):
    """Filters for memberships."""

    def open(self) -> Self:
        """Members now."""
        return self.filter(ended_at__isnull=True)

    def reading(self) -> Self:
        """Members now, and those whose body ended under them."""
        return self.filter(Q(ended_at__isnull=True) | Q(ending=Membership.Ending.BODY_ENDED))

    def with_voice(self, at: datetime) -> Self:
        """Members past the waiting time: they vote, block and count in confidence."""
        return self.open().filter(voice_from__lte=at)


# A label stays for good, or is destroyed for good; and only of who has left and asked for it.
LABEL_STAYS = """
    IF NEW.label_key IS DISTINCT FROM OLD.label_key AND NOT (NEW.label_key IS NULL AND NEW.forgotten_at IS NOT NULL)
    THEN RAISE EXCEPTION 'a label stays, or is destroyed for good'; END IF;
    RETURN NEW;
"""


class Membership(models.Model):
    """A person in a body for a stretch of time. Its key gives the pseudonym in the record, until it is destroyed."""

    class Ending(models.TextChoices):
        """How a membership ends."""

        LEFT = "left", _("left")
        REMOVED = "removed", _("removed")
        BODY_ENDED = "body_ended", _("the body ended")
        MERGED = "merged", _("merged into another account of the same person")

    body = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="memberships")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="memberships")
    invited_by = models.ForeignKey("self", on_delete=models.SET_NULL, null=True, blank=True, related_name="invited")
    joined_at = models.DateTimeField()
    voice_from = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)
    ending = models.CharField(max_length=10, choices=Ending, blank=True)
    label_key = models.BinaryField(max_length=32, default=new_key, null=True, blank=True)
    forget_asked_at = models.DateTimeField(null=True, blank=True)
    forgotten_at = models.DateTimeField(null=True, blank=True)

    objects: ClassVar = MembershipQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["body", "person"], condition=Q(ended_at__isnull=True), name="membership_open_once"
            ),
            models.CheckConstraint(
                condition=Q(ended_at__isnull=True, ending="")
                | (Q(ended_at__isnull=False) & Q(ending__in=["left", "removed", "body_ended", "merged"])),
                name="membership_end_has_a_way",
            ),
            models.CheckConstraint(condition=Q(voice_from__gte=models.F("joined_at")), name="membership_voice_later"),
            models.CheckConstraint(
                condition=Q(forget_asked_at__isnull=True) | Q(ended_at__isnull=False),
                name="membership_forgets_who_left",
            ),
            models.CheckConstraint(
                condition=Q(forgotten_at__isnull=True, label_key__isnull=False)
                | Q(forgotten_at__isnull=False, label_key__isnull=True, forget_asked_at__isnull=False),
                name="membership_forgotten_has_no_key",
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["body", "voice_from"], condition=Q(ended_at__isnull=True), name="membership_voice"),
        ]
        triggers: ClassVar = [
            pgtrigger.Trigger(name="label_stays", operation=pgtrigger.Update, when=pgtrigger.Before, func=LABEL_STAYS)
        ]

    def __str__(self) -> str:
        return f"{self.person} in {self.body}"

    def has_voice(self, at: datetime) -> bool:
        """Whether the waiting time is over."""
        return self.ended_at is None and self.voice_from <= at


class Adoption(models.Model):
    """A founding member adopts the first charter of a body."""

    charter = models.ForeignKey("core.Charter", on_delete=models.PROTECT, related_name="adoptions")
    membership = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="adoptions")
    at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["charter", "membership"], name="adoption_once")]

    def __str__(self) -> str:
        return f"{self.membership_id} adopts {self.charter_id}"


class CharterObjection(models.Model):
    """A founding member objects to the draft of a first charter and says why. While it stands, a charter that takes
    consensus does not come into force.
    """

    charter = models.ForeignKey("core.Charter", on_delete=models.PROTECT, related_name="objections")
    membership = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="charter_objections")
    reason = models.TextField(_("why"), max_length=2000)
    at = models.DateTimeField()
    taken_back_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["charter", "membership"],
                condition=Q(taken_back_at__isnull=True),
                name="charter_objection_once",
            ),
            models.CheckConstraint(condition=~Q(reason=""), name="charter_objection_has_a_reason"),
        ]

    def __str__(self) -> str:
        return f"{self.membership_id} objects to {self.charter_id}"


class Invitation(models.Model):
    """A link (also as QR code) with which a member invites; only the hash of its token is kept. A pillar can let the
    member of another body invite: a catalyst group does so for the council it founds.
    """

    body = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="invitations", null=True, blank=True)
    by = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="invitations", null=True, blank=True)
    note = LineField(_("for whom"), max_length=80, blank=True)
    token_hash = models.CharField(max_length=64, unique=True)
    created_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    uses_left = models.PositiveSmallIntegerField(_("how many people"), default=1)
    uses = models.PositiveSmallIntegerField(default=0)
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(expires_at__gt=models.F("created_at")), name="invitation_expires_later"),
            models.CheckConstraint(
                condition=Q(body__isnull=True, by__isnull=True) | Q(body__isnull=False, by__isnull=False),
                name="invitation_by_a_member",  # without both it is the first link of an empty house
            ),
        ]

    def __str__(self) -> str:
        return f"invitation {self.pk}"


class Application(models.Model):
    """Somebody asks to join: by vouching, or by proposal, as the charter says."""

    class Stage(models.TextChoices):
        """Where an application is."""

        OPEN = "open", _("waiting for vouches")
        OBJECTIONS = "objections", _("open to objections")
        DECIDING = "deciding", _("being decided")
        ADMITTED = "admitted", _("admitted")
        REFUSED = "refused", _("refused")
        WITHDRAWN = "withdrawn", _("withdrawn")

    OPEN_STAGES: ClassVar = (Stage.OPEN, Stage.OBJECTIONS, Stage.DECIDING)

    body = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="applications")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="applications")
    invited_by = models.ForeignKey(Membership, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    words = models.TextField(_("a few words about yourself"), blank=True, max_length=1000)
    stage = models.CharField(max_length=10, choices=Stage, default=Stage.OPEN)
    created_at = models.DateTimeField()
    objections_until = models.DateTimeField(null=True, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["body", "person"],
                condition=Q(stage__in=["open", "objections", "deciding"]),
                name="application_open_once",
            ),
            models.CheckConstraint(
                condition=(Q(stage__in=["open", "objections", "deciding"], closed_at__isnull=True))
                | Q(stage__in=["admitted", "refused", "withdrawn"], closed_at__isnull=False),
                name="application_closed_has_a_date",
            ),
            models.CheckConstraint(
                condition=~Q(stage="objections") | Q(objections_until__isnull=False),
                name="application_objections_have_an_end",
            ),
        ]

    def __str__(self) -> str:
        return f"application {self.pk}"

    @property
    def is_open(self) -> bool:
        """Whether it still waits for something."""
        return self.stage in self.OPEN_STAGES


class Vouch(models.Model):
    """A member vouches for an applicant."""

    application = models.ForeignKey(Application, on_delete=models.CASCADE, related_name="vouches")
    membership = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="vouches")
    at = models.DateTimeField()

    class Meta:
        verbose_name_plural = "vouches"
        constraints: ClassVar = [models.UniqueConstraint(fields=["application", "membership"], name="vouch_once")]

    def __str__(self) -> str:
        return f"vouch {self.pk}"


class Objection(models.Model):
    """A member objects to an admission and says why; the body then decides by simple majority."""

    application = models.ForeignKey(Application, on_delete=models.CASCADE, related_name="objections")
    membership = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="objections")
    reason = models.TextField(_("why"), max_length=2000)
    at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["application", "membership"], name="objection_once"),
            models.CheckConstraint(condition=~Q(reason=""), name="objection_has_a_reason"),
        ]

    def __str__(self) -> str:
        return f"objection {self.pk}"
