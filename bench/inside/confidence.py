"""The withdrawal of confidence that ends a mandate, beside one UPDATE in one transaction; and telling all of it."""

from django.db import connection, transaction

from bench.figures import in_turn
from bench.inside import towns
from bench.inside.clock import seconds
from core.actions import confidence
from core.models import Cause, Mandate, Notice, Person
from core.notices.fanning import fan_out
from core.timekeeping import folkmoot_now

WITHDRAWN = """
    INSERT INTO core_withdrawal (mandate_id, membership_id, nonce)
    SELECT %(mandate)s, m.id, decode(md5(m.id::text) || md5('nonce' || m.id::text), 'hex')
    FROM core_membership m WHERE m.body_id = %(body)s AND m.ended_at IS NULL AND m.person_id <> %(last)s
    ORDER BY m.id LIMIT %(number)s
"""
BULK = """
    INSERT INTO core_notice (cause_id, person_id, at, mail)
    SELECT %s, person, clock_timestamp(), '' FROM unnest(%s::bigint[]) AS person
"""


def prepare(size: int, rounds: int) -> dict[str, list[int]]:
    """So many mandates of one body, each one withdrawal from its end; and who withdraws."""
    body, people = towns.town(f"trust{size}", size)
    last, made = people[9], []
    for n in range(rounds):
        mandate = towns.grant(body, people[n % 9], people[1], f"Task {n}")
        with connection.cursor() as cursor:
            numbers = {"mandate": mandate.pk, "body": body.pk, "last": last.pk, "number": size // 2}
            cursor.execute(WITHDRAWN, numbers)
        made.append(mandate.pk)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE core_withdrawal")
    return {"mandates": made, "last": [last.pk]}


def measure(mandates: list[int], last: list[int]) -> dict[str, list[float]]:
    """The seconds of each deciding withdrawal and of one UPDATE; then of telling all, and of one bulk INSERT."""
    by, due = Person.objects.get(pk=last[0]), [Mandate.objects.get(pk=pk) for pk in mandates]
    ended = iter(due)

    def decide() -> float:
        mandate = next(ended)
        took = seconds(lambda: confidence.withdraw(mandate, by=by))
        if Mandate.objects.get(pk=mandate.pk).ending != Mandate.Ending.CONFIDENCE:
            raise RuntimeError("the mandate has not ended")
        return took

    pair = in_turn(len(due) - 1, decide, lambda: seconds(lambda: update(by)))
    told = telling(due)
    return {"withdrawal": pair.ours, "update": pair.reference, "telling": told[0], "bulk": told[1]}


def update(person: Person) -> None:
    """One UPDATE in one transaction."""
    with transaction.atomic():
        Person.objects.filter(pk=person.pk).update(theme="")


def telling(due: list[Mandate]) -> tuple[list[float], list[float]]:
    """The notices of each ending, beside the same rows written ready-made."""
    causes = iter(Cause.objects.filter(what=Cause.What.MANDATE_ENDED, mandate__in=due).values_list("pk", flat=True))
    body = due[0].body
    told = list(body.memberships.open().values_list("person", flat=True))
    number = iter(range(len(due)))

    def tell() -> float:
        cause = next(causes)
        took = seconds(lambda: fan_out(cause))
        if Notice.objects.filter(cause=cause).count() != len(told):
            raise RuntimeError("not everybody was told")
        return took

    def bulk() -> float:
        key = f"bench:{body.pk}:{next(number)}"
        cause = Cause.objects.create(key=key, what=Cause.What.MANDATE_ENDED, body=body, at=folkmoot_now())
        with connection.cursor() as cursor:
            return seconds(lambda: cursor.execute(BULK, [cause.pk, told]))

    pair = in_turn(len(due) - 1, tell, bulk)
    return pair.ours, pair.reference
