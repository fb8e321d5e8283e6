"""From listening to hand-over: what each step does, and what users would do wrong, in words."""

from datetime import timedelta

import pytest

from core.actions import applications, bodies, charters, founding, memberships
from core.actions.settling import settle
from core.models import Body, Cause, Membership, RecordLine
from core.refusals import Denied, Invalid, Stale, UsedUp, WrongStep
from core.timekeeping import folkmoot_now
from councils.actions import boards
from councils.models import Board, Need
from councils.queries.boards import get_board_page
from councils.rules.profiles import Profile
from tests import village
from tests.core.actions.scene import refused
from tests.councils.founding import scene as made
from tests.councils.founding.scene import DRAFT, PROFILE, Founding
from tests.scenes import scene

pytestmark = pytest.mark.django_db

group = scene(made.make_group)
inviting = scene(made.inviting)
called = scene(made.called)
going = scene(made.founding_now)
ready = scene(made.ready)


def test_a_group_decides_three_things_before_it_founds(group: Founding) -> None:
    young = bodies.form("Spark", DRAFT, by=group.dario, at=folkmoot_now(), kind=Body.Kind.CATALYST)

    with refused(Denied, "decides once its founding members have adopted"):
        boards.open(young, "Somewhere", by=group.dario, at=folkmoot_now())
    with refused(Denied, "Only members can do this."):
        boards.open(group.group, "Somewhere", by=group.dario, at=folkmoot_now())
    with refused(Invalid, "what council this is about"):
        boards.open(group.group, " ", by=group.eva, at=folkmoot_now())

    first = boards.open(group.group, "Birch Street", by=group.eva, at=folkmoot_now())
    second = boards.open(group.group, "Cedar Street", by=group.gina, at=folkmoot_now())
    assert first.ends_at - first.opened_at == timedelta(days=180)
    assert Board.objects.under_way(folkmoot_now()).filter(catalyst=group.group).count() == 2
    assert second.stage == Board.Stage.LISTENING


def test_only_a_catalyst_group_founds(group: Founding) -> None:
    council = village.make_council("Alder", [group.eva, group.farid, group.gina])

    with refused(Denied, "Only a catalyst group founds a council."):
        boards.open(council, "Birch Street", by=group.eva, at=folkmoot_now())


def test_the_scope_forms_a_council_without_members_and_without_catalysts(group: Founding) -> None:
    board = boards.open(group.group, "Birch Street", by=group.eva, at=folkmoot_now())
    with refused(Invalid, "Listen first"):
        boards.set_scope(board, "Birch", PROFILE, DRAFT, by=group.eva)
    boards.hear(board, "Shade", 1, in_all=1, by=group.eva)
    for wrong, words in (
        (Profile("county", "All.", 30), "Choose whom the council is made of."),
        (Profile("street", " ", 30), "Say who is affected"),
        (Profile("street", "All.", 24), "25 to 50 people"),
        (Profile("street", "All.", 51), "25 to 50 people"),
    ):
        with refused(Invalid, words):
            boards.set_scope(board, "Birch", wrong, DRAFT, by=group.eva)

    board = boards.set_scope(board, "Birch", PROFILE, DRAFT, by=group.eva)

    assert board.council is not None
    assert (board.council.founders, board.council.memberships.count()) == (5, 0)
    assert board.council.profiles.get().said == PROFILE
    with refused(WrongStep):
        boards.set_scope(board, "Birch again", PROFILE, DRAFT, by=group.eva)


def test_needs_are_themes_with_counts_of_doors(inviting: Founding) -> None:
    boards.hear(inviting.board, "A warm room in winter", 14, in_all=33, by=inviting.gina)

    assert set(Need.objects.values_list("theme", "doors")) == {
        ("A warm room in winter", 14),
        ("Shade at the bus stop", 7),
    }
    with refused(Invalid, "more doors than you have been to"):
        boards.hear(inviting.board, "Noise", 40, in_all=33, by=inviting.gina)
    with refused(Invalid, "You noted more doors before"):
        boards.hear(inviting.board, "Noise", 2, in_all=10, by=inviting.gina)
    with refused(Invalid, "what people need"):
        boards.hear(inviting.board, " ", 2, in_all=33, by=inviting.gina)


def test_whom_the_catalysts_invite_is_known_and_their_labels_stay_in_their_own_record(inviting: Founding) -> None:
    joined = inviting.membership(inviting.ana)
    assert joined.invited_by is not None
    assert joined.invited_by.person == inviting.eva

    labels = {line.who for line in RecordLine.objects.filter(body=inviting.group) if line.who}
    told = "".join(RecordLine.objects.filter(body=inviting.council).values_list("line", flat=True))
    assert labels
    assert not [label for label in labels if label in told]


