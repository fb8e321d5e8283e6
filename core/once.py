"""The same form or call sent twice has one effect (invariant 16)."""

from core.locks import require_transaction
from core.models import DoneOnce, Person


def claim(person: Person, key: str) -> tuple[DoneOnce, bool]:
    """Take the key in the transaction of the act; False means it was done before, with `result` as its answer.

    A second sender waits here until the first has committed or failed.
    """
    require_transaction()
    return DoneOnce.objects.get_or_create(person=person, key=key[:64])


def remember(done: DoneOnce, result: str) -> None:
    """Keep the answer for whoever sends it again."""
    done.result = result
    done.save(update_fields=["result"])
