"""Locks, always in one order: memberships, body, mandates, applications, proposals, votes, roll row, record head.

(DESIGN section 8; applications are ours, mergings are taken beside them. A person, and what is about nobody but that
person, is locked after all of these or without them.)

Everything that changes shared rows takes its locks here, before it judges. Rows are locked FOR NO KEY UPDATE, so that
inserting children (comments, ballots) is never held up.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from functools import wraps
from typing import Any, ParamSpec, TypeVar

from django.db import connection, transaction
from django.db.models import Model

from core.models import (
    LABEL_LOCKS,
    VOTE_LOCKS,
    Application,
    Ballot,
    Body,
    Mandate,
    Membership,
    Person,
    Proposal,
    RollEntry,
    Stage,
    Vote,
)

# Written out, because every act pays for them: Django took as long to put a lock together as PostgreSQL to take it.
ROWS = """
    SELECT * FROM "{table}" WHERE "{table}"."{key}" = ANY(%s) ORDER BY "{table}"."{key}"
    FOR NO KEY UPDATE OF "{table}"
"""
ELECTOR = """
    SELECT "core_membership".*, roll.id AS roll_id, roll.may_block
    FROM "core_membership" JOIN core_rollentry roll ON roll.membership_id = "core_membership".id
    WHERE roll.vote_id = %s AND roll.person_id = %s FOR NO KEY UPDATE OF "core_membership"
"""
ROLL_ROW = """
    SELECT ballot.* FROM "core_rollentry" LEFT JOIN core_ballot ballot ON ballot.roll_id = "core_rollentry".id
    WHERE "core_rollentry".id = %s FOR NO KEY UPDATE OF "core_rollentry"
"""
Row = TypeVar("Row", bound=Model)
Words = ParamSpec("Words")
Answer = TypeVar("Answer")


class OutsideTransaction(RuntimeError):
    """A lock or a record line outside a transaction would protect nothing."""


def require_transaction() -> None:
    """Raise unless a transaction is open."""
    if not connection.in_atomic_block:
        raise OutsideTransaction


def in_transaction(act: Callable[Words, Answer]) -> Callable[Words, Answer]:
    """Act in the caller's transaction, or in one of its own where there is none.

    Without a savepoint, which costs two statements: for acts that write nothing before they may refuse.
    """

    @wraps(act)
    def acting(*args: Words.args, **kwargs: Words.kwargs) -> Answer:
        if connection.in_atomic_block:
            return act(*args, **kwargs)
        with transaction.atomic():
            return act(*args, **kwargs)

    return acting


def lock(row: Row) -> Row:
    """The same row, locked and read anew: judge this one, never the one the caller held."""
    model: Any = row.__class__  # not type(): request.user is a lazy stand-in for a person
    found: list[Row] = lock_all(model, [row.pk])
    if not found:
        raise model.DoesNotExist
    return found[0]


def lock_all(model: type[Row], pks: Iterable[int]) -> list[Row]:
    """Several rows of one model, in the order of their keys."""
    require_transaction()
    wanted = sorted(set(pks))
    if not wanted:
        return []
    statement = ROWS.format(table=model._meta.db_table, key=model._meta.pk.column)
    return list(model._default_manager.raw(statement, [wanted]))


def lock_elector(vote: Vote, person: Person) -> RollEntry | None:
    """A person's place on the roll of a vote, with the membership it stands for locked: one statement for both.

    Written out, because every ballot pays for it: Django took three times as long to put it together.
    """
    require_transaction()
    for membership in Membership.objects.raw(ELECTOR, [vote.pk, person.pk]):
        found: Any = membership
        return RollEntry(pk=found.roll_id, vote=vote, person=person, membership=membership, may_block=found.may_block)
    return None


def lock_roll_row(entry: RollEntry) -> Ballot | None:
    """Lock a roll row, of which nothing ever changes; the ballot on it, as it is now.

    The ballot is read with the lock and not after it: who casts holds the elector's membership by then, so that
    nobody else is writing that ballot.
    """
    require_transaction()
    found = next((ballot for ballot in Ballot.objects.raw(ROLL_ROW, [entry.pk])), None)
    return found if found is not None and found.pk is not None else None


def share_vote(vote_id: int) -> None:
    """Voters share the vote's advisory lock: they do not wait for each other, only for the closer."""
    share(VOTE_LOCKS, vote_id)


def own_vote(vote_id: int) -> None:
    """The closer, and a ballot in an open recall, have the vote to themselves. Never upgrade a shared lock."""
    own(VOTE_LOCKS, vote_id)


