"""Where allauth meets our people."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest

from core.models import Person


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]
    """Makes a `Person` of what somebody typed to sign up."""

    error_messages = DefaultAccountAdapter.error_messages

    def save_user(self, request: HttpRequest, user: Person, form: Any, commit: bool = True) -> Person:
        """Take name and language too; no address is NULL and never "" (addresses are unique)."""
        person: Person = super().save_user(request, user, form, commit=False)
        person.display_name = form.cleaned_data.get("display_name") or person.sign_in_name
        person.language = getattr(request, "LANGUAGE_CODE", "en")
        person.email = person.email or None
        if commit:
            person.save()
        return person

    def can_delete_email(self, email_address: Any) -> bool:
        """Only where another address remains; who wants none asks for that in the settings."""
        others = email_address.user.emailaddress_set.exclude(pk=email_address.pk)
        return bool(others.exists() and super().can_delete_email(email_address))
