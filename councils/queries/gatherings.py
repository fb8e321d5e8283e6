"""What core asks about a vote: whether it is taken at an assembly, until when that is to last, and who was there."""

from datetime import datetime

from django.db.models import Q

from core.gatherings import Gathering
from core.models import Proposal, Vote
from councils.models import AgendaItem, Assembly, Attendance
from councils.models.assemblies import Stage


def gathering_for(proposal: Proposal, before: datetime) -> Gathering | None:
    """The assembly on whose agenda votes on the proposal are taken, as core sees it: see core.gatherings."""
    items = AgendaItem.objects.filter(proposal=proposal, takes_ballots=True, assembly__starts_at__lt=before)
    items = items.filter(assembly__stage__in=[Stage.CALLED, Stage.OPEN]).select_related("assembly")
    found = items.order_by("-assembly__ends_at").first()
    return described(found.assembly) if found is not None else None


def described(assembly: Assembly) -> Gathering:
    """An assembly as core sees it."""
    assert assembly.starts_at is not None and assembly.ends_at is not None  # noqa: S101, PT018  (a constraint holds it)
    return Gathering(assembly.title, assembly.get_absolute_url(), assembly.starts_at, assembly.ends_at)


def those_there(vote: Vote) -> set[int]:
    """Who was in the room of the assembly that takes this vote, at some time since the vote is open."""
    items = AgendaItem.objects.filter(proposal=vote.proposal_id, takes_ballots=True)
    since = Q(left_at__isnull=True) | Q(left_at__gte=vote.opened_at)
    came = Attendance.objects.filter(since, assembly__in=items.values("assembly"), assembly__ends_at=vote.meets_until)
    return set(came.values_list("membership__person", flat=True))
