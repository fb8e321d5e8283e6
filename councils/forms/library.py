"""What people type about things to lend."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from core.forms.mandates import CHOOSE_AMONG, MemberByName, members_of
from core.models import Body, Person


class ItemForm(forms.Form):
    """Something new in the library."""

    name = forms.CharField(
        label=_("What is it?"), help_text=_("For example: a drill, “The Dispossessed”."), max_length=120
    )
    about = forms.CharField(
        label=_("More about it"),
        help_text=_("What it needs, what to mind. If the body is listed, everybody can read it."),
        max_length=1000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class LendForm(forms.Form):
    """To whom, and until when."""

    borrower = forms.Field(label=_("To whom?"))
    due_on = forms.DateField(label=_("Back by"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))

    def __init__(self, body: Body, keeper: Person, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        others = members_of(body).exclude(pk=keeper.pk)
        label, help_text = self.fields["borrower"].label, _("Only you and they see who has it.")
        if len(others.values_list("pk")[: CHOOSE_AMONG + 1]) <= CHOOSE_AMONG:
            self.fields["borrower"] = forms.ModelChoiceField(
                others, label=label, help_text=help_text, empty_label=_("Choose a member")
            )
        else:
            self.fields["borrower"] = MemberByName(others, label=label, help_text=help_text)
