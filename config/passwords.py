"""Passwords that anybody would try first in a house like this one."""

import re

from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

WORDS = (
    "folkmoot", "password", "welcome", "council", "assembly", "neighbourhood", "neighborhood", "neighbour", "neighbor",
    "mandate", "recall", "proposal", "contrasena", "bienvenido", "bienvenida", "consejo", "asamblea", "vecindario",
    "vecino", "vecina", "barrio", "mandato", "propuesta",
)  # fmt: skip
"""Words of this application, in its languages; the parts of the house's own address are added."""

ENOUGH_LEFT = 4
"""So many letters beside our words make a password of one's own."""


class NotOurWordsValidator:
    """Refuses a password that is hardly more than our words: "Folkmoot2026!". What else it consists of is free."""

    def validate(self, password: str, user: AbstractBaseUser | None = None) -> None:
        """Raise `ValidationError` if too little is left without them."""
        del user
        letters = re.sub(r"[^a-z]", "", password.lower())
        left = letters
        for word in sorted({*WORDS, *address_words()}, key=len, reverse=True):
            left = left.replace(word, "")
        if left != letters and len(left) < ENOUGH_LEFT:
            raise ValidationError(_("Somebody would guess this word first here. Take other words."), code="our_words")

    def get_help_text(self) -> str:
        """What a password must not be."""
        return _("Not a word that everybody here knows.")


def address_words() -> list[str]:
    """The parts of the address of the house that are long enough to be words."""
    parts = re.split(r"[^a-z]+", str(settings.SITE_ADDRESS.hostname).lower())
    return [part for part in parts if len(part) >= ENOUGH_LEFT]
