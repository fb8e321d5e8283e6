"""The table of docs/security/asvs.md is whole, and what it names is there."""

import re
from collections import Counter

import pytest

from house.places import CLONE

PAGE = CLONE / "docs" / "security" / "asvs.md"
ANSWERS = ("test", "setting", "document", "none", "not yet")

LEVELS = {
    "1.1": "22", "1.2": "1111122223", "1.3": "112222222223", "1.4": "222", "1.5": "123",
    "2.1": "122", "2.2": "112", "2.3": "12223", "2.4": "23",
    "3.1": "3", "3.2": "113", "3.3": "12223", "3.4": "11222233", "3.5": "11122333", "3.6": "3", "3.7": "22333",
    "4.1": "12233", "4.2": "23333", "4.3": "22", "4.4": "1222",
    "5.1": "2", "5.2": "112333", "5.3": "113", "5.4": "222",
    "6.1": "122", "6.2": "111111112222", "6.3": "11223333", "6.4": "112233", "6.5": "22222333", "6.6": "2223",
    "6.7": "33", "6.8": "2222",
    "7.1": "222", "7.2": "1111", "7.3": "22", "7.4": "11222", "7.5": "223", "7.6": "22",
    "8.1": "1233", "8.2": "1123", "8.3": "133", "8.4": "23",
    "9.1": "111", "9.2": "1222",
    "10.1": "22", "10.2": "223", "10.3": "22223", "10.4": "1111122222233333", "10.5": "22222", "10.6": "22",
    "10.7": "222",
    "11.1": "2233", "11.2": "22233", "11.3": "11233", "11.4": "1222", "11.5": "23", "11.6": "23", "11.7": "33",
    "12.1": "12233", "12.2": "11", "12.3": "22223",
    "13.1": "2333", "13.2": "222223", "13.3": "2233", "13.4": "1222233",
    "14.1": "22", "14.2": "12223333", "14.3": "122",
    "15.1": "12233", "15.2": "12233", "15.3": "1222222", "15.4": "3333",
    "16.1": "2", "16.2": "22222", "16.3": "2222", "16.4": "222", "16.5": "2223",
    "17.1": "23", "17.2": "22223333", "17.3": "22",
}  # fmt: skip
"""The level of each requirement of ASVS 5.0.0, in order, by section."""


def rows() -> list[tuple[str, str, str]]:
    """Number, level and answer of each row."""
    found = re.findall(r"^\| (\d+\.\d+\.\d+) \| (\d) \| [^|]+ \| ([^|]+) \|$", PAGE.read_text(), re.M)
    return [(str(number), str(level), str(answer)) for number, level, answer in found]


def test_the_list_of_levels_is_that_of_the_standard() -> None:
    assert Counter("".join(LEVELS.values())) == {"1": 70, "2": 183, "3": 92}


def test_every_requirement_of_levels_1_and_2_has_one_row_in_order() -> None:
    asked = [
        (f"{section}.{place}", level)
        for section, levels in LEVELS.items()
        for place, level in enumerate(levels, start=1)
        if level in "12"
    ]
    assert [(number, level) for number, level, _answer in rows()] == asked


def test_every_answer_is_of_a_kind_and_says_something() -> None:
    wrong = [
        number for number, _level, answer in rows() if not re.match(rf"({'|'.join(ANSWERS)})[:,] ?.{{5,}}", answer)
    ]
    assert not wrong


def test_the_counts_on_the_page_are_those_of_its_rows() -> None:
    told = dict(re.findall(r"^\| ([a-z ]+) \| (\d+) \|$", PAGE.read_text(), re.M))
    counted = Counter(re.split(r"[:,]", answer)[0] for _number, _level, answer in rows())
    assert told == {kind: str(counted[kind]) for kind in ANSWERS}


def named() -> list[str]:
    """What stands in the answers between backticks."""
    return sorted({name for *_row, answer in rows() for name in re.findall(r"`([^`]+)`", answer)})


@pytest.mark.parametrize("name", [name for name in named() if "::" in name])
def test_every_test_that_is_named_exists(name: str) -> None:
    path, _colons, function = name.partition("::")
    assert re.search(rf"^def {function}\(", (CLONE / "tests" / path).read_text(), re.M)


@pytest.mark.parametrize("name", [name for name in named() if re.fullmatch(r"[\w.]+/[\w./-]+\.\w+", name)])
def test_every_file_that_is_named_exists(name: str) -> None:
    assert (CLONE / name).is_file()


@pytest.mark.parametrize("name", [name for name in named() if re.fullmatch(r"[A-Z_]+", name)])
def test_every_setting_that_is_named_exists(name: str) -> None:
    places = [CLONE / "config" / "settings.py", CLONE / ".env.example"]
    assert any(re.search(rf"^{name}\b", path.read_text(), re.M) for path in places)


def test_a_test_answers_with_tests() -> None:
    assert not [number for number, _level, answer in rows() if answer.startswith("test:") and "::" not in answer]
