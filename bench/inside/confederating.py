"""A confederal decision, from the close of all councils to the result on top; nothing else is going on."""

import multiprocessing
import os
from collections.abc import Callable, Iterable
from datetime import timedelta
from multiprocessing.pool import Pool

from django.db import connection, connections, transaction

from bench.inside.clock import parent_of, seconds, worked
from confederation.actions import asking, confidence, levels, positions, ratifying, referring
from confederation.clock import BATCH, batches
from confederation.models import Confederation, Referral, Station
from confederation.queries.ratifying import get_called, get_lost
from confederation.queries.reach import people_below
from core.actions.closing import close
from core.actions.settling import each, open_by_clock
from core.models import Accord, Body, Mandate, Vote
from core.timekeeping import folkmoot_now
from faults.town import move
from faults.valley import form, question, street

WORKERS = 2
GROUPED = """
    SELECT b.position, count(*) FROM core_ballot b JOIN core_vote v ON v.id = b.vote_id
    JOIN confederation_station s ON s.proposal_id = v.proposal_id WHERE s.referral_id = %s GROUP BY b.position
"""
BARE = """
    UPDATE bench_bare_vote SET tally = (
        SELECT jsonb_object_agg(position, number) FROM (
            SELECT position, count(*) AS number FROM core_ballot WHERE vote_id = %(vote)s GROUP BY position
        ) AS counted
    ) WHERE id = %(vote)s
"""


def model(members: int) -> dict[str, int]:
    """The one council that all others are copies of."""
    body = street("Model", members)
    return {"body": body.pk, "charter": body.charters.get().pk, "members": members}


def confederations(number: int) -> dict[str, object]:
    """So many confederations without anybody in them, and the accord that their seats name."""
    at, made = folkmoot_now(), []
    with transaction.atomic():
        lead = Body.objects.filter(kind=Body.Kind.COUNCIL).order_by("pk")[0]
        for n in range(number):
            body = form(f"Valley {n}", Body.Kind.CONFEDERATION, at)
            body.charters.update(in_force_at=at)
            accord = Accord.objects.create(
                kind="confederate", lead=lead, title="Valley", text="Let us.", begun_at=at, fell_at=at, why="time"
            )
            Confederation.objects.create(body=body, accord=accord, of_kind=Body.Kind.COUNCIL)
            made.append(body.pk)
    return {"keys": made, "accord": accord.pk}


def ask(top: int, body: int) -> dict[str, int]:
    """Put a question before the one on top: all below are frozen; the model is asked, and votes."""
    proposal = question(Body.objects.get(pk=top))
    took = seconds(lambda: referring.begin(proposal.pk))
    referral = Referral.objects.get(proposal=proposal)
    asking.ask(Station.objects.get(referral=referral, body=body).pk)
    move(8)
    home = Station.objects.get(referral=referral, body=body).proposal
    if home is None or not open_by_clock(home.pk):
        raise RuntimeError("its vote did not open")
    frozen_ms = round(took * 1000)
    return {"referral": referral.pk, "proposal": home.pk, "vote": home.votes.get().pk, "frozen_ms": frozen_ms}


def pass_to(referral: int, level: int) -> None:
    """The time at which a level closes has come."""
    closes = Station.objects.filter(referral=referral, level=level).values_list("closes_at", flat=True)[0]
    move((closes - folkmoot_now() + timedelta(seconds=1)) / timedelta(days=1))


def shared_out(act: Callable[[list[int]], None], keys: Iterable[int]) -> tuple[float, float]:
    """How long two workers take, 200 keys a task; and how long processors work for it, theirs and the database's."""
    tasks, parents = list(batches(keys)), [os.getpid(), database()]
    connections.close_all()  # a connection must not be shared by forks
    with multiprocessing.get_context("fork").Pool(WORKERS, initializer=connection.ensure_connection) as workers:
        workers.map(ready, range(WORKERS), chunksize=1)
        before = worked(parents)
        took = seconds(lambda: spread(workers, act, tasks))
        return took, worked(parents) - before


def database() -> int:
    """The process that started all those of the database."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        return parent_of(cursor.fetchone()[0])


def spread(workers: Pool, act: Callable[[list[int]], None], tasks: list[list[int]]) -> None:
    """Each takes the next task when it has done one."""
    for _done in workers.imap_unordered(act, tasks):
        pass


def ready(_place: int) -> None:
    """A worker that has spoken to the database before."""
    folkmoot_now()


def close_some(keys: list[int]) -> None:
    """One task: votes of councils, each in a transaction of its own."""
    done = each("vote", close, keys)
    if done != len(keys):
        raise RuntimeError(f"{done} of {len(keys)} were closed")


def count_some(keys: list[int]) -> None:
    """One task: confederations, each in a transaction of its own."""
    each("level", levels.count, keys)


def bare_some(keys: list[int]) -> None:
    """The same number of transactions that count and keep the count, and do nothing else."""
    for key in keys:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(BARE, {"vote": key})


def group(referral: int) -> float:
    """One GROUP BY over all ballots, the better of two."""
    with connection.cursor() as cursor:
        return min(seconds(lambda: cursor.execute(GROUPED, [referral]) and cursor.fetchall()) for _time in range(2))


def measure_base(referral: int) -> dict[str, float]:
    """All councils close; beside it the bare machine."""
    stations = Station.objects.filter(referral=referral, level=0)
    votes = list(Vote.objects.filter(proposal__station__in=stations).order_by("pk").values_list("pk", flat=True))
    grouped, (bare, bare_worked) = group(referral), shared_out(bare_some, votes)
    due = list(positions.to_close(folkmoot_now()))
    closing, closing_worked = shared_out(close_some, due)
    times = {"closing": closing, "worked": closing_worked, "grouped": grouped, "bare": bare, "bare_worked": bare_worked}
    return times | {"councils": len(due)}


def measure_level(referral: int) -> float:
    """All confederations count whose time has come."""
    due = list(levels.to_count(folkmoot_now()))
    return shared_out(count_some, due)[0] if due else 0.0


def result(referral: int) -> dict[str, object]:
    """What came of it."""
    row = Referral.objects.get(pk=referral)
    top = Station.objects.get(referral=referral, above=None)
    return {"outcome": row.outcome, "people": top.people, "bodies": top.tally, "batch": BATCH}


def measure_clock(referral: int) -> dict[str, float]:
    """What the clock counts again and again while people doubt (`valley.doubts`); each the best of three."""
    at, row = folkmoot_now(), Referral.objects.select_related("proposal").get(pk=referral)
    mandate = Mandate.objects.get(granted_by=row.proposal_id)
    seen = referral in ratifying.called(at) and mandate.pk in confidence.doubted(at)
    if not seen or not get_called(row).people_calling or not get_lost(mandate).people_withdrawn:
        raise RuntimeError("the clock does not see who doubts")
    return {
        "whom_to_count": best(lambda: (list(ratifying.called(at)), list(confidence.doubted(at)))),
        "calls": best(lambda: refuse(ratifying.called_down(referral))),
        "confidence": best(lambda: refuse(confidence.end_if_lost(mandate.pk))),
        "everybody": best(lambda: people_below(row.proposal.body_id)),
    }


def best(act: Callable[[], object]) -> float:
    """The shortest of three."""
    return min(seconds(act) for _time in range(3))


def refuse(done: object) -> None:
    """One in eleven is too few."""
    if done:
        raise RuntimeError("so few were enough")
