"""The record of a body as its members read it."""

import json
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import Case, Q, When
from django.utils.translation import gettext as _

from core.models import Body, Mandate, Membership, Person, Proposal, RecordLine
from core.record import FORGOTTEN
from core.rules import chain
from core.words import records

PAGE = 50
NAMED_UP_TO = 500
"""In larger bodies working out everybody's label takes longer than a page may."""


@dataclass(frozen=True, slots=True)
class Line:
    """One line in plain words, and the address of the page it is about; none for some lines."""

    seq: int
    at: datetime
    said: str
    address: str


@dataclass(frozen=True, slots=True)
class Record:
    """One page of a record."""

    page: Page[RecordLine]
    lines: list[Line]


class _Whole(Paginator[RecordLine]):
    """The pages of a whole record: lines are numbered without a gap, so the last number is how many there are."""

    def __init__(self, body: Body) -> None:
        super().__init__(RecordLine.objects.filter(body=body).order_by("-seq"), PAGE)
        self.count = body.record_head.seq


def get_record(body: Body, person: Person, *, group: str, page: str | None) -> Record:
    """Newest first. Four statements when the body comes with its `record_head`, five for one group of lines."""
    rows = (_of_group(body, group) if group in records.GROUPS else _Whole(body)).get_page(page)
    parsed = [(row, json.loads(row.line)["data"]) for row in rows]
    return Record(page=rows, lines=_told(parsed, body, person))


def tell_rows(rows: list[RecordLine], body: Body, person: Person) -> list[Line]:
    """These lines in plain words, for whoever may read the record."""
    return _told([(row, json.loads(row.line)["data"]) for row in rows], body, person)


def _of_group(body: Body, group: str) -> Paginator[RecordLine]:
    starts = Q()
    for start in records.GROUPS[group][1]:
        starts |= Q(what__startswith=start)
    return Paginator(RecordLine.objects.filter(starts, body=body).order_by("-seq"), PAGE)


def _told(parsed: list[tuple[RecordLine, dict[str, Any]]], body: Body, person: Person) -> list[Line]:
    about = [data for _row, data in parsed]
    proposals = Proposal.objects.filter(body=body).in_bulk({each["proposal"] for each in about if "proposal" in each})
    mandates = Mandate.objects.filter(body=body).in_bulk({each["mandate"] for each in about if "mandate" in each})
    names = _names(body, person)
    return [
        _line(row, data, proposals.get(data.get("proposal", 0)), mandates.get(data.get("mandate", 0)), names)
        for row, data in parsed
    ]


def _names(body: Body, person: Person) -> dict[str, str]:
    """Names by label. The record has none: they are worked out from the members' keys while these exist."""
    members = Membership.objects.filter(body=body).order_by(Case(When(person=person, then=0), default=1), "pk")
    rows = list(members.values_list("label_key", "person", "person__display_name")[: NAMED_UP_TO + 1])
    if len(rows) > NAMED_UP_TO:
        rows = [row for row in rows if row[1] == person.pk]
    return {
        chain.label(bytes(key)): _("%(name)s (you)") % {"name": name} if pk == person.pk else name
        for key, pk, name in rows
        if key is not None
    }


def _line(
    row: RecordLine, data: dict[str, Any], proposal: Proposal | None, mandate: Mandate | None, names: dict[str, str]
) -> Line:
    said = records.tell_line(
        row.what,
        data,
        who=_who(row.who, names),
        title=proposal.title if proposal else "",
        mandate=mandate.title if mandate else "",
    )
    about = proposal or mandate
    return Line(row.seq, row.at, said, about.get_absolute_url() if about is not None else "")


def _who(label: str, names: dict[str, str]) -> str:
    if not label:
        return ""
    if label == FORGOTTEN:
        return _("Somebody who was forgotten")
    return names.get(label) or _("Member %(label)s") % {"label": label[:6]}
