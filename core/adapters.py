"""Where allauth meets our people."""

from typing import Any

import structlog
from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.authentication import get_authentication_records
from allauth.core import context
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.mfa.adapter import DefaultMFAAdapter
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext_lazy as _

from core.actions import people, recoveries
from core.face.people import device
from core.models import Person
from core.refusals import Refusal
from core.timekeeping import folkmoot_now

log = structlog.get_logger(__name__)

WRONG_PASSWORD = _("Name and password do not fit together. Look at both, or come in another way.")
WRONG_CODE = _("This code is not right, or it is too old.")

FORGOTTEN = {"account_reset_password_from_key", "account_complete_password_reset"}
"""The last steps of a forgotten password."""


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]
    """Makes a `Person` of what somebody typed to sign up, and speaks plainly."""

    error_messages = DefaultAccountAdapter.error_messages | {
        "account_inactive": _("This account has ended."),
        "duplicate_email": _("This is your address already."),
        "email_password_mismatch": WRONG_PASSWORD,
        "username_password_mismatch": WRONG_PASSWORD,
        "email_taken": _("This address belongs to another account here."),
        "enter_current_password": _("This is not your password until now."),
        "incorrect_code": WRONG_CODE,
        "incorrect_password": _("This is not your password."),
        "too_many_login_attempts": _("Too many tries. Wait a few minutes, then try again."),
        "rate_limited": _("Too many tries. Wait a few minutes, then try again."),
        "username_taken": _("Somebody has this sign-in name already. Choose another."),
        "username_blacklisted": _("This sign-in name cannot be used. Choose another."),
        "unknown_email": _("No account here has this address."),
    }

    def save_user(self, request: HttpRequest, user: Person, form: Any, commit: bool = True) -> Person:
        """Take name and language too; no address is NULL and never "" (addresses are unique)."""
        person: Person = super().save_user(request, user, form, commit=False)
        person.display_name = form.cleaned_data.get("display_name") or person.sign_in_name
        person.language = getattr(request, "LANGUAGE_CODE", "en")
        person.email = person.email or None
        if commit:
            person.save()
        return person

    def set_password(self, user: Person, password: str) -> None:
        """A new password is often there because somebody else knew the old one: what they may have made ends too.

        One that replaces a forgotten password is a recovery: whoever holds a mandate waits for it.
        """
        match = context.request.resolver_match if context.request else None
        if match is not None and match.view_name in FORGOTTEN:
            self.recover(context.request, user, password)
            return
        if user.pk is not None and user.has_usable_password():
            people.end_other_keys(user, at=folkmoot_now())
        super().set_password(user, password)

    def recover(self, request: HttpRequest, user: Person, password: str) -> None:
        """Replace a forgotten password, now or after the wait; if it waits, the page says so instead of "done"."""
        try:
            recovery = recoveries.by_mailbox(user, password)
        except Refusal as refused:
            messages.error(request, str(refused.sentence))
            raise ImmediateHttpResponse(redirect("account_login")) from refused
        if recovery.ended_at is None:
            messages.info(
                request,
                _(
                    "Your new password works in 72 hours. You hold a mandate, so all who gave you one were told. "
                    "Until then you can sign in with a mailed code."
                ),
            )
            raise ImmediateHttpResponse(redirect("account_login"))

    def post_login(self, request: HttpRequest, user: Person, **words: Any) -> HttpResponse:
        """Go on after sign-in; the log keeps that somebody came in and by which ways, not who."""
        log.info("signed in", ways=[record["method"] for record in get_authentication_records(request, user)])
        answer: HttpResponse = super().post_login(request, user, **words)
        return answer

    def authentication_failed(self, request: HttpRequest, **credentials: Any) -> None:
        """The log keeps that a password did not fit, not whose."""
        super().authentication_failed(request, **credentials)
        log.info("sign-in failed", ways=["password"])

    def logout(self, request: HttpRequest) -> None:
        """End the session."""
        super().logout(request)
        log.info("signed out")

    def can_delete_email(self, email_address: Any) -> bool:
        """Only where another address remains: an account without any is made so on purpose, not by a slip."""
        others = email_address.user.emailaddress_set.exclude(pk=email_address.pk)
        return bool(others.exists() and super().can_delete_email(email_address))


class SecondProofAdapter(DefaultMFAAdapter):  # type: ignore[misc]
    """Names a new passkey after the device it is made on."""

    error_messages = DefaultMFAAdapter.error_messages | {"incorrect_code": WRONG_CODE}

    def generate_authenticator_name(self, user: Person, type: Any) -> str:  # noqa: A002  (allauth's name)
        """ "Firefox on Android"; a second one of the same kind gets a number."""
        name = device(context.request.headers.get("User-Agent", ""))
        same = user.authenticator_set.filter(type=type, data__name__startswith=name).count()  # type: ignore[attr-defined]
        return f"{name} {same + 1}" if same else name
