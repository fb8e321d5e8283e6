"""What is sent after a session has ended: sign-in leads back, the words are kept, nothing is nested in a page."""

import pytest
from django.test import Client

from tests import village
from tests.core.people.cast import text_of

pytestmark = pytest.mark.django_db

FORM = "http://testserver/proposals/7/"


def test_sign_in_leads_back_to_the_page_of_the_form(client: Client) -> None:
    answer = client.post("/proposals/7/comment/", {"text": "Let us try."}, headers={"Referer": FORM})

    assert (answer.status_code, answer["Location"]) == (302, "/account/login/?next=%2Fproposals%2F7%2F")
    assert "You were signed out. Sign in, then send it again." in text_of(client.get(answer["Location"]))


def test_what_was_typed_is_shown_once_to_who_signs_in_then(client: Client) -> None:
    ana = village.make_person("ana")
    client.post(
        "/proposals/7/comment/", {"text": "Let us <b>try</b>.", "password": "secret"}, headers={"Referer": FORM}
    )
    assert "Let us" not in client.get("/").content.decode()

    client.post("/account/login/", {"login": ana.sign_in_name, "password": "correct horse ana"})

    page = client.get("/").content.decode()
    assert "Let us &lt;b&gt;try&lt;/b&gt;." in page
    assert "secret" not in page
    assert "Let us" not in client.get("/").content.decode()


def test_a_form_that_was_opened_with_a_question_is_found_again(client: Client) -> None:
    page = "http://testserver/b/alder/proposals/new/?replaces=7"

    answer = client.post("/proposals/7/comment/", {"text": "x"}, headers={"Referer": page})

    assert answer["Location"] == "/account/login/?next=%2Fb%2Falder%2Fproposals%2Fnew%2F%3Freplaces%3D7"


@pytest.mark.parametrize("from_where", ["https://elsewhere.example/proposals/7/", "", "not an address"])
def test_nobody_is_led_elsewhere(client: Client, from_where: str) -> None:
    answer = client.post("/proposals/7/comment/", {"text": "x"}, headers={"Referer": from_where})

    assert answer["Location"] == "/account/login/?next=%2F"


def test_a_book_is_not_kept(client: Client) -> None:
    client.post("/proposals/7/comment/", {"text": "x" * 60_001}, headers={"Referer": FORM})

    assert "unsent" not in client.session


def test_htmx_opens_the_sign_in_as_a_page(client: Client) -> None:
    hers = {"HX-Request": "true", "HX-Current-URL": FORM}

    answer = client.post("/proposals/7/ballot/", {"position": "agree"}, headers=hers)

    assert (answer.status_code, answer["HX-Redirect"]) == (204, "/account/login/?next=%2Fproposals%2F7%2F")


def test_a_whole_page_takes_the_place_of_the_whole_page() -> None:
    strict = Client(enforce_csrf_checks=True)

    refused = strict.post("/proposals/7/ballot/", {"position": "agree"}, headers={"HX-Request": "true"})

    assert (refused.status_code, refused["HX-Retarget"]) == (403, "body")
    assert "This form no longer fits" in text_of(refused)
    assert "HX-Retarget" not in strict.post("/proposals/7/ballot/", {"position": "agree"})


def test_an_address_that_only_takes_forms_says_so() -> None:
    browser = Client()
    browser.force_login(village.make_person("ana"), backend="django.contrib.auth.backends.ModelBackend")

    answer = browser.get("/proposals/7/comment/")

    assert (answer.status_code, answer["Allow"]) == (405, "POST")
    assert "This address only takes what a form sends." in text_of(answer)
