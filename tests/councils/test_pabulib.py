"""Reading budgets: real ones, and what is wrong with a file."""

from pathlib import Path

import pytest

from councils import pabulib
from councils.pabulib import Unreadable

SMALL = """META
key;value
description;The street's hundred
unit;Alder Street
num_projects;2
num_votes;3
PROJECTS
project_id;cost;name
a;60;A tarpaulin
b;40;"Salt; and a shovel"
VOTES
voter_id;vote;points
1;a,b;3,1
2;b;2
3;;
"""


def test_a_small_file() -> None:
    budget = pabulib.parse(SMALL)

    assert budget.name == "Alder Street"
    assert [(each.id, each.name, each.cost, each.votes) for each in budget.projects] == [
        ("a", "A tarpaulin", 60, None),
        ("b", "Salt; and a shovel", 40, None),
    ]
    assert [sorted(voter.chosen) for voter in budget.voters] == [["a", "b"], ["b"], []]
    assert budget.voters[0].points == {"a": 3, "b": 1}


def test_without_points_each_named_project_has_one() -> None:
    text = SMALL.replace("voter_id;vote;points", "voter_id;vote").replace(";3,1", "").replace("2;b;2", "2;b")
    budget = pabulib.parse(text.replace("3;;", "3;"))

    assert budget.voters[0].points == {"a": 1, "b": 1}


def test_no_points_are_no_choice() -> None:
    assert pabulib.parse(SMALL.replace("3,1", "0,1")).voters[0].chosen == {"b"}


def test_a_real_file_counts_as_it_says(largest: Path, copied: Path) -> None:
    for path in {largest, copied}:
        budget = pabulib.read(path)
        assert len(budget.voters) == int(budget.meta["num_votes"])
        for project in budget.projects:
            assert project.votes == sum(project.id in voter.chosen for voter in budget.voters)


@pytest.mark.parametrize(
    ("find", "put", "says"),
    [
        ("META\n", "", "begin with META"),
        ("VOTES\n", "", "more cells than columns|no VOTES|not a number"),
        ("project_id;cost", "project_id;price", "Line 8: the column cost is missing"),
        ("a;60", "a;much", "Line 9: “much” is not a number"),
        ("a;60", "a;-1", "less than nothing"),
        ("a;60", "a;inf", "is not a number"),
        ("2;b;2", "2;c;2", "there is no project c"),
        ("1;a,b;3,1", "1;a,b;3", "do not go together"),
        ("1;a,b;3,1", "1;a,a;3,1", "do not go together"),
        ("2;b;2", "1;b;2", "voter 1 is there twice"),
        ("3;;\n", "", r"announces 3 \(num_votes\), but has 2"),
        ("2;b;2", "2;b;2;7", "Line 14: more cells than columns"),
    ],
)
def test_what_is_wrong_is_said(find: str, put: str, says: str) -> None:
    assert find in SMALL
    with pytest.raises(Unreadable, match=says):
        pabulib.parse(SMALL.replace(find, put, 1))


def test_what_is_no_text(tmp_path: Path) -> None:
    path = tmp_path / "picture.pb"
    path.write_bytes(b"\xff\xd8\xff\xe0")

    with pytest.raises(Unreadable, match="not UTF-8"):
        pabulib.read(path)
