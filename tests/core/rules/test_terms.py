"""What a vote opens with, and the ranges of a charter."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.rules.admission import may_vouch_since
from core.rules.charter import RANGES, SHARE_RANGES, TEMPLATES, CharterNumbers, problems
from core.rules.confidence import is_lost
from core.rules.founding import decides
from core.rules.positions import Rule
from core.rules.rounds import AfterBlock, after_block
from core.rules.shares import Share, greater, smaller
from core.rules.terms import Matter, has_second_call, method_of, terms_for
from core.rules.windows import daytime, earliest_urgent_close, urgent_window_ok

DEFAULT = CharterNumbers()
BERLIN = ZoneInfo("Europe/Berlin")


@pytest.mark.parametrize(
    ("matter", "roll", "rule"),
    [
        (Matter.ORDINARY, 50, Rule.CONSENSUS),
        (Matter.ORDINARY, 51, Rule.WEAK),
        (Matter.URGENT, 50, Rule.CONSENSUS),
        (Matter.CHARTER, 50, Rule.CONSENSUS),
        (Matter.CHARTER, 51, Rule.WEAK),
        (Matter.ADMISSION, 10, Rule.MAJORITY),
        (Matter.ADMISSION, 500, Rule.MAJORITY),
        (Matter.REMOVAL, 50, Rule.REMOVAL),
        (Matter.REMOVAL, 51, Rule.REMOVAL_LARGE),
        (Matter.RECALL, 5, Rule.RECALL),
        (Matter.RECALL, 500, Rule.RECALL),
    ],
)
def test_the_rule_by_matter_and_roll(matter: Matter, roll: int, rule: Rule) -> None:
    assert terms_for(matter, DEFAULT, roll).rule == rule


def test_an_election_has_a_method_and_nothing_else_has() -> None:
    held = terms_for(Matter.ELECTION, DEFAULT, 60, method=Rule.STV)

    assert (held.rule, held.quorum) == (Rule.STV, Share(1, 2))
    assert terms_for(Matter.ELECTION, DEFAULT, 60, method=Rule.STV, second_call=True).quorum == Share(1, 5)
    with pytest.raises(ValueError, match="no such method"):
        terms_for(Matter.ELECTION, DEFAULT, 60)
    with pytest.raises(ValueError, match="no such method"):
        terms_for(Matter.ORDINARY, DEFAULT, 60, method=Rule.STV)


@pytest.mark.parametrize(
    ("ranked", "seats", "rule"),
    [(False, 1, Rule.APPROVAL), (False, 5, Rule.APPROVAL), (True, 1, Rule.SCHULZE), (True, 2, Rule.STV)],
)
def test_the_method_of_an_election(ranked: bool, seats: int, rule: Rule) -> None:
    assert method_of(ranked=ranked, seats=seats) == rule


def test_thresholds_by_matter() -> None:
    low = replace(DEFAULT, quorum=Share(1, 4), agreement=Share(2, 3))
    assert terms_for(Matter.ORDINARY, low, 60).quorum == Share(1, 4)
    assert terms_for(Matter.CHARTER, low, 60).quorum == Share(1, 2)
    assert terms_for(Matter.CHARTER, low, 60).agreement == Share(4, 5)
    assert terms_for(Matter.CHARTER, replace(DEFAULT, agreement=Share(9, 10)), 60).agreement == Share(9, 10)
    assert terms_for(Matter.CHARTER, replace(DEFAULT, quorum=Share(3, 4)), 60).quorum == Share(3, 4)
    assert terms_for(Matter.URGENT, low, 60).quorum == Share(1, 2)
    assert terms_for(Matter.RECALL, DEFAULT, 60).quorum == Share(1, 3)
    assert terms_for(Matter.RECALL, low, 60).quorum == Share(1, 4)


def test_the_second_call() -> None:
    assert terms_for(Matter.ORDINARY, DEFAULT, 10, second_call=True).quorum == Share(1, 5)
    assert terms_for(Matter.CHARTER, DEFAULT, 10, second_call=True).quorum == Share(1, 3)
    for matter in (Matter.URGENT, Matter.RECALL, Matter.REMOVAL):
        assert not has_second_call(matter)
        with pytest.raises(ValueError, match="no second call"):
            terms_for(matter, DEFAULT, 10, second_call=True)


def test_weak_consensus_after_the_rounds_only_if_the_charter_says_so() -> None:
    assert terms_for(Matter.ORDINARY, DEFAULT, 10, after_rounds=True).rule == Rule.CONSENSUS
    weak = replace(DEFAULT, after_rounds="weak")
    assert terms_for(Matter.ORDINARY, weak, 10).rule == Rule.CONSENSUS
    assert terms_for(Matter.ORDINARY, weak, 10, after_rounds=True).rule == Rule.WEAK
    assert [after_block(done, weak) for done in (0, 2, 3)] == [AfterBlock.ROUND, AfterBlock.ROUND, AfterBlock.WEAK]
    assert after_block(3, DEFAULT) == AfterBlock.BLOCKED


@pytest.mark.parametrize("name", RANGES)
def test_integers_on_both_edges_of_their_range(name: str) -> None:
    low, high = RANGES[name]
    quiet = {"admission": "vouched"}
    for value, fits in ((low, True), (high, True), (low - 1, False), (high + 1, False)):
        changed = replace(DEFAULT, **{name: value}, **quiet)  # type: ignore[arg-type]
        assert (name not in {problem.field for problem in problems(changed)}) is fits


@pytest.mark.parametrize("name", SHARE_RANGES)
def test_shares_on_both_edges_of_their_range(name: str) -> None:
    low, high = SHARE_RANGES[name]
    below, above = (
        Share(low.num * 100 - 1, low.den * 100) if low.num else None,
        Share(high.num * 100 + 1, high.den * 100),
    )
    for value, fits in ((low, True), (high, True), (below, False), (above, False)):
        if value is not None:
            changed = replace(DEFAULT, **{name: value})  # type: ignore[arg-type]
            assert (name not in {problem.field for problem in problems(changed)}) is fits


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"second_quorum": Share(3, 5)}, "second_quorum"),
        ({"second_quorum": Share(1, 6)}, "second_quorum"),
        ({"admission": "open", "waiting_days": 13}, "waiting_days"),
        ({"admission": "whoever"}, "admission"),
        ({"after_rounds": "shout"}, "after_rounds"),
        ({"counts_visible": "everybody"}, "counts_visible"),
        ({"secret_from": 6}, "secret_from"),
        ({"time_zone": "Mars/Olympus"}, "time_zone"),
        ({"time_zone": "../etc/passwd"}, "time_zone"),
    ],
)
def test_what_no_charter_may_say(changes: dict[str, object], field: str) -> None:
    assert [problem.field for problem in problems(replace(DEFAULT, **changes))] == [field]  # type: ignore[arg-type]


def test_defaults_and_templates_fit() -> None:
    for numbers in (DEFAULT, *TEMPLATES.values(), replace(DEFAULT, secret_from=None)):
        assert problems(numbers) == []


@given(st.integers(0, 50), st.integers(1, 50), st.integers(0, 200), st.integers(1, 200))
def test_shares_compare_like_fractions(num: int, den: int, part: int, whole: int) -> None:
    share = Share(num, den)
    assert share.at_least(part, whole) is (part / whole >= num / den or part * den == num * whole)
    assert share.at_least(part, whole) is not (part * den < num * whole)
    assert share.at_least(share.needed_of(whole), whole)
    assert share.needed_of(whole) == 0 or not share.at_least(share.needed_of(whole) - 1, whole)
    assert share.more_than(part, whole) is not share.at_most(part, whole)


def test_smaller_and_greater() -> None:
    assert smaller(Share(1, 3), Share(1, 2)) == smaller(Share(1, 2), Share(1, 3)) == Share(1, 3)
    assert greater(Share(1, 3), Share(1, 2)) == greater(Share(1, 2), Share(1, 3)) == Share(1, 2)
    with pytest.raises(ValueError, match="not a share"):
        Share(1, 0)


@pytest.mark.parametrize(
    ("members", "withdrawn", "lost"), [(4, 2, False), (4, 3, True), (5, 3, True), (0, 0, False), (0, 1, False)]
)
def test_confidence_is_lost_with_more_than_half(members: int, withdrawn: int, lost: bool) -> None:
    assert is_lost(members, withdrawn) is lost


def test_three_adopt() -> None:
    assert [decides(number) for number in (2, 3, 4)] == [False, True, True]


def test_who_may_vouch() -> None:
    at = datetime(2026, 6, 1, tzinfo=UTC)
    adopted = at - timedelta(days=10)
    assert may_vouch_since(adopted - timedelta(days=1), adopted, at)
    assert may_vouch_since(at - timedelta(days=30), adopted - timedelta(days=90), at)
    assert not may_vouch_since(at - timedelta(days=29), adopted - timedelta(days=90), at)
    assert not may_vouch_since(at - timedelta(days=1), None, at)


@pytest.mark.parametrize(
    ("opens", "hours", "fits"),
    [
        (datetime(2026, 6, 1, 8, tzinfo=BERLIN), 12, True),
        (datetime(2026, 6, 1, 8, tzinfo=BERLIN), 11, False),
        (datetime(2026, 6, 1, 22, tzinfo=BERLIN), 12, False),
        (datetime(2026, 6, 1, 22, tzinfo=BERLIN), 18, True),
        (datetime(2026, 6, 1, 18, tzinfo=BERLIN), 14, False),
        (datetime(2026, 6, 1, 18, tzinfo=BERLIN), 18, True),
    ],
)
def test_urgent_windows(opens: datetime, hours: int, fits: bool) -> None:
    assert urgent_window_ok(opens, opens.astimezone(UTC) + timedelta(hours=hours), BERLIN) is fits


def test_daytime_over_the_change_of_clocks() -> None:
    opens = datetime(2026, 3, 28, 22, tzinfo=BERLIN)  # clocks go forward in this night
    closes = datetime(2026, 3, 29, 22, tzinfo=BERLIN)
    assert daytime(opens, closes, BERLIN) == timedelta(hours=14)


@given(st.integers(0, 366 * 24 * 60))
def test_the_earliest_urgent_close_fits_and_is_soon(minutes: int) -> None:
    begun = datetime(2026, 1, 1, tzinfo=UTC) + timedelta(minutes=minutes)
    closes = earliest_urgent_close(begun, BERLIN)
    assert urgent_window_ok(begun, closes, BERLIN)
    assert closes - begun <= timedelta(hours=24)
