"""Confidence in a mandate of a confederation, as its page shows it. While it stands, of others there is nothing
(DESIGN 3.3): what the reader has done, what bodies of the reader's have decided. Afterwards the numbers that ended it.
"""

import json
from dataclasses import dataclass
from datetime import datetime

from confederation.models import BodyWithdrawal, Referral
from confederation.queries.ratifying import Confidence, get_confidence
from confederation.queries.reach import counted_below
from core.models import LIVE, Body, Mandate, Membership, Person, RecordLine

Part = tuple[str, object, int]


@dataclass(frozen=True, slots=True)
class OwnBody:
    """A body of the reader's that is counted there: whether it has withdrawn its confidence, and is deciding on it."""

    body: Body
    withdrawn: bool
    deciding: BodyWithdrawal | None


@dataclass(frozen=True, slots=True)
class Ended:
    """By how many the mandate was ended: bodies right below, and distinct people."""

    bodies_withdrawn: int
    bodies: int
    people_withdrawn: int
    people: int


@dataclass(frozen=True, slots=True)
class ConfidenceAbove:
    """All that the page of the mandate shows of it."""

    mandate: Mandate
    in_force: bool
    own: Confidence
    bodies: list[OwnBody]
    recall: Referral | None
    ended: Ended | None


def get_confidence_above(mandate: Mandate, person: Person, *, at: datetime) -> ConfidenceAbove:
    """As this person sees it."""
    return ConfidenceAbove(
        mandate=mandate,
        in_force=mandate.is_in_force(at),
        own=get_confidence(mandate, person, at=at),
        bodies=own_bodies(mandate, person) if mandate.is_in_force(at) else [],
        recall=Referral.objects.filter(proposal__mandate=mandate, proposal__stage__in=LIVE).first(),
        ended=ended_by(mandate),
    )


def own_bodies(mandate: Mandate, person: Person) -> list[OwnBody]:
    """The reader's bodies that are counted in the confederation, by name. Two statements."""
    mine = Membership.objects.open().filter(person=person).values("body")
    bodies = list(Body.objects.filter(pk__in=mine).filter(pk__in=counted_below(mandate.body_id)).order_by("name", "pk"))
    rows = BodyWithdrawal.objects.filter(mandate=mandate, body__in=bodies).select_related("proposal")
    standing = {row.body_id for row in rows if row.at and not row.ended_at and not row.gives_back}
    deciding = {row.body_id: row for row in rows if row.proposal.is_live}
    return [OwnBody(body, body.pk in standing, deciding.get(body.pk)) for body in bodies]


def ended_by(mandate: Mandate) -> Ended | None:
    """What the record of the confederation says of its end, where confidence ended it."""
    if mandate.ending != Mandate.Ending.CONFIDENCE or mandate.ended_at is None:
        return None
    about = {"what": "mandate.ended", "line__contains": f'"mandate":{mandate.pk},'}
    lines = RecordLine.objects.filter(body=mandate.body_id, at__gte=mandate.ended_at, **about)
    said = [json.loads(line)["data"] for line in lines.values_list("line", flat=True)]
    data = next((each for each in said if each["mandate"] == mandate.pk and "withdrawn_by" in each), None)
    if data is None:
        return None
    return Ended(len(data["withdrawn_by"]), data["bodies"], data["people_withdrawn"], data["people"])
