"""What was adopted waits 14 days; bodies and people call it down; then the people decide, once."""

from datetime import timedelta

import pytest

from confederation.actions import calling, people, ratifying
from confederation.models import Call, PeopleElector, PeopleQuestion, PeopleVote, Referral
from confederation.queries.ratifying import get_called, get_standing
from core.models import Body, Membership, Person, Proposal, RecordLine, Stage, Vote
from core.refusals import Denied
from core.timekeeping import folkmoot_now
from tests import village
from tests.confederation import rows
from tests.confederation.valley import Valley, adopt, all_say, ask, member, until_closed, until_in_force
from tests.core.actions.scene import refused, refused_by_the_database, run

pytestmark = pytest.mark.django_db


def also_in(body: Body, person: Person) -> Membership:
    """A member of one body is one of another too."""
    at = folkmoot_now() - timedelta(days=30)
    return Membership.objects.create(body=body, person=person, joined_at=at, voice_from=at)


def call(referral: Referral, *callers: Person) -> None:
    """These people call it down."""
    for person in callers:
        calling.call(referral, by=person)


def asks_people(referral: Referral) -> PeopleVote:
    """Three of 28 have called it down, and the people have been asked."""
    call(referral, *(member(body) for body in all_streets(referral)))
    rows.settle_all()
    return PeopleVote.objects.get(referral=referral)


def all_streets(referral: Referral) -> list[Body]:
    """The four at the base."""
    return [each.body for each in referral.stations.base().select_related("body").order_by("pk")]


def people_say(vote: PeopleVote, said: dict[str, int]) -> Proposal:
    """In every body so many say so; then it is counted."""
    rows.pass_by(days=7, seconds=1)
    for question in PeopleQuestion.objects.filter(vote=vote):
        assert question.proposal is not None
        for position, number in said.items():
            rows.vote_of(question.proposal, position, number)
    rows.pass_by(days=7, seconds=1)
    return Proposal.objects.get(referral=vote.referral_id)


def test_what_nobody_calls_down_is_in_force_after_two_weeks(valley: Valley) -> None:
    referral = adopt(valley)
    assert (referral.outcome, referral.proposal.stage, referral.people) == ("adopted", Stage.VOTING, 28)
    assert referral.in_force_from == referral.counted_at + timedelta(days=14)  # type: ignore[operator]

    rows.pass_by(days=13, hours=23)
    assert Proposal.objects.get(referral=referral).stage == Stage.VOTING
    rows.pass_by(hours=1, seconds=1)
    decided = Proposal.objects.get(referral=referral)
    assert (decided.stage, decided.stands) == (Stage.ADOPTED, True)
    assert not ratifying.into_force(referral.pk)


def test_a_tenth_of_the_people_calls_it_down_each_of_them_once(valley: Valley) -> None:
    referral = adopt(valley)
    twice = member(valley.alder)
    also_in(valley.dell, twice)
    for person in (twice, twice, member(valley.birch)):
        calling.call(referral, by=person)
    rows.settle_all()
    assert (get_called(referral).people_calling, get_called(referral).is_enough) == (2, False)

    call(referral, member(valley.dell))
    rows.settle_all()
    referral.refresh_from_db()
    assert referral.called_down_at is not None
    assert PeopleQuestion.objects.exclude(proposal=None).count() == 4
    with refused(Denied, "It has been called down: the people decide."):
        calling.call(referral, by=member(valley.cedar))


def test_a_call_can_be_taken_back_and_counts_no_more_when_its_caller_has_left(valley: Valley) -> None:
    referral = adopt(valley)
    call(referral, *(member(body) for body in valley.streets[:3]))
    calling.take_back(referral, by=member(valley.alder))
    calling.take_back(referral, by=member(valley.alder))
    assert get_called(referral).people_calling == 2
    assert not get_standing(referral, member(valley.alder), at=folkmoot_now()).mine

    call(referral, member(valley.alder))
    valley.birch.memberships.filter(person=member(valley.birch)).update(ended_at=folkmoot_now(), ending="left")
    assert get_called(referral).people_calling == 2
    until_in_force()
    assert Proposal.objects.get(referral=referral).stage == Stage.ADOPTED


def test_who_has_no_voice_below_calls_nothing_down(valley: Valley) -> None:
    referral = adopt(valley)
    stranger, [new] = village.make_person("stranger"), village.make_people("new")
    Membership.objects.create(
        body=valley.dell, person=new, joined_at=folkmoot_now(), voice_from=folkmoot_now() + timedelta(days=7)
    )
    for person in (stranger, new):
        with refused(Denied, "Only members of the bodies below it, past their waiting time, can do this."):
            calling.call(referral, by=person)


