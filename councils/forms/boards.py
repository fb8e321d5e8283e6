"""What catalysts type on a founding board."""

from dataclasses import replace
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from core.forms.bodies import TEMPLATE_WORDS, zones
from core.models import Body, Membership
from core.rules.charter import TEMPLATES, CharterNumbers
from councils.forms.profiles import ProfileForm

WHOLE = 100_000


class BoardForm(forms.Form):
    """A new board."""

    title = forms.CharField(
        label=_("What council is this about?"), help_text=_("For example: a council for Birch Street."), max_length=80
    )


class NeedForm(forms.Form):
    """What was heard at the doors."""

    theme = forms.CharField(
        label=_("What do people need?"),
        help_text=_("A theme in a few words. No names, no addresses, nothing that shows who said it."),
        max_length=80,
    )
    doors = forms.IntegerField(label=_("At how many doors did you hear it?"), min_value=1, max_value=WHOLE)
    in_all = forms.IntegerField(label=_("At how many doors have you been, in all?"), min_value=1, max_value=WHOLE)


class ScopeForm(ProfileForm):
    """Whom the council is for, and the draft of its charter."""

    name = forms.CharField(label=_("What will it be called?"), max_length=80)
    listed = forms.BooleanField(
        label=_("Listed: anybody may see that it exists and what it is for"), required=False, initial=True
    )
    purpose = forms.CharField(
        label=_("What will it be for?"),
        help_text=_("A draft: the founding members change what they like."),
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    unity = forms.CharField(
        label=_("Points of unity"),
        help_text=_("What all who join share. You can write them later, too."),
        max_length=8000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    template = forms.ChoiceField(
        label=_("How it decides, to begin with"),
        choices=list(TEMPLATE_WORDS.items()),
        initial="small",
        widget=forms.RadioSelect,
    )
    time_zone = forms.ChoiceField(label=_("Time zone"), initial="UTC")
    field_order = ("name", "scope", "affected", "size_hint", "languages", "habits", "purpose", "unity")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["time_zone"].choices = zones()  # type: ignore[attr-defined]

    @property
    def numbers(self) -> CharterNumbers:
        """The template's numbers in the chosen time zone."""
        return replace(TEMPLATES[self.cleaned_data["template"]], time_zone=self.cleaned_data["time_zone"])


class KitForm(forms.Form):
    """An invitation to print: for how many people and days, in which languages, on which paper."""

    LANGUAGES = {"en": ["en"], "es": ["es"], "both": ["en", "es"]}
    PAPERS = {"a4": "A4", "letter": "Letter"}

    note = forms.CharField(
        label=_("For whom?"), help_text=_("Only you see this: for example “number 12”."), max_length=80, required=False
    )
    uses = forms.IntegerField(label=_("For how many people?"), min_value=1, max_value=200, initial=30)
    days = forms.IntegerField(label=_("For how many days?"), min_value=1, max_value=90, initial=30)
    words = forms.CharField(
        label=_("A sentence of your own for the letter"),
        help_text=_("It is printed and not kept."),
        max_length=600,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    signed = forms.CharField(
        label=_("Who signs the letter?"),
        help_text=_("As you want it printed. It is not kept."),
        max_length=120,
        required=False,
    )
    language = forms.ChoiceField(
        label=_("Language of the pages"),
        choices=[("en", "English"), ("es", "Español"), ("both", _("Both, one after the other"))],
        initial="en",
        widget=forms.RadioSelect,
    )
    paper = forms.ChoiceField(label=_("Paper"), choices=list(PAPERS.items()), initial="a4", widget=forms.RadioSelect)

    @property
    def languages(self) -> list[str]:
        """The codes of the languages, in their order."""
        return self.LANGUAGES[self.cleaned_data["language"]]


class AssemblyForm(forms.Form):
    """When and where the first assembly is."""

    when = forms.DateTimeField(
        label=_("When?"), widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M")
    )
    place = forms.CharField(
        label=_("Where?"), help_text=_("A place that everybody finds, and can get into."), max_length=200
    )
    agenda = forms.CharField(
        label=_("Agenda"),
        help_text=_("One thing a line. It is printed with the invitation."),
        max_length=4000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 8}),
    )


class AttendanceForm(forms.Form):
    """Who came to the first assembly."""

    came = forms.ModelMultipleChoiceField(
        label=_("Who of the founding members came?"),
        queryset=Membership.objects.none(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    others = forms.IntegerField(
        label=_("How many others came?"), help_text=_("Only their number."), min_value=0, max_value=WHOLE, initial=0
    )

    def __init__(self, council: Body, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        people = Membership.objects.open().filter(body=council).select_related("person").order_by("joined_at", "pk")
        came: Any = self.fields["came"]
        came.queryset = people
        came.label_from_instance = lambda row: row.person.display_name
