"""Tasks of a decision: who says that they are done, and when they are late."""

from datetime import timedelta
from zoneinfo import ZoneInfo

import pytest
from django.urls import reverse
from django.utils import timezone

from core.actions import proposals
from core.models import Task
from core.queries.charters import get_charter
from core.timekeeping import folkmoot_now
from tests import village
from tests.core.pages.cast import Lines, SignedIn, Street, page_of

pytestmark = pytest.mark.django_db


def test_task_done_is_said_by_who_has_it(street: Street, as_person: SignedIn, lines: Lines) -> None:
    tasks = [proposals.Todo("Buy the racks", street.farid)]
    proposal = village.decide(street.body, street.members, street.ana, tasks=tasks)
    task, before = Task.objects.get(), lines()

    refused = as_person(street.bruno).post(reverse("core:task-done", args=[task.pk]), {"note": "me too", "once": "a"})
    assert refused.status_code == 403
    assert "Only the person who has the task can say that it is done." in refused.content.decode()
    assert 'value="me too"' in refused.content.decode()
    assert lines() == before

    done = as_person(street.farid).post(reverse("core:task-done", args=[task.pk]), {"note": "Cheap.", "once": "a"})
    assert done.status_code == 303
    task.refresh_from_db()
    assert (task.done_at is not None, task.note, lines()) == (True, "Cheap.", before + 1)
    assert "Cheap." in page_of(as_person(street.ana), proposal)


@pytest.mark.parametrize(("ago", "marked"), [(0, False), (1, True)])
def test_a_task_whose_day_has_passed_is_marked_late(
    street: Street, as_person: SignedIn, ago: int, *, marked: bool
) -> None:
    tasks = [proposals.Todo("Buy the racks", street.farid)]
    proposal = village.decide(street.body, street.members, street.ana, tasks=tasks)
    today = timezone.localdate(folkmoot_now(), ZoneInfo(get_charter(street.body).time_zone))
    Task.objects.update(due_on=today - timedelta(days=ago))

    assert (">late</span>" in page_of(as_person(street.bruno), proposal)) is marked


def test_task_done_of_nobody_can_be_said_by_any_member_after_the_decision(street: Street, as_person: SignedIn) -> None:
    proposal = village.make_proposal(street.body, street.ana, tasks=[proposals.Todo("Tell the school")])
    task = proposal.tasks.get()
    url = reverse("core:task-done", args=[task.pk])

    early = as_person(street.bruno).post(url, {"once": "a"})
    outside = as_person(street.dario).post(url, {"once": "a"})

    assert (early.status_code, outside.status_code) == (403, 404)
    task.refresh_from_db()
    assert task.done_at is None
