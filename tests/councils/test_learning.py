"""Lending and learning together: who may do what at which moment, who is reminded, and what the web never sees."""

from collections.abc import Callable
from datetime import timedelta
from functools import partial
from typing import Any

import pytest
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from icalendar import Calendar as Icalendar

from core.actions import memberships
from core.actions.settling import settle
from core.models import Cause, Membership, Person
from core.queries.calendars import get_occasions
from core.refusals import Refusal
from core.timekeeping import folkmoot_now
from councils.actions import library, studies
from councils.models import Item, Loan, Study, StudySeat
from tests import village
from tests.core.actions.scene import Street, make_street, undone
from tests.core.people.cast import as_, text_of
from tests.scenes import scene
from tests.verify.honest import assert_whole

pytestmark = pytest.mark.django_db

street = scene(make_street)
PEOPLE = ("ana", "bruno", "eva", "carla", "dario")
MEMBERS = {"ana", "bruno", "eva"}


def done(act: Callable[[], Any]) -> bool:
    """Whether an act is taken; refused, it changes nothing."""
    tables = (Item, Loan, Study, StudySeat)
    before = [list(model.objects.order_by("pk").values()) for model in tables]
    try:
        with transaction.atomic():
            act()
    except Refusal:
        assert [list(model.objects.order_by("pk").values()) for model in tables] == before
        return False
    return True


def drill(street: Street) -> Item:
    """Bruno's drill."""
    return library.add(street.body, by=street.bruno, at=folkmoot_now(), name="Drill")


def lent(street: Street, days: int = 5) -> Item:
    """The same, lent to eva."""
    item, at = drill(street), folkmoot_now()
    library.lend(item, street.eva, (at + timedelta(days=days)).date(), by=street.bruno, at=at)
    return item


# -- the library: verb x person, verb x state

ITEM_VERBS: dict[str, Callable[[Street, Item, Person], object]] = {
    "add": lambda street, item, by: library.add(street.body, by=by, at=folkmoot_now(), name="Tent"),
    "lend": lambda street, item, by: library.lend(
        item, street.ana, (folkmoot_now() + timedelta(days=3)).date(), by=by, at=folkmoot_now()
    ),
    "take back": lambda street, item, by: library.take_back(item, by=by, at=folkmoot_now()),
    "take out": lambda street, item, by: library.take_out(item, by=by, at=folkmoot_now()),
    "keep": lambda street, item, by: library.keep(item, by=by),
}
ITEM_BY_PERSON = {
    "add": ("here", MEMBERS),
    "lend": ("here", {"bruno"}),
    "take back": ("lent", {"bruno"}),
    "take out": ("here", {"bruno"}),
    "keep": ("left", MEMBERS - {"bruno"}),
}
ITEM_IN_STATE = {
    "here": {"lend", "take out"},
    "lent": {"take back"},
    "gone": set[str](),
    "left": {"keep"},
}


def item_in(street: Street, state: str) -> Item:
    """The drill in that state; in "left" its keeper has left the body."""
    item = lent(street) if state == "lent" else drill(street)
    if state == "gone":
        library.take_out(item, by=street.bruno, at=folkmoot_now())
    if state == "left":
        memberships.leave(street.body, by=street.bruno)
    return item


def test_library_every_verb_by_everybody(street: Street) -> None:
    wrong = []
    for verb, (state, allowed) in ITEM_BY_PERSON.items():
        for name in PEOPLE:
            with undone():
                item = item_in(street, state)
                if done(partial(ITEM_VERBS[verb], street, item, getattr(street, name))) != (name in allowed):
                    wrong.append((verb, name))
    assert wrong == []


def test_library_every_verb_in_every_state(street: Street) -> None:
    wrong = []
    for state, allowed in ITEM_IN_STATE.items():
        for verb in set(ITEM_VERBS) - {"add"}:
            with undone():
                item = item_in(street, state)
                by = street.ana if verb == "keep" else street.bruno
                if done(partial(ITEM_VERBS[verb], street, item, by)) != (verb in allowed):
                    wrong.append((verb, state))
    assert wrong == []


def test_nothing_is_lent_to_strangers_or_to_a_day_that_is_over(street: Street) -> None:
    item, at = drill(street), folkmoot_now()
    for borrower, days in ((street.dario, 3), (street.eva, -1), (street.eva, 400)):
        day = (at + timedelta(days=days)).date()
        assert not done(partial(library.lend, item, borrower, day, by=street.bruno, at=at))


