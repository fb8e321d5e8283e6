"""The secret address of a person's calendar: made anew, ended."""

import secrets
from datetime import datetime

from django.db import transaction

from core.actions.invitations import hashed
from core.locks import lock
from core.models import Calendar, Person


@transaction.atomic
def renew(person: Person, *, at: datetime) -> str:
    """A new secret address; the former one ends. The token is returned once and kept only as a hash."""
    person = lock(person)
    token = secrets.token_urlsafe(24)
    Calendar.objects.update_or_create(person=person, defaults={"token_hash": hashed(token), "made_at": at})
    return token


@transaction.atomic
def end(person: Person) -> None:
    """No address any more. Doing it again changes nothing."""
    Calendar.objects.filter(person=lock(person)).delete()


def person_with(token: str) -> Person | None:
    """Whose calendar an address is."""
    found = Calendar.objects.filter(token_hash=hashed(token), person__is_active=True).select_related("person").first()
    return found.person if found is not None else None
