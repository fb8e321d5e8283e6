"""The red team: has everything that is left after the close, and guesses who chose what.

It has full SQL with the hidden columns of every row, a dump and the server's whole data folder (tables, dead rows, WAL)
from amid the vote and from the end, logs, mails, sessions, times and sizes of all answers, and whatever key files it
finds. It knows the published list. A guess is right by chance as often as it is right about shuffled choices.
"""

import json
import os
import random
import re
import subprocess
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey
from django.db import connection

from core.boxes import NotOpened, unseal
from core.models import Vote
from core.rules.secrecy import unpacked
from house.postgres import find_binaries

Guess = dict[int, str]
SHUFFLES = 2000

# Who was marked by the transaction that wrote which box: this much anybody with SQL knows, and it is no secret.
LINKED = """
    SELECT r.person_id, b.find, b.box, b.ctid::text, r.xmin::text::bigint
    FROM core_rollentry r JOIN core_sealedballot b ON b.vote_id = r.vote_id AND b.xmin = r.xmin
    WHERE r.vote_id = %s AND r.used ORDER BY r.xmin::text::bigint
"""


@dataclass
class Answered:
    """What somebody on the line saw of one ballot."""

    seconds: float
    asked: int
    got: int


@dataclass
class Linked:
    """One voter and the box that was written in the same transaction."""

    person: int
    find: str
    box: bytes
    place: tuple[int, int]


@dataclass
class Found:
    """All that the red team has of one vote."""

    vote_id: int
    linked: list[Linked]
    listed: list[tuple[str, str]]
    answered: Mapping[int, Answered]
    written: Mapping[str, int]
    keys: list[bytes] = field(default_factory=list)


def linked(vote: Vote) -> list[Linked]:
    """The voters in the order in which they voted, each with the box."""
    with connection.cursor() as cursor:
        cursor.execute(LINKED, [vote.pk])
        rows = cursor.fetchall()
    return [Linked(person, find, bytes(box), place_of(ctid)) for person, find, box, ctid, _xmin in rows]


def place_of(ctid: str) -> tuple[int, int]:
    """Page and line of a row on the disk."""
    page, line = re.findall(r"\d+", ctid)
    return int(page), int(line)


def folder_of_server() -> Path:
    """Where the server of these tests keeps everything: `postgres/` and `postgres.log`."""
    return Path(connection.settings_dict["HOST"]).parent


def dump() -> bytes:
    """The database as a backup holds it."""
    settings = connection.settings_dict
    words = [str(find_binaries() / "pg_dump"), "--host", settings["HOST"], "--port", str(settings["PORT"])]
    words += ["--enable-row-security", "--username", settings["USER"], settings["NAME"]]
    environment = {**os.environ, "PGPASSWORD": settings["PASSWORD"], "LC_ALL": "C"}
    return subprocess.run(words, env=environment, capture_output=True, check=True).stdout


def disk(since: float) -> bytes:
    """Every table of this database with its dead rows, all WAL, and the server's log, as bytes.

    A file that was not written since that moment cannot have what there was not before; it is left out.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT oid FROM pg_database WHERE datname = current_database()")
        own = str(cursor.fetchone()[0])
    data = folder_of_server() / "postgres"
    places = [*sorted((data / "pg_wal").glob("0*")), *sorted((data / "base" / own).glob("*"))]
    places.append(folder_of_server() / "postgres.log")
    return b"".join(path.read_bytes() for path in places if path.is_file() and path.stat().st_mtime >= since)


SIGNS = re.compile(rb"[0-9A-Z-]{16,}")
"""Whatever could have a code or a number of the list in it."""


def first_places(vote: Vote, since: float) -> dict[str, int]:
    """Where on the disk each number of the list was first written; -1 for nowhere."""
    words = b" ".join(SIGNS.findall(disk(since)))
    return {show: words.find(show.encode()) for show, _choice in read_list(vote)}


def by_keys(found: Found) -> Guess:
    """Open each voter's box with every key there is."""
    guess = {}
    for key in found.keys:
        private = X25519PrivateKey.from_private_bytes(key)
        for each in found.linked:
            try:
                text = unseal(each.box, private, vote_id=found.vote_id, find=each.find)
            except NotOpened:
                continue
            guess[each.person] = str(unpacked(text).choice)
    return guess


def in_order(people: list[int], choices: list[str]) -> Guess:
    """The first has the first, and so on."""
    return dict(zip(people, choices, strict=False))


