"""The helper desk: somebody without a device comes in with a card, and a lost card is replaced by two."""

import re
from datetime import timedelta
from typing import Any

import pytest
from django.core.cache import cache
from django.db import connection, transaction
from django.db.utils import DatabaseError
from django.test import Client
from django.urls import reverse

from core.actions import cards, desk, memberships
from core.models import Application, Body, CardHandout, Cause, Person, RecordLine, SignInCard
from core.refusals import Denied, Invalid, Stale
from core.timekeeping import folkmoot_now
from tests import village
from tests.core.actions.locking import locks_of

pytestmark = pytest.mark.django_db
PIN = "482613"


@pytest.fixture
def people(db: None) -> list[Person]:
    """Four members, of whom hilde comes in by card only, and dario of nowhere."""
    cache.clear()
    return village.make_people("ana", "bruno", "eva", "hilde", "dario")


@pytest.fixture
def body(people: list[Person]) -> Body:
    """Their council."""
    return village.make_council("Alder Street", people[:4])


def signed_in(person: Person) -> Client:
    """A browser in which they are signed in."""
    client = Client()
    client.force_login(person, backend="django.contrib.auth.backends.ModelBackend")
    return client


def test_somebody_new_gets_a_card_and_asks_to_join(people: list[Person], body: Body) -> None:
    came = desk.welcome(body, "  Irma  ", "Irma", by=people[0], at=folkmoot_now(), words="Number 9.", language="es")

    assert (came.person.display_name, came.person.sign_in_name, came.person.language) == ("Irma", "irma", "es")
    assert not came.person.has_usable_password()
    assert cards.begin(came.code, PIN, at=folkmoot_now()) == came.person
    assert isinstance(came.joining, Application)
    assert came.joining.invited_by == village.membership(body, people[0])


def test_nobody_is_brought_in_twice_or_by_a_stranger(people: list[Person], body: Body) -> None:
    for by, name, sign_in_name, refusal in (
        (people[4], "Irma", "irma", Denied),
        (people[0], "Irma", "ana", Invalid),
        (people[0], "\u200b", "irma", Invalid),
    ):
        with pytest.raises(refusal), transaction.atomic():
            desk.welcome(body, name, sign_in_name, by=by, at=folkmoot_now())
    assert Person.objects.count() == 5


def test_a_lost_card_is_given_by_a_second_member_and_ends_the_old_one(people: list[Person], body: Body) -> None:
    ana, bruno, _eva, hilde, _dario = people
    old = cards.make(hilde, at=folkmoot_now())
    cards.begin(old, PIN, at=folkmoot_now())
    handout = desk.ask_for_card(body, hilde, by=ana, at=folkmoot_now())
    assert desk.ask_for_card(body, hilde, by=bruno, at=folkmoot_now()) == handout
    assert cards.person_with("hilde", PIN) == hilde

    code = desk.give_card(handout, by=bruno, at=folkmoot_now())

    assert cards.person_with("hilde", PIN) is None
    assert cards.begin(code, "739152", at=folkmoot_now()) == hilde
    assert Cause.objects.get(what="card.given").person == hilde
    assert RecordLine.objects.filter(body=body, what="card.given").count() == 1
    with pytest.raises(Stale):
        desk.give_card(handout, by=bruno, at=folkmoot_now())


def test_asking_and_giving_lock_both_members_and_then_the_card(people: list[Person], body: Body) -> None:
    ana, bruno, _eva, hilde, _dario = people

    assert locks_of(lambda: desk.ask_for_card(body, hilde, by=ana, at=folkmoot_now())) == ["membership"]
    handout = desk.ask_for_card(body, hilde, by=ana, at=folkmoot_now())
    taken = locks_of(lambda: desk.give_card(handout, by=bruno, at=folkmoot_now()))

    assert taken == ["membership", "cardhandout", "recordhead"]


