"""The secret addresses of a person's calendar, one for all of it and one for each body: made anew, ended, read."""

import secrets
from datetime import datetime

from django.core.signing import BadSignature, Signer
from django.db import transaction

from core.actions.invitations import hashed
from core.locks import lock
from core.models import Calendar, Membership, Person

SALT = "core.calendars"


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


def signer(calendar: Calendar) -> Signer:
    """Signs for as long as this address of the calendar stands."""
    return Signer(sep=".", salt=f"{SALT}.{calendar.token_hash}")


def token_of(calendar: Calendar, membership: Membership) -> str:
    """The token of one body alone. Nothing in it leads to the person's other bodies (invariant 25): it is made of the
    membership, and of the address for all only in a way that nobody can undo.
    """
    return signer(calendar).sign(str(membership.pk))


def membership_with(token: str) -> Membership | None:
    """The membership that such a token is for, as long as it lasts and the address stands."""
    key = token.partition(".")[0]
    if not key.isdecimal() or len(key) > 18:
        return None
    mine = Membership.objects.open().filter(pk=key, person__is_active=True)
    found = mine.select_related("person__calendar", "body").first()
    calendar = getattr(found.person, "calendar", None) if found is not None else None
    if calendar is None:
        return None
    try:
        signer(calendar).unsign(token)
    except BadSignature:
        return None
    return found
