"""A case from the complaint to its end, and what is refused in words."""

import hashlib
from datetime import timedelta
from typing import Any

import pytest
from django.db import DatabaseError, transaction

from core.actions import cases, confidence, findings, mandates, memberships, panels
from core.actions.settling import settle
from core.models import Body, Case, CaseSeat, Cause, Mandate, Notice, ReadingKey, RecordLine, SealedFile
from core.queries.cases import get_lot, get_numbers
from core.refusals import Refusal
from core.rules import cases as rules
from core.sealing import store
from core.timekeeping import folkmoot_now
from tests import village
from tests.core.actions.scene import query, spoken
from tests.core.cases.cast import ANSWER, COMPLAINT, REASONS, Court, fresh, panel

pytestmark = pytest.mark.django_db


def recorded(case: Case) -> list[str]:
    """What the record says of a case."""
    lines = RecordLine.objects.filter(body=case.bench, what__startswith="case.").order_by("seq")
    return list(lines.values_list("what", flat=True))


def test_a_case_ends_a_mandate_seven_days_after_the_panel_has_said_so(court: Court, case: Case) -> None:
    case = court.decided(case)
    village.move_clock(timedelta(days=7) - timedelta(minutes=1))
    settle()
    assert Mandate.objects.get(pk=court.mandate.pk).ended_at is None

    village.move_clock(timedelta(minutes=2))
    settle()

    mandate, case = Mandate.objects.get(pk=court.mandate.pk), fresh(case)
    assert mandate.ending == Mandate.Ending.PANEL
    assert (case.stage, case.ending, case.effect) == ("closed", "stands", "done")
    assert recorded(case)[:2] == ["case.opened", "case.drawn"]
    assert recorded(case)[-2:] == ["case.decided", "case.closed"]
    assert not CaseSeat.objects.standing().filter(case=case).exists()
    settle()
    assert recorded(case).count("case.closed") == 1


@pytest.mark.slow
@pytest.mark.parametrize(("position", "ending", "ends"), [("yes", "stands", True), ("no", "overturned", False)])
def test_the_assembly_says_whether_an_outcome_stands(
    court: Court, case: Case, position: str, ending: str, ends: bool
) -> None:
    case = court.appealed(court.decided(case))
    village.move_clock(timedelta(days=8))
    settle()
    assert fresh(case).stage == "appealed"  # the seven days do not carry it out any more

    vote = court.vote(fresh(case), position)

    assert vote.matter == "admission"  # simple majority
    assert (fresh(case).stage, fresh(case).ending) == ("closed", ending)
    assert (Mandate.objects.get(pk=court.mandate.pk).ending == "panel") is ends


def test_who_has_a_stake_is_never_drawn(court: Court) -> None:
    drawn: set[int] = set()
    for _n in range(12):
        with transaction.atomic():
            case = court.drawn(court.open())
            drawn |= {person.pk for person in panel(case)}
            assert len(panel(case)) == rules.PANEL
            transaction.set_rollback(True)

    assert not drawn & {court.ana.pk, court.bruno.pk, court.carla.pk, court.outsider.pk}
    assert len(drawn) > rules.PANEL


@pytest.mark.slow
def test_the_lot_can_be_drawn_again_by_who_may_see_the_list(court: Court) -> None:
    case = court.drawn(court.open())
    opened, drawn = (RecordLine.objects.get(what=what) for what in ("case.opened", "case.drawn"))

    assert f'"seed":"{hashlib.sha256(bytes.fromhex(case.seed)).hexdigest()}"' in opened.line
    assert case.seed not in opened.line
    assert f'"seed":"{case.seed}"' in drawn.line
    lot = get_lot(case)
    order = rules.in_order(bytes.fromhex(case.seed), len(lot)).order
    assert [lot[number - 1].person for number in order[:3]] == panel(case)
    assert [each.commitment for each in lot] == sorted(each.commitment for each in lot)
    for person in court.members:
        assert person.display_name not in opened.line + drawn.line


@pytest.mark.slow
def test_a_seat_given_back_or_not_taken_goes_to_the_next_of_the_same_lot(court: Court) -> None:
    case = court.drawn(court.open())
    lot, order = get_lot(case), panels.order_of(case)
    first, second, third = panel(case)

    panels.recuse(case, by=first, at=folkmoot_now())
    panels.take_seat(case, by=second, at=folkmoot_now())
    village.move_clock(timedelta(hours=24))
    settle()

    following = [lot[number - 1].person for number in order[3:5]]
    assert panel(case) == [second, following[1]] or panel(case)[0] == second
    endings = dict(CaseSeat.objects.filter(case=case).values_list("membership__person", "ending"))
    assert (endings[first.pk], endings[third.pk]) == ("recused", "lapsed")
    assert endings[following[0].pk] == "lapsed"  # asked when the first one gave back, so 24 hours ago as well


