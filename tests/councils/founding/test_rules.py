"""The numbers of foundings and profiles, and charters by their consequences: by properties."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import product

from hypothesis import given
from hypothesis import strategies as st

from core.rules.charter import CharterNumbers, problems
from core.rules.counting import Outcome, decide
from core.rules.founding import decides
from core.rules.positions import Position, Rule
from core.rules.shares import Share
from core.rules.terms import Matter, terms_for
from councils.rules.consequences import work_out
from councils.rules.founding import ends_at, lasts_longer, may_hold_from
from councils.rules.profiles import Profile, past_its_size
from councils.rules.profiles import problems as wrong_in
from councils.words.consequences import consequences

NUMBERS = st.builds(
    replace,
    st.just(CharterNumbers()),
    consensus_up_to=st.integers(3, 150),
    agreement=st.sampled_from([Share(2, 3), Share(3, 4), Share(4, 5), Share(9, 10)]),
    quorum=st.sampled_from([Share(1, 5), Share(1, 3), Share(1, 2), Share(3, 4)]),
    asides=st.sampled_from([Share(0, 1), Share(1, 4), Share(1, 2)]),
    after_rounds=st.sampled_from(["weak", "not_adopted"]),
    rounds_max=st.integers(1, 6),
)
DAY = datetime(2026, 3, 1, tzinfo=UTC)


def test_five_more_than_half_and_nobody_against() -> None:
    for adopted, members, objections in product(range(20), range(20), range(3)):
        begins = decides(adopted, needed=5, members=members, objections=objections)
        assert begins == (adopted >= 5 and adopted > members / 2 and objections == 0)
        assert decides(adopted, members=members, objections=objections) == (adopted >= 3)


def test_the_clocks_of_a_founding() -> None:
    assert ends_at(DAY) - DAY == timedelta(days=180)
    assert ends_at(DAY, longer=True) - DAY == timedelta(days=270)
    assert may_hold_from(DAY) - DAY == timedelta(days=90)
    assert [lasts_longer(asking, 6) for asking in (3, 4)] == [False, True]
    assert [lasts_longer(asking, 3) for asking in (2, 3)] == [False, True]


def test_a_profile_has_its_ranges() -> None:
    assert wrong_in(Profile("street", "All.", 25)) == wrong_in(Profile("area", "All.", 50)) == []
    assert wrong_in(Profile("county", " ", 51)) == ["scope", "affected", "size_hint"]
    assert (past_its_size(30, 30), past_its_size(31, 30)) == (False, True)


@given(numbers=NUMBERS, size=st.integers(3, 160))
def test_what_a_charter_comes_to_is_what_its_votes_decide(numbers: CharterNumbers, size: int) -> None:
    if any(problem.field != "second_quorum" for problem in problems(numbers)):
        return
    found, terms = work_out(numbers, size), terms_for(Matter.ORDINARY, numbers, size)
    against = Position.BLOCK if terms.rule == Rule.CONSENSUS else Position.DISAGREE

    def adopts(count: dict[Position, int]) -> bool:
        return decide(count, terms).outcome == Outcome.ADOPTED

    few = found.stopping - 1
    assert not adopts({Position.AGREE: size - found.stopping, against: found.stopping})
    assert few == 0 or adopts({Position.AGREE: size - few, against: few})
    assert decide({Position.AGREE: found.quorum - 1}, terms).outcome == Outcome.NO_QUORUM or found.quorum == 1
    if found.consensus:
        assert found.stopping == 1
        assert adopts({Position.AGREE: size - found.asides, Position.ASIDE: found.asides})
        assert not adopts({Position.AGREE: size - found.asides - 1, Position.ASIDE: found.asides + 1})


def test_the_sentences_carry_these_numbers() -> None:
    small = list(consequences(CharterNumbers(), 30))
    assert small[0].startswith("In a council of 30, one block stops a proposal.")
    assert "At least 15 of 30 have to take part." in small[3]
    large = list(consequences(CharterNumbers(), 60))
    assert large[0] == "In a council of 60, if all vote, 13 against stop a proposal; nobody alone can block it."
    weak = list(consequences(replace(CharterNumbers(), after_rounds="weak", rounds_max=1), 30))
    assert weak[1] == "If a block still stands after 1 round, weak consensus decides."
