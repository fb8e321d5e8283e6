"""What a confederation itself founds, joins or leaves: a body below it puts that before all that are in it.

It has no members of its own who could begin it (docs/adr/0060).
"""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from confederation.actions import founding, joining
from confederation.actions.forwarding import KIND, NOT_BELOW, What
from confederation.models import Forward, Leaving, Seat
from confederation.permissions import seats as may
from confederation.queries.reach import above
from core.actions import accords, endings, proposals
from core.locks import lock
from core.models import Accord, Body, Person, Proposal
from core.permissions.members import is_deciding_member
from core.refusals import Invalid, WrongStep


@transaction.atomic
def propose_founding(body: Body, first: Body, plan: founding.Plan, *, by: Person, at: datetime) -> Proposal:
    """Propose to one's own body that a confederation above it founds one with others."""
    body, first = hold(body, first, by)
    plan = founding.checked(plan)
    accord = accords.begin(first, founding.alike(first, plan), at=at)
    founding.write(accord, plan)
    return put(body, first, What.CONFEDERATE, accord.title, accord.text, by=by, at=at, accord=accord)


@transaction.atomic
def propose_joining(
    body: Body, first: Body, into: Body, text: str, *, voice: bool = True, by: Person, at: datetime
) -> Proposal:
    """Propose to one's own body that a confederation above it joins another one."""
    body, first = hold(body, first, by)
    may.can_join(first, into, voice=voice).or_deny()
    accord = accords.begin(first, joining.plan_of(first, into, text, voice=voice), at=at)
    joining.write(accord, first, into, voice=voice)
    return put(body, first, What.JOIN, accord.title, accord.text, by=by, at=at, accord=accord)


@transaction.atomic
def propose_leaving(body: Body, seat: Seat, text: str, *, by: Person, at: datetime) -> Proposal:
    """Propose to one's own body that a confederation above it leaves the one that it is in."""
    body, first = hold(body, seat.body, by)
    seat = lock(seat)
    may.can_leave(seat).or_deny()
    if Leaving.objects.filter(seat=seat, proposal__stage__in=endings.OPEN_STAGES).exists():
        raise WrongStep(_("It is proposed already to leave. Speak and vote there."))
    words = {"body": first.name, "above": seat.confederation.name}
    title = str(_("%(body)s leaves %(above)s") % words)
    return put(body, first, What.LEAVE, title[:120], text.strip(), by=by, at=at, seat=seat)


def hold(body: Body, first: Body, by: Person) -> tuple[Body, Body]:
    """One's own body, locked, and a confederation above it, locked: bodies by their keys."""
    pair = {body.pk: body, first.pk: first}
    accords.hold(pair[min(pair)], by)
    for key in sorted(pair):
        pair[key] = lock(pair[key])
    is_deciding_member(by, pair[body.pk], KIND).or_deny()
    if first.pk not in above([body.pk]):
        raise Invalid(NOT_BELOW)
    return pair[body.pk], pair[first.pk]


def put(
    body: Body,
    first: Body,
    what: Forward.What,
    title: str,
    text: str,
    *,
    by: Person,
    at: datetime,
    accord: Accord | None = None,
    seat: Seat | None = None,
) -> Proposal:
    """Put it up in one's own body, which decides whether the confederation is asked."""
    proposal = proposals.draft(body, by=by, at=at, title=title, text=text, kind=KIND)
    Forward.objects.create(proposal=proposal, confederation=first, what=what, accord=accord, seat=seat)
    return proposals.put_up(proposal, by=by, at=at)
