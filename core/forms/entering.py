"""What is typed when a vote is entered for somebody: for whom, where it was taken, and what it says."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from core.forms.ballots import BallotForm
from core.forms.elections import ChoiceForm, choice_form
from core.forms.mandates import person_field
from core.forms.texts import TextsForm
from core.models import Candidacy, EnteredBallot, Person, Vote
from core.queries.alternatives import TextShown
from core.rules.choices import Choice, others, read
from core.rules.positions import POSITIONS, RANKED, Position, Rule
from core.words.entering import HELP, WAYS
from core.words.positions import LABELS

NUMBER_HELP = _("The eight digits on the paper.")
THEIR_REASON = _("Their reason, in their words")


def number_field(*, required: bool) -> forms.CharField:
    """The number of a paper."""
    words: dict[str, Any] = {"inputmode": "numeric", "autocomplete": "off", "class": "code"}
    return forms.CharField(
        label=_("Number of the paper"),
        help_text=NUMBER_HELP if required else _("Only for a paper: the eight digits on it."),
        max_length=20,
        required=required,
        widget=forms.TextInput(attrs=words),
    )


class EnterForm(forms.Form):
    """For whom, and where it was taken."""

    way = forms.ChoiceField(label=_("Where was it taken?"), widget=forms.RadioSelect)
    number = number_field(required=False)

    field_order = ("person", "way", "number")

    def __init__(self, vote: Vote, ways: Sequence[EnteredBallot.Way], by: Person, *args: Any) -> None:
        super().__init__(*args)
        electors = Person.objects.filter(pk__in=vote.roll.exclude(person=by).values("person"))
        field = person_field(electors.order_by("display_name", "pk"))
        field.label = _("Whose vote is it?")
        field.help_text = _("Somebody on the roll of this vote. They are told at once.")
        self.fields["person"] = field
        self.fields["way"].choices = [(way.value, f"{WAYS[way]}: {HELP[way]}") for way in ways]  # type: ignore[attr-defined]
        self.order_fields(self.field_order)

    def clean(self) -> dict[str, Any]:
        """A paper has its number."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if cleaned.get("way") == EnteredBallot.Way.PAPER and not cleaned.get("number"):
            self.add_error("number", _("Type the number that stands on the paper."))
        return cleaned


class HelpedForm(forms.Form):
    """Whom one helped to vote in a secret vote."""

    def __init__(self, vote: Vote, by: Person, *args: Any) -> None:
        super().__init__(*args)
        electors = Person.objects.filter(pk__in=vote.roll.exclude(person=by).values("person"))
        field = person_field(electors.order_by("display_name", "pk"))
        field.label = _("Whom did you help?")
        field.help_text = _("The record tells of it after the close, never of what was voted.")
        self.fields["person"] = field


class SaidForm(BallotForm):
    """A position, as it is read out."""

    def __init__(self, rule: str, *args: Any, **kwargs: Any) -> None:
        super().__init__(rule, *args, **kwargs)
        read_out(self, POSITIONS[Rule(rule)])
        self.fields["position"].label = _("What do they say?")


class SaidTextsForm(TextsForm):
    """Texts that are marked and a position, as they are read out."""

    missing = _("Mark too what they say if a text comes first that they did not name.")

    def __init__(self, rule: str, texts: Sequence[TextShown], *args: Any, **kwargs: Any) -> None:
        super().__init__(rule, len(texts), *args, **kwargs)
        named = [(text.value, text.in_short) for text in texts]
        marks = self.fields["marks"]
        marks.label, marks.widget = _("Which texts could they live with?"), forms.CheckboxSelectMultiple(choices=named)
        marks.help_text = _("All that they name, or none.")
        read_out(self, others(Rule(rule)))
        self.fields["position"].label = _("And if a text comes first that they did not name?")
        self.fields["position"].help_text = _("Not needed where all texts are marked.")


def read_out(form: forms.Form, offered: Sequence[Position]) -> None:
    """Positions to mark one below the other, and room for a reason."""
    labels = [(position.value, str(LABELS[position])) for position in offered]
    form.fields["position"].widget = forms.RadioSelect(choices=labels)
    form.fields["reason"].label = THEIR_REASON
    form.fields["reason"].widget.attrs["rows"] = 3


Said = SaidForm | SaidTextsForm | ChoiceForm


def said_form(
    vote: Vote, candidates: Sequence[Candidacy], texts: Sequence[TextShown], typed: QueryDict | None, **kwargs: Any
) -> Said:
    """The ballot of this vote, as somebody types it for another."""
    if vote.is_election:
        return choice_form(vote.rule in RANKED, candidates, typed, **kwargs)
    return SaidTextsForm(vote.rule, texts, typed, **kwargs) if texts else SaidForm(vote.rule, typed, **kwargs)


class ConfirmForm(forms.Form):
    """What the second member saw when they confirmed."""

    said = forms.CharField(widget=forms.HiddenInput, max_length=200)

    def clean_said(self) -> Choice:
        """The position or choice it stands for."""
        try:
            return read(self.cleaned_data["said"])
        except ValueError as problem:
            raise forms.ValidationError(_("Load the page again, then confirm.")) from problem

    @property
    def choice(self) -> Choice:
        """What was confirmed."""
        chosen: Choice = self.cleaned_data["said"]
        return chosen


class PaperNumberForm(forms.Form):
    """The number of the paper, typed by the second member who does not see what the first typed."""

    number = number_field(required=True)
