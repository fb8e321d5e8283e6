"""Calendars to subscribe to: what is in them, for whom, and what they must not name."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from icalendar import Calendar as Icalendar

from core.actions import calendars, memberships, people
from core.actions.proposals import Todo
from core.models import Body, Calendar
from core.timekeeping import folkmoot_now
from tests import village
from tests.core.actions.scene import Street, make_street
from tests.core.people.cast import as_, text_of
from tests.scenes import scene

pytestmark = pytest.mark.django_db

street = scene(make_street)


def entries(response: Any) -> dict[str, Any]:
    """What stands in a calendar, by its words."""
    assert response.status_code == 200
    assert response["Content-Type"] == "text/calendar; charset=utf-8"
    events = Icalendar.from_ical(response.content).walk("VEVENT")
    return {str(event["SUMMARY"]): event for event in events}


def address(street: Street) -> str:
    """Bruno's secret address."""
    return f"/calendar/{calendars.renew(street.bruno, at=folkmoot_now())}.ics"


def address_of(street: Street, body: Body) -> str:
    """Bruno's address of one body alone; of the address he has now."""
    calendar = Calendar.objects.get(person=street.bruno)
    return f"/calendar/one/{calendars.token_of(calendar, village.membership(body, street.bruno))}.ics"


def test_calendar_own_has_what_is_ahead_for_one_person(street: Street) -> None:
    mandate = village.make_mandate(street.body, street.members, street.bruno, author=street.ana)
    day = (folkmoot_now() + timedelta(days=40)).date()
    village.decide(
        street.body, street.members, street.ana, title="Plant a tree", tasks=[Todo("Dig", street.bruno, day)]
    )
    vote = village.make_vote(street.body, street.ana, title="Racks")
    village.make_proposal(street.body, street.ana, title="A bench")

    found = entries(Client().get(address(street)))

    assert set(found) == {
        "Vote closes: Racks",
        "Talk until: A bench",
        "Task due: Dig",
        "Mandate ends: Run the tool library",
        "Report due: Run the tool library",
    }
    assert found["Vote closes: Racks"].decoded("DTSTART") == vote.closes_at.replace(microsecond=0)
    assert found["Task due: Dig"].decoded("DTSTART") == day
    assert found["Mandate ends: Run the tool library"]["URL"].endswith(mandate.get_absolute_url())


def test_tasks_and_reports_of_others_are_in_no_calendar_of_mine(street: Street) -> None:
    village.make_mandate(street.body, street.members, street.eva, author=street.ana)
    day = (folkmoot_now() + timedelta(days=40)).date()
    village.decide(street.body, street.members, street.ana, tasks=[Todo("Dig", street.eva, day)])

    assert set(entries(Client().get(address(street)))) == {"Mandate ends: Run the tool library"}


def test_no_calendar_of_all_bodies_names_one(street: Street) -> None:
    """The address may be shared with a household or kept by a stranger's server (invariant 25)."""
    other = village.make_council("Birch Lane", [street.bruno, *village.make_people("jan", "kim")])
    village.make_proposal(street.body, street.ana, title="A bench")
    village.make_proposal(other, street.bruno, title="A roof")

    whole = Client().get(address(street))
    alone = Client().get(address_of(street, other))

    assert set(entries(whole)) == {"Talk until: A bench", "Talk until: A roof"}
    for body in (street.body, other):
        assert body.name not in whole.content.decode()
        assert body.slug not in whole.content.decode()
    assert set(entries(alone)) == {"Talk until: A roof"}
    assert "Birch Lane" in alone.content.decode()


def test_the_address_of_one_body_leads_to_no_other(street: Street) -> None:
    """Who was given the calendar of one body must not find the others by cutting or changing its address."""
    other = village.make_council("Birch Lane", [street.bruno, *village.make_people("jan", "kim")])
    whole, one = address(street), address_of(street, street.body)
    key, _dot, seal = one.removeprefix("/calendar/one/").removesuffix(".ics").partition(".")
    elsewhere, kims = village.membership(other, street.bruno).pk, other.memberships.get(person__sign_in_name="kim").pk

    tried = [
        f"/calendar/{key}.{seal}.ics",
        f"/calendar/{seal}.ics",
        *(f"/calendar/one/{guess}.{seal}.ics" for guess in (elsewhere, kims, 0, "9" * 30, "x")),
        f"{whole.removesuffix('.ics')}/{other.slug}.ics",
        whole.replace("/calendar/", "/calendar/one/"),
    ]

    assert [Client().get(path).status_code for path in tried] == [404] * len(tried)
    assert Client().get(one).status_code == 200
    address(street)
    assert Client().get(one).status_code == 404  # a new address for all ends this one too


def test_a_new_address_ends_the_former_and_leaving_ends_all(street: Street) -> None:
    first, second = address(street), address(street)
    single = address_of(street, street.body)
    assert Client().get(first).status_code == 404
    assert Client().get(single).status_code == 200

    memberships.leave(street.body, by=street.bruno)
    assert Client().get(single).status_code == 404
    assert entries(Client().get(second)) == {}

    people.close_account(street.bruno, at=folkmoot_now())
    assert Client().get(second).status_code == 404


def test_calendar_page_shows_the_address_once_and_ends_it(street: Street) -> None:
    client = as_(street.bruno)
    made = client.post("/settings/calendar/", {"once": "a"})
    [shown, single] = [word for word in text_of(made).split() if word.endswith(".ics")]

    for each in (shown, single):
        assert client.get("/" + each.partition("://")[2].partition("/")[2]).status_code == 200
    assert shown not in text_of(client.get("/settings/calendar/"))
    assert "shown only once" not in text_of(client.post("/settings/calendar/", {"once": "a"}))
    client.post("/settings/calendar/", {"once": "b", "end": "yes"})
    assert client.get("/" + shown.partition("://")[2].partition("/")[2]).status_code == 404


def test_decision_feed_of_a_listed_body_tells_titles_and_nothing_else(street: Street) -> None:
    decided = village.decide(street.body, street.members, street.ana, title="Plant <a tree> & water it")
    village.make_proposal(street.body, street.ana, title="Not decided yet")

    feed = Client().get(f"/b/{street.body.slug}/decisions.atom")

    said = feed.content.decode()
    assert feed["Content-Type"].startswith("application/atom+xml")
    assert "Plant &lt;a tree&gt; &amp; water it" in said
    assert "Not decided yet" not in said
    assert village.TEXT not in said
    assert street.ana.display_name not in said
    assert f"decision-{decided.pk}" in said
    street.body.listed = False
    street.body.save(update_fields=["listed"])
    assert as_(street.ana).get(f"/b/{street.body.slug}/decisions.atom").status_code == 404
