"""Joining a confederation: decided by the body for itself, then by the bodies that are in it."""

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from confederation.actions import seats
from confederation.models import Joining
from confederation.permissions import seats as may
from core.actions import accords
from core.locks import Taken, Touched
from core.models import Accord, Body, Person, Proposal
from core.queries.charters import get_charter
from core.refusals import WrongStep

KIND = Accord.Kind.JOIN


@transaction.atomic
def propose(body: Body, confederation: Body, text: str, *, voice: bool = True, by: Person, at: datetime) -> Proposal:
    """Propose to one's own body to join a confederation, with its charter as it is; without `voice` to speak there
    only. The bodies in it are asked once this one has adopted it.
    """
    body = accords.hold(body, by)
    may.can_join(body, confederation, voice=voice).or_deny()
    proposal = accords.propose(body, plan_of(body, confederation, text, voice=voice), by=by, at=at)
    write(proposal.accord.accord, body, confederation, voice=voice)
    return proposal


def plan_of(body: Body, confederation: Body, text: str, *, voice: bool) -> accords.Plan:
    """What both decide alike."""
    words = _("%(body)s joins %(above)s") if voice else _("%(body)s speaks in %(above)s, as an observer")
    title = str(words % {"body": body.name, "above": confederation.name})
    return accords.Plan(KIND, confederation, title, text, [confederation])


def write(accord: Accord, body: Body, confederation: Body, *, voice: bool) -> Joining:
    """What the accord is to bring about, with the charter as it is now."""
    charter = get_charter(confederation)
    return Joining.objects.create(accord=accord, confederation=confederation, body=body, charter=charter, voice=voice)


def possible(accord: Accord, body: Body, at: datetime) -> None:
    """Raise unless this locked body may join that confederation, or be it."""
    del at
    if body.pk == accord.lead_id:
        return
    may.can_join(body, accord.lead, voice=False).or_deny()
    if Accord.objects.open().filter(kind=KIND, lead=accord.lead_id, sides__body=body, sides__first=True).exists():
        raise WrongStep(_("It is proposed already that this body joins. Speak and vote there."))


def touches(_accord: Accord, _body: Body) -> Touched:
    """Nothing but the bodies themselves."""
    return Touched()


def ending(_accord: Accord, _bodies: Iterable[int]) -> list[int]:
    """No body ends by it."""
    return []


def take_in(accord: Accord, taken: dict[int, Taken], decisions: dict[int, int], at: datetime) -> None:
    """The body is in the confederation from now on."""
    joins = accord.joins
    body, confederation = taken[joins.body_id].body, taken[joins.confederation_id].body
    seats.take(
        accord,
        confederation,
        body,
        voice=joins.voice,
        decisions={body.pk: decisions[body.pk], confederation.pk: decisions[confederation.pk]},
        at=at,
    )


WAY = accords.Way(possible, touches, ending, take_in)
