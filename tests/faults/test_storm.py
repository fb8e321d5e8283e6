"""How much is given to a run: nobody has more open proposals than a charter allows."""

import pytest

from faults.storm import MOST_OPEN, Size, people_for


@pytest.mark.parametrize("votes", [1, 90, 2_000, 25_001, 50_000, 100_000])
def test_the_people_of_a_run_can_have_all_its_proposals(votes: int) -> None:
    people = people_for(votes)

    size = Size(votes, seed=1, people=people)

    assert size.proposals <= people * MOST_OPEN
    assert votes <= size.proposals * people
