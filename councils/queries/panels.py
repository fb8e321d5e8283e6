"""What the councils show on the page of a body."""

from collections.abc import Iterable
from datetime import datetime

from core.models import Body, Person
from core.permissions.members import membership_of
from core.queries.bodies import count_members
from core.registry import Panel
from core.rules.founding import by_consensus
from councils.models import Board
from councils.permissions.boards import can_open
from councils.queries.profiles import get_beside
from councils.queries.splits import get_split_of
from councils.rules.profiles import past_its_size


def panels_of(body: Body, person: Person | None, at: datetime) -> Iterable[Panel]:
    """A council's profile, for everybody who sees it; to members the founding under way, and a catalyst group's
    boards.
    """
    member = person is not None and membership_of(person, body) is not None
    if body.kind == Body.Kind.CATALYST and member and person is not None:
        boards = Board.objects.filter(catalyst=body).select_related("council").order_by("-opened_at")[:20]
        about = {"body": body, "boards": list(boards), "open": can_open(person, body)}
        yield Panel("councils/_boards.html", about)
    if body.kind == Body.Kind.COUNCIL:
        yield from _of_council(body, person, at, member=member)


def _of_council(body: Body, person: Person | None, at: datetime, *, member: bool) -> Iterable[Panel]:
    board = Board.objects.filter(council=body).first() if member and by_consensus(body.founders) else None
    if board is not None and board.closed_at is None:
        yield Panel("councils/_founding.html", {"board": board, "at": at})
    beside = get_beside(body)
    split = get_split_of(body, person) if beside.splitting and member and person is not None else None
    if split is not None:
        yield Panel("councils/_split.html", {"split": split, "here": False})
    profile = beside.profile
    if profile is not None or (member and body.decides):
        members = count_members(body)
        large = member and profile is not None and past_its_size(members, profile.size_hint)
        about = {"body": body, "profile": profile, "member": member, "members": members, "large": large}
        yield Panel("councils/_profile.html", about, beside=True)
