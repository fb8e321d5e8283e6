"""Brings the database to the state of the code, as the owner, in one start of Django."""

import os

import django
from django.core.management import call_command


def main() -> None:
    """Migrate and make what is missing; harmless when repeated."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    django.setup()
    call_command("migrate", interactive=False, verbosity=0, skip_checks=True)
    call_command("createcachetable", verbosity=0)


if __name__ == "__main__":
    main()
