"""The web server: two processes of four threads, sharing what is loaded before the fork."""

import ctypes
import gc
import os
import signal
import sys
from typing import Any

bind = os.environ.get("FOLKMOOT_LISTEN", "127.0.0.1:8000")
workers = int(os.environ.get("WEB_PROCESSES", "2"))
threads = int(os.environ.get("WEB_THREADS", "4"))
worker_class = "gthread"
preload_app = True
control_socket_disable = True
timeout = 30
graceful_timeout = 6
keepalive = 15
max_requests = 20_000
max_requests_jitter = 2_000
limit_request_line = 4_094
forwarded_allow_ips = os.environ.get("FORWARDED_ALLOW_IPS", "127.0.0.1")
proc_name = "folkmoot-web"
# Neither who asked nor from where is written down.
accesslog = None
errorlog = "-"


def when_ready(server: Any) -> None:
    """What is loaded by now stays shared: the collector must not touch it."""
    gc.collect()
    gc.freeze()


def post_fork(server: Any, worker: Any) -> None:
    """A worker ends with its master, even by kill -9; else it would hold the port."""
    if sys.platform.startswith("linux"):
        ctypes.CDLL(None).prctl(1, int(signal.SIGKILL), 0, 0, 0)
