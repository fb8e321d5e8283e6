"""A ballot among several texts: those one could live with, and what one says if another comes first."""

from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from core.refusals import Sentence
from core.rules.choices import Marked, others
from core.rules.positions import Position, Rule
from core.words.positions import LABELS


class TextsForm(forms.Form):
    """Marks and a position, with the vote they were shown for. Who marks all texts needs no position."""

    missing: ClassVar[Sentence] = _("Say too what you say if a text comes first that you did not mark.")

    vote = forms.IntegerField(widget=forms.HiddenInput)
    marks = forms.TypedMultipleChoiceField(coerce=int, required=False)
    position = forms.ChoiceField(required=False)
    reason = forms.CharField(label=_("Why"), max_length=2000, required=False, widget=forms.Textarea)

    def __init__(self, rule: str, texts: int, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.texts = texts
        marks, position = self.fields["marks"], self.fields["position"]
        assert isinstance(marks, forms.ChoiceField)  # noqa: S101  (for the type checker)
        assert isinstance(position, forms.ChoiceField)  # noqa: S101
        marks.choices = [(str(number), str(number)) for number in range(1, texts + 1)]
        position.choices = [(each.value, str(LABELS[each])) for each in others(Rule(rule))]

    def clean(self) -> dict[str, Any]:
        """A position for the case that a text comes first that was not marked."""
        data = super().clean() or {}
        if len(data.get("marks", [])) < self.texts and not data.get("position") and "position" not in self.errors:
            self.add_error("position", str(self.missing))
        return data

    @property
    def typed(self) -> list[str]:
        """The marks as they were sent."""
        data: Any = self.data
        return list(data.getlist("marks"))

    @property
    def choice(self) -> Marked:
        """What was marked and said."""
        position = self.cleaned_data["position"] or Position.ABSTAIN.value  # where all are marked it is never asked
        return Marked(position, tuple(sorted(set(self.cleaned_data["marks"]))))
