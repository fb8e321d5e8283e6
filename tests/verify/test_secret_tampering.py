"""Tampering with real secret votes and elections: each kind is found without any checkpoint, by the rules alone.

The forger makes the whole chain of hashes anew each time, so that nothing but the lines themselves can tell.
"""

from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from django.test import override_settings

from core.actions import ballots
from core.models import Body, Vote
from core.signer import votes
from core.signer.folder import the_folder
from tests import village
from tests.core.secret.scene import Court, make_court, recall, removal
from tests.scenes import scene
from tests.verify.honest import assert_whole, found, members_file
from tests.verify.story import Line, bound, leaf_of, parsed, where
from verify import merkle
from verify.report import told

pytestmark = pytest.mark.django_db
Change = Callable[[list[Line]], None]


def voted(vote: Vote, court: Court, choices: list[Any]) -> None:
    """Secret ballots of as many members as there are choices, and the close."""
    for person, choice in zip(court.people, choices, strict=False):
        village.cast_secretly(vote, person, choice)
    village.close(vote)


def make_past() -> tuple[Body, Body]:
    """Secret ones: a recall that fails, an election, a removal that is carried. Elsewhere an open election."""
    court = make_court()
    with TemporaryDirectory() as name, override_settings(SIGNER_FOLDER=Path(name) / "signer"):
        the_folder().make()
        voted(recall(court), court, ["yes", "yes", "no", "no", "no", "abstain"])
        votes.stock(2)
        election = village.open_election(court.body, court.ana, court.eva, court.bruno)
        voted(election, court, [(1,), (1,), (1, 2), (1,), (2,), (0,)])
        voted(removal(court, court.people[7]), court, ["yes"] * 6 + ["no"])
    small = village.make_council("Dove Lane", court.people[:5])
    choices: list[tuple[int, ...]] = [(1,), (1,), (1, 2), (2,)]
    open_one = village.open_election(small, court.ana, court.eva, court.bruno)
    for person, choice in zip(court.people, choices, strict=False):
        ballots.cast(open_one, choice, by=person)
    village.close(open_one)
    return court.body, small


past = scene(make_past)


def counted(objects: list[Line], matter: str) -> dict[str, Any]:
    """What the count of the first vote of a sort says."""
    proposal = opened(objects, matter)["proposal"]
    return objects[where(objects, "vote.counted", proposal=proposal)]["data"]  # type: ignore[no-any-return]


def opened(objects: list[Line], matter: str) -> dict[str, Any]:
    return objects[where(objects, "vote.opened", matter=matter)]["data"]  # type: ignore[no-any-return]


def another_choice(objects: list[Line]) -> None:
    pair = next(pair for pair in counted(objects, "recall")["list"] if pair[1] == '"no"')
    pair[1] = '"yes"'


def another_result(objects: list[Line]) -> None:
    said = counted(objects, "recall")
    for pair in said["list"]:
        pair[1] = '"yes"'
    said["tally"] = {"yes": 6}


def one_more_name(objects: list[Line]) -> None:
    said = counted(objects, "recall")
    joined = [each["who"] for each in objects if each.get("what") == "member.joined"]
    said["voted"] = sorted({*said["voted"], *joined})[: len(said["voted"]) + 1]


def one_more_ballot(objects: list[Line]) -> None:
    said = counted(objects, "recall")
    said["list"] = sorted([*said["list"], ["0000000000000000", '"yes"']])
    said["tally"]["yes"] += 1


def removed_votes(objects: list[Line]) -> None:
    said = counted(objects, "removal")
    subject = objects[where(objects, "proposal.put_up", kind="removal")]["data"]["about"]
    said["voted"] = sorted([*said["voted"][1:], subject])


def same_ballot_twice(objects: list[Line]) -> None:
    said = counted(objects, "removal")
    said["list"][1] = said["list"][0]


def in_order_of_casting(objects: list[Line]) -> None:
    counted(objects, "removal")["list"].reverse()


def no_list(objects: list[Line]) -> None:
    counted(objects, "removal").update(list=None, tally=None)


def opened_openly(objects: list[Line]) -> None:
    for name in ("secret", "codes", "key"):
        del opened(objects, "removal")[name]


def no_key(objects: list[Line]) -> None:
    opened(objects, "recall")["key"] = "none"


