"""What forms say of a field that is empty or cannot be read: in our words, in one place, instead of Django's."""

from typing import Any

from django import forms
from django.core import validators
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

MISSING = _("This is missing. Fill it in.")
CHOOSE = _("Choose one of them.")
NOT_ON_THE_LIST = _("Choose from those on the list.")
WHOLE = _("Write a whole number, such as 30.")
NUMBER = _("Write a number, such as 2.5.")
AT_LEAST, AT_MOST = _("Write %(limit_value)s or more."), _("Write %(limit_value)s or less.")
ADDRESS = _("Write an address such as name@example.org.")
NO_SUCH_SIGN = _("There is a sign in it that cannot be kept. Write it anew.")
TOO_LONG = ngettext_lazy(
    "This is too long: at most %(limit_value)d character, and it has %(show_value)d.",
    "This is too long: at most %(limit_value)d characters, and it has %(show_value)d.",
    "limit_value",
)
TOO_SHORT = ngettext_lazy(
    "This is too short: it has %(show_value)d, and needs at least %(limit_value)d character.",
    "This is too short: it has %(show_value)d, and needs at least %(limit_value)d characters.",
    "limit_value",
)

OF_FIELDS: dict[type[forms.Field], dict[str, Any]] = {
    forms.Field: {"required": MISSING},
    forms.IntegerField: {"invalid": WHOLE},
    forms.FloatField: {"invalid": NUMBER},
    forms.DecimalField: {"invalid": NUMBER},
    forms.DateField: {"invalid": _("Write a day, such as 2027-01-31.")},
    forms.DateTimeField: {"invalid": _("Write a day and an hour, such as 2027-01-31 18:00.")},
    forms.JSONField: {"invalid": _("Your device sent something that cannot be read. Try it again.")},
    forms.ChoiceField: {"required": CHOOSE, "invalid_choice": NOT_ON_THE_LIST},
    forms.MultipleChoiceField: {"invalid_choice": NOT_ON_THE_LIST, "invalid_list": NOT_ON_THE_LIST},
    forms.ModelChoiceField: {"required": CHOOSE, "invalid_choice": NOT_ON_THE_LIST},
    forms.ModelMultipleChoiceField: {
        "invalid_list": NOT_ON_THE_LIST,
        "invalid_choice": NOT_ON_THE_LIST,
        "invalid_pk_value": NOT_ON_THE_LIST,
    },
}
OF_VALIDATORS: dict[type[Any], Any] = {
    validators.MinValueValidator: AT_LEAST,
    validators.MaxValueValidator: AT_MOST,
    validators.MinLengthValidator: TOO_SHORT,
    validators.MaxLengthValidator: TOO_LONG,
    validators.EmailValidator: ADDRESS,
    validators.RegexValidator: _("This cannot be taken as it is written."),
    validators.ProhibitNullCharactersValidator: NO_SUCH_SIGN,
}


def say_it_our_way() -> None:
    """Called once at start-up, before the forms are read in: a field takes its words when it is made."""
    for field, words in OF_FIELDS.items():
        field.default_error_messages = {**field.default_error_messages, **words}
    for validator, words in OF_VALIDATORS.items():
        validator.message = words
    decimal: Any = validators.DecimalValidator
    decimal.messages = dict.fromkeys(decimal.messages, NUMBER)
