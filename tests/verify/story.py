"""A story with nearly all that a body does, its keys and its checkpoint: what tampering is tried on."""

import base64
import hashlib
import json
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from core.actions import applications, comments, confidence, mandates, memberships, opening, proposals
from core.actions.settling import settle
from core.models import Body, Person, Vote
from core.timekeeping import folkmoot_now
from tests import village
from verify import merkle

Line = dict[str, Any]


@dataclass(frozen=True)
class Signer:
    """A signing key, and notes as the signer writes them."""

    private: Ed25519PrivateKey = field(default_factory=Ed25519PrivateKey.generate)

    @property
    def content(self) -> bytes:
        """Kind and public half."""
        return b"\x01" + self.private.public_key().public_bytes_raw()

    @property
    def mark(self) -> bytes:
        """The four bytes that name it."""
        return hashlib.sha256(b"folkmoot\n" + self.content).digest()[:4]

    @property
    def key(self) -> str:
        """As people keep it."""
        return f"folkmoot+{self.mark.hex()}+{base64.b64encode(self.content).decode()}"

    def note(self, *lines: str) -> str:
        """A signed note of these lines."""
        text = "".join(f"{line}\n" for line in lines)
        signed = self.mark + self.private.sign(text.encode())
        return f"{text}\n— folkmoot {base64.b64encode(signed).decode()}\n"

    def checkpoint(self, file: list[bytes], size: int | None = None) -> str:
        """A checkpoint over the first lines of a file, or all."""
        lines = [raw for raw in map(bytes.rstrip, file) if b'"with"' not in raw][:size]
        root = merkle.root_of(map(merkle.leaf, lines))
        heads = [hashlib.sha256(line).hexdigest() for line in lines]
        time = json.loads(lines[-1])["time"]
        return self.note(
            f"folkmoot/{heads[0][:32]}",
            str(len(lines)),
            base64.b64encode(root).decode(),
            f"head {heads[-1]}",
            f"time {time}",
        )

    def receipt(self, file: list[bytes], ballot: Line, leaf: str) -> str:
        """A receipt for a ballot of a file."""
        record = json.loads(file[0])["record"]
        return self.note(
            f"folkmoot/{record}/receipt",
            f"vote {ballot['vote']}",
            f"who {ballot['who']}",
            f"change {ballot['change']}",
            f"leaf {leaf}",
            "time 2026-05-01T20:00:00.000000Z",
        )


def leaf_of(ballot: Line) -> str:
    """The place of a ballot in the tree of its vote."""
    content = {name: value for name, value in ballot.items() if name not in ("with", "nonce")}
    return merkle.leaf(bytes.fromhex(ballot["nonce"]) + written(content)).hex()


def written(value: Any) -> bytes:
    """Canonical JSON, by the library: everything in these stories is ASCII or needs no escape."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"), sort_keys=True).encode()


def make_story(body: Body, people: list[Person]) -> None:
    """Blocked, talked over and adopted; a mandate, a recall, lost confidence; a second call; urgent; an admission."""
    ana, bruno, eva, farid, gina, *others = people
    members = [ana, bruno, eva, farid, gina]
    vote = village.make_vote(body, ana)
    say(vote, {ana: "agree", bruno: "agree", eva: "block", farid: "aside"})
    village.close(vote)
    comments.write(vote.proposal, "Let us leave the tree.", by=eva, at=folkmoot_now())
    village.move_clock(timedelta(days=15))
    settle()
    again = vote.proposal.votes.latest("number")
    say(again, dict.fromkeys(members[:4], "agree"))
    village.close(again)

    mandate = village.make_mandate(body, members, bruno, author=ana)
    mandates.report(mandate, "I lent a saw.", by=bruno)
    recall = village.open_recall(mandate, eva)
    say(recall, {ana: "no", bruno: "no", eva: "yes"})
    village.close(recall)
    for person in (ana, eva, farid):
        confidence.withdraw(mandate, by=person)

    few = village.make_vote(body, bruno, title="Paint the wall")
    say(few, {ana: "agree", bruno: "agree"})
    village.close(few)
    settle_second_call(few, members)

    urgent = village.make_proposal(body, ana, title="Pump the cellar", urgent=True)
    for person in (bruno, eva):
        proposals.second(urgent, by=person, at=folkmoot_now())
    voted = opening.open_vote(urgent, by=ana, closes_at=folkmoot_now() + timedelta(hours=26))
    say(voted, dict.fromkeys(members[:4], "agree"))
    village.close(voted)
    village.move_clock(timedelta(days=4))
    settle()

    asked = applications.apply(body, by=others[0], at=folkmoot_now(), words="I live at the corner.")
    for person in (ana, bruno):
        if not hasattr(asked, "joined_at"):
            applications.vouch(asked, by=person, at=folkmoot_now())
    village.move_clock(timedelta(hours=73))
    settle()
    memberships.leave(body, by=gina)


def say(vote: Vote, positions: dict[Person, str]) -> None:
    """Ballots of these people."""
    for person, position in positions.items():
        village.cast(vote, person, position, "I see harm." if position == "block" else "")


def settle_second_call(vote: Vote, members: list[Person]) -> None:
    """Three of five come to the second call."""
    again = vote.proposal.votes.latest("number")
    say(again, dict.fromkeys(members[:3], "agree"))
    village.close(again)


def parsed(file: list[bytes]) -> list[Line]:
    """Every object of a file."""
    return [json.loads(raw) for raw in file]


def bound(objects: list[Line]) -> list[bytes]:
    """A file of these objects, its chain made anew from the first line on, as a clever forger would."""
    prev, record, file = "0" * 64, "", []
    for each in objects:
        if "with" not in each:
            each["prev"] = prev
            prev = hashlib.sha256(written(each)).hexdigest()
            record = record or prev[:32]
        file.append(each)
    file[0]["record"] = record
    return [written(each) + b"\n" for each in file]


def where(objects: list[Line], what: str, **data: Any) -> int:
    """The place of the first line of a sort with these data."""
    return next(
        n
        for n, each in enumerate(objects)
        if each.get("what") == what and all(each["data"].get(name) == value for name, value in data.items())
    )


Change = Callable[[list[Line]], None]
