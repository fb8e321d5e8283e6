"""Reading elections as they were held, and what is said of a file that is none."""

from pathlib import Path

import pytest

from councils import blt

SMALL = '3 1\n4 1 2 0\n\n2 3 0\n1 1 2 0\n0\n"Ada"\n"Bo ""the Great"""\n"Cy, of here"\n"Where, when"\n'


def test_a_file_is_read() -> None:
    held = blt.parse(SMALL)

    assert (held.title, held.seats) == ("Where, when", 1)
    assert held.names == ("Ada", 'Bo "the Great"', "Cy, of here")
    assert held.ballots == {(1, 2): 5, (3,): 2}


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "a line with 0 is missing"),
        ("3 1\n4 1 2 0\n", "a line with 0 is missing"),
        ("0\n", "a line with 0 is missing"),
        (SMALL.replace("3 1\n", "3\n"), "Line 1: the number of candidates"),
        (SMALL.replace("3 1\n", "3 0\n"), "Line 1: the number of candidates"),
        (SMALL.replace("4 1 2 0", "4 1 2"), "Line 2: a ballot is"),
        (SMALL.replace("4 1 2 0", "4 0"), "Line 2: a ballot is"),
        (SMALL.replace("4 1 2 0", "4 1 -2 0"), "Line 2: a ballot is"),
        (SMALL.replace("4 1 2 0", "4 1 1 0"), "Line 2: a candidate stands there twice"),
        (SMALL.replace("2 3 0", "2 4 0"), "Line 4: a candidate stands there twice, or is not in the list"),
        (SMALL.replace('"Ada"\n', ""), "announces 3 candidates, but has 2 names"),
        (SMALL[: SMALL.index('"Ada"')], "announces 3 candidates, but has 0 names"),
    ],
)
def test_a_file_that_is_none_says_where(text: str, said: str) -> None:
    with pytest.raises(blt.Unreadable, match=said):
        blt.parse(text)


def test_a_file_of_other_letters_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "held.blt"
    path.write_bytes(SMALL.encode().replace(b"Ada", b"Ad\xe4"))

    with pytest.raises(blt.Unreadable, match="UTF-8"):
        blt.read(path)
