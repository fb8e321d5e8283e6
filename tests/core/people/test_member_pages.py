"""The page of members, and proposing that one goes."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from core.actions import bodies, charters, invitations, memberships
from core.models import Body, Membership, Person, Proposal, Vouch
from core.rules.charter import CharterNumbers
from core.timekeeping import folkmoot_now
from tests import village
from tests.core.people.cast import Street, as_, ask, is_member, lines, link, make_street, text_of

pytestmark = pytest.mark.django_db


def test_member_list_says_since_when_and_by_whom(db: None) -> None:
    street = make_street(admission="open", waiting_days=14)
    _invitation, token = link(street, street.ana)
    invitations.accept(token, by=street.gina, at=folkmoot_now())

    page = text_of(as_(street.bruno).get("/b/alder-street/members/"))

    assert "invited by Ana" in page
    assert "votes from" in page
    assert page.count("since ") == 6


@pytest.mark.parametrize(
    ("words", "found"), [("an", True), ("ANA", True), ("zzz", False), ("a\x00", True), ("%", False)]
)
def test_member_list_finds_by_name(street: Street, words: str, found: bool) -> None:
    page = as_(street.bruno).get("/b/alder-street/members/", {"q": words})

    assert page.status_code == 200
    assert ("since " in text_of(page)) is found
    assert ("Nobody by that name." in text_of(page)) is not found


@pytest.mark.parametrize("number", ["0", "99", "x", "-1"])
def test_member_list_of_no_such_page_is_the_nearest(street: Street, number: str) -> None:
    assert as_(street.bruno).get("/b/alder-street/members/", {"page": number}).status_code == 200


def test_member_remove_proposes_with_its_reason(street: Street) -> None:
    path = f"/members/{village.membership(street.body, street.farid).pk}/remove/"
    browser = as_(street.ana)
    assert "Propose to remove Farid" in text_of(browser.get(path))

    answer = browser.post(path, {"once": "k", "reason": "He sold the tools."})

    proposal = Proposal.objects.get()
    assert (answer.status_code, answer["Location"]) == (303, proposal.get_absolute_url())
    assert (proposal.kind, proposal.subject) == ("removal", village.membership(street.body, street.farid))
    assert is_member(street, street.farid)


@pytest.mark.parametrize("reason", ["", "   ", "x" * 2001])
def test_member_remove_without_a_reason_is_refused(street: Street, reason: str) -> None:
    before = lines()
    path = f"/members/{village.membership(street.body, street.farid).pk}/remove/"

    page = as_(street.ana).post(path, {"once": "k", "reason": reason})

    assert page.status_code == 422
    assert (Proposal.objects.count(), lines()) == (0, before)


def test_member_remove_is_for_members_and_of_members(street: Street, client: Client) -> None:
    membership = village.membership(street.body, street.farid)
    path = f"/members/{membership.pk}/remove/"
    assert as_(street.dario).post(path, {"once": "k", "reason": "So."}).status_code == 404
    assert client.post(path, {"once": "k", "reason": "So."}).status_code == 302
    memberships.leave(street.body, by=street.farid)

    assert as_(street.ana).post(path, {"once": "k", "reason": "So."}).status_code == 404
    assert Proposal.objects.count() == 0


def test_member_remove_before_the_charter_is_adopted_is_refused(db: None) -> None:
    ana, bruno = village.make_people("ana", "bruno")
    body = bodies.form("Elm", charters.Draft("A court.", "", CharterNumbers()), by=ana, at=folkmoot_now())
    came = invitations.accept(invitations.invite(body, by=ana, at=folkmoot_now())[1], by=bruno, at=folkmoot_now())
    assert isinstance(came, Membership)

    page = as_(ana).post(f"/members/{came.pk}/remove/", {"once": "k", "reason": "Kept words."})

    assert page.status_code == 403
    assert "once its founding members have adopted its charter" in text_of(page)
    assert "Kept words." in page.content.decode()
    assert "Propose removal" not in text_of(as_(ana).get(f"/b/{body.slug}/members/"))
    assert Proposal.objects.count() == 0


@pytest.mark.parametrize("name", ["members", "invitations", "application"])
def test_pages_take_as_many_queries_however_many_there_are(street: Street, name: str) -> None:
    application = ask(street)
    link(street, street.ana)
    paths = {
        "members": "/b/alder-street/members/",
        "invitations": "/b/alder-street/invitations/",
        "application": f"/applications/{application.pk}/",
    }
    browser = as_(street.ana)
    few = queries(browser, paths[name])
    for number in range(8):
        link(street, street.ana, note=str(number))
    Vouch.objects.bulk_create(
        Vouch(application=application, membership=village.membership(street.body, person), at=folkmoot_now())
        for person in street.members[1:4]
    )
    in_the_yard(street.body, village.make_people(*(f"m{number}" for number in range(8))))

    assert queries(browser, paths[name]) == few <= 12  # with session and person


def in_the_yard(body: Body, people: list[Person]) -> None:
    """More members, as rows: how they came does not matter here."""
    at = folkmoot_now()
    Membership.objects.bulk_create(
        Membership(body=body, person=person, joined_at=at, voice_from=at, invited_by=body.memberships.first())
        for person in people
    )


def queries(browser: Client, path: str) -> int:
    with CaptureQueriesContext(connection) as asked:
        assert browser.get(path).status_code == 200
    return len(asked)
