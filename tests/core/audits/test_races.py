"""On real connections: who is elected to audit a body and joins it at the same moment is one or the other."""

from functools import partial

import pytest
from django.db import transaction

from core.actions import mandates, memberships
from core.kinds import election_touches
from core.locks import lock, take
from core.models import Body, Mandate, Membership, Person, Proposal
from core.timekeeping import folkmoot_now
from tests import village
from tests.core.audits.scene import call_for_audit, make_hosted
from tests.core.people.test_races import at_once

pytestmark = [pytest.mark.slow, pytest.mark.django_db(transaction=True)]


@transaction.atomic
def join(body: Body, person: Person) -> Membership:
    """As an admission does."""
    return memberships.admit(lock(body), person, at=folkmoot_now())


@transaction.atomic
def elected(proposal: Proposal, person: Person) -> Mandate:
    """As the closer does."""
    take(proposal.body_id, election_touches(proposal))
    return mandates.give(proposal, person, proposal.election, at=folkmoot_now())


def test_nobody_becomes_auditor_and_member_at_once() -> None:
    host = village.make_council("Alder Street", village.make_people("ana", "bruno", "eva"), open_proposals=10)
    workshop = make_hosted(host, village.make_people("x", "y", "z"))
    ana = Person.objects.get(sign_in_name="ana")
    for person in village.make_people(*(f"stands{number}" for number in range(8))):
        with transaction.atomic():
            memberships.admit(host, person, at=folkmoot_now())
        proposal = call_for_audit(host, workshop, ana)

        at_once([partial(elected, proposal, person), partial(join, workshop, person)])

        inside = Membership.objects.filter(body=workshop, person=person).count()
        auditing = Mandate.objects.filter(granted_by=proposal).count()
        assert inside + auditing == 1
