"""Defence bodies, as the host's record tells them (with its decisions) and their own: codes, posts, training."""

from __future__ import annotations

from verify.times import DAY

from .state import House, Line

NOTICE = 14 * DAY
SCOPES = ("own", "confederal")
SORTS = ("cop_watch", "community", "direct_action", "militia")
TRAININGS = ("first_aid", "deescalation", "code")


def formed(house: House, line: Line) -> None:
    """A host has decided to form a defence body."""
    house.unless(_decided(house, line, "defense") and line.text("sort") in SORTS, "defense_without", line)


def code_adopted(house: House, line: Line) -> None:
    """A version of a code: in the host by its decision; the first one at once, later ones after two weeks."""
    scope, number, in_force = line.text("scope"), line.number("number"), line.moment("in_force")
    here = line.maybe("proposal") is not None
    house.unless(not here or _decided(house, line, "code"), "defense_without", line)
    right = in_force == (line.at if number == 1 else line.at + NOTICE)
    fits = scope in SCOPES and right and (here or number > house.codes.get(scope, 0))
    house.unless(fits, "code_wrongly", line)
    if not here:
        house.codes[scope] = number


def code_accepted(house: House, line: Line) -> None:
    """A member accepts the newest version, once."""
    scope, number = line.text("scope"), line.number("number")
    newest = house.codes.get(scope)
    said = (line.who or "", scope, number)
    fits = house.is_member(line.who) and said not in house.accepted
    house.unless(fits and (newest is None or number == newest), "accepted_wrongly", line)
    house.accepted.add(said)


def post_opened(house: House, line: Line) -> None:
    """A post is opened, in the host by its decision."""
    here, post = line.maybe("proposal") is not None, line.number("post")
    house.unless(_decided(house, line, "post") if here else post not in house.posts, "defense_without", line)
    house.posts.add(post)


def post_closed(house: House, line: Line) -> None:
    """A post is closed, in the host by its decision; in the body it was open."""
    here, post = line.maybe("proposal") is not None, line.number("post")
    house.unless(_decided(house, line, "post_closing") if here else post in house.posts, "defense_without", line)
    house.posts.discard(post)


def trained(house: House, line: Line) -> None:
    """A member writes down who came, and never themself."""
    came = line.texts("came")
    fits = bool(came) and all(house.is_member(each) for each in came) and line.text("sort") in TRAININGS
    house.unless(fits and house.is_member(line.who) and line.who not in came, "trained_wrongly", line)


def ordered(house: House, line: Line) -> None:
    """A panel of the host has found that a member trains again. Its file is closed."""
    house.unless(house.is_member(line.who), "trained_wrongly", line)
    house.findings.unknown["panel"] += 1


def _decided(house: House, line: Line, kind: str) -> bool:
    """Whether the line follows from a decision of that kind, which is being carried out."""
    proposal = house.proposal(line)
    proposal.seen = proposal.seen or proposal.kind == kind
    return proposal.kind == kind and proposal.effect == "due"


HANDLERS = {
    "defense.formed": formed,
    "code.adopted": code_adopted,
    "code.accepted": code_accepted,
    "post.opened": post_opened,
    "post.closed": post_closed,
    "training.attended": trained,
    "training.ordered": ordered,
}
