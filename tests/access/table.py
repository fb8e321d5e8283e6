"""The access table: every route, and what each kind of person gets there (invariant 24).

Columns are kinds of people: `nobody` is not signed in, `stranger` is a member of another body only, `former` has left,
`removed` was removed, `member` is a plain member, `author` wrote the proposal at hand, `holder` is the delegate.
Answers: a number is the status; "in" sends to the sign-in page; "ok" is 200; "done" is a redirect after an act; "no" is
a refusal in words (400, 403, 409, 410 or 422), which changes nothing.
"""

from dataclasses import dataclass

KINDS = ("nobody", "stranger", "former", "removed", "member", "author", "holder")


@dataclass(frozen=True, slots=True)
class Line:
    """One route: what GET and POST answer to each kind; `only` names a route that answers one method."""

    get: dict[str, str]
    post: dict[str, str]


def each(nobody: str, outside: str, inside: str, **special: str) -> dict[str, str]:
    """The answers to all kinds: nobody, those outside, those inside, and exceptions."""
    answers = {"nobody": nobody, "stranger": outside, "former": outside, "removed": outside}
    answers |= {"member": inside, "author": inside, "holder": inside}
    return answers | special


NOT_ALLOWED = each("405", "405", "405")
NOT_ALLOWED_SIGNED_IN = each("in", "405", "405")
PAGE = Line(each("in", "404", "ok"), NOT_ALLOWED_SIGNED_IN)
"""A page for members only."""
FORM = Line(each("in", "404", "ok"), each("in", "404", "no"))
"""A form for members; the table sends it empty, so it is refused."""
OWN = Line(each("in", "ok", "ok"), each("in", "no", "no"))
"""A form about oneself."""


def act(**special: str) -> Line:
    """An act: POST only, 404 outside, refused inside unless said otherwise."""
    return Line(NOT_ALLOWED_SIGNED_IN, each("in", "404", "no", **special))


READ = Line(each("401", "404", "ok"), NOT_ALLOWED | {"nobody": "401"})


def call(**special: str) -> Line:
    """An act of the API."""
    return Line(each("401", "405", "405"), each("401", "404", "no", **special))


