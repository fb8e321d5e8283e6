"""What the database refuses, whatever way it comes (invariants 7 and 21)."""

from datetime import timedelta

import pytest

from core.actions import bodies, memberships
from core.models import Adoption, Body, Mandate, Membership
from core.timekeeping import folkmoot_now
from councils.models import Arrival, Board
from tests import village
from tests.core.actions.scene import refused_by_the_database, run
from tests.councils.founding import scene as made
from tests.councils.founding.scene import Founding
from tests.scenes import scene

pytestmark = pytest.mark.django_db

going = scene(made.founding_now)
over = scene(made.handed_over)


def joins(body: Body, found: Founding, name: str) -> Membership:
    at = folkmoot_now()
    return Membership.objects.create(body=body, person=getattr(found, name), joined_at=at, voice_from=at)


def test_nobody_is_on_both_sides_of_a_founding(going: Founding) -> None:
    with refused_by_the_database("who founds a council is not in it"):
        joins(going.council, going, "eva")
    with refused_by_the_database("who founds a council is not in it"):
        joins(going.group, going, "ana")
    memberships.leave(going.group, by=going.eva)
    with refused_by_the_database("who founds a council is not in it"):
        joins(going.council, going, "eva")


def test_a_council_does_not_decide_with_four_or_against_one(going: Founding) -> None:
    draft = made.draft_of(going)
    for person in going.neighbours[:4]:
        Adoption.objects.create(charter=draft, membership=going.membership(person), at=folkmoot_now())
    with refused_by_the_database("once enough founding members have adopted"):
        Body.objects.filter(pk=going.council.pk).update(adopted_at=folkmoot_now())

    made.object_to(going, going.ana)
    Adoption.objects.create(charter=draft, membership=going.membership(going.neighbours[4]), at=folkmoot_now())
    with refused_by_the_database("once enough founding members have adopted"):
        Body.objects.filter(pk=going.council.pk).update(adopted_at=folkmoot_now())


def test_a_council_does_not_decide_before_its_assembly_nor_past_the_end() -> None:
    early = made.called()
    for person in early.neighbours[:5]:
        Adoption.objects.create(charter=made.draft_of(early), membership=early.membership(person), at=folkmoot_now())
    with refused_by_the_database("after the first assembly"):
        Body.objects.filter(pk=early.council.pk).update(adopted_at=folkmoot_now())


def test_a_board_is_opened_after_three_decisions_and_ends_on_its_day(going: Founding) -> None:
    young = bodies.form("Spark", made.DRAFT, by=going.dario, at=folkmoot_now(), kind=Body.Kind.CATALYST)
    at = folkmoot_now()
    with refused_by_the_database("decides 3 proposals before it founds"):
        Board.objects.create(catalyst=young, title="Elm", opened_at=at, ends_at=at + timedelta(days=180))
    with refused_by_the_database("board_ends_on_its_day"):
        Board.objects.create(catalyst=going.group, title="Elm", opened_at=at, ends_at=at + timedelta(days=181))
    with refused_by_the_database("board_ends_on_its_day"):
        run("UPDATE councils_board SET ends_at = ends_at + interval '90 days' WHERE id = %s", going.board.pk)


def test_a_board_is_not_handed_over_without_a_mandate(going: Founding) -> None:
    closed = "UPDATE councils_board SET stage = 'closed', closed_at = folkmoot_now(), ending = 'handed_over'"
    with refused_by_the_database("takes over once it decides and has given a mandate"):
        run(f"{closed} WHERE id = %s", going.board.pk)


def test_a_board_that_is_closed_stays_so_and_its_rows_are_its_councils(over: Founding) -> None:
    with refused_by_the_database("never changes"):
        run("UPDATE councils_board SET doors = 1 WHERE id = %s", over.board.pk)
    with refused_by_the_database("only founding members of the council"):
        Arrival.objects.create(board=over.board, membership=village.membership(over.group, over.eva))
    with refused_by_the_database("a profile that was in force never changes"):
        run("UPDATE councils_councilprofile SET size_hint = 26 WHERE body_id = %s", over.council.pk)


def test_who_founded_a_council_holds_no_mandate_in_it_for_ninety_days(over: Founding) -> None:
    joins(over.council, over, "eva")
    granted = Mandate.objects.get(body=over.council)
    at = folkmoot_now()
    about = {"body": over.council, "person": over.eva, "granted_by": granted.granted_by, "title": "Keys"}
    terms = {"task": "Keep them.", "limits": "None.", "ends_at": at + timedelta(days=200)}
    with refused_by_the_database("holds no mandate in it for 90 days"):
        Mandate.objects.create(**about, **terms, starts_at=at + timedelta(days=89))
    assert Mandate.objects.create(**about, **terms, starts_at=at + timedelta(days=91)).pk
