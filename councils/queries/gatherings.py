"""What core asks about a vote: whether it is taken at an assembly, and until when that is planned to last."""

from datetime import datetime

from core.gatherings import Gathering
from core.models import Proposal
from councils.models import AgendaItem, Assembly, Attendance
from councils.models.assemblies import Stage


def gathering_for(proposal: Proposal, at: datetime) -> Gathering | None:
    """The assembly, called or under way, on whose agenda votes on the proposal are taken; of several the last."""
    items = AgendaItem.objects.filter(proposal=proposal, takes_ballots=True)
    items = items.filter(assembly__stage__in=[Stage.CALLED, Stage.OPEN]).select_related("assembly")
    found = items.order_by("-assembly__ends_at").first()
    return described(found.assembly) if found is not None else None


def described(assembly: Assembly) -> Gathering:
    """An assembly as core sees it."""
    assert assembly.starts_at is not None and assembly.ends_at is not None  # noqa: S101, PT018  (a constraint holds it)

    def present() -> set[int]:
        here = Attendance.objects.present().filter(assembly=assembly)
        return set(here.values_list("membership__person", flat=True))

    return Gathering(assembly.title, assembly.get_absolute_url(), assembly.starts_at, assembly.ends_at, present)
