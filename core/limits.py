"""How much one person may do in how short a time: more than an honest neighbour ever does, less than a program would.

Counted per person and never per address, so that 300 neighbours behind one line do not stand in each other's way. Only
sign-in, sign-up and new passwords are also counted per address, by allauth (ACCOUNT_RATE_LIMITS) and `count_line`.
RATE_LIMITS=no switches all of it off, for tests and measurements.
"""

from django.conf import settings

from core.actions.throttle import Throttle, TooMany

MINUTE, HOUR = 60, 3600

PROPOSALS = Throttle("proposals", limit=60, seconds=HOUR)
COMMENTS = Throttle("comments", limit=60, seconds=10 * MINUTE)
INVITATIONS = Throttle("invitations", limit=60, seconds=HOUR)
APPLICATIONS = Throttle("applications", limit=20, seconds=HOUR)
TOKENS = Throttle("tokens", limit=20, seconds=HOUR)
HELP = Throttle("help", limit=10, seconds=15 * MINUTE)
BODIES = Throttle("bodies", limit=10, seconds=HOUR)
ASSEMBLIES = Throttle("assemblies", limit=60, seconds=HOUR)
"""Calls of an assembly, dates asked for, and people asked to help at one: each tells somebody."""
NEWS = Throttle("news", limit=20, seconds=HOUR)
"""What tells whole bodies at once, beside proposals and assemblies: each may be a mail to thousands."""
THINGS = Throttle("things", limit=60, seconds=10 * MINUTE)
ENTERING = Throttle("entering", limit=300, seconds=10 * MINUTE)
"""Votes entered for others: a full hall in a few minutes, but not guessing at what somebody else has written down."""
PASSPHRASES = Throttle("passphrases", limit=20, seconds=15 * MINUTE)
"""Tries at a reading passphrase: each takes 128 MiB for most of a second."""
CALLS = Throttle("calls", limit=600, seconds=MINUTE)
"""All calls of the API by one person, with whatever token."""

LINKS = Throttle("ballot-links", limit=20, seconds=10 * MINUTE)
"""Votes sent by links from mails, by the one they were sent to."""

LINE = Throttle("line", limit=300, seconds=MINUTE)
"""Tries to come in by card, and questions for one's friends, by the line they come from: each has a password hashed."""

READINGS = Throttle("readings", limit=300, seconds=10 * MINUTE)
"""What an auditor reads: each leaves lines in two records."""

BALLOTS_A_MINUTE = 30
"""Counted by `core.once` within the statement that takes the form's key: a ballot pays no statement for it."""

