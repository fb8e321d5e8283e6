"""A new signing key takes over. The old one signs it, so that who knows the old one can trust the new."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from core.signer import keys
from core.signer.folder import the_folder
from core.timekeeping import folkmoot_now


class Command(BaseCommand):
    """Called by `./folkmoot rotate-keys`, as the signer; a running signer goes on with the new key."""

    requires_system_checks = []  # of pages and forms, which the signer does not load
    help = __doc__

    def add_arguments(self, parser: CommandParser) -> None:
        """The one option."""
        parser.add_argument("--lost", action="store_true", help="the old key is gone: begin anew, without its word")

    def handle(self, *_args: Any, lost: bool, **_options: Any) -> None:
        """Rotate, and make it known at once."""
        folder = the_folder()
        folder.make()
        with folder.locked():
            try:
                there = keys.load(folder) is not None
                if lost and there:
                    raise CommandError("The key is there. Without --lost it signs the new one, which is better.")
                if not lost and not there:
                    raise CommandError("There is no key here. Bring it back (bring-key), or say --lost if it is gone.")
                if lost:
                    keys.make(folder)
                else:
                    keys.rotate(folder, folkmoot_now())
                text = keys.ready(folder).key.text
            except keys.KeyMissing as problem:
                raise CommandError(str(problem)) from None
        self.stdout.write(f"From now on this key signs; tell the members:\n{text}")
