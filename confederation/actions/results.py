"""What came of a referral reaches all bodies that were asked: news for each, in many small transactions."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import CharField, Exists, OuterRef, QuerySet, Value
from django.db.models.functions import Cast, Concat

from confederation.models import Referral, Station
from core.actions.telling import tell
from core.models import Cause
from core.timekeeping import folkmoot_now

RESULT = "referral.counted"
AT_ONCE = 200
LATELY = timedelta(days=30)


def to_spread(at: datetime) -> Iterable[int]:
    """Referrals that were counted lately, and of which some body was not told."""
    start = Concat(Value(f"{RESULT}:"), Cast(OuterRef("pk"), CharField()), Value(".all"))
    lately = Referral.objects.filter(counted_at__gt=at - LATELY, asked_at__isnull=False)
    return lately.exclude(Exists(Cause.objects.filter(key=start))).order_by("pk").values_list("pk", flat=True)


def spread(referral_id: int) -> bool:
    """Tell all of them, each once, whoever calls it and however often. The body at the top is told last."""
    referral = Referral.objects.select_related("proposal__body").get(pk=referral_id)
    if referral.counted_at is None:
        return False
    while tell_some(referral):
        pass
    with transaction.atomic():
        tell_of(referral, "all", at=folkmoot_now())
    return True


@transaction.atomic
def tell_some(referral: Referral) -> int:
    """Tell the next of them; how many."""
    at = folkmoot_now()
    some = list(untold(referral)[:AT_ONCE])
    for station in some:
        tell_of(referral, str(station.body_id), station, at=at)
    return len(some)


def untold(referral: Referral) -> "QuerySet[Station]":
    """The base bodies for which there is no news of it yet."""
    key = Concat(Value(f"{RESULT}:{referral.pk}."), Cast(OuterRef("body_id"), CharField()))
    stations = Station.objects.base().filter(referral=referral).exclude(Exists(Cause.objects.filter(key=key)))
    return stations.select_related("body", "proposal").order_by("pk")


def tell_of(referral: Referral, whom: str, station: Station | None = None, *, at: datetime) -> None:
    """One piece of news; it leads to what the body itself has decided."""
    proposal = referral.proposal
    body = station.body if station is not None else proposal.body
    own = station.proposal if station is not None else None
    path = (own or body).get_absolute_url()
    tell(RESULT, body, key=f"{referral.pk}.{whom}", at=at, proposal=own, title=proposal.title, path=path)
