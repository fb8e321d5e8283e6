"""The house that the runs kill: when it counts as started, and what is told of a start that failed."""

import sys
import threading
import time
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import pytest

from faults.houses import OPENED, House
from house.postgres import free_port

LATE = """
import signal, sys, time
from http.server import BaseHTTPRequestHandler, HTTPServer
class Well(BaseHTTPRequestHandler):
    def do_GET(self):
        self.send_response(200)
        self.end_headers()
signal.signal(signal.SIGINT, signal.default_int_handler)
time.sleep(0.7)
web = HTTPServer(("127.0.0.1", int(sys.argv[1])), Well)
print("Folkmoot is at last", flush=True)
web.serve_forever()
"""


class Program(House):
    """A house of one small program."""

    text = ""

    def words(self, command: str, *rest: str) -> list[str]:
        return [sys.executable, "-c", self.text, str(self.port)]


class Late(Program):
    """It takes its time to open."""

    text = LATE


class Falls(Program):
    """It never opens."""

    text = "print('no room'); raise SystemExit(3)"


class Well(BaseHTTPRequestHandler):
    """The web of a house that was killed a moment ago, and is still well."""

    def do_GET(self) -> None:
        self.send_response(200)
        self.end_headers()


def answer_for_a_moment(web: HTTPServer) -> None:
    """Serve, and be gone."""
    web.timeout = 0.1
    end = time.monotonic() + 0.4
    while time.monotonic() < end:
        web.handle_request()
    web.server_close()


def test_an_answer_of_the_killed_house_is_not_taken_for_one_of_the_new(tmp_path: Path) -> None:
    house = Late(tmp_path / "data", free_port())
    old = HTTPServer(("127.0.0.1", house.port), Well)
    threading.Thread(target=answer_for_a_moment, args=(old,), daemon=True).start()

    try:
        house.start()
        assert OPENED in house.said()
        assert house.answers()
    finally:
        house.stop()


def test_a_start_that_fails_says_how_it_ended_and_what_was_said(tmp_path: Path) -> None:
    house = Falls(tmp_path / "data", free_port())

    with pytest.raises(RuntimeError, match=r"ended with 3\nno room"):
        house.start()
