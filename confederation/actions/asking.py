"""Asking one body: its own proposal, once, in a transaction of its own. Whoever was not asked yet is found again."""

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from confederation.models import Station
from confederation.rules import timing
from core.actions import proposals
from core.locks import Touched, lock, take
from core.models import Proposal, Stage
from core.registry import Times
from core.rules.terms import Matter
from core.timekeeping import folkmoot_now

KIND = "referral"
LABEL = _("Question of a confederation")


def to_ask(at: datetime) -> Iterable[int]:
    """Bodies at the base that were not asked yet, and still can be."""
    asked = Station.objects.to_ask().filter(referral__counted_at__isnull=True, closes_at__gt=at)
    return asked.filter(body__ended_at__isnull=True).order_by("pk").values_list("pk", flat=True)


@transaction.atomic
def ask(station_id: int) -> bool:
    """Put the question before one body. Its vote is opened by the clock. Idempotent."""
    body_id = Station.objects.values_list("body_id", flat=True).get(pk=station_id)
    body = take(body_id, Touched()).body
    station, at = lock(Station(pk=station_id)), folkmoot_now()
    too_late = body.ended_at is not None or station.closes_at <= at
    if too_late or station.level > 0 or station.proposal_id is not None or station.decided_at is not None:
        return False
    above = Proposal.objects.get(referral__stations=station)
    if above.stage != Stage.VOTING:
        return False
    text = above.texts.order_by("-number")[0]
    station.proposal = proposals.start_by_clock(body, at=at, kind=KIND, title=text.title, text=text.text)
    station.save(update_fields=["proposal"])
    return True


def matter(proposal: Proposal) -> Matter:
    """A recall above is decided by simple majority, all else as the body decides ordinary matters."""
    recalls = proposal.station.referral.matter == Matter.RECALL.value
    return Matter.ABOVE if recalls else Matter.REFERRAL


def times(proposal: Proposal) -> Times | None:
    """They vote in the last 7 days before all close at once; on a recall from the beginning."""
    station = Station.objects.select_related("referral").filter(proposal=proposal).first()
    if station is None or station.referral.asked_at is None:
        return None
    opens = max(timing.votes_from(station.closes_at), station.referral.asked_at)
    return Times(opens, station.closes_at)
