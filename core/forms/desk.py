"""What is typed at the helper desk."""

from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from core.forms.mandates import members_of, person_field
from core.models import Body, Person


class WelcomeForm(forms.Form):
    """Somebody new who has no device."""

    display_name = forms.CharField(
        label=_("Their name, or a pseudonym"),
        help_text=_("The members see this name."),
        max_length=60,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    sign_in_name = forms.CharField(
        label=_("Their sign-in name"),
        help_text=_("Small letters, digits, dots and dashes. They type it with their PIN."),
        max_length=40,
        validators=Person._meta.get_field("sign_in_name").validators,
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "none", "spellcheck": "false"}),
    )
    words = forms.CharField(
        label=_("A few words about them"),
        help_text=_("Where they live, who knows them. The members read it."),
        max_length=1000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    language = forms.ChoiceField(label=_("Their language"), choices=settings.LANGUAGES, widget=forms.RadioSelect)

    def clean_sign_in_name(self) -> str:
        """Sign-in names ignore case."""
        return str(self.cleaned_data["sign_in_name"]).strip().lower()


class CardForm(forms.Form):
    """Whose card is lost."""

    def __init__(self, body: Body, by: Person, *args: Any) -> None:
        super().__init__(*args)
        field = person_field(members_of(body).exclude(pk=by.pk))
        field.label = _("Who needs a new card?")
        field.help_text = _("For members who have no other way in. Another member gives it.")
        self.fields["person"] = field
