"""What people type about coming and going. Forms check the shape; the actions decide."""

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from core.forms.numbers import WholeNumber
from core.models import ApiToken, Person


class InvitationForm(forms.Form):
    """A link for so many people and days."""

    note = forms.CharField(
        label=_("For whom?"), help_text=_("Only you see this: for example “number 12”."), max_length=80, required=False
    )
    uses = WholeNumber(label=_("For how many people?"), low=1, high=200, initial=1)
    days = WholeNumber(label=_("For how many days?"), low=1, high=90, initial=14)


class ApplicationForm(forms.Form):
    """A few words with which one asks to join."""

    words = forms.CharField(
        label=_("A few words about yourself"),
        help_text=_("Where you live, who knows you. The members read it."),
        max_length=1000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
    )


class ReasonForm(forms.Form):
    """Why one objects, or proposes a removal."""

    reason = forms.CharField(label=_("Why?"), max_length=2000, widget=forms.Textarea(attrs={"rows": 5}))


class NoFieldsForm(forms.Form):
    """An act that needs no more words."""


class SettingsForm(forms.Form):
    """One's own settings."""

    display_name = forms.CharField(
        label=_("Name"), help_text=_("The name others see. It may be a pseudonym."), max_length=60
    )
    mail = forms.ChoiceField(label=_("Mail"), choices=Person.Mail.choices, widget=forms.RadioSelect)
    language = forms.ChoiceField(
        label=_("Language"),
        help_text=_("Of your mails, and of the pages on this device."),
        choices=settings.LANGUAGES,
    )
    theme = forms.ChoiceField(label=_("Colours"), choices=Person.Theme.choices, widget=forms.RadioSelect)


class TokenForm(forms.Form):
    """A new token for the API."""

    name = forms.CharField(label=_("What is it for?"), max_length=60)
    scope = forms.ChoiceField(label=_("What may it do?"), choices=ApiToken.Scope.choices, widget=forms.RadioSelect)
    days = WholeNumber(label=_("For how many days?"), low=1, high=365, initial=90)


def shared_field() -> forms.BooleanField:
    """Whether others use this device too: then the session is short."""
    return forms.BooleanField(
        label=_("Others use this device too, as at the helper desk"),
        help_text=_("Then you are signed out after a quarter of an hour."),
        required=False,
        initial=True,
    )


class CardCodeForm(forms.Form):
    """The first sign-in with a card: its code, and the PIN one chooses."""

    code = forms.CharField(label=_("The code on your card"), max_length=40)
    pin = forms.CharField(
        label=_("Choose a PIN"),
        help_text=_("At least 6 digits. You will sign in with your sign-in name and this PIN."),
        max_length=20,
        widget=forms.PasswordInput(attrs={"inputmode": "numeric", "autocomplete": "new-password"}),
    )
    shared = shared_field()


class CardPinForm(forms.Form):
    """Every later sign-in: name and PIN."""

    sign_in_name = forms.CharField(label=_("Sign-in name"), max_length=40)
    pin = forms.CharField(
        label=_("PIN"),
        max_length=20,
        widget=forms.PasswordInput(attrs={"inputmode": "numeric", "autocomplete": "current-password"}),
    )
    shared = shared_field()


class LeaveHouseForm(forms.Form):
    """Leaving the house takes one's own sign-in name, typed, so that it does not happen by a slip."""

    sign_in_name = forms.CharField(label=_("Type your sign-in name to confirm"), max_length=40)
