"""What is typed about proposals: it is checked for its shape here, and for everything else by the actions."""

from collections.abc import Sequence
from typing import Any, ClassVar

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from core.forms.numbers import WholeNumber
from core.models import TEXT_MAX, Person, Proposal

DAY = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
TASKS_SHOWN = 2
SUM_MAX = 2**31 - 1
"""What the column of a sum holds."""


class TextForm(forms.ModelForm[Proposal]):
    """Title and text, as every proposal has them."""

    text = forms.CharField(
        label=_("What we decide"),
        max_length=TEXT_MAX,
        widget=forms.Textarea(attrs={"rows": 12}),
        help_text=_("In plain words: what, who, when, what it costs. A blank line begins a new paragraph."),
    )

    class Meta:
        model = Proposal
        fields: ClassVar[tuple[str, ...]] = ("title",)
        help_texts = {"title": _("In one line, so that everybody knows what it is about.")}


class ReviseForm(TextForm):
    """A new version, and the number of the one it was written from."""

    seen = forms.IntegerField(widget=forms.HiddenInput)


class ProposalForm(TextForm):
    """A new decision."""

    sum = WholeNumber(label=_("What it costs"), low=0, high=SUM_MAX, required=False, initial=0)

    class Meta(TextForm.Meta):
        fields: ClassVar[tuple[str, ...]] = ("title", "review_on", "sum", "urgent")
        widgets = {"review_on": DAY}
        labels = {"urgent": _("It cannot wait")}
        help_texts = {
            **TextForm.Meta.help_texts,
            "review_on": _("On this day the body is asked whether to keep it."),
            "urgent": _("Two others must second it. Then it skips the discussion, and is confirmed afterwards."),
        }

    field_order = ("title", "text", "review_on", "sum", "urgent")

    def __init__(self, *args: Any, urgent_sum: int = 0, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.urgent_sum = urgent_sum
        self.fields["sum"].help_text = _(
            "In whole units of your money, 0 if it costs nothing. An urgent decision may spend %(sum)d."
        ) % {"sum": urgent_sum}

    def kept(self) -> "ProposalForm":
        """What was typed, without judging it yet."""
        typed = {name: self.data.get(name, "") for name in self.fields}
        return ProposalForm(initial={**typed, "urgent": "urgent" in self.data}, urgent_sum=self.urgent_sum)

    def clean_sum(self) -> int:
        """Nothing typed is nothing spent."""
        return self.cleaned_data.get("sum") or 0


class NamedField(forms.CharField):
    """A member by name, in bodies with too many members for a list."""

    def __init__(self, everybody: QuerySet[Person], **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.everybody = everybody

    def clean(self, value: Any) -> Any:
        """The one member of that name; nobody where nothing is typed."""
        name = super().clean(value)
        found = list(self.everybody.filter(display_name__iexact=name)[:2]) if name else []
        if name and len(found) != 1:
            raise forms.ValidationError(
                _("No member has exactly this name.") if not found else _("Several members have this name.")
            )
        return found[0] if found else None


class TaskForm(forms.Form):
    """A task to be done once it is adopted: what, who, by when."""

    what = forms.CharField(label=_("What"), max_length=200, required=False)
    person = forms.ModelChoiceField(
        label=_("Who"), queryset=Person.objects.none(), required=False, empty_label=_("nobody yet")
    )
    due_on = forms.DateField(label=_("By"), required=False, widget=DAY)

    def __init__(self, *args: Any, everybody: QuerySet[Person], members: Sequence[Person], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not members:
            self.fields["person"] = NamedField(everybody, label=_("Who"), required=False, max_length=60)
            return
        field: Any = self.fields["person"]
        field.queryset = everybody
        field.widget.choices = [("", field.empty_label), *((person.pk, person.display_name) for person in members)]

    def clean(self) -> dict[str, Any]:
        """A row with a person or a day says what is to be done."""
        data = super().clean() or {}
        if (data.get("person") or data.get("due_on")) and not data.get("what"):
            self.add_error("what", _("Say what is to be done."))
        return data


class OpenForm(forms.Form):
    """Opening the vote on an urgent proposal: when it shall close."""

    closes_at = forms.DateTimeField(
        label=_("Voting closes"),
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
        help_text=_("In 12 hours at the earliest, 8 of them between 8 in the morning and 10 at night."),
    )


class AppealForm(forms.Form):
    """Why a removal should be taken back."""

    text = forms.CharField(
        label=_("Why it should be taken back"), max_length=4000, widget=forms.Textarea(attrs={"rows": 5})
    )


class FinishForm(forms.Form):
    """How a task went."""

    note = forms.CharField(label=_("How it went"), max_length=300, required=False)
