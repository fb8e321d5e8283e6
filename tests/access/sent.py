"""What is sent to each route: good enough that nothing but who sends it can be the reason of a refusal."""

from datetime import timedelta
from typing import Any

from django.forms import model_to_dict

from core.forms.bodies import SHARES
from core.timekeeping import folkmoot_now
from tests.access.audited import sent_to_audits
from tests.access.confederated import sent_to_confederated
from tests.access.defended import sent_to_defended
from tests.access.files import sent_to_cases
from tests.access.halls import sent_to_halls
from tests.access.scene import Scene

WORDS = {"text": "These are our words."}
REASON = {"reason": "Everybody has to hear why."}
PROPOSAL = {"title": "Bikes", "text": "Racks at number 12."}
REVISION = PROPOSAL | {"seen": 1}
OTHER_WORDS = {"passage": "empty lot", "words": "old yard", "reason": "That is its name.", "seen": 1}
ANSWER = {"answer": "refused", "words": "It is ours alone."}
INVITATION = {"note": "number 12", "uses": 1, "days": 14}
BODY = {
    "name": "Cedar", "kind": "council", "purpose": "We share tools.", "unity": "", "template": "small",
    "time_zone": "UTC", "listed": "on",
}  # fmt: skip
MANDATE = {"title": "Keep the keys", "task": "Keep them.", "limits": "Lend none.", "term_days": 30, "text": "Why not."}
ELECTION = MANDATE | {"seats": 1, "method": "approval"}
STUDY = {"kind": "reading", "title": "A text", "place": "A kitchen"}
NEED = {"theme": "Shade at the bus stop", "doors": 3, "in_all": 12}
PROFILE = {"scope": "street", "affected": "All who live there.", "size_hint": 30, "languages": "", "habits": ""}
SCOPE = {"name": "Cedar Street", "purpose": "We share tools.", "unity": "", "template": "small", "time_zone": "UTC"}
GROUP = {"name": "Food shelf", "does": "Shares food on Fridays.", "reach": "Fridays at six, Mill Court."}
SPLIT = {"first": "Alder North", "second": "Alder South"}
NO_ROWS = {"tasks-TOTAL_FORMS": 0, "tasks-INITIAL_FORMS": 0}


def tomorrow() -> str:
    """A moment that is still to come, as forms and calls write it."""
    return f"{folkmoot_now() + timedelta(days=1):%Y-%m-%dT%H:%M}"


def row_of(key: int) -> dict[str, Any]:
    """One row of a form with many people's votes."""
    return {"row": key, f"row{key}-position": "agree"}


