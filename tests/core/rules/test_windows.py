"""Urgent windows, minute by minute, over nights and changes of clocks."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.rules.admission import OBJECTION_HOURS, OPEN_VOUCHES_MAX, VOUCHER_DAYS, VOUCHES_NEEDED, may_vouch_since
from core.rules.charter import TEMPLATES, CharterNumbers, Problem, known_zone, problems
from core.rules.confidence import is_lost
from core.rules.positions import Rule
from core.rules.rounds import AfterBlock, after_block
from core.rules.shares import Share, greater, smaller
from core.rules.terms import Matter, terms_for
from core.rules.windows import QUARTER, daytime, earliest_urgent_close, urgent_window_ok

ZONES = [ZoneInfo(name) for name in ("Europe/Berlin", "Asia/Kathmandu", "America/Caracas", "Australia/Lord_Howe")]
MINUTE = timedelta(minutes=1)


def minutes_by_day(opens: datetime, closes: datetime, zone: ZoneInfo) -> int:
    """Each minute asked for its hour on the wall."""
    whole = int((closes - opens) / MINUTE)
    return sum(8 <= (opens + n * MINUTE).astimezone(zone).hour < 22 for n in range(whole))


@given(st.integers(0, 366 * 24 * 60), st.integers(0, 40 * 60), st.sampled_from(ZONES))
def test_daytime_is_what_the_clock_on_the_wall_shows(begin: int, length: int, zone: ZoneInfo) -> None:
    opens = datetime(2026, 1, 1, tzinfo=UTC) + begin * MINUTE
    closes = opens + length * MINUTE
    assert daytime(opens, closes, zone) == minutes_by_day(opens, closes, zone) * MINUTE


@given(st.integers(0, 366 * 24 * 60), st.sampled_from(ZONES))
def test_the_earliest_close_is_a_full_quarter_and_none_before_it_would_do(begin: int, zone: ZoneInfo) -> None:
    opens = datetime(2026, 1, 1, tzinfo=UTC) + begin * MINUTE
    closes = earliest_urgent_close(opens, zone)
    assert urgent_window_ok(opens, closes, zone)
    assert not urgent_window_ok(opens, closes - QUARTER, zone)
    assert (closes.minute % 15, closes.second, closes.microsecond) == (0, 0, 0)


@pytest.mark.parametrize(
    ("opens", "closes", "fits"),
    [
        ("2026-06-01T10:00", "2026-06-01T22:00", True),  # 12 h, all of them by day
        ("2026-06-01T10:00", "2026-06-01T21:59", False),
        ("2026-06-01T22:00", "2026-06-02T16:00", True),  # 8 h by day
        ("2026-06-01T22:00", "2026-06-02T15:59", False),
        ("2026-06-01T22:00", "2026-06-02T16:01", True),
        ("2026-10-24T20:00", "2026-10-25T14:00", True),  # 19 h, the hour that comes twice lies in the night
        ("2026-03-28T20:00", "2026-03-29T14:00", True),  # 17 h
        ("2026-03-28T20:00", "2026-03-29T13:59", False),
    ],
)
def test_an_urgent_window_on_its_edges(opens: str, closes: str, fits: bool) -> None:
    berlin = ZONES[0]
    begin, end = (datetime.fromisoformat(text).replace(tzinfo=berlin).astimezone(UTC) for text in (opens, closes))
    assert urgent_window_ok(begin, end, berlin) is fits


def test_a_window_that_ends_before_it_begins_has_no_daytime() -> None:
    noon = datetime(2026, 6, 1, 12, tzinfo=UTC)
    assert daytime(noon, noon - timedelta(hours=2), ZONES[0]) == timedelta(0)
    assert not urgent_window_ok(noon, noon - timedelta(days=2), ZONES[0])


def test_the_numbers_of_admission_are_the_designs() -> None:
    assert (VOUCHES_NEEDED, VOUCHER_DAYS, OPEN_VOUCHES_MAX, OBJECTION_HOURS) == (2, 30, 3, 72)


@pytest.mark.parametrize(("seconds", "may"), [(-1, False), (0, True), (1, True)])
def test_vouching_after_thirty_days_to_the_second(seconds: int, may: bool) -> None:
    joined = datetime(2026, 5, 1, tzinfo=UTC)
    at = joined + timedelta(days=30, seconds=seconds)
    assert may_vouch_since(joined, joined - timedelta(days=1), at) is may


@pytest.mark.parametrize(("seconds", "may"), [(-1, True), (0, True), (1, False)])
def test_vouching_by_who_was_there_when_the_charter_was_adopted(seconds: int, may: bool) -> None:
    adopted = datetime(2026, 5, 1, tzinfo=UTC)
    assert may_vouch_since(adopted + timedelta(seconds=seconds), adopted, adopted + timedelta(days=2)) is may


@given(st.integers(0, 400), st.data())
def test_confidence_is_lost_by_more_than_half(members: int, data: st.DataObject) -> None:
    withdrawn = data.draw(st.integers(0, members))
    assert is_lost(members, withdrawn) is (withdrawn > members - withdrawn)


@pytest.mark.parametrize("done", range(8))
@pytest.mark.parametrize("most", [1, 3, 6])
def test_a_block_leads_to_rounds_until_they_are_used_up(done: int, most: int) -> None:
    for then, end in (("not_adopted", AfterBlock.BLOCKED), ("weak", AfterBlock.WEAK)):
        numbers = CharterNumbers(rounds_max=most, after_rounds=then)
        assert after_block(done, numbers) == (AfterBlock.ROUND if done < most else end)


def test_the_defaults_of_a_charter_are_the_designs() -> None:
    assert CharterNumbers() == CharterNumbers(
        consensus_up_to=50, agreement=Share(4, 5), quorum=Share(1, 2), second_quorum=Share(1, 5),
        discussion_days=3, voting_hours=168, recall_hours=72, asides=Share(1, 4), round_days=14, rounds_max=3,
        after_rounds="not_adopted", term_days=365, renewals=1, admission="vouched", waiting_days=7,
        open_proposals=3, counts_visible="nobody", secret_from=7, minimum_age=16, codes=True,
        votes_by_mail=False, urgent_sum=0, time_zone="UTC",
    )  # fmt: skip


def test_the_three_templates_differ_as_they_should() -> None:
    assert set(TEMPLATES) == {"small", "large", "open"}
    assert terms_for(Matter.ORDINARY, TEMPLATES["small"], 30).rule == "consensus"
    assert terms_for(Matter.ORDINARY, TEMPLATES["large"], 31).rule == "weak"
    assert TEMPLATES["large"].quorum == Share(1, 3)
    assert [name for name, numbers in TEMPLATES.items() if numbers.admission == "open"] == ["open"]


@pytest.mark.parametrize(
    ("numbers", "problem"),
    [
        (CharterNumbers(rounds_max=7), Problem("rounds_max", "range", "1", "6")),
        (CharterNumbers(quorum=Share(4, 5)), Problem("quorum", "range", "1/5", "3/4")),
        (
            CharterNumbers(quorum=Share(1, 4), second_quorum=Share(1, 3)),
            Problem("second_quorum", "range", "1/5", "1/4"),
        ),
        (
            CharterNumbers(admission="open", waiting_days=13),
            Problem("waiting_days", "open_waits", "14", "90"),
        ),
        (CharterNumbers(secret_from=6), Problem("secret_from", "range", "7")),
        (CharterNumbers(admission="all"), Problem("admission", "choice")),
        (CharterNumbers(time_zone="Mars"), Problem("time_zone", "unknown")),
    ],
)
def test_a_problem_names_its_range(numbers: CharterNumbers, problem: Problem) -> None:
    assert problems(numbers) == [problem]


@pytest.mark.parametrize(
    "numbers",
    [
        CharterNumbers(admission="open", waiting_days=14),
        CharterNumbers(admission="open", waiting_days=90),
        CharterNumbers(quorum=Share(1, 4), second_quorum=Share(1, 4)),
        CharterNumbers(secret_from=None),
        CharterNumbers(secret_from=7),
        CharterNumbers(time_zone="America/Caracas"),
    ],
)
def test_what_is_on_the_edge_fits(numbers: CharterNumbers) -> None:
    assert problems(numbers) == []


@pytest.mark.parametrize(
    ("name", "known"),
    [
        ("Asia/Kathmandu", True),
        ("Etc/UTC", True),
        ("localtime", False),
        ("Factory", False),
        ("posixrules", False),
        ("right/Europe/Berlin", False),
        ("posix/Europe/Berlin", False),
        ("Europe", False),
        ("", False),
        ("/etc/localtime", False),
        ("x" * 300, False),
        ("Europe/Berlin\x00", False),
    ],
)
def test_a_zone_is_known_on_every_machine_or_not_at_all(name: str, known: bool) -> None:
    assert known_zone(name) is known


def test_a_share_reads_like_a_fraction_and_is_one() -> None:
    assert str(Share(4, 5)) == "4/5"
    assert Share(0, 1).at_least(0, 10)
    for num, den in ((-1, 2), (1, 0), (1, -2)):
        with pytest.raises(ValueError, match="not a share"):
            Share(num, den)
    assert smaller(Share(2, 4), Share(1, 2)) == greater(Share(2, 4), Share(1, 2)) == Share(2, 4)


@pytest.mark.parametrize("matter", Matter)
def test_terms_copy_roll_and_cap_and_the_fraction_of_the_charter(matter: Matter) -> None:
    numbers = CharterNumbers(agreement=Share(2, 3), asides=Share(1, 8))
    terms = terms_for(matter, numbers, 77, method=Rule.APPROVAL if matter == Matter.ELECTION else None)
    assert (terms.roll_size, terms.asides) == (77, Share(1, 8))
    assert terms.agreement == (Share(4, 5) if matter == Matter.CHARTER else Share(2, 3))


@pytest.mark.parametrize(
    ("matter", "rule"),
    [
        (Matter.ORDINARY, "weak"),
        (Matter.URGENT, "weak"),
        (Matter.CHARTER, "weak"),
        (Matter.ADMISSION, "majority"),
        (Matter.REMOVAL, "removal"),
        (Matter.RECALL, "recall"),
    ],
)
def test_weak_consensus_after_the_rounds_takes_the_place_of_consensus_only(matter: Matter, rule: str) -> None:
    assert terms_for(matter, CharterNumbers(after_rounds="weak"), 10, after_rounds=True).rule == rule