LIMITS = {
    "core:body-new": BODIES,
    "core:proposal-new": PROPOSALS,
    "core:proposal-revise": PROPOSALS,
    "core:proposal-put-up": PROPOSALS,
    "core:proposal-appeal": PROPOSALS,
    "core:mandate-new": PROPOSALS,
    "core:mandate-recall": PROPOSALS,
    "core:member-remove": PROPOSALS,
    "core:merging-ask": APPLICATIONS,
    "core:friend-help": HELP,
    "core:way-back": TOKENS,
    "core:charter-change": PROPOSALS,
    "core:reading-key": PASSPHRASES,
    "core:reading-open": PASSPHRASES,
    "core:case-new": APPLICATIONS,
    "core:case-say": COMMENTS,
    "core:case-find": COMMENTS,
    "core:body-end": PROPOSALS,
    "core:union-new": PROPOSALS,
    "core:host-new": PROPOSALS,
    "core:accord-take-up": PROPOSALS,
    "core:audit-new": PROPOSALS,
    "defense:defense-new": PROPOSALS,
    "defense:code-new": PROPOSALS,
    "defense:post-new": PROPOSALS,
    "defense:post-elect": PROPOSALS,
    "defense:post-close": PROPOSALS,
    "defense:day-announce": ASSEMBLIES,
    "core:audit-read": READINGS,
    "core:finding-new": COMMENTS,
    "core:finding-answer": COMMENTS,
    "core:finding-recall": PROPOSALS,
    "core:finding-propose": PROPOSALS,
    "core:proposal-comment": COMMENTS,
    "core:proposal-reply": COMMENTS,
    "core:invitation-list": INVITATIONS,
    "core:charter-object": COMMENTS,
    "core:amendment-new": COMMENTS,
    "core:proposal-summary": COMMENTS,
    "core:affected-name": NEWS,
    "core:affected-ask": PROPOSALS,
    "core:ballot-enter": ENTERING,
    "core:ballot-confirm": ENTERING,
    "core:ballot-contest": ENTERING,
    "core:paper-print": INVITATIONS,
    "councils:board-new": BODIES,
    "councils:board-hear": COMMENTS,
    "councils:board-assembly": NEWS,
    "councils:board-kit": INVITATIONS,
    "councils:profile-change": PROPOSALS,
    "councils:group-new": INVITATIONS,
    "councils:group-invite": INVITATIONS,
    "councils:group-found": BODIES,
    "councils:split-new": PROPOSALS,
    "core:application-new": APPLICATIONS,
    "core:desk-welcome": INVITATIONS,
    "core:desk-card": TOKENS,
    "councils:assembly-new": ASSEMBLIES,
    "councils:assembly-poll": ASSEMBLIES,
    "councils:duty-ask": ASSEMBLIES,
    "councils:minutes-add": COMMENTS,
    "councils:errand-add": THINGS,
    "councils:item-new": THINGS,
    "councils:study-new": NEWS,
    "councils:study-call-off": NEWS,
    "core:token-list": TOKENS,
    "core:card-print": TOKENS,
    "core:calendar-page": TOKENS,
    "api:body-form": BODIES,
    "api:proposal-create": PROPOSALS,
    "api:proposal-revise": PROPOSALS,
    "api:proposal-put-up": PROPOSALS,
    "api:proposal-appeal": PROPOSALS,
    "api:mandate-recall": PROPOSALS,
    "api:body-end": PROPOSALS,
    "api:union-propose": PROPOSALS,
    "api:host-propose": PROPOSALS,
    "api:accord-take-up": PROPOSALS,
    "api:audit-elect": PROPOSALS,
    "api:defense-propose": PROPOSALS,
    "api:code-propose": PROPOSALS,
    "api:post-propose": PROPOSALS,
    "api:post-elect": PROPOSALS,
    "api:post-close": PROPOSALS,
    "api:day-announce": ASSEMBLIES,
    "api:audit-read": READINGS,
    "api:finding-make": COMMENTS,
    "api:finding-answer": COMMENTS,
    "api:finding-recall": PROPOSALS,
    "api:finding-propose": PROPOSALS,
    "api:comments": COMMENTS,
    "api:proposal-reply": COMMENTS,
    "api:invitation-make": INVITATIONS,
    "api:charter-object": COMMENTS,
    "api:amendments": COMMENTS,
    "api:summaries": COMMENTS,
    "api:affected": NEWS,
    "api:affected-ask": PROPOSALS,
    "api:entered": ENTERING,
    "api:ballot-confirm": ENTERING,
    "api:ballot-contest": ENTERING,
    "api:board-hear": COMMENTS,
    "api:board-assembly": NEWS,
    "api:item-add": THINGS,
    "api:study-announce": NEWS,
    "api:study-call-off": NEWS,
    "api:reading-key": PASSPHRASES,
    "api:case-list": APPLICATIONS,
    "api:case-papers": PASSPHRASES,
    "api:case-say": COMMENTS,
    "api:case-find": COMMENTS,
    "api:board-open": BODIES,
    "api:board-invite": INVITATIONS,
    "api:profile-propose": PROPOSALS,
    "api:group-add": INVITATIONS,
    "api:group-invite": INVITATIONS,
    "api:split-propose": PROPOSALS,
    "api:application-make": APPLICATIONS,
    "api:merging-ask": APPLICATIONS,
    "api:assembly-call": ASSEMBLIES,
    "api:assembly-poll": ASSEMBLIES,
    "api:duty-ask": ASSEMBLIES,
}
"""What is counted, by the name of its route: the page and the call count together."""


def count_act(route: str, person_id: int) -> None:
    """Count one act of a person; `TooMany` beyond the limit. Outside of any transaction: a refused act counts too."""
    limit = LIMITS.get(route)
    if limit is not None and settings.RATE_LIMITS:
        limit.take(str(person_id))


def count_call(person_id: int) -> None:
    """Count one call of the API."""
    if settings.RATE_LIMITS:
        CALLS.take(str(person_id))


def count_link(person_id: int) -> None:
    """Count one vote sent by a link from a mail."""
    if settings.RATE_LIMITS:
        LINKS.take(str(person_id))


def count_line(address: str) -> None:
    """Count one try of somebody who is not signed in, by the address they come from."""
    if settings.RATE_LIMITS:
        LINE.take(address)


def ballots_a_minute() -> int | None:
    """How many ballots one person may give or change in a minute; None without a limit."""
    return BALLOTS_A_MINUTE if settings.RATE_LIMITS else None


def require_within(limit: int | None, before: int) -> None:
    """`TooMany` if that many were done in the last minute already."""
    if limit is not None and before >= limit:
        raise TooMany(MINUTE)
