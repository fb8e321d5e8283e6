"""The profile of a council."""

from dataclasses import dataclass

from django.db.models import Exists, OuterRef, Subquery
from django.db.models.functions import JSONObject

from core.models import Body, Proposal, Stage
from councils.models import CouncilProfile

SHOWN = ("scope", "affected", "size_hint", "languages", "habits")


@dataclass(frozen=True, slots=True)
class Beside:
    """What stands beside a council's own page: its profile in force, and whether it may be becoming two."""

    profile: CouncilProfile | None
    splitting: bool


def get_profile(body: Body) -> CouncilProfile | None:
    """The one in force; none for a council that has set none."""
    return CouncilProfile.objects.filter(body=body, in_force_at__isnull=False).order_by("-in_force_at", "-pk").first()


def get_beside(body: Body) -> Beside:
    """One statement, for the page of a council has few to spare."""
    in_force = CouncilProfile.objects.filter(body=OuterRef("pk"), in_force_at__isnull=False)
    newest = in_force.order_by("-in_force_at", "-pk").values(shown=JSONObject(**{name: name for name in SHOWN}))[:1]
    splits = Proposal.objects.filter(body=OuterRef("pk"), kind="split", split__done_at=None).exclude(stage=Stage.IDEA)
    shown, splitting = Body.objects.filter(pk=body.pk).values_list(Subquery(newest), Exists(splits)).get()
    return Beside(CouncilProfile(body=body, **shown) if shown else None, splitting)
