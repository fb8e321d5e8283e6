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

from dataclasses import dataclass

KINDS = ("nobody", "stranger", "applicant", "former", "removed", "newcomer", "member", "author", "holder")
OUTSIDE, INSIDE = KINDS[1:5], KINDS[5:]
LIKE_OTHERS = ("closed", "reader", "actor", "ended")
"""Who closed the account, with a session kept; programs with tokens of the author's to read, to act, and one ended."""

READING, OTHERS = ("GET", "HEAD"), ("PUT", "PATCH", "DELETE", "OPTIONS")


@dataclass(frozen=True, slots=True)
class Line:
    """One route: what GET and POST answer to each kind."""

    get: dict[str, str]
    post: dict[str, str]


def each(nobody: str, outside: str, inside: str, **special: str) -> dict[str, str]:
    """The answers to all kinds: nobody, those outside, those inside, and exceptions."""
    answers = {"nobody": nobody} | dict.fromkeys(OUTSIDE, outside) | dict.fromkeys(INSIDE, inside)
    return answers | special


NOT_ALLOWED = each("405", "405", "405")
NOT_ALLOWED_SIGNED_IN = each("in", "405", "405")
PAGE = Line(each("in", "404", "ok"), NOT_ALLOWED_SIGNED_IN)
"""A page for members only."""
FORM = Line(each("in", "404", "ok"), each("in", "404", "no"))
"""A form for members that is refused, whoever sends it."""
FILLED = Line(each("in", "404", "ok"), each("in", "404", "done"))
"""A form for members, any of whom may send it."""
OWN = Line(each("in", "ok", "ok"), each("in", "no", "no"))
"""A form about oneself, refused; OWN_DONE is one that is taken, OWN_SHOWN answers with what it made."""
OWN_DONE = Line(each("in", "ok", "ok"), each("in", "done", "done"))
OWN_SHOWN = Line(each("in", "ok", "ok"), each("in", "ok", "ok"))


def act(inside: str = "no", **special: str) -> Line:
    """An act: POST only, 404 outside, refused inside unless said otherwise."""
    return Line(NOT_ALLOWED_SIGNED_IN, each("in", "404", inside, **special))


READ = Line(each("401", "404", "ok"), NOT_ALLOWED | {"nobody": "401"})
OWN_READ = Line(each("401", "ok", "ok"), NOT_ALLOWED | {"nobody": "401"})


def call(inside: str = "no", **special: str) -> Line:
    """An act of the API."""
    return Line(each("401", "405", "405"), each("401", "404", inside, **special))


SIDES_OK, SIDES_NOT = {"author": "ok", "holder": "ok"}, {"author": "403", "holder": "403"}
"""The two sides of the case: the author complains about the holder. Nobody else is shown it."""

