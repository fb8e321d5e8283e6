"""Destroys seals that nobody may open by what the database says."""

from typing import Any

from django.core.management.base import BaseCommand

from core.actions import sealed_files


class Command(BaseCommand):
    """Called by `./folkmoot restore`: what was destroyed after the backup may have come back with it."""

    help = __doc__

    def handle(self, *_args: Any, **_options: Any) -> None:
        """As often as one likes."""
        self.stdout.write(f"{sealed_files.tidy()} seals or files of seals are destroyed.")
