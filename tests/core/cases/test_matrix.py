"""Every verb of a case at every stage, and every verb by every sort of person: the tables are the law."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from core.actions import cases, findings, panels
from core.models import Case, CaseFinding, CaseSeat, Person, RecordLine
from core.refusals import Refusal
from core.timekeeping import folkmoot_now
from tests import village
from tests.core.actions.scene import state, undone
from tests.core.cases.cast import REASONS, STAGES, Court, fresh, panel

pytestmark = [pytest.mark.slow, pytest.mark.django_db]

Verb = Callable[[Court, Case, Person], Any]


def last_finding(court: Court, case: Case) -> CaseFinding:
    """The newest finding; where there is none, one of a paper that nobody can read."""
    del court
    return case.findings.order_by("-pk").first() or CaseFinding(case=case, paper=case.papers.order_by("pk")[0])


VERBS: dict[str, Verb] = {
    "take_seat": lambda _court, case, by: panels.take_seat(case, by=by, at=folkmoot_now()),
    "recuse": lambda _court, case, by: panels.recuse(case, by=by, at=folkmoot_now()),
    "sit": lambda _court, case, by: panels.sit(case, by=by, at=folkmoot_now()),
    "say": lambda _court, case, by: cases.say(case, "Something more.", by=by, at=folkmoot_now()),
    "find": lambda _court, case, by: findings.find(case, "pardon", REASONS, by=by, at=folkmoot_now()),
    "assent": lambda court, case, by: findings.assent(last_finding(court, case), by=by, at=folkmoot_now()),
    "appeal": lambda _court, case, by: findings.appeal(case, "Look again.", by=by, at=folkmoot_now()),
}
# At which stages it may be done, by whoever may; "seated" is drawn, with all three seats taken.
WHEN = {
    "take_seat": {"drawn"},
    "recuse": {"drawn", "seated", "sitting", "found"},
    "sit": {"seated"},
    "say": {"opened", "drawn", "seated", "sitting", "found"},
    "find": {"sitting", "found"},
    "assent": {"found"},
    "appeal": {"decided"},
}
# By whom, at a stage at which it may be done. "panel" has the seat, "asked" was drawn and has not answered.
WHO = {
    "take_seat": {"asked"},
    "recuse": {"asked", "panel"},
    "sit": {"panel"},
    "say": {"complainant", "subject", "panel"},
    "find": {"panel"},
    "assent": {"panel"},
    "appeal": {"complainant", "subject"},
}
ALL_STAGES = ("opened", "drawn", "seated", "sitting", "found", "decided", "appealed", "closed")


def at_stage(court: Court, stage: str) -> Case:
    """A case at one of the stages, or amid one."""
    if stage == "seated":
        return court.seated(court.up_to("drawn"))
    if stage == "found":
        case = court.up_to("sitting")
        court.found(case, "pardon")
        return fresh(case)
    return court.up_to(stage)


def people_of(court: Court, case: Case) -> dict[str, Person]:
    """One of each sort."""
    taken = CaseSeat.objects.filter(case=case, taken_at__isnull=False).select_related("membership__person")
    seats = CaseSeat.objects.filter(case=case).values_list("membership__person", flat=True)
    stakes = {court.ana.pk, court.bruno.pk, court.carla.pk}
    found = {
        "complainant": court.ana,
        "subject": court.bruno,
        "named": court.carla,
        "another": next(person for person in court.members if person.pk not in {*seats, *stakes}),
        "outsider": court.outsider,
    }
    if case.drawn_at is not None and not taken.exists():
        found["asked"] = panel(case)[0]
    if taken.exists():  # the last one: at "found" the first one has agreed
        found["panel"] = taken.order_by("-place")[0].membership.person
    return found


def attempt(verb: str, court: Court, case: Case, by: Person) -> bool:
    """Whether it was done; what is refused changes nothing. What is done is taken back."""
    before = state()
    try:
        with undone():
            VERBS[verb](court, case, by)
    except Refusal:
        assert state() == before
        return False
    return True


@pytest.mark.parametrize("stage", ALL_STAGES)
def test_each_verb_at_each_stage(court: Court, stage: str) -> None:
    case = at_stage(court, stage)
    people = people_of(court, case)

    for verb, stages in WHEN.items():
        done = {who for who, person in people.items() if attempt(verb, court, case, person)}
        expected = WHO[verb] & people.keys() if stage in stages else set()
        assert done == expected, f"{verb} at {stage}"


def test_an_appeal_after_its_time_is_refused_in_words(court: Court) -> None:
    case = court.up_to("decided")
    village.move_clock(timedelta(days=7))
    lines = RecordLine.objects.count()

    with pytest.raises(Refusal, match="The time to appeal has passed"):
        findings.appeal(case, "Look again.", by=court.bruno, at=folkmoot_now())
    assert RecordLine.objects.count() == lines


def test_an_outcome_outside_the_list_is_refused_in_words(court: Court, case: Case) -> None:
    for outcome, mandate, words in (
        ("banishment", None, "one of the outcomes that this body has"),
        ("end_mandate", None, "Choose a mandate"),
    ):
        with pytest.raises(Refusal, match=words):
            findings.find(case, outcome, REASONS, by=panel(case)[0], at=folkmoot_now(), mandate=mandate)
    assert not case.findings.exists()


def test_all_stages_are_tried() -> None:
    assert set(STAGES) <= set(ALL_STAGES)
    assert set(WHEN) == set(WHO) == set(VERBS)
