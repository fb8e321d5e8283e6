"""The record in plain words: no line is left without."""

import re
from pathlib import Path

from core.models import Application, Membership
from core.words import records

WRITTEN = re.compile(r'(?:record\(|tells\(board,)\s*f?"([a-z_]+\.[^"]+)"')


def names_written() -> set[str]:
    """Every name of a line that an action writes; those put together at run time with each of their endings."""
    house = Path(records.__file__).parents[2]
    sources = [*house.glob("core/actions/*.py"), *house.glob("councils/actions/*.py")]
    names = {name for source in sources for name in WRITTEN.findall(source.read_text())}
    endings = {
        "application.{stage.value}": [stage.value for stage in Application.Stage if stage.value in CLOSING],
        "member.{how.value}": Membership.Ending.values,
    }
    for pattern, values in endings.items():
        names.remove(pattern)
        names |= {f"{pattern.partition('.')[0]}.{value}" for value in values}
    return names


CLOSING = {"admitted", "refused", "withdrawn"}


def test_every_line_that_an_action_writes_has_words() -> None:
    names = names_written()

    assert {"proposal.put_up", "board.opened", "council.described"} <= names
    assert names - set(records.SAYS) == set()


def test_every_line_belongs_to_one_group() -> None:
    starts = [start for _label, group in records.GROUPS.values() for start in group]

    for name in names_written():
        assert len([start for start in starts if name.startswith(start)]) == 1


def test_the_words_of_a_line_hold_what_happened() -> None:
    said = records.tell_line(
        "vote.counted", {"tally": {"agree": 12, "block": 1, "aside": 0}}, who="", title="Racks", mandate=""
    )

    assert said == "The vote on “Racks” was counted: 12 agree, 1 blocks."
