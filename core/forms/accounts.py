"""What people type to sign up and sign in: allauth's forms in our words."""

from typing import Any

from allauth.account.forms import ChangePasswordForm, LoginForm, RequestLoginCodeForm, ResetPasswordForm, SignupForm
from allauth.mfa.webauthn.forms import AddWebAuthnForm
from django import forms
from django.utils.translation import gettext_lazy as _

NAME_MAX = 60


def _speak(form: forms.Form, words: dict[str, tuple[Any, Any]]) -> None:
    """Give fields our label and help, and no placeholder: what a field is must not vanish while one types."""
    for field in form.fields.values():
        field.widget.attrs.pop("placeholder", None)
    for name, (label, help_text) in words.items():
        if name in form.fields:
            form.fields[name].label = label
            form.fields[name].help_text = help_text


class SignInForm(LoginForm):  # type: ignore[misc]
    """Sign-in name or e-mail address, and password."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _speak(self, {"login": (_("Sign-in name or e-mail address"), ""), "password": (_("Password"), "")})
        self.fields["login"].widget.attrs.update(
            {"autocomplete": "username webauthn", "autocapitalize": "none", "spellcheck": "false"}
        )


class SignUpForm(SignupForm):  # type: ignore[misc]
    """A name or pseudonym, a sign-in name, a password; an e-mail address only for who wants one."""

    field_order = ["display_name", "username", "email", "password1", "password2"]

    display_name = forms.CharField(
        label=_("Your name, or a pseudonym"),
        help_text=_("The members of your bodies see this name. You can change it later."),
        max_length=NAME_MAX,
        widget=forms.TextInput(attrs={"autocomplete": "nickname"}),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _speak(
            self,
            {
                "username": (_("Sign-in name"), _("Small letters, digits, dots and dashes. Only you need to know it.")),
                "email": (
                    _("E-mail address"),
                    _("Without one we cannot send you notices, nor help you back in if you forget your password."),
                ),
                "password1": (_("Password"), _("At least 10 characters. Four or five ordinary words are good.")),
                "password2": (_("Password, once more"), ""),
            },
        )
        self.fields["username"].widget.attrs.update({"autocapitalize": "none", "spellcheck": "false"})

    def clean_display_name(self) -> str:
        """The name as typed, without blanks around it and with single ones inside."""
        return " ".join(str(self.cleaned_data["display_name"]).split())


class MailCodeForm(RequestLoginCodeForm):  # type: ignore[misc]
    """The address a sign-in code goes to."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _speak(self, {"email": (_("E-mail address"), "")})


class ForgottenPasswordForm(ResetPasswordForm):  # type: ignore[misc]
    """The address a code for a new password goes to."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _speak(self, {"email": (_("E-mail address"), "")})


class NewPasswordForm(ChangePasswordForm):  # type: ignore[misc]
    """The old password, and the new one twice."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _speak(
            self,
            {
                "oldpassword": (_("Password until now"), ""),
                "password1": (_("New password"), _("At least 10 characters. Four or five ordinary words are good.")),
                "password2": (_("New password, once more"), ""),
            },
        )


class PasskeyForm(AddWebAuthnForm):  # type: ignore[misc]
    """A passkey: the device asks for finger, face or PIN, and no password is typed any more."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _speak(
            self,
            {
                "name": (_("What to call it"), _("So that you know later which device it is: “my phone”.")),
                "passwordless": (
                    _("Sign in with it alone, without a password"),
                    _("The device then asks for your finger, your face or its PIN."),
                ),
            },
        )
        self.fields["passwordless"].initial = True
