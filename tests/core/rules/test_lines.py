"""Lines of people's own: nothing unseen in them, and nothing lost that can be seen."""

import pytest

from core.rules.lines import one_line

UNSEEN = "\u200b\u2060\ufeff\u00ad\u202e\u2066\u200d\u200c\u3164\u0000\u200f\u2063"
LOOK_ALIKE = [("Ana" + sign, sign + "Ana", "A" + sign + "na", "Ana " + sign) for sign in UNSEEN]


@pytest.mark.parametrize("names", LOOK_ALIKE, ids=[f"U+{ord(sign):04X}" for sign in UNSEEN])
def test_names_that_look_the_same_are_the_same(names: tuple[str, ...]) -> None:
    assert {one_line(name) for name in names} == {"Ana"}


@pytest.mark.parametrize("text", ["", "  ", "\u200b", "\u200d\u200d", "\n\t", "\ufeff \u2060"])
def test_a_name_nobody_can_see_is_none(text: str) -> None:
    assert one_line(text) == ""


@pytest.mark.parametrize(
    "name",
    [
        "علی‌رضا",  # with the joiner that this script needs
        "क्‍ष",
        "👩‍🌾 Ana",
        "José Ñandú",
        "李小龍",
        "Łukasz",
    ],
)
def test_names_of_all_scripts_stay_as_they_are(name: str) -> None:
    assert one_line(name) == name


def test_lines_and_blanks_become_one() -> None:
    assert one_line(" Ana \r\n  of\tthe \u2028 corner ") == "Ana of the corner"
