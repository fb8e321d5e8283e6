"""What the members of all bodies below read of a confederation: its proposals, its mandates, its accords. Only read."""

import pytest
from django.test import Client
from django.urls import reverse

from confederation.models import PersonWithdrawal
from core.models import Accord, AccordSide, Comment, Mandate, Person, Proposal, Vote
from core.timekeeping import folkmoot_now
from tests import village
from tests.confederation import rows
from tests.confederation.test_pages import seen
from tests.confederation.valley import Valley, ask, member, recall

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("rows_by_hand")]
ACTS = ("comment", "open", "withdraw", "feel", "second", "put-up", "revise")


def status(client: Client, person: Person, path: str) -> int:
    """What somebody gets."""
    client.force_login(person)
    return client.get(path).status_code


def test_its_proposals_are_read_below_and_by_nobody_else(client: Client, valley: Valley) -> None:
    [dario] = village.make_people("dario")
    left = member(valley.dell)
    above, beside = ask(valley.valley), ask(valley.hill, "Benches")

    for person in (member(valley.alder), left):
        page = seen(client, person, above.proposal.get_absolute_url())
        assert "A confederation has no members of its own." in page
        assert above.get_absolute_url() in page
        assert "Only members can do this." not in page
    assert status(client, left, beside.proposal.get_absolute_url()) == 404
    assert status(client, dario, above.proposal.get_absolute_url()) == 404
    rows.leave(valley.dell.places.get())
    assert status(client, left, above.proposal.get_absolute_url()) == 404


@pytest.mark.parametrize("act", ACTS)
def test_nobody_acts_on_them(client: Client, valley: Valley, act: str) -> None:
    proposal = ask(valley.valley).proposal
    client.force_login(member(valley.alder))
    before = Proposal.objects.values().get(pk=proposal.pk)
    answer = client.post(reverse(f"core:proposal-{act}", args=[proposal.pk]), {"text": "No.", "title": "No"})

    assert answer.status_code in (403, 409, 422), answer.status_code
    assert Proposal.objects.values().get(pk=proposal.pk) == before
    assert not Vote.objects.filter(proposal=proposal).exists()
    assert not Comment.objects.filter(proposal=proposal).exists()


def test_its_decisions_and_its_mandates(client: Client, valley: Valley) -> None:
    [dario] = village.make_people("dario")
    granting = rows.granting(valley.valley, folkmoot_now())
    Proposal.objects.filter(pk=granting.pk).update(stands=True)
    mandate = rows.mandate(granting, member(valley.dell), folkmoot_now())
    register = reverse("core:decision-list", args=[valley.valley.slug])

    assert granting.title in seen(client, member(valley.birch), register)
    assert "Any body below opens one" in seen(client, member(valley.birch), mandate.get_absolute_url())
    assert {status(client, dario, path) for path in (register, mandate.get_absolute_url())} == {404}


def test_a_recall_is_shown_where_it_is(client: Client, valley: Valley) -> None:
    mandate, referral = recall(valley)
    page = seen(client, member(valley.alder), mandate.get_absolute_url())
    assert "A recall is open: where it is" in page
    assert referral.get_absolute_url() in page


def test_one_withdraws_and_gives_back_on_the_page_of_the_mandate(client: Client, valley: Valley) -> None:
    mandate = task(valley)
    ana, bruno = member(valley.alder), member(valley.alder, 1)
    client.force_login(ana)
    client.post(reverse("confederation:confidence-withdraw", args=[mandate.pk]), follow=True)

    assert "You have withdrawn your confidence." in seen(client, ana, mandate.get_absolute_url())
    assert "You have withdrawn" not in seen(client, bruno, mandate.get_absolute_url())
    client.force_login(bruno)
    assert client.get(reverse("api:confidence-above", args=[mandate.pk])).json()["mine"] is False
    client.force_login(ana)
    client.post(reverse("confederation:confidence-give", args=[mandate.pk]))
    assert not PersonWithdrawal.objects.exists()


