"""What people type when a council is to become two."""

from django import forms
from django.utils.translation import gettext_lazy as _


class SplitForm(forms.Form):
    """The two names, and why."""

    first = forms.CharField(
        label=_("What is the first called?"), help_text=_("Who does not choose by the day goes there."), max_length=80
    )
    second = forms.CharField(label=_("What is the second called?"), max_length=80)
    text = forms.CharField(
        label=_("Why, and what does each take on?"), max_length=20_000, widget=forms.Textarea(attrs={"rows": 8})
    )