TABLE: dict[str, Line] = {
    "core:home": Line(each("ok", "ok", "ok"), NOT_ALLOWED),
    "core:body-list": Line(each("ok", "ok", "ok"), NOT_ALLOWED),
    "core:body-new": OWN,
    "core:body-detail": Line(each("404", "404", "ok"), NOT_ALLOWED),  # the table's body is not listed
    "core:body-leave": Line(each("in", "404", "ok"), each("in", "404", "done")),
    "core:charter-detail": Line(each("404", "404", "ok"), NOT_ALLOWED),
    "core:charter-adopt": act(member="404", author="404", holder="404"),  # without the number of a draft
    "core:charter-redraft": Line(each("in", "404", "404"), each("in", "404", "404")),  # adopted already
    "core:charter-change": FORM,
    "core:proposal-list": PAGE,
    "core:proposal-new": FORM,
    "core:decision-list": PAGE,
    "core:record-list": PAGE,
    "core:record-file": PAGE,
    "core:checkpoint-print": Line(each("404", "404", "ok"), NOT_ALLOWED),  # the table's body is not listed
    "core:checkpoint-file": Line(each("404", "404", "ok"), NOT_ALLOWED),
    "core:receipt-file": PAGE,
    "core:house-keys": Line(each("ok", "ok", "ok"), NOT_ALLOWED),
    "core:house-keys-file": Line(each("ok", "ok", "ok"), NOT_ALLOWED),
    "core:proposal-detail": PAGE,
    "core:proposal-versions": PAGE,
    "core:proposal-revise": Line(each("in", "404", "no", author="ok"), each("in", "404", "no")),
    "core:proposal-put-up": act(),
    "core:proposal-withdraw": act(author="done"),
    "core:proposal-second": act(),
    "core:proposal-open": act(),
    "core:proposal-appeal": act(),
    "core:proposal-comment": act(),
    "core:proposal-reply": act(),
    "core:proposal-accept": act(),
    "core:ballot-cast": act(),
    "core:secret-ballot-cast": act(),
    "core:secret-count": Line(each("in", "404", "404"), NOT_ALLOWED_SIGNED_IN),  # the table's vote is an open one
    "core:comment-take-back": act(author="done"),
    "core:task-done": act(),
    "core:mandate-list": PAGE,
    "core:mandate-new": FORM,
    "core:mandate-detail": PAGE,
    "core:mandate-report": act(),
    "core:mandate-resign": act(holder="done"),
    "core:mandate-recall": act(),
    "core:mandate-withdraw-confidence": act(member="done", author="done", holder="done"),
    "core:mandate-give-confidence": act(member="done", author="done", holder="done"),
    "core:member-list": PAGE,
    "core:member-remove": FORM,
    "core:invitation-list": FORM,
    "core:invitation-end": act(member="404", author="done", holder="404"),
    "core:invitation-open": Line(each("ok", "ok", "ok"), each("ok", "done", "done")),
    "core:application-new": Line(each("in", "404", "ok"), each("in", "404", "no")),
    "core:application-detail": PAGE,
    "core:application-vouch": act(member="done", author="done", holder="done"),
    "core:application-object": act(),
    "core:application-propose": act(),
    "core:application-withdraw": act(),
    "core:card-sign-in": Line(each("ok", "ok", "ok"), each("no", "no", "no")),
    "core:first-link": Line(each("no", "no", "no"), each("no", "no", "no")),
    "core:settings": OWN,
    "core:card-print": Line(each("in", "ok", "ok"), each("in", "ok", "ok")),
    "core:token-list": OWN,
    "core:token-end": act(member="404", author="done", holder="404"),
    "core:account-leave": OWN,
    "core:notice-list": Line(each("in", "ok", "ok"), NOT_ALLOWED_SIGNED_IN),
    "core:notices-seen": Line(NOT_ALLOWED_SIGNED_IN, each("in", "done", "done")),
    "core:notice-open": Line(each("in", "404", "404", author="done"), NOT_ALLOWED_SIGNED_IN),
    "core:mail-stop": Line(each("404", "404", "404"), each("404", "404", "404")),
    "core:demo-mails": Line(each("404", "404", "404"), each("405", "405", "405")),
    "core:face-set": Line(NOT_ALLOWED, each("done", "done", "done")),
    "core:gallery": Line(each("404", "404", "404"), each("405", "405", "405")),
    "api:schema": Line(each("ok", "ok", "ok"), NOT_ALLOWED),
    "api:docs": Line(each("ok", "ok", "ok"), NOT_ALLOWED),
    "api:me": Line(each("401", "ok", "ok"), NOT_ALLOWED | {"nobody": "401"}),
    "api:notice-list": Line(each("401", "ok", "ok"), NOT_ALLOWED | {"nobody": "401"}),
    "api:notice-seen": call(member="404", holder="404", author="ok"),
    "api:body-list": Line(each("401", "ok", "ok"), NOT_ALLOWED | {"nobody": "401"}),
    "api:body-form": call(stranger="no", former="no", removed="no"),
    "api:body-read": READ,
    "api:charter-read": READ,
    "api:charter-adopt": call(),
    "api:body-leave": call(member="ok", author="ok", holder="ok"),
    "api:member-list": READ,
    "api:decision-list": READ,
    "api:mandate-list": READ,
    "api:record-list": READ,
    "api:proposal-list": READ,
    "api:proposal-create": call(),
    "api:proposal-read": READ,
    "api:proposal-revise": call(),
    "api:proposal-put-up": call(),
    "api:proposal-withdraw": call(author="ok"),
    "api:proposal-second": call(),
    "api:proposal-accept": call(),
    "api:proposal-reply": call(),
    "api:proposal-appeal": call(),
    "api:vote-open": call(),
    "api:ballot-cast": call(),
    "api:ballot-list": READ,
    "api:secret-ballot-cast": call(),
    "api:receipt-read": READ,
    "api:checkpoint-list": READ,
    "api:house-keys": Line(each("ok", "ok", "ok"), NOT_ALLOWED),
    "api:comments": Line(each("401", "404", "ok"), each("401", "404", "no")),
    "api:comment-take-back": call(author="ok"),
    "api:task-done": call(),
    "api:invitation-make": call(member="201", author="201", holder="201"),
    "api:invitation-end": call(member="404", author="ok", holder="404"),
    "api:application-make": call(),
    "api:application-read": READ,
    "api:application-vouch": call(member="ok", author="ok", holder="ok"),
    "api:application-object": call(),
    "api:application-propose": call(),
    "api:application-withdraw": call(),
    "api:mandate-read": READ,
    "api:mandate-reports": Line(each("401", "404", "ok"), each("401", "404", "no")),
    "api:mandate-resign": call(holder="ok"),
    "api:mandate-recall": call(),
    "api:confidence-withdraw": call(member="ok", author="ok", holder="ok"),
    "api:confidence-give-back": call(member="ok", author="ok", holder="ok"),
}

ELSEWHERE = ("account_", "mfa_", "usersessions_", "set_language", "health")
"""Routes of packages, which their own tests cover; `tests/core/face` walks those we restyled."""
