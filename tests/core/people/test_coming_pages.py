"""Pages of invitations, applications and members: what they show to whom, every act with its refusals."""

import re
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from core.actions import applications, bodies, charters, invitations, memberships
from core.models import Application, Body, Invitation, Membership, Person, Proposal, RecordLine, Vouch
from core.rules.charter import CharterNumbers
from core.timekeeping import folkmoot_now
from tests import village
from tests.core.people.cast import Street, as_, ask, is_member, link, make_street, stage, text_of, vouched

pytestmark = pytest.mark.django_db

INVITATIONS = "/b/alder-street/invitations/"
NEW_LINK = {"once": "k1", "note": "number 12", "uses": "2", "days": "14"}


def lines() -> int:
    return RecordLine.objects.count()


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

    answer = client.post(f"/account/signup/?next=/join/{token}/", typed)
    assert (answer.status_code, answer["Location"]) == (302, f"/join/{token}/")
    accepted = client.post(f"/join/{token}/", {"once": "k"})

    application = Application.objects.get()
    assert (accepted.status_code, accepted["Location"]) == (303, f"/applications/{application.pk}/")
    assert (application.person.display_name, application.vouches.count()) == ("Ines", 1)
    assert "nobody yet" not in text_of(client.get(accepted["Location"]))


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


# Applications


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


# Members


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
        "invitations": INVITATIONS,
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

    assert queries(browser, paths[name]) == few <= 14


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
