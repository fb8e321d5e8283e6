"""One pass of the signer, and the loop around it."""

import threading
import time
from dataclasses import dataclass, field
from datetime import datetime, timedelta

import structlog
from django.db import Error, close_old_connections, connection

from core.signer import checkpoints, keys, receipts, votes
from core.signer.folder import NotPrivate, SignerFolder, the_folder
from core.signer.keys import KeyMissing, Signing
from core.timekeeping import folkmoot_now

log = structlog.get_logger(__name__)

PAUSE_SECONDS = 1.0
LOOK_SECONDS = 10.0
LOOK_OVER_SECONDS = 600.0
TROUBLE_SECONDS = 60.0
TEND_SECONDS = 60.0
STILL_COMMITTING = timedelta(seconds=60)
"""Longer than the longest transaction that changes a ballot: who commits late is found all the same."""


@dataclass
class Signer:
    """What it knows from pass to pass; all of it may be forgotten."""

    folder: SignerFolder = field(default_factory=the_folder)
    signing: Signing | None = None
    files: frozenset[str] = frozenset()
    numbered: int = -1
    looked_at: float = -LOOK_SECONDS
    looked_over_at: float = -LOOK_OVER_SECONDS
    since: datetime | None = None
    tended_at: float = -TEND_SECONDS
    stopped: set[int] = field(default_factory=set)
    trouble_at: float = -TROUBLE_SECONDS

    def one_pass(self) -> bool:
        """Do what is due; False if there is no key or no folder to sign with. The next pass tries again.

        The keys of secret votes are tended first: counting must not wait for a signing key.
        """
        try:
            self.folder.make()
            with self.folder.locked():
                self.tend()  # no secret vote waits for a signing key
                self.work(self.with_key())
        except (KeyMissing, NotPrivate, OSError) as problem:
            self.complain(str(problem))
            return False
        return True

    def tend(self) -> None:
        """Secret votes: at once what a cheap look finds, the whole folder now and then."""
        if votes.is_due() or time.monotonic() >= self.tended_at + TEND_SECONDS:
            votes.tend()
            self.tended_at = time.monotonic()

    def with_key(self) -> Signing:
        """The key that signs now; looked for anew when the files of keys are others than before."""
        if self.signing is None or self.files != self.folder.key_files():
            self.signing = keys.ready(self.folder)
            self.files = self.folder.key_files()
        return self.signing

    def work(self, signing: Signing) -> None:
        """Checkpoints, then receipts."""
        if time.monotonic() >= self.looked_over_at + LOOK_OVER_SECONDS:
            self.stopped = checkpoints.look_over(self.folder)
            self.looked_over_at, self.since = time.monotonic(), None
        if self.records_may_have_grown():
            self.stopped |= checkpoints.sign_all(self.folder, signing)
        at = folkmoot_now()
        since = None if self.since is None else min(self.since, at) - STILL_COMMITTING
        receipts.sign_all(signing, since=since, stopped=self.stopped)
        self.since = at

    def records_may_have_grown(self) -> bool:
        """A cheap look: whether a line was numbered since the last pass or in it, or it is time to look anyway.

        A number is taken before its line is committed, so the pass after that one looks again.
        """
        with connection.cursor() as cursor:
            cursor.execute("SELECT last_value FROM core_recordline_id_seq")
            numbered = int(cursor.fetchone()[0])
        moved, self.numbered = numbered != self.numbered, numbered
        if moved or time.monotonic() >= self.looked_at + LOOK_SECONDS:
            self.looked_at = time.monotonic() - (LOOK_SECONDS - PAUSE_SECONDS if moved else 0)
            return True
        return False

    def complain(self, problem: str) -> None:
        """Loudly, but not every second."""
        if time.monotonic() >= self.trouble_at + TROUBLE_SECONDS:
            log.error("NOTHING IS SIGNED", problem=problem)
            self.trouble_at = time.monotonic()


def loop(enough: threading.Event) -> None:
    """A pass every second until `enough` is set; most of them find nothing and cost four short statements."""
    signer = Signer()
    while not enough.is_set():
        close_old_connections()
        try:
            signer.one_pass()
        except Error as problem:
            log.warning("the database is away, trying again", problem=type(problem).__name__)
            connection.close()
            signer = Signer()  # another database may answer next time: look at everything anew
        except Exception:  # neither receipts nor keys may make it fall: it would fall again and again
            log.exception("this pass was broken off, and nobody foresaw why")
        enough.wait(PAUSE_SECONDS)
    connection.close()