def test_a_borrower_is_reminded_once_on_the_day_before(street: Street) -> None:
    lent(street, days=5)
    settle()
    assert not Cause.objects.filter(what=Cause.What.LOAN_DUE).exists()

    village.move_clock(timedelta(days=4, hours=1))
    settle()
    settle()

    [cause] = Cause.objects.filter(what=Cause.What.LOAN_DUE)
    assert cause.person == street.eva
    village.move_clock(timedelta(days=30))
    settle()
    assert Cause.objects.filter(what=Cause.What.LOAN_DUE).count() == 1


def test_nobody_is_reminded_of_what_is_back(street: Street) -> None:
    item = lent(street)
    library.take_back(item, by=street.bruno, at=folkmoot_now())

    village.move_clock(timedelta(days=6))
    settle()

    assert not Cause.objects.filter(what=Cause.What.LOAN_DUE).exists()


def test_item_list_shows_the_borrower_to_keeper_and_borrower_and_no_name_to_the_web(street: Street) -> None:
    lent(street)
    address = f"/b/{street.body.slug}/library/"
    web, feed = Client().get(address), Client().get(f"/b/{street.body.slug}/library.atom")

    assert "with Eva" in text_of(as_(street.bruno).get(address))
    assert "You have" in text_of(as_(street.eva).get(address))
    assert "Eva" not in text_of(as_(street.ana).get(address))
    for public in (web, feed):
        assert "Drill" in public.content.decode()
        assert not {"Eva", "Bruno"} & set(public.content.decode().replace("<", " ").replace(">", " ").split())
    street.body.listed = False
    street.body.save(update_fields=["listed"])
    assert Client().get(address).status_code == 404
    assert as_(street.ana).get(f"/b/{street.body.slug}/library.atom").status_code == 404


def test_a_control_sign_in_what_somebody_wrote_does_not_break_the_feed(street: Street) -> None:
    library.add(street.body, by=street.bruno, at=folkmoot_now(), name="Saw", about="Rusty,\x0b but\x01 sharp.")
    feed = Client().get(f"/b/{street.body.slug}/library.atom")
    assert feed.status_code == 200
    assert "Rusty, but sharp." in feed.content.decode()


def test_lending_over_the_api_tells_nobody_who_else_is_in_the_house(street: Street) -> None:
    """The answer for who is a member elsewhere only is the one for a number that nobody has."""
    client, item = as_(street.bruno), drill(street)
    day = (folkmoot_now() + timedelta(days=3)).date().isoformat()
    answers = [
        client.post(f"/api/v1/things/{item.pk}/lend/", {"borrower": pk, "due_on": day}, content_type="application/json")
        for pk in (street.dario.pk, 10**9, 10**30)
    ]
    assert [(each.status_code, each.json()) for each in answers] == [(404, answers[0].json())] * 3


# -- learning: verb x person, verb x state


def plan(hours: int = 30, **changed: Any) -> studies.Plan:
    """A reading group in that many hours."""
    begins = folkmoot_now() + timedelta(hours=hours)
    given: dict[str, Any] = {
        "kind": "reading",
        "title": "Who owns the street?",
        "about": "Two chapters.",
        "place": "Kitchen",
        "starts_at": begins,
        "ends_at": begins + timedelta(hours=2),
    }
    return studies.Plan(**given | changed)


def announced(street: Street, **changed: Any) -> Study:
    """Bruno leads it."""
    return studies.announce(street.body, plan(**changed), by=street.bruno, at=folkmoot_now())


STUDY_VERBS: dict[str, Callable[[Study, Person], object]] = {
    "come": lambda study, by: studies.come(study, by=by),
    "stay away": lambda study, by: studies.stay_away(study, by=by),
    "call off": lambda study, by: studies.call_off(study, by=by),
}
STUDY_BY_PERSON = {"come": MEMBERS, "stay away": MEMBERS, "call off": {"bruno"}}
STUDY_IN_STATE = {"ahead": set(STUDY_VERBS), "begun": set[str](), "called off": set[str]()}


def test_learning_every_verb_by_everybody_and_in_every_state(street: Street) -> None:
    wrong = []
    for verb, act in STUDY_VERBS.items():
        for name in PEOPLE:
            with undone():
                if done(partial(act, announced(street), getattr(street, name))) != (name in STUDY_BY_PERSON[verb]):
                    wrong.append((verb, name))
        for state, allowed in STUDY_IN_STATE.items():
            with undone():
                study = announced(street)
                if state == "begun":
                    village.move_clock(timedelta(hours=31))
                if state == "called off":
                    studies.call_off(study, by=street.bruno)
                by = street.bruno if verb == "call off" else street.ana
                if done(partial(act, study, by)) != (verb in allowed):
                    wrong.append((verb, state))
    assert wrong == []


