"""What counts above beside a body's own decision: a word that the body decides on, a delegate who was sent free."""

from datetime import timedelta

import pytest

from confederation.actions import deviating, forwarding, own_words, positions
from confederation.models import Ceded, Deviation, Station
from confederation.rules.matters import Right, Sort
from confederation.rules.positions import Own, Said
from core.actions import mandates, opening
from core.actions.closing import close
from core.models import Cause, Mandate, Proposal, Vote
from core.refusals import Denied, Invalid
from core.timekeeping import folkmoot_now
from tests import village
from tests.confederation import rows
from tests.confederation.valley import (
    Valley,
    all_say,
    ask,
    home,
    member,
    recall,
    seat_of,
    station,
    until_closed,
    until_votes,
)
from tests.core.actions.scene import refused

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("rows_by_hand")]
OUTCOMES = {
    "adopted": ("agree", "agree"),
    "not adopted": ("aside", "disagree"),
    "blocked": ("block", "none"),
    "no quorum": ("", "none"),
}


@pytest.mark.parametrize("outcome", OUTCOMES)
def test_what_a_body_decides_is_what_it_says(valley: Valley, outcome: str) -> None:
    position, says = OUTCOMES[outcome]
    referral = ask(valley.valley)
    all_say(referral, {valley.dell: position} if position else {})

    own = station(referral, valley.dell)
    assert (own.home, own.said) == (says, says)
    assert own.people == {**(own.tally or {}), "roll": 7}
    assert own.decided_at == home(referral, valley.dell).closed_at


def test_a_body_blocks_only_by_its_own_decision(valley: Valley) -> None:
    referral = ask(valley.valley)
    own = station(referral, valley.dell)
    word = own_words.propose(own, Own.BLOCK, "The well is ours.", by=member(valley.dell))
    until_votes()
    rows.vote_of(word, "yes", 6)
    all_votes = {valley.alder: "agree", valley.birch: "agree", valley.dell: "agree"}
    for body, position in all_votes.items():
        rows.vote_of(home(referral, body), position, 6)
    until_closed(referral)
    own = station(referral, valley.dell)
    assert (own.home, own.said) == ("agree", "block")

    until_closed(referral, level=2)
    referral.refresh_from_db()
    assert (referral.outcome, referral.proposal.stage) == ("blocked", "blocked")


@pytest.mark.parametrize("first", ["word", "question"])
def test_in_whatever_order_both_are_closed_the_word_holds(valley: Valley, first: str) -> None:
    referral = ask(valley.valley)
    own = station(referral, valley.dell)
    word = own_words.propose(own, Own.ASIDE, "Let others do it.", by=member(valley.dell))
    until_votes()
    question = home(referral, valley.dell)
    rows.vote_of(word, "yes", 6)
    rows.vote_of(question, "agree", 6)
    village.move_clock(own.closes_at - folkmoot_now() + timedelta(seconds=1))

    votes = {vote.proposal_id: vote.pk for vote in Vote.objects.open()}
    order = [word, question] if first == "word" else [question, word]
    assert [close(votes[each.pk]) for each in order] == [True, True]
    assert station(referral, valley.dell).said == "aside"


def test_a_word_not_adopted_leaves_what_home_decided(valley: Valley) -> None:
    referral = ask(valley.valley)
    word = own_words.propose(station(referral, valley.dell), Own.BLOCK, "No.", by=member(valley.dell))
    all_say(referral, {valley.dell: "agree"})
    assert (Proposal.objects.get(pk=word.pk).stage, station(referral, valley.dell).said) == ("no_quorum", "agree")


@pytest.mark.slow
def test_a_word_is_refused_out_of_turn(valley: Valley) -> None:
    _mandate, recalled = recall(valley)
    referral, ana = ask(valley.valley), member(valley.dell)
    own = station(referral, valley.dell)
    with refused(Denied, "On this a body says nothing but what it decides."):
        own_words.propose(station(recalled, valley.dell), Own.BLOCK, "No.", by=ana)
    with refused(Denied, "Only members can do this."):
        own_words.propose(own, Own.BLOCK, "No.", by=member(valley.alder))
    with refused(Invalid, "Write the reason first."):
        own_words.propose(own, Own.BLOCK, " ", by=ana)

    own_words.propose(own, Own.BLOCK, "No.", by=ana)
    with refused(Denied, "deciding already"):
        own_words.propose(own, Own.ASIDE, "No.", by=member(valley.dell, 1))
    village.move_clock(own.closes_at - folkmoot_now() - timedelta(hours=24))
    with refused(Denied, "There is no time left"):
        own_words.propose(station(referral, valley.alder), Own.BLOCK, "No.", by=member(valley.alder))


