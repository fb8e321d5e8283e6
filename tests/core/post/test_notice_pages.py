"""The page of notices, the demo's mails, and acts without a broker."""

import time
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from celery import Celery
from django.core.mail import EmailMultiAlternatives, get_connection
from django.db import connection
from django.test import Client, override_settings
from django.test.utils import CaptureQueriesContext

from config.celery import WakeUp
from core import tasks
from core.actions import memberships, proposals
from core.models import Body, Cause, Notice, Person
from core.notices.fanning import fan_out
from core.notices.sweeping import sweep_causes
from core.notices.words import one_stop
from core.timekeeping import folkmoot_now
from tests import village

pytestmark = pytest.mark.django_db


@pytest.fixture
def people() -> list[Person]:
    return village.make_people("ana", "bruno", "carla", "dario", "eva")


@pytest.fixture
def street(people: list[Person]) -> Body:
    body = village.make_council("Alder Street", people)
    fan_out_all()
    Notice.objects.update(seen_at=folkmoot_now())
    return body


def fan_out_all() -> None:
    for cause in Cause.objects.filter(fanned_at__isnull=True).order_by("pk"):
        fan_out(cause.pk)


def as_(person: Person) -> Client:
    client = Client()
    client.force_login(person, backend="django.contrib.auth.backends.ModelBackend")
    return client


def test_notice_list_groups_by_item_and_marks_what_is_new(street: Body, people: list[Person]) -> None:
    village.make_vote(street, people[0])
    fan_out_all()

    html = as_(people[1]).get("/notices/").content.decode()

    assert "2 are new." in html
    assert html.count('dir="auto">Open the corner lot</h2>') == 1
    assert "The vote is open in Alder Street." in html


def test_notice_list_shows_only_ones_own(street: Body, people: list[Person]) -> None:
    village.make_proposal(street, people[0])
    fan_out_all()

    assert "Open the corner lot" not in as_(village.make_person("gita")).get("/notices/").content.decode()
    assert Client().get("/notices/").status_code == 302


def test_notice_open_marks_it_seen_and_goes_there(street: Body, people: list[Person]) -> None:
    proposal = village.make_proposal(street, people[0])
    fan_out_all()
    notice = Notice.objects.get(person=people[1], cause__proposal=proposal)

    response = as_(people[1]).get(f"/notices/{notice.pk}/")

    notice.refresh_from_db()
    assert response["Location"] == f"/proposals/{proposal.pk}/"
    assert notice.seen_at is not None


def test_nobody_opens_another_persons_notice(street: Body, people: list[Person]) -> None:
    village.make_proposal(street, people[0])
    fan_out_all()
    notice = Notice.objects.filter(person=people[1], seen_at__isnull=True).get()

    assert as_(people[2]).get(f"/notices/{notice.pk}/").status_code == 404
    notice.refresh_from_db()
    assert notice.seen_at is None


def test_what_can_no_longer_be_seen_leads_back_to_the_list(street: Body, people: list[Person]) -> None:
    village.make_proposal(street, people[0])
    fan_out_all()
    notice = Notice.objects.filter(person=people[4], seen_at__isnull=True).get()
    memberships.leave(street, by=people[4])

    response = as_(people[4]).get(f"/notices/{notice.pk}/", follow=True)

    assert response.status_code == 200
    assert "You can no longer see what this notice is about." in response.content.decode()


def test_notices_seen_marks_all_of_ones_own(street: Body, people: list[Person]) -> None:
    village.make_vote(street, people[0])
    fan_out_all()

    assert as_(people[1]).post("/notices/seen/").status_code == 303
    assert as_(people[1]).get("/notices/seen/").status_code == 405

    assert not Notice.objects.filter(person=people[1], seen_at__isnull=True).exists()
    assert Notice.objects.filter(person=people[2], seen_at__isnull=True).count() == 2


def test_notice_list_costs_the_same_with_many(street: Body, people: list[Person]) -> None:
    client = as_(people[1])

    def statements() -> int:
        fan_out_all()
        with CaptureQueriesContext(connection) as asked:
            client.get("/notices/")
        return len(asked)

    village.make_proposal(street, people[0])
    few = statements()
    for author in people[2:]:
        village.make_proposal(street, author, title=f"A bench for {author}")

    assert statements() == few
    assert few <= 12


def test_a_long_list_has_pages(street: Body, people: list[Person]) -> None:
    at = folkmoot_now()
    for number in range(45):
        cause = Cause.objects.create(key=f"x{number}", what=Cause.What.MEMBER_JOINED, body=street, at=at)
        fan_out(cause.pk)

    html = as_(people[1]).get("/notices/").content.decode()

    assert "?page=2" in html
    assert as_(people[1]).get("/notices/?page=999").status_code == 200


