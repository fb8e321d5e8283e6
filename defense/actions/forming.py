"""Forming a defence body: a council decides on it, and its author is the first member."""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from core.actions import bodies, charters, proposals
from core.locks import lock, lock_all
from core.models import Body, Membership, Person, Proposal
from core.permissions.members import membership_of
from core.queries.charters import get_charter
from core.record import record
from core.refusals import Invalid
from core.registry import NO_LONGER_MEMBER, Impossible
from core.rules.lines import one_line
from defense.models import DefenseBody
from defense.permissions import bodies as may

KIND = "defense"
FORMED = "defense.formed"


@dataclass(frozen=True, slots=True)
class Plan:
    """What is to be formed: nothing but its name, its sort and its purpose."""

    name: str
    sort: str
    purpose: str


@transaction.atomic
def propose(host: Body, plan: Plan, text: str, *, by: Person, at: datetime) -> Proposal:
    """Propose, in a council, to form a defence body that answers to it."""
    membership = membership_of(by, host)
    lock_all(Membership, [membership.pk] if membership else [])  # first in the order; putting up takes it again
    host = lock(host)
    may.can_form(by, host).or_deny()
    name, purpose = one_line(plan.name), plan.purpose.strip()
    if not name or len(name) > 80 or not purpose or len(purpose) > 4000:
        raise Invalid(_("Give it a name, and say what it is for."))
    if plan.sort not in DefenseBody.Sort.values:
        raise Invalid(_("Choose what sort of defence body it is."))
    title = str(_("Form %(body)s") % {"body": name})[:120]
    proposal = proposals.draft(host, by=by, at=at, title=title, text=text, kind=KIND)
    DefenseBody.objects.create(proposal=proposal, sort=plan.sort, name=name, purpose=purpose)
    return proposals.put_up(proposal, by=by, at=at)


def form(proposal: Proposal, *, at: datetime) -> Body:
    """The council has decided: the body is there, with the author as its first member. Called in the closing
    transaction. Its charter begins with the numbers of the host; three adopt it, as everywhere.
    """
    row, host, author = proposal.forms_defense, proposal.body, proposal.author
    if author is None or not Membership.objects.open().filter(body=host, person=author).exists():
        raise Impossible(NO_LONGER_MEMBER)
    content = charters.Draft(row.purpose, "", get_charter(host).numbers)
    body = bodies.form(row.name, content, by=author, at=at, kind=Body.Kind.DEFENSE, listed=host.listed, host=host)
    row.body = body
    row.save(update_fields=["body"])
    record(FORMED, host, by=None, at=at, texts={"body": body.name}, proposal=proposal.pk, sort=row.sort)
    return body
