"""What cannot be, as people meet it: the sentence on the page and in the API, and nothing is half done."""

from collections.abc import Mapping
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from confederation.actions import calling, positions
from core.actions import mandates
from core.models import Person
from core.timekeeping import folkmoot_now
from tests.confederation import rows
from tests.confederation.valley import (
    Valley,
    adopt,
    all_say,
    ask,
    home,
    member,
    seat_of,
    station,
    until_closed,
    until_votes,
)
from tests.core.actions.scene import state

pytestmark = [pytest.mark.slow, pytest.mark.django_db, pytest.mark.usefixtures("rows_by_hand")]
CHOOSE = "Choose from those on the list."
WHY = {"text": "The brook floods."}
SAYS = {"says": "disagree", "reason": "They changed the place."}
IN_ALREADY = "This body is in that confederation already."
PART_OF_IT = "That confederation is part of this body: nothing can be part of itself."
NOT_IN_FORCE = "This mandate is not in force."
BOUND = "You are bound: what counts above is what your body has decided."
CALLED = "This body has called it down already, or is deciding on that. See there."


def route(name: str, *args: object, query: str = "") -> str:
    """A page of confederations."""
    return reverse(f"confederation:{name}", args=args) + query


def refused_page(by: Person, path: str, typed: Mapping[str, Any], status: int, words: str) -> None:
    """The page says so, keeps the form, and nothing has happened."""
    client = Client()
    client.force_login(by)
    before = state()
    answer = client.post(path, {**typed, "once": "k1"})
    assert (answer.status_code, words in answer.content.decode()) == (status, True)
    assert state() == before


def refused_call(by: Person, path: str, given: Mapping[str, Any], status: int, words: str) -> None:
    """The API says so, and nothing has happened."""
    client = Client()
    client.force_login(by)
    before = state()
    answer = client.post(f"/api/v1/{path}", given, content_type="application/json")
    assert (answer.status_code, words in answer.content.decode()) == (status, True), answer.content.decode()
    assert state() == before


def test_joining_twice(valley: Valley) -> None:
    ana, place = member(valley.alder), (valley.alder.slug,)
    chosen = {"confederation": valley.hill.pk, **WHY}
    refused_page(ana, route("seat-join", *place), chosen, 422, CHOOSE)
    given = {"confederation": valley.hill.slug, **WHY}
    refused_call(ana, f"bodies/{valley.alder.slug}/above/join/", given, 403, IN_ALREADY)


def test_joining_ones_own_ancestor(valley: Valley) -> None:
    path = route("seat-join", valley.alder.slug, query=f"?for={valley.valley.slug}")
    refused_page(member(valley.alder), path, {"confederation": valley.hill.pk, **WHY}, 403, PART_OF_IT)


def test_a_vote_of_a_body_that_has_left(valley: Valley) -> None:
    referral = ask(valley.valley)
    until_votes()
    place, own = seat_of(valley.dell), home(referral, valley.dell)
    rows.leave(place)
    positions.gone(place, folkmoot_now())
    rows.settle_all()
    by, agree = member(valley.dell), {"position": "agree"}
    refused_page(by, reverse("core:ballot-cast", args=[own.pk]), agree, 422, "Your ballot was not counted.")
    given = {**agree, "vote": own.votes.get().pk}
    refused_call(by, f"proposals/{own.pk}/ballot/", given, 409, "clos")


@pytest.mark.parametrize(("bound", "words"), [(False, NOT_IN_FORCE), (True, BOUND)])
def test_a_delegate_whose_mandate_has_just_ended_or_who_is_bound(valley: Valley, bound: bool, words: str) -> None:
    delegate = rows.delegate(seat_of(valley.dell), member(valley.dell), bound=bound)
    referral = ask(valley.valley)
    all_say(referral, {valley.dell: "agree"})
    own = station(referral, valley.dell)
    if not bound:
        mandates.resign(delegate, by=delegate.person)

    refused_page(delegate.person, route("deviation-new", own.pk), SAYS, 403, words)
    refused_call(delegate.person, f"stations/{own.pk}/deviation/", SAYS, 403, words)


def test_a_referral_to_bodies_without_members_says_that_too_few_took_part(valley: Valley, client: Client) -> None:
    streets = [rows.street("East"), rows.street("West")]
    person, empty = member(streets[0]), rows.confederation("Empty", streets)
    for body in streets:
        body.memberships.exclude(person=person).update(ended_at=folkmoot_now(), ending="left")
    referral = ask(empty)
    all_say(referral, {})
    until_closed(referral, level=1)

    client.force_login(person)
    assert "too few took part" in client.get(referral.get_absolute_url()).content.decode()
    assert client.get(f"/api/v1/referrals/{referral.pk}/").json()["outcome"] == "no_quorum"


def test_two_calls_of_one_body(valley: Valley) -> None:
    referral = adopt(valley)
    calling.propose(referral, valley.dell, "Too dear.", by=member(valley.dell))
    own, by = station(referral, valley.dell), member(valley.dell, 1)

    refused_page(by, route("call-new", own.pk), WHY, 403, CALLED)
    refused_call(by, f"stations/{own.pk}/call/", WHY, 403, CALLED)


def founding(valley: Valley, sort: str) -> tuple[dict[str, Any], dict[str, Any]]:
    """Dell founds a confederation with Alder and cedes something: as the page sends it, and as the API takes it."""
    words = {"name": "Two Streets", "purpose": "The brook.", "unity": "Each decides for itself.", **WHY}
    typed = {**words, "others": [valley.alder.pk], "words1": "All of it", "sort1": sort}
    return typed, {**words, "others": [valley.alder.slug], "matters": [{"sort": sort, "words": "All of it"}]}


@pytest.mark.parametrize("fixed", ["votes", "recall"])
def test_a_charter_that_cedes_what_is_fixed(valley: Valley, fixed: str) -> None:
    typed, given = founding(valley, fixed)
    by = member(valley.dell)
    refused_page(by, route("confederation-new", valley.dell.slug), typed, 422, CHOOSE)
    refused_call(by, f"bodies/{valley.dell.slug}/above/propose/", given, 400, "not a valid choice")


def test_putting_up_what_was_not_ceded(valley: Valley) -> None:
    by, about = member(valley.dell), {"title": "Rates", "days": 14, **WHY}
    path = route("forward-new", valley.dell.slug, valley.valley.slug)
    refused_page(by, path, {**about, "about": "ceded:99"}, 422, CHOOSE)
    words = "A confederation decides only what was ceded to it, or for a shared right. Choose one."
    refused_call(by, f"bodies/{valley.dell.slug}/above/{valley.valley.slug}/forward/", about, 422, words)
