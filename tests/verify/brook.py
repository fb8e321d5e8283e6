"""A story of three streets and their confederation: what is asked above, said below, called down and taken back."""

from dataclasses import dataclass
from typing import Any

from confederation.actions import calling, confidence, delegates, deviating, forwarding, holding, leaving, own_words
from confederation.models import Ceded, PeopleQuestion, Referral, Station
from confederation.rules.matters import Right, Sort
from confederation.rules.positions import Own, Said
from core.actions import mandates
from core.models import Body, Mandate, Person, Proposal, Vote
from core.timekeeping import folkmoot_now
from tests.confederation.scene import Quarter, agree, answer, asked, in_favour, make_quarter, pass_by, settle_all

What = forwarding.What


@dataclass(frozen=True)
class Brook:
    """The quarter after all of it, by the names of its bodies: brook, alder, birch and cedar."""

    quarter: Quarter

    def body(self, name: str) -> Body:
        """One of the four."""
        return dict(zip(("alder", "birch", "cedar", "brook"), (*self.quarter.bodies, self.quarter.body), strict=True))[
            name
        ]


def make_past() -> Brook:
    """Three questions at once, of which one is not adopted; a mandate recalled, and one that loses all confidence; a
    matter that is taken back only by the people; and a street that leaves, and with it the holder of a mandate. Nobody
    counts the recall of a mandate that has lost all confidence.
    """
    quarter = make_quarter()
    keeper = first_questions(quarter)
    doubted = second_questions(quarter, keeper)
    alder, birch, cedar = quarter.bodies
    recall = put(quarter, birch, quarter.of(birch)[0], What.RECALL, mandate=doubted)
    out = leaving.propose(quarter.seat(cedar), "The brook is far.", by=quarter.of(cedar)[0], at=folkmoot_now())
    agree([recall, out], quarter.streets)
    settle_all()
    for person in [*quarter.of(alder), *quarter.of(birch)]:
        confidence.withdraw(doubted, by=person)
    settle_all()
    return Brook(quarter)


def first_questions(quarter: Quarter) -> Mandate:
    """A matter is ceded and a mandate given; on a third question one street stands aside, and a delegate deviates."""
    alder, birch, cedar = quarter.bodies
    ana, bruno, carla = quarter.of(alder)[:3]
    ceding = put(quarter, alder, ana, What.CEDE, sort=Sort.FOOD, words="The mill")
    safe = put(quarter, alder, bruno, What.DECISION, right=Right.SAFE)
    keeper = put_mandate(quarter, alder, carla, quarter.of(birch)[1], "Keep the pumps")
    terms = mandates.Terms(quarter.of(birch)[2], "Speak for us.", "Promise nothing.", 300)
    sent = delegates.send(quarter.seat(birch), terms, "We need one.", bound=False, by=terms.person, at=folkmoot_now())
    mandates.accept(sent, by=terms.person, at=folkmoot_now())
    agree([ceding, safe, keeper, sent], quarter.streets)
    referrals = asked(*map(made_of, (ceding, safe, keeper)))
    aside = own_words.propose(station(referrals[1], cedar), Own.ASIDE, "Let others.", by=quarter.of(cedar)[0])
    settle_all()
    in_favour(Vote.objects.get(proposal=aside), quarter.of(cedar))
    for referral in referrals:
        answer(referral)
    pass_by(days=7)
    delegate = Mandate.objects.get(granted_by=sent)
    deviating.deviate(station(referrals[1], birch), delegate, Said.DISAGREE, "I heard more.", by=delegate.person)
    pass_by(hours=2)
    pass_by(days=14, seconds=1)
    return Mandate.objects.get(body=quarter.body)


def second_questions(quarter: Quarter, keeper: Mandate) -> Mandate:
    """The mandate is doubted by a street and recalled by all; two others are given; a street calls down that the matter
    is taken back, and the people decide so.
    """
    alder, birch, cedar = quarter.bodies
    ana, bruno, carla = quarter.of(alder)[:3]
    back = put(quarter, alder, ana, What.TAKE_BACK, ceded=Ceded.objects.get(words="The mill"))
    books = put_mandate(quarter, alder, bruno, quarter.of(birch)[3], "Keep the books")
    path = put_mandate(quarter, alder, carla, quarter.of(cedar)[1], "Keep the path")
    recall = put(quarter, birch, quarter.of(birch)[0], What.RECALL, mandate=keeper)
    doubt = confidence.propose(alder, keeper, "Nobody saw the keys.", by=quarter.of(alder)[3])
    agree([back, books, path, recall, doubt], quarter.streets)
    settle_all()
    answer(Referral.objects.get(proposal=made_of(recall)))
    referrals = asked(*map(made_of, (back, books, path)))
    for referral in referrals:
        answer(referral)
    pass_by(days=7, hours=2)
    call = calling.propose(referrals[0], alder, "The mill wheel stands.", by=ana)
    settle_all()
    in_favour(Vote.objects.get(proposal=call), quarter.of(alder))
    pass_by(days=7, seconds=1)
    pass_by(days=7, seconds=1)
    for question in PeopleQuestion.objects.select_related("body").order_by("pk"):
        in_favour(Vote.objects.get(proposal=question.proposal), quarter.of(question.body))
    pass_by(days=7, seconds=1)
    return Mandate.objects.get(title="Keep the books")


def put(quarter: Quarter, body: Body, by: Person, what: What, **about: Any) -> Proposal:
    """A street proposes to put something before the quarter."""
    plan = forwarding.Plan(quarter.body, what, "For the brook", "All of us.", **about)
    return forwarding.propose(body, plan, by=by, at=folkmoot_now())


def put_mandate(quarter: Quarter, body: Body, by: Person, person: Person, title: str) -> Proposal:
    """A street proposes that the quarter gives somebody a mandate, who accepts."""
    terms = mandates.Terms(person, "Keep it.", "Buy nothing.", 200)
    plan = forwarding.Plan(quarter.body, What.MANDATE, title, "Somebody has to.", terms=terms)
    proposal = forwarding.propose(body, plan, by=by, at=folkmoot_now())
    holding.accept(proposal, by=person, at=folkmoot_now())
    return proposal


def made_of(proposal: Proposal) -> Proposal:
    """What a street's proposal has put before the quarter."""
    return Proposal.objects.get(forwarded_by__proposal=proposal)


def station(referral: Referral, body: Body) -> Station:
    """The row of a body, as it is now."""
    return Station.objects.select_related("above", "body", "referral__proposal").get(referral=referral, body=body)
