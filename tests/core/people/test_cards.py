"""Sign-in cards and tokens for programs: shown once, kept as hashes, ended at any time."""

import hashlib
from datetime import timedelta

import pytest
from django.core.cache import cache

from core.actions import cards, people, tokens
from core.actions.throttle import TooMany
from core.models import ApiToken, Person, SignInCard
from core.refusals import Denied, Invalid, UsedUp
from core.timekeeping import folkmoot_now
from tests import village

pytestmark = pytest.mark.django_db

PIN = "482613"


def test_a_code_works_once_and_sets_the_pin(gina: Person) -> None:
    code = cards.make(gina, at=folkmoot_now())

    assert cards.begin(code, PIN, at=folkmoot_now()) == gina
    with pytest.raises(UsedUp, match="It works once"):
        cards.begin(code, "739152", at=folkmoot_now())

    assert cards.person_with("gina", PIN) == gina
    assert cards.person_with("GINA", PIN) == gina
    assert cards.person_with("gina", "739152") is None


def test_code_and_pin_are_kept_as_hashes(gina: Person) -> None:
    code = cards.make(gina, at=folkmoot_now())
    cards.begin(code, PIN, at=folkmoot_now())

    kept = str(vars(SignInCard.objects.get()))
    assert code not in kept
    assert code.replace("-", "") not in kept
    assert PIN not in kept


def test_small_letters_spaces_and_missing_dashes_do_not_matter(gina: Person) -> None:
    code = cards.make(gina, at=folkmoot_now())

    assert cards.begin(f" {code.lower().replace('-', ' ')} ", PIN, at=folkmoot_now()) == gina


@pytest.mark.parametrize("pin", ["", "12345", "12ab56", "123456", "987654", "111111", "121212", "４８２６"])
def test_a_weak_pin_is_refused_and_the_code_still_works(gina: Person, pin: str) -> None:
    code = cards.make(gina, at=folkmoot_now())

    with pytest.raises(Invalid):
        cards.begin(code, pin, at=folkmoot_now())

    assert SignInCard.objects.get().used_at is None
    assert cards.begin(code, PIN, at=folkmoot_now()) == gina


def test_a_new_card_ends_the_old_one_and_its_pin(gina: Person) -> None:
    old = cards.make(gina, at=folkmoot_now())
    cards.begin(old, PIN, at=folkmoot_now())

    new = cards.make(gina, at=folkmoot_now())

    assert cards.person_with("gina", PIN) is None
    with pytest.raises(UsedUp):
        cards.begin(old, PIN, at=folkmoot_now())
    assert cards.begin(new, "739152", at=folkmoot_now()) == gina


def test_a_card_without_a_pin_opens_nothing(gina: Person) -> None:
    cards.make(gina, at=folkmoot_now())

    assert cards.person_with("gina", "") is None
    assert cards.person_with("nobody", PIN) is None


def test_tries_are_limited_and_the_right_pin_waits_too(gina: Person) -> None:
    cards.begin(cards.make(gina, at=folkmoot_now()), PIN, at=folkmoot_now())
    for _try in range(10):
        assert cards.person_with("gina", "739152") is None

    with pytest.raises(TooMany, match="Too many tries"):
        cards.person_with("gina", PIN)

    cache.clear()
    assert cards.person_with("gina", PIN) == gina


def test_a_refused_code_counts_as_a_try(gina: Person) -> None:
    code = cards.make(gina, at=folkmoot_now())
    for _try in range(10):
        with pytest.raises(Invalid):
            cards.begin(code, "123456", at=folkmoot_now())

    with pytest.raises(TooMany):
        cards.begin(code, PIN, at=folkmoot_now())

    assert SignInCard.objects.get().used_at is None


def test_who_left_the_house_has_no_way_in(gina: Person) -> None:
    cards.begin(cards.make(gina, at=folkmoot_now()), PIN, at=folkmoot_now())
    people.close_account(gina, at=folkmoot_now())

    assert cards.person_with("gina", PIN) is None
    assert SignInCard.objects.count() == 0


def make(person: Person, **extra: object) -> tuple[ApiToken, str]:
    given = {"name": "calendar", "scope": "read", "days": 30, **extra}
    return tokens.make(person, at=folkmoot_now(), **given)  # type: ignore[arg-type]


def test_a_token_is_kept_as_its_hash(gina: Person) -> None:
    row, secret = make(gina)

    row.refresh_from_db()
    assert len(secret) >= 22
    assert secret not in str(vars(row))
    assert row.token_hash == hashlib.sha256(secret.encode()).hexdigest()
    assert row.expires_at == row.created_at + timedelta(days=30)


@pytest.mark.parametrize("wrong", [{"name": "  "}, {"scope": "everything"}, {"days": 0}, {"days": 366}])
def test_a_token_out_of_range_is_refused(gina: Person, wrong: dict[str, object]) -> None:
    with pytest.raises(Invalid, match="Say what the token is for"):
        make(gina, **wrong)

    assert ApiToken.objects.count() == 0


def test_nobody_has_more_than_twenty_open_tokens(gina: Person) -> None:
    rows = [make(gina)[0] for _each in range(20)]

    with pytest.raises(Invalid, match="You have 20 tokens already"):
        make(gina)
    tokens.end(rows[0], by=gina, at=folkmoot_now())
    make(gina)

    assert ApiToken.objects.count() == 21


def test_only_who_made_a_token_ends_it_and_once(gina: Person) -> None:
    row, _secret = make(gina)
    with pytest.raises(Denied, match="Only who made a token can end it"):
        tokens.end(row, by=village.make_person("hugo"), at=folkmoot_now())
    at = folkmoot_now()
    tokens.end(row, by=gina, at=at)

    tokens.end(row, by=gina, at=folkmoot_now())

    row.refresh_from_db()
    assert row.ended_at == at
