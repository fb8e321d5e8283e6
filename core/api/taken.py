"""What the API takes: the shape of input. It validates and never saves."""

import re
from collections.abc import Mapping
from typing import Any, ClassVar

from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from core.models import SEATS_AT_MOST, TEXT_MAX, WORDS_MAX, Body, EnteredBallot
from core.registry import kinds_as_written
from core.rules.alternatives import OTHER_TEXTS_AT_MOST
from core.rules.choices import CANDIDATES_AT_MOST
from core.rules.entering import PAPERS_AT_ONCE
from core.rules.passages import PASSAGE_MAX
from core.rules.positions import Position


class Shape(serializers.Serializer[Any]):
    """Takes each field in its own JSON type only: no text for a number, no number for a text.

    Of the fields named in `either` exactly one is given; the schema says so too (core.api.describing).
    """

    either: ClassVar[tuple[str, ...]] = ()

    def to_internal_value(self, data: Any) -> dict[str, Any]:
        """The validated input."""
        given = data if isinstance(data, Mapping) else {}
        wrong = {name: [WRONG_TYPE] for name, field in self.fields.items() if not fits(field, given.get(name))}
        if wrong:
            raise serializers.ValidationError(wrong)
        taken: dict[str, Any] = super().to_internal_value(data)
        return taken


def fits(field: serializers.Field[Any, Any, Any, Any], value: Any) -> bool:
    """Whether a value comes in the field's own JSON type; whether it may be missing is the field's own affair.

    Half a sign (a lone surrogate) is no text: nothing could be answered or stored with it.
    """
    if isinstance(value, str) and HALF_A_SIGN.search(value):
        return False
    kind = next((kind for fields, kind in JSON_TYPES if isinstance(field, fields)), None)
    whole = kind is int and type(value) is float and value.is_integer()  # in JSON 14.0 is an integer too
    return value is None or kind is None or type(value) is kind or whole


HALF_A_SIGN = re.compile("[\ud800-\udfff]")
WRONG_TYPE = _("This has another type than the schema says.")
JSON_TYPES: tuple[tuple[tuple[type, ...], type], ...] = (
    ((serializers.BooleanField,), bool),
    ((serializers.IntegerField,), int),
    ((serializers.ListField,), list),
    ((serializers.CharField, serializers.ChoiceField, serializers.DateField, serializers.DateTimeField), str),
)


class Nothing(Shape):
    """An act that needs no more words."""


@extend_schema_field({"type": ["string", "null"], "format": "date", "pattern": r"^\d{4}-\d{2}-\d{2}$"})
class DayField(serializers.DateField):
    """A day as 2027-01-31."""


class TodoTaken(Shape):
    """A task: what, who (a person's id), by when."""

    what = serializers.CharField(max_length=200)
    person = serializers.IntegerField(required=False, allow_null=True)
    due_on = DayField(required=False, allow_null=True)


class OfferTaken(Shape):
    """The mandate that a proposal of kind `mandate` would grant."""

    person = serializers.IntegerField()
    task = serializers.CharField(max_length=4000)
    limits = serializers.CharField(max_length=2000)
    term_days = serializers.IntegerField(min_value=1, max_value=730)
    report_days = serializers.IntegerField(min_value=7, max_value=365, required=False, allow_null=True)


class ElectionTaken(Shape):
    """What a proposal of kind `election` fills, and how it is counted: by approval, or `ranked`."""

    task = serializers.CharField(max_length=4000)
    limits = serializers.CharField(max_length=2000)
    term_days = serializers.IntegerField(min_value=1, max_value=730)
    report_days = serializers.IntegerField(min_value=7, max_value=365, required=False, allow_null=True)
    seats = serializers.IntegerField(min_value=1, max_value=SEATS_AT_MOST, default=1)
    ranked = serializers.BooleanField(default=False)


class ProposalTaken(Shape):
    """A new proposal. It is an idea until it is put up, unless `put_up` is true."""

    kind = serializers.ChoiceField(choices=["decision", "mandate", "election", "removal"], default="decision")
    title = serializers.CharField(max_length=120)
    text = serializers.CharField(max_length=TEXT_MAX)
    urgent = serializers.BooleanField(default=False)
    sum = serializers.IntegerField(min_value=0, max_value=2**31 - 1, default=0)
    review_on = DayField(required=False, allow_null=True)
    replaces = serializers.IntegerField(required=False, allow_null=True)
    tasks = TodoTaken(many=True, required=False)
    offer = OfferTaken(required=False, allow_null=True)
    election = ElectionTaken(required=False, allow_null=True)
    member = serializers.IntegerField(required=False, allow_null=True, help_text="The membership, for a removal.")
    put_up = serializers.BooleanField(default=True)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        kind = self.fields["kind"]
        kind.choices = [*kind.choices, *(each.name for each in kinds_as_written())]  # type: ignore[attr-defined]


class RevisionTaken(Shape):
    """A new version, written from version `seen`."""

    title = serializers.CharField(max_length=120)
    text = serializers.CharField(max_length=TEXT_MAX)
    seen = serializers.IntegerField(min_value=1)


class OpeningTaken(Shape):
    """Opening a vote; `closes_at` only for urgent ones."""

    closes_at = serializers.DateTimeField(required=False, allow_null=True)


