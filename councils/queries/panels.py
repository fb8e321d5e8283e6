"""What the councils show on the page of a body."""

from collections.abc import Iterable
from datetime import datetime

from core.models import Body, Membership, Person
from core.registry import Panel
from councils.models import Board
from councils.permissions.boards import can_open
from councils.queries.profiles import get_profile
from councils.rules.profiles import past_its_size


def panels_of(body: Body, person: Person | None, at: datetime) -> Iterable[Panel]:
    """A council's profile, for everybody who sees it; to members the founding under way, and a catalyst group's
    boards.
    """
    member = person is not None and Membership.objects.open().filter(body=body, person=person).exists()
    if body.kind == Body.Kind.CATALYST and member and person is not None:
        boards = Board.objects.filter(catalyst=body).select_related("council").order_by("-opened_at")
        about = {"body": body, "boards": list(boards), "open": can_open(person, body)}
        yield Panel("councils/_boards.html", about)
    if body.kind == Body.Kind.COUNCIL:
        yield from _of_council(body, at, member=member)


def _of_council(body: Body, at: datetime, *, member: bool) -> Iterable[Panel]:
    board = Board.objects.filter(council=body).first() if member else None
    if board is not None and board.closed_at is None:
        yield Panel("councils/_founding.html", {"board": board, "at": at})
    profile = get_profile(body)
    if profile is not None or (member and body.decides):
        members = Membership.objects.open().filter(body=body).count()
        large = member and profile is not None and past_its_size(members, profile.size_hint)
        about = {"body": body, "profile": profile, "member": member, "members": members, "large": large}
        yield Panel("councils/_profile.html", about, beside=True)