def own_label(membership_id: int) -> None:
    """Who forgets a label has it alone; the signer shares it while a receipt is signed with it."""
    own(LABEL_LOCKS, membership_id)


def share(kind: int, key: int) -> None:
    """Share an advisory lock of a pillar: who shares it waits only for who owns it."""
    _take("SELECT pg_advisory_xact_lock_shared(%s, %s)", kind, key)


def own(kind: int, key: int) -> None:
    """Have an advisory lock of a pillar to oneself."""
    _take("SELECT pg_advisory_xact_lock(%s, %s)", kind, key)


def _take(statement: str, kind: int, key: int) -> None:
    require_transaction()
    with connection.cursor() as cursor:
        cursor.execute(statement, [kind, key])


@dataclass(frozen=True, slots=True)
class Touched:
    """The rows an effect touches, by key. `bodies` are others than the one that decides. `standing` adds every standing
    mandate of all these bodies, read once they are locked.
    """

    memberships: frozenset[int] = field(default_factory=frozenset)
    bodies: frozenset[int] = field(default_factory=frozenset)
    mandates: frozenset[int] = field(default_factory=frozenset)
    applications: frozenset[int] = field(default_factory=frozenset)
    proposals: frozenset[int] = field(default_factory=frozenset)
    standing: bool = False


@dataclass(frozen=True, slots=True)
class Taken:
    """The locked rows, read anew, by key. `others` are all locked bodies, with the one that decides."""

    memberships: dict[int, Membership]
    body: Body
    mandates: dict[int, Mandate]
    proposals: dict[int, Proposal]
    others: dict[int, Body] = field(default_factory=dict)


def take(body_id: int, touched: Touched, *, votes: Iterable[int] = ()) -> Taken:
    """Lock all that is touched, in the one order, with the open recalls of the touched mandates and their votes."""
    return take_bodies({body_id: touched}, votes=votes)[body_id]


def take_bodies(touched: Mapping[int, Touched], *, votes: Iterable[int] = ()) -> dict[int, Taken]:
    """The same for several bodies that decide, by their keys: of each class of rows all, before the next class."""
    reach = {pk: each.bodies | {pk} for pk, each in touched.items()}
    memberships = lock_all(Membership, all_of(each.memberships for each in touched.values()))
    bodies = {row.pk: row for row in lock_all(Body, all_of(reach.values()))}
    wanted = all_of(each.mandates for each in touched.values())
    wanted |= _standing(all_of(reach[pk] for pk, each in touched.items() if each.standing))
    mandates = lock_all(Mandate, wanted)
    recalls = _open_recalls(wanted)
    lock_all(Application, all_of(each.applications for each in touched.values()))
    proposals = lock_all(Proposal, all_of(each.proposals for each in touched.values()) | recalls.keys())
    rows: list[Membership | Mandate | Proposal] = [*memberships, *mandates, *proposals]
    for row in rows:
        if row.body_id in bodies:
            row.body = bodies[row.body_id]
    for vote_id in sorted({*votes, *recalls.values()}):
        own_vote(vote_id)
    return {
        pk: Taken(
            memberships={row.pk: row for row in memberships if row.body_id in near},
            body=bodies[pk],
            mandates={row.pk: row for row in mandates if row.body_id in near},
            proposals={row.pk: row for row in proposals if row.body_id in near},
            others={key: bodies[key] for key in near},
        )
        for pk, near in reach.items()
    }


def all_of(keys: Iterable[frozenset[int]]) -> frozenset[int]:
    """All keys of several sets."""
    return frozenset().union(*keys)


def take_mandate(mandate_id: int) -> Mandate:
    """One mandate, with its open recall and that recall's vote: enough to end it."""
    require_transaction()
    mandate = Mandate.objects.select_for_update(no_key=True).get(pk=mandate_id)
    recalls = _open_recalls([mandate_id])
    lock_all(Proposal, recalls)
    for vote_id in sorted(recalls.values()):
        own_vote(vote_id)
    return mandate


def _standing(body_ids: Iterable[int]) -> frozenset[int]:
    wanted = list(body_ids)
    if not wanted:
        return frozenset()
    return frozenset(Mandate.objects.filter(body__in=wanted, ended_at__isnull=True).values_list("pk", flat=True))


def _open_recalls(mandate_ids: Iterable[int]) -> dict[int, int]:
    """Open recalls of these mandates: proposal key to vote key. Read after the mandates are locked."""
    wanted = set(mandate_ids)
    if not wanted:
        return {}
    rows = Vote.objects.open().filter(proposal__mandate__in=wanted, proposal__stage=Stage.VOTING)
    return dict(rows.values_list("proposal_id", "pk"))
