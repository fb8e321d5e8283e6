"""One's own account: settings, and leaving the house with all that ends."""

from datetime import timedelta

import pytest
from allauth.account.models import EmailAddress
from allauth.usersessions.models import UserSession
from django.contrib.auth import authenticate
from django.contrib.sessions.models import Session
from django.db import transaction
from django.test import Client

from core.actions import bodies, cards, charters, invitations, memberships, people, tokens
from core.models import ApiToken, Application, Invitation, Mandate, Person, SignInCard
from core.refusals import Denied, Invalid, UsedUp
from core.rules.charter import CharterNumbers
from core.timekeeping import folkmoot_now
from tests import village
from tests.core.people.cast import Street, ask, is_member, link, recorded

pytestmark = pytest.mark.django_db


def test_settings_change_only_what_was_typed(street: Street) -> None:
    people.change(street.ana, display_name="  Ana of 12 ", mail="each", language="es", theme="dark")

    ana = Person.objects.get(pk=street.ana.pk)
    assert (ana.display_name, ana.mail, ana.language, ana.theme) == ("Ana of 12", "each", "es", "dark")
    assert (ana.sign_in_name, ana.is_active) == ("ana", True)


def test_a_name_of_blanks_is_refused(street: Street) -> None:
    with pytest.raises(Invalid, match="Write the name that others shall see"):
        people.change(street.ana, display_name="   ", mail="each", language="es", theme="dark")

    assert Person.objects.get(pk=street.ana.pk).display_name == "Ana"


def test_leaving_the_house_leaves_every_body_and_ends_the_mandates(street: Street) -> None:
    mandate = village.make_mandate(street.body, street.members, street.bruno, author=street.ana)
    elm = village.make_council("Elm Court", [street.bruno, street.gina, street.hugo])

    people.close_account(street.bruno, at=folkmoot_now())

    assert not is_member(street, street.bruno)
    assert village.membership(elm, street.bruno).ending == "left"
    mandate.refresh_from_db()
    assert mandate.ending == Mandate.Ending.LEFT
    assert recorded(elm)[-1] == "member.left"
    assert "member.left" in recorded(street.body)


def test_leaving_the_house_leaves_no_way_in_and_no_name(street: Street, client: Client) -> None:
    kim = village.make_person("kim", email="kim@example.org")
    EmailAddress.objects.create(user=kim, email="kim@example.org", primary=True, verified=True)
    cards.make(kim, at=folkmoot_now())
    token, _secret = tokens.make(kim, name="calendar", scope="read", days=30, at=folkmoot_now())
    client.force_login(kim, backend="django.contrib.auth.backends.ModelBackend")
    key = client.session.session_key
    UserSession.objects.create(user=kim, session_key=key, ip="127.0.0.1", user_agent="")

    at = folkmoot_now()
    people.close_account(kim, at=at)

    kim = Person.objects.get(pk=kim.pk)
    assert (kim.display_name, kim.email, kim.is_active, kim.left_at) == ("Former member", None, False, at)
    assert "kim" not in kim.sign_in_name
    assert not kim.has_usable_password()
    assert authenticate(username="kim", password="correct horse kim") is None
    assert not EmailAddress.objects.exists()
    assert not SignInCard.objects.exists()
    assert not UserSession.objects.exists()
    assert not Session.objects.filter(session_key=key).exists()
    assert ApiToken.objects.get(pk=token.pk).ended_at == at


def test_the_name_is_free_again_and_nobody_can_take_the_place_of_who_left(street: Street) -> None:
    kim = village.make_person("kim")
    people.close_account(kim, at=folkmoot_now())

    again = village.make_person("kim")

    assert again.pk != kim.pk
    with pytest.raises(Exception, match="Use small letters"):
        Person(sign_in_name=f"-{kim.pk}", display_name="K", password="!").full_clean()


def test_leaving_the_house_takes_back_what_one_asked_for(street: Street) -> None:
    application = ask(street)

    people.close_account(street.gina, at=folkmoot_now())

    application.refresh_from_db()
    assert application.stage == Application.Stage.WITHDRAWN
    assert recorded(street.body)[-1] == "application.withdrawn"


def test_what_was_cast_before_leaving_stands(street: Street) -> None:
    vote = village.make_vote(street.body, street.ana)
    for person in street.members[:4]:
        village.cast(vote, person, "agree")

    people.close_account(street.bruno, at=folkmoot_now())
    village.close(vote)

    vote.proposal.refresh_from_db()
    assert vote.proposal.stage == "adopted"
    assert vote.ballots.count() == 4


def test_links_of_who_left_do_not_work(street: Street) -> None:
    _invitation, token = link(street, street.ana)
    people.close_account(street.ana, at=folkmoot_now())

    with pytest.raises(UsedUp, match="no longer a member"):
        invitations.open_with(token, at=folkmoot_now())
    assert Invitation.objects.get().uses == 0


def test_leaving_a_body_twice_or_as_an_outsider_is_refused(street: Street) -> None:
    memberships.leave(street.body, by=street.eva)
    for person in (street.eva, street.dario):
        with pytest.raises(Denied, match="Only members can do this"):
            memberships.leave(street.body, by=person)

    assert recorded(street.body).count("member.left") == 1


def test_who_comes_back_waits_like_anybody(street: Street) -> None:
    memberships.leave(street.body, by=street.eva)
    at = folkmoot_now()

    with transaction.atomic():
        again = memberships.admit(street.body, street.eva, at=at)

    assert again.voice_from == at + timedelta(days=7)
    assert street.body.memberships.filter(person=street.eva).count() == 2


def test_the_adoption_of_who_left_does_not_count(db: None) -> None:
    folk = village.make_people("ana", "bruno", "carla", "eva")
    body = bodies.form("Elm Court", charters.Draft("A court.", "", CharterNumbers()), by=folk[0], at=folkmoot_now())
    with transaction.atomic():
        for person in folk[1:]:
            memberships.admit(body, person, at=folkmoot_now())
    charter = body.charters.get()
    for person in folk[:2]:
        bodies.adopt(charter, by=person, at=folkmoot_now())
    memberships.leave(body, by=folk[1])

    assert bodies.adopt(charter, by=folk[2], at=folkmoot_now()).adopted_at is None
    assert bodies.adopt(charter, by=folk[3], at=folkmoot_now()).adopted_at is not None
