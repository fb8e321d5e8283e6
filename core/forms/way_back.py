"""What people type about getting back in: friends, the code of a friend, a new password."""

from typing import Any

from django import forms
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from core.forms.accounts import AS_TYPED, PASSWORD_HELP
from core.forms.mandates import CHOOSE_AMONG, MemberByName
from core.models import Person
from core.queries.way_back import known_to


class FriendsForm(forms.Form):
    """Three friends, among those who share a body with a person."""

    first = forms.Field(label=_("First friend"))
    second = forms.Field(label=_("Second friend"))
    third = forms.Field(label=_("Third friend"))

    def __init__(self, person: Person, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        around = Person.objects.filter(pk__in=known_to(person)).order_by("display_name", "pk")
        in_a_list = len(around.values_list("pk")[: CHOOSE_AMONG + 1]) <= CHOOSE_AMONG
        for name, field in list(self.fields.items()):
            if in_a_list:
                self.fields[name] = forms.ModelChoiceField(around, label=field.label, empty_label=_("Choose a person"))
            else:
                self.fields[name] = MemberByName(around, label=field.label)
                self.initial[name] = str(self.initial.get(name) or "")

    @property
    def chosen(self) -> list[Person]:
        """The three, in their order."""
        return [self.cleaned_data[name] for name in self.fields]


class FriendCodeForm(forms.Form):
    """The code that somebody told their friend."""

    code = forms.CharField(
        label=_("The code they told you"),
        max_length=20,
        widget=forms.TextInput(attrs={**AS_TYPED, "autocomplete": "off"}),
    )
    sure = forms.BooleanField(label=_("I met them, or I know their voice: it is them"))


class BackInForm(forms.Form):
    """Who lost every way in: the sign-in name, and the password they will have."""

    sign_in_name = forms.CharField(
        label=_("Sign-in name"), max_length=40, widget=forms.TextInput(attrs={**AS_TYPED, "autocomplete": "username"})
    )
    password = forms.CharField(
        label=_("New password"),
        help_text=PASSWORD_HELP,
        max_length=200,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )

    def clean(self) -> dict[str, Any]:
        """By the rules for all passwords; near to the typed name at most, for whose it is nobody is told here."""
        typed = super().clean() or self.cleaned_data
        name, password = str(typed.get("sign_in_name", "")), typed.get("password")
        if password:
            try:
                validate_password(password, Person(sign_in_name=name, display_name=name))
            except ValidationError as problem:
                self.add_error("password", problem)
        return typed