def test_a_founding_is_given_up_while_nobody_has_joined(inviting: Founding) -> None:
    board = boards.open(inviting.group, "Elsewhere", by=inviting.eva, at=folkmoot_now())
    assert boards.give_up(board, by=inviting.gina).ending == Board.Ending.GIVEN_UP

    with refused(Denied, "Somebody has joined already."):
        boards.give_up(inviting.board, by=inviting.eva)


def test_the_first_assembly_is_called_held_once_and_not_before_its_time(called: Founding) -> None:
    board, at = called.board, folkmoot_now()
    assert Cause.objects.filter(what=Cause.What.ASSEMBLY_CALLED, body=called.council).count() == 1
    with refused(Invalid, "still to come"):
        boards.call_assembly(board, at, "The hall", "", by=called.eva)
    with refused(Invalid, "before the founding ends"):
        boards.call_assembly(board, board.ends_at, "The hall", "", by=called.eva)
    with refused(Invalid, "Say where you meet."):
        boards.call_assembly(board, at + timedelta(days=2), " ", "", by=called.eva)
    with refused(WrongStep, "has not begun yet"):
        boards.hold_assembly(board, [called.membership(called.ana)], by=called.eva)

    village.move_clock(timedelta(days=2))
    stranger = village.membership(called.group, called.farid)
    with refused(Invalid, "Nobody who joined has come."):
        boards.hold_assembly(board, [stranger], by=called.eva)
    board = boards.hold_assembly(board, [called.membership(called.ana), stranger], others=2, by=called.eva)

    assert (board.stage, board.arrivals.count(), board.others_came) == (Board.Stage.FOUNDING, 1, 2)
    with refused(WrongStep):
        boards.hold_assembly(board, [called.membership(called.ana)], by=called.eva)


def test_a_charter_is_not_adopted_before_the_assembly(called: Founding) -> None:
    with refused(Denied, "at the first assembly, or after it"):
        made.adopt(called, called.ana)
    with refused(Denied, "at the first assembly, or after it"):
        made.object_to(called, called.ana)


def test_a_founding_with_four_members_does_not_begin_to_decide(going: Founding) -> None:
    leaver = going.neighbours[4]
    memberships.leave(going.council, by=leaver)

    council = made.adopt(going, *going.neighbours[:4])

    assert council.adopted_at is None
    with refused(Denied, "decides once its founding members have adopted its charter"):
        village.make_proposal(council, going.ana)
    with refused(Denied, "First the founding members adopt the charter."):
        boards.hand_over(going.board, by=going.ana)


def test_five_who_agree_begin_to_decide(going: Founding) -> None:
    assert made.adopt(going, *going.neighbours[:4]).adopted_at is None
    assert made.adopt(going, going.neighbours[4]).adopted_at is not None


def test_one_who_objects_stands_in_the_way_until_the_draft_is_better(going: Founding) -> None:
    made.object_to(going, going.neighbours[4], "The quorum is too high.")
    made.come_in(boards.invite(going.board, by=going.eva)[1], going.neighbours[5])
    council = made.adopt(going, *going.neighbours[:4], going.neighbours[5])
    assert council.adopted_at is None
    with refused(Invalid, "needs its reason"):
        made.object_to(going, going.ana, " ")
    with refused(WrongStep, "You do not object."):
        founding.take_back(made.draft_of(going), by=going.ana, at=folkmoot_now())

    old = made.draft_of(going)
    bodies.redraft(council, charters.Draft("Better.", "", DRAFT.numbers), by=going.ana, at=folkmoot_now())
    with refused(Stale):
        bodies.adopt(old, by=going.ana, at=folkmoot_now())
    assert made.adopt(going, *going.neighbours[:5]).adopted_at is not None


def test_an_objection_taken_back_or_gone_with_its_member_lets_the_charter_begin(going: Founding) -> None:
    objector, late = going.neighbours[4], going.neighbours[5]
    made.come_in(boards.invite(going.board, by=going.eva)[1], late)
    made.object_to(going, objector)
    made.object_to(going, going.ana)
    made.adopt(going, *going.neighbours[:4], late)
    founding.take_back(made.draft_of(going), by=going.ana, at=folkmoot_now())
    assert going.council.adopted_at is None

    memberships.leave(going.council, by=objector)

    assert going.council.adopted_at is not None


def test_five_of_eleven_are_not_more_than_half(going: Founding) -> None:
    others = village.make_people(*(f"other{n}" for n in range(6)))
    token = boards.invite(going.board, by=going.eva, uses=6)[1]
    for person in others:
        made.come_in(token, person)

    assert made.adopt(going, *going.neighbours[:5]).adopted_at is None
    assert made.adopt(going, others[0]).adopted_at is not None


