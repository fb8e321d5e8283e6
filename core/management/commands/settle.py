"""Does what is due: once, or every ten seconds for as long as it is left running."""

import signal
import threading
import time
from typing import Any

import structlog
from django.core.management.base import BaseCommand, CommandParser
from django.db import Error, close_old_connections, connection

from core.actions.settling import settle
from core.notices import sweeping

log = structlog.get_logger(__name__)

EVERY_SECONDS = 10.0
DIGESTS_EVERY_SECONDS = 60.0


class Command(BaseCommand):
    """`manage.py settle` does it once; `--loop` goes on, needs no broker, and outlives a lost database."""

    help = "Close what is due, open what the clock opens, send the news. --loop: every 10 seconds."

    def add_arguments(self, parser: CommandParser) -> None:
        """The one option."""
        parser.add_argument("--loop", action="store_true", help="go on until told to stop")

    def handle(self, *_args: Any, **options: Any) -> None:
        """Once, or until SIGTERM or SIGINT; the pass that runs is finished first."""
        if not options["loop"]:
            self.stdout.write(f"{settle() + sweeping.sweep() + sweeping.send_digests()} done")
            return
        enough = threading.Event()
        for name in (signal.SIGTERM, signal.SIGINT):
            signal.signal(name, lambda *_: enough.set())
        loop(enough)


def loop(enough: threading.Event) -> None:
    """A pass every ten seconds until `enough` is set."""
    digests_at = 0.0
    while not enough.is_set():
        with_digests = time.monotonic() >= digests_at
        if one_pass(with_digests=with_digests) and with_digests:
            digests_at = time.monotonic() + DIGESTS_EVERY_SECONDS
        enough.wait(EVERY_SECONDS)
    connection.close()


def one_pass(*, with_digests: bool = False) -> bool:
    """Settle and sweep; False if the database was away. The next pass connects again."""
    close_old_connections()
    try:
        settle()
        sweeping.sweep()
        if with_digests:
            sweeping.send_digests()
    except Error as problem:
        log.warning("the database is away, trying again", problem=type(problem).__name__)
        connection.close()
        return False
    return True
