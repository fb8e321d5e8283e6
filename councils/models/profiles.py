"""The profile of a council, in versions: set when it is founded, then changed by its own decisions."""

from typing import ClassVar

import pgtrigger
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from core.models import Body, Proposal
from core.models.fields import LineField
from councils.rules.profiles import SCOPES, SIZES, Profile


class CouncilProfile(models.Model):
    """One version; that of the newest `in_force_at` holds. What no founding has set, a proposal sets."""

    class Scope(models.TextChoices):
        """Whom a council is made of."""

        BLOCK = "block", pgettext_lazy("whom a council is made of", "Block")
        STREET = "street", _("Street")
        BUILDING = "building", _("Building")
        NEIGHBOURHOOD = "neighbourhood", _("Neighbourhood")
        AREA = "area", _("Area")
        IDENTITY = "identity", _("Identity")
        PROFESSION = "profession", _("Profession")
        INTEREST = "interest", _("Interest")

    body = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="profiles")
    proposal = models.OneToOneField(Proposal, on_delete=models.PROTECT, null=True, blank=True, related_name="profile")
    scope = models.CharField(_("scope"), max_length=13, choices=Scope)
    affected = models.TextField(_("who is affected"), max_length=1000)
    size_hint = models.PositiveSmallIntegerField(_("up to how many people"), default=30)
    languages = LineField(_("languages"), max_length=120, blank=True)
    habits = models.TextField(_("habits"), max_length=2000, blank=True)
    drafted_at = models.DateTimeField()
    in_force_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(scope__in=SCOPES), name="profile_scope_known"),
            models.CheckConstraint(condition=~Q(affected=""), name="profile_says_who_is_affected"),
            models.CheckConstraint(
                condition=Q(size_hint__gte=SIZES[0], size_hint__lte=SIZES[1]), name="profile_size_in_range"
            ),
            models.CheckConstraint(
                condition=Q(proposal__isnull=False) | Q(in_force_at__isnull=False), name="profile_set_or_proposed"
            ),
        ]
        triggers: ClassVar = [
            pgtrigger.Trigger(
                name="profile_kept",
                operation=pgtrigger.Update | pgtrigger.Delete,
                when=pgtrigger.Before,
                condition=pgtrigger.Q(old__in_force_at__isnull=False),
                func="RAISE EXCEPTION 'a profile that was in force never changes';",
            )
        ]

    def __str__(self) -> str:
        return f"{self.body}: {self.scope}"

    @property
    def said(self) -> Profile:
        """As the rules take it."""
        return Profile(self.scope, self.affected, self.size_hint, self.languages, self.habits)
