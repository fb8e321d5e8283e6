"""What a forger does to a record: lines changed, left out, said twice, in another order; ballots stuffed."""

import json
from typing import Any

from tests.verify.story import Change, Line, leaf_of, where
from verify import merkle


def data_of(what: str, changed: dict[str, Any], **which: Any) -> Change:
    """Change what a line says."""

    def change(objects: list[Line]) -> None:
        objects[where(objects, what, **which)]["data"].update(changed)

    return change


def drop(what: str, **which: Any) -> Change:
    """Take a line out, and number those after it anew."""

    def change(objects: list[Line]) -> None:
        place = where(objects, what, **which)
        del objects[place]
        while place < len(objects) and objects[place].get("with") == "text":
            del objects[place]
        renumber(objects)

    return change


def renumber(objects: list[Line]) -> None:
    """Number the lines from 1 on, and say so at the start."""
    number = 0
    for each in objects:
        if "with" not in each:
            number += 1
            each["seq"] = number
        elif each["with"] == "text":
            each["line"] = number
    objects[0]["lines"] = number


def twice(what: str, **which: Any) -> Change:
    """Say a line a second time, at the end."""

    def change(objects: list[Line]) -> None:
        last = max(n for n, each in enumerate(objects) if "with" not in each)
        copied = json.loads(json.dumps(objects[where(objects, what, **which)]))
        copied["time"] = objects[last]["time"]
        objects.insert(last + 1, copied)
        renumber(objects)

    return change


def swapped(objects: list[Line]) -> None:
    """Two lines change places."""
    first = where(objects, "member.joined") + 1
    objects[first], objects[first + 1] = objects[first + 1], objects[first]


def cut(objects: list[Line]) -> None:
    """The last three lines are gone, and the start says so."""
    for _number in range(3):
        del objects[max(n for n, each in enumerate(objects) if "with" not in each)]
    renumber(objects)


def cut_short(objects: list[Line]) -> None:
    """The last line is gone, the start still tells of it."""
    del objects[max(n for n, each in enumerate(objects) if "with" not in each)]


def made_up_member(objects: list[Line]) -> None:
    """Somebody was a member from the start."""
    place = where(objects, "member.joined")
    objects.insert(place + 1, {**json.loads(json.dumps(objects[place])), "who": "f" * 32})
    renumber(objects)


def moved_back(objects: list[Line]) -> None:
    """A line is said to be older than the one before."""
    objects[where(objects, "vote.counted")]["time"] = "2001-01-01T00:00:00.000000Z"


def other_text(objects: list[Line]) -> None:
    """A text is not the one that was written."""
    next(each for each in objects if each.get("with") == "text" and each["name"] == "text")["text"] = "Something else."


def ballots_of(objects: list[Line]) -> list[int]:
    """Where the ballots of the first vote stand."""
    votes = [each["vote"] for each in objects if each.get("with") == "ballot"]
    return [n for n, each in enumerate(objects) if each.get("with") == "ballot" and each["vote"] == votes[0]]


def other_position(objects: list[Line]) -> None:
    """A ballot says something else."""
    ballot = next(objects[n] for n in ballots_of(objects) if objects[n]["position"] == "agree")
    ballot["position"] = "aside"


def lost_ballot(objects: list[Line]) -> None:
    """One ballot is missing."""
    del objects[ballots_of(objects)[0]]


def lost_ballots(objects: list[Line]) -> None:
    """All ballots of a vote are missing."""
    for place in reversed(ballots_of(objects)):
        del objects[place]


def said_forgotten(objects: list[Line]) -> None:
    """Two ballots are said to be of people whose labels were destroyed; only one elector has left."""
    for place in ballots_of(objects)[:2]:
        ballot = objects[place]
        objects[place] = {"with": "ballot", "vote": ballot["vote"], "leaf": leaf_of(ballot)}


def stuffed(objects: list[Line]) -> None:
    """A ballot of somebody who was never there, and one more agree."""
    place = ballots_of(objects)[0]
    objects.insert(place, {**objects[place], "who": "e" * 32, "position": "agree"})


def second_ballot(objects: list[Line]) -> None:
    """Somebody has two ballots."""
    place = ballots_of(objects)[0]
    objects.insert(place, {**objects[place], "change": 2})


def decided_for_them(objects: list[Line]) -> None:
    """The block is gone from the ballots, the tree, the tally and the outcome."""
    places = ballots_of(objects)
    for place in places:
        if objects[place]["position"] == "block":
            objects[place]["position"] = "agree"
    counted = objects[where(objects, "vote.counted")]["data"]
    counted["tally"] = {"agree": 3, "aside": 1}
    counted["outcome"] = counted["reason"] = "adopted"
    leaves = sorted(bytes.fromhex(leaf_of(objects[place])) for place in places)
    counted["ballots"] = merkle.root_of(leaves).hex()


def float_in_line(objects: list[Line]) -> None:
    """A number that no record holds."""
    objects[where(objects, "vote.opened")]["data"]["roll"] = 5.0


def other_charter(objects: list[Line]) -> None:
    """The charter asked for less from the beginning."""
    objects[where(objects, "charter.adopted")]["data"]["numbers"].update(quorum_num=1, quorum_den=3)


def extra_field(objects: list[Line]) -> None:
    """A line with something more."""
    objects[where(objects, "vote.opened")]["note"] = "by hand"


def moved(what: str, *, after: str = "", before: str = "", **which: Any) -> Change:
    """A line stands later or earlier than it was written; with its own time, so that the order of times fits too."""

    def change(objects: list[Line]) -> None:
        place = where(objects, what, **which)
        line = objects.pop(place)
        other = where(objects, after or before)
        line["time"] = objects[other]["time"]
        line["data"]["at"] = objects[other]["data"]["at"]
        objects.insert(other + 1 if after else other, line)
        renumber(objects)

    return change
