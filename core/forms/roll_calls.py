"""Votes of many people typed on one page: a row for each, with the ballot of this vote."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.http import QueryDict

from core.forms.entering import Said, said_form
from core.models import Candidacy, EnteredBallot, Person, Vote
from core.queries.alternatives import TextShown
from core.refusals import Sentence
from core.rules.entering import people_at_once
from core.rules.positions import POSITIONS, Rule

BIGINT_DIGITS = 19


@dataclass(frozen=True, slots=True)
class Blank:
    """An empty ballot: what every ballot of a vote offers, read once for all rows."""

    vote: Vote
    candidates: Sequence[Candidacy]
    texts: Sequence[TextShown]

    @property
    def rows_at_once(self) -> int:
        """How many rows fit on one page."""
        rule = Rule(self.vote.rule)
        boxes = len(self.candidates) + 1 if self.vote.is_election else len(self.texts) + len(POSITIONS[rule])
        return people_at_once(boxes)


class Row:
    """One person's row: the ballot as it is typed, what stands beside it, and why it was not taken.

    `key` names the row in what is sent: the person's, or that of what was written down for them.
    """

    def __init__(
        self, blank: Blank, person: Person, key: int, typed: QueryDict | None, *, written: EnteredBallot | None = None
    ) -> None:
        self.person, self.key, self.written = person, key, written
        self.form: Said = said_form(blank.vote, blank.candidates, blank.texts, typed, prefix=f"row{key}")
        del self.form.fields["vote"]  # it stands once on the page
        if written is not None:
            self.form.fields.pop("reason", None)  # the second member says what is voted, not why
        self.refusal: Sentence = ""
        self.aside: Sentence = ""

    @property
    def is_typed(self) -> bool:
        """Whether anything was typed or marked in it."""
        sent: Any = self.form.data
        boxes = (sent.getlist(self.form.add_prefix(name)) for name in self.form.fields)
        return self.form.is_bound and any(value.strip() for values in boxes for value in values)

    @property
    def is_short(self) -> bool:
        """Whether one of a few positions is all that it asks."""
        return "position" in self.form.fields and "marks" not in self.form.fields

    @property
    def position(self) -> forms.BoundField:
        """The positions to choose from."""
        return self.form["position"]

    @property
    def chosen(self) -> str:
        """The position that is marked."""
        return str(self.position.value() or "")

    @property
    def reason(self) -> forms.BoundField | None:
        """Room for a reason, where there is one."""
        return self.form["reason"] if "reason" in self.form.fields else None


class SeenForm(forms.Form):
    """The vote that the page was shown for."""

    vote = forms.IntegerField(widget=forms.HiddenInput)


def keys_of(sent: QueryDict, name: str = "row") -> list[int]:
    """The keys of rows that were sent; whatever is none is left out."""
    return [int(key) for key in sent.getlist(name) if key.isascii() and key.isdecimal() and len(key) < BIGINT_DIGITS]
