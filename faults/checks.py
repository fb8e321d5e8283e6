"""After a storm: is everything there that was acknowledged, and nothing else? Each check gives what is wrong."""

import contextlib
import secrets
import time
from typing import Any

import psycopg

from faults.clients import Clients
from faults.history import ACKNOWLEDGED, REFUSED, UNKNOWN, History, Seat
from faults.houses import House, until

CLOSED_WITHIN = 30.0
# A vote that closes leaves a cause to be told: votes weigh twice, so that each step makes it less.
UNSETTLED = """SELECT (SELECT 2 * count(*) FROM core_vote WHERE counted_at IS NULL AND closes_at <= folkmoot_now())
    + (SELECT count(*) FROM core_cause WHERE fanned_at IS NULL)"""
UNSIGNED = """SELECT (SELECT count(*) FROM core_recordhead h WHERE h.seq >
        (SELECT coalesce(max(size), 0) FROM core_checkpoint c WHERE c.body_id = h.body_id))
    + (SELECT count(*) FROM core_ballot b WHERE NOT EXISTS
        (SELECT 1 FROM core_receipt r WHERE r.ballot_id = b.id AND r.change_no = b.change_no))
    + (SELECT count(*) FROM core_signingstop)"""
BALLOTS = """SELECT b.vote_id, r.person_id, b.position FROM core_ballot b JOIN core_rollentry r ON r.id = b.roll_id"""
UNTOLD = """SELECT c.id, s.person_id FROM core_cause c JOIN core_membership s ON s.body_id = c.body_id
    LEFT JOIN core_proposal p ON p.id = c.proposal_id
    WHERE c.what = %s AND s.ended_at IS NULL AND s.joined_at < c.at
    AND p.kind IS DISTINCT FROM 'recall'  -- the end of the mandate is what its members are told of
    AND NOT EXISTS (SELECT 1 FROM core_notice n WHERE n.cause_id = c.id AND n.person_id = s.person_id)"""
BACKWARDS = """SELECT id FROM (SELECT id, at, lag(at) OVER (PARTITION BY body_id ORDER BY seq) AS before
    FROM core_recordline) AS lines WHERE at < before"""
CLOSED = f"{REFUSED} 409"


def ballots(house: House) -> dict[Seat, list[str]]:
    """The ballots that are kept, by seat."""
    kept: dict[Seat, list[str]] = {}
    for vote, person, position in house.query(BALLOTS):
        kept.setdefault((vote, person), []).append(position)
    return kept


def lost_or_doubled(kept: dict[Seat, list[str]], history: History) -> list[str]:
    """Compares what clients heard with what is in the ballots."""
    may = history.counted()
    told = {seat: kept.get(seat, []) for seat in may}
    found: dict[str, list[Any]] = {
        "lost": [seat for seat, positions in told.items() if not positions and None not in may[seat]],
        "doubled": [seat for seat, positions in kept.items() if len(positions) > 1],
        "refused and yet counted, or another position": [
            (seat, positions) for seat, positions in told.items() if positions and not set(positions) <= may[seat]
        ],
        "never sent": [seat for seat in kept if seat not in may],
    }
    return [f"{name}: {rows[:5]} ({len(rows)} in all)" for name, rows in found.items() if rows]


def answered(clients: Clients, history: History, expected: int, *, refusals: frozenset[str]) -> list[str]:
    """Whether every form got an answer in the end, and none was refused that should not be."""
    last = {line.key: line.answer for line in history.lines}
    unknown = sum(answer == UNKNOWN for answer in last.values())
    strange = {answer for answer in last.values() if answer not in {ACKNOWLEDGED, UNKNOWN, *refusals}}
    found = [f"never answered: {unknown}"] if unknown else []
    found += [f"not all were sent: {clients.done} of {expected}"] if clients.done != expected else []
    return found + ([f"refused: {sorted(strange)}"] if strange else [])


def settled(house: House, seconds: float = CLOSED_WITHIN) -> tuple[list[str], float]:
    """Whether all that is due is closed and told, everybody of each close; and how long that took."""
    left, took = dwindles(house, UNSETTLED, seconds)
    found = [f"not closed and told, and nothing moves for {seconds:.0f} s: {left}"] if left else []
    untold = house.query(UNTOLD, "proposal.closed")
    return found + ([f"not told: {untold[:5]}"] if untold else []), took


def signed(house: House, seconds: float = CLOSED_WITHIN) -> tuple[list[str], float]:
    """Whether every record is signed up to its last line, every ballot has its receipt, and no record was refused."""
    left, took = dwindles(house, UNSIGNED, seconds)
    return [f"not signed, and nothing moves for {seconds:.0f} s: {left}"] if left else [], took


def dwindles(house: House, count: str, seconds: float) -> tuple[int, float]:
    """Wait until nothing is left, or until it has not become less for so many seconds; what is left, and the time.

    Much takes longer than little, so that no time is set for the whole.
    """
    begun = fallen = time.monotonic()
    left: int | None = None
    while left != 0 and time.monotonic() - fallen < seconds:
        with contextlib.suppress(psycopg.Error, OSError):
            waiting = int(house.query(count)[0][0])
            if left is None or waiting < left:
                left, fallen = waiting, time.monotonic()
        time.sleep(0 if left == 0 else 0.1)
    return (1 if left is None else left), time.monotonic() - begun


def in_order(house: House) -> list[str]:
    """The times of the record's lines never go back."""
    return [f"the record goes back in time: {rows[:5]}"] if (rows := house.query(BACKWARDS)) else []


def recall(house: House, clients: Clients, town: dict[str, object]) -> list[str]:
    """More than half withdraw their confidence, by pages: the mandate ends, and all are told."""
    mandate, people = town["mandate"], sorted(map(int, clients.town["sessions"]))
    opened = clients.post(people[3], f"/mandates/{mandate}/recall/", reason="No report.", once=secrets.token_hex(8))
    answers = [
        clients.post(person, f"/mandates/{mandate}/withdraw-confidence/", once=secrets.token_hex(8))
        for person in people[: len(people) // 2 + 1]
    ]
    ended = house.query("SELECT ending FROM core_mandate WHERE id = %s", mandate)
    told = until(lambda: not house.query(UNTOLD, "mandate.ended"), CLOSED_WITHIN)
    stage = house.query("SELECT stage FROM core_proposal WHERE kind = 'recall'")
    claims = {
        f"the recall opens ({opened})": opened == ACKNOWLEDGED,
        f"all can withdraw ({set(answers)})": set(answers) == {ACKNOWLEDGED},
        f"the mandate ends ({ended})": ended == [("confidence",)],
        f"its recall is overtaken ({stage})": stage == [("overtaken",)],
        "all are told": told,
    }
    return [f"not so: {claim}" for claim, holds in claims.items() if not holds]
