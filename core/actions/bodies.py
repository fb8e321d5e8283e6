"""Forming a body: anyone can; it decides once its founding members have adopted its charter (DESIGN section 10)."""

import secrets
from datetime import datetime

from django.db import transaction
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _

from core import record as writing
from core.actions import charters, founding, memberships
from core.locks import lock
from core.models import Adoption, Body, Charter, Person
from core.permissions.members import is_member
from core.record import record
from core.refusals import Invalid, WrongStep
from core.rules.founding import ADOPTERS_NEEDED
from core.rules.lines import one_line


@transaction.atomic
def form(
    name: str,
    content: charters.Draft,
    *,
    by: Person | None,
    at: datetime,
    kind: Body.Kind = Body.Kind.COUNCIL,
    listed: bool = True,
    host: Body | None = None,
    founders: int = ADOPTERS_NEEDED,
) -> Body:
    """Form a body with its first member and the draft of its first charter.

    A body that others found begins without members; `founders` is how many of them must adopt the charter.
    """
    name = one_line(name)
    if not name:
        raise Invalid(_("Give the body a name."))
    if kind == Body.Kind.DEFENSE and host is None:
        raise Invalid(_("A defence body is formed by a decision of the council that it answers to."))
    slug = free_slug(name) if listed else hidden_slug(name)
    body = Body.objects.create(
        kind=kind, name=name, slug=slug, listed=listed, host=host, formed_at=at, founders=founders
    )
    writing.begin(body)
    unique = secrets.token_hex(16)
    record("body.formed", body, by=None, at=at, kind=str(body.kind), body=unique, founders=founders)
    charters.draft(body, content, at=at)
    if by is not None:
        memberships.admit(body, by, at=at)
    return body


def free_slug(name: str) -> str:
    """An address for a body: its name, with a number if somebody has it already."""
    base = slugify(name)[:60] or "body"
    taken = set(Body.objects.filter(slug__startswith=base).values_list("slug", flat=True))
    return next(slug for slug in (base, *(f"{base}-{n}" for n in range(2, len(taken) + 3))) if slug not in taken)


def hidden_slug(name: str) -> str:
    """An address nobody guesses, for a body that is not listed: nor does another body of that name get a number that
    would tell of it.
    """
    return f"{slugify(name)[:50] or 'body'}-{secrets.token_hex(4)}"


@transaction.atomic
def redraft(body: Body, content: charters.Draft, *, by: Person, at: datetime) -> Charter:
    """Before adoption any member can write the charter anew; who had adopted the former draft adopts again."""
    body = lock(body)
    is_member(by, body).or_deny()
    if body.adopted_at is not None:
        raise WrongStep(_("The charter is adopted: change it by a proposal."))
    charter = charters.draft(body, content, at=at)
    record("charter.redrafted", body, by=by, at=at, charter=charter.number)
    return charter


@transaction.atomic
def adopt(charter: Charter, *, by: Person, at: datetime) -> Body:
    """A founding member adopts the first charter; once enough have, it is in force and the body decides."""
    body, membership = founding.take_founder(charter, by, at=at)
    _row, fresh = Adoption.objects.get_or_create(charter=charter, membership=membership, defaults={"at": at})
    if fresh:
        record("charter.adopted_by", body, by=by, at=at, charter=charter.number)
    return founding.begin_if_agreed(body, at=at)
