"""Clients over HTTP that cost little themselves: one thread, requests written beforehand, one connection for each."""

import contextlib
import selectors
import socket
import time
import urllib.parse
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

CSRF = "f" * 32
PATIENCE = 20.0


@dataclass
class Heard:
    """What a crowd heard: statuses, the seconds of each request, and how long all took."""

    statuses: Counter[int] = field(default_factory=Counter)
    waits: list[float] = field(default_factory=list)
    took: float = 0.0

    @property
    def a_second(self) -> float:
        """Requests a second."""
        return sum(self.statuses.values()) / self.took


def form(port: int, path: str, cookie: str, session: str, fields: dict[str, object]) -> bytes:
    """A form as a browser sends it, with the session of somebody signed in."""
    body = urllib.parse.urlencode({"csrfmiddlewaretoken": CSRF, **fields}).encode()
    head = [
        f"POST {path} HTTP/1.1",
        f"Host: localhost:{port}",
        "Content-Type: application/x-www-form-urlencoded",
        f"Content-Length: {len(body)}",
        f"Cookie: {cookie}={session}; csrf={CSRF}",
        "Connection: close",
        "\r\n",
    ]
    return "\r\n".join(head).encode() + body


def page(port: int, path: str, cookie: str, session: str) -> bytes:
    """A page as a browser asks for it."""
    head = [
        f"GET {path} HTTP/1.1",
        f"Host: localhost:{port}",
        f"Cookie: {cookie}={session}; csrf={CSRF}",
        "Accept-Encoding: gzip, br",
        "Connection: close",
        "\r\n",
    ]
    return "\r\n".join(head).encode()


def answers(port: int) -> bool:
    """Whether somebody serves there."""
    with contextlib.suppress(OSError):
        return knock(port, [page(port, "/health/", "", "")], 1).statuses == {200: 1}
    return False


@dataclass
class Call:
    """One request under way."""

    line: socket.socket
    begun: float
    answer: bytearray = field(default_factory=bytearray)

    def is_answered(self) -> bool:
        """Read what is there; whether that was all."""
        part = self.line.recv(65_536)
        self.answer += part
        return not part


def knock(port: int, requests: Sequence[bytes], at_once: int) -> Heard:
    """Send all, so many at a time, the next as soon as one is answered. Raises `TimeoutError` if nobody answers."""
    heard, waiting = Heard(), iter(requests)
    first = time.perf_counter()
    with selectors.DefaultSelector() as lines:

        def begin() -> None:
            for request in waiting:
                begun = time.perf_counter()
                line = socket.create_connection(("127.0.0.1", port), PATIENCE)
                lines.register(line, selectors.EVENT_READ, Call(line, begun))
                line.sendall(request)
                return

        for _line in range(at_once):
            begin()
        while lines.get_map():
            ready = lines.select(PATIENCE)
            if not ready:
                raise TimeoutError(f"no answer in {PATIENCE:.0f} s")
            for key, _events in ready:
                call: Call = key.data
                if call.is_answered():
                    lines.unregister(call.line)
                    call.line.close()
                    note(heard, call)
                    begin()
    heard.took = time.perf_counter() - first
    return heard


def note(heard: Heard, call: Call) -> None:
    """One more answer."""
    words = call.answer.split(maxsplit=2)
    heard.statuses[int(words[1]) if len(words) > 1 else 0] += 1
    heard.waits.append(time.perf_counter() - call.begun)
