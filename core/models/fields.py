"""Kinds of columns that Django does not have."""

from typing import Any

from django.db import models

from core.rules.lines import one_line


class LineField(models.CharField[str, str]):
    """A name or title: whatever way it is written, one line is stored."""

    def pre_save(self, model_instance: models.Model, add: bool) -> Any:
        """Tidy the object too, so that it says what was stored. (Django asks a column this; it is no signal.)"""
        line = self.get_prep_value(super().pre_save(model_instance, add))
        setattr(model_instance, self.attname, line)
        return line

    def get_prep_value(self, value: Any) -> Any:
        """Also for `update()` and `bulk_create()`."""
        value = super().get_prep_value(value)
        return one_line(value) if isinstance(value, str) else value
