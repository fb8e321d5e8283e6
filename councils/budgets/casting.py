"""All ballots of a budget, cast by many clients at once: through the action, or through the pages over HTTP."""

import http.client
import queue
import ssl
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from typing import Protocol
from urllib.parse import urlencode, urlsplit

from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore
from django.contrib.sessions.models import Session
from django.db import connection
from django.urls import reverse
from django.utils import timezone
from django.utils.crypto import get_random_string

from core.actions import ballots
from core.models import Person, Vote
from core.rules.positions import Position
from councils.budgets.founding import AT_ONCE, Council, agrees

Say = Callable[[str], object]
TRIES = 6
PAUSE = 0.2
LINES = 10
"""How often the progress is told."""
HTTP_SEE_OTHER = 303


class NotTaken(RuntimeError):
    """A ballot was not acknowledged."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """What one voter gives to all projects."""

    person: Person
    positions: tuple[tuple[Vote, Position], ...]


class Client(Protocol):
    """Somebody who hands in sheets, one after the other."""

    def hand_in(self, sheet: Sheet, told: Callable[[], None]) -> None:
        """Cast all ballots of a sheet; `told` after each that was acknowledged."""

    def close(self) -> None:
        """Go home."""


def sheets(council: Council) -> list[Sheet]:
    """One for each voter."""
    return [
        Sheet(
            council.people[voter.id],
            tuple(
                (vote, Position.AGREE if agrees(voter, project) else Position.ABSTAIN)
                for project, vote in council.votes.items()
            ),
        )
        for voter in council.budget.voters
    ]


class Progress:
    """Counts what was acknowledged, in whatever thread, and says so now and then."""

    def __init__(self, total: int, say: Say) -> None:
        self.total, self.say = total, say
        self.done, self.begun = 0, time.monotonic()
        self._lock = threading.Lock()

    def one(self) -> None:
        """One more ballot."""
        with self._lock:
            self.done += 1
            if self.done * LINES // self.total != (self.done - 1) * LINES // self.total:
                self.say(f"  {self.done:,} of {self.total:,} ballots, {self.rate:.0f} a second")

    @property
    def rate(self) -> float:
        """Ballots a second so far."""
        return self.done / max(time.monotonic() - self.begun, 0.001)


def cast_all(todo: list[Sheet], make_client: Callable[[], Client], *, clients: int, say: Say) -> Progress:
    """Hand in all sheets by so many clients at once; raises the first problem one of them met."""
    waiting: queue.SimpleQueue[Sheet] = queue.SimpleQueue()
    for sheet in todo:
        waiting.put(sheet)
    progress = Progress(sum(len(sheet.positions) for sheet in todo), say)
    problems: list[Exception] = []
    threads = [
        threading.Thread(target=work, args=[make_client, waiting, progress, problems], daemon=True)
        for _number in range(clients)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if problems:
        raise problems[0]
    return progress


def work(
    make_client: Callable[[], Client],
    waiting: "queue.SimpleQueue[Sheet]",
    progress: Progress,
    problems: list[Exception],
) -> None:
    """One client's thread: hand in what is waiting, until nothing is, or somebody met a problem."""
    client = make_client()
    try:
        while not problems:
            client.hand_in(waiting.get_nowait(), progress.one)
    except queue.Empty:
        return
    except Exception as problem:  # raised again in the caller's thread
        problems.append(problem)
    finally:
        client.close()


class ActionClient:
    """Calls the action itself, on a database connection of its own thread."""

    def hand_in(self, sheet: Sheet, told: Callable[[], None]) -> None:
        """Cast by the action."""
        for vote, position in sheet.positions:
            ballots.cast(vote, position, by=sheet.person)
            told()

    def close(self) -> None:
        """Give the connection back."""
        connection.close()


class PageClient:
    """Sends the form of the page, over one kept-alive connection, each voter with a session of their own."""

    def __init__(self, site: str, sessions: dict[int, str]) -> None:
        self.site, self.sessions = urlsplit(site), sessions
        self.token = get_random_string(32)
        self.line: http.client.HTTPConnection | None = None

    def hand_in(self, sheet: Sheet, told: Callable[[], None]) -> None:
        """Send the form for each project."""
        for vote, position in sheet.positions:
            self.send(vote, position, self.sessions[sheet.person.pk])
            told()

    def send(self, vote: Vote, position: Position, session: str) -> None:
        """One ballot; sent again if the line breaks (the same ballot twice is one ballot)."""
        address = reverse("core:ballot-cast", args=[vote.proposal_id])
        form = urlencode({"vote": vote.pk, "position": position.value, "reason": "", "csrfmiddlewaretoken": self.token})
        for attempt in range(TRIES):
            try:
                status = self.post(address, form, session)
            except (http.client.HTTPException, OSError):
                self.close()
                time.sleep(PAUSE * attempt)
                continue
            if status != HTTP_SEE_OTHER:
                raise NotTaken(f"{address} answered {status}: the ballot was not taken.")
            return
        raise NotTaken(f"{self.site.geturl()} does not answer.")

    def post(self, address: str, form: str, session: str) -> int:
        """The status of the answer."""
        if self.line is None:
            self.line = self.connect()
        cookies = f"{settings.SESSION_COOKIE_NAME}={session}; {settings.CSRF_COOKIE_NAME}={self.token}"
        self.line.request(
            "POST",
            address,
            body=form,
            headers={
                "Cookie": cookies,
                "Content-Type": "application/x-www-form-urlencoded",
                "Referer": f"{self.site.geturl()}{address}",
            },
        )
        answer = self.line.getresponse()
        answer.read()
        return answer.status

    def connect(self) -> http.client.HTTPConnection:
        """A line to the site."""
        host = self.site.hostname or "localhost"
        if self.site.scheme == "https":
            return http.client.HTTPSConnection(host, self.site.port, timeout=30, context=ssl.create_default_context())
        return http.client.HTTPConnection(host, self.site.port, timeout=30)

    def close(self) -> None:
        """Hang up."""
        if self.line is not None:
            self.line.close()
            self.line = None


@contextmanager
def signed_in(people: list[Person]) -> Iterator[dict[int, str]]:
    """A session for each person, by their key, made beforehand; gone afterwards."""
    until = timezone.now() + timedelta(hours=6)
    store = SessionStore()
    rows = [
        Session(
            session_key=get_random_string(32, "abcdefghijklmnopqrstuvwxyz0123456789"),
            session_data=store.encode(
                {
                    SESSION_KEY: str(person.pk),
                    BACKEND_SESSION_KEY: "django.contrib.auth.backends.ModelBackend",
                    HASH_SESSION_KEY: person.get_session_auth_hash(),
                }
            ),
            expire_date=until,
        )
        for person in people
    ]
    Session.objects.bulk_create(rows, batch_size=AT_ONCE)
    try:
        yield {person.pk: row.session_key for person, row in zip(people, rows, strict=True)}
    finally:
        Session.objects.filter(session_key__in=[row.session_key for row in rows]).delete()