def open_longer(objects: list[Line]) -> None:
    opened(objects, "recall")["closes"] = "2050-05-01T20:00:00.000000Z"


def ballots_shown(objects: list[Line]) -> None:
    proposal = opened(objects, "recall")
    place = where(objects, "vote.counted", proposal=proposal["proposal"])
    ballot = {"with": "ballot", "vote": proposal["id"], "who": "ab" * 16, "position": "yes", "change": 1}
    objects.insert(place + 1, {**ballot, "nonce": "11" * 32})


def another_elected(objects: list[Line]) -> None:
    counted(objects, "election")["elected"] = [2]


def nobody_elected(objects: list[Line]) -> None:
    counted(objects, "election").update(elected=[], outcome="not_adopted", reason="nobody_elected")


def more_approvals(objects: list[Line]) -> None:
    counted(objects, "election")["tally"]["approvals"]["2"] += 3


def one_more_approval(objects: list[Line]) -> None:
    told = counted(objects, "election")["tally"]
    for name in ("approvals", "favour"):
        told[name]["2"] += 1


def another_lot(objects: list[Line]) -> None:
    counted(objects, "election")["seed"] = "07" * 32


def candidates_exchanged(objects: list[Line]) -> None:
    opened(objects, "election")["candidates"].reverse()


def others_mandate(objects: list[Line]) -> None:
    candidates = opened(objects, "election")["candidates"]
    proposal = opened(objects, "election")["proposal"]
    objects[where(objects, "mandate.granted", proposal=proposal)]["who"] = candidates[1]


SECRET: dict[str, tuple[Change, str]] = {
    "another choice in the list": (another_choice, "list_not_tally"),
    "other choices and another tally": (another_result, "outcome"),
    "a name more than ballots": (one_more_name, "used_marks"),
    "a ballot more than names": (one_more_ballot, "used_marks"),
    "the member concerned has voted": (removed_votes, "voted"),
    "one ballot in two places": (same_ballot_twice, "list_order"),
    "a list in another order": (in_order_of_casting, "list_order"),
    "no list where there must be one": (no_list, "list_missing"),
    "a secret vote said to be open": (opened_openly, "secret_otherwise"),
    "a secret vote without a key": (no_key, "content"),
    "a longer window": (open_longer, "window"),
    "ballots shown beside a secret vote": (ballots_shown, "ballots_of_no_vote"),
    "another is elected": (another_elected, "election"),
    "nobody is elected": (nobody_elected, "election"),
    "more approvals than in favour": (more_approvals, "totals_impossible"),
    "an approval more": (one_more_approval, "figures"),
    "a lot that was not sealed": (another_lot, "seed"),
    "candidates with each other's numbers": (candidates_exchanged, "granted_without"),
    "the mandate goes to another": (others_mandate, "granted_without"),
}


def open_choice(objects: list[Line]) -> None:
    ballot = next(each for each in objects if each.get("choice") == "[1]")
    ballot["choice"] = "[2]"


def open_tree(objects: list[Line]) -> None:
    """Ballots and root are made anew, only who is elected stays."""
    mine = [each for each in objects if each.get("choice")]
    for each in mine:
        each["choice"] = "[2]"
    leaves = sorted(bytes.fromhex(leaf_of(each)) for each in mine)
    counted(objects, "election")["ballots"] = merkle.root_of(leaves).hex()


OPEN: dict[str, tuple[Change, str]] = {
    "another choice on an open ballot": (open_choice, "ballots_root"),
    "open ballots exchanged with their tree": (open_tree, "election"),
    "another elected openly": (another_elected, "election"),
}


def test_the_past_is_whole(past: tuple[Body, Body]) -> None:
    secret, small = past
    assert assert_whole(secret).checked["recounted"] == 4
    assert assert_whole(small).checked["recounted"] == 1


@pytest.mark.parametrize(("of", "name"), [*((0, name) for name in SECRET), *((1, name) for name in OPEN)])
def test_each_kind_is_found_and_said(past: tuple[Body, Body], of: int, name: str) -> None:
    change, code = (SECRET, OPEN)[of][name]
    objects = parsed(members_file(past[of]))

    change(objects)

    findings = found(bound(objects))
    assert code in findings.codes
    for language in ("en", "es"):
        assert not any(f" {each}\n" in "\n".join(told(findings, language)) for each in findings.codes)
