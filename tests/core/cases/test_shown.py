"""What is shown of a case to whom, stage by stage: the table of docs/cases.md."""

import pytest

from core.models import Case, CasePaper, CaseSeat, Person
from core.queries.cases import papers_for
from tests.core.cases.cast import Court, fresh
from tests.core.cases.test_matrix import at_stage, people_of
from tests.core.people.cast import as_

pytestmark = [pytest.mark.slow, pytest.mark.django_db]

NOTHING = None
CASE: set[str] = set()
HEARD = {"complaint", "statement"}
ALL = HEARD | {"reasons"}
# The papers that somebody may read; CASE is the page without any, NOTHING is "not found".
SHOWN: dict[str, dict[str, set[str] | None]] = {
    "opened": {"complainant": {"complaint"}, "subject": {"complaint"}},
    "drawn": {"complainant": {"complaint"}, "subject": {"complaint"}, "asked": CASE},
    "sitting": {"complainant": HEARD, "subject": HEARD, "panel": HEARD},
    "found": {"complainant": HEARD, "subject": HEARD, "panel": ALL},
    "decided": {"complainant": ALL, "subject": ALL, "panel": ALL},
    "appealed": {"complainant": ALL, "subject": ALL, "panel": ALL},
    "closed": {"complainant": ALL, "subject": ALL, "panel": NOTHING},
}


def shown_to(person: Person, case: Case) -> set[str] | None:
    """The kinds of papers of the case that a person may read, if the page is theirs at all."""
    if as_(person).get(case.get_absolute_url()).status_code == 404:
        assert not papers_for(case, person)
        return NOTHING
    return {paper.kind for paper in papers_for(case, person)}


@pytest.mark.parametrize("stage", SHOWN)
def test_each_is_shown_what_the_table_says(court: Court, stage: str) -> None:
    case = at_stage(court, stage)
    people = people_of(court, case)

    assert {who: shown_to(person, case) for who, person in people.items()} == {
        who: SHOWN[stage].get(who, NOTHING) for who in people
    }
    assert {who for who, shown in SHOWN[stage].items() if shown is not NOTHING} <= people.keys()


def test_who_gave_the_seat_back_is_shown_nothing_any_more(court: Court) -> None:
    case = court.up_to("sitting")
    seat = CaseSeat.objects.standing().filter(case=case).select_related("membership__person")[0]
    judge = seat.membership.person
    assert shown_to(judge, case) == HEARD

    assert as_(judge).post(f"{case.get_absolute_url()}recuse/").status_code == 303

    assert shown_to(judge, fresh(case)) is NOTHING


def test_all_kinds_of_papers_are_in_the_table() -> None:
    assert set(CasePaper.Kind.values) == ALL
