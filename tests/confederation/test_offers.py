"""Being asked to hold a mandate of a confederation by a body that one is not in: told, read, accepted."""

import pytest
from django.test import Client
from django.urls import reverse

from confederation.actions import forwarding, holding
from core.actions import mandates
from core.models import Cause, Offer, Person, Proposal
from core.timekeeping import folkmoot_now
from tests import village
from tests.confederation import rows
from tests.confederation.test_pages import seen
from tests.confederation.valley import Valley, member

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("rows_by_hand")]


def asked(valley: Valley, person: Person) -> Proposal:
    """Alder would have the valley give somebody a mandate."""
    terms = mandates.Terms(person, "Keep the well.", "Buy nothing.", 90)
    plan = forwarding.Plan(valley.valley, forwarding.What.MANDATE, "Keeper of the well", "We need one.", terms=terms)
    return forwarding.propose(valley.alder, plan, by=member(valley.alder), at=folkmoot_now())


def test_somebody_of_another_body_reads_the_offer_and_accepts(client: Client, valley: Valley) -> None:
    keeper = member(valley.dell)
    proposal = asked(valley, keeper)
    path = proposal.forwards.offer_path
    page = seen(client, keeper, path)
    assert "Keep the well." in page
    assert "We need one." not in page
    assert client.get(proposal.get_absolute_url()).status_code == 404
    assert path in seen(client, keeper, reverse("confederation:speaking-list"))

    client.post(reverse("confederation:offer-accept", args=[proposal.forwards.pk]), follow=True)
    assert Offer.objects.get(proposal=proposal).accepted_at is not None
    page = seen(client, keeper, path)
    assert "You have accepted." in page
    assert "Alder is deciding" in page
    assert path not in seen(client, keeper, reverse("confederation:speaking-list"))


def test_nobody_else_reads_it(client: Client, valley: Valley) -> None:
    proposal = asked(valley, member(valley.dell))
    for person in (member(valley.alder), member(valley.dell, 1), *village.make_people("dario")):
        client.force_login(person)
        assert client.get(proposal.forwards.offer_path).status_code == 404
        assert client.post(reverse("api:offer-above-accept", args=[proposal.forwards.pk])).status_code == 404
    assert Offer.objects.get(proposal=proposal).accepted_at is None


def test_who_left_the_last_body_below_is_refused(client: Client, valley: Valley) -> None:
    keeper = member(valley.dell)
    proposal = asked(valley, keeper)
    rows.leave(valley.dell.places.get())
    client.force_login(keeper)
    answer = client.post(reverse("confederation:offer-accept", args=[proposal.forwards.pk]))

    assert (answer.status_code, Offer.objects.get(proposal=proposal).accepted_at) == (403, None)
    assert "Only members of the bodies below it" in answer.content.decode()


@pytest.mark.parametrize("ours", [True, False])
def test_each_is_told_where_they_can_answer(valley: Valley, ours: bool) -> None:
    keeper = member(valley.alder if ours else valley.dell, 3)
    proposal = asked(valley, keeper)
    cause = Cause.objects.get(person=keeper)
    if ours:
        assert (cause.what, cause.proposal) == (Cause.What.OFFER_MADE, proposal)
    else:
        assert (cause.what, cause.proposal) == (holding.OFFERED, None)
        assert (cause.title, cause.path) == ("Keeper of the well", proposal.forwards.offer_path)
