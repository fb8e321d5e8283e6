"""Pages of assemblies: what they ask of the database, what a device without connection sends later, what is refused."""

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.test import Client

from core.models import Membership
from core.timekeeping import folkmoot_now
from councils.actions import calling, speaking, waiving
from councils.models import Attendance, DateMark, Duty, MinuteLine
from tests import village
from tests.core.people.cast import as_
from tests.councils.assemblies import (
    EVERYBODY,
    PLAN,
    Hall,
    add,
    call,
    in_days,
    make_hall,
    opened,
    over,
    published,
    under_talk,
)
from tests.scenes import scene

pytestmark = pytest.mark.django_db

hall = scene(make_hall)
Queries = Callable[..., Any]
LATER = {"HTTP_ACCEPT": "application/json"}
MOST = 12
"""Statements of a page, with session and person (DESIGN section 13)."""


def crowd(hall: Hall) -> None:
    """Forty members more, most of them in the room, and a list that is long."""
    at = folkmoot_now()
    people = village.make_people(*(f"n{number}" for number in range(40)))
    rows = [Membership(body=hall.body, person=person, joined_at=at, voice_from=at) for person in people]
    members = Membership.objects.bulk_create(rows)
    attending = [Attendance(assembly=hall.assembly, membership=each, arrived_at=at) for each in members[:30]]
    Attendance.objects.bulk_create(attending)
    for person in people[:20]:
        speaking.raise_hand(hall.assembly, "speak", by=person, at=folkmoot_now())


@pytest.mark.parametrize("page", ["", "run/", "phone/", "projector/"])
def test_a_page_asks_no_more_of_the_database_however_many_are_here(
    hall: Hall, page: str, django_assert_max_num_queries: Queries
) -> None:
    under_talk(hall, *EVERYBODY)
    speaking.wave(hall.assembly, "agree", by=hall.people["bruno"], at=folkmoot_now())
    waiver = waiving.ask(hall.assembly.items.get(), by=hall.ana, at=folkmoot_now())
    waiving.say(waiver, True, by=hall.people["bruno"], at=folkmoot_now())
    crowd(hall)
    client = as_(hall.ana)

    with django_assert_max_num_queries(MOST):
        answer = client.get(f"/assemblies/{hall.assembly.pk}/{page}")

    assert answer.status_code == 200
    assert "36 of 47 members with a voice are here." in answer.content.decode()


@pytest.mark.parametrize("stage", ["called", "held", "published"])
def test_the_page_before_and_after_asks_as_little(
    hall: Hall, stage: str, django_assert_max_num_queries: Queries
) -> None:
    add(hall, proposal=village.make_proposal(hall.body, hall.people["bruno"]))
    if stage != "called":
        over(opened(hall, *EVERYBODY))
    if stage == "published":
        published(hall)
    client = as_(hall.people["bruno"])
    for path in (f"/assemblies/{hall.assembly.pk}/", f"/b/{hall.body.slug}/assemblies/"):
        with django_assert_max_num_queries(MOST):
            assert client.get(path).status_code == 200


def send(client: Client, hall: Hall, act: str, **sent: Any) -> Any:
    """As static/js/assembly.js sends what it has kept."""
    return client.post(f"/assemblies/{hall.assembly.pk}/{act}/", sent, **LATER)  # type: ignore[arg-type]


def test_what_was_kept_is_sent_twice_and_counts_once_at_the_moment_it_was_noted(hall: Hall) -> None:
    opened(hall, "ana")
    noted = folkmoot_now()
    village.move_clock(timedelta(minutes=10))
    client, bruno = as_(hall.ana), hall.member("bruno").pk
    kept = {"once": "k1", "noted": noted.isoformat()}

    answers = [send(client, hall, "arrive", membership=bruno, **kept) for _time in range(2)]
    answers += [send(client, hall, "note", text="Dark.", once="k2", noted=noted.isoformat()) for _time in range(2)]

    assert [each.json() for each in answers] == [{"done": True}] * 4
    assert Attendance.objects.get(membership=bruno).arrived_at == noted
    assert MinuteLine.objects.get(kind="note").at == noted


@pytest.mark.parametrize("noted", ["2100-01-01T00:00:00Z", "yesterday", "2026-13-45T99:99:99Z", "2026-11-24T10:00:00"])
def test_a_clock_that_is_wrong_or_no_clock_at_all_does_no_harm(hall: Hall, noted: str) -> None:
    opened(hall, "ana")
    before = folkmoot_now()
    send(as_(hall.ana), hall, "arrive", membership=hall.member("bruno").pk, once="k1", noted=noted)
    assert before <= Attendance.objects.get(membership=hall.member("bruno")).arrived_at <= folkmoot_now()


def test_all_that_a_device_does_not_keep_happens_now(hall: Hall) -> None:
    """Else a meeting could be called too late for most, or its page hold a date that no calendar has."""
    poll = calling.ask_for_dates(hall.body, PLAN, [in_days(5), in_days(6)], by=hall.ana, at=folkmoot_now())
    called = call(hall.body, hall.ana, days=9)
    noted = folkmoot_now().isoformat()
    village.move_clock(timedelta(days=4))
    before = folkmoot_now()

    late = as_(hall.ana).post(f"/dates/{poll.options.order_by('pk')[0].pk}/settle/", {"once": "k1", "noted": noted})
    long_ago = {"role": "facilitator", "once": "k2", "noted": "0001-01-01T00:00:00+14:00"}
    taken = as_(hall.people["bruno"]).post(f"/assemblies/{called.pk}/duties/take/", long_ago)

    assert (late.status_code, taken.status_code) == (422, 303)
    poll.refresh_from_db()
    assert poll.stage == "poll"
    assert Duty.objects.get(assembly=called).asked_at >= before