def test_who_is_counted_in_it_withdraws_and_nobody_else(client: Client, valley: Valley) -> None:
    mandate, [dario] = task(valley, in_hill=True), village.make_people("dario")
    path = reverse("confederation:confidence-withdraw", args=[mandate.pk])
    for person in (dario, member(valley.dell)):
        client.force_login(person)
        assert client.post(path).status_code == 404
    village.move_clock(mandate.ends_at - folkmoot_now())
    client.force_login(member(valley.alder))
    answer = client.post(path)
    assert (answer.status_code, PersonWithdrawal.objects.count()) == (403, 0)
    assert "This mandate has ended." in answer.content.decode()


def test_a_body_proposes_to_withdraw_and_to_give_back(client: Client, valley: Valley) -> None:
    mandate, ana = task(valley), member(valley.alder)
    path = reverse("confederation:confidence-new", args=[valley.alder.slug, mandate.pk])
    client.force_login(ana)
    assert client.get(path).status_code == 200
    assert client.post(path, {"text": " "}).status_code == 422
    assert client.post(f"{path}?back=1", {"text": "They reported."}).status_code == 403
    put = client.post(path, {"text": "No report came."}, follow=True)

    proposal = Proposal.objects.get(kind="withdraw_confidence")
    assert (put.status_code, proposal.body) == (200, valley.alder)
    assert proposal.get_absolute_url() in seen(client, ana, mandate.get_absolute_url())


def test_what_ended_a_mandate_is_drawn_from_the_record(client: Client, valley: Valley) -> None:
    mandate = task(valley)
    for street in (valley.alder, valley.birch, valley.cedar):
        rows_ = [PersonWithdrawal(mandate=mandate, person=member(street, n)) for n in range(7)]
        PersonWithdrawal.objects.bulk_create(rows_)
    rows.settle_all()

    assert Mandate.objects.get(pk=mandate.pk).ending == "confidence"
    page = seen(client, member(valley.dell), mandate.get_absolute_url())
    assert "Confidence that was withdrawn" in page
    assert "21" in page
    client.force_login(member(valley.dell))
    ended = client.get(reverse("api:confidence-above", args=[mandate.pk])).json()["ended"]
    assert ended == {"bodies": [0, 2], "people": [21, 28]}


def task(valley: Valley, *, in_hill: bool = False) -> Mandate:
    """A mandate of the valley, or of the hill, held by one of Alder."""
    body = valley.hill if in_hill else valley.valley
    return rows.mandate(rows.granting(body, folkmoot_now()), member(valley.alder, 6), folkmoot_now())


def test_an_accord_is_read_by_those_below_a_side_once_it_is_asked(valley: Valley) -> None:
    [dario] = village.make_people("dario")
    accord = valley.valley.confederation.accord
    AccordSide.objects.create(accord=accord, body=valley.dell, first=True)
    AccordSide.objects.create(accord=accord, body=valley.hill)
    seen_by = Accord.objects.filter(pk=accord.pk).visible_to

    assert (seen_by(member(valley.dell)).exists(), seen_by(member(valley.cedar)).exists()) == (True, False)
    Accord.objects.filter(pk=accord.pk).update(asked_at=folkmoot_now())
    assert seen_by(member(valley.cedar)).exists()
    assert not seen_by(dario).exists()


def test_the_register_says_that_a_body_has_left_since(client: Client, valley: Valley) -> None:
    at = folkmoot_now()
    joined = rows.granting(valley.dell, at)
    Proposal.objects.filter(pk=joined.pk).update(kind="confederate", stands=True, title="Dell joins Valley")
    accord = valley.valley.confederation.accord
    AccordSide.objects.create(accord=accord, body=valley.dell, first=True, proposal=joined)
    register = reverse("core:decision-list", args=[valley.dell.slug])
    assert "we have left since" not in seen(client, member(valley.dell), register)
    rows.leave(valley.dell.places.get())
    assert "we have left since" in seen(client, member(valley.dell), register)