def test_demo_mails_is_only_in_a_demo(street: Body, tmp_path: Path) -> None:
    with override_settings(DEMO=False):
        assert Client().get("/demo/mails/").status_code == 404

    backend = "django.core.mail.backends.filebased.EmailBackend"
    with override_settings(DEMO=True, EMAIL_FILE_PATH=tmp_path):
        with get_connection(backend, file_path=str(tmp_path)) as post:
            for subject in ("The first", "The <b>second</b>"):
                letter = EmailMultiAlternatives(subject, "Read this: ¡ñ!", to=["ana@example.org"], connection=post)
                letter.attach_alternative("<p>no</p>", "text/html")
                letter.send()
        html = Client().get("/demo/mails/").content.decode()

    assert html.index("&lt;b&gt;second") < html.index("The first")
    assert "Read this: ¡ñ!" in html
    assert "ana@example.org" in html


@pytest.fixture
def dead_task(monkeypatch: pytest.MonkeyPatch) -> Any:
    """The task that fans out, as it is published where no broker answers."""
    monkeypatch.setattr(WakeUp, "broken_at", None)
    dead = Celery("dead", task_cls=WakeUp, set_as_current=False)
    dead.config_from_object("django.conf:settings", namespace="CELERY")
    dead.conf.task_always_eager = False
    dead.conf["broker_url"] = "redis://127.0.0.1:1/0"

    @dead.task(name="core.tasks.fan_out_cause", shared=False)
    def task(*, cause_id: int) -> None:
        pytest.fail(f"nobody is there to do {cause_id}")

    monkeypatch.setattr(tasks, "fan_out_cause", task)
    return task


def test_with_a_dead_broker_waking_costs_a_moment_and_raises_nothing(dead_task: Any) -> None:
    began = time.monotonic()

    for number in range(50):
        tasks.wake(dead_task, cause_id=number)

    assert time.monotonic() - began < 3
    assert WakeUp.broken_at is not None


@pytest.mark.usefixtures("dead_task")
def test_with_a_dead_broker_acts_happen_and_the_sweeper_tells(
    street: Body, people: list[Person], django_capture_on_commit_callbacks: Any
) -> None:
    with django_capture_on_commit_callbacks(execute=True) as woken:
        proposal = village.make_proposal(street, people[0])

    assert len(woken) == 1
    assert WakeUp.broken_at is not None
    assert not Notice.objects.filter(cause__proposal=proposal).exists()
    village.move_clock(timedelta(seconds=6))
    sweep_causes()
    assert Notice.objects.filter(cause__proposal=proposal).count() == 4


def test_who_left_reads_no_new_titles_in_old_notices(street: Body, people: list[Person]) -> None:
    proposal = village.make_proposal(street, people[0], title="Open the corner lot")
    fan_out_all()
    page = as_(people[1])
    assert "Open the corner lot" in page.get("/notices/").content.decode()
    memberships.leave(street, by=people[1])
    proposals.revise(proposal, by=people[0], at=folkmoot_now(), title="A secret garden", text="Shh.", seen=1)

    html = page.get("/notices/").content.decode()

    assert "A secret garden" not in html
    assert "Open the corner lot" not in html
    assert "You have left, so this is no longer shown to you." in html


@pytest.mark.parametrize(
    ("headers", "seen"),
    [
        ({}, True),
        ({"Sec-Fetch-Site": "none", "Sec-Fetch-Mode": "navigate"}, True),
        ({"Sec-Fetch-Site": "same-origin", "Sec-Fetch-Mode": "navigate"}, True),
        ({"Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "navigate"}, False),
        ({"Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "no-cors"}, False),
        ({"Sec-Fetch-Site": "same-origin", "Sec-Fetch-Mode": "no-cors"}, False),
    ],
)
def test_only_who_goes_there_marks_a_notice_as_seen(
    street: Body, people: list[Person], headers: dict[str, str], seen: bool
) -> None:
    village.make_vote(street, people[0])
    fan_out_all()
    notice = Notice.objects.filter(person=people[1], seen_at=None).first()
    assert notice is not None

    as_(people[1]).get(f"/notices/{notice.pk}/", headers=headers)

    notice.refresh_from_db()
    assert (notice.seen_at is not None) is seen


@pytest.mark.parametrize(
    ("said", "read"),
    [("Given to Karin I..", "Given to Karin I."), ("Well.", "Well."), ("And so on...", "And so on...")],
)
def test_a_sentence_ends_with_one_full_stop(said: str, read: str) -> None:
    assert one_stop(said) == read
