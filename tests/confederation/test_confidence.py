"""Mandates of a confederation: granted to people from below, recalled, lost by the confidence of bodies or people."""

import json
from datetime import timedelta

import pytest

from confederation.actions import confidence, forwarding, holding
from confederation.models import BodyWithdrawal, Holder, PersonWithdrawal, Referral
from confederation.queries import reach
from confederation.queries.ratifying import get_confidence
from core.actions import mandates
from core.models import Body, Mandate, Membership, Person, Proposal, RecordLine, Stage
from core.record import label_of
from core.refusals import Denied, Invalid
from core.timekeeping import folkmoot_now
from tests import village
from tests.confederation import rows
from tests.confederation.valley import Valley, all_say, member, recall, until_closed, until_in_force
from tests.core.actions.scene import refused, refused_by_the_database, run, spoken

pytestmark = pytest.mark.django_db
TERMS = {"task": "Keep the well.", "limits": "Buy nothing.", "term_days": 90}


def granted(valley: Valley) -> Mandate:
    """A mandate of the valley, of somebody in Dell."""
    at = folkmoot_now()
    return rows.mandate(rows.granting(valley.valley, at), member(valley.dell), at)


def withdraw(mandate: Mandate, people: list[Person]) -> None:
    """These people withdraw their confidence; then the clock counts."""
    for person in people:
        confidence.withdraw(mandate, by=person)
    rows.settle_all()
    mandate.refresh_from_db()


def people_of(*bodies: Body) -> list[Person]:
    """Everybody in these."""
    return [each.person for body in bodies for each in body.memberships.order_by("pk").select_related("person")]


def body_decides(body: Body, mandate: Mandate, *, gives_back: bool = False) -> Proposal:
    """A body withdraws its confidence, or gives it back, by four of seven."""
    proposal = confidence.propose(body, mandate, "No report.", by=member(body), gives_back=gives_back)
    village.move_clock(timedelta(days=4))
    vote = rows.opened(proposal)
    rows.give(vote.pk, "yes", 4)
    rows.pass_by(days=8)
    return Proposal.objects.get(pk=proposal.pk)


def last_line(body: Body) -> dict[str, object]:
    """What the record of a body says of the mandate that has ended."""
    line = RecordLine.objects.filter(body=body, what="mandate.ended").latest("seq")
    return dict(json.loads(line.line)["data"])


def test_more_than_half_of_the_people_end_it_each_counted_once(valley: Valley) -> None:
    mandate = granted(valley)
    half = people_of(valley.alder, valley.birch)
    at = folkmoot_now() - timedelta(days=30)
    for person in half[:3]:  # they are in two bodies
        Membership.objects.create(body=valley.cedar, person=person, joined_at=at, voice_from=at)
    withdraw(mandate, [*half, *half[:2]])
    assert mandate.ended_at is None
    assert get_confidence(mandate, half[0], at=folkmoot_now()).mine

    withdraw(mandate, [member(valley.dell, 3)])
    assert mandate.ending == Mandate.Ending.CONFIDENCE
    said = last_line(valley.valley)
    assert (said["people"], said["people_withdrawn"], said["bodies"], said["withdrawn_by"]) == (28, 15, 2, [])
    assert not confidence.end_if_lost(mandate.pk)


def test_no_more_people_are_counted_than_it_takes(valley: Valley) -> None:
    everybody = reach.people_below(valley.valley.pk)

    with spoken() as heard:
        assert reach.people_at_least(valley.valley.pk, 3) in range(3, 7)
    assert "LIMIT 6" in heard[0]
    assert len(heard) == 1

    assert reach.people_at_least(valley.valley.pk, everybody) == everybody
    assert reach.people_at_least(valley.valley.pk, 2 * everybody) == everybody


def test_it_is_given_back_and_ends_nothing(valley: Valley) -> None:
    mandate = granted(valley)
    half = people_of(valley.alder, valley.birch)
    withdraw(mandate, half)
    confidence.give_back(mandate, by=half[0])
    confidence.give_back(mandate, by=half[0])
    withdraw(mandate, [member(valley.dell)])

    assert mandate.ended_at is None
    assert PersonWithdrawal.objects.filter(mandate=mandate).count() == 14
    assert not get_confidence(mandate, half[0], at=folkmoot_now()).mine


def test_who_has_no_voice_below_has_no_say_in_it_and_who_leaves_counts_no_more(valley: Valley) -> None:
    mandate = granted(valley)
    with refused(Denied, "Only members of the bodies below it, past their waiting time, can do this."):
        confidence.withdraw(mandate, by=village.make_person("stranger"))
    withdraw(mandate, people_of(valley.alder, valley.birch))
    valley.cedar.memberships.filter(person=member(valley.cedar)).update(ended_at=folkmoot_now(), ending="left")
    rows.settle_all()

    mandate.refresh_from_db()
    assert mandate.ending == Mandate.Ending.CONFIDENCE
    assert last_line(valley.valley)["people"] == 27
    with refused(Denied, "This mandate has ended."):
        confidence.withdraw(mandate, by=member(valley.dell))


