"""The rows of DESIGN section 13 that are measured in the database and over HTTP; each beside its reference."""

import secrets
from collections.abc import Callable

from bench import ballots, knocking, valley
from bench.bare.tables import TABLES
from bench.figures import Figure, Goal, in_turn
from bench.ground import OLD, Ground
from bench.lighthouse import lighthouse
from bench.load import load
from bench.rest import rest
from bench.wire import wire
from faults.houses import until
from faults.strokes import held
from house.places import say

AT_ONCE = 8
BARE_UPDATE = "one UPDATE in one transaction"


def prepare(there: Ground) -> None:
    """The bare tables, and a second database that is still empty."""
    with there.house.connect() as line:
        line.execute(TABLES)
    there.copy_database(OLD)
    until(there.house.answers)


def cast(there: Ground) -> list[Figure]:
    """Cast an open ballot over HTTP: session, CSRF, roll, lock, all checks."""
    casts, rounds = (60, 3) if there.quick else (300, 7)
    electorate = there.ask("towns.electorate", owner=True, size=casts * (rounds + 1))
    voters = iter(electorate["sessions"])
    cookie, path = "session", f"/proposals/{electorate['proposal']}/ballot/"
    round_number = iter(range(rounds + 1))

    with there.web("bench.bare.settings") as bare_port:
        until(lambda: knocking.answers(bare_port))

        def ours() -> float:
            fields = {"vote": electorate["vote"], "position": "agree", "reason": ""}
            forms = [
                knocking.form(there.house.port, path, cookie, next(voters), {**fields, "once": secrets.token_hex(8)})
                for _cast in range(casts)
            ]
            return crowd(there.house.port, forms)

        def bare() -> float:
            fields = {"vote": next(round_number), "position": "agree", "reason": ""}
            some = electorate["sessions"][:casts]
            return crowd(bare_port, [knocking.form(bare_port, "/insert/", cookie, each, fields) for each in some])

        pair = in_turn(rounds, ours, bare)
    given = there.house.query(f"SELECT count(*) FROM core_ballot WHERE vote_id = {electorate['vote']}")
    if given != [(casts * (rounds + 1),)]:
        raise RuntimeError(f"{given} ballots are kept")
    what = "cast an open ballot over HTTP, 8 clients"
    against = "a bare Django view with the same middleware doing one INSERT"
    return [
        Figure("cast", what, "requests/s", tuple(pair.ours), Goal(at_least=0.5), against, tuple(pair.reference)),
    ]


def crowd(port: int, requests: list[bytes]) -> float:
    """Requests a second; raises unless each was taken."""
    heard = knocking.knock(port, requests, AT_ONCE)
    if heard.statuses != {303: len(requests)}:
        raise RuntimeError(f"answered {dict(heard.statuses)}")
    return heard.a_second


def tally(there: Ground) -> list[Figure]:
    """Tally up to a million ballots."""
    sizes = [1_000, 10_000, 100_000] if there.quick else [1_000, 10_000, 100_000, 1_000_000]
    ballots.give_nobodys(there, {-size: size for size in sizes})
    found = []
    for size in sizes:
        ours, bare = there.ask("tally.measure", vote=-size, rounds=5 if there.quick else 9)
        goal = Goal(at_most=1.3) if size == sizes[-1] else Goal()
        columns = tuple(ours), goal, "the bare GROUP BY", tuple(bare)
        found.append(Figure("tally", "tally the ballots", "s", *columns, size))
    ballots.forget_nobodys(there)
    return found


def close(there: Ground) -> list[Figure]:
    """Close and decide up to 100,000 open ballots; the largest beside many old votes too."""
    sizes, votes = ([1_000, 10_000], 2) if there.quick else ([1_000, 10_000, 100_000], 5)
    found: list[Figure] = []
    for size in sizes[:-1]:
        found += closing_figures(size, [close_one(there, vote) for vote in full(there, size, votes, "folkmoot")])
    return found + close_beside_old(there, sizes[-1], votes)


def close_beside_old(there: Ground, size: int, votes: int) -> list[Figure]:
    """The largest, in turn with the same in a database in which many votes were held before."""
    old, each = (10, 5_000) if there.quick else (200, 5_000)
    here, beside = full(there, size, votes, "folkmoot"), full(there, size, votes, OLD)
    ballots.hold_old_votes(there, beside[0], old, each, OLD)
    pairs = [(close_one(there, mine), close_one(there, other, OLD)) for mine, other in zip(here, beside, strict=True)]
    figures = closing_figures(size, [mine for mine, _other in pairs])
    slower = tuple(other["seconds"] for _mine, other in pairs)
    figures.append(
        Figure(
            "close",
            f"close beside {old} old votes with {old * each:,} ballots",
            "s",
            slower,
            Goal(at_most=1.2),
            "the same close without any old votes",
            tuple(mine["seconds"] for mine, _other in pairs),
            size,
        )
    )
    return figures


