"""People who hold mandates of a confederation: its members are bodies, so that they need a label of their own there."""

import secrets
from typing import ClassVar

import pgtrigger
from django.db import models

from core.models import Body, Person


def new_key() -> bytes:
    """A key for a label."""
    return secrets.token_bytes(32)


class Holder(models.Model):
    """The key of a person's label in the record of one confederation. It is made there, out of nothing, so that no
    label of any other body leads to it or from it.
    """

    confederation = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="+")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    label_key = models.BinaryField(max_length=32, default=new_key)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["confederation", "person"], name="holder_once"),
        ]
        triggers: ClassVar = [pgtrigger.Protect(name="holder_kept", operation=pgtrigger.Update | pgtrigger.Delete)]

    def __str__(self) -> str:
        return f"holder {self.pk}"
