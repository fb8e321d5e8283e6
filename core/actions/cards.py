"""Sign-in cards: a printed code works once and sets the person's own PIN; then sign-in name and PIN sign in."""

import hashlib
import secrets
from datetime import datetime
from functools import cache

from django.contrib.auth.hashers import check_password, make_password
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from core.actions.throttle import Throttle
from core.models import Person, SignInCard
from core.refusals import Invalid, UsedUp

LETTERS = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789"  # without I, O, 0 and 1, which look alike on paper
CODE_LENGTH = 20  # 32**20 = 100 bits
PIN_LEAST = 6

LIMITS = (Throttle("card", limit=10, seconds=15 * 60), Throttle("card-day", limit=40, seconds=24 * 3600))
"""A PIN of 6 digits has a million values: at 40 tries a day, trying half of them takes 34 years."""


def count_try(key: str) -> None:
    """Count one try against each limit; `TooMany` beyond one."""
    for limit in LIMITS:
        limit.take(key)


@transaction.atomic
def make(person: Person, *, at: datetime) -> str:
    """A new card for oneself; the former one and its PIN end. The code is returned once and kept only as a hash."""
    code = "".join(secrets.choice(LETTERS) for _index in range(CODE_LENGTH))
    SignInCard.objects.filter(person=person).delete()
    SignInCard.objects.create(person=person, code_hash=hashed(code), printed_at=at)
    return "-".join(code[i : i + 5] for i in range(0, CODE_LENGTH, 5))


def hashed(code: str) -> str:
    """What is kept of a code; dashes, spaces and small letters do not matter."""
    plain = "".join(letter for letter in code.upper() if letter.isalnum())
    return hashlib.sha256(plain.encode()).hexdigest()


def begin(code: str, pin: str, *, at: datetime) -> Person:
    """Use the code of a card, once, and set one's own PIN. A refused PIN leaves the code as it was."""
    count_try(hashed(code))
    return use(code, pin, at=at)


@transaction.atomic
def use(code: str, pin: str, *, at: datetime) -> Person:
    """What `begin` does once the try is counted."""
    card = SignInCard.objects.select_for_update(no_key=True).filter(code_hash=hashed(code)).first()
    if card is None or card.used_at is not None or not card.person.is_active:
        raise UsedUp(_("This code does not work. It works once: if you have a PIN already, use that."))
    check_pin(pin)
    card.used_at = at
    card.pin_hash = make_password(pin)
    card.save(update_fields=["used_at", "pin_hash"])
    return card.person


def check_pin(pin: str) -> None:
    """Raise `Invalid` for a PIN that is too short, not of digits, or the first that anybody would try."""
    if not pin.isdecimal() or len(pin) < PIN_LEAST:
        raise Invalid(_("A PIN has at least 6 digits."))
    if len(set(pin)) < 3 or pin in "01234567890123456789" or pin in "98765432109876543210":
        raise Invalid(_("Choose a PIN that is harder to guess."))


def person_with(sign_in_name: str, pin: str, *, device: str = "") -> Person | None:
    """The person with that name and PIN; None if they do not fit. Ten tries a quarter of an hour, 40 a day.

    A device they signed in on before is counted by itself: a stranger who uses up the tries does not lock them out.
    """
    count_try(f"{sign_in_name.lower()[:40]} {device}".strip())
    card = SignInCard.objects.select_related("person").filter(person__sign_in_name=sign_in_name.lower()).first()
    stored = card.pin_hash if card is not None and card.pin_hash else unusable()
    fits = check_password(pin, stored)  # also for nobody, so that the time tells nothing
    return card.person if card is not None and fits and card.person.is_active else None


@cache
def unusable() -> str:
    """A hash that nothing fits, made when it is first needed: it takes as long as a real one."""
    return make_password(secrets.token_hex(16))
