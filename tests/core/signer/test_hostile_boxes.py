"""What somebody who has taken over the web could put into a box, or beside the record: it stops nobody else's count."""

from datetime import timedelta
from typing import Any

import pytest

from core.actions import closing, settling
from core.actions.settling import settle
from core.boxes import seal
from core.models import SealedBallot, Vote
from core.rules.secrecy import Opened, packed, show_of, unpacked
from core.signer import votes
from tests import village
from tests.core.secret.scene import Court, make_court, recall
from tests.scenes import scene

pytestmark = pytest.mark.usefixtures("signer_folder")

court = scene(make_court)
ROOM = 20
NESTED = b'{"choice":' + b"[" * 100_000 + b"]" * 100_000 + b"}"


def put_in(vote: Vote, content: bytes) -> None:
    """Put these bytes into the first box, sealed rightly."""
    box = SealedBallot.objects.filter(vote=vote).order_by("find")[0]
    sealed = seal(content, bytes.fromhex(vote.key.public), vote_id=vote.pk, find=box.find)
    SealedBallot.objects.filter(pk=box.pk).update(box=sealed)


CONTENTS: dict[str, Any] = {
    "a position of another rule": packed(Opened("0" * 16, "agree"), ROOM),
    "candidates where there are none": packed(Opened("0" * 16, (1, 2)), ROOM),
    "no show where there are codes": packed(Opened(None, "yes"), ROOM),
    "no ballot at all": b"[]",
    "no JSON": b"\xff{",
    "nested too deeply": NESTED,
    "a choice nested too deeply": b'{"choice":"' + b"[" * 50_000 + b'"}',
}


@pytest.mark.parametrize("what", CONTENTS)
def test_what_is_no_ballot_of_this_vote_voids_it_and_stops_nothing_else(court: Court, what: str) -> None:
    vote = recall(court)
    for person in court.people[:6]:
        village.cast_secretly(vote, person, "yes")
    put_in(vote, CONTENTS[what])
    other = village.make_vote(court.body, court.ana, title="Paint the wall")

    village.move_clock(timedelta(days=9))  # both are due
    votes.open_closed()
    settle()
    other.refresh_from_db()

    vote.refresh_from_db()

    assert (vote.outcome, vote.reason) == ("void", "key_lost")
    assert other.outcome == "no_quorum"
    assert Vote.objects.get(proposal=vote.proposal_id, number=2).secret


def test_two_ballots_that_would_stand_under_one_show_void_the_vote(court: Court) -> None:
    vote = recall(court)
    code = "7Q2M4-ZX9RT-0KCVB-3HN5D"
    village.cast_secretly(vote, court.ana, "yes", code)
    for person in court.people[2:7]:
        village.cast_secretly(vote, person, "yes")
    put_in(vote, packed(Opened(show_of(vote.pk, code), "yes"), ROOM))
    same = SealedBallot.objects.filter(vote=vote).order_by("find")[1]
    again = packed(Opened(show_of(vote.pk, code), "yes"), ROOM)
    box = seal(again, bytes.fromhex(vote.key.public), vote_id=vote.pk, find=same.find)
    SealedBallot.objects.filter(pk=same.pk).update(box=box)

    village.close(vote)

    assert (vote.outcome, vote.reason) == ("void", "key_lost")


def test_one_vote_that_cannot_be_opened_keeps_no_other_shut(court: Court, monkeypatch: pytest.MonkeyPatch) -> None:
    vote = recall(court)
    village.cast_secretly(vote, court.ana, "yes")
    opened = []

    def open_vote(pk: int) -> bool:
        opened.append(pk)
        raise MemoryError

    monkeypatch.setattr(votes, "open_vote", open_vote)
    village.move_clock(timedelta(days=4))
    votes.tend()
    assert opened == [vote.pk]


def test_one_thing_that_fails_in_an_unforeseen_way_holds_up_nothing_else(
    court: Court, monkeypatch: pytest.MonkeyPatch
) -> None:
    first, second = (village.make_vote(court.body, person) for person in court.people[:2])

    def broken(pk: int) -> bool:
        if pk == first.pk:
            raise ValueError("a count that cannot be")
        return closing.close(pk)

    monkeypatch.setattr(settling, "close", broken)
    village.move_clock(timedelta(days=9))
    settle()

    second.refresh_from_db()
    assert second.outcome == "no_quorum"


def test_nested_content_is_no_ballot() -> None:
    with pytest.raises(ValueError, match="not a ballot"):
        unpacked(NESTED)
