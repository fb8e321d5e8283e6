"""What people type to read sealed files: their reading passphrase. The action decides whether it is strong enough."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from core.forms.accounts import AS_TYPED

LENGTH = 200


def passphrase(label: Any, *, new: bool, help_text: Any = "") -> forms.CharField:
    """A field for a passphrase, taken as it is typed."""
    attrs = {**AS_TYPED, "autocomplete": "new-password" if new else "off"}
    widget = forms.PasswordInput(attrs=attrs)
    return forms.CharField(label=label, help_text=help_text, max_length=LENGTH, strip=False, widget=widget)


class OpenForm(forms.Form):
    """The passphrase, to read for a quarter of an hour."""

    passphrase = passphrase(_("Your reading passphrase"), new=False)


class NewPassphraseForm(forms.Form):
    """A new passphrase, twice."""

    new = passphrase(
        _("A reading passphrase"),
        new=True,
        help_text=_(
            "Four or more words that do not belong together. Not your password. Nobody can give it back to you."
        ),
    )
    again = passphrase(_("Once more"), new=True)

    def clean(self) -> dict[str, Any]:
        """Both alike."""
        typed = super().clean() or {}
        if typed.get("new") and typed.get("again") and typed["new"] != typed["again"]:
            self.add_error("again", _("These are not the same words."))
        return typed


class OtherPassphraseForm(NewPassphraseForm):
    """Another passphrase for the same key."""

    former = passphrase(_("Your reading passphrase until now"), new=False)
    field_order = ("former", "new", "again")


class LostPassphraseForm(NewPassphraseForm):
    """A new passphrase and a new key, for the old one is lost."""

    sure = forms.BooleanField(label=_("I know: what was sealed to me stays shut until another reader opens it once"))
