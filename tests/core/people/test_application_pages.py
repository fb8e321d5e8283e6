"""Applications on their pages: what they show to whom, every act with its refusals."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from core.actions import applications, memberships
from core.models import Application, Person, Proposal
from tests import village
from tests.core.people.cast import Street, as_, ask, lines, link, make_street, stage, text_of, vouched

pytestmark = pytest.mark.django_db


def test_application_new_asks_and_shows_what_happens(street: Street) -> None:
    browser = as_(street.gina)
    assert "Ask to join Alder Street" in text_of(browser.get("/b/alder-street/join/"))

    answer = browser.post("/b/alder-street/join/", {"once": "k", "words": "I live in **12**."})

    application = Application.objects.get()
    assert (answer.status_code, answer["Location"]) == (303, f"/applications/{application.pk}/")
    page = text_of(browser.get(answer["Location"]))
    assert "You ask to join" in page
    assert "nobody yet" in page
    assert "Take my application back" in page
    assert "Vouch" not in page.replace("Vouched by", "")


@pytest.mark.parametrize(("words", "status"), [("x" * 1001, 422), ("a\x00b", 422)])
def test_application_new_refuses_and_keeps_what_was_typed(street: Street, words: str, status: int) -> None:
    page = as_(street.gina).post("/b/alder-street/join/", {"once": "k", "words": words})

    assert page.status_code == status
    assert Application.objects.count() == 0


@pytest.mark.parametrize("who", ["ana", "gina"])
def test_application_new_by_who_cannot_is_refused(street: Street, who: str) -> None:
    ask(street)
    person = getattr(street, who)
    sentence = "You are a member already." if who == "ana" else "You have asked already."

    shown = as_(person).get("/b/alder-street/join/")
    page = as_(person).post("/b/alder-street/join/", {"once": "k", "words": ""})

    assert sentence in text_of(shown)
    assert page.status_code == 403
    assert sentence in text_of(page)
    assert Application.objects.count() == 1


def test_application_detail_is_for_members_and_the_applicant(street: Street, client: Client) -> None:
    application = ask(street)
    path = f"/applications/{application.pk}/"

    assert as_(street.ana).get(path).status_code == 200
    assert as_(street.gina).get(path).status_code == 200
    assert as_(street.dario).get(path).status_code == 404
    assert client.get(path).status_code == 302
    memberships.leave(street.body, by=street.eva)
    assert as_(street.eva).get(path).status_code == 404


def act(person: Person, application: Application, name: str, **typed: str) -> Any:
    return as_(person).post(f"/applications/{application.pk}/{name}/", {"once": "k", **typed})


def test_application_vouch_twice_opens_the_time_for_objections(street: Street) -> None:
    application = ask(street)

    assert act(street.ana, application, "vouch").status_code == 303
    assert act(street.bruno, application, "vouch").status_code == 303

    page = text_of(as_(street.carla).get(f"/applications/{application.pk}/"))
    assert stage(application) == "objections"
    assert "Ana , Bruno" in page or "Ana, Bruno" in page
    assert "Object, and say why" in page


def test_application_vouch_by_a_newcomer_is_refused(db: None) -> None:
    street = make_street()
    application = ask(street)
    came = vouched(street, street.hugo)
    village.move_clock(timedelta(hours=73))
    assert applications.admit_if_unopposed(came.pk)

    shown = as_(street.hugo).get(f"/applications/{application.pk}/")
    page = act(street.hugo, application, "vouch")

    assert "You can vouch for somebody when you have been a member for 30 days." in text_of(shown)
    assert page.status_code == 403
    assert application.vouches.count() == 0


@pytest.mark.parametrize(("reason", "status"), [("", 422), ("   ", 422), ("x" * 2001, 422)])
def test_application_object_needs_a_reason(street: Street, reason: str, status: int) -> None:
    application = vouched(street)
    before = lines()

    page = act(street.carla, application, "object", reason=reason)

    assert page.status_code == status
    assert (stage(application), lines(), Proposal.objects.count()) == ("objections", before, 0)


def test_application_object_puts_it_to_the_body(street: Street) -> None:
    application = vouched(street)

    answer = act(street.carla, application, "object", reason="She <b>blocks</b> the stairs.")

    assert answer.status_code == 303
    page = as_(street.eva).get(f"/applications/{application.pk}/")
    assert "Carla objects" in text_of(page)
    assert "<b>blocks</b>" not in page.content.decode()
    assert Proposal.objects.get().get_absolute_url() in page.content.decode()
    seen_by_applicant = text_of(as_(street.gina).get(f"/applications/{application.pk}/"))
    assert "blocks" not in seen_by_applicant


def test_application_object_too_late_is_refused(street: Street) -> None:
    application = vouched(street)
    village.move_clock(timedelta(hours=73))

    page = act(street.carla, application, "object", reason="We do not know her.")

    assert page.status_code == 403
    assert "The time for objections is over." in text_of(page)
    assert Proposal.objects.count() == 0


def test_application_propose_puts_the_question(db: None) -> None:
    street = make_street(admission="proposal")
    application = ask(street)
    assert "Put it to the body" in text_of(as_(street.ana).get(f"/applications/{application.pk}/"))

    assert act(street.ana, application, "propose").status_code == 303
    again = act(street.bruno, application, "propose")

    assert again.status_code == 403
    assert "This application is under way already." in text_of(again)
    assert Proposal.objects.count() == 1


def test_application_withdraw_is_the_applicants(street: Street) -> None:
    application = ask(street)

    assert act(street.ana, application, "withdraw").status_code == 403
    assert stage(application) == "open"
    assert act(street.gina, application, "withdraw").status_code == 303

    assert stage(application) == "withdrawn"


@pytest.mark.parametrize("name", ["vouch", "object", "propose", "withdraw"])
def test_acts_on_applications_by_outsiders_and_by_get(street: Street, client: Client, name: str) -> None:
    application = ask(street)
    path = f"/applications/{application.pk}/{name}/"

    assert act(street.dario, application, name, reason="So.").status_code == 404
    assert client.post(path, {"reason": "So."}).status_code == 302
    assert as_(street.ana).get(path).status_code == 405
    assert stage(application) == "open"
    assert application.vouches.count() == 0


def test_a_newcomer_finds_their_application_again(street: Street) -> None:
    _invitation, token = link(street, street.ana)
    browser = as_(street.gina)
    first = browser.post(f"/join/{token}/", {"once": "a"})["Location"]

    again = browser.post(f"/join/{token}/", {"once": "b"})

    assert again["Location"] == first
    for place in ("/", f"{street.body.get_absolute_url()}join/"):
        assert first in browser.get(place).content.decode(), place
    assert "Two members have to vouch for you." in text_of(browser.get(first))
    assert "Open the invitation you got" not in text_of(browser.get("/"))
