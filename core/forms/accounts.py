"""What people type to sign up and sign in: allauth's forms in our words."""

from collections.abc import Mapping
from typing import Any, ClassVar

import structlog
from allauth.account import forms as account
from allauth.mfa.base import forms as mfa
from allauth.mfa.totp.forms import ActivateTOTPForm
from allauth.mfa.utils import is_mfa_enabled
from allauth.mfa.webauthn.forms import (
    AddWebAuthnForm,
    AuthenticateWebAuthnForm,
    EditWebAuthnForm,
    LoginWebAuthnForm,
    ReauthenticateWebAuthnForm,
)
from django import forms
from django.utils.translation import gettext_lazy as _

from core.rules.lines import one_line

log = structlog.get_logger(__name__)

NAME_MAX = 60
PASSWORD_HELP = _("At least 10 characters. Four or five ordinary words are good.")
AS_TYPED = {"autocapitalize": "none", "spellcheck": "false"}

Words = Mapping[str, tuple[Any, Any]]


class InOurWords:
    """Gives fields our label and help, and no placeholder: what a field is must not vanish while one types."""

    words: ClassVar[Words] = {}
    fields: dict[str, forms.Field]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            field.widget.attrs.pop("placeholder", None)
        for name in self.words.keys() & self.fields.keys():
            self.fields[name].label, self.fields[name].help_text = self.words[name]


class Noted:
    """The log keeps that a proof did not fit, and of which kind it was; not whose (docs/security/keys-and-logs.md)."""

    way: ClassVar[str]
    is_bound: bool
    errors: Mapping[str, Any]

    def full_clean(self) -> None:
        """Look at what was sent, which a form does once."""
        super().full_clean()  # type: ignore[misc]
        if self.is_bound and self.errors:
            log.info("sign-in failed", ways=[self.way])


class SignInForm(InOurWords, account.LoginForm):  # type: ignore[misc]
    """Sign-in name or e-mail address, and password."""

    words = {"login": (_("Sign-in name or e-mail address"), ""), "password": (_("Password"), "")}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["login"].widget.attrs.update(AS_TYPED | {"autocomplete": "username"})

    def user_credentials(self) -> dict[str, str]:
        """An address is no sign-in name. Tried as both, a known one would be answered later than an unknown one."""
        credentials: dict[str, str] = super().user_credentials()
        if "email" in credentials:
            credentials.pop("username", None)
        return credentials