def full(there: Ground, size: int, votes: int, database: str) -> list[int]:
    """Votes of a body of so many, in which everybody has voted, and whose windows have passed."""
    made: list[int] = there.ask("closing.prepare", owner=True, database=database, size=size, votes=votes)
    ballots.give_all(there, made, database)
    there.ask("closing.let_pass", owner=True, database=database, votes=made)
    return made


def close_one(there: Ground, vote: int, database: str = "folkmoot") -> dict[str, float]:
    """Close one, in a process of its own."""
    taken: dict[str, float] = there.ask("closing.measure", database=database, vote=vote)
    return taken


def closing_figures(size: int, taken: list[dict[str, float]]) -> list[Figure]:
    """Time beside the floor, and what the largest is held to."""
    times, floor = tuple(each["seconds"] for each in taken), tuple(each["floor"] for each in taken)
    against = "reading each leaf in order and one SHA-256 for each"
    found = [Figure("close", "close and decide open ballots", "s", times, Goal(), against, floor, size)]
    if size == 100_000:
        more = tuple(each["peak_mb"] - each["before_mb"] for each in taken)
        peak = tuple(each["peak_mb"] for each in taken)
        found += [
            Figure("close", "close 100,000 ballots", "s", times, Goal(at_most=0.3)),
            Figure("close", "memory that closing them takes", "MB", more, Goal(at_most=100)),
            Figure("close", "most memory of that process", "MB", peak),
        ]
    return found


def confidence(there: Ground) -> list[Figure]:
    """The withdrawal that ends a mandate, and telling everybody, by the size of the body."""
    sizes, rounds = ([100, 10_000], 4) if there.quick else ([100, 1_000, 10_000], 12)
    taken, found = {}, []
    for size in sizes:
        due = there.ask("confidence.prepare", owner=True, size=size, rounds=rounds)
        taken[size] = there.ask("confidence.measure", **due)
        ours, update = tuple(taken[size]["withdrawal"]), tuple(taken[size]["update"])
        goal = Goal(at_most=3) if size == sizes[-1] else Goal()
        found.append(Figure("confidence", "the deciding withdrawal", "s", ours, goal, BARE_UPDATE, update, size))
        told, bulk = tuple(taken[size]["telling"]), tuple(taken[size]["bulk"])
        goal, against = Goal(at_most=3) if size == sizes[-1] else Goal(), "one bulk INSERT of as many rows"
        found.append(Figure("telling", "tell everybody of a revocation", "s", told, goal, against, bulk, size))
    first, last = (tuple(taken[size]["withdrawal"]) for size in (sizes[0], sizes[-1]))
    what, against = f"the deciding withdrawal, {sizes[-1]:,} members", f"the same with {sizes[0]} members"
    found.append(Figure("confidence", what, "s", last, Goal(at_most=2), against, first))
    return found


def record(there: Ground) -> list[Figure]:
    """Appending to one record by eight, and what the record costs the acts that write it."""
    rounds, length = (2, 1.0) if there.quick else (7, 3.0)
    ours, bare = there.ask("appending.lines", rounds=rounds, length=length)
    against = "one-row inserts by 8 clients of pgbench"
    found = [
        Figure(
            "record",
            "append to one record, 8 writers",
            "lines/s",
            tuple(ours),
            Goal(at_least=0.08),
            against,
            tuple(bare),
        )
    ]
    ours, bare = there.ask("appending.voices", rounds=rounds, length=length)
    what, against = "comments of 8 in one body, each a line", "the same with record() stubbed"
    found.append(Figure("record", what, "comments/s", tuple(ours), Goal(), against, tuple(bare)))
    ours, bare = there.ask("appending.votes", owner=True, rounds=rounds, voters=50)
    what = "whole votes: opened, 50 ballots, closed"
    found.append(Figure("record", what, "votes/s", tuple(ours), Goal(), against, tuple(bare)))
    return found


def pages(there: Ground) -> list[Figure]:
    """The pages of a large body beside those of a small one, and the statements of acts and pages."""
    members, proposals, rounds = (10_000, 1_000, 5) if there.quick else (10_000, 1_000, 25)
    large = there.ask("pages.prepare", owner=True, name="large", members=members, number=proposals)
    small = there.ask("pages.prepare", owner=True, name="small", members=10, number=10)
    taken, found = there.ask("pages.measure", large=large, small=small, rounds=rounds), []
    against = "the same page with 10 members and 10 proposals"
    for name, page in taken.items():
        columns = tuple(page["ours"]), Goal(at_most=1.5), against, tuple(page["reference"])
        found.append(Figure("pages", f"page {name}", "s", *columns))
        found.append(Figure("pages", f"page {name}", "statements", (page["statements"][0],), Goal(at_most=12)))
    more = max(many - few for many, few in (page["statements"] for page in taken.values()))
    found.append(Figure("pages", "statements more in the large body", "statements", (more,), Goal(at_most=0)))
    for name, act in there.ask("pages.statements", town=large).items():
        goal = Goal(at_most=10) if "ballot" in name else Goal()
        found.append(Figure("pages", name, "statements", (act["all"],), goal))
        found.append(Figure("pages", name, "transactions", (act["transactions"],), Goal(at_most=1)))
    return found


