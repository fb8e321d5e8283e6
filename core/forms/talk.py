"""What is typed about the words of a proposal: other words for a passage, an answer, a summary."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from core.models import REASON_MAX, SUMMARY_MAX, Summary, Temperature
from core.rules.passages import PASSAGE_MAX


class AmendmentForm(forms.Form):
    """A passage as it stands, other words for it, and why. `seen` is the version it was read in."""

    passage = forms.CharField(
        label=_("The words as they are"),
        max_length=PASSAGE_MAX,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("You can leave only the part that you want to change. Take it over exactly."),
    )
    words = forms.CharField(
        label=_("The words you propose"),
        max_length=PASSAGE_MAX,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("They take the place of the words above, and nothing else changes. Empty: those words go."),
    )
    reason = forms.CharField(
        label=_("Why"),
        max_length=REASON_MAX,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("What would be better with your words?"),
    )
    seen = forms.IntegerField(widget=forms.HiddenInput)


class DeclineForm(forms.Form):
    """Why other words are not taken over."""

    reason = forms.CharField(
        label=_("Why not"),
        max_length=REASON_MAX,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("All members read it. The words can still come to the vote as an alternative."),
    )


class FeelForm(forms.Form):
    """How it feels."""

    feels = forms.ChoiceField(
        choices=Temperature.Feels.choices, error_messages={"required": _("Choose one of the three answers.")}
    )


class SummaryForm(forms.Form):
    """A summary of the talk, or of a long text in plain words. `seen` is the number of the one it was written from."""

    text = forms.CharField(max_length=SUMMARY_MAX, widget=forms.Textarea(attrs={"rows": 8}))
    seen = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, of: str, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["text"]
        if of == Summary.Of.TEXT:
            field.label = _("In plain words")
            field.help_text = _("What do we decide, who does it, what does it cost? As you would tell a neighbour.")
        else:
            field.label = _("Where the talk stands")
            field.help_text = _("What do we agree on, what is still open, what speaks for and against?")
