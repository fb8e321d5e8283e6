"""What people type about whom a council is for."""

from django import forms
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from councils.models import CouncilProfile
from councils.rules.profiles import SIZES, Profile


class ProfileForm(forms.Form):
    """Scope, who is affected, size, languages, habits."""

    scope = forms.ChoiceField(label=_("Whom is it made of?"), choices=CouncilProfile.Scope.choices, initial="street")
    affected = forms.CharField(
        label=_("Who is affected by what it decides?"),
        help_text=_("For example: all who live in numbers 1 to 60, with or without a lease."),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    size_hint = forms.IntegerField(
        label=_("Up to how many people?"),
        help_text=format_lazy(
            _("{low} to {high}. When it is more, it is time to become two."), low=SIZES[0], high=SIZES[1]
        ),
        min_value=SIZES[0],
        max_value=SIZES[1],
        initial=30,
    )
    languages = forms.CharField(
        label=_("Languages spoken"),
        help_text=_("For example: English, Spanish, Tagalog."),
        max_length=120,
        required=False,
    )
    habits = forms.CharField(
        label=_("Habits"),
        help_text=_("When and where it meets, who cooks, who looks after the children."),
        max_length=2000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    @property
    def profile(self) -> Profile:
        """What was typed, as the rules take it."""
        typed = self.cleaned_data
        return Profile(typed["scope"], typed["affected"], typed["size_hint"], typed["languages"], typed["habits"])


class ProfileChangeForm(ProfileForm):
    """Another profile, and why."""

    title = forms.CharField(label=_("What changes, in a few words?"), max_length=120)
    text = forms.CharField(label=_("Why?"), max_length=20_000, widget=forms.Textarea(attrs={"rows": 5}))
    field_order = ("title", "text")
