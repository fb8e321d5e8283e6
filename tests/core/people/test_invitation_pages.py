"""Invitations on their pages: made, sent, taken back, opened and accepted."""

import re
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from core.actions import invitations
from core.models import Application, Invitation
from core.timekeeping import folkmoot_now
from tests import village
from tests.core.people.cast import Street, as_, ask, is_member, lines, link, make_street, text_of

pytestmark = pytest.mark.django_db

INVITATIONS = "/b/alder-street/invitations/"
NEW_LINK = {"once": "k1", "note": "number 12", "uses": "2", "days": "14"}


def token_on(page: Any) -> str:
    found = re.search(r'href="http://[^"]+/join/([^"/]+)/"', page.content.decode())
    assert found is not None
    return found[1]


def test_invitation_list_shows_the_link_once_with_its_code(street: Street) -> None:
    browser = as_(street.ana)

    page = browser.post(INVITATIONS, NEW_LINK)

    assert page.status_code == 200
    assert invitations.open_with(token_on(page), at=folkmoot_now()).note == "number 12"
    assert "<svg" in page.content.decode()
    assert "shown only this once" in text_of(page)
    later = browser.get(INVITATIONS)
    assert token_on(page) not in later.content.decode()
    assert "number 12" in text_of(later)
    assert "for 2 more, until" in text_of(later)


def test_invitation_list_sent_twice_makes_one_link_and_says_so(street: Street) -> None:
    browser = as_(street.ana)
    browser.post(INVITATIONS, NEW_LINK)

    page = browser.post(INVITATIONS, NEW_LINK)

    assert Invitation.objects.count() == 1
    assert "This was sent twice." in text_of(page)


@pytest.mark.parametrize(
    "wrong", [{"uses": "0"}, {"uses": "201"}, {"days": "0"}, {"days": "91"}, {"uses": "many"}, {"note": "x" * 81}]
)
def test_invitation_list_out_of_range_is_refused(street: Street, wrong: dict[str, str]) -> None:
    before = lines()

    page = as_(street.ana).post(INVITATIONS, {**NEW_LINK, **wrong})

    assert page.status_code == 422
    assert next(iter(wrong.values())) in page.content.decode()
    assert (Invitation.objects.count(), lines()) == (0, before)


def test_invitation_list_shows_only_ones_own(street: Street) -> None:
    link(street, street.bruno, note="for the baker")

    assert "for the baker" not in text_of(as_(street.ana).get(INVITATIONS))


def test_invitation_end_takes_it_back(street: Street) -> None:
    invitation, token = link(street, street.ana)
    path = f"/invitations/{invitation.pk}/end/"

    assert as_(street.bruno).post(path, {"once": "k"}).status_code == 404
    assert as_(street.dario).post(path, {"once": "k"}).status_code == 404
    assert as_(street.ana).get(path).status_code == 405
    answer = as_(street.ana).post(path, {"once": "k"})

    assert (answer.status_code, answer["Location"]) == (303, INVITATIONS)
    page = as_(street.gina).get(f"/join/{token}/")
    assert page.status_code == 410
    assert "This invitation was taken back." in text_of(page)


def test_invitation_open_says_who_invites_to_what(street: Street, client: Client) -> None:
    _invitation, token = link(street, street.ana)

    page = client.get(f"/join/{token}/")

    assert page.status_code == 200
    for words in ("You are invited to Alder Street", "Ana invites you.", "We look after our street."):
        assert words in text_of(page)
    assert f"?next=/join/{token}/" in page.content.decode()
    assert page["Referrer-Policy"] == "same-origin"
    assert "no-store" in page["Cache-Control"]


def test_invitation_open_of_an_unlisted_body_leads_to_no_dead_end(db: None, client: Client) -> None:
    people = village.make_people("ana", "bruno", "carla")
    body = village.make_council("Quiet House", people, listed=False)
    _invitation, token = invitations.invite(body, by=people[0], at=folkmoot_now())

    page = client.get(f"/join/{token}/")

    assert "You are invited to Quiet House" in text_of(page)
    assert "/b/quiet-house/" not in page.content.decode()