class SignUpForm(InOurWords, account.SignupForm):  # type: ignore[misc]
    """A name or pseudonym, a sign-in name, a password; an e-mail address only for who wants one."""

    field_order = ["display_name", "username", "email", "password1", "password2"]
    words = {
        "username": (_("Sign-in name"), _("Small letters, digits, dots and dashes. Only you need to know it.")),
        "email": (
            _("E-mail address"),
            _("Without one we cannot send you notices, nor help you back in if you forget your password."),
        ),
        "password1": (_("Password"), PASSWORD_HELP),
        "password2": (_("Password, once more"), ""),
    }

    display_name = forms.CharField(
        label=_("Your name, or a pseudonym"),
        help_text=_("The members of your bodies see this name. You can change it later."),
        max_length=NAME_MAX,
        widget=forms.TextInput(attrs={"autocomplete": "nickname"}),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["username"].widget.attrs.update(AS_TYPED)

    def clean_display_name(self) -> str:
        """The name as typed, on one line."""
        name = one_line(str(self.cleaned_data["display_name"]))
        if not name:
            raise forms.ValidationError(_("Write the name that others shall see."))
        return name

    def clean_username(self) -> str:
        """Sign-in names ignore case: what a phone wrote large is no mistake."""
        self.cleaned_data["username"] = self.cleaned_data["username"].lower()
        return str(super().clean_username())


class MailCodeForm(InOurWords, account.RequestLoginCodeForm):  # type: ignore[misc]
    """The address a sign-in code goes to."""

    words = {"email": (_("E-mail address"), "")}


class ForgottenPasswordForm(InOurWords, account.ResetPasswordForm):  # type: ignore[misc]
    """The address a code for a new password goes to."""

    words = {"email": (_("E-mail address"), "")}


class AddressForm(InOurWords, account.AddEmailForm):  # type: ignore[misc]
    """A new e-mail address."""

    words = {"email": (_("New e-mail address"), _("We send a code there, so that we know it is yours."))}


class OtherAddressForm(InOurWords, account.ChangeEmailForm):  # type: ignore[misc]
    """Another address, when the code went to a wrong one."""

    words = {"email": (_("E-mail address"), "")}


class NewPasswordForm(InOurWords, account.ChangePasswordForm):  # type: ignore[misc]
    """The old password, and the new one twice."""

    words = {
        "oldpassword": (_("Password until now"), ""),
        "password1": (_("New password"), PASSWORD_HELP),
        "password2": (_("New password, once more"), ""),
    }


class FirstPasswordForm(InOurWords, account.SetPasswordForm):  # type: ignore[misc]
    """A password for who had none."""

    words = {"password1": (_("Password"), PASSWORD_HELP), "password2": (_("Password, once more"), "")}


class ReplacedPasswordForm(InOurWords, account.ResetPasswordKeyForm):  # type: ignore[misc]
    """A new password after the old one was forgotten; whoever has a second proof shows it too (DESIGN 6)."""

    words = {
        "password1": (_("New password"), PASSWORD_HELP),
        "password2": (_("New password, once more"), ""),
        "code": (_("Six digits, or a recovery code"), _("You have a second proof: the mailbox alone is not enough.")),
    }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.user is not None and is_mfa_enabled(self.user):
            self.fields["code"] = forms.CharField(widget=forms.TextInput(attrs={"autocomplete": "one-time-code"}))
            label, help_text = self.words["code"]
            self.fields["code"].label, self.fields["code"].help_text = label, help_text

    def clean(self) -> Any:
        """The second proof is judged last: a password that does not fit uses up no recovery code."""
        typed = super().clean()
        if "code" in self.fields and not self.errors:
            proof = mfa.AuthenticateForm({"code": self.cleaned_data["code"]}, user=self.user)
            if not proof.is_valid():
                self.add_error("code", proof.errors["code"].as_data())
        return typed


class SignInCodeForm(Noted, InOurWords, account.ConfirmLoginCodeForm):  # type: ignore[misc]
    """The code that was mailed to sign in."""

    way = "code"
    words = {"code": (_("Code from the mail"), "")}


class AddressCodeForm(InOurWords, account.ConfirmEmailVerificationCodeForm):  # type: ignore[misc]
    """The code that was mailed to confirm an address."""

    words = {"code": (_("Code from the mail"), "")}


class PasswordCodeForm(InOurWords, account.ConfirmPasswordResetCodeForm):  # type: ignore[misc]
    """The code that was mailed for a new password."""

    words = {"code": (_("Code from the mail"), "")}


class AgainForm(InOurWords, account.ReauthenticateForm):  # type: ignore[misc]
    """The password, once more."""

    words = {"password": (_("Your password"), "")}


class DigitsForm(Noted, InOurWords, mfa.AuthenticateForm):  # type: ignore[misc]
    """The second proof when signing in."""

    way = "mfa"
    words = {"code": (_("Six digits, or a recovery code"), "")}


class DigitsAgainForm(Noted, InOurWords, mfa.ReauthenticateForm):  # type: ignore[misc]
    """The second proof, once more."""

    way = "mfa"
    words = {"code": (_("Six digits, or a recovery code"), "")}


class AppForm(InOurWords, ActivateTOTPForm):  # type: ignore[misc]
    """The first digits an app shows."""

    words = {"code": (_("The six digits the app shows"), "")}


class PasskeyForm(InOurWords, AddWebAuthnForm):  # type: ignore[misc]
    """A passkey: the device asks for finger, face or PIN, and no password is typed any more."""

    words = {
        "name": (_("What to call it"), _("So that you know later which device it is: “my phone”.")),
        "passwordless": (
            _("Sign in with it alone, without a password"),
            _("The device then asks for your finger, your face or its PIN."),
        ),
    }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["passwordless"].initial = True


class WithPasskeyForm(Noted, LoginWebAuthnForm):  # type: ignore[misc]
    """What a passkey answered, instead of name and password."""

    way = "mfa"


class PasskeyProofForm(Noted, AuthenticateWebAuthnForm):  # type: ignore[misc]
    """What a passkey answered, as the second proof."""

    way = "mfa"


class PasskeyAgainForm(Noted, ReauthenticateWebAuthnForm):  # type: ignore[misc]
    """What a passkey answered, once more."""

    way = "mfa"


class PasskeyNameForm(InOurWords, EditWebAuthnForm):  # type: ignore[misc]
    """Another name for a passkey."""

    words = {"name": (_("What to call it"), "")}
