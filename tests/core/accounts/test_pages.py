"""The pages of getting back in and of two accounts: what is shown, to whom, and what is said of whom."""

import pytest
from django.core import mail
from django.core.cache import cache
from django.test import Client

from core.models import AccountNews, Friend, Recovery
from core.notices import accounts, sweeping
from core.timekeeping import folkmoot_now
from tests import village
from tests.core.accounts.cast import NEW, Home, asked, has_new_password, of, proven
from tests.core.people.cast import as_, text_of

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _tries_are_fresh(db: None) -> None:
    cache.clear()


def ask(name: str) -> str:
    """What somebody reads who asks in that name, without the code itself."""
    answer = Client().post("/sign-in/friends/", {"sign_in_name": name, "password": NEW})
    assert answer.status_code == 200
    return text_of(answer).replace(answer.context["code"], "CODE")


def test_back_in_answers_alike_for_every_name(home: Home) -> None:
    assert ask("ana") == ask("farid") == ask("nobody-at-all")
    assert Recovery.objects.count() == 1


def test_back_in_refuses_a_first_guess_for_every_name(home: Home) -> None:
    for name in ("ana", "nobody-at-all"):
        answer = Client().post("/sign-in/friends/", {"sign_in_name": name, "password": "password12"})
        assert answer.status_code == 422
    assert not Recovery.objects.exists()


def test_from_the_first_page_to_the_new_password(home: Home) -> None:
    code = Client().post("/sign-in/friends/", {"sign_in_name": "ana", "password": NEW}).context["code"]

    for friend in (home.bruno, home.eva):
        answer = as_(friend).post("/settings/friends/", {"code": code, "sure": "on", "once": friend.display_name})
        assert answer.status_code == 303

    assert has_new_password(home)
    stranger = as_(home.farid).post("/settings/friends/", {"code": code, "sure": "on", "once": "x"})
    assert stranger.status_code == 403


def test_way_back_chooses_three_among_those_one_knows(home: Home) -> None:
    fields = {"first": home.ana.pk, "second": home.bruno.pk, "third": home.carla.pk, "once": "x"}

    answer = as_(home.farid).post("/settings/way-back/", fields)

    assert answer.status_code == 303
    assert Friend.objects.filter(person=home.farid).count() == 3
    fields["third"] = home.dario.pk
    assert as_(home.farid).post("/settings/way-back/", fields).status_code == 422


def test_every_page_says_that_a_new_password_waits_and_one_can_stop_it(home: Home) -> None:
    village.make_mandate(home.body, home.members, home.ana, author=home.bruno)
    hers, recovery = as_(home.ana), proven(home)
    assert "Somebody asks for a new password to this account" in text_of(hers.get("/"))
    assert "Somebody asks for a new password" not in text_of(as_(home.bruno).get("/"))

    assert as_(home.bruno).post(f"/settings/way-back/{recovery.pk}/stop/", {"once": "x"}).status_code == 404
    assert hers.post(f"/settings/way-back/{recovery.pk}/stop/", {"once": "x"}).status_code == 303

    assert "Somebody asks for a new password" not in text_of(hers.get("/"))
    recovery.refresh_from_db()
    assert recovery.ending == Recovery.Ending.STOPPED


def test_news_of_an_account_are_mailed_to_each_confirmed_address_once_whoever_wants_none(home: Home) -> None:
    village.confirm(home.ana, "ana@house.example")
    home.ana.mail = "none"
    home.ana.save(update_fields=["mail"])
    mail.outbox.clear()
    AccountNews.objects.update(mailed_at=folkmoot_now())
    proven(home)
    keys = list(AccountNews.objects.filter(person=home.ana, mailed_at=None).values_list("pk", flat=True))

    for key in [*keys, *keys]:
        accounts.deliver(key)
    sweeping.sweep()

    mine = [letter for letter in mail.outbox if letter.to == ["ana@house.example"]]
    assert len(mine) == len(keys) == 2
    named = [str(letter.extra_headers["Message-ID"]).partition("@")[0] for letter in mine]
    assert named == [f"<account-{key}-0" for key in keys]
    assert "Your new password works" in mine[-1].subject


def test_the_page_of_members_shows_a_merging_to_members_and_to_nobody_else(home: Home) -> None:
    merging = asked(home)
    address = f"/b/{home.body.slug}/members/"

    shown = text_of(as_(home.bruno).get(address))

    assert "Ana says that the account of Anita is theirs too" in shown
    assert "I know that they are one person" in shown
    assert "I know that they are one person" not in text_of(as_(home.ana).get(address))
    assert "Both accounts are mine" in text_of(as_(home.anita).get(address))
    assert as_(home.dario).get(address).status_code == 404
    assert as_(home.dario).post(f"/mergings/{merging.pk}/stop/").status_code == 404


def test_merging_ask_says_what_will_happen_and_refuses_oneself(home: Home) -> None:
    other = of(home, home.anita)
    page = as_(home.ana).get(f"/members/{other.pk}/same/")
    assert "Any member can stop it" in text_of(page)

    refused = as_(home.ana).post(f"/members/{of(home, home.ana).pk}/same/", {"once": "x"})

    assert refused.status_code == 403
    assert "Choose another account" in text_of(refused)
