"""A narrow result: by weak consensus of 7 or more bodies, where one that changes side would change it. The people
decide at once (DESIGN 6).
"""

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from confederation.actions import calling
from confederation.models import PeopleQuestion, PeopleVote, Referral
from confederation.rules.positions import NARROW_FROM, Said, decide_level, is_narrow, tally
from core.models import Body, Proposal, Stage
from core.refusals import Denied
from core.rules.counting import Outcome
from core.rules.positions import Rule
from core.rules.shares import Share
from core.rules.terms import VoteTerms
from tests.confederation import rows
from tests.confederation.valley import all_say, ask, member, until_closed, until_in_force
from tests.core.actions.scene import refused
from tests.scenes import scene
from tests.verify.forging import data_of, drop
from tests.verify.honest import found, members_file
from tests.verify.story import bound, parsed

WORDS = st.lists(st.sampled_from(list(Said)), min_size=1, max_size=25)
FOUR_OF_FIVE = Share(4, 5)
SHARES = st.sampled_from([Share(2, 3), FOUR_OF_FIVE, Share(9, 10)])


def terms(rule: Rule, roll: int, agreement: Share = FOUR_OF_FIVE) -> VoteTerms:
    """How so many bodies decide."""
    return VoteTerms(rule, roll, Share(1, 2), agreement, Share(1, 4))


def narrow(agree: int, disagree: int, rule: Rule = Rule.WEAK) -> bool:
    """Whether it is, with so many who agree and who do not."""
    said = [Said.AGREE] * agree + [Said.DISAGREE] * disagree
    return is_narrow(tally(said, rule), terms(rule, agree + disagree))


def test_one_body_more_or_less_makes_it_narrow() -> None:
    assert [narrow(agree, 10 - agree) for agree in (7, 8, 9, 10)] == [False, True, False, False]
    assert [narrow(n, 1) for n in (5, 6, 7, 8, 9)] == [False, True, True, True, False]
    assert not narrow(NARROW_FROM - 1, 0)
    assert not narrow(8, 2, Rule.CONSENSUS)


@given(WORDS, SHARES)
def test_it_is_narrow_when_one_that_agreed_could_have_undone_it(said: list[Said], share: Share) -> None:
    """The same said otherwise: turn one body round, and count again."""
    weak = terms(Rule.WEAK, len(said), share)
    adopted = decide_level(said, weak).outcome == Outcome.ADOPTED
    turned = list(said)
    if Said.AGREE in turned:
        turned[turned.index(Said.AGREE)] = Said.DISAGREE

    undone = decide_level(turned, weak).outcome != Outcome.ADOPTED
    assert is_narrow(tally(said, Rule.WEAK), weak) == (adopted and undone and len(said) >= NARROW_FROM)


def make_plain() -> list[Body]:
    """Seven streets, and then their confederation, which decides by weak consensus."""
    streets = [rows.street(f"Street {n}") for n in range(NARROW_FROM)]
    return [*streets, rows.confederation("Plain", streets, consensus_up_to=3)]


plain = scene(make_plain)


def counted(plain: list[Body], agreeing: int) -> Referral:
    """A question on which so many of the streets agree and the others do not, counted by the clock."""
    *streets, above = plain
    referral = ask(above)
    all_say(referral, {body: "agree" if n < agreeing else "aside" for n, body in enumerate(streets)})
    until_closed(referral, level=1)
    referral.refresh_from_db()
    return referral


@pytest.mark.django_db
def test_a_narrow_result_goes_to_the_people_at_once(plain: list[Body]) -> None:
    referral = counted(plain, agreeing=6)
    assert (referral.outcome, referral.narrow, referral.called_down_at) == ("adopted", True, referral.counted_at)
    assert PeopleQuestion.objects.exclude(proposal=None).count() == NARROW_FROM
    with refused(Denied, "It has been called down: the people decide."):
        calling.call(referral, by=member(plain[0]))

    rows.pass_by(days=7, seconds=1)
    for question in PeopleQuestion.objects.select_related("proposal"):
        rows.vote_of(question.proposal, "agree", 4)  # type: ignore[arg-type]
    rows.pass_by(days=7, seconds=1)
    decided = Proposal.objects.get(referral=referral)
    assert (decided.stage, decided.closed_at) == (Stage.ADOPTED, PeopleVote.objects.get().counted_at)
    assert decided.closed_at - referral.counted_at == pytest.approx(timedelta(days=14), abs=timedelta(minutes=1))  # type: ignore[operator]


@pytest.mark.slow
@pytest.mark.django_db
def test_a_clear_result_waits_for_nobody_but_the_time(plain: list[Body]) -> None:
    referral = counted(plain, agreeing=7)
    assert (referral.outcome, referral.narrow, referral.called_down_at) == ("adopted", False, None)
    until_in_force()
    assert Proposal.objects.get(referral=referral).stage == Stage.ADOPTED
    assert not PeopleVote.objects.exists()


@pytest.mark.slow
@pytest.mark.django_db
def test_the_verifier_tells_a_narrow_result_from_a_clear_one(plain: list[Body]) -> None:
    """How these bodies came no record tells (they are rows), so only what is about narrow results is looked at."""
    counted(plain, agreeing=6)
    file = members_file(plain[-1])
    about = {"waits_wrongly", "narrow_stays"}
    clear, kept = parsed(file), parsed(file)
    data_of("referral.waits", {"narrow": False})(clear)
    drop("referral.called_down")(kept)

    assert not found(file).codes & about
    assert found(bound(clear)).codes & about == {"waits_wrongly"}
    assert found(bound(kept)).codes & about == {"narrow_stays"}
