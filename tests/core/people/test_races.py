"""Several at once, on real connections: what may happen once happens once."""

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from functools import partial
from threading import Barrier
from typing import TypeVar

import pytest
from django.db import connection

from core.actions import applications, cards, first, invitations, memberships
from core.actions.charters import Draft
from core.actions.throttle import Throttle, TooMany
from core.models import Application, Body, Invitation, Person, SignInCard, Vouch
from core.refusals import Refusal
from core.rules.charter import CharterNumbers
from core.timekeeping import folkmoot_now
from tests import village
from tests.core.people.cast import Street, ask, link, make_street, vouched

Item = TypeVar("Item")

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def street(transactional_db: None) -> Street:
    return make_street()


def at_once(acts: Sequence[Callable[[], object]]) -> list[object]:
    """Each on a connection of its own, all let go together; a refusal is an answer too."""
    start = Barrier(len(acts))

    def run(act: Callable[[], object]) -> object:
        start.wait()
        try:
            return act()
        except Refusal as refused:
            return refused
        finally:
            connection.close()

    with ThreadPoolExecutor(len(acts)) as pool:
        return [each.result() for each in [pool.submit(run, act) for act in acts]]


def for_each(act: Callable[[Item], object], items: Sequence[Item]) -> list[object]:
    """The same act for several, at once."""
    return at_once([partial(act, item) for item in items])


def refused(answers: Sequence[object]) -> list[str]:
    """The sentences of those that were refused."""
    return [str(each) for each in answers if isinstance(each, Refusal)]


def test_of_ten_who_use_one_link_at_once_one_comes_in(street: Street) -> None:
    _invitation, token = link(street, street.ana)
    people = village.make_people(*(f"n{number}" for number in range(10)))

    answers = for_each(lambda p: invitations.accept(token, by=p, at=folkmoot_now()), people)

    assert refused(answers) == ["This invitation is used up. Ask for a new one."] * 9
    assert Application.objects.count() == 1
    invitation = Invitation.objects.get()
    assert (invitation.uses, invitation.uses_left) == (1, 0)


@pytest.mark.slow
def test_of_ten_who_use_a_link_for_four_at_once_four_come_in(street: Street) -> None:
    _invitation, token = link(street, street.ana, uses=4)
    people = village.make_people(*(f"n{number}" for number in range(10)))

    answers = for_each(lambda p: invitations.accept(token, by=p, at=folkmoot_now()), people)

    assert len(refused(answers)) == 6
    assert Application.objects.count() == 4
    assert Vouch.objects.count() == 3  # a member vouches for three at a time; the fourth waits for others


@pytest.mark.slow
def test_one_person_who_accepts_twice_at_once_is_counted_once(street: Street) -> None:
    invitation, token = link(street, street.ana, uses=10)

    at_once([lambda: invitations.accept(token, by=street.gina, at=folkmoot_now())] * 5)

    invitation.refresh_from_db()
    assert (invitation.uses, invitation.uses_left) == (1, 9)
    assert Application.objects.filter(person=street.gina).count() == 1


@pytest.mark.slow
def test_a_member_vouches_for_three_of_five_at_once(street: Street) -> None:
    asked = [ask(street, person) for person in village.make_people("i", "j", "k", "l", "m")]

    answers = for_each(lambda a: applications.vouch(a, by=street.ana, at=folkmoot_now()), asked)

    assert len(refused(answers)) == 2
    assert Vouch.objects.count() == 3


@pytest.mark.slow
def test_four_vouches_at_once_open_the_objections_once(street: Street) -> None:
    application = ask(street)

    for_each(lambda p: applications.vouch(application, by=p, at=folkmoot_now()), street.members[:4])

    application.refresh_from_db()
    assert application.stage == "objections"
    assert application.vouches.count() == 2


@pytest.mark.slow
def test_of_four_who_settle_at_once_one_admits(street: Street) -> None:
    application = vouched(street)
    village.move_clock(timedelta(hours=73))

    answers = at_once([lambda: applications.admit_if_unopposed(application.pk)] * 4)

    assert sorted(map(bool, answers)) == [False, False, False, True]
    assert street.body.memberships.filter(person=street.gina).count() == 1


@pytest.mark.slow
def test_an_objection_and_the_end_of_its_time_never_both_count(street: Street) -> None:
    for number in range(10):
        (person,) = village.make_people(f"p{number}")
        application = vouched(street, person)
        application.objections_until = folkmoot_now() + timedelta(milliseconds=30)
        application.save(update_fields=["objections_until"])

        at_once([partial(object_to, application, street.carla), partial(admit_again_and_again, application.pk)])

        application.refresh_from_db()
        member = street.body.memberships.filter(person=person).exists()
        assert (application.stage, member) in {("deciding", False), ("admitted", True), ("objections", False)}
        assert application.objections.exists() is (application.stage == "deciding")
        close_the_others(street)


def object_to(application: Application, by: Person) -> object:
    return applications.object(application, "We do not know them.", by=by)


def admit_again_and_again(pk: int) -> object:
    return [applications.admit_if_unopposed(pk) for _time in range(20)]


def close_the_others(street: Street) -> None:
    """So that vouches of earlier rounds do not count against the limit."""
    now = folkmoot_now()
    open_ones = Application.objects.filter(body=street.body, stage__in=Application.OPEN_STAGES)
    open_ones.update(stage=Application.Stage.WITHDRAWN, closed_at=now)


@pytest.mark.slow
def test_a_link_and_the_leaving_of_who_made_it(street: Street) -> None:
    _invitation, token = link(street, street.ana)

    answers = at_once(
        [
            lambda: memberships.leave(street.body, by=street.ana),
            lambda: invitations.accept(token, by=street.gina, at=folkmoot_now()),
        ]
    )

    assert all("deadlock" not in str(each) for each in answers)
    came = Application.objects.filter(person=street.gina).exists()
    assert came is (not refused(answers))


@pytest.mark.slow
def test_a_card_used_five_times_at_once_sets_one_pin(street: Street) -> None:
    code = cards.make(street.gina, at=folkmoot_now())
    pins = [f"4826{number}3" for number in range(5)]

    answers = for_each(lambda pin: cards.begin(code, pin, at=folkmoot_now()), pins)

    assert len(refused(answers)) == 4
    winner = pins[next(index for index, each in enumerate(answers) if isinstance(each, Person))]
    assert cards.person_with("gina", winner) == street.gina
    assert SignInCard.objects.count() == 1


@pytest.mark.slow
def test_of_thirty_tries_at_once_ten_are_let_through(street: Street) -> None:
    throttle = Throttle("race", limit=10, seconds=24 * 3600)

    answers = at_once([lambda: throttle.take("gina")] * 30)

    assert sum(isinstance(each, TooMany) for each in answers) == 20


@pytest.mark.slow
def test_of_five_first_people_at_once_one_moves_in(transactional_db: None) -> None:
    token = invitations.first_link(at=folkmoot_now())
    content = Draft("We look after our street.", "", CharterNumbers())

    def move_in(number: int) -> object:
        who = first.Founding(f"Ana {number}", f"ana{number}", "correct horse battery", "Alder Street", content)
        return first.move_in(token, who, at=folkmoot_now())

    answers = for_each(move_in, range(5))

    assert len(refused(answers)) == 4
    assert (Person.objects.count(), Body.objects.count()) == (1, 1)