@pytest.mark.parametrize(
    "changed", [{"hours": -1}, {"hours": 9000}, {"title": " "}, {"place": ""}, {"ends_at": None}], ids=str
)
def test_what_is_announced_has_a_time_a_title_and_a_place(street: Street, changed: dict[str, Any]) -> None:
    if "ends_at" in changed:
        changed = {"ends_at": folkmoot_now()}
    assert not done(lambda: announced(street, **changed))


def test_the_last_place_is_taken_once(street: Street) -> None:
    study = announced(street, places=2)
    studies.come(study, by=street.ana)

    assert not done(lambda: studies.come(study, by=street.eva))
    assert done(lambda: studies.come(study, by=street.ana))  # has a place: nothing changes
    studies.stay_away(study, by=street.ana)
    assert done(lambda: studies.come(study, by=street.eva))
    with pytest.raises(Exception, match="all places are taken"), transaction.atomic():
        StudySeat.objects.create(study=study, person=street.ana, at=folkmoot_now())


def test_taking_a_place_locks_the_study(street: Street) -> None:
    study = announced(street)
    with CaptureQueriesContext(connection) as asked:
        studies.come(study, by=street.ana)

    assert "councils_study" in next(query["sql"] for query in asked if "FOR NO KEY UPDATE" in query["sql"])


def test_a_date_stands_in_the_calendars_of_those_who_come_and_in_the_public_one_without_names(street: Street) -> None:
    study = announced(street)
    studies.come(study, by=street.ana)
    words = "Reading group: Who owns the street?"

    assert words in [each.words for each in get_occasions(street.ana, folkmoot_now())]
    assert words not in [each.words for each in get_occasions(street.eva, folkmoot_now())]
    public = Client().get(f"/b/{street.body.slug}/learning.ics")
    [event] = Icalendar.from_ical(public.content).walk("VEVENT")
    assert (str(event["SUMMARY"]), str(event["LOCATION"])) == (words, "Kitchen")
    assert "Bruno" not in public.content.decode()
    assert "Bruno" not in text_of(Client().get(f"/b/{street.body.slug}/learning/"))
    assert "Bruno" in text_of(as_(street.ana).get(f"/b/{street.body.slug}/learning/"))


def test_pages_announce_and_lend(street: Street) -> None:
    begins = folkmoot_now() + timedelta(days=2)
    fields = {
        "kind": "teach_in",
        "title": "Mend a wheel",
        "place": "Yard",
        "starts_at": f"{begins:%Y-%m-%dT%H:%M}",
        "ends_at": f"{begins + timedelta(hours=2):%Y-%m-%dT%H:%M}",
        "places": 4,
        "once": "a",
    }
    client, item = as_(street.bruno), drill(street)
    assert client.post(f"/b/{street.body.slug}/learning/new/", fields).status_code == 303
    assert Study.objects.get().places == 4
    day = (folkmoot_now() + timedelta(days=3)).date()

    answer = client.post(f"/things/{item.pk}/lend/", {"borrower": street.eva.pk, "due_on": day, "once": "b"})

    assert answer.status_code == 303
    assert Loan.objects.get().borrower == street.eva
    assert as_(street.ana).post(f"/things/{item.pk}/back/", {"once": "c"}).status_code == 403
    assert as_(street.dario).post(f"/things/{item.pk}/back/", {"once": "d"}).status_code == 404


def test_a_campaign_and_a_hardship_appeal_are_written_like_decisions_and_stand_in_the_register(street: Street) -> None:
    for kind in ("campaign", "hardship"):
        page = as_(street.ana).get(f"/b/{street.body.slug}/proposals/new/?kind={kind}")
        assert f'name="kind" value="{kind}"' in page.content.decode()
    decided = village.decide(street.body, street.members, street.ana, title="Buses on Sundays", kind="campaign")
    appeal = village.decide(street.body, street.members, street.ana, title="Soup for Kim", kind="hardship")

    assert (decided.stands, appeal.stands) == (True, True)
    assert_whole(street.body, street.ana)
    feed = Client().get(f"/b/{street.body.slug}/decisions.atom").content.decode()
    assert "Soup for Kim" not in feed


def test_who_has_left_has_nothing_to_do_with_it(street: Street) -> None:
    study = announced(street)
    memberships.leave(street.body, by=street.ana)

    assert not done(lambda: studies.come(study, by=street.ana))
    assert Membership.objects.open().filter(body=street.body).count() == 4
