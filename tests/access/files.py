"""What is sealed in the table: a case of the author's about the holder, and what to send to it."""

from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from django.test import override_settings

from core.actions import cases, panels, reading_keys
from core.models import Person
from core.timekeeping import folkmoot_now
from tests import village

PASSPHRASE = "kettle harbour sixteen moss"


def sealed(cast: dict[str, Person]) -> dict[str, dict[str, Any]]:
    """A case in another council of theirs, for which strangers are drawn; where it lies."""
    author, holder = cast["author"], cast["holder"]
    for person in (author, holder):
        reading_keys.make(person, PASSPHRASE, at=folkmoot_now())
    judges = village.make_people("judith", "joel", "jana")
    juniper = village.make_council("Juniper", [author, holder, *judges], listed=False)
    with TemporaryDirectory() as place, override_settings(SEALS_FOLDER=Path(place)):
        case = cases.open_case(juniper, holder, "It was so.", by=author, at=folkmoot_now())
        panels.draw(case.pk)
    return {"cases": {"pk": case.pk}, "no finding": {"pk": 0}}


def sent_to_cases(another: int) -> dict[str, dict[str, Any]]:
    """What is sent to the routes of reading keys and cases."""
    return {
        "core:reading-key": {"act": "make", "new": PASSPHRASE, "again": PASSPHRASE},
        "core:reading-open": {"passphrase": PASSPHRASE},
        "api:reading-key": {"passphrase": PASSPHRASE},
        "core:case-new": {"subject": another, "said": "It was so."},
        "core:case-say": {"said": "It was so."},
        "core:case-find": {"outcome": "pardon", "grounds": "It was so."},
        "core:case-appeal": {"appeal": "It was not so."},
        "api:case-list": {"subject": another, "words": "It was so."},
        "api:case-papers": {"passphrase": PASSPHRASE},
        "api:case-say": {"words": "It was so."},
        "api:case-find": {"outcome": "pardon", "reasons": "It was so."},
        "api:case-appeal": {"words": "It was not so."},
    }
