"""How loads are spread: the arithmetic."""

from hypothesis import given
from hypothesis import strategies as st

from core.rules.carrying import Spread, spread

LOADS = st.lists(st.integers(0, 12), max_size=40)


@given(loads=LOADS, idle=st.integers(0, 40))
def test_everybody_is_counted_once(loads: list[int], idle: int) -> None:
    found = spread(loads, len(loads) + idle)

    assert found.nothing + found.one + found.two + found.more == found.members == len(loads) + idle
    assert found.things == sum(loads)


@given(loads=LOADS)
def test_half_lies_with_as_few_as_can_be(loads: list[int]) -> None:
    found, heaviest = spread(loads, len(loads)), sorted(loads, reverse=True)

    few = found.half_lies_with
    assert 2 * sum(heaviest[:few]) >= sum(loads)
    assert few == 0 or 2 * sum(heaviest[: few - 1]) < sum(loads)


@given(loads=LOADS, members=st.integers(0, 60))
def test_the_order_of_people_says_nothing(loads: list[int], members: int) -> None:
    assert spread(loads, members) == spread(reversed(loads), members)


def test_it_pools_where_few_carry_half_and_never_where_little_is_carried() -> None:
    assert spread([9, 1, 1, 1], 10).pools
    assert spread([1] * 10, 10).pools is False
    assert spread([5], 10).pools is False
    assert spread([3, 3, 3], 5).pools is False
    assert spread([], 0) == Spread(0, 0, 0, 0, 0, 0, 0)
