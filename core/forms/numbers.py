"""Whole numbers, with their range said as neighbours say it."""

from typing import Any, ClassVar

from django import forms
from django.utils.formats import number_format
from django.utils.functional import lazy
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _


class WholeNumber(forms.IntegerField):
    """A whole number from `low` to `high`. What is out of range is answered with the range."""

    default_error_messages: ClassVar[Any] = {
        "required": _("Write a number here."),
        "invalid": _("Write a whole number, such as 30."),
    }

    def __init__(self, *, low: int, high: int, **kwargs: Any) -> None:
        super().__init__(min_value=low, max_value=high, **kwargs)
        self.error_messages["min_value"] = self.error_messages["max_value"] = lazy_range(low, high)


def _range(low: int, high: int) -> str:
    ends = {"low": number_format(low, force_grouping=True), "high": number_format(high, force_grouping=True)}
    return gettext("Write a number from %(low)s to %(high)s.") % ends


lazy_range = lazy(_range, str)