def confederation(there: Ground) -> list[Figure]:
    """A confederal decision over four levels, from the close of all councils to the result on top."""
    sizes = [100, 400] if there.quick else [2_000, 20_000]
    taken = {size: decide_together(there, size) for size in sizes}
    found = [figure for size, each in taken.items() for figure in of_a_decision(size, each, last=size == sizes[-1])]
    first, last = (1000 * taken[size]["seconds"] / size for size in (sizes[0], sizes[-1]))
    what, against = f"each council among {sizes[-1]:,}", f"each among {sizes[0]:,}"
    found.append(Figure("confederation", what, "ms", (last,), Goal(at_most=1.1), against, (first,)))
    return found


def of_a_decision(size: int, took: dict[str, float], *, last: bool) -> list[Figure]:
    """The figures of one decision of so many councils."""
    whole, each_ms = (took["seconds"],), (1000 * took["seconds"] / size,)
    beside = {"one GROUP BY over the same ballots": "grouped", "as many bare closing transactions": "bare"}
    found = [
        Figure("confederation", f"from the close to the top, {name}", "s", whole, Goal(), against, (took[name],), size)
        for against, name in beside.items()
    ]
    goal = Goal(at_most=3) if last else Goal()
    found.append(Figure("confederation", "each council of it", "ms", each_ms, goal, size=size))
    worked = (1000 * took["worked"] / size,)
    found.append(Figure("confederation", "processors' time for each council that closes", "ms", worked, size=size))
    return found + [
        Figure("confederation", what, "s", (took[name],), size=size) for what, name in BESIDE_A_DECISION.items()
    ]


MEMBERS = 50
BESIDE_A_DECISION = {
    "freezing whom it asks": "frozen",
    "the count of all levels above the councils": "levels",
    "finding what people doubt": "whom_to_count",
    "calls of 1 in 11 people, counted": "calls",
    "confidence withdrawn by 1 in 11 people, counted": "confidence",
    "all distinct people below, counted": "everybody",
}


def decide_together(there: Ground, councils: int) -> dict[str, float]:
    """Councils of 50, some to a neighbourhood, as many of those to a city, all cities in one: seeded, asked, closed."""
    say(f"  {councils:,} councils:")
    with held(there.house, "signer"):  # rows that were copied have no receipts, and would have it busy for minutes
        like = there.ask("confederating.model", owner=True, members=MEMBERS)
        base = [like["body"], *valley.streets(there, like, councils - 1)]
        top = valley.tree(there, base, 5 if there.quick else 20)
        like |= there.ask("confederating.ask", owner=True, top=top, body=like["body"])
        valley.questions(there, like, like["referral"])
        took = to_the_top(there, like["referral"])
        if took["roll"] != councils * MEMBERS:
            raise RuntimeError(f"{took['roll']} people were counted")
        valley.doubts(there, like["referral"])
        took |= there.ask("confederating.measure_clock", referral=like["referral"])
    return took | {"frozen": like["frozen_ms"] / 1000}


def to_the_top(there: Ground, referral: int) -> dict[str, float]:
    """All councils close, then level by level to the top; each step measured, what lies between is left out."""
    there.ask("confederating.pass_to", owner=True, referral=referral, level=0)
    say("  they close …")
    took: dict[str, float] = there.ask("confederating.measure_base", referral=referral)
    took["levels"] = 0.0
    for level in range(1, valley.LEVELS):
        there.ask("confederating.pass_to", owner=True, referral=referral, level=level)
        took["levels"] += there.ask("confederating.measure_level", referral=referral)
    came = there.ask("confederating.result", referral=referral)
    if came["outcome"] != "adopted":
        raise RuntimeError(f"it came to {came}")
    return took | {"seconds": took["closing"] + took["levels"], "roll": came["people"]["roll"]}


ROWS: dict[str, Callable[[Ground], list[Figure]]] = {
    "cast": cast,
    "confidence": confidence,
    "record": record,
    "pages": pages,
    "close": close,
    "tally": tally,
    "wire": wire,
    "confederation": confederation,
    "lighthouse": lighthouse,
}
"""Measured in one house, one after another."""
APART: dict[str, Callable[..., list[Figure]]] = {"rest": rest, "load": load}
"""Each in a house of its own."""
BY_HAND = {*APART, "lighthouse", "confederation"}
"""Not in a quick run."""
MISSING: dict[str, str] = {}
"""Rows of DESIGN section 13 that cannot be measured yet, and why."""
