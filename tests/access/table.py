"""The access table: every route, and what each kind of person gets there (invariant 24).

The table's body is not listed; LISTED says what differs where one is. Columns are kinds of people: `nobody` is not
signed in, `stranger` is a member of another body only, `applicant` has asked to join, `former` has left, `removed` was
removed, `newcomer` waits for a voice, `member` is a plain member, `author` wrote what is at hand, `holder` is the
delegate and the one whom tasks, offers and removals at hand are about. `expected` tells of the rest: closed accounts
and tokens.

Answers: a number is the status; "in" sends to the sign-in page; "ok" is 200 or 201; "done" is a redirect after an act;
"no" is a refusal in words (400, 403, 409, 410 or 422), which changes nothing. POST is sent what tests/access/sent.py
says, so that 403 is about who sends it. All other methods are refused at every address.
"""

from tests.access.calls import CALLS
from tests.access.lines import KINDS, NOT_ALLOWED, OPEN, OTHERS, OWN_READ, READING, Line, each
from tests.access.pages import PAGES

TABLE: dict[str, Line] = PAGES | CALLS
LISTED: dict[str, Line] = {
    "core:record-check": OPEN,
    "core:record-public": OPEN,
    "core:decision-feed": OPEN,
    "councils:item-list": OPEN,
    "councils:item-feed": OPEN,
    "councils:study-list": OPEN,
    "councils:study-feed": OPEN,
    "core:checkpoint-print": OPEN,
    "core:checkpoint-file": OPEN,
    "api:record-public": OPEN,
    "core:body-detail": Line(each("ok", "ok", "ok"), NOT_ALLOWED),
    "core:charter-detail": Line(each("ok", "ok", "ok"), NOT_ALLOWED),
    "core:application-new": Line(each("in", "ok", "ok"), each("in", "done", "403", applicant="403")),
    "api:body-read": OWN_READ,
    "api:charter-read": OWN_READ,
    "api:profile-read": OWN_READ,
    "api:application-make": Line(each("401", "405", "405"), each("401", "ok", "403", applicant="403")),
}
"""The lines of a listed body that differ: it shows what it is, and one may ask to join. Nothing else."""

ELSEWHERE = ("account_", "mfa_", "usersessions_", "set_language", "health")
"""Routes of packages, which their own tests cover; `tests/core/face` walks those we restyled."""


def expected(name: str, kind: str, method: str, *, listed: bool = False) -> str:
    """What a route answers to a kind of person. A token opens nothing but the API, and no more than its person may."""
    line = LISTED.get(name, TABLE[name]) if listed else TABLE[name]
    kind, answer = as_another(name, kind, method, line)
    if answer:
        return answer
    if method not in OTHERS:
        return (line.get if method in READING else line.post)[kind]
    asked_first = {line.get["nobody"], line.post["nobody"]} & {"in", "401"}
    return asked_first.pop() if kind == "nobody" and asked_first else "405"


def as_another(name: str, kind: str, method: str, line: Line) -> tuple[str, str]:
    """The column a kind without one reads in, or its own answer."""
    if kind in KINDS:
        return kind, ""
    if kind == "closed" or not name.startswith("api:"):
        return "nobody", ""
    if kind == "ended":
        return "author", "401"
    only_reads = kind == "reader" and method not in (*READING, "OPTIONS") and line.get["nobody"] == "401"
    return "author", "403" if only_reads else ""
