"""What people type in a case. Nothing that keeps words of a form knows the names of these fields (docs/sealed.md)."""

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from core.forms.mandates import CHOOSE_AMONG, MemberByName
from core.models import Mandate, Person
from core.registry import CaseOutcome
from core.rules.cases import WORDS_MAX


def long_text(label: Any, help_text: Any, rows: int = 8) -> forms.CharField:
    """A field for many words."""
    return forms.CharField(
        label=label, help_text=help_text, max_length=WORDS_MAX, widget=forms.Textarea(attrs={"rows": rows})
    )


class CaseForm(forms.Form):
    """A complaint: about whom, what happened, who else has to do with it. Only members are shown who is one."""

    subject = forms.Field(label=_("About whom?"))
    said = long_text(
        _("What happened?"),
        _("When, where, who was there, and what you would like. Sealed: only the other side and the panel read it."),
    )
    named = forms.CharField(
        label=_("Who else has to do with it?"),
        help_text=_("Witnesses, who lives with one of you. A name on each line. They are not drawn for the panel."),
        max_length=2000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(
        self, members: QuerySet[Person], bench: QuerySet[Person], *args: Any, inside: bool, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.bench = bench
        label = self.fields["subject"].label
        if inside and len(members.values_list("pk")[: CHOOSE_AMONG + 1]) <= CHOOSE_AMONG:
            self.fields["subject"] = forms.ModelChoiceField(members, label=label, empty_label=_("Choose a member"))
        else:
            self.fields["subject"] = MemberByName(members, label=label)

    def clean_named(self) -> list[Person]:
        """Each line is the name of one who could be drawn."""
        by_name = MemberByName(self.bench)
        lines = [line.strip() for line in self.cleaned_data["named"].splitlines() if line.strip()]
        return [by_name.clean(line) for line in lines]


class StatementForm(forms.Form):
    """What one of the sides, or of the panel, has to say."""

    said = long_text(_("Your words"), _("Sealed: both sides and the panel read them."), rows=5)


class FindingForm(forms.Form):
    """What should follow, and why."""

    outcome = forms.ChoiceField(label=_("What should follow?"), widget=forms.RadioSelect)
    mandate = forms.ModelChoiceField(
        label=_("Which mandate would end?"),
        queryset=Mandate.objects.none(),
        required=False,
        empty_label=_("None"),
    )
    grounds = long_text(
        _("The reasons"), _("What you heard from both sides, what you hold to be so, and why this should follow.")
    )

    def __init__(self, outcomes: list[CaseOutcome], mandates: list[Mandate], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices: Any = self.fields["outcome"]
        choices.choices = [(each.name, each.label) for each in outcomes]
        held: Any = self.fields["mandate"]
        held.queryset = Mandate.objects.filter(pk__in=[each.pk for each in mandates])
        if not mandates:
            del self.fields["mandate"]


class AppealForm(forms.Form):
    """What the assembly should know."""

    appeal = forms.CharField(
        label=_("What should the assembly know?"),
        help_text=_("All members read this, with your name, and the outcome. The file stays closed."),
        max_length=8000,
        widget=forms.Textarea(attrs={"rows": 5}),
    )
