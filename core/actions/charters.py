"""Charters: drafted as the next version, brought into force by adoption."""

from dataclasses import dataclass, fields
from datetime import datetime
from typing import Any

from django.utils.translation import gettext_lazy as _

from core.models import Body, Charter
from core.queries.charters import get_charter
from core.record import Datum, record
from core.refusals import Invalid
from core.registry import Impossible
from core.rules.charter import CharterNumbers, problems
from core.rules.shares import Share

RULES_VERSION = 2
"""Goes into the record with every charter, so that old decisions are judged by the rules of their time. Since 2,
elections, recalls and removals are secret where the charter says so; before, the house could not hold secret votes.
"""


@dataclass(frozen=True, slots=True)
class Draft:
    """What a charter says: purpose, points of unity, numbers, and the template it was begun from."""

    purpose: str
    unity: str
    numbers: CharterNumbers
    template: str = ""


def draft(body: Body, content: Draft, *, at: datetime) -> Charter:
    """Write the next version, not in force. The caller has locked the body; numbers out of range are refused."""
    if not content.purpose.strip():
        raise Invalid(_("Say in a sentence or two what the body is for."))
    if problems(content.numbers):
        raise Invalid(_("A number is outside its range."))
    newest = Charter.objects.filter(body=body).order_by("-number").first()
    in_force = get_charter(body) if newest else None
    return Charter.objects.create(
        body=body,
        number=newest.number + 1 if newest else 1,
        based_on=in_force if in_force and in_force.in_force_at else None,
        template=content.template,
        purpose=content.purpose.strip(),
        unity=content.unity.strip(),
        drafted_at=at,
        **columns(content.numbers),
    )


def columns(numbers: CharterNumbers) -> dict[str, Any]:
    """The numbers as the table keeps them: a share is two integers."""
    kept: dict[str, Any] = {}
    for each in fields(numbers):
        name, value = each.name, getattr(numbers, each.name)
        if isinstance(value, Share):
            kept |= {f"{name}_num": value.num, f"{name}_den": value.den}
        else:
            kept[name] = value
    return kept


def bring_into_force(charter: Charter, *, at: datetime) -> Charter:
    """Make a drafted version the charter of its (locked) body, and put all its numbers into the record."""
    charter.in_force_at = at
    charter.save(update_fields=["in_force_at"])
    numbers: dict[str, Datum] = dict(columns(charter.numbers))
    record(
        "charter.adopted",
        charter.body,
        by=None,
        at=at,
        texts={"purpose": charter.purpose, "unity": charter.unity},
        charter=charter.number,
        rules=RULES_VERSION,
        numbers=numbers,
    )
    return charter


def change(charter: Charter, *, at: datetime) -> Charter:
    """The effect of an adopted charter change, for votes opened afterwards."""
    current = get_charter(charter.body)
    if charter.based_on_id != current.pk:
        raise Impossible(_("Another charter has come into force since this one was written."))
    return bring_into_force(charter, at=at)