TABLE: dict[str, Line] = {
    "core:home": Line(each("ok", "ok", "ok"), NOT_ALLOWED),
    "core:body-list": Line(each("ok", "ok", "ok"), NOT_ALLOWED),
    "core:body-new": OWN_DONE,
    "core:body-detail": Line(each("404", "404", "ok"), NOT_ALLOWED),
    "core:body-leave": FILLED,
    "core:body-end": FORM,  # it is proposed already that it becomes two
    "core:union-new": FORM,
    "core:host-new": FORM,  # a council has none
    "core:accord-detail": PAGE,
    "core:accord-take-up": act("done"),
    "core:charter-detail": Line(each("404", "404", "ok"), NOT_ALLOWED),
    "core:charter-adopt": act("409"),  # adopted already
    "core:charter-object": act("409"),  # adopted already
    "core:charter-take-back": act("409"),
    "core:charter-redraft": Line(each("in", "404", "404"), each("in", "404", "404")),  # adopted already
    "core:charter-change": FILLED,
    "core:proposal-list": PAGE,
    "core:proposal-new": FILLED,
    "core:decision-list": PAGE,
    "core:record-list": PAGE,
    "core:record-check": Line(each("404", "404", "ok"), NOT_ALLOWED),
    "core:record-file": PAGE,
    "core:record-public": Line(each("404", "404", "404"), NOT_ALLOWED),
    "core:verifier": Line(each("ok", "ok", "ok"), NOT_ALLOWED),
    "core:checkpoint-print": Line(each("404", "404", "ok"), NOT_ALLOWED),
    "core:checkpoint-file": Line(each("404", "404", "ok"), NOT_ALLOWED),
    "core:receipt-file": Line(each("in", "404", "ok", former="ok", newcomer="404"), NOT_ALLOWED_SIGNED_IN),  # one's own
    "core:house-keys": Line(each("ok", "ok", "ok"), NOT_ALLOWED),
    "core:house-keys-file": Line(each("ok", "ok", "ok"), NOT_ALLOWED),
    "core:proposal-detail": PAGE,
    "core:proposal-versions": PAGE,
    "core:proposal-revise": Line(each("in", "404", "403", author="ok"), each("in", "404", "403", author="done")),
    "core:proposal-passages": PAGE,
    "core:proposal-summary": Line(each("in", "404", "ok"), each("in", "404", "403", author="done")),
    "core:proposal-feel": act("done"),
    "core:affected-name": Line(each("in", "404", "403", author="ok"), each("in", "404", "403", author="done")),
    "core:affected-detail": Line(each("in", "404", "ok", stranger="ok"), NOT_ALLOWED_SIGNED_IN),
    "core:affected-ask": act("403", stranger="done"),  # members of the body that is named
    "core:affected-answer": act("403", stranger="403"),  # nobody has asked
    "core:amendment-new": FILLED,
    "core:amendment-detail": PAGE,
    "core:amendment-accept": act("403", author="done"),
    "core:amendment-decline": act("403", author="done"),
    "core:amendment-withdraw": act("403", holder="done"),
    "core:amendment-let-stand": act("403", holder="done"),
    "core:proposal-put-up": act("404", author="done"),
    "core:proposal-withdraw": act("403", author="done"),
    "core:proposal-second": act("done", author="403"),
    "core:proposal-open": act("done"),
    "core:proposal-appeal": act("403", removed="done"),
    "core:proposal-comment": act("done"),
    "core:proposal-reply": act("403", holder="done"),
    "core:proposal-accept": act("403", holder="done"),
    "core:ballot-cast": act("done", newcomer="403"),
    "core:secret-ballot-cast": act("409"),  # the table's vote is an open one
    "core:ballot-enter": Line(each("in", "404", "ok"), each("in", "404", "done", newcomer="403")),
    "core:roll-call": Line(each("in", "404", "ok"), each("in", "404", "done", newcomer="403")),
    "core:roll-call-confirm": Line(each("in", "404", "ok"), each("in", "404", "done", author="403", newcomer="403")),
    "core:ballot-confirm": Line(each("in", "404", "ok"), each("in", "404", "done", author="403", newcomer="403")),
    "core:ballot-helped": act("409"),  # the table's vote is an open one
    "core:ballot-take-back": act("403", author="done"),
    "core:ballot-contest": act("409", member="done", newcomer="403"),
    "core:paper-print": Line(each("in", "404", "ok"), each("in", "404", "ok")),
    "core:ballot-link": Line(each("404", "404", "404"), each("404", "404", "404")),
    "core:proposal-print": PAGE,
    "core:vote-print": PAGE,
    "core:secret-count": Line(each("in", "404", "404"), NOT_ALLOWED_SIGNED_IN),
    "core:election-new": FILLED,
    "core:candidacy-stand": act("done"),
    "core:candidacy-step-back": act("403", holder="done"),
    "core:candidacy-propose": FILLED,
    "core:comment-take-back": act("403", author="done"),
    "core:task-done": act("403", holder="done"),
    "core:audit-list": PAGE,
    "core:audit-new": FILLED,
    "core:audit-detail": PAGE,
    "core:audit-read": act("403", holder="ok"),
    "core:audit-report": act("403", holder="done"),
    "core:finding-new": Line(each("in", "404", "403", holder="ok"), each("in", "404", "403", holder="done")),
    "core:finding-answer": act("403"),  # members of the body that is audited
    "core:finding-recall": Line(each("in", "404", "ok"), each("in", "404", "403")),  # members of who gave it
    "core:finding-propose": FILLED,
    "core:mandate-list": PAGE,
    "core:carrying": PAGE,
    "core:mandate-new": FILLED,
    "core:mandate-detail": PAGE,
    "core:mandate-report": act("403", holder="done"),
    "core:mandate-resign": act("403", holder="done"),
    "core:mandate-recall": act("done"),
    "core:mandate-withdraw-confidence": act("done", newcomer="403"),
    "core:mandate-give-confidence": act("done", newcomer="403"),
    "core:member-list": PAGE,
    "core:member-remove": FILLED,
    "core:merging-ask": FILLED,
    "core:merging-vouch": act("done", newcomer="403"),
    "core:merging-agree": act("403"),  # it is about none of these
    "core:merging-stop": act("done"),
    "core:invitation-list": Line(each("in", "404", "ok"), each("in", "404", "ok")),
    "core:invitation-end": act("404", author="done"),
    "core:invitation-open": Line(each("ok", "ok", "ok"), each("ok", "done", "done")),
    "core:application-new": FORM,
    "core:application-detail": Line(each("in", "404", "ok", applicant="ok"), NOT_ALLOWED_SIGNED_IN),
    "core:application-vouch": act("done", newcomer="403", applicant="403"),
    "core:application-object": act("done"),
    "core:application-propose": act("403", applicant="403"),  # here members vouch
    "core:application-withdraw": act("403", applicant="done"),
    "core:desk-detail": PAGE,
    "core:desk-welcome": act("ok", newcomer="403"),
    "core:desk-card": act("done", newcomer="403"),
    "core:card-give": act("ok", author="403", newcomer="403"),
    "core:card-sign-in": Line(each("ok", "ok", "ok"), each("no", "no", "no")),
    "core:back-in": Line(each("ok", "ok", "ok"), each("no", "no", "no")),
    "core:way-back": OWN,
    "core:way-back-stop": act("404", holder="done"),
    "core:friend-help": OWN,  # with no code
    "core:friend-step-back": act("404", member="done"),
    "core:first-link": Line(each("no", "no", "no"), each("no", "no", "no")),
    "core:settings": OWN_DONE,
    "core:card-print": OWN_SHOWN,
    "core:token-list": OWN_SHOWN,
    "core:token-end": act("404", author="done"),
    "core:label-list": OWN,
    "core:reading-key": Line(each("in", "ok", "ok"), each("in", "done", "done", author="409", holder="409")),
    "core:reading-open": Line(NOT_ALLOWED_SIGNED_IN, each("in", "no", "no", author="done", holder="done")),
    "core:reading-close": Line(NOT_ALLOWED_SIGNED_IN, each("in", "done", "done")),
    "core:case-list": PAGE,
    "core:case-new": FORM,  # there are not three without a stake
    "core:case-detail": Line(each("in", "404", "404", **SIDES_OK), NOT_ALLOWED_SIGNED_IN),
    "core:case-read": act("404", author="409", holder="409"),  # with their keys locked
    "core:case-take-seat": act("404", **SIDES_NOT),
    "core:case-recuse": act("404", **SIDES_NOT),
    "core:case-sit": act("404", **SIDES_NOT),
    "core:case-say": act("404", author="done", holder="done"),
    "core:case-find": act("404", **SIDES_NOT),
    "core:case-assent": act("404"),  # nobody has found anything
    "core:case-appeal": act("404", **SIDES_NOT),
    "core:account-leave": OWN,  # with another's sign-in name
    "core:notice-list": Line(each("in", "ok", "ok"), NOT_ALLOWED_SIGNED_IN),
    "core:notices-seen": Line(NOT_ALLOWED_SIGNED_IN, each("in", "done", "done")),
    "core:notice-open": Line(each("in", "404", "404", author="done"), NOT_ALLOWED_SIGNED_IN),
    "core:mail-stop": Line(each("404", "404", "404"), each("404", "404", "404")),
    "core:calendar-page": OWN_SHOWN,
    "core:calendar-own": Line(each("404", "404", "404"), NOT_ALLOWED),  # with a forged address
    "core:calendar-body": Line(each("404", "404", "404"), NOT_ALLOWED),
    "core:decision-feed": Line(each("404", "404", "404"), NOT_ALLOWED),
    "core:demo-mails": Line(each("404", "404", "404"), NOT_ALLOWED),
    "core:face-set": Line(NOT_ALLOWED, each("done", "done", "done")),
    "core:gallery": Line(each("404", "404", "404"), NOT_ALLOWED),
    "councils:item-list": Line(each("404", "404", "ok"), NOT_ALLOWED),
    "councils:item-new": FILLED,
    "councils:item-feed": Line(each("404", "404", "404"), NOT_ALLOWED),
    "councils:item-lend": Line(each("in", "404", "ok"), each("in", "404", "403", author="done")),
    "councils:item-back": act("403", author="done"),
    "councils:item-out": act("403", author="done"),
    "councils:item-keep": act("403"),  # it has a keeper
    "councils:study-list": Line(each("404", "404", "ok"), NOT_ALLOWED),
    "councils:study-new": FILLED,
    "councils:study-feed": Line(each("404", "404", "404"), NOT_ALLOWED),
    "councils:study-come": act("done"),
    "councils:study-stay-away": act("done"),
    "councils:study-call-off": act("403", author="done"),
    "councils:board-new": FILLED,
    "councils:board-detail": PAGE,
    "councils:board-hear": act("done"),
    "councils:board-scope": FILLED,
    "councils:board-kit": Line(each("in", "404", "ok"), each("in", "404", "ok")),
    "councils:board-assembly": FILLED,
    "councils:board-attendance": FILLED,
    "councils:board-invitation-end": act("404", author="done"),
    "councils:board-more-time": act("403"),  # for founding members of the council
    "councils:board-hand-over": act("403"),  # it has no charter yet
    "councils:board-give-up": act("done"),
    "councils:profile-change": FILLED,
    "councils:group-list": PAGE,
    "councils:group-new": FILLED,
    "councils:group-take-off": act("done"),
    "councils:group-invite": Line(each("in", "404", "ok"), each("in", "404", "ok")),
    "councils:group-found": Line(each("410", "410", "410"), each("410", "410", "410")),  # the token is forged
    "councils:split-new": FORM,  # one is proposed already
    "councils:split-choose": act("done"),
    "councils:charter-compare": Line(each("ok", "ok", "ok"), NOT_ALLOWED),
    "councils:assembly-list": PAGE,
    "councils:assembly-new": FILLED,
    "councils:assembly-poll": FILLED,
    "councils:assembly-detail": PAGE,
    "councils:assembly-run": Line(each("in", "404", "403", author="ok"), NOT_ALLOWED_SIGNED_IN),  # who guides it
    "councils:assembly-phone": PAGE,
    "councils:assembly-projector": PAGE,
    "councils:assembly-fresh": PAGE,
    "councils:assembly-mark": act("done"),
    "councils:date-settle": act("403", author="done"),
    "councils:assembly-cancel": act("403", author="done"),
    "councils:assembly-open": act("403", author="done"),
    "councils:assembly-close": act("403", author="done"),
    "councils:item-add": act("done"),
    "councils:item-remove": act("403", author="done"),
    "councils:item-up": act("403", author="done"),
    "councils:item-begin": act("403", author="done"),
    "councils:item-end": act("403", author="done"),
    "councils:item-longer": act("403", author="done"),
    "councils:item-waive": act("403", author="done"),
    "councils:duty-ask": act("done"),
    "councils:duty-take": act("done"),
    "councils:duty-accept": act("403", holder="done"),
    "councils:duty-lay-down": act("403", holder="done"),
    "councils:assembly-arrive": act("403", author="done"),
    "councils:assembly-leave": act("403", author="done"),
    "councils:assembly-guests": act("403", author="done"),
    "councils:assembly-raise-for": act("403", author="done"),
    "councils:assembly-give-word": act("403", author="done"),
    "councils:assembly-next": act("403", author="done"),
    "councils:assembly-stop": act("403", author="done"),
    "councils:assembly-hand": act("done", newcomer="403"),  # who is in the room
    "councils:assembly-lower": act("done", newcomer="403"),
    "councils:assembly-wave": act("done", newcomer="403"),
    "councils:waiver-say": act("done", newcomer="403"),
    "councils:waiver-enter": act("403", author="done"),
    "councils:waiver-settle": act("403", author="done"),
    "councils:assembly-note": act("403", author="done"),
    "councils:note-change": act("403", author="done"),
    "councils:errand-add": act("403", author="done"),
    "councils:errand-done": act("403", holder="done"),
    "councils:minutes-publish": act("403", author="done"),
    "councils:minutes-add": act("done"),
    "councils:minutes-print": PAGE,
    "api:item-list": READ,
    "api:item-add": call("ok"),
    "api:item-lend": call("403", author="ok"),
    "api:item-back": call("403", author="ok"),
    "api:item-out": call("403", author="ok"),
    "api:item-keep": call("403"),
    "api:study-list": READ,
    "api:study-announce": call("ok"),
    "api:study-come": call("ok"),
    "api:study-stay-away": call("ok"),
    "api:study-call-off": call("403", author="ok"),
    "api:assembly-list": READ,
    "api:assembly-call": call("ok"),
    "api:assembly-poll": call("ok"),
    "api:assembly-read": READ,
    "api:assembly-mark": call("ok"),
    "api:date-settle": call("403", author="ok"),
    "api:assembly-cancel": call("403", author="ok"),
    "api:assembly-open": call("403", author="ok"),
    "api:assembly-close": call("403", author="ok"),
    "api:agenda-add": call("ok"),
    "api:agenda-remove": call("403", author="ok"),
    "api:agenda-up": call("403", author="ok"),
    "api:agenda-begin": call("403", author="ok"),
    "api:agenda-end": call("403", author="ok"),
    "api:agenda-longer": call("403", author="ok"),
    "api:agenda-waive": call("403", author="ok"),
    "api:duty-ask": call("ok"),
    "api:duty-take": call("ok"),
    "api:duty-accept": call("403", holder="ok"),
    "api:duty-lay-down": call("403", holder="ok"),
    "api:assembly-arrive": call("403", author="ok"),
    "api:assembly-leave": call("403", author="ok"),
    "api:assembly-guests": call("403", author="ok"),
    "api:assembly-hand": call("ok", newcomer="403"),  # who is in the room
    "api:assembly-lower": call("ok", newcomer="403"),
    "api:assembly-raise-for": call("403", author="ok"),
    "api:assembly-give-word": call("403", author="ok"),
    "api:assembly-next": call("403", author="ok"),
    "api:assembly-stop": call("403", author="ok"),
    "api:assembly-wave": call("ok", newcomer="403"),
    "api:waiver-say": call("ok", newcomer="403"),
    "api:waiver-enter": call("403", author="ok"),
    "api:waiver-settle": call("403", author="ok"),
    "api:assembly-note": call("403", author="ok"),
    "api:note-change": call("403", author="ok"),
    "api:errand-add": call("403", author="ok"),
    "api:errand-done": call("403", holder="ok"),
    "api:minutes-publish": call("403", author="ok"),
    "api:minutes-add": call("ok"),
    "api:schema": Line(each("ok", "ok", "ok"), NOT_ALLOWED),
    "api:docs": Line(each("ok", "ok", "ok"), NOT_ALLOWED),
    "api:me": OWN_READ,
    "api:reading-key": Line(each("401", "ok", "ok"), each("401", "ok", "ok", author="409", holder="409")),
    "api:case-list": Line(each("401", "404", "ok"), each("401", "404", "no")),
    "api:case-read": Line(each("401", "404", "404", **SIDES_OK), NOT_ALLOWED | {"nobody": "401"}),
    "api:case-lot": Line(each("401", "404", "404", **SIDES_OK), NOT_ALLOWED | {"nobody": "401"}),
    "api:case-papers": call("404", **SIDES_OK),
    "api:case-take-seat": call("404", **SIDES_NOT),
    "api:case-recuse": call("404", **SIDES_NOT),
    "api:case-sit": call("404", **SIDES_NOT),
    "api:case-say": call("404", **SIDES_OK),
    "api:case-find": call("404", **SIDES_NOT),
    "api:case-assent": call("404"),
    "api:case-appeal": call("404", **SIDES_NOT),
    "api:notice-list": OWN_READ,
    "api:notice-seen": call("404", author="ok"),
    "api:body-list": OWN_READ,
    "api:body-form": Line(each("401", "405", "405"), each("401", "ok", "ok")),
    "api:body-read": READ,
    "api:charter-read": READ,
    "api:charter-adopt": call("409"),  # adopted already
    "api:body-end": call("409"),  # it is proposed already that it becomes two
    "api:union-propose": call("409"),
    "api:host-propose": call("422"),  # a council has none
    "api:accord-list": READ,
    "api:accord-take-up": call("ok"),
    "api:charter-object": call("409"),
    "api:charter-take-back": call("409"),
    "api:board-list": READ,
    "api:board-open": call("ok"),
    "api:board-read": READ,
    "api:board-hear": call("ok"),
    "api:board-scope": call("ok"),
    "api:board-invite": call("ok"),
    "api:board-invitation-end": call("404", author="ok"),
    "api:board-assembly": call("ok"),
    "api:board-attendance": call("ok"),
    "api:board-more-time": call("403"),
    "api:board-hand-over": call("403"),
    "api:board-give-up": call("ok"),
    "api:profile-read": READ,
    "api:profile-propose": call("ok"),
    "api:group-list": READ,
    "api:group-add": call("ok"),
    "api:group-take-off": call("ok"),
    "api:group-invite": call("ok"),
    "api:split-propose": call("409"),  # one is proposed already
    "api:split-choose": call("ok"),
    "api:body-leave": call("ok"),
    "api:member-list": READ,
    "api:decision-list": READ,
    "api:mandate-list": READ,
    "api:carrying": READ,
    "api:merging-list": READ,
    "api:merging-ask": call("ok"),
    "api:merging-vouch": call("ok", newcomer="403"),
    "api:merging-agree": call("403"),
    "api:merging-stop": call("ok"),
    "api:record-list": READ,
    "api:record-members": READ,
    "api:record-public": Line(each("404", "404", "404"), NOT_ALLOWED),
    "api:label-forget": call("404"),
    "api:proposal-list": READ,
    "api:proposal-create": call("ok"),
    "api:proposal-read": READ,
    "api:proposal-revise": call("403", author="ok"),
    "api:proposal-put-up": call("404", author="ok"),
    "api:proposal-withdraw": call("403", author="ok"),
    "api:proposal-second": call("ok", author="403"),
    "api:proposal-accept": call("403", holder="ok"),
    "api:proposal-reply": call("403", holder="ok"),
    "api:proposal-appeal": call("403", removed="ok"),
    "api:vote-open": call("ok"),
    "api:ballot-cast": call("ok", newcomer="403"),
    "api:secret-ballot-cast": call("409", newcomer="403"),
    "api:candidacy-stand": call("ok"),
    "api:candidacy-step-back": call("403", holder="ok"),
    "api:candidacy-propose": call("ok"),
    "api:ballot-list": READ,
    "api:entered": Line(each("401", "404", "ok"), each("401", "404", "ok", newcomer="403")),
    "api:ballot-confirm": call("ok", author="403", newcomer="403"),
    "api:ballot-take-back": call("403", author="ok"),
    "api:paper-print": call("ok"),
    "api:ballot-contest": call("409", member="ok", newcomer="403"),
    "api:receipt-read": Line(each("401", "404", "ok", newcomer="404"), NOT_ALLOWED | {"nobody": "401"}),
    "api:checkpoint-list": READ,
    "api:house-keys": Line(each("ok", "ok", "ok"), NOT_ALLOWED),
    "api:comments": Line(each("401", "404", "ok"), each("401", "404", "ok")),
    "api:affected": Line(each("401", "404", "ok"), each("401", "404", "403", author="ok")),
    "api:affected-read": Line(each("401", "404", "ok", stranger="ok"), NOT_ALLOWED | {"nobody": "401"}),
    "api:affected-ask": call("403", stranger="ok"),
    "api:affected-answer": call("403", stranger="403"),
    "api:amendments": Line(each("401", "404", "ok"), each("401", "404", "ok")),
    "api:amendment-accept": call("403", author="ok"),
    "api:amendment-decline": call("403", author="ok"),
    "api:amendment-withdraw": call("403", holder="ok"),
    "api:amendment-let-stand": call("403", holder="ok"),
    "api:feeling": Line(each("401", "404", "ok"), each("401", "404", "ok")),
    "api:summaries": Line(each("401", "404", "ok"), each("401", "404", "403", author="ok")),
    "api:comment-take-back": call("403", author="ok"),
    "api:task-done": call("403", holder="ok"),
    "api:invitation-make": call("ok"),
    "api:invitation-end": call("404", author="ok"),
    "api:application-make": call("403"),
    "api:application-read": Line(each("401", "404", "ok", applicant="ok"), NOT_ALLOWED | {"nobody": "401"}),
    "api:application-vouch": call("ok", newcomer="403", applicant="403"),
    "api:application-object": call("ok"),
    "api:application-propose": call("403", applicant="403"),
    "api:application-withdraw": call("403", applicant="ok"),
    "defense:defense-list": PAGE,
    "defense:defense-new": FILLED,
    "defense:code-list": PAGE,
    "defense:code-new": FILLED,
    "defense:code-accept": act("done", newcomer="403"),  # the newcomer is in its host only
    "defense:chain-detail": PAGE,
    "defense:post-new": FILLED,
    "defense:post-elect": FILLED,
    "defense:training-list": PAGE,
    "defense:training-set": act("done", newcomer="403"),
    "defense:day-announce": act("done", newcomer="403"),
    "defense:day-enter": Line(each("in", "404", "ok"), each("in", "404", "done", member="422", newcomer="403")),
    "defense:day-call-off": act("422", author="done", newcomer="403"),
    "api:defense-propose": call("ok"),
    "api:code-list": READ,
    "api:code-propose": call("ok"),
    "api:code-accept": call("ok", newcomer="403"),
    "api:chain-read": READ,
    "api:post-propose": call("ok"),
    "api:post-elect": call("ok"),
    "api:training-read": READ,
    "api:training-set": call("ok", newcomer="403"),
    "api:day-announce": call("ok", newcomer="403"),
    "api:day-enter": call("ok", member="422", newcomer="403"),
    "api:day-call-off": call("422", author="ok", newcomer="403"),
    "api:audit-list": READ,
    "api:audit-elect": call("ok"),
    "api:audit-detail": READ,
    "api:audit-read": call("403", holder="ok"),
    "api:audit-report": call("403", holder="ok"),
    "api:finding-make": call("403", holder="ok"),
    "api:finding-answer": call("403"),
    "api:finding-recall": call("403"),
    "api:finding-propose": call("ok"),
    "api:mandate-read": READ,
    "api:mandate-reports": Line(each("401", "404", "ok"), each("401", "404", "403", holder="ok")),
    "api:mandate-resign": call("403", holder="ok"),
    "api:mandate-recall": call("ok"),
    "api:confidence-withdraw": call("ok", newcomer="403"),
    "api:confidence-give-back": call("ok", newcomer="403"),
}

OPEN = Line(each("ok", "ok", "ok"), NOT_ALLOWED)
"""A page or call for everybody."""
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