@pytest.mark.parametrize("act", ["arrive", "leave", "stop", "guests", "note", "end", "longer"])
def test_nothing_is_noted_before_the_assembly_began(hall: Hall, act: str) -> None:
    opened(hall, "ana", "bruno")
    speaking.give_word(hall.assembly, hall.member("bruno"), by=hall.ana, at=folkmoot_now())
    there = f"/items/{hall.assembly.items.get().pk}" if act in ("end", "longer") else f"/assemblies/{hall.assembly.pk}"
    sent = {"membership": hall.member("bruno").pk, "number": 5, "text": "Dark.", "noted": "0001-01-01T00:00:00+14:00"}

    answer = as_(hall.ana).post(f"{there}/{act}/", sent, **LATER)  # type: ignore[arg-type]

    assert answer.status_code == 422
    assert answer.json() == {"detail": "This was noted before the assembly began, so it is not part of it."}


def test_a_date_with_a_number_that_none_has_is_passed_over(hall: Hall) -> None:
    poll = calling.ask_for_dates(hall.body, PLAN, [in_days(5), in_days(6)], by=hall.ana, at=folkmoot_now())
    sent = "date_" + "9" * 5000 + "=yes&once=k1"
    form = "application/x-www-form-urlencoded"
    answer = as_(hall.ana).post(f"/assemblies/{poll.pk}/mark/", sent, content_type=form)
    assert answer.status_code == 303
    assert not DateMark.objects.exists()


def test_what_no_longer_fits_is_said_and_not_guessed(hall: Hall) -> None:
    opened(hall, "ana", "bruno")
    client = as_(hall.ana)
    over(hall)

    answer = send(client, hall, "arrive", membership=hall.member("eva").pk, once="k1", noted=folkmoot_now().isoformat())

    assert (answer.status_code, answer.json()) == (409, {"detail": "The assembly is over."})
    assert Attendance.objects.count() == 2


def test_a_fresh_token_says_whose_it_is(hall: Hall) -> None:
    answer = as_(hall.ana).get(f"/assemblies/{hall.assembly.pk}/fresh/")
    assert answer.json()["person"] == hall.ana.pk
    assert len(answer.json()["token"]) == 64
    assert "no-store" in answer.headers["Cache-Control"]
    strict = Client(enforce_csrf_checks=True)
    strict.cookies = as_(hall.ana).cookies
    token = strict.get(f"/assemblies/{hall.assembly.pk}/fresh/").json()["token"]
    opened(hall, "ana")
    path, sent = f"/assemblies/{hall.assembly.pk}/guests/", {"number": 2, "once": "k1"}
    assert strict.post(path, sent).status_code == 403
    assert strict.post(path, sent, headers={"X-CSRFToken": token, "Accept": "application/json"}).json() == {
        "done": True
    }


def test_a_refusal_keeps_what_was_typed(hall: Hall) -> None:
    opened(hall, "ana")
    page = as_(hall.ana).post(f"/assemblies/{hall.assembly.pk}/errands/", {"what": "Dig", "due_on": "2020-01-01"})
    assert page.status_code == 422
    assert 'value="Dig"' in page.content.decode()
    assert "still to come" in page.content.decode()


def test_who_does_not_guide_is_told_so(hall: Hall) -> None:
    opened(hall, "ana", "bruno")
    page = as_(hall.people["bruno"]).get(f"/assemblies/{hall.assembly.pk}/run/")
    assert page.status_code == 403
    assert "Only the facilitator and the note-taker do this." in page.content.decode()


def test_the_wall_renews_itself_without_javascript_and_has_nothing_to_press(hall: Hall) -> None:
    opened(hall, *EVERYBODY)
    page = as_(hall.people["bruno"]).get(f"/assemblies/{hall.assembly.pk}/projector/").content.decode()
    assert '<noscript><meta http-equiv="refresh"' in page
    assert "<button" not in page
    assert "<form" not in page
    assert 'class="dark"' in page


def test_only_forms_that_say_so_are_kept_and_none_is_a_ballot(hall: Hall) -> None:
    under_talk(hall, *EVERYBODY)
    waiving.ask(hall.assembly.items.get(), by=hall.ana, at=folkmoot_now())
    page = as_(hall.ana).get(f"/assemblies/{hall.assembly.pk}/run/").content.decode()
    kept = [part.split(">")[0] for part in page.split("<form")[1:] if "data-keep" in part.split(">")[0]]
    assert len(kept) >= 5
    assert not any("waiver" in form or "ballot" in form or "close" in form for form in kept)
    script = Path(settings.BASE_DIR, "static/js/assembly.js").read_text(encoding="utf-8")
    assert r"/^\/(assemblies|items)\/\d+\//" in script


def test_a_member_in_the_room_of_no_assembly_sees_when_it_is(hall: Hall) -> None:
    page = as_(hall.people["bruno"]).get(f"/assemblies/{hall.assembly.pk}/phone/").content.decode()
    assert "The assembly is not under way" in page
