"""Signs what is committed: once, or for as long as it is left running. Runs as the signer, nobody else."""

import signal
import threading
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from core.signer.loop import Signer, loop


class Command(BaseCommand):
    """`manage.py sign --loop` is the signer; `--once` does one pass and ends."""

    requires_system_checks = []  # of pages and forms, which the signer does not load
    help = "Sign checkpoints of records and receipts of ballots. --once: one pass. --loop: go on."

    def add_arguments(self, parser: CommandParser) -> None:
        """One of two."""
        how = parser.add_mutually_exclusive_group(required=True)
        how.add_argument("--once", action="store_true", help="one pass, and an error if it could not sign")
        how.add_argument("--loop", action="store_true", help="go on until told to stop")

    def handle(self, *_args: Any, **options: Any) -> None:
        """Once, or until SIGTERM or SIGINT; the pass that runs is finished first."""
        if options["once"]:
            if not Signer().one_pass():
                raise CommandError("Nothing was signed; the line above says why.")
            return
        enough = threading.Event()
        for name in (signal.SIGTERM, signal.SIGINT):
            signal.signal(name, lambda *_: enough.set())
        loop(enough)