def sent_to(name: str, scene: Scene) -> dict[str, Any]:
    """The fields of a form, or the JSON of a call."""
    came = scene.keys.get("came", {"pk": 0})["pk"]
    another, ballot = scene.people["another"].pk, scene.keys["vote id"] | {"position": "agree"}
    day = f"{folkmoot_now() + timedelta(days=1):%Y-%m-%d}"
    fixed: dict[str, dict[str, Any]] = {
        "core:body-new": BODY,
        "core:charter-adopt": {"number": 1},
        "councils:group-new": GROUP | {"public": "on"},
        "councils:group-invite": {"language": "en", "paper": "a4"},
        "api:group-add": GROUP,
        "councils:split-new": SPLIT | WORDS,
        "councils:split-choose": {"part": 1},
        "api:split-propose": SPLIT | WORDS,
        "api:split-choose": {"part": 1},
        "core:union-new": {"other": scene.keys["birch"]["pk"], "lead": "us"} | WORDS,
        "api:union-propose": {"others": ["birch"], "lead": "birch"} | WORDS,
        "core:host-new": {"host": scene.keys["birch"]["pk"]} | WORDS,
        "api:host-propose": {"host": "birch"} | WORDS,
        "core:body-end": WORDS,
        "api:body-end": WORDS,
        "core:charter-object": {"number": 1} | REASON,
        "core:charter-take-back": {"number": 1},
        "core:charter-change": charter_of(scene) | PROPOSAL,
        "core:proposal-new": PROPOSAL | NO_ROWS | {"sum": 0},
        "core:proposal-revise": REVISION,
        "core:proposal-appeal": WORDS,
        "core:proposal-comment": WORDS,
        "core:proposal-feel": {"feels": "warm"},
        "core:proposal-summary": WORDS | {"seen": 0},
        "core:affected-name": {"body": scene.keys["cedar"]["pk"], "why": "They share the wall."},
        "core:affected-ask": WORDS,
        "core:affected-answer": ANSWER,
        "api:affected": {"body": "cedar-lane", "why": "They share the wall."},
        "api:affected-ask": WORDS,
        "api:affected-answer": ANSWER,
        "core:amendment-new": OTHER_WORDS,
        "core:amendment-decline": REASON,
        "api:feeling": {"feels": "warm"},
        "api:summaries": WORDS | {"of": "talk", "seen": 0},
        "api:amendments": OTHER_WORDS,
        "api:amendment-decline": REASON,
        "core:proposal-reply": WORDS,
        "core:ballot-cast": ballot,
        "core:secret-ballot-cast": ballot | {"code": "ABCDE" * 4},
        "core:ballot-enter": ballot | {"person": another, "way": "desk"},
        "core:ballot-confirm": ballot,
        "core:roll-call": row_of(another) | scene.keys["vote id"],
        "core:roll-call-confirm": row_of(scene.keys["entered"]["pk"]) | scene.keys["vote id"],
        "core:ballot-helped": {"person": another},
        "core:paper-print": {"count": 3, "size": "a4", "language": "en"},
        "core:desk-welcome": {"display_name": "Hilde", "sign_in_name": "hilde", "words": "", "language": "en"},
        "core:desk-card": {"person": another},
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
        "councils:item-lend": {"borrower": another, "due_on": day},
        "councils:study-new": STUDY | {"starts_at": f"{day}T18:00", "ends_at": f"{day}T20:00"},
        "api:item-add": {"name": "A rope"},
        "api:item-lend": {"borrower": another, "due_on": day},
        "api:study-announce": STUDY | {"starts_at": f"{day}T18:00Z", "ends_at": f"{day}T20:00Z"},
        "core:account-leave": {"sign_in_name": "somebody else"},
        "core:card-sign-in": {"sign_in_name": "author", "pin": "000000"},
        "councils:board-new": {"title": "A council for Cedar Street"},
        "councils:board-hear": NEED,
        "councils:board-scope": SCOPE | PROFILE,
        "councils:board-kit": INVITATION | {"language": "both", "paper": "a4"},
        "councils:board-assembly": {"place": "The hall", "when": tomorrow()},
        "councils:board-attendance": {"came": came, "others": 2},
        "councils:profile-change": PROFILE | PROPOSAL,
        "api:charter-object": WORDS,
        "api:board-open": {"title": "A council for Cedar Street"},
        "api:board-hear": NEED,
        "api:board-scope": SCOPE | PROFILE | {"listed": True},
        "api:board-invite": INVITATION,
        "api:board-assembly": {"place": "The hall", "when": tomorrow()},
        "api:board-attendance": {"came": [came], "others": 2},
        "api:profile-propose": PROFILE | PROPOSAL,
        "api:body-form": BODY | {"listed": True},
        "api:proposal-create": PROPOSAL,
        "api:proposal-revise": REVISION,
        "api:proposal-appeal": WORDS,
        "api:proposal-reply": WORDS,
        "api:comments": WORDS,
        "api:ballot-cast": ballot,
        "api:secret-ballot-cast": ballot | {"code": "ABCDE" * 4},
        "api:paper-print": {"count": 3},
        "api:entered": ballot | {"person": another, "way": "desk"},
        "api:ballot-confirm": ballot,
        "api:candidacy-stand": {"words": "I would do it."},
        "api:candidacy-propose": {"person": another},
        "api:mandate-reports": WORDS,
        "api:mandate-recall": WORDS,
        "api:application-object": WORDS,
        "api:invitation-make": INVITATION,
        **sent_to_cases(another),
        **sent_to_halls(scene.keys),
        **sent_to_audits(scene.keys),
        **sent_to_defended(scene.keys),
        **sent_to_confederated(scene.keys),
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
