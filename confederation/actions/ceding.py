"""Matters that the bodies of a confederation decide together: ceded, and taken back."""

from datetime import datetime

from confederation.models import Ceded
from confederation.rules.matters import Sort
from core.models import Body
from core.record import record

CEDED = "confederation.ceded"


def cede(confederation: Body, sort: Sort, words: str, *, at: datetime) -> Ceded:
    """A locked confederation decides on this from now on. Called in the transaction in which its bodies found it."""
    ceded = Ceded.objects.create(confederation=confederation, sort=sort, words=words, since=at)
    record(CEDED, confederation, by=None, at=at, texts={"words": words}, ceded=ceded.pk, sort=str(sort.value))
    return ceded
