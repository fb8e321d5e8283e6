"""What is secret, codes and what they make, and what of the ballots may be read."""

import hashlib
from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.rules.charter import CharterNumbers
from core.rules.choices import Choice, possible, room, written
from core.rules.positions import POSITIONS, Rule
from core.rules.secrecy import (
    ALPHABET,
    Opened,
    find_of,
    grouped,
    is_easy,
    is_secret,
    listed,
    new_code,
    normal,
    of_row,
    packed,
    show_of,
    unpacked,
)
from core.rules.terms import Matter

CODE = "7Q2M4-ZX9RT-0KCVB-3HN5D"
codes = st.text(alphabet=ALPHABET, min_size=20, max_size=20)
choices = st.one_of(
    st.sampled_from(["yes", "no", "abstain"]),
    st.lists(st.integers(0, 8), min_size=1, max_size=9, unique=True).map(tuple),
)


@pytest.mark.parametrize("matter", Matter)
@pytest.mark.parametrize("roll", [3, 6, 7, 8, 50])
@pytest.mark.parametrize("secret_from", [7, 8, 20, None])
def test_only_elections_recalls_and_removals_are_secret_and_only_from_the_charters_number_on(
    matter: Matter, roll: int, secret_from: int | None
) -> None:
    asked = secret_from is not None and roll >= secret_from and roll >= 7
    expected = asked and matter.value in ("election", "recall", "removal")
    assert is_secret(matter, CharterNumbers(secret_from=secret_from), roll) == expected


def test_a_roll_of_six_is_never_secret_whatever_a_charter_says() -> None:
    assert not is_secret(Matter.RECALL, CharterNumbers(secret_from=1), 6)


def test_find_and_show_are_what_is_written_down_about_them() -> None:
    plain = CODE.replace("-", "")
    assert find_of(12, CODE) == hashlib.sha256(f'["find",12,"{plain}"]'.encode()).hexdigest()
    digest = hashlib.sha256(f'["show",12,"{plain}"]'.encode()).hexdigest()
    bits = f"{int(digest, 16):0256b}"[:80]
    assert show_of(12, CODE) == "".join(ALPHABET[int(bits[place : place + 5], 2)] for place in range(0, 80, 5))


@given(codes)
def test_a_code_is_the_same_however_it_is_typed(code: str) -> None:
    typed = grouped(code).lower().replace("0", "o").replace("1", "l").replace("-", "  ")
    assert normal(typed) == normal(grouped(code)) == code
    assert find_of(1, typed) == find_of(1, code) != find_of(2, code)
    assert len(show_of(1, code)) == 16


def test_new_codes_are_never_alike_and_never_easy() -> None:
    made = {new_code() for _code in range(2000)}
    assert len(made) == 2000
    assert not any(is_easy(code) for code in made)
    assert Counter("".join(made).replace("-", "")).keys() == set(ALPHABET)
    assert is_easy("01234-56012-34560-12345")
    assert not is_easy("02461-35702-46135-70246")


@pytest.mark.parametrize("easy", ["12345-67890-ABCDE-FGHJK", "ZYXWV-TSRQP-NMKJH-GFEDC", "00112-23344-55667-78899"])
def test_codes_that_count_are_easy(easy: str) -> None:
    assert is_easy(easy)
    assert not is_easy(CODE)


@given(codes, choices)
def test_what_is_packed_is_found_again(code: str, choice: Choice) -> None:
    for show in (show_of(1, code), None):
        assert unpacked(packed(Opened(show, choice), 40)) == Opened(show, choice)
        assert of_row(Opened(show, choice).as_row()) == Opened(show, choice)


@pytest.mark.parametrize("rule", [Rule.RECALL, Rule.REMOVAL, Rule.REMOVAL_LARGE])
def test_all_that_can_be_said_is_packed_to_one_length(rule: Rule) -> None:
    everything = [packed(Opened(show, p), room(rule, 0)) for p in POSITIONS[rule] for show in ("0" * 16, None)]
    assert len({len(each) for each in everything}) == 1


@given(st.lists(st.integers(0, 6), min_size=1, max_size=7, unique=True))
def test_all_rankings_are_packed_to_one_length(ranking: list[int]) -> None:
    wide = room(Rule.STV, 6)
    assert len(packed(Opened("0" * 16, tuple(ranking)), wide)) == len(packed(Opened("0" * 16, (1,)), wide))


@pytest.mark.parametrize("text", ["", "[]", "{}", '{"choice":1}', '{"choice":"\\"yes\\"","more":"x"}', '{"show":"x"}'])
def test_what_nobody_packed_is_refused(text: str) -> None:
    with pytest.raises(ValueError):  # noqa: PT011  (whatever its words)
        unpacked(text.encode())


def some(number: int, choice: Choice = "yes") -> list[Opened]:
    """So many ballots with shows."""
    return [Opened(f"{each:016}", choice) for each in reversed(range(number))]


def test_the_list_is_in_an_order_that_tells_nothing() -> None:
    ballots = [Opened("B" * 16, "no"), Opened("A" * 16, "yes"), *some(3)]
    rows = listed(ballots, possible(Rule.RECALL, 0))
    assert rows == sorted([each.show, written(each.choice)] for each in ballots)
    without = [Opened(None, choice) for choice in ("yes", "no", "yes", "abstain", "no")]
    assert listed(without, 3) == ['"abstain"', '"no"', '"no"', '"yes"', '"yes"']


@pytest.mark.parametrize("number", range(5))
def test_of_fewer_than_five_nothing_is_listed(number: int) -> None:
    assert listed(some(number), 3) is None
    assert listed(some(number), 10**6) is None


def test_where_more_is_possible_than_was_cast_the_list_has_no_choices() -> None:
    ballots = some(6, (2, 1))
    assert listed(ballots, 7) == [f"{each:016}" for each in range(6)]
    assert listed(ballots, 6) == [[f"{each:016}", "[2,1]"] for each in range(6)]
    assert listed([Opened(None, (2, 1))] * 6, 7) == []