def at_the_hour(valley: Valley, *, bound: bool = False, alternate: bool = False) -> tuple[Station, Mandate]:
    """Dell has agreed, the hill has not; and Dell has a delegate. Now delegates speak."""
    delegate = rows.delegate(seat_of(valley.dell), member(valley.dell), bound=bound, alternate=alternate)
    referral = ask(valley.valley)
    all_say(referral, {valley.dell: "agree", valley.alder: "agree", valley.birch: "agree"})
    return station(referral, valley.dell), delegate


def test_a_free_delegate_deviates_and_home_hears_why(valley: Valley) -> None:
    own, delegate = at_the_hour(valley)
    deviating.deviate(own, delegate, Said.DISAGREE, "They changed the place.", by=delegate.person)
    cause = Cause.objects.get(what=deviating.TOLD)
    assert (cause.body, cause.by) == (valley.dell, delegate.person)

    until_closed(own.referral, level=2)
    top = station(own.referral, valley.valley)
    assert top.tally == {"agree": 1, "disagree": 1}
    assert (top.said, station(own.referral, valley.dell).said) == ("disagree", "agree")


@pytest.mark.parametrize(("ends", "counted"), [("before", "agree"), ("after", "disagree")])
def test_a_mandate_that_ends_before_the_close_leaves_what_home_decided(valley: Valley, ends: str, counted: str) -> None:
    own, delegate = at_the_hour(valley)
    deviating.deviate(own, delegate, Said.DISAGREE, "They changed the place.", by=delegate.person)
    closes = station(own.referral, valley.valley).closes_at
    village.move_clock(closes - folkmoot_now() - timedelta(seconds=30 if ends == "before" else -1))
    mandates.resign(delegate, by=delegate.person)
    rows.settle_all()
    until_closed(own.referral, level=2)

    assert station(own.referral, valley.valley).tally == (
        {"agree": 2} if counted == "agree" else {"agree": 1, "disagree": 1}
    )


def test_a_bound_delegate_says_what_home_decided(valley: Valley) -> None:
    own, delegate = at_the_hour(valley, bound=True)
    with refused(Denied, "You are bound: what counts above is what your body has decided."):
        deviating.deviate(own, delegate, Said.DISAGREE, "No.", by=delegate.person)


@pytest.mark.slow
def test_a_delegate_is_refused_out_of_turn(valley: Valley) -> None:
    other = rows.delegate(seat_of(valley.alder), member(valley.alder))
    own, delegate = at_the_hour(valley)
    ana = delegate.person
    with refused(Denied, "This mandate is not for the seat of this body."):
        deviating.deviate(own, other, Said.DISAGREE, "No.", by=other.person)
    with refused(Denied, "This mandate is not in force."):
        deviating.deviate(own, delegate, Said.DISAGREE, "No.", by=other.person)
    with refused(Invalid, "Say why"):
        deviating.deviate(own, delegate, Said.DISAGREE, "  ", by=ana)
    for says in (Said.AGREE, Said.BLOCK, Said.NONE):
        with refused(Invalid, "Choose something else"):
            deviating.deviate(own, delegate, says, "No.", by=ana)
    early = station(ask(valley.valley, "Another"), valley.dell)
    with refused(Denied, "Your body has not decided yet."):
        deviating.deviate(early, delegate, Said.DISAGREE, "No.", by=ana)

    deviating.deviate(own, delegate, Said.DISAGREE, "No.", by=ana)
    with refused(Denied, "You have spoken already."):
        deviating.deviate(own, delegate, Said.ASIDE, "No.", by=ana)
    until_closed(own.referral, level=2)
    with refused(Denied, "The level above has closed."):
        deviating.deviate(own, delegate, Said.ASIDE, "No.", by=ana)
    mandates.resign(delegate, by=ana)
    with refused(Denied, "This mandate is not in force."):
        deviating.deviate(own, delegate, Said.ASIDE, "No.", by=ana)


@pytest.mark.slow
def test_an_alternate_speaks_only_without_a_delegate(valley: Valley) -> None:
    first = rows.delegate(seat_of(valley.dell), member(valley.dell, 1))
    own, second = at_the_hour(valley, alternate=True)
    with refused(Denied, "The delegate speaks."):
        deviating.deviate(own, second, Said.ASIDE, "No.", by=second.person)
    mandates.resign(first, by=first.person)
    assert deviating.deviate(own, second, Said.ASIDE, "No.", by=second.person).says == "aside"


@pytest.mark.slow
def test_what_the_body_itself_says_above_no_delegate_changes(valley: Valley) -> None:
    delegate = rows.delegate(seat_of(valley.dell), member(valley.dell))
    referral = ask(valley.valley)
    word = own_words.propose(station(referral, valley.dell), Own.BLOCK, "No.", by=member(valley.dell))
    until_votes()
    rows.vote_of(word, "yes", 6)
    until_closed(referral)
    with refused(Denied, "Your body has decided itself"):
        deviating.deviate(station(referral, valley.dell), delegate, Said.AGREE, "No.", by=delegate.person)
    assert not Deviation.objects.exists()


