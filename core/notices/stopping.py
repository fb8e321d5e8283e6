"""The link in every mail that stops them: signed, without sign-in, bound to the address it was sent to."""

from django.conf import settings
from django.core import signing
from django.urls import reverse
from django.utils.crypto import constant_time_compare, salted_hmac

from core.models import Person

SALT = "core.notices.stopping"


def stop_url(person: Person) -> str:
    """The address that stops the mails to this person."""
    token = signing.Signer(salt=SALT).sign_object([person.pk, fingerprint(person)])
    return f"{settings.SITE_URL}{reverse('core:mail-stop', args=[token])}"


def person_of(token: str) -> Person | None:
    """Whose mails a link stops; None if it is forged, or was sent to an address that is no longer theirs."""
    try:
        pk, mark = signing.Signer(salt=SALT).unsign_object(token)
    except (signing.BadSignature, ValueError, TypeError):
        return None
    person = Person.objects.filter(pk=pk).first()
    if person is None or not constant_time_compare(mark, fingerprint(person)):
        return None
    return person


def fingerprint(person: Person) -> str:
    """A mark of the address, so that the link itself does not tell it."""
    return salted_hmac(SALT, person.email or "", algorithm="sha256").hexdigest()[:16]
