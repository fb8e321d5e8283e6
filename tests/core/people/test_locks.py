"""Each act locks what it judges, in the one order: a race test alone misses a removed lock too often."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from core.actions import applications, cards, closing, first, invitations, people, tokens
from core.actions.charters import Draft
from core.actions.settling import settle
from core.rules.charter import CharterNumbers
from core.timekeeping import folkmoot_now
from tests import village
from tests.core.people.cast import Street, ask, link, make_street, vouched

pytestmark = pytest.mark.django_db


def locked(act: Callable[[], object]) -> list[str]:
    """The tables whose rows an act locks, in order."""
    with CaptureQueriesContext(connection) as asked:
        act()
    statements = [query["sql"] for query in asked if "FOR NO KEY UPDATE" in query["sql"]]
    return [sql.split(' FROM "')[1].split('"')[0] for sql in statements]


def test_an_objection_locks_body_then_application(street: Street) -> None:
    application = vouched(street)

    tables = locked(lambda: applications.object(application, "We do not know her.", by=street.carla))

    assert tables[:2] == ["core_body", "core_application"]


def test_a_proposal_of_an_admission_locks_body_then_application(db: None) -> None:
    street = make_street(admission="proposal")
    application = ask(street)

    tables = locked(lambda: applications.propose(application, by=street.ana, at=folkmoot_now()))

    assert tables[:2] == ["core_body", "core_application"]


def test_asking_locks_the_body(street: Street) -> None:
    assert locked(lambda: ask(street))[0] == "core_body"


def test_admitting_locks_body_then_application(street: Street) -> None:
    application = vouched(street)
    village.move_clock(timedelta(hours=73))

    assert locked(lambda: applications.admit_if_unopposed(application.pk))[:2] == ["core_body", "core_application"]


def test_taking_back_locks_the_application(street: Street) -> None:
    application = ask(street)

    assert (
        locked(lambda: applications.withdraw(application, by=street.gina, at=folkmoot_now()))[0] == "core_application"
    )


def test_ending_a_link_locks_it(street: Street) -> None:
    invitation, _token = link(street, street.ana)

    assert locked(lambda: invitations.end(invitation, by=street.ana, at=folkmoot_now()))[0] == "core_invitation"


def test_using_a_card_locks_it(street: Street) -> None:
    code = cards.make(street.gina, at=folkmoot_now())

    assert locked(lambda: cards.begin(code, "482613", at=folkmoot_now())) == ["core_signincard"]


def test_making_a_token_locks_the_person_whose_tokens_are_counted(street: Street) -> None:
    def make() -> object:
        return tokens.make(street.gina, name="calendar", scope="read", days=30, at=folkmoot_now())

    assert locked(make) == ["core_person"]


def test_leaving_the_house_locks_memberships_first_and_the_person_last(street: Street) -> None:
    tables = locked(lambda: people.close_account(street.ana, at=folkmoot_now()))

    assert (tables[0], tables[-1]) == ("core_membership", "core_person")


def test_leaving_the_house_locks_what_one_still_asks_for(street: Street) -> None:
    ask(street, street.gina)

    assert locked(lambda: people.close_account(street.gina, at=folkmoot_now()))[0] == "core_application"


@pytest.mark.parametrize(("position", "stage"), [("agree", "admitted"), ("abstain", "refused")])
def test_the_decision_about_an_admission_locks_it(db: None, position: str, stage: str) -> None:
    street = make_street(admission="proposal")
    application = ask(street)
    proposal = applications.propose(application, by=street.ana, at=folkmoot_now())
    village.move_clock(timedelta(days=3, seconds=1))
    settle()
    vote = proposal.votes.get()
    for person in street.members:
        village.cast(vote, person, position)
    village.move_clock(timedelta(days=8))

    tables = locked(lambda: closing.close(vote.pk))

    application.refresh_from_db()
    assert application.stage == stage
    assert tables[:4] == ["core_body", "core_application", "core_proposal", "core_recordhead"]


def test_moving_in_locks_the_first_link(db: None) -> None:
    token = invitations.first_link(at=folkmoot_now())
    content = Draft("We look after our street.", "", CharterNumbers())
    who = first.Founding("Ana", "ana", "correct horse battery", "Alder Street", content)

    assert locked(lambda: first.move_in(token, who, at=folkmoot_now()))[0] == "core_invitation"