@pytest.mark.slow
def test_a_panel_that_nobody_is_left_for_closes_the_case(court: Court) -> None:
    case = court.drawn(court.open())

    while (case := fresh(case)).stage == "drawn":
        panels.recuse(case, by=panel(case)[0], at=folkmoot_now())

    assert (case.stage, case.ending, case.outcome) == ("closed", "no_panel", "")
    assert CaseSeat.objects.filter(case=case).count() == 6  # nine without three that have a stake


@pytest.mark.slow
def test_a_member_of_the_panel_who_leaves_reads_nothing_more_at_once(court: Court, case: Case) -> None:
    person = panel(case)[1]
    assert "complaint" in court.read(case, person)

    memberships.leave(court.body, by=person)

    assert not Case.objects.visible_to(person).exists()
    settle()
    assert court.read(case, person) == {}
    assert len(panel(case)) == 3


@pytest.mark.slow
def test_both_sides_and_the_panel_read_and_nobody_else(court: Court, case: Case) -> None:
    readers = [court.ana, court.bruno, *panel(case)]
    for person in court.members:
        expected = {"complaint": COMPLAINT, "statement": ANSWER} if person in readers else {}
        assert court.read(case, person) == expected
    court.decided(case)
    court.read(case, panel(case)[0])  # and so the reasons are sealed to both sides
    assert court.read(case, court.bruno)["reasons"] == REASONS


@pytest.mark.slow
def test_the_file_is_destroyed_ninety_days_after_the_end(court: Court) -> None:
    case = court.up_to("closed")
    village.move_clock(timedelta(days=89))
    settle()
    assert court.read(case, court.ana)["complaint"] == COMPLAINT

    village.move_clock(timedelta(days=2))
    settle()

    assert store.files() == set()
    assert not SealedFile.objects.filter(destroyed_at=None).exists()


@pytest.mark.slow
def test_reasons_are_read_before_one_agrees_and_the_other_side_is_heard_first(court: Court) -> None:
    case = court.seated(court.up_to("drawn"))
    panels.sit(case, by=panel(case)[0], at=folkmoot_now())
    with pytest.raises(Refusal, match="Hear the other side first"):
        court.found(fresh(case), "pardon")

    village.move_clock(timedelta(hours=72))
    finding = findings.find(case, "pardon", REASONS, by=panel(case)[0], at=folkmoot_now())

    with pytest.raises(Refusal, match="Read the reasons first"):
        findings.assent(finding, by=panel(case)[1], at=folkmoot_now())


@pytest.mark.slow
@pytest.mark.parametrize("why", ["oneself", "outsider", "not a member", "no key", "twice", "too few"])
def test_a_complaint_is_refused_in_words(court: Court, why: str) -> None:
    by, subject, named, words = court.ana, court.bruno, [court.carla], "about somebody else"
    if why == "oneself":
        subject = court.ana
    elif why == "outsider":
        by, words = court.outsider, "Only members"
    elif why == "not a member":
        subject, words = court.outsider, "Choose a member"
    elif why == "no key":
        ReadingKey.objects.filter(person=by).update(ended_at=folkmoot_now(), wrapped=b"")
        words = "Choose a reading passphrase first"
    elif why == "twice":
        court.open()
        words = "open already"
    else:
        named, words = court.members[2:7], "fewer than three"
    before = (Case.objects.count(), RecordLine.objects.count(), SealedFile.objects.count())

    with pytest.raises(Refusal, match=words):
        cases.open_case(court.body, subject, COMPLAINT, by=by, at=folkmoot_now(), named=named)
    assert (Case.objects.count(), RecordLine.objects.count(), SealedFile.objects.count()) == before


@pytest.mark.slow
def test_of_a_body_with_a_host_the_host_judges(court: Court) -> None:
    workers = [court.ana, court.bruno, court.carla]
    bakery = village.make_council("Bakery", workers)
    Body.objects.filter(pk=bakery.pk).update(kind=Body.Kind.COOPERATIVE, host=court.body)
    bakery.refresh_from_db()

    case = cases.open_case(bakery, court.bruno, COMPLAINT, by=court.members[4], at=folkmoot_now())
    settle()

    assert case.bench == court.body
    assert {person.pk for person in panel(case)} <= {person.pk for person in court.members}
    assert recorded(case) == ["case.opened", "case.drawn"]
    assert not RecordLine.objects.filter(body=bakery, what__startswith="case.").exists()