def test_neither_one_member_alone_nor_the_person_gives_a_card(people: list[Person], body: Body) -> None:
    ana, bruno, _eva, hilde, dario = people
    for by in (hilde, dario):
        with pytest.raises(Denied):
            desk.ask_for_card(body, hilde, by=by, at=folkmoot_now())
    handout = desk.ask_for_card(body, hilde, by=ana, at=folkmoot_now())
    for by in (ana, hilde, dario):
        with pytest.raises(Denied):
            desk.give_card(handout, by=by, at=folkmoot_now())
    assert not SignInCard.objects.exists()

    for second in (village.membership(body, ana), village.membership(body, hilde)):
        with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(
                "UPDATE core_cardhandout SET second_id = %s, given_at = folkmoot_now() WHERE id = %s",
                [second.pk, handout.pk],
            )
    desk.give_card(handout, by=bruno, at=folkmoot_now())


def test_who_has_another_way_in_or_a_mandate_gets_no_card_from_others(people: list[Person], body: Body) -> None:
    ana, bruno, eva, hilde, _dario = people
    with_password = village.make_person("karl")
    with transaction.atomic():
        memberships.admit(body, with_password, at=folkmoot_now())
    village.confirm(eva, "eva@example.org")
    village.make_mandate(body, [ana, bruno, eva, hilde], hilde, author=ana)

    for person, words in ((with_password, "have a password"), (eva, "have a password"), (hilde, "hold a mandate")):
        with pytest.raises(Denied, match=words):
            desk.ask_for_card(body, person, by=ana, at=folkmoot_now())
    assert not CardHandout.objects.exists()


def test_the_desk_shows_a_card_once(people: list[Person], body: Body) -> None:
    ana = signed_in(people[0])
    data = {"display_name": "Irma", "sign_in_name": "irma", "words": "", "language": "es", "once": "k1"}

    made = ana.post(reverse("core:desk-welcome", args=[body.slug]), data)
    shown = made.content.decode()
    code = re.search(r"([A-Z2-9]{5}-){3}[A-Z2-9]{5}", shown)
    assert made.status_code == 200
    assert code is not None
    assert "Código" in shown  # in their language
    again = ana.post(reverse("core:desk-welcome", args=[body.slug]), data)
    assert again.status_code == 303
    assert Person.objects.filter(sign_in_name="irma").count() == 1

    came = Client().post(reverse("core:card-sign-in"), {"code": code[0], "pin": PIN})
    assert came.status_code == 302


def test_a_refused_form_stays_as_it_was_typed(people: list[Person], body: Body) -> None:
    data = {"display_name": "Irma", "sign_in_name": "ana", "words": "Number 9.", "language": "en", "once": "k1"}

    answer = signed_in(people[0]).post(reverse("core:desk-welcome", args=[body.slug]), data)

    assert answer.status_code == 422
    assert "Somebody has this sign-in name already." in answer.content.decode()
    assert "Number 9." in answer.content.decode()


def test_after_too_many_tries_the_page_says_what_to_do(people: list[Person]) -> None:
    answers: list[Any] = []
    for _try in range(11):
        answers.append(Client().post(reverse("core:card-sign-in"), {"sign_in_name": "hilde", "pin": "000000"}))

    assert answers[-1].status_code == 429
    assert "helper desk" in answers[-1].content.decode()
    assert timedelta(minutes=15).total_seconds() == cards.LIMITS[0].seconds


def test_on_a_shared_device_the_session_is_short(people: list[Person]) -> None:
    hilde = people[3]
    cards.begin(cards.make(hilde, at=folkmoot_now()), PIN, at=folkmoot_now())
    for shared, seconds in (({"shared": "on"}, 15 * 60), ({}, None)):
        client = Client()
        came = client.post(reverse("core:card-sign-in"), {"sign_in_name": "hilde", "pin": PIN, **shared})
        assert came.status_code == 302
        assert client.session.get("_session_expiry") == seconds
        assert any("known_device" in name for name in came.cookies) == (not shared)