def test_before_and_after_its_time_nothing_is_called_down(valley: Valley) -> None:
    referral = ask(valley.valley)
    with refused(Denied, "Only a decision that was adopted and is not yet in force can be called down."):
        calling.call(referral, by=member(valley.dell))
    all_say(referral, dict.fromkeys(valley.streets, "agree"))
    for level in (1, 2):
        until_closed(referral, level=level)
    village.move_clock(timedelta(days=14, seconds=1))
    with refused(Denied, "The time to call it down is over."):
        calling.call(referral, by=member(valley.dell))
    assert not Call.objects.exists()


def test_a_third_of_the_bodies_calls_it_down_by_their_own_decisions(valley: Valley) -> None:
    referral = adopt(valley)
    proposal = calling.propose(referral, valley.dell, "It is too dear.", by=member(valley.dell))
    with refused(Denied, "This body has called it down already, or is deciding on that. See there."):
        calling.propose(referral, valley.dell, "It is.", by=member(valley.dell, 1))
    rows.settle_all()
    rows.vote_of(proposal, "yes", 4)
    rows.pass_by(days=7, seconds=1)

    assert Call.objects.get(proposal=proposal).at is not None
    referral.refresh_from_db()
    assert referral.called_down_at is not None
    assert RecordLine.objects.filter(body=valley.dell, what="call.made").count() == 1
    assert RecordLine.objects.filter(body=valley.valley, what="referral.called_down").count() == 1


def test_a_confederation_calls_when_more_than_half_of_its_bodies_do(valley: Valley) -> None:
    referral = adopt(valley)
    votes = [calling.propose(referral, body, "Too dear.", by=member(body)) for body in (valley.alder, valley.birch)]
    rows.settle_all()
    for proposal in votes:
        rows.vote_of(proposal, "yes", 4)
    Call.objects.filter(body=valley.alder).update(at=folkmoot_now())
    assert get_called(referral).calling == frozenset()
    rows.pass_by(days=7, seconds=1)

    assert get_called(referral).calling == {valley.hill.pk}
    referral.refresh_from_db()
    assert referral.called_down_at is not None


def test_a_call_of_a_body_that_closes_in_time_is_counted_before_it_is_in_force(valley: Valley) -> None:
    referral = adopt(valley)
    village.move_clock(timedelta(days=12))
    proposal = calling.propose(referral, valley.dell, "It is too dear.", by=member(valley.dell))
    rows.settle_all()
    rows.vote_of(proposal, "yes", 4)
    village.move_clock(timedelta(days=3))  # nobody has counted meanwhile
    assert not ratifying.into_force(referral.pk)
    rows.settle_all()

    referral.refresh_from_db()
    assert (referral.called_down_at is not None, referral.proposal.stage) == (True, Stage.VOTING)


@pytest.mark.parametrize(
    ("said", "stage"),
    [
        ({"agree": 4, "disagree": 1}, Stage.ADOPTED),
        ({"agree": 3, "disagree": 1}, Stage.NOT_ADOPTED),
        ({"agree": 1}, Stage.NO_QUORUM),
    ],
)
def test_the_people_decide_all_bodies_counted_together(valley: Valley, said: dict[str, int], stage: Stage) -> None:
    vote = asks_people(adopt(valley))
    decided = people_say(vote, said)

    vote.refresh_from_db()
    assert decided.stage == stage
    assert (vote.outcome, vote.people) == (stage.value, 28)
    assert vote.tally == {position: 4 * number for position, number in said.items()}
    assert decided.stands == (stage == Stage.ADOPTED)
    assert not people.count(vote.pk)


def test_a_person_in_two_bodies_is_asked_in_one_of_them(valley: Valley) -> None:
    for n in range(7):
        also_in(valley.alder, member(valley.dell, n))
    referral = adopt(valley)
    assert referral.people == 28
    vote = asks_people(referral)
    people_say(vote, {})

    vote.refresh_from_db()
    sizes = Vote.objects.filter(proposal__kind="people").values_list("roll_size", flat=True)
    assert sorted(size or 0 for size in sizes) == [0, 7, 7, 14]
    assert (vote.people, PeopleElector.objects.count()) == (28, 28)


def test_what_the_people_have_decided_nobody_calls_down(valley: Valley) -> None:
    referral = adopt(valley)
    vote = asks_people(referral)
    people_say(vote, {"agree": 6})

    with refused(Denied, "Only a decision that was adopted and is not yet in force can be called down."):
        calling.call(referral, by=member(valley.dell))
    with refused_by_the_database("peoplevote_referral_id"):
        run(
            "INSERT INTO confederation_peoplevote (referral_id, begun_at, closes_at, outcome, reason) "
            "VALUES (%s, now(), now() + interval '1 day', '', '')",
            referral.pk,
        )