@pytest.mark.slow
def test_an_outcome_that_cannot_be_carried_out_any_more_is_said(court: Court, case: Case) -> None:
    case = court.decided(case)
    mandates.resign(court.mandate, by=court.bruno)

    village.move_clock(timedelta(days=8))
    settle()

    assert (fresh(case).ending, fresh(case).effect) == ("stands", "failed")
    assert Mandate.objects.get(pk=court.mandate.pk).ending == "resigned"


@pytest.mark.slow
def test_members_see_numbers_and_outcomes_only_of_three_cases_or_more(court: Court, case: Case) -> None:
    court.decided(case, "pardon")
    village.move_clock(timedelta(days=8))
    settle()

    numbers = get_numbers(court.body)
    assert (numbers.opened, numbers.closed, numbers.acknowledged, numbers.sat, numbers.outcomes) == (1, 1, 1, 1, [])


@pytest.mark.slow
def test_news_name_nobody_and_reach_only_who_has_to_do_with_it(court: Court, case: Case) -> None:
    told = {court.ana.pk, court.bruno.pk, *(person.pk for person in panel(case))}
    causes = Cause.objects.filter(what__startswith="case.")

    assert causes.exists()
    assert set(causes.values_list("person_id", flat=True)) <= told
    assert set(causes.values_list("title", flat=True)) == {court.body.name}
    notices = Notice.objects.filter(cause__in=causes)
    assert set(notices.values_list("person_id", flat=True)) <= told


REFUSED = {
    "UPDATE core_case SET subject_id = complainant_id": "what is fixed|about_another",
    "UPDATE core_case SET among = '{{}}'": "what is fixed",
    "DELETE FROM core_caseseat": "Cannot delete",
    "UPDATE core_case SET stage = 'decided'": "case_decided_has_an_outcome",
    "UPDATE core_caseseat SET number = 1": "a seat stays",
    "INSERT INTO core_caseseat (case_id, membership_id, number, place, asked_at, ending) "
    "SELECT case_id, membership_id, number, 99, now(), '' FROM core_caseseat LIMIT 1": "no more seats",
    "UPDATE core_casepaper SET author_id = {person}": "Cannot update",
}


def test_the_database_refuses_what_must_not_be(court: Court) -> None:
    case = court.drawn(court.open())
    for statement, words in REFUSED.items():
        with pytest.raises(DatabaseError, match=words), transaction.atomic():
            query(statement.format(person=court.carla.pk))
    panels.recuse(case, by=panel(case)[0], at=folkmoot_now())
    with pytest.raises(DatabaseError, match="a seat stays"), transaction.atomic():
        query("UPDATE core_caseseat SET ended_at = NULL, ending = '' WHERE ended_at IS NOT NULL")


def test_acts_lock_their_case_before_they_judge(court: Court) -> None:
    case = court.open()
    with spoken() as heard:
        panels.draw(case.pk)
        panels.recuse(case, by=panel(case)[0], at=folkmoot_now())
        panels.take_seat(case, by=panel(case)[0], at=folkmoot_now())
        cases.say(case, "Something more.", by=court.ana, at=folkmoot_now())

    assert sum('FROM "core_case"' in said and "FOR NO KEY UPDATE" in said for said in heard) == 4


def test_the_database_seats_nobody_with_a_stake(court: Court) -> None:
    case = court.drawn(court.open())
    stake = village.membership(court.body, court.carla)
    CaseSeat.objects.filter(case=case, place=0).update(ended_at=folkmoot_now(), ending="left")

    with pytest.raises(DatabaseError, match="who has a stake does not judge"), transaction.atomic():
        CaseSeat.objects.create(case=case, membership=stake, number=1, place=50, asked_at=folkmoot_now())


@pytest.mark.slow
def test_no_table_but_sealed_ones_has_what_was_said(court: Court, case: Case) -> None:
    court.decided(case)
    tables = [name for (name,) in query("SELECT tablename FROM pg_tables WHERE schemaname = 'public'")]
    for canary in ("55-umbrella-55", "66-lantern-66", "77-gravel-77"):
        for looked_for in (canary, canary.encode().hex()):
            for table in tables:
                assert query(f"SELECT count(*) FROM \"{table}\" x WHERE x::text LIKE '%{looked_for}%'") == [(0,)]


@pytest.mark.slow
def test_confidence_and_a_case_at_once_end_a_mandate_once(court: Court, case: Case) -> None:
    """Whichever comes first."""
    case = court.decided(case)
    for person in court.members[2:7]:
        confidence.withdraw(court.mandate, by=person)

    village.move_clock(timedelta(days=8))
    settle()

    ended: list[Any] = query("SELECT count(*) FROM core_recordline WHERE what = 'mandate.ended'")
    assert ended == [(1,)]
    assert fresh(case).effect == "failed"
