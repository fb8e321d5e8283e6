"""python -m scans.fill: one of everything, in the house that the environment names; says last what scanners need."""

import json
import os
import sys
from typing import Any

import django


def filled() -> dict[str, Any]:
    """The body of the access table, a session and a token of a member, and every address with its arguments."""
    from django.conf import settings  # noqa: PLC0415  after django.setup()
    from django.db import transaction  # noqa: PLC0415
    from django.urls import reverse  # noqa: PLC0415

    from core.actions import tokens  # noqa: PLC0415
    from core.timekeeping import folkmoot_now  # noqa: PLC0415
    from faults.town import session_of  # noqa: PLC0415
    from tests.access.addresses import arguments  # noqa: PLC0415
    from tests.access.scene import make_scene  # noqa: PLC0415
    from tests.access.table import TABLE  # noqa: PLC0415

    with transaction.atomic():
        scene = make_scene()
    person = scene.people["author"]
    _row, secret = tokens.make(person, name="scanner", scope="act", days=30, at=folkmoot_now())
    return {
        "token": secret,
        "cookie": settings.SESSION_COOKIE_NAME,
        "session": session_of(person),
        "language": settings.LANGUAGE_COOKIE_NAME,
        "addresses": {name: reverse(name, kwargs=arguments(name, scene)) for name in TABLE},
    }


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    django.setup()
    sys.stdout.write(json.dumps(filled()) + "\n")
