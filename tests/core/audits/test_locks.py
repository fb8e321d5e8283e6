"""The locks of audits and of what a host decides, with those of test_locks.py: all (tests/races/without.py)."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from core.actions import answers_due, audits, hosting, proposals
from core.timekeeping import folkmoot_now
from tests import village
from tests.core.actions.locking import locks_of
from tests.core.audits.scene import Hall, about, find

pytestmark = pytest.mark.django_db


def test_reading_finding_and_reporting_hold_both_bodies_and_the_mandate(hall: Hall) -> None:
    shown = find(hall).evidence.get().reading_id
    acts: list[Callable[[], Any]] = [
        lambda: audits.read(hall.audit, "decisions", by=hall.bruno),
        lambda: audits.find(hall.audit, about(hall, evidence=(shown,)), by=hall.bruno),
    ]
    for act in acts:
        assert locks_of(act) == ["body", "mandate", "recordhead"]
    assert locks_of(lambda: audits.report(hall.audit, "All.", by=hall.bruno)) == ["mandate", "recordhead"]


def test_answering_holds_the_voice_and_both_bodies(hall: Hall) -> None:
    finding = find(hall)

    taken = locks_of(lambda: audits.answer(finding, "We keep them.", by=hall.carla))

    assert taken == ["membership", "body", "recordhead"]


def test_setting_out_holds_the_proposal(hall: Hall) -> None:
    at = folkmoot_now()
    idea = proposals.draft(hall.host, by=hall.ana, at=at, title="Look", text="Why not.", kind="election")
    scope = audits.Scope(hall.workshop, ("decisions",), hall.workshop.formed_at)

    assert locks_of(lambda: audits.set_out(idea, scope, by=hall.ana)) == ["proposal"]


def test_proposing_the_end_of_recognition_holds_the_voice_and_both_bodies_and_ending_it_the_body(hall: Hall) -> None:
    def propose() -> Any:
        return hosting.propose(
            hall.host, hall.workshop, "recognition", "No more", "Enough.", by=hall.ana, at=folkmoot_now()
        )

    assert locks_of(propose) == ["membership", "body", "proposal", "recordhead"]
    proposal = propose()
    assert locks_of(lambda: hosting.end_recognition(proposal, at=folkmoot_now())) == ["body", "recordhead"]


def test_reminding_of_an_answer_holds_the_audit(hall: Hall) -> None:
    finding = find(hall)
    village.move_clock(timedelta(days=13))

    assert locks_of(lambda: answers_due.remind(finding.pk)) == ["audit"]
