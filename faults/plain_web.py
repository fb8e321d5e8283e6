"""python -m faults.plain_web PORT: the pages by the standard library's server, which never sleeps (faults.clocks)."""

import os
import sys
from socketserver import ThreadingMixIn
from wsgiref.simple_server import WSGIRequestHandler, WSGIServer


class Server(ThreadingMixIn, WSGIServer):
    """A thread for each request."""

    daemon_threads = True


class Quiet(WSGIRequestHandler):
    """Writes down nothing about who asked."""

    def log_message(self, *_words: object) -> None:
        """Nothing."""


def main() -> None:
    """Serve until killed."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    from config.wsgi import application  # noqa: PLC0415  after the settings are named

    with Server(("127.0.0.1", int(sys.argv[1])), Quiet) as server:
        server.set_app(application)
        server.serve_forever()


if __name__ == "__main__":
    main()
