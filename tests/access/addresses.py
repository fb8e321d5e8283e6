"""Which things of the scene each address of the access table names."""

from typing import Any

from django.urls import reverse

from tests.access.audited import AUDITED
from tests.access.confederated import CONFEDERATED
from tests.access.defended import DEFENDED
from tests.access.halls import HALLS, NOUNS
from tests.access.scene import TOKEN, Scene

SPECIAL = {
    "core:proposal-put-up": "idea",
    "core:proposal-summary": "summary",
    "core:affected-detail": "affected",
    "core:affected-ask": "affected",
    "core:affected-answer": "affected",
    "api:affected-read": "affected",
    "api:affected-ask": "affected",
    "api:affected-answer": "affected",
    "core:proposal-second": "urgent",
    "core:proposal-accept": "offered",
    "core:proposal-reply": "about holder",
    "core:proposal-appeal": "removal",
    "core:ballot-cast": "in vote",
    "core:ballot-enter": "in vote",
    "core:roll-call": "in vote",
    "core:roll-call-confirm": "in vote",
    "core:ballot-contest": "in vote",
    "core:ballot-helped": "in vote",
    "core:ballot-confirm": "entered",
    "core:ballot-take-back": "entered",
    "core:card-give": "handout",
    "core:paper-print": "in vote",
    "core:vote-print": "signed vote",
    "core:candidacy-stand": "election",
    "core:candidacy-step-back": "election",
    "core:candidacy-propose": "election",
    "core:application-object": "objected",
    "core:token-end": "tokens",
    "councils:item-back": "lent",
    "api:item-back": "lent",
    "core:way-back-stop": "recovery",
    "core:friend-step-back": "friend",
    "core:receipt-file": "signed",
    "core:secret-ballot-cast": "in vote",
    "core:secret-count": "vote",
    "api:proposal-put-up": "idea",
    "api:proposal-second": "urgent",
    "api:proposal-accept": "offered",
    "api:proposal-reply": "about holder",
    "api:proposal-appeal": "removal",
    "api:ballot-cast": "in vote",
    "api:secret-ballot-cast": "in vote",
    "api:ballot-list": "vote",
    "api:entered": "in vote",
    "api:paper-print": "in vote",
    "api:ballot-contest": "in vote",
    "api:ballot-confirm": "entered",
    "api:ballot-take-back": "entered",
    "api:receipt-read": "signed vote",
    "api:candidacy-stand": "election",
    "api:candidacy-step-back": "election",
    "api:candidacy-propose": "election",
    "api:application-object": "objected",
    "api:charter-adopt": "charter",
    "api:charter-object": "charter",
    "api:charter-take-back": "charter",
    "councils:board-new": "group",
    "core:accord-take-up": "accord here",
    "api:accord-take-up": "accord here",
    "councils:split-choose": "split",
    "api:split-choose": "split proposal",
    "councils:board-scope": "listening",
    "councils:board-give-up": "listening",
    "councils:board-invitation-end": "link",
    "api:board-list": "group",
    "api:board-open": "group",
    "api:board-scope": "listening",
    "api:board-give-up": "listening",
    "api:board-invitation-end": "link",
    "core:case-assent": "no finding",
    "api:case-assent": "no finding",
    "api:label-forget": "members",
    "api:merging-ask": "members",
    **HALLS,
    **AUDITED,
    **DEFENDED,
    **CONFEDERATED,
}
"""Routes that need another thing than the first word of their path names."""

OURS = (
    *("proposals", "comments", "amendments", "tasks", "mandates", "members", "mergings", "accords", "groups"),
    *("invitations", "applications", "notices", "things", "studies", "boards", "cases", "audits", "findings"),
    *("posts", "training-days", "seats", "referrals", "stations", "offers"),
)
"""Nouns with which a path begins; those of assemblies stand in `halls`."""

TOKENS = {
    "core:invitation-open": TOKEN,
    "core:first-link": "forged",
    "core:mail-stop": "forged",
    "core:ballot-link": "forged",
    "councils:group-found": "forged",
    "core:calendar-own": "forged",
    "core:calendar-body": "forged",
}


def arguments(name: str, scene: Scene) -> dict[str, Any]:
    """The arguments of a route."""
    if name in TOKENS:
        return {"token": TOKENS[name]}
    if name in SPECIAL:
        return scene.keys[SPECIAL[name]]
    for noun in (*OURS, *NOUNS):
        try:
            path = reverse(name, kwargs=scene.keys[noun])
        except Exception:  # noqa: S112  (it takes other arguments)
            continue
        if f"/{noun}/" in path:
            return scene.keys[noun]
    return scene.keys["slug"] if takes_slug(name) else {}


def takes_slug(name: str) -> bool:
    """Whether a route is about a body."""
    try:
        reverse(name)
    except Exception:
        return True
    return False
