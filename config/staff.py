"""Web, worker, beat and settle, forked from one process that has loaded everything: less memory, quick restarts.

Only for `./folkmoot run`. On servers each is a command of its own: see docker-compose.yml.
"""

import contextlib
import gc
import importlib
import os
import sys
import warnings
from pathlib import Path
from typing import Any

from house.children import fork
from house.linux import name_process
from house.places import CLONE, DataFolder
from house.programs import Program
from house.supervisor import Supervisor

# Loaded once, before the fork. What is missing here still works, it only takes memory in each process.
SHARED = (
    "celery.apps.beat",
    "celery.apps.worker",
    "celery.concurrency.thread",
    "celery.worker.autoscale",
    "celery.worker.consumer",
    "celery.worker.consumer.delayed_delivery",
    "config.urls",
    "config.wsgi",
    "dbm.dumb",
    "django.contrib.contenttypes.fields",
    "django.core.cache.backends.db",
    "django.core.mail.backends.filebased",
    "django.core.mail.backends.smtp",
    "django.core.management",
    "django.db.backends.postgresql.psycopg_any",
    "gunicorn.app.wsgiapp",
    "gunicorn.glogging",
    "gunicorn.workers.gthread",
    "kombu.mixins",
    "kombu.transport.redis",
)
LIGHT: dict[str, Any] = {"concurrency": 4, "without_gossip": True, "without_mingle": True, "without_heartbeat": True}
# Not by Celery's command line: that loads a shell with colours and completion, 9 MB of it.


def web() -> None:
    """Gunicorn with the pages."""
    from gunicorn.app.wsgiapp import WSGIApplication  # noqa: PLC0415  already loaded, found in the fork

    name_process("folkmoot-web")
    sys.argv = ["gunicorn", "-c", str(CLONE / "config" / "gunicorn.py"), "config.wsgi"]
    WSGIApplication("%(prog)s [OPTIONS] [APP_MODULE]").run()


def settle() -> None:
    """The loop that closes what is due, whether or not a broker lives."""
    from django.core.management import call_command  # noqa: PLC0415

    name_process("folkmoot-settle")
    call_command("settle", "--loop")


def worker() -> None:
    """Celery's worker."""
    from celery.concurrency import get_implementation  # noqa: PLC0415
    from celery.exceptions import SecurityWarning  # noqa: PLC0415

    from config.celery import app  # noqa: PLC0415

    name_process("folkmoot-worker")
    warnings.simplefilter("ignore", SecurityWarning)  # about pickle as root: only JSON is accepted here
    works = app.Worker(pool_cls=get_implementation("threads"), loglevel="WARNING", quiet=True, **LIGHT)
    works.start()
    sys.exit(works.exitcode)


def beat() -> None:
    """Celery's clock. What is due stands in the database; a torn schedule file would only keep it from starting."""
    from config.celery import app  # noqa: PLC0415

    name_process("folkmoot-beat")
    schedule = Path(os.environ["FOLKMOOT_DATA"]) / "beat"
    with contextlib.suppress(FileNotFoundError):
        schedule.unlink()
    app.Beat(schedule=str(schedule), loglevel="WARNING", quiet=True).run()


def load() -> None:
    """Load what all share; from then on the collector leaves it alone, so that its pages stay shared."""
    import django  # noqa: PLC0415

    django.setup()
    for module in SHARED:
        importlib.import_module(module)
    from django.conf import settings  # noqa: PLC0415
    from django.core.checks import run_checks  # noqa: PLC0415
    from django.core.management import call_command  # noqa: PLC0415
    from django.db import connections  # noqa: PLC0415

    from config.celery import app  # noqa: PLC0415

    if not settings.DEMO:
        call_command("check_house")
        connections.close_all()  # a connection must not be shared by forks
    run_checks()  # once for all; it loads all views and template tags
    os.environ["CELERY_SKIP_CHECKS"] = "yes"
    app.loader.import_default_modules()
    app.finalize()
    for part in ("amqp", "control", "events", "log", "backend", "timezone"):
        getattr(app, part)
    gc.collect()
    gc.freeze()


def main() -> None:
    """Fork all, keep them, and end with them."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    folder = DataFolder(Path(os.environ["FOLKMOOT_DATA"]))
    name_process("folkmoot-staff")
    load()
    works = [web, settle, *([worker, beat] if os.environ.get("BROKER_URL") else [])]
    staff = Supervisor(folder)
    staff.programs = [
        Program(work.__name__, fork(work), folder.logs / f"{work.__name__}.log", folder.pid_file(work.__name__))
        for work in works
    ]
    staff.listen_to_signals()
    for program in staff.programs:
        program.start()
    try:
        staff.keep()
    finally:
        staff.stop()


if __name__ == "__main__":
    main()
