"""The host that a body answers to: chosen by the body and agreed to by the host, each by its own decision."""

from collections.abc import Iterable
from datetime import datetime

from django.utils.translation import gettext_lazy as _

from core.actions import accords
from core.locks import Taken, Touched
from core.models import Accord, Body, Cause, Membership, Person, Proposal
from core.record import record, record_id
from core.refusals import Denied, Invalid, WrongStep
from core.registry import Asked, Impossible, pillars_allow
from core.rules.hosting import HOSTS, LED_BY_THE_HOST

KIND = Accord.Kind.HOST


def propose(body: Body, host: Body, text: str, *, by: Person, at: datetime) -> Proposal:
    """Propose that a body answers to this host from now on; the host is asked once the body has adopted it."""
    title = str(_("%(host)s as the host of %(body)s") % {"host": host.name, "body": body.name})
    return accords.propose(body, accords.Plan(KIND, host, title, text, [host]), by=by, at=at)


def possible(accord: Accord, body: Body, at: datetime) -> None:
    """Raise unless this locked body may choose that host, or be it."""
    del at
    if accord.lead.kind not in HOSTS:
        raise Invalid(_("A host is a council or a confederation."))
    if body.pk == accord.lead_id:
        return
    if body.kind in HOSTS:
        raise Invalid(_("A council or confederation answers to its own members, to no host."))
    if body.host_id == accord.lead_id:
        raise Invalid(_("This is its host already."))
    if body.kind in LED_BY_THE_HOST and body.host is not None and body.suspended_at is None:
        raise Denied(_("The host of such a body decides on its structure. It can choose another one when that ends."))
    if Accord.objects.open().filter(kind=KIND, sides__body=body, sides__first=True).exists():
        raise WrongStep(_("A host is proposed already. Speak and vote there."))


def touches(_accord: Accord, _body: Body) -> Touched:
    """Nothing but the bodies themselves."""
    return Touched()


def ending(_accord: Accord, _bodies: Iterable[int]) -> list[int]:
    """No body ends by it."""
    return []


def settle(accord: Accord, taken: dict[int, Taken], decisions: dict[int, int], at: datetime) -> None:
    """The body answers to the host from now on; if it was suspended, it decides again."""
    host = taken[accord.lead_id].body
    [body] = [each.body for pk, each in taken.items() if pk != host.pk]
    body.host, body.suspended_at = host, None
    require_members_of_both(body, at=at)
    body.save(update_fields=["host", "suspended_at"])
    decided, agreed = decisions[body.pk], decisions[host.pk]
    above, below = record_id(host), record_id(body)
    record("host.chosen", body, by=None, at=at, texts={"name": host.name}, proposal=decided, host=above)
    record("host.agreed", host, by=None, at=at, texts={"name": body.name}, proposal=agreed, hosted=below)
    for each in (body, host):
        accords.news(Cause.What.HOST_SET, accord, each, at=at)


def require_members_of_both(body: Body, *, at: datetime) -> None:
    """`Impossible` if a pillar has members of this body be members of its host, and somebody is none of the new one."""
    if body.kind not in LED_BY_THE_HOST:
        return
    for member in Membership.objects.open().filter(body=body).select_related("person").order_by("pk"):
        if not pillars_allow(Asked.JOIN, member.person, body, at=at):
            raise Impossible(_("Somebody of this body is no member of the host. Join it, then propose it again."))


WAY = accords.Way(possible, touches, ending, settle)
