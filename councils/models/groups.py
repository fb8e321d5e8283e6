"""Groups already at work that a body knows of, and the links with which it invites them to form a body of their own."""

from typing import ClassVar, Self

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from core.models import Body, Membership
from core.models.fields import LineField


class KnownGroupQuerySet(models.QuerySet["KnownGroup"]):
    """Filters for groups."""

    def listed(self) -> Self:
        """Those that were not taken off the list."""
        return self.filter(gone_at__isnull=True)


class KnownGroup(models.Model):
    """A group at work in the scope of a body: what it does, and a public way to reach it. Never a private person."""

    body = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="known_groups")
    name = LineField(_("name"), max_length=80)
    does = models.TextField(_("what it does"), max_length=500)
    reach = LineField(_("how to reach the group"), max_length=200)
    added_at = models.DateTimeField()
    gone_at = models.DateTimeField(null=True, blank=True)

    objects: ClassVar = KnownGroupQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=~Q(name="") & ~Q(does="") & ~Q(reach=""), name="group_is_described"),
            models.UniqueConstraint(
                fields=["body", "name"], condition=Q(gone_at__isnull=True), name="group_listed_once"
            ),
            models.CheckConstraint(
                condition=Q(gone_at__isnull=True) | Q(gone_at__gte=F("added_at")), name="group_goes_later"
            ),
        ]

    def __str__(self) -> str:
        return self.name


class GroupInvitation(models.Model):
    """A link with which one group forms one body; only the hash of its token is kept. A newer link ends it."""

    group = models.ForeignKey(KnownGroup, on_delete=models.PROTECT, related_name="invitations")
    by = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="+")
    token_hash = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)
    formed = models.OneToOneField(Body, on_delete=models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["group"], condition=Q(ended_at__isnull=True), name="group_one_link_at_a_time"
            ),
            models.CheckConstraint(condition=Q(expires_at__gt=F("made_at")), name="group_link_expires_later"),
            models.CheckConstraint(
                condition=Q(formed__isnull=True) | Q(ended_at__isnull=False), name="group_link_used_once"
            ),
        ]

    def __str__(self) -> str:
        return f"invitation of {self.group}"