def test_more_than_half_of_the_bodies_end_it(valley: Valley) -> None:
    mandate = granted(valley)
    own = body_decides(valley.dell, mandate)
    assert (own.stage, mandate.ended_at) == (Stage.ADOPTED, None)
    with refused(Denied, "Your body has withdrawn its confidence already."):
        confidence.propose(valley.dell, mandate, "Again.", by=member(valley.dell))
    for body in (valley.alder, valley.birch):  # two of the three on the hill: the hill has withdrawn it
        mandate.refresh_from_db()
        assert mandate.ended_at is None
        body_decides(body, mandate)

    mandate.refresh_from_db()
    assert mandate.ending == Mandate.Ending.CONFIDENCE
    assert (last_line(valley.valley)["bodies"], len(last_line(valley.valley)["withdrawn_by"])) == (2, 2)  # type: ignore[arg-type]


def test_a_body_gives_it_back(valley: Valley) -> None:
    mandate = granted(valley)
    with refused(Denied, "Your body has not withdrawn its confidence."):
        confidence.propose(valley.dell, mandate, "Well.", by=member(valley.dell), gives_back=True)
    body_decides(valley.dell, mandate)
    body_decides(valley.dell, mandate, gives_back=True)

    assert not BodyWithdrawal.objects.standing().exists()
    assert RecordLine.objects.filter(body=valley.dell, what__startswith="confidence.").count() == 2


def test_a_recall_that_passes_ends_it_with_the_count(valley: Valley) -> None:
    mandate, referral = recall(valley)
    rows.settle_all()
    for body in valley.streets:
        rows.vote_of(Proposal.objects.get(station__referral=referral, body=body), "yes", 6)
    for level in range(3):
        mandate.refresh_from_db()
        assert mandate.ended_at is None
        until_closed(referral, level=level)

    mandate.refresh_from_db()
    referral.refresh_from_db()
    assert (mandate.ending, referral.proposal.stage) == (Mandate.Ending.RECALL, Stage.ADOPTED)
    assert referral.in_force_from is None


def test_any_other_ending_overtakes_the_recall(valley: Valley) -> None:
    mandate, referral = recall(valley)
    withdraw(mandate, people_of(valley.alder, valley.birch, valley.cedar))

    referral.refresh_from_db()
    assert mandate.ending == Mandate.Ending.CONFIDENCE
    assert (referral.proposal.stage, referral.outcome) == (Stage.OVERTAKEN, "overtaken")
    assert set(Proposal.objects.filter(station__referral=referral).values_list("stage", flat=True)) == {"overtaken"}


def asked_for(valley: Valley, person: Person, **different: object) -> Proposal:
    """Alder proposes that the valley gives somebody a mandate."""
    terms = mandates.Terms(person=person, **{**TERMS, **different})  # type: ignore[arg-type]
    plan = forwarding.Plan(valley.valley, forwarding.What.MANDATE, "Keeper of the well", "We need one.", terms=terms)
    return forwarding.propose(valley.alder, plan, by=member(valley.alder), at=folkmoot_now())


def forwarded(proposal: Proposal) -> Proposal:
    """Alder has adopted it."""
    village.move_clock(timedelta(days=4))
    rows.give(rows.opened(proposal).pk, "agree", 6)
    rows.pass_by(days=8)
    return Proposal.objects.get(pk=proposal.pk)


def test_somebody_from_below_who_has_accepted_gets_it_and_nobody_learns_from_where(valley: Valley) -> None:
    keeper = member(valley.dell)
    proposal = asked_for(valley, keeper)
    with refused(Denied, "Only the person named can accept."):
        holding.accept(proposal, by=member(valley.alder), at=folkmoot_now())
    holding.accept(proposal, by=keeper, at=folkmoot_now())
    forwarded(proposal)
    rows.settle_all()
    referral = Referral.objects.get(proposal__body=valley.valley)
    all_say(referral, dict.fromkeys(valley.streets, "agree"))
    for level in (1, 2):
        until_closed(referral, level=level)
    assert not Mandate.objects.exists()
    until_in_force()

    mandate = Mandate.objects.get(body=valley.valley)
    assert (mandate.person, mandate.task) == (keeper, "Keep the well.")
    mandates.report(mandate, "The well is full.", by=keeper)
    named = RecordLine.objects.filter(body=valley.valley).exclude(who="").values_list("who", flat=True)
    assert set(named) == {label_of(keeper, valley.valley)}
    assert not {"applicant", label_of(keeper, valley.dell)} & set(named)
    with refused_by_the_database("Cannot update or delete"):
        run("UPDATE confederation_holder SET label_key = '\\x00' WHERE id = %s", Holder.objects.get().pk)

    valley.dell.memberships.filter(person=keeper).update(ended_at=folkmoot_now(), ending="left")
    with refused(Denied, "You are no longer in any of the bodies that this confederation is made of."):
        mandates.report(mandate, "And goodbye.", by=keeper)
    rows.settle_all()
    mandate.refresh_from_db()
    assert mandate.ending == Mandate.Ending.LEFT


def test_without_acceptance_nobody_votes_on_it(valley: Valley) -> None:
    proposal = asked_for(valley, member(valley.dell))
    village.move_clock(timedelta(days=4))

    with refused(Denied, "The person named has not accepted yet."):
        rows.opened(proposal)


@pytest.mark.parametrize(
    ("different", "why"),
    [
        ({"person": None}, "Choose a member of a body in this confederation."),
        ({"task": " "}, "A mandate needs a task and its limits."),
        ({"term_days": 731}, "The charter does not allow so long a term."),
    ],
)
def test_what_cannot_be_asked_for_is_refused(valley: Valley, different: dict[str, object], why: str) -> None:
    person = member(valley.dell)
    if "person" in different:
        person = village.make_person("stranger")
    words = {name: value for name, value in different.items() if name != "person"}
    with refused(Invalid, why):
        asked_for(valley, person, **words)
