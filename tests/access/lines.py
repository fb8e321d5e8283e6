"""What a line of the access table can say, and the lines that many routes share. See tests.access.table."""

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

OPEN = Line(each("ok", "ok", "ok"), NOT_ALLOWED)
"""A page or call for everybody."""