def test_a_catalyst_neither_joins_nor_adopts_nor_votes(going: Founding) -> None:
    token = boards.invite(going.board, by=going.eva)[1]
    for person in (going.eva, going.farid):
        with refused(Denied, "You can join once it has been handed over."):
            made.come_in(token, person)
    memberships.leave(going.group, by=going.farid)
    with refused(Denied, "You can join once it has been handed over."):
        made.come_in(token, going.farid)
    with refused(Denied, "Only members can do this."):
        made.adopt(going, going.eva)

    council = made.adopt(going, *going.neighbours[:5])
    vote = village.make_vote(council, going.ana)
    assert {entry.person for entry in vote.roll.all()} == set(going.neighbours[:5])
    with refused(Denied):
        village.cast(vote, going.eva, "agree")


def test_a_founding_member_does_not_join_the_group_that_founds(going: Founding) -> None:
    with refused(Denied, "founds a council of which you are a member"):
        applications.apply(going.group, by=going.ana, at=folkmoot_now())


def test_who_stood_in_the_way_leaves_past_the_end_and_nothing_begins(going: Founding) -> None:
    made.come_in(boards.invite(going.board, by=going.eva)[1], going.neighbours[5])
    made.object_to(going, going.neighbours[5])
    made.adopt(going, *going.neighbours[:5])
    village.move_clock(timedelta(days=181))

    memberships.leave(going.council, by=going.neighbours[5])

    assert going.council.adopted_at is None


def test_more_time_takes_more_than_half_and_is_given_once(going: Founding) -> None:
    ends = going.board.ends_at
    with refused(Denied, "Only founding members"):
        boards.ask_for_time(going.board, by=going.eva)
    for person in (going.neighbours[0], going.neighbours[0], going.neighbours[1]):
        assert boards.ask_for_time(going.board, by=person).ends_at == ends

    board = boards.ask_for_time(going.board, by=going.neighbours[2])

    assert board.ends_at - ends == timedelta(days=90)
    with refused(Denied, "It cannot be once more."):
        boards.ask_for_time(board, by=going.neighbours[3])


def test_past_its_end_nothing_can_be_done_whether_or_not_the_clock_has_run(going: Founding) -> None:
    village.move_clock(timedelta(days=181))

    with refused(Denied, "ended by itself"):
        boards.invite(going.board, by=going.eva)
    with refused(Denied, "ended by itself"):
        made.adopt(going, going.ana)
    with refused(Denied, "ended by itself"):
        boards.ask_for_time(going.board, by=going.ana)

    assert settle() >= 1
    council = going.council
    assert (going.board.ending, council.ended_at is not None) == (Board.Ending.TIME, True)
    assert set(council.memberships.values_list("ending", flat=True)) == {"body_ended"}
    assert not boards.end_if_over(going.board.pk)
    assert Body.objects.of(going.ana).filter(pk=council.pk).exists()  # what was done stays readable
    assert Board.objects.visible_to(going.ana).exists()
    with refused(Denied, "This body has ended."):
        made.adopt(going, going.ana)


def test_a_link_of_a_catalyst_is_no_vouch_once_the_council_decides(ready: Founding) -> None:
    token = boards.invite(ready.board, by=ready.eva)[1]
    made.come_in(token, ready.neighbours[5])

    application = ready.council.applications.get()
    assert (application.person, application.vouches.count()) == (ready.neighbours[5], 0)


def test_a_council_that_decides_goes_on_when_the_clock_ends_its_founding(ready: Founding) -> None:
    village.move_clock(ready.board.ends_at - folkmoot_now() + timedelta(seconds=1))
    settle()

    assert (ready.council.ended_at, ready.board.ending) == (None, Board.Ending.TIME)
    assert Membership.objects.open().filter(body=ready.council).count() == 5


def test_the_hand_over_waits_for_a_mandate_and_ends_everything_of_the_catalysts(ready: Founding) -> None:
    token = boards.invite(ready.board, by=ready.farid, note="number 12")[1]
    with refused(Denied, "Only members of the council or of the catalyst group"):
        boards.hand_over(ready.board, by=ready.dario)

    board = boards.hand_over(ready.board, by=ready.ana)

    assert (board.stage, board.ending) == (Board.Stage.CLOSED, Board.Ending.HANDED_OVER)
    with refused(UsedUp, "taken back"):
        made.come_in(token, ready.neighbours[5])
    assert set(ready.council.invitations.values_list("note", flat=True)) == {""}
    shown = get_board_page(board, ready.eva, at=folkmoot_now())
    assert (shown.people_shown, shown.joined) == (False, 5)
    assert get_board_page(board, ready.ana, at=folkmoot_now()).people_shown
    told = Cause.objects.filter(what=Cause.What.FOUNDING_OVER).values_list("body", flat=True)
    assert set(told) == {ready.group.pk, ready.council.pk}


def test_with_two_decisions_no_board_is_opened() -> None:
    few = made.make_group(decided=2)

    with refused(Denied, "Decide three proposals in your own group first"):
        boards.open(few.group, "Birch Street", by=few.eva, at=folkmoot_now())


def test_without_a_mandate_there_is_no_hand_over() -> None:
    early = made.deciding()

    with refused(Denied, "First the council gives a mandate"):
        boards.hand_over(early.board, by=early.ana)