POSITIONS_TAKEN = [position.value for position in Position if position not in (Position.CHOSEN, Position.STRUCK)]


class SaidTaken(Shape):
    """What a ballot says in the vote that was seen: a position, in elections a choice instead."""

    either = ("position", "choice")

    vote = serializers.IntegerField(help_text="The id of the vote you saw.")
    position = serializers.ChoiceField(choices=POSITIONS_TAKEN, required=False)
    choice = serializers.ListField(
        child=serializers.IntegerField(min_value=0, max_value=CANDIDATES_AT_MOST),
        required=False,
        max_length=CANDIDATES_AT_MOST + 1,
        help_text="Numbers of candidates: with approval in ascending order, ranked with the best first; 0 is none of "
        "these.",
    )
    marks = serializers.ListField(
        child=serializers.IntegerField(min_value=1, max_value=OTHER_TEXTS_AT_MOST + 1),
        required=False,
        max_length=OTHER_TEXTS_AT_MOST + 1,
        help_text="In a vote between several texts, beside the position: all texts you could live with, in ascending "
        "order. The position is what you say if another text comes first.",
    )

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        """A position or a choice, not both; marks only beside a position."""
        if sum(name in attrs for name in self.either) != 1 or ("marks" in attrs and "choice" in attrs):
            raise serializers.ValidationError(_("Give a position or, in an election, a choice."))
        return attrs


class EnteredTaken(SaidTaken):
    """A vote written down for somebody: whose, where it was taken, and what it says."""

    person = serializers.IntegerField(help_text="The id of the person whose vote it is.")
    way = serializers.ChoiceField(choices=EnteredBallot.Way.choices)
    reason = serializers.CharField(max_length=2000, required=False, allow_blank=True, default="")
    number = serializers.CharField(
        max_length=20, required=False, allow_blank=True, default="", help_text="The number of the paper, if it is one."
    )


class ConfirmTaken(SaidTaken):
    """What the second member says: the same as the first, or it is not taken."""

    number = serializers.CharField(max_length=20, required=False, allow_blank=True, default="")


class PapersTaken(Shape):
    """How many paper ballots."""

    count = serializers.IntegerField(min_value=1, max_value=PAPERS_AT_ONCE)


class BallotTaken(SaidTaken):
    """An open ballot: a position, in elections a choice instead."""

    reason = serializers.CharField(max_length=2000, required=False, allow_blank=True, default="")


class StandTaken(Shape):
    """A few words of a candidate."""

    words = serializers.CharField(max_length=WORDS_MAX, required=False, allow_blank=True, default="")


class CandidateTaken(Shape):
    """Whom to ask: a person's id."""

    person = serializers.IntegerField()


class SecretBallotTaken(SaidTaken):
    """A ballot in a secret vote, with a code of 20 letters and digits that you made."""

    code = serializers.CharField(
        max_length=60,
        required=False,
        allow_blank=True,
        default="",
        help_text="100 random bits in Crockford's base32. The same code again changes the same ballot.",
    )


class WordsTaken(Shape):
    """Some words: a reply, a report, a reason."""

    text = serializers.CharField(max_length=8000)


class CommentTaken(Shape):
    """A comment, the answer to one, or a comment on a passage of a version."""

    text = serializers.CharField(max_length=4000)
    parent = serializers.IntegerField(required=False, allow_null=True)  # type: ignore[assignment]
    version = serializers.IntegerField(required=False, allow_null=True, help_text="In which the passage stands.")
    passage = serializers.CharField(max_length=PASSAGE_MAX, required=False, help_text="Some words of that version.")


class NoteTaken(Shape):
    """How a task went."""

    note = serializers.CharField(max_length=300, required=False, allow_blank=True, default="")


class InvitationTaken(Shape):
    """An invitation: for whom, for how many, for how many days."""

    note = serializers.CharField(max_length=80, required=False, allow_blank=True, default="")
    uses = serializers.IntegerField(min_value=1, max_value=200, default=1)
    days = serializers.IntegerField(min_value=1, max_value=90, default=14)


class ApplicationTaken(Shape):
    """Asking to join, with a few words."""

    words = serializers.CharField(max_length=1000, required=False, allow_blank=True, default="")


class BodyTaken(Shape):
    """A new body, with a charter from a template."""

    name = serializers.CharField(max_length=80)
    kind = serializers.ChoiceField(choices=Body.Kind.choices, default=Body.Kind.COUNCIL)
    listed = serializers.BooleanField(default=True)
    purpose = serializers.CharField(max_length=4000)
    unity = serializers.CharField(max_length=8000, required=False, allow_blank=True, default="")
    template = serializers.CharField(max_length=20, required=False, default="small")


class MeTaken(Shape):
    """One's own settings."""

    NAMES: ClassVar = ("display_name", "language", "mail", "theme")

    display_name = serializers.CharField(max_length=60, required=False)
    language = serializers.ChoiceField(choices=["en", "es"], required=False)
    mail = serializers.ChoiceField(choices=["each", "digest", "none"], required=False)
    theme = serializers.ChoiceField(choices=["system", "light", "dark"], required=False)