def forward(valley: Valley, **about: object) -> Proposal:
    """Dell proposes to put something before the valley."""
    plan = forwarding.Plan(
        **{  # type: ignore[arg-type]
            "confederation": valley.valley,
            "what": forwarding.What.DECISION,
            "title": "A pump",
            "text": "We mend it.",
            **about,
        }
    )
    return forwarding.propose(valley.dell, plan, by=member(valley.dell), at=folkmoot_now())


def adopt(proposal: Proposal, position: str = "agree") -> Proposal:
    """Home adopts it."""
    village.move_clock(timedelta(days=4))
    opening.open_vote(proposal, by=proposal.author)  # type: ignore[arg-type]
    rows.vote_of(proposal, position, 6)
    rows.pass_by(days=7, seconds=5)
    proposal.refresh_from_db()
    return proposal


def test_what_a_body_forwards_is_asked_of_all(valley: Valley) -> None:
    matter = rows.ceded(valley.valley)
    made = adopt(forward(valley, ceded=matter, days=20)).forwards.made
    assert made is not None
    referral = made.referral

    assert (made.body, made.author, made.stage, referral.from_body) == (valley.valley, None, "voting", valley.dell)
    assert referral.base_closes_at == referral.asked_at + timedelta(days=20)  # type: ignore[operator]
    assert home(referral, valley.alder).title == "A pump"


def test_a_matter_is_ceded_and_taken_back_by_all(valley: Valley) -> None:
    plan = {"what": forwarding.What.CEDE, "sort": Sort.WORKS, "words": "Pumps"}
    made = adopt(forward(valley, **plan)).forwards.made
    assert made is not None
    matter = made.cedes
    assert not Ceded.objects.standing().exists()
    agree = dict.fromkeys(valley.streets, "agree")
    all_say(made.referral, agree)
    until_closed(made.referral, level=2)
    rows.pass_by(days=14, seconds=5)
    assert list(Ceded.objects.standing()) == [matter]

    back = adopt(forward(valley, what=forwarding.What.TAKE_BACK, ceded=matter)).forwards.made
    assert back is not None
    all_say(back.referral, agree)
    until_closed(back.referral, level=2)
    rows.pass_by(days=14, seconds=5)
    assert not Ceded.objects.standing().exists()


@pytest.mark.slow
def test_only_what_a_confederation_decides_on_is_forwarded(valley: Valley) -> None:
    matter, elsewhere = rows.ceded(valley.valley), rows.ceded(valley.hill)
    wrong: dict[str, dict[str, object]] = {
        "decides only what was ceded": {},
        "Choose one.": {"ceded": matter, "right": Right.SAFE},
        "Choose a matter that was ceded": {"ceded": elsewhere},
        "Your body is not in this confederation.": {"ceded": elsewhere, "confederation": valley.hill},
        "14 to 60 days": {"ceded": matter, "days": 61},
        "Choose a mandate of this confederation": {"what": forwarding.What.RECALL},
        "what exactly is ceded": {"what": forwarding.What.CEDE, "sort": Sort.WORKS},
        "Choose a matter": {"what": forwarding.What.TAKE_BACK},
    }
    for words, about in wrong.items():
        with refused(Invalid, words):
            forward(valley, **about)


def test_what_is_no_longer_possible_when_home_adopts_it_stays_at_home(valley: Valley) -> None:
    matter = rows.ceded(valley.valley)
    proposal = forward(valley, ceded=matter)
    type(matter).objects.update(ended_at=folkmoot_now())
    adopt(proposal)
    assert (proposal.stage, proposal.effect, proposal.forwards.made) == ("adopted", "failed", None)


def test_a_position_comes_once(valley: Valley) -> None:
    referral = ask(valley.valley)
    all_say(referral, {valley.dell: "agree"})
    question = home(referral, valley.dell)
    assert not positions.say(question, at=folkmoot_now())
    assert not positions.missed(station(referral, valley.dell).pk)
    assert not positions.let_go(station(referral, valley.dell).pk)


@pytest.mark.parametrize("voting", [False, True])
def test_when_a_body_has_left_its_own_word_ends_and_decides_nothing(valley: Valley, voting: bool) -> None:
    referral = ask(valley.valley)
    word = own_words.propose(station(referral, valley.dell), Own.BLOCK, "No.", by=member(valley.dell))
    if voting:
        until_votes()
    rows.leave(seat_of(valley.dell))
    assert positions.hush(seat_of(valley.dell).pk)
    assert list(own_words.to_let_go(folkmoot_now())) == [word.own_word.pk]
    assert own_words.let_go(word.own_word.pk)

    word.refresh_from_db()
    assert (word.stage, station(referral, valley.dell).said) == ("overtaken", "none")
    assert not Vote.objects.open().filter(proposal=word).exists()
    assert not own_words.let_go(word.own_word.pk)
