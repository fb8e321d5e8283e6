"""A delegate who was sent free says something else than home has decided, and why (DESIGN 6, Referral)."""

from django.db import DatabaseError, transaction
from django.utils.translation import gettext_lazy as _

from confederation.models import Deviation, Station
from confederation.permissions import speaking as may
from confederation.rules.positions import Said
from core.actions.telling import tell
from core.locks import lock, take_mandate
from core.models import Mandate, Person
from core.record import record
from core.refusals import Invalid, TooLate
from core.registry import rests
from core.timekeeping import folkmoot_now

TOLD = "position.deviated"
RAISED = "P0001"
"""The state that a trigger of the database leaves when it refuses."""
CAN_SAY = frozenset({Said.AGREE, Said.DISAGREE, Said.ASIDE})


@transaction.atomic
def deviate(station: Station, mandate: Mandate, says: Said, reason: str, *, by: Person) -> Deviation:
    """Say something else above than home. Home is told at once. An act under the mandate, and a race with the close of
    the level above: the clock is read after its lock.
    """
    mandate = take_mandate(mandate.pk)
    if station.above is not None:
        lock(station.above)  # who counts there has it alone
    station = Station.objects.select_related("above", "body", "referral__proposal").get(pk=station.pk)
    at = folkmoot_now()
    may.can_deviate(by, station, mandate, at=at).or_deny()
    rests(mandate, at=at).or_deny()
    if not reason.strip() or len(reason) > Deviation._meta.get_field("reason").max_length:  # type: ignore[operator]
        raise Invalid(_("Say why, in 2,000 characters at most."))
    if says not in CAN_SAY or says == station.home:
        raise Invalid(_("Choose something else than what your body has decided: agree, disagree or stand aside."))
    deviation = write(Deviation(station=station, mandate=mandate, says=says.value, reason=reason.strip(), at=at))
    texts, about = {"reason": deviation.reason}, {"proposal": station.proposal_id, "mandate": mandate.pk}
    record(TOLD, station.body, by=by, at=at, texts=texts, says=says.value, home=station.home, **about)
    page = (station.proposal or station.body).get_absolute_url()
    title = station.referral.proposal.title
    tell(TOLD, station.body, key=str(deviation.pk), at=at, by=by, title=title, path=page)
    return deviation


def write(deviation: Deviation) -> Deviation:
    """Keep it. Whether there is a mandate and who was sent has been judged; the database looks at the clock again."""
    try:
        deviation.save()
    except DatabaseError as problem:  # mandate or level ended between our look at the clock and the database's own
        if getattr(problem.__cause__, "sqlstate", "") == RAISED:
            raise TooLate(_("Your mandate, or the time to speak, has ended just now.")) from problem
        raise
    return deviation
