"""What people type about groups already at work."""

from django import forms
from django.utils.translation import gettext_lazy as _

from councils.forms.boards import KitForm


class GroupForm(forms.Form):
    """A group, what it does, and how anybody can reach it."""

    name = forms.CharField(
        label=_("What is the group called?"),
        help_text=_("For example: Tenants of Mill Court, the food shelf."),
        max_length=80,
    )
    does = forms.CharField(label=_("What does it do?"), max_length=500, widget=forms.Textarea(attrs={"rows": 3}))
    reach = forms.CharField(
        label=_("How can anybody reach the group?"),
        help_text=_("What it has made public: a page, an address of the group, when it meets. Nobody's own number."),
        max_length=200,
    )
    public = forms.BooleanField(label=_("This is about a group, not about a person, and all of it is public already."))


class GroupKitForm(forms.Form):
    """The letter to a group, to print: words of one's own, who signs, language and paper."""

    words, signed = (KitForm.base_fields[name] for name in ("words", "signed"))
    language, paper = (KitForm.base_fields[name] for name in ("language", "paper"))

    @property
    def languages(self) -> list[str]:
        """The codes of the languages, in their order."""
        return KitForm.LANGUAGES[self.cleaned_data["language"]]
