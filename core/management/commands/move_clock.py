"""Moves the clock of decisions in a demo, so that closings can be watched."""

import re
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import DatabaseError, transaction

from core.models import ClockOffset
from core.timekeeping import folkmoot_now

UNITS = {"d": "days", "h": "hours", "m": "minutes"}
STEP = re.compile(r"\+?((?:\d{1,4}[dhm])+)")


class Command(BaseCommand):
    """`move_clock +3d` or `+12h` or `+1d6h`; `--reset` goes back to the real time. Only in a demo."""

    help = "Move the clock of decisions: +3d, +12h, +30m, +1d6h; or --reset. Only in a demo."

    def add_arguments(self, parser: CommandParser) -> None:
        """How far, or back to real time."""
        parser.add_argument("by", nargs="?", default="", help="how far: +3d, +12h, +30m, +1d6h")
        parser.add_argument("--reset", action="store_true", help="back to the real time")

    def handle(self, *_args: Any, **options: Any) -> None:
        """Write the offset as the owner, and say what time it is now."""
        if not settings.DEMO:
            raise CommandError("The clock can only be moved in a demo. In a real house it is the database's own.")
        try:
            move(None if options["reset"] else distance(options["by"]))
        except DatabaseError as problem:
            raise CommandError("Only the owner of the database can move the clock.") from problem
        now = folkmoot_now()
        self.stdout.write(f"It is now {now:%A, %d %B %Y, %H:%M} UTC in this demo. What is due happens within seconds.")


def distance(text: str) -> timedelta:
    """`+1d6h` as a time."""
    found = STEP.fullmatch(text.strip())
    if found is None:
        raise CommandError("Say how far: +3d, +12h, +30m or +1d6h; or --reset.")
    parts = re.findall(r"(\d+)([dhm])", found[1])
    return sum((timedelta(**{UNITS[unit]: int(number)}) for number, unit in parts), timedelta())


@transaction.atomic
def move(by: timedelta | None) -> None:
    """Add to the offset, or set it to zero."""
    clock = ClockOffset.objects.select_for_update().get(pk=1)
    clock.offset = timedelta() if by is None else clock.offset + by
    clock.save(update_fields=["offset"])
