"""A referral over many bodies while worker, clocks, broker and database are killed; each is asked once."""

import math
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from itertools import cycle
from typing import Any

from confederation.rules.positions import Branch, Said, recount
from core.rules.positions import Rule
from core.rules.shares import Share
from core.rules.terms import VoteTerms
from faults import checks
from faults.houses import House, until
from faults.invariants import broken
from faults.storm import Size, storm

FEW, MANY = 200, 500
KILLED = ("worker", "broker", "settle", "beat", "postgres")
PATIENCE = 240.0
ASKED = "SELECT count(*) FROM confederation_station WHERE proposal_id IS NOT NULL"
OPENED = "SELECT count(*) FROM core_vote"
SPOKEN = "SELECT count(*) FROM confederation_station WHERE level = 0 AND decided_at IS NOT NULL"
COUNTED = "SELECT count(*) FROM confederation_station WHERE level > 0 AND decided_at IS NOT NULL"
TOLD = "SELECT count(*) FROM core_cause WHERE what = 'referral.counted'"
# By the number of a street: of ten, seven agree, one stands aside, one blocks, in one nobody votes.
BALLOTS = """
    INSERT INTO core_ballot (vote_id, roll_id, position, choice, reason, cast_at, changed_at, change_no, nonce, leaf)
    SELECT r.vote_id, r.id, said, '', CASE said WHEN 'block' THEN 'No.' ELSE '' END, folkmoot_now(), folkmoot_now(), 1,
        '\\x00', encode(sha256(r.id::text::bytea), 'hex')
    FROM core_rollentry r JOIN core_vote v ON v.id = r.vote_id JOIN core_proposal p ON p.id = v.proposal_id
    CROSS JOIN LATERAL (SELECT (ARRAY['aside', 'block', NULL])[1 + p.body_id % 10] AS given) one
    CROSS JOIN LATERAL (SELECT CASE WHEN p.body_id % 10 < 3 THEN given ELSE 'agree' END AS said) two
    WHERE said IS NOT NULL
"""
STATIONS = """
    SELECT id, above_id, said, rule, bodies, quorum_num, quorum_den, agreement_num, agreement_den, asides_num,
        asides_den, counts FROM confederation_station
"""
WRONG = {
    "asked more than once, or not at all": """
        SELECT s.body_id, count(p.id) FROM confederation_station s
        LEFT JOIN core_proposal p ON p.body_id = s.body_id AND p.kind = 'referral'
        WHERE s.level = 0 GROUP BY s.body_id HAVING count(p.id) <> 1""",
    "what is said is not what was decided": """
        SELECT s.id FROM confederation_station s JOIN core_proposal p ON p.id = s.proposal_id
        WHERE s.said <> CASE p.stage WHEN 'adopted' THEN 'agree' WHEN 'not_adopted' THEN 'disagree' ELSE 'none' END""",
    "voted more than once": "SELECT proposal_id FROM core_vote GROUP BY proposal_id HAVING count(*) <> 1",
    "counted more than once, or not at all": """
        SELECT s.body_id FROM confederation_station s LEFT JOIN core_recordline l
        ON l.body_id = s.body_id AND l.what = 'referral.counted' WHERE s.level > 0
        GROUP BY s.body_id HAVING count(l.id) <> 1""",
    "told more than once, or not at all": """
        SELECT m.id FROM core_membership m LEFT JOIN core_cause c
        ON c.body_id = m.body_id AND c.what = 'referral.counted'
        LEFT JOIN core_notice n ON n.cause_id = c.id AND n.person_id = m.person_id
        GROUP BY m.id HAVING count(n.id) <> 1""",
}


def run(size: Size, say: Callable[[str], None]) -> list[str]:
    """A question goes to 500 bodies (200 below 500 votes) and up again; worker, broker, clocks, database are killed."""
    bodies = MANY if size.votes >= MANY else FEW
    with storm(size, say) as here:
        house, strikes = here.house, Strikes(here.house, say)
        house.more["TASKS_EAGER"] = "yes"
        house.run_inside("faults.make_valley", str(bodies), owner=True)
        del house.more["TASKS_EAGER"]
        here.wrong += strikes.amid("asked", ASKED, bodies)
        house.move_clock(7.01)
        here.wrong += strikes.amid("opened", OPENED, bodies)
        with house.connect() as line:
            line.execute(BALLOTS)
        house.move_clock(7)
        here.wrong += strikes.amid("spoken", SPOKEN, bodies)
        house.move_clock(1)
        here.wrong += strikes.amid("counted", COUNTED, bodies // 10 + bodies // 100 + 1)
        here.wrong += came_to(house, bodies, say)
        here.wrong += strikes.amid("told", TOLD, bodies + 1)
        here.wrong += checks.settled(house)[0] + broken(house.query, effects=False) + checks.in_order(house)
        here.wrong += [f"{name}: {rows[:5]}" for name, query in WRONG.items() if (rows := house.query(query))]
        return here.wrong


@dataclass
class Strikes:
    """Kills one part after the other, whenever another fifth of something is done."""

    house: House
    say: Callable[[str], None]
    turn: Iterator[str] = field(default_factory=lambda: cycle(KILLED))

    def amid(self, what: str, count: str, number: int) -> list[str]:
        """Strike until all of it is done; what is wrong if it does not come to its end."""
        begun, left = time.monotonic(), [math.ceil(number * fifth / 5) for fifth in range(1, 5)]

        def watch() -> bool:
            done = int(self.house.query(count)[0][0])
            while left and done >= left[0]:
                left.pop(0)
                part = next(self.turn)
                self.house.kill(part)
                self.say(f"{done} of {number} {what}: kill -9 {part}")
            return done >= number

        complete = until(watch, PATIENCE)
        self.say(f"{what} after {time.monotonic() - begun:.0f} s")
        return [] if complete else [f"not all {what} of {number}"]


def came_to(house: House, bodies: int, say: Callable[[str], None]) -> list[str]:
    """Whether the result is that of a recount from the base, and the one that these ballots make."""
    found = house.query("SELECT outcome FROM confederation_referral")
    rows = house.query(STATIONS)
    top = next(row for row in rows if row[1] is None)
    again = recount(branch_of(top, rows))
    say(f"{found[0][0]}; a recount from the base: {again}")
    expected = {Said.AGREE: "adopted", Said.DISAGREE: "not_adopted"}.get(again)
    wrong = [] if found == [(expected,)] and top[2] == again else [f"{found} and {top[2]}, but recounted {again}"]
    spoken = dict(house.query("SELECT said, count(*) FROM confederation_station WHERE level = 0 GROUP BY said"))
    silent, against = (
        house.query(f"SELECT count(*) FROM core_body WHERE kind = 'council' AND id % 10 IN ({tens})")[0][0]  # nosec B608
        for tens in ("1, 2", "0")
    )
    meant = {"none": silent, "disagree": against, "agree": bodies - silent - against}
    return wrong if spoken == meant else [*wrong, f"said {spoken}, meant {meant}"]


def branch_of(row: Any, rows: list[Any]) -> Branch:
    """A body with all below it."""
    key, _above, said, rule, bodies, *shares, _counts = row
    if not rule:
        return Branch(Said(said))
    quorum, agreement, asides = (Share(*shares[n : n + 2]) for n in (0, 2, 4))
    below = tuple(branch_of(each, rows) for each in rows if each[1] == key and each[-1])
    return Branch(terms=VoteTerms(Rule(rule), bodies, quorum, agreement, asides), below=below)