def by_list(found: Found) -> Guess:
    """Who voted first stands first in the list."""
    return in_order([each.person for each in found.linked], [choice for _show, choice in found.listed])


def by_disk_order_of_opened(found: Found) -> Guess:
    """The signer wrote what it found: perhaps in the order of casting, which WAL and dead rows still have."""
    known = sorted((found.written[show], choice) for show, choice in found.listed if found.written[show] >= 0)
    return in_order([each.person for each in found.linked], [choice for _place, choice in known])


def by_find(found: Found) -> Guess:
    """Find and show are hashes of one code: perhaps they sort alike."""
    return in_order([each.person for each in sorted(found.linked, key=lambda e: e.find)], chosen(found))


def by_place(found: Found) -> Guess:
    """Boxes lie on the disk in the order of the list."""
    return in_order([each.person for each in sorted(found.linked, key=lambda e: e.place)], chosen(found))


def by_box(found: Found) -> Guess:
    """Boxes that look alike hold alike: sorted by length and bytes, against the sorted choices."""
    people = [each.person for each in sorted(found.linked, key=lambda e: (len(e.box), e.box))]
    return in_order(people, sorted(chosen(found)))


def by_box_length(found: Found) -> Guess:
    """A longer word in a longer box; voters whose boxes are as long are told apart by nothing."""
    people = [each.person for each in sorted(found.linked, key=lambda e: len(e.box))]
    return in_order(people, sorted(chosen(found), key=len))


def by_seconds(found: Found) -> Guess:
    """A choice that takes longer to answer."""
    return by_measure(found, lambda seen: seen.seconds)


def by_request(found: Found) -> Guess:
    """A longer word in a longer request."""
    return by_measure(found, lambda seen: seen.asked)


def by_answer(found: Found) -> Guess:
    """A longer word in a longer answer."""
    return by_measure(found, lambda seen: seen.got)


def by_measure(found: Found, measure: Callable[[Answered], float]) -> Guess:
    """The longer the word, the larger what was measured."""
    people = sorted(found.answered, key=lambda person: (measure(found.answered[person]), person))
    return in_order(people, sorted(chosen(found), key=len))


def chosen(found: Found) -> list[str]:
    """The choices, in the order of the list."""
    return [choice for _show, choice in found.listed]


WAYS: dict[str, Callable[[Found], Guess]] = {
    "keys": by_keys,
    "order of the list": by_list,
    "order in which the signer wrote": by_disk_order_of_opened,
    "order of find": by_find,
    "order on the disk": by_place,
    "bytes of the box": by_box,
    "length of the box": by_box_length,
    "time to answer": by_seconds,
    "size of the request": by_request,
    "size of the answer": by_answer,
}


@dataclass(frozen=True)
class Score:
    """How often a way was right, and how often it would be by chance in 99 of 100 cases."""

    right: int
    guessed: int
    low: int
    high: int

    @property
    def is_chance(self) -> bool:
        """Whether it was no better and no worse than chance."""
        return self.low <= self.right <= self.high


def scores(guesses: Mapping[str, list[Guess]], truths: list[Guess], dice: random.Random) -> dict[str, Score]:
    """Compare each way with the truth, and with the same choices shuffled among the voters of each vote."""
    drawn: dict[str, list[int]] = {way: [] for way in guesses}
    for _draw in range(SHUFFLES):
        dealt = [shuffled(truth, dice) for truth in truths]
        for way, each in guesses.items():
            drawn[way].append(right_over(each, dealt))
    cut = SHUFFLES // 200
    found = {}
    for way, each in guesses.items():
        chance = sorted(drawn[way])
        found[way] = Score(right_over(each, truths), sum(map(len, each)), chance[cut], chance[-cut - 1])
    return found


def right_over(guesses: list[Guess], truths: list[Guess]) -> int:
    """How many of the guesses are right, over all votes."""
    return sum(right_in(guess, truth) for guess, truth in zip(guesses, truths, strict=True))


def right_in(guess: Guess, truth: Guess) -> int:
    """How many of the guesses are right."""
    return sum(truth.get(person) == choice for person, choice in guess.items())


def shuffled(truth: Guess, dice: random.Random) -> Guess:
    """The same choices, given to the same people by lot."""
    choices = list(truth.values())
    dice.shuffle(choices)
    return dict(zip(truth, choices, strict=True))


def read_list(vote: Vote) -> list[tuple[str, str]]:
    """The published list: show and choice."""
    return [(show, json.loads(choice)) for show, choice in vote.listed or []]
