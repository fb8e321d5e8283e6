"""Rules of assemblies by their properties: who speaks next, whose turn it is, how time was shared, what is waived."""

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from core.rules.shares import Share
from councils.rules.calling import doors_open_at, lasts_sensibly, notice_kept
from councils.rules.fairness import people_for_half, spread
from councils.rules.rotation import Candidate, in_turn
from councils.rules.speakers import Hand, Raised, Spoken, in_order
from councils.rules.waiving import Answer, Present, answer

BEGINNING = datetime(2026, 5, 1, tzinfo=UTC)
days = st.integers(0, 3000).map(lambda n: BEGINNING + timedelta(days=n))
said = st.builds(Spoken, st.integers(1, 9), st.integers(0, 4000)) | st.just(Spoken())
hands = st.lists(st.sampled_from(list(Hand)), min_size=1, max_size=12).map(
    lambda kinds: [Raised(number, kind, number) for number, kind in enumerate(kinds)]
)


@given(hands, st.dictionaries(st.integers(0, 11), said), st.booleans())
def test_the_list_loses_nobody_and_keeps_its_promises(
    up: list[Raised], spoken: dict[int, Spoken], answered: bool
) -> None:
    order = in_order(up, spoken, answered=answered)

    assert sorted(order, key=lambda each: each.raised) == up
    points = [each.hand == Hand.PROCESS for each in order]
    assert points == sorted(points, reverse=True)  # points of process before all others
    rest = [each for each in order if each.hand == Hand.SPEAK]
    first = [spoken.get(each.who, Spoken()).times == 0 for each in rest]
    assert first == sorted(first, reverse=True)  # nobody speaks again before somebody who has not spoken
    new = [each.raised for each, is_first in zip(rest, first, strict=True) if is_first]
    assert new == sorted(new)  # whose hand was up first
    seconds = [spoken[each.who].seconds for each, is_first in zip(rest, first, strict=True) if not is_first]
    assert seconds == sorted(seconds)  # then who spoke least


@given(hands, st.dictionaries(st.integers(0, 11), said))
def test_a_speech_has_one_direct_response(up: list[Raised], spoken: dict[int, Spoken]) -> None:
    order = in_order(up, spoken, answered=True)
    waiting = [Raised(each.who, Hand.SPEAK, each.raised) for each in up if each.hand != Hand.PROCESS]
    plain = in_order(waiting, spoken, answered=True)
    assert [each.who for each in order if each.hand != Hand.PROCESS] == [each.who for each in plain]


@given(st.lists(st.tuples(days, st.none() | days), max_size=12))
def test_a_duty_goes_round(rows: list[tuple[datetime, datetime | None]]) -> None:
    people = [Candidate(number, joined, last) for number, (joined, last) in enumerate(rows)]
    order = in_turn(people)

    assert sorted(each.who for each in order) == [each.who for each in people]
    never = [each.last is None for each in order]
    assert never == sorted(never, reverse=True)
    dates = [each.last for each in order if each.last]
    assert dates == sorted(dates)
    if order:  # who has just had it comes last among all
        again = [Candidate(each.who, each.joined, each.last) for each in order[1:]]
        had = Candidate(order[0].who, order[0].joined, BEGINNING + timedelta(days=4000))
        assert in_turn([*again, had])[-1] == had


@given(st.lists(st.tuples(st.integers(0, 9), st.integers(0, 4000)), max_size=30))
def test_the_spread_counts_everybody_once(rows: list[tuple[int, int]]) -> None:
    times, seconds = [each for each, _s in rows], [each for _t, each in rows]
    found = spread(times, seconds)

    assert found.everybody == len(rows)
    assert 0 <= found.half <= len(rows)
    longest = sorted(seconds, reverse=True)
    assert (found.half == 0) is (sum(seconds) == 0)
    if found.half:
        assert 2 * sum(longest[: found.half]) >= sum(seconds) > 2 * sum(longest[: found.half - 1])


def test_half_of_the_time_by_one() -> None:
    assert people_for_half([600, 200, 200]) == 1
    assert people_for_half([200, 200, 200]) == 2
    assert people_for_half([]) == 0


numbers = st.integers(1, 60).flatmap(
    lambda voices: st.integers(0, voices).flatmap(
        lambda here: st.integers(0, here).flatmap(
            lambda agree: st.integers(0, here - agree).map(lambda against: Present(voices, here, agree, against))
        )
    )
)
shares = st.sampled_from([Share(1, 5), Share(1, 3), Share(1, 2), Share(3, 4)])


@given(numbers, shares)
def test_a_discussion_is_waived_only_by_a_quorum_that_agrees(asked: Present, quorum: Share) -> None:
    found = answer(asked, quorum)

    if found == Answer.WAIVED:
        assert quorum.at_least(asked.present, asked.voices)
        assert asked.against == 0
        assert 2 * asked.agree > asked.present
        assert asked.agree >= (2 if asked.voices in (2, 3) else 3)
    more = Present(asked.voices, asked.present, asked.present - asked.against, asked.against)
    assert found != Answer.WAIVED or answer(more, quorum) == Answer.WAIVED  # more yes never hurts
    no = Present(asked.voices, asked.present, 0, asked.present)
    assert answer(no, quorum) != Answer.WAIVED


def test_who_says_nothing_is_neither_for_nor_against() -> None:
    half = Share(1, 2)
    assert answer(Present(7, 6, 4, 0), half) == Answer.WAIVED
    assert answer(Present(7, 6, 3, 0), half) == Answer.TOO_FEW
    assert answer(Present(7, 6, 5, 1), half) == Answer.AGAINST
    assert answer(Present(7, 3, 3, 0), half) == Answer.NO_QUORUM
    assert answer(Present(3, 2, 2, 0), half) == Answer.WAIVED
    assert answer(Present(5, 3, 2, 0), half) == Answer.TOO_FEW


def test_an_assembly_comes_with_notice_and_ends() -> None:
    later = BEGINNING + timedelta(days=3)
    assert notice_kept(BEGINNING, later, 3)
    assert not notice_kept(BEGINNING, later - timedelta(seconds=1), 3)
    assert lasts_sensibly(later, later + timedelta(hours=12))
    assert not lasts_sensibly(later, later)
    assert not lasts_sensibly(later, later + timedelta(hours=12, seconds=1))
    assert doors_open_at(later) == later - timedelta(hours=1)
