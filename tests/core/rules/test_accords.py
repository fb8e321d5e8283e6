"""What is due with an accord: every combination of what two bodies may have done."""

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from core.rules.accords import LASTS, Finding, Side, Step, Why, judge

BEGUN = datetime(2026, 3, 1, tzinfo=UTC)
NOTICE = timedelta(days=30)
ADOPTED = Side(closed=True, adopted_at=BEGUN + timedelta(days=10), in_force=True)
OPEN, NOT_ADOPTED, ENDED = Side(), Side(closed=True), Side(ended=True)
REPLACED = Side(closed=True, adopted_at=BEGUN + timedelta(days=10))


def found(*sides: Side, asked: bool = True, days: float = 20) -> Finding:
    return judge(sides, begun=BEGUN, asked=asked, notice=NOTICE, at=BEGUN + timedelta(days=days))


def test_it_waits_asks_is_done_or_falls() -> None:
    assert found(OPEN, OPEN, asked=False) == Finding(Step.WAITS)
    assert found(ADOPTED, OPEN, asked=False) == Finding(Step.ASK)
    assert found(ADOPTED, OPEN) == Finding(Step.WAITS)
    assert found(ADOPTED, ADOPTED, days=39.9) == Finding(Step.WAITS)
    assert found(ADOPTED, ADOPTED, days=40) == Finding(Step.DO)
    assert found(ADOPTED, OPEN, days=180) == Finding(Step.FALLS, Why.TIME)


def test_whatever_else_one_body_does_it_falls() -> None:
    for other in (OPEN, ADOPTED):
        assert found(other, NOT_ADOPTED, days=400) == Finding(Step.FALLS, Why.NOT_ADOPTED)
        assert found(REPLACED, other, days=400) == Finding(Step.FALLS, Why.REPLACED)
        assert found(other, ENDED, days=400) == Finding(Step.FALLS, Why.ENDED)


SIDES = st.sampled_from([OPEN, ADOPTED, NOT_ADOPTED, ENDED, REPLACED])


@given(st.lists(SIDES, min_size=2, max_size=5), st.booleans(), st.integers(0, 400))
def test_it_is_done_only_where_all_stand_by_it_and_never_waits_for_good(
    sides: list[Side], asked: bool, days: int
) -> None:
    finding = found(*sides, asked=asked, days=days)

    assert (finding.step == Step.DO) == (all(side.in_force for side in sides) and days >= 40)
    assert (finding.step == Step.FALLS) == (finding.why is not None)
    late = found(*sides, asked=asked, days=LASTS.days + 40)
    assert late.step in (Step.DO, Step.FALLS)
