"""What is sent to each route: good enough that nothing but who sends it can be the reason of a refusal."""

from datetime import timedelta
from typing import Any

from django.forms import model_to_dict

from core.forms.bodies import SHARES
from core.timekeeping import folkmoot_now
from tests.access.scene import Scene

WORDS = {"text": "These are our words."}
REASON = {"reason": "Everybody has to hear why."}
PROPOSAL = {"title": "Bikes", "text": "Racks at number 12."}
REVISION = PROPOSAL | {"seen": 1}
INVITATION = {"note": "number 12", "uses": 1, "days": 14}
BODY = {
    "name": "Cedar", "kind": "council", "purpose": "We share tools.", "unity": "", "template": "small",
    "time_zone": "UTC", "listed": "on",
}  # fmt: skip
MANDATE = {"title": "Keep the keys", "task": "Keep them.", "limits": "Lend none.", "term_days": 30, "text": "Why not."}
ELECTION = MANDATE | {"seats": 1, "method": "approval"}
STUDY = {"kind": "reading", "title": "A text", "place": "A kitchen"}
NO_ROWS = {"tasks-TOTAL_FORMS": 0, "tasks-INITIAL_FORMS": 0}


def sent_to(name: str, scene: Scene) -> dict[str, Any]:
    """The fields of a form, or the JSON of a call."""
    another, ballot = scene.people["another"].pk, scene.keys["vote id"] | {"position": "agree"}
    tomorrow = f"{folkmoot_now() + timedelta(days=1):%Y-%m-%d}"
    fixed: dict[str, dict[str, Any]] = {
        "core:body-new": BODY,
        "core:charter-adopt": {"number": 1},
        "core:charter-change": charter_of(scene) | PROPOSAL,
        "core:proposal-new": PROPOSAL | NO_ROWS | {"sum": 0},
        "core:proposal-revise": REVISION,
        "core:proposal-appeal": WORDS,
        "core:proposal-comment": WORDS,
        "core:proposal-reply": WORDS,
        "core:ballot-cast": ballot,
        "core:secret-ballot-cast": ballot | {"code": "ABCDE" * 4},
        "core:election-new": ELECTION,
        "core:candidacy-stand": {"words": "I would do it."},
        "core:candidacy-propose": {"person": another},
        "core:mandate-new": MANDATE | {"person": another},
        "core:mandate-report": WORDS,
        "core:mandate-recall": REASON,
        "core:member-remove": REASON,
        "core:invitation-list": INVITATION,
        "core:application-new": {"words": "I live at number 12."},
        "core:application-object": REASON,
        "core:settings": {"display_name": "Dora", "mail": "none", "language": "es", "theme": "dark"},
        "core:token-list": {"name": "script", "scope": "act", "days": 3},
        "councils:item-new": {"name": "A rope"},
        "councils:item-lend": {"borrower": another, "due_on": tomorrow},
        "councils:study-new": STUDY | {"starts_at": f"{tomorrow}T18:00", "ends_at": f"{tomorrow}T20:00"},
        "api:item-add": {"name": "A rope"},
        "api:item-lend": {"borrower": another, "due_on": tomorrow},
        "api:study-announce": STUDY | {"starts_at": f"{tomorrow}T18:00Z", "ends_at": f"{tomorrow}T20:00Z"},
        "core:account-leave": {"sign_in_name": "somebody else"},
        "core:card-sign-in": {"sign_in_name": "author", "pin": "000000"},
        "api:body-form": BODY | {"listed": True},
        "api:proposal-create": PROPOSAL,
        "api:proposal-revise": REVISION,
        "api:proposal-appeal": WORDS,
        "api:proposal-reply": WORDS,
        "api:comments": WORDS,
        "api:ballot-cast": ballot,
        "api:secret-ballot-cast": ballot | {"code": "ABCDE" * 4},
        "api:candidacy-stand": {"words": "I would do it."},
        "api:candidacy-propose": {"person": another},
        "api:mandate-reports": WORDS,
        "api:mandate-recall": WORDS,
        "api:application-object": WORDS,
        "api:invitation-make": INVITATION,
    }
    return fixed.get(name, {})


def charter_of(scene: Scene) -> dict[str, Any]:
    """The form of a charter as the body's charter has it, with one more day of talk."""
    charter = scene.body.charters.latest("number")
    numbers = {
        name: value for name, value in model_to_dict(charter).items() if value is not None and value is not False
    }
    shares = {name: f"{numbers[f'{name}_num']}/{numbers[f'{name}_den']}" for name in SHARES}
    return numbers | shares | {"discussion_days": charter.discussion_days + 1}
