"""Sign somebody out everywhere, or everybody: after a theft, or when a key was seen."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from core.actions import people
from core.models import Person


class Command(BaseCommand):
    """Ends sessions. Passwords, cards and tokens stay: their owners end them on their own pages."""

    help = __doc__

    def add_arguments(self, parser: ArgumentParser) -> None:
        """One name, or everybody."""
        whose = parser.add_mutually_exclusive_group(required=True)
        whose.add_argument("sign_in_name", nargs="?")
        whose.add_argument("--everybody", action="store_true")

    def handle(self, *args: Any, **options: Any) -> None:
        """End them and say how many they were."""
        if options["everybody"]:
            ended = people.end_all_sessions()
        else:
            person = Person.objects.filter(sign_in_name__iexact=options["sign_in_name"]).first()
            if person is None:
                raise CommandError("Nobody has this sign-in name.")
            ended = people.end_sessions(person)
        self.stdout.write(f"{ended} sessions ended.")
