"""What the verifier says of votes that two entered for a third: honest ones hold, forged ones are named."""

from typing import Any

import pytest

from core.actions import entering
from core.models import Body, EnteredBallot, Person
from tests import village
from tests.scenes import scene
from tests.verify.honest import found, members_file
from tests.verify.story import Line, bound, leaf_of, parsed, where
from verify import merkle

pytestmark = pytest.mark.django_db
DESK = EnteredBallot.Way.DESK


def make_past() -> tuple[Body, list[Person]]:
    """A vote of six in which three were entered at the desk, and one of them struck out; an election with one."""
    people = village.make_people("ana", "bruno", "eva", "farid", "gina", "hugo")
    body = village.make_council("Alder Street", people)
    ana, bruno, eva, farid, gina, _hugo = people
    vote = village.make_vote(body, ana)
    for person in (farid, gina, eva):
        entering.confirm(entering.enter(vote, person, "agree", by=ana, way=DESK), "agree", by=bruno)
    entering.contest(vote, by=eva)
    for person in (ana, bruno):
        village.cast(vote, person, "agree")
    village.close(vote)
    return body, people


story = scene(make_past)


def told(body: Body, change: Any) -> set[str]:
    """What is found in a file that somebody changed cleverly: all hashes are made anew."""
    objects = parsed(members_file(body))
    change(objects)
    return {finding.code for finding in found(bound(objects)).broken}


def entered_line(objects: list[Line]) -> Line:
    """The first line of a vote that was entered."""
    return objects[where(objects, "ballot.entered")]


def by_one(objects: list[Line]) -> None:
    line = entered_line(objects)
    line["data"]["first"] = line["who"]


def by_the_elector(objects: list[Line]) -> None:
    line = entered_line(objects)
    line["data"]["first"] = line["data"]["elector"]


def for_a_stranger(objects: list[Line]) -> None:
    entered_line(objects)["data"]["elector"] = "f" * 32


def too_late(objects: list[Line]) -> None:
    """The vote had closed by then."""
    objects[where(objects, "vote.opened")]["data"]["closes"] = entered_line(objects)["data"]["at"]


def of_another_way(objects: list[Line]) -> None:
    entered_line(objects)["data"]["way"] = "by telephone"


def nobody_struck_it_out(objects: list[Line]) -> None:
    drop(objects, "ballot.contested")


def nobody_entered_it(objects: list[Line]) -> None:
    drop(objects, "ballot.entered")


def drop(objects: list[Line], what: str) -> None:
    """Take the first such line out, and number those after it anew."""
    del objects[where(objects, what)]
    lines = [each for each in objects if "with" not in each]
    for number, line in enumerate(lines, start=1):
        line["seq"] = number
    renamed = {id(line): line["seq"] for line in lines}
    last = 0
    for each in objects:
        last = renamed.get(id(each), last)
        if each.get("with") == "text":
            each["line"] = last
    objects[0]["lines"] = len(lines)


def counted_all_the_same(objects: list[Line]) -> None:
    """The one that was struck out is made to count: in ballot, tree and tally."""
    ballots = [each for each in objects if each.get("with") == "ballot"]
    struck = next(each for each in ballots if each["position"] == "struck")
    struck["position"] = "agree"
    struck["way"] = "entered"
    counted = objects[where(objects, "vote.counted")]["data"]
    counted["tally"]["agree"] += 1
    counted["ballots"] = merkle.root_of(sorted(bytes.fromhex(leaf_of(each)) for each in ballots)).hex()


@pytest.mark.parametrize(
    ("change", "code"),
    [
        (by_one, "entered_by_wrong"),
        (by_the_elector, "entered_by_wrong"),
        (for_a_stranger, "entered_wrongly"),
        (too_late, "entered_wrongly"),
        (of_another_way, "entered_wrongly"),
        (nobody_struck_it_out, "struck_without"),
        (nobody_entered_it, "entered_without"),
        (counted_all_the_same, "entered_without"),
    ],
    ids=lambda each: getattr(each, "__name__", ""),
)
def test_each_forgery_is_named(story: tuple[Body, list[Person]], change: Any, code: str) -> None:
    assert told(story[0], lambda _objects: None) == set()

    assert code in told(story[0], change)


def test_ten_at_most_are_helped_by_one(story: tuple[Body, list[Person]]) -> None:
    """Eleven lines of the same helper at the desk, each for somebody else on the roll: the eleventh is named."""
    body, people = story
    objects = parsed(members_file(body))
    line = entered_line(objects)
    place = where(objects, "ballot.entered")
    assert line["data"]["way"] == "desk"
    joined = objects[where(objects, "member.joined")]
    labels = [f"{number:032x}" for number in range(1, 12)]
    for label in labels:
        objects.insert(where(objects, "vote.opened"), {**joined, "who": label, "data": dict(joined["data"])})
        place += 1
    for label in labels:
        objects.insert(place + 1, {**line, "data": line["data"] | {"elector": label}})

    found_codes = {finding.code for finding in found(bound(objects)).broken}

    assert "aided_too_many" in found_codes
    assert len(people) == 6
