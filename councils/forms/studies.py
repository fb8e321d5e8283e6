"""What people type about learning together."""

from django import forms
from django.utils.translation import gettext_lazy as _

from councils.models import Study

MOMENT = "%Y-%m-%dT%H:%M"


class StudyForm(forms.Form):
    """A reading group or a teach-in."""

    kind = forms.ChoiceField(label=_("What is it?"), choices=Study.Kind.choices, widget=forms.RadioSelect)
    title = forms.CharField(label=_("Title"), max_length=120)
    about = forms.CharField(
        label=_("What is read or shown?"),
        help_text=_("Which text, where to find it, what to bring. If the body is listed, everybody can read it."),
        max_length=4000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 5}),
    )
    place = forms.CharField(label=_("Where?"), max_length=120)
    starts_at = forms.DateTimeField(
        label=_("Begins"),
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format=MOMENT),
        input_formats=[MOMENT],
    )
    ends_at = forms.DateTimeField(
        label=_("Ends"),
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format=MOMENT),
        input_formats=[MOMENT],
    )
    places = forms.IntegerField(
        label=_("For how many people?"),
        help_text=_("With you. Leave it empty if as many can come as like to."),
        min_value=1,
        max_value=1000,
        required=False,
    )
