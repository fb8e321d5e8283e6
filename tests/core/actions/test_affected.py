"""Bodies that a proposal affects: named, told, asking by a decision of theirs to decide together, answered."""

from datetime import timedelta
from functools import partial

import pytest

from core.actions import affected, opening
from core.models import Affected, Body, Person, Proposal
from core.refusals import Denied, Invalid
from core.timekeeping import folkmoot_now
from tests import village
from tests.core.actions.locking import locks_of
from tests.core.actions.scene import Street, from_now, refused, refused_by_the_database, run, undone
from tests.core.actions.test_matrix import STAGES, attempt, bring_to, make

pytestmark = pytest.mark.django_db


@pytest.fixture
def birch(street: Street) -> Body:
    """The body of carla, hugo and ines."""
    return Body.objects.get(name="Birch Street")


def name(proposal: Proposal, body: Body, by: Person) -> Affected:
    return affected.name(proposal, body, "They share the wall.", by=by, at=folkmoot_now())


def asked(street: Street, birch: Body) -> Affected:
    """Birch Street has decided to ask about a proposal of ana's."""
    named = name(village.make_proposal(street.body, street.ana), birch, street.ana)
    request = affected.propose_to_ask(named, "We share the wall.", by=street.carla, at=folkmoot_now())
    village.move_clock(timedelta(days=4))
    vote = opening.open_vote(request, by=street.carla)
    for entry in vote.roll.select_related("person"):
        village.cast(vote, entry.person, "agree")
    village.close(vote)
    return Affected.objects.get(pk=named.pk)


@pytest.mark.usefixtures("rows_by_hand")
def test_naming_at_every_stage_and_by_every_sort_of_person(street: Street, birch: Body) -> None:
    wrong = []
    for stage in STAGES:
        with undone():
            proposal = bring_to(make(street, "decision"), stage)
            for sort, person in {"author": street.ana, "member": street.bruno, "of_another": street.carla}.items():
                with undone():
                    allowed = sort == "author" and stage in ("discussion", "round")
                    wrong += attempt("name", partial(name, proposal, birch, person), allowed, f"{stage} by {sort}")
    assert wrong == []


def test_the_members_of_a_body_that_is_named_are_told_once(street: Street, birch: Body) -> None:
    proposal, news = village.make_proposal(street.body, street.ana), from_now()

    first, again = name(proposal, birch, street.ana), name(proposal, birch, street.ana)

    assert first == again
    assert news.recorded() == ["affected.named"]
    assert news.told() == ["body.affected"]
    assert list(Affected.objects.visible_to(street.carla)) == [first]
    assert not Affected.objects.visible_to(street.dario)


def test_only_another_listed_body_can_be_named_with_a_reason(street: Street, birch: Body) -> None:
    proposal = village.make_proposal(street.body, street.ana)
    hidden = village.make_council("Hidden", village.make_people("x", "y", "z"), listed=False)

    for body in (street.body, hidden):
        with refused(Invalid, "Choose another body that is listed."):
            name(proposal, body, street.ana)
    with refused(Invalid, "Say in a sentence or two"):
        affected.name(proposal, birch, " ", by=street.ana, at=folkmoot_now())


def test_a_body_asks_by_its_own_decision_and_the_author_answers(street: Street, birch: Body) -> None:
    named = asked(street, birch)
    assert named.asked_at is not None
    news = from_now()

    with refused(Denied, "Only the author of the proposal can answer."):
        affected.answer(named, "refused", "It is ours.", by=street.bruno, at=folkmoot_now())
    with refused(Invalid, "Say why"):
        affected.answer(named, "refused", " ", by=street.ana, at=folkmoot_now())
    affected.answer(named, "refused", "It is ours alone.", by=street.ana, at=folkmoot_now())

    named.refresh_from_db()
    assert (named.answer, named.words) == ("refused", "It is ours alone.")
    assert (news.recorded(), news.told()) == (["joint.answered"], ["joint.answered"])
    with refused(Denied, "Nothing waits for an answer here."):
        affected.answer(named, "agreed", "Now we do.", by=street.ana, at=folkmoot_now())
    with refused(Denied, "Your body has asked already."):
        affected.propose_to_ask(named, "Once more.", by=street.carla, at=folkmoot_now())


def test_the_author_answers_before_opening_and_nobody_else_has_to_wait(street: Street, birch: Body) -> None:
    named = asked(street, birch)

    with refused(Denied, "A body that this affects asks to decide together. Answer it first."):
        opening.open_vote(named.proposal, by=street.ana)

    assert opening.open_vote(named.proposal, by=street.bruno).proposal == named.proposal


def test_asking_is_for_members_of_the_body_once_at_a_time(street: Street, birch: Body) -> None:
    named = name(village.make_proposal(street.body, street.ana), birch, street.ana)
    with refused(Denied, "Only members can do this."):
        affected.propose_to_ask(named, "Let us.", by=street.ana, at=folkmoot_now())

    affected.propose_to_ask(named, "Let us.", by=street.carla, at=folkmoot_now())

    with refused(Denied, "Your body is deciding already whether to ask."):
        affected.propose_to_ask(named, "Let us too.", by=street.carla, at=folkmoot_now())


def test_a_request_that_comes_after_voting_has_begun_is_a_decision_that_could_not_be_carried_out(
    street: Street, birch: Body
) -> None:
    named = name(village.make_proposal(street.body, street.ana), birch, street.ana)
    request = affected.propose_to_ask(named, "We share the wall.", by=street.carla, at=folkmoot_now())
    village.move_clock(timedelta(days=4))
    vote = opening.open_vote(request, by=street.carla)
    for entry in vote.roll.select_related("person"):
        village.cast(vote, entry.person, "agree")
    opening.open_vote(named.proposal, by=street.ana)

    village.close(vote)

    request.refresh_from_db()
    assert (request.stage, request.effect) == ("adopted", "failed")
    assert request.effect_problem == "Voting has begun there: it is too late to ask."
    named.refresh_from_db()
    assert named.asked_at is None


def test_the_database_wants_words_for_an_answer_and_a_request_before_it(street: Street, birch: Body) -> None:
    named = name(village.make_proposal(street.body, street.ana), birch, street.ana)

    with refused_by_the_database("affected_answer_has_words"):
        run("UPDATE core_affected SET answer = 'refused', words = 'No.', answered_at = now() WHERE id = %s", named.pk)


def test_answering_locks_the_proposal_first(street: Street, birch: Body) -> None:
    named = asked(street, birch)

    taken = locks_of(lambda: affected.answer(named, "refused", "It is ours.", by=street.ana, at=folkmoot_now()))

    assert taken == ["proposal", "affected", "recordhead"]
