"""What forms say of a field: all of it in our words, in both languages."""

import pkgutil
from collections.abc import Iterator
from importlib import import_module
from typing import Any

import pytest
from django import forms
from django.core import validators
from django.utils.functional import Promise
from django.utils.translation import override

import core.forms
import councils.forms
from config.words import read
from core.words.fields import OF_FIELDS, OF_VALIDATORS


def made() -> Iterator[tuple[str, forms.Field]]:
    """Each field of each form of the house, by the name of form and field."""
    for package in (core.forms, councils.forms):
        for module in pkgutil.iter_modules(package.__path__):
            for kind in vars(import_module(f"{package.__name__}.{module.name}")).values():
                for name, field in getattr(kind, "base_fields", {}).items():
                    yield f"{kind.__name__}.{name}", field


def said_by(field: forms.Field) -> Iterator[Any]:
    """Every sentence that a field and what it is checked by can say."""
    yield from (words for code, words in field.error_messages.items() if code not in NOT_ASKED)
    for validator in field.validators:
        message = getattr(validator, "message", None)
        if message is not None:
            yield message


NOT_ASKED = {"invalid_image", "empty", "missing", "contradiction", "overflow", "invalid_pk_value"}
"""Of files and spans of time, which no form asks for, and of keys, which are never typed."""


def test_no_form_of_ours_speaks_in_the_words_of_the_framework() -> None:
    ours = {word for _context, word in read()} | {""}
    with override(None):  # the words as they stand in the code
        foreign = {
            f"{name}: {words}"
            for name, field in made()
            for words in said_by(field)
            if isinstance(words, str | Promise) and not is_ours(str(words), ours)
        }
    assert foreign == set()


def is_ours(words: str, ours: set[str]) -> bool:
    """Whether it is in the catalogue; what a field writes with numbers of its own is looked for in its own test."""
    return words in ours or words.startswith("Write a number from ")


class Asked(forms.Form):
    """One field of each sort."""

    name = forms.CharField(max_length=3, min_length=2)
    sort = forms.ChoiceField(choices=[("a", "A")])
    sorts = forms.MultipleChoiceField(choices=[("a", "A")])
    number = forms.IntegerField(min_value=2, max_value=4)
    share = forms.DecimalField(max_digits=3, decimal_places=1)
    day = forms.DateField()
    moment = forms.DateTimeField()
    address = forms.EmailField()


WRONG: list[tuple[str, str, str, str]] = [
    ("name", "", "This is missing. Fill it in.", "Falta esto. Complétalo."),
    ("name", "abcd", "at most 3 characters, and it has 4.", "como mucho 3 caracteres, y tiene 4."),
    ("name", "a", "it has 1, and needs at least 2 characters.", "tiene 1 y necesita al menos 2 caracteres."),
    ("sort", "", "Choose one of them.", "Elige una opción."),
    ("sort", "b", "Choose from those on the list.", "Elige entre las opciones de la lista."),
    ("sorts", "b", "Choose from those on the list.", "Elige entre las opciones de la lista."),
    ("number", "x", "Write a whole number, such as 30.", "Escribe un número entero, como 30."),
    ("number", "1", "Write 2 or more.", "Escribe 2 o más."),
    ("number", "5", "Write 4 or less.", "Escribe 4 o menos."),
    ("share", "2.345", "Write a number, such as 2.5.", "Escribe un número, como 2.5."),
    ("day", "soon", "Write a day, such as 2027-01-31.", "Escribe un día, como 2027-01-31."),
    ("moment", "soon", "Write a day and an hour", "Escribe un día y una hora"),
    (
        "address",
        "nowhere",
        "Write an address such as name@example.org.",
        "Escribe una dirección como",
    ),
]


@pytest.mark.parametrize(("field", "typed", "english", "spanish"), WRONG)
def test_a_field_says_in_plain_words_what_is_wrong(field: str, typed: str, english: str, spanish: str) -> None:
    for language, words in (("en", english), ("es", spanish)):
        with override(language):
            said = " ".join(map(str, Asked({field: typed}).errors[field]))
            assert words in said


def test_the_words_reach_fields_and_validators() -> None:
    for field, words in OF_FIELDS.items():
        assert words.items() <= field.default_error_messages.items()
    for validator, message in OF_VALIDATORS.items():
        assert validator.message is message
    assert validators.DecimalValidator(3, 1).messages["max_digits"]
