"""Founding a council: a board is opened, carried on step by step, and closed for good (DESIGN section 6)."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from core.actions import bodies, charters, endings, invitations
from core.actions.telling import tell
from core.locks import lock, lock_all
from core.models import Body, Cause, Invitation, Membership, Person
from core.permissions.members import membership_of
from core.record import in_utc, record
from core.refusals import Denied, Invalid, WrongStep
from core.rules.lines import one_line
from core.timekeeping import folkmoot_now
from councils.actions import profiles
from councils.models import STEPS, Arrival, Board, Extension, Need
from councils.permissions import boards as may
from councils.rules.founding import FOUNDERS_NEEDED, ends_at, lasts_longer
from councils.rules.profiles import Profile

LARGEST = 100_000


def lock_board(board: Board) -> tuple[Board, datetime]:
    """The board, read anew and locked after its group and its council, and the moment after the locks: whatever is
    done on it is done one by one, and races its end.
    """
    lock(board.catalyst)
    council = Board.objects.values_list("council", flat=True).get(pk=board.pk)
    lock_all(Body, [council] if council else [])
    return lock(board), folkmoot_now()


def require_step(board: Board, to: Board.Stage) -> None:
    """Raise `WrongStep` unless the table of steps leads there."""
    if to not in STEPS.get(board.stage, set()):
        raise WrongStep(_("This is not possible at this stage of the founding."))


def require_stage(board: Board, *stages: Board.Stage) -> None:
    """Raise `WrongStep` unless the board is at one of these stages."""
    if board.stage not in stages:
        raise WrongStep(_("This is not possible at this stage of the founding."))


@transaction.atomic
def open(catalyst: Body, title: str, *, by: Person, at: datetime) -> Board:  # noqa: A001  (the verb)
    """Open a board for one council to be. A group may have several."""
    catalyst = lock(catalyst)
    may.can_open(by, catalyst).or_deny()
    title = one_line(title)
    if not title:
        raise Invalid(_("Say in a few words what council this is about."))
    board = Board.objects.create(catalyst=catalyst, title=title, opened_at=at, ends_at=ends_at(at))
    tells(board, "board.opened", by=by, at=at, texts={"title": title}, ends=in_utc(board.ends_at))
    return board


def tells(board: Board, what: str, *, by: Person | None, at: datetime, **data: Any) -> None:
    """A line in the record of the group. Nothing in it leads to the council, nor to anybody in it."""
    record(what, board.catalyst, by=by, at=at, board=board.pk, **data)


@transaction.atomic
def hear(board: Board, theme: str, doors: int, *, in_all: int, by: Person) -> Need:
    """Note what people need: at how many doors it was heard, and at how many one has listened in all."""
    board, at = lock_board(board)
    may.can_act(by, board, at=at).or_deny()
    require_stage(board, Board.Stage.LISTENING, Board.Stage.INVITING)
    theme = one_line(theme)
    if not theme:
        raise Invalid(_("Say in a few words what people need."))
    if not 1 <= doors <= in_all <= LARGEST:
        raise Invalid(_("It cannot be heard at more doors than you have been to."))
    if Need.objects.filter(board=board, doors__gt=in_all).exclude(theme=theme).exists():
        raise Invalid(_("You noted more doors before: say how many it were in all."))
    need, _fresh = Need.objects.update_or_create(board=board, theme=theme, defaults={"doors": doors})
    board.doors = in_all
    board.save(update_fields=["doors"])
    tells(board, "board.heard", by=by, at=at, texts={"theme": theme}, doors=doors, in_all=in_all)
    return need


@transaction.atomic
def set_scope(
    board: Board,
    name: str,
    profile: Profile,
    content: charters.Draft,
    *,
    by: Person,
    listed: bool = True,
) -> Board:
    """Say whom the council is for. It is formed, without members, with the draft of its charter; from now on people
    are invited.
    """
    board, at = lock_board(board)
    may.can_act(by, board, at=at).or_deny()
    require_step(board, Board.Stage.INVITING)
    if not board.needs.exists():
        raise Invalid(_("Listen first: note what people at the doors need."))
    council = bodies.form(name, content, by=None, at=at, listed=listed, founders=FOUNDERS_NEEDED)
    board.council = council
    board.stage = Board.Stage.INVITING
    board.save(update_fields=["council", "stage"])
    tells(board, "board.scoped", by=by, at=at)
    profiles.set_first(council, profile, at=at)
    return board


def council_of(board: Board) -> Body:
    """The council that is founded; `WrongStep` before the scope is set."""
    if board.council is None:
        raise WrongStep(_("Say first whom the council is for."))
    return board.council


@transaction.atomic
def invite(
    board: Board, *, by: Person, note: str = "", uses: int = 1, days: int = 30, token: str = ""
) -> tuple[Invitation, str]:
    """Make a link to the council, for so many people and days. The token is returned once.

    `token` is for the demo, whose links are known beforehand.
    """
    board, at = lock_board(board)
    may.can_act(by, board, at=at).or_deny()
    council = council_of(board)
    inviter = membership_of(by, board.catalyst)
    made, token = invitations.make(council, inviter, at=at, note=note, uses=uses, days=days, token=token)
    tells(board, "board.invited", by=by, at=at, uses=uses, days=days)
    record("invitation.made", council, by=None, at=at, invitation=made.pk, uses=uses, days=days)
    return made, token


@transaction.atomic
def call_assembly(board: Board, when: datetime, place: str, agenda: str, *, by: Person) -> Board:
    """Say when and where the first assembly is, and what is on its agenda; until it is held it can be called anew."""
    board, at = lock_board(board)
    may.can_act(by, board, at=at).or_deny()
    require_stage(board, Board.Stage.INVITING)
    council = council_of(board)
    if when <= at:
        raise Invalid(_("Choose a moment that is still to come."))
    if when >= board.ends_at:
        raise Invalid(_("Choose a day before the founding ends."))
    if not one_line(place):
        raise Invalid(_("Say where you meet."))
    board.assembly_at, board.place, board.agenda = when, one_line(place), agenda.strip()
    board.save(update_fields=["assembly_at", "place", "agenda"])
    tells(board, "board.assembly_called", by=by, at=at, when=in_utc(when))
    tell(Cause.What.ASSEMBLY_CALLED, council, key=f"{board.pk}:{in_utc(at)}", at=at)
    return board


@transaction.atomic
def hold_assembly(board: Board, came: Iterable[Membership], *, others: int = 0, by: Person) -> Board:
    """Note who of the founding members came to the first assembly, and how many others: then the charter can be
    adopted.
    """
    board, at = lock_board(board)
    may.can_act(by, board, at=at).or_deny()
    require_step(board, Board.Stage.FOUNDING)
    council = council_of(board)
    if board.assembly_at is None or board.assembly_at > at:
        raise WrongStep(_("The first assembly has not begun yet."))
    there = list(Membership.objects.open().filter(body=council, pk__in=[row.pk for row in came]).order_by("pk"))
    if not there:
        raise Invalid(_("Nobody who joined has come. Call another assembly."))
    if not 0 <= others <= LARGEST:
        raise Invalid(_("Say how many others came, or nought."))
    rows = [Arrival(board=board, membership=row) for row in there]
    Arrival.objects.bulk_create(rows, batch_size=1000)
    board.stage = Board.Stage.FOUNDING
    board.held_at, board.others_came = at, others
    board.save(update_fields=["stage", "held_at", "others_came"])
    tells(board, "board.assembly_held", by=by, at=at, came=len(there), others=others)
    return board


@transaction.atomic
def ask_for_time(board: Board, *, by: Person) -> Board:
    """A founding member asks for 90 more days; once more than half do, three at least, the founding lasts longer."""
    board, at = lock_board(board)
    may.can_ask_for_time(by, board, at=at).or_deny()
    council = council_of(board)
    membership = membership_of(by, council)
    _row, fresh = Extension.objects.get_or_create(board=board, membership=membership, defaults={"at": at})
    asking = board.extensions.filter(membership__ended_at=None).count()
    longer = lasts_longer(asking, Membership.objects.open().filter(body=council).count())
    if longer:
        board.extended_at, board.ends_at = at, ends_at(board.opened_at, longer=True)
        board.save(update_fields=["extended_at", "ends_at"])
        tells(board, "board.extended", by=None, at=at, ends=in_utc(board.ends_at))
    if fresh:
        record("founding.more_time_asked", council, by=by, at=at, longer=longer)
    return board


@transaction.atomic
def hand_over(board: Board, *, by: Person) -> Board:
    """The council runs without its catalysts from now on: nothing stays with them."""
    board, at = lock_board(board)
    may.can_hand_over(by, board, at=at).or_deny()
    return close(board, Board.Ending.HANDED_OVER, at=at)


@transaction.atomic
def give_up(board: Board, *, by: Person) -> Board:
    """End a founding that nobody has joined yet."""
    board, at = lock_board(board)
    may.can_act(by, board, at=at).or_deny()
    if board.council is not None and Membership.objects.filter(body=board.council).exists():
        raise Denied(_("Somebody has joined already. The founding ends by itself on its day."))
    return close(board, Board.Ending.GIVEN_UP, at=at)


def end_if_over(board_id: int) -> bool:
    """Close a board whose time is over; False if it is not, or was closed already. Called by the clock."""
    with transaction.atomic():
        board = Board.objects.get(pk=board_id)
        if board.council is not None:
            inside = Membership.objects.open().filter(body=board.council)
            lock_all(Membership, inside.values_list("pk", flat=True))  # first in the order: they end with the council
        board, at = lock_board(board)
        if board.closed_at is not None or board.ends_at > at:
            return False
        close(board, Board.Ending.TIME, at=at)
        return True


def close(board: Board, ending: Board.Ending, *, at: datetime) -> Board:
    """Close a locked board for good. The links of the catalysts end, and what they noted about whom they invited goes.

    A council whose charter was not adopted by then ends with it; one that decides goes on by itself.
    """
    board.stage = Board.Stage.CLOSED
    board.closed_at, board.ending = at, ending
    board.save(update_fields=["stage", "closed_at", "ending"])
    tells(board, "board.closed", by=None, at=at, how=ending.value)
    tell(Cause.What.FOUNDING_OVER, board.catalyst, key=f"{board.pk}:catalyst", at=at)
    council = board.council
    if council is None:
        return board
    Invitation.objects.filter(body=council, by__body=board.catalyst).update(note="")
    Invitation.objects.filter(body=council, by__body=board.catalyst, ended_at=None).update(ended_at=at)
    if council.ended_at is not None:  # it has dissolved meanwhile
        return board
    record("founding.closed", council, by=None, at=at, how=ending.value)
    tell(Cause.What.FOUNDING_OVER, council, key=f"{board.pk}:council", at=at)
    if council.adopted_at is None:
        endings.end(endings.take_all(council), at=at)  # all held already by this transaction
    return board
