"""A line that loses answers: the server did what was asked, and whoever asked never hears of it."""

import contextlib
import random
import select
import socket
import socketserver
import threading
from typing import Any

PIECE = 65_536


class _Line(socketserver.BaseRequestHandler):
    """One connection: passed on, and cut when the server begins to answer if the dice say so."""

    server: "LosesAnswers"

    def handle(self) -> None:
        """Pass bytes both ways until one side ends."""
        near: socket.socket = self.request
        lose = self.server.draw()
        with contextlib.suppress(OSError), socket.create_connection(self.server.behind) as far:
            while True:
                for ready in select.select([near, far], [], [])[0]:
                    piece = ready.recv(PIECE)
                    if not piece or (ready is far and lose):
                        self.server.lost += bool(piece)
                        return
                    (far if ready is near else near).sendall(piece)


class LosesAnswers(socketserver.ThreadingTCPServer):
    """Passes connections on to a port of this machine; of so many answers one is lost."""

    daemon_threads = True
    allow_reuse_address = True

    def __init__(self, port: int, seed: int, one_in: int) -> None:
        super().__init__(("127.0.0.1", 0), _Line)
        self.behind = ("127.0.0.1", port)
        self.dice, self.one_in, self.lost = random.Random(seed), one_in, 0
        threading.Thread(target=self.serve_forever, daemon=True).start()

    @property
    def port(self) -> int:
        """Where it listens."""
        return int(self.server_address[1])

    def draw(self) -> bool:
        """Whether the answer on this connection is lost."""
        return self.dice.randrange(self.one_in) == 0

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A broken line is what this is about."""
