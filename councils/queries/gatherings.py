"""What core asks about a vote: whether it is taken at an assembly, and until when that is planned to last."""

from collections.abc import Sequence
from datetime import datetime

from core.gatherings import Gathering
from core.models import Person, Proposal
from councils.models import AgendaItem, Assembly, Attendance
from councils.models.assemblies import Stage
from councils.permissions.assemblies import is_present

TO_COME, OVER = (Stage.CALLED, Stage.OPEN), (Stage.HELD, Stage.PUBLISHED)


def gathering_for(proposal: Proposal, before: datetime, /, *, also_over: bool = False) -> Gathering | None:
    """The assemblies on whose agenda votes on the proposal are taken, as core sees them: see core.gatherings."""
    stages = TO_COME + OVER if also_over else TO_COME
    items = AgendaItem.objects.filter(proposal=proposal, takes_ballots=True, assembly__starts_at__lt=before)
    found = items.filter(assembly__stage__in=stages).select_related("assembly").order_by("-assembly__ends_at")
    return described([item.assembly for item in found]) if found else None


def described(found: Sequence[Assembly]) -> Gathering:
    """Assemblies as core sees them, the last one first."""
    last = found[0]
    assert last.starts_at is not None and last.ends_at is not None  # noqa: S101, PT018  (a constraint holds it)

    def present(person: Person) -> bool:
        return any(was_there(person, each) for each in found)

    return Gathering(last.title, last.get_absolute_url(), last.starts_at, last.ends_at, present)


def was_there(person: Person, assembly: Assembly) -> bool:
    """Whether somebody is in the room, or was at some time, once it is over."""
    if assembly.stage not in OVER:
        return is_present(person, assembly)
    return Attendance.objects.filter(assembly=assembly, membership__person=person).exists()
