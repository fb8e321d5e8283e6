"""What is typed about bodies that a proposal affects."""

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from core.models import REASON_MAX, TEXT_MAX, Affected, Body


class NameForm(forms.Form):
    """Which body, and how it is affected."""

    body = forms.ModelChoiceField(label=_("Which body?"), queryset=Body.objects.none())
    why = forms.CharField(
        label=_("How does it affect them?"),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("They read it, with the title and the text of the proposal."),
    )

    def __init__(self, bodies: QuerySet[Body], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["body"]
        assert isinstance(field, forms.ModelChoiceField)  # noqa: S101  (for the type checker)
        field.queryset = bodies


class AskForm(forms.Form):
    """Why a body should ask to decide together."""

    text = forms.CharField(
        label=_("Why should we ask?"),
        max_length=TEXT_MAX,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text=_("Your body decides whether to ask. If it does, the author of the proposal has to answer."),
    )


class AnswerForm(forms.Form):
    """Yes or no, and why."""

    answer = forms.ChoiceField(
        label=_("Your answer"),
        choices=[
            (Affected.Answer.AGREED.value, _("Yes, we decide it together")),
            (Affected.Answer.REFUSED.value, _("No, we decide it ourselves")),
        ],
        widget=forms.RadioSelect,
    )
    words = forms.CharField(
        label=_("Why, and how"),
        max_length=REASON_MAX,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("Both bodies read it, and it stands in the record."),
    )
