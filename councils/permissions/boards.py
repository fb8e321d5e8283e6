"""Who may do what on a founding board, and what having been a catalyst shuts out (DESIGN 6; invariants 7 and 21)."""

from datetime import datetime

from django.db.models import Q
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.models import Body, Mandate, Membership, Person, Proposal, Stage
from core.permissions.members import is_deciding_member, is_member
from core.refusals import ALLOWED, Verdict, denied
from councils.models import Board
from councils.rules.founding import DECIDED_BEFORE, may_hold_from

DECIDED = (Stage.ADOPTED, Stage.NOT_ADOPTED, Stage.BLOCKED)
OVER = gettext_lazy("This founding is over.")
AFTER_THE_HAND_OVER = gettext_lazy("Who helps to found a council joins it after the hand-over.")


def can_open(person: Person, catalyst: Body) -> Verdict:
    """Any member of a catalyst group that has decided three proposals itself."""
    if catalyst.kind != Body.Kind.CATALYST:
        return denied(_("Only a catalyst group founds a council. Form one first."))
    verdict = is_deciding_member(person, catalyst)
    if not verdict:
        return verdict
    decided = Proposal.objects.filter(body=catalyst, stage__in=DECIDED).count()
    if decided < DECIDED_BEFORE:
        return denied(
            _("Decide three proposals in your own group first: so you know what you invite others to. Decided: %(n)d.")
            % {"n": decided}
        )
    return ALLOWED


def is_under_way(board: Board, *, at: datetime) -> Verdict:
    """Until it is closed or its end has passed, whether or not the clock has run."""
    if board.is_under_way(at):
        return ALLOWED
    if board.closed_at is None:
        return denied(_("The time of this founding is over: it ended by itself."))
    return denied(OVER)


def can_act(person: Person, board: Board, *, at: datetime) -> Verdict:
    """Any member of the catalyst group, all alike, while the founding is under way."""
    return is_under_way(board, at=at) and is_catalyst_now(person, board)


def is_catalyst_now(person: Person, board: Board) -> Verdict:
    """Members of the group that founds."""
    if not is_member(person, board.catalyst):
        return denied(_("Only members of the catalyst group can do this."))
    return ALLOWED


def can_ask_for_time(person: Person, board: Board, *, at: datetime) -> Verdict:
    """Founding members, once for each board."""
    verdict = is_under_way(board, at=at)
    if not verdict:
        return verdict
    if board.extended_at is not None:
        return denied(_("This founding was made longer already. It cannot be once more."))
    if board.council is None or not is_member(person, board.council):
        return denied(_("Only founding members of the council can do this."))
    return ALLOWED


def can_hand_over(person: Person, board: Board, *, at: datetime) -> Verdict:
    """Members of the council and of the catalyst group alike, once the council decides and has given a mandate."""
    verdict = is_under_way(board, at=at)
    if not verdict:
        return verdict
    council = board.council
    if not is_member(person, board.catalyst) and (council is None or not is_member(person, council)):
        return denied(_("Only members of the council or of the catalyst group can do this."))
    if council is None or not council.decides:
        return denied(_("First the founding members adopt the charter."))
    if not Mandate.objects.in_force(at).filter(body=council).exists():
        return denied(_("First the council gives a mandate: somebody has to call the next assembly."))
    return ALLOWED


def was_catalyst(person: Person, board: Board) -> bool:
    """Whether somebody was in the catalyst group at any time while it founded."""
    overlapping = Q(ended_at__isnull=True) | Q(ended_at__gte=board.opened_at)
    if board.closed_at is not None:
        overlapping &= Q(joined_at__lte=board.closed_at)
    return Membership.objects.filter(overlapping, body=board.catalyst_id, person=person).exists()


def may_join(person: Person, body: Body, at: datetime) -> Verdict:
    """Before the hand-over no catalyst is in the council, and no founding member in the group that founds it."""
    board = Board.objects.under_way(at).filter(council=body).first()
    if board is not None and was_catalyst(person, board):
        return denied(
            _("You are of the catalyst group that founds this council. You can join once it has been handed over.")
        )
    founded = Board.objects.under_way(at).filter(catalyst=body).exclude(council=None).values("council")
    if Membership.objects.open().filter(body__in=founded, person=person).exists():
        return denied(_("This group founds a council of which you are a member. You can join once that is over."))
    return ALLOWED


def may_adopt(_person: Person, body: Body, at: datetime) -> Verdict:
    """The charter of a council that is founded is adopted after the first assembly, while the founding lasts."""
    board = Board.objects.filter(council=body).first()
    if board is None:
        return ALLOWED
    verdict = is_under_way(board, at=at)
    if not verdict:
        return verdict
    if board.stage != Board.Stage.FOUNDING:
        return denied(_("The charter is adopted at the first assembly, or after it."))
    return ALLOWED


def can_move(body: Body, at: datetime) -> Verdict:
    """A council becomes two, or one with another, 90 days after its founding at the soonest, so that no catalyst holds
    a mandate sooner by that way; a catalyst group when it founds nothing.
    """
    board = Board.objects.filter(council=body).first()
    if board is not None and (board.closed_at is None or at < may_hold_from(board.closed_at)):
        return denied(_("A council becomes two, or one with another, when its founding is over for 90 days."))
    if Board.objects.under_way(at).filter(catalyst=body).exists():
        return denied(_("This group founds a council. It becomes one with another when that is over."))
    return ALLOWED


def may_hold(person: Person, body: Body, at: datetime) -> Verdict:
    """Who founded a council holds no mandate in it for 90 days."""
    board = Board.objects.filter(council=body).first()
    if board is None or not was_catalyst(person, board):
        return ALLOWED
    if board.closed_at is None:
        return denied(_("Who founds a council holds no mandate in it."))
    first = may_hold_from(board.closed_at)
    if at >= first:
        return ALLOWED
    return denied(
        _("Who was in the catalyst group holds no mandate in this council before %(day)s.")
        % {"day": date_format(first, "DATE_FORMAT")}
    )