def test_a_guest_signs_up_comes_back_and_joins(street: Street, client: Client) -> None:
    _invitation, token = link(street, street.ana)
    typed = {
        "display_name": "Ines",
        "username": "ines",
        "password1": "four words in a row",
        "password2": "four words in a row",
        "next": f"/join/{token}/",
    }

    assert "Ana invites you to Alder Street." in text_of(client.get(f"/account/signup/?next=/join/{token}/"))
    assert "Ana invites you to Alder Street." in text_of(client.post("/account/signup/", typed | {"username": ""}))
    answer = client.post(f"/account/signup/?next=/join/{token}/", typed)
    assert (answer.status_code, answer["Location"]) == (302, f"/join/{token}/")
    accepted = client.post(f"/join/{token}/", {"once": "k"})

    application = Application.objects.get()
    assert (accepted.status_code, accepted["Location"]) == (303, f"/applications/{application.pk}/")
    assert (application.person.display_name, application.vouches.count()) == ("Ines", 1)
    assert "nobody yet" not in text_of(client.get(accepted["Location"]))


@pytest.mark.parametrize(
    "leads_to", ["/join/nothing/", "/b/alder-street/", "/nothing-here/", "//elsewhere.example/join/"]
)
def test_signing_up_without_a_working_invitation_names_no_body(street: Street, client: Client, leads_to: str) -> None:
    page = client.get("/account/signup/", {"next": leads_to})

    assert page.status_code == 200
    assert "invites you" not in text_of(page)
    assert "Alder Street" not in text_of(page)


def test_invitation_open_makes_a_member_at_once_where_the_door_is_open(db: None) -> None:
    street = make_street(admission="open", waiting_days=14)
    _invitation, token = link(street, street.ana)
    browser = as_(street.gina)
    assert "You become a member at once." in text_of(browser.get(f"/join/{token}/"))

    answer = browser.post(f"/join/{token}/", {"once": "k"})

    assert (answer.status_code, answer["Location"]) == (303, "/b/alder-street/")
    assert is_member(street, street.gina)


def test_invitation_open_sent_twice_uses_it_once(street: Street) -> None:
    invitation, token = link(street, street.ana, uses=5)
    browser = as_(street.gina)

    answers = [browser.post(f"/join/{token}/", {"once": "k"}) for _time in range(2)]

    assert answers[0]["Location"] == answers[1]["Location"]
    invitation.refresh_from_db()
    assert invitation.uses == 1


def test_invitation_open_by_a_guest_changes_nothing(street: Street, client: Client) -> None:
    _invitation, token = link(street, street.ana)

    assert client.post(f"/join/{token}/", {"once": "k"}).status_code == 200
    assert Invitation.objects.get().uses == 0


@pytest.mark.parametrize(
    ("how", "sentence"),
    [
        ("used up", "This invitation is used up."),
        ("expired", "This invitation has expired."),
        ("forged", "This link does not work. Check that it is complete"),
    ],
)
def test_invitation_open_of_a_dead_link_is_gone(street: Street, client: Client, how: str, sentence: str) -> None:
    _invitation, token = link(street, street.ana)
    if how == "used up":
        invitations.accept(token, by=street.hugo, at=folkmoot_now())
    if how == "expired":
        village.move_clock(timedelta(days=15))
    if how == "forged":
        token = token[:-1] + ("A" if token[-1] != "A" else "B")
    before = lines()

    for browser in (client, as_(street.gina)):
        for answer in (browser.get(f"/join/{token}/"), browser.post(f"/join/{token}/", {"once": "k"})):
            assert answer.status_code == 410
            assert sentence in text_of(answer)
    assert lines() == before


def test_invitation_open_leads_who_has_asked_already_to_their_application_and_uses_nothing(street: Street) -> None:
    application = ask(street)
    _invitation, token = link(street, street.ana)

    page = as_(street.gina).post(f"/join/{token}/", {"once": "k"})

    assert (page.status_code, page["Location"]) == (303, f"/applications/{application.pk}/")
    assert Invitation.objects.get().uses == 0
