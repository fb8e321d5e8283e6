"""The two codes of conduct, in versions, and who has accepted which.

Whether somebody is in good standing is written down nowhere: it follows from these rows at every moment, in the
database (`defense_good_standing`) and in Python (`queries.standing`) alike.
"""

from typing import ClassVar, Self

import pgtrigger
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from core.models import Body, Membership, Proposal
from defense.rules.codes import NOTICE

CODE_MAX = 20_000

# Once adopted it never changes; a version after the first is in force after the notice, never sooner.
CODE_KEPT = f"""
    IF TG_OP = 'DELETE' OR (TG_OP = 'UPDATE' AND OLD.adopted_at IS NOT NULL)
    THEN RAISE EXCEPTION 'a code that was adopted never changes'; END IF;
    IF NEW.in_force_at <> NEW.adopted_at + least(NEW.number - 1, 1) * interval '{NOTICE.days} days'
    THEN RAISE EXCEPTION 'a new version of a code is in force after {NOTICE.days} days'; END IF;
    RETURN NEW;
"""


class CodeQuerySet(models.QuerySet["Code"]):
    """Filters for codes."""

    def of(self, body: Body) -> Self:
        """Both codes of a defence body: its own, and the confederation's as its host has adopted it."""
        return self.filter(Q(body=body) | Q(body=None, host=body.host_id))

    def adopted(self) -> Self:
        """Decided by the host, in force or about to be."""
        return self.filter(adopted_at__isnull=False)


class Code(models.Model):
    """One version of a code of conduct, decided by a host: of one body that answers to it, or (without a body) the
    confederation's for all of them.
    """

    host = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="codes_decided")
    body = models.ForeignKey(Body, on_delete=models.PROTECT, null=True, blank=True, related_name="codes")
    proposal = models.OneToOneField(Proposal, on_delete=models.PROTECT, related_name="code")
    number = models.PositiveSmallIntegerField(null=True, blank=True)
    text = models.TextField(_("the code"), max_length=CODE_MAX)
    drafted_at = models.DateTimeField()
    adopted_at = models.DateTimeField(null=True, blank=True)
    in_force_at = models.DateTimeField(null=True, blank=True)

    objects: ClassVar = CodeQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=~Q(text=""), name="code_not_empty"),
            models.CheckConstraint(
                condition=Q(adopted_at__isnull=True, in_force_at__isnull=True, number__isnull=True)
                | Q(adopted_at__isnull=False, in_force_at__gte=F("adopted_at"), number__gte=1),
                name="code_adopted_has_a_day",
            ),
            models.UniqueConstraint(
                fields=["body", "number"], condition=Q(body__isnull=False), name="code_of_a_body_once"
            ),
            models.UniqueConstraint(
                fields=["host", "number"], condition=Q(body__isnull=True), name="code_of_a_host_once"
            ),
        ]
        triggers: ClassVar = [
            pgtrigger.Trigger(
                name="code_kept",
                operation=pgtrigger.Insert | pgtrigger.Update | pgtrigger.Delete,
                when=pgtrigger.Before,
                func=CODE_KEPT,
            )
        ]

    def __str__(self) -> str:
        return f"code {self.number} of {self.body_id or self.host_id}"

    @property
    def scope(self) -> str:
        """Which of the two it is."""
        return "own" if self.body_id is not None else "confederal"


# Only the newest version that was adopted is accepted: of the member's own body, or of its host.
NEWEST_ACCEPTED = """
    IF NOT EXISTS (
        SELECT 1 FROM core_membership m JOIN core_body b ON b.id = m.body_id
        JOIN defense_code c ON c.id = NEW.code_id AND c.adopted_at IS NOT NULL
        AND (c.body_id = b.id OR (c.body_id IS NULL AND c.host_id = b.host_id))
        WHERE m.id = NEW.membership_id AND m.ended_at IS NULL AND NOT EXISTS (
            SELECT 1 FROM defense_code later WHERE later.host_id = c.host_id
            AND later.body_id IS NOT DISTINCT FROM c.body_id AND later.number > c.number
        )
    ) THEN RAISE EXCEPTION 'a member accepts the newest version of the codes'; END IF;
    RETURN NEW;
"""


class Acceptance(models.Model):
    """A member accepts one version of a code, on a day. Never changed, never taken away."""

    membership = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="acceptances")
    code = models.ForeignKey(Code, on_delete=models.PROTECT, related_name="acceptances")
    at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["membership", "code"], name="acceptance_once")]
        triggers: ClassVar = [
            pgtrigger.Trigger(
                name="newest_accepted", operation=pgtrigger.Insert, when=pgtrigger.Before, func=NEWEST_ACCEPTED
            ),
            pgtrigger.Trigger(
                name="acceptance_stays",
                operation=pgtrigger.Update | pgtrigger.Delete,
                when=pgtrigger.Before,
                func="RAISE EXCEPTION 'an acceptance stays';",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.membership_id} accepts {self.code_id}"
