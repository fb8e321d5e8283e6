"""Published minutes as they are shown: nothing in them changes, but whoever was forgotten is not named any more.

Why the text itself stays: docs/adr/0049-names-in-published-minutes.md.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext as _

from core.models import Membership, Person
from councils.models import Addendum, Assembly
from councils.queries.minutes import get_named


@dataclass(frozen=True, slots=True)
class Added:
    """A correction below the minutes, and by whom."""

    pk: int
    author: str
    text: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Published:
    """The minutes, who published them, and what was added."""

    text: str
    published_by: str
    published_at: datetime
    addenda: list[Added]


@dataclass(frozen=True, slots=True)
class Forgotten:
    """Names that are not shown any more, as they were written, and people who are not named."""

    names: list[str]
    people: set[int]

    def hidden_in(self, text: str) -> str:
        """The text without these names; the longest first, for one may be a part of another."""
        for name in sorted(self.names, key=len, reverse=True):
            text = re.sub(rf"(?<!\w){re.escape(name)}(?!\w)", lambda _found: _("Former member"), text)
        return text

    def name_of(self, person: Person) -> str:
        """Somebody's name, if it may stand here."""
        return _("Former member") if person.pk in self.people else person.display_name


def get_published(assembly: Assembly, *, hides: bool = True) -> Published:
    """The published minutes of an assembly. One statement, if it is read with them and `hides` nobody, for nobody of
    the body was forgotten or has left; else one more; two more for minutes whose names were not kept apart.
    """
    minutes = assembly.minutes
    addenda = list(Addendum.objects.filter(minutes=minutes).select_related("author").order_by("pk"))
    forgotten = Forgotten([], set())
    if hides:
        named = minutes.named or get_named(assembly)
        forgotten = get_forgotten(assembly, named, {minutes.published_by_id, *(each.author_id for each in addenda)})
    return Published(
        text=forgotten.hidden_in(minutes.text),
        published_by=forgotten.name_of(minutes.published_by),
        published_at=minutes.published_at,
        addenda=[
            Added(each.pk, forgotten.name_of(each.author), forgotten.hidden_in(each.text), each.at) for each in addenda
        ],
    )


def get_forgotten(assembly: Assembly, named: dict[str, str], authors: Iterable[int]) -> Forgotten:
    """Who of those named in the minutes, or who wrote below them, was forgotten or has left the house.

    Somebody who came back signs what they write now with their name; what they were in the old minutes stays hidden.
    """
    back = Membership.objects.open().filter(body=assembly.body_id, person=OuterRef("person"))
    gone = not_named(assembly.body_id).filter(Q(pk__in=[int(key) for key in named]) | Q(person__in=set(authors)))
    rows = gone.annotate(is_back=Exists(back)).values_list("pk", "person", "is_back")
    return Forgotten(
        names=[named[str(pk)] for pk, _person, _back in rows if str(pk) in named],
        people={person for _pk, person, is_back in rows if not is_back},
    )


def not_named(body: Any) -> QuerySet[Membership]:
    """Memberships in a body that were forgotten, or whose person has left the house."""
    gone = Q(forgotten_at__isnull=False) | Q(person__left_at__isnull=False)
    return Membership.objects.filter(gone, body=body)
