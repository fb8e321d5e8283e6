"""API tokens of one person: shown once, kept as hashes, ended at any time."""

import hashlib
import secrets
from datetime import datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from core.locks import lock
from core.models import ApiToken, Person
from core.refusals import Denied, Invalid
from core.rules.lines import one_line

OPEN_MAX = 20
DAYS_MAX = 365


@transaction.atomic
def make(person: Person, *, name: str, scope: str, days: int, at: datetime) -> tuple[ApiToken, str]:
    """A new token and its secret, which is shown this once."""
    lock(person)
    if not one_line(name) or scope not in ApiToken.Scope.values or not 1 <= days <= DAYS_MAX:
        raise Invalid(_("Say what the token is for, what it may do, and for how many days (1 to 365)."))
    if ApiToken.objects.filter(person=person, ended_at=None, expires_at__gt=at).count() >= OPEN_MAX:
        raise Invalid(_("You have 20 tokens already. End one first."))
    secret = secrets.token_urlsafe(32)
    row = ApiToken.objects.create(
        person=person,
        name=one_line(name)[:60],
        scope=scope,
        token_hash=hashlib.sha256(secret.encode()).hexdigest(),
        created_at=at,
        expires_at=at + timedelta(days=days),
    )
    return row, secret


@transaction.atomic
def end(token: ApiToken, *, by: Person, at: datetime) -> ApiToken:
    """End one's own token at once."""
    token = lock(token)
    if token.person_id != by.pk:
        raise Denied(_("Only who made a token can end it."))
    if token.ended_at is None:
        token.ended_at = at
        token.save(update_fields=["ended_at"])
    return token
