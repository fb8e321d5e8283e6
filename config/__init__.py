"""Settings, addresses, workers: how the house is wired."""

import os

if os.environ.get("FOLKMOOT_DATABASE_ROLE") != "signer":  # it has no tasks, and much less memory without
    from config.celery import app as celery_app

    __all__ = ["celery_app"]
