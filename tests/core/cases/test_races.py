"""Several at once, on real connections: one panel, one outcome, three seats."""

from datetime import timedelta
from functools import partial

import pytest

from core.actions import findings, panels
from core.actions.settling import settle
from core.models import CaseSeat, Mandate, RecordLine
from core.refusals import Refusal
from core.sealing import store
from core.timekeeping import folkmoot_now
from tests import village
from tests.core.cases.cast import Court, fresh, make_court, panel
from tests.core.people.test_races import at_once, refused

pytestmark = [pytest.mark.slow, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def court(transactional_db: None, seals_folder: object) -> Court:
    return make_court()


def lines(what: str) -> int:
    """How many lines of a kind."""
    return RecordLine.objects.filter(what=what).count()


def test_two_draws_at_once_make_one_panel(court: Court) -> None:
    case = court.open()

    answers = at_once([partial(panels.draw, case.pk) for _process in range(4)])

    assert sorted(answers, key=str) == [False, False, False, True]
    assert (CaseSeat.objects.count(), lines("case.drawn")) == (3, 1)


def test_seats_given_back_at_once_leave_three(court: Court) -> None:
    case = court.drawn(court.open())

    answers = at_once([partial(panels.recuse, case, by=person, at=folkmoot_now()) for person in panel(case)])

    assert refused(answers) == []
    assert CaseSeat.objects.standing().count() == 3
    assert lines("case.replaced") == 3
    places = sorted(CaseSeat.objects.values_list("place", flat=True))
    assert places == [0, 1, 2, 3, 4, 5]


def test_two_who_agree_at_once_decide_once(court: Court) -> None:
    case = court.up_to("sitting")
    finding = court.found(case)

    at_once([partial(findings.assent, finding, by=person, at=folkmoot_now()) for person in panel(case)[1:]])

    assert fresh(case).stage == "decided"
    assert lines("case.decided") == 1


def test_an_appeal_and_the_end_of_its_time_are_one_or_the_other(court: Court) -> None:
    case = court.up_to("decided")
    village.move_clock(timedelta(days=7) - timedelta(milliseconds=30))

    def appeal() -> object:
        try:
            return findings.appeal(case, "Look again.", by=court.bruno, at=folkmoot_now())
        except Refusal as problem:
            return problem

    at_once([appeal, partial(findings.close_if_due, case.pk), partial(findings.close_if_due, case.pk)])

    case = fresh(case)
    ended = Mandate.objects.get(pk=court.mandate.pk).ended_at is not None
    assert ended == (case.stage == "closed")
    assert (case.appeal is not None) == (case.stage == "appealed")


def test_a_reading_and_the_end_of_the_right_to_read_leave_no_seal(court: Court) -> None:
    case = court.up_to("sitting")
    person = panel(case)[0]

    at_once([partial(court.read, case, court.ana), partial(panels.recuse, case, by=person, at=folkmoot_now())])

    settle()
    for paper in case.papers.all():
        assert person.reading_keys.get().pk not in store.readers(paper.file_id)
