"""What was signed, as pages and mails show it: checkpoints, receipts, the house's keys."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Exists, F, OuterRef, Subquery

from core.models import Body, Checkpoint, Person, Receipt, RecordHead, SigningKey, SigningStop


@dataclass(frozen=True, slots=True)
class Signing:
    """How a record stands with the signer: its newest checkpoint, the lines after it, and whether it is refused."""

    checkpoint: Checkpoint | None
    waiting: int
    stop: SigningStop | None


def get_signing(body: Body) -> Signing:
    """One statement; another one where the record is not signed any more, or not yet."""
    lines = RecordHead.objects.filter(pk=OuterRef("body")).values("seq")
    stops = SigningStop.objects.standing().filter(body=body)
    newest = Checkpoint.objects.of(body).annotate(waiting=Subquery(lines) - F("size"), stopped=Exists(stops))
    checkpoint = newest.first()
    stop = stops.order_by("at").first() if getattr(checkpoint, "stopped", True) else None
    return Signing(checkpoint, getattr(checkpoint, "waiting", 0), stop)


def get_newest_checkpoints(bodies: Iterable[int]) -> list[Checkpoint]:
    """The newest checkpoint of each of these bodies, by the name of the body. One statement."""
    newest = Checkpoint.objects.filter(body__in=set(bodies)).order_by("body", "-size").distinct("body")
    return sorted(newest.select_related("body"), key=lambda each: each.body.name)


def get_receipt(vote_id: int, person: Person) -> Receipt | None:
    """One's own receipt in a vote, for the ballot as it stood last when it was signed; nothing where there is none, no
    such vote or none that concerns the person: nobody learns which.
    """
    own = Receipt.objects.filter(ballot__vote=vote_id, ballot__roll__person=person)
    return own.order_by("-change_no").first()


def get_house_keys() -> list[SigningKey]:
    """All keys of this house, the one that signs now first."""
    return list(SigningKey.objects.order_by("-pk"))
