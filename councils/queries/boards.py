"""A founding board as its page shows it."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from core.models import Body, Invitation, Mandate, Membership, Person
from core.permissions.members import membership_of
from core.refusals import Verdict
from councils.models import Board, CouncilProfile, Need
from councils.permissions import boards as may
from councils.rules.founding import FOUNDERS_NEEDED, NO_MANDATE_FOR


@dataclass(frozen=True, slots=True)
class BoardPage:
    """A board, what stands on it, and what the person may do. People are shown to those in the council; to catalysts
    only while the founding is under way.
    """

    board: Board
    catalyst: bool
    founder: bool
    needs: list[Need]
    profile: CouncilProfile | None
    founders: list[Membership]
    joined: int
    came: set[int]
    came_count: int
    invitations: list[Invitation]
    adopted: int
    objections: int
    mandates: list[Mandate]
    asking: int
    asked: bool
    act: Verdict
    more_time: Verdict
    hand_over: Verdict
    step: str

    @property
    def needed(self) -> int:
        """How many must adopt the charter."""
        return FOUNDERS_NEEDED

    @property
    def no_mandate_before(self) -> datetime | None:
        """When those who were catalysts may hold a mandate."""
        return self.board.closed_at + NO_MANDATE_FOR if self.board.closed_at is not None else None

    @property
    def quiet_for(self) -> timedelta:
        """How long they hold none."""
        return NO_MANDATE_FOR

    @property
    def people_shown(self) -> bool:
        """Whether names of founding members are shown."""
        return self.founder or self.board.closed_at is None


def get_board_page(board: Board, person: Person, *, at: datetime) -> BoardPage:
    """A fixed number of statements, however many people joined."""
    council = board.council
    founders: list[Membership] = []
    invitations: list[Invitation] = []
    mandates: list[Mandate] = []
    adopted = objections = 0
    if council is not None:
        people = Membership.objects.reading().filter(body=council).select_related("person", "invited_by__person")
        founders = list(people.order_by("joined_at", "pk"))
        made = Invitation.objects.filter(body=council, by__body=board.catalyst_id).select_related("by__person")
        invitations = list(made.order_by("-created_at"))
        mandates = list(
            Mandate.objects.in_force(at).filter(body=council).select_related("person").order_by("starts_at")
        )
        draft = council.charters.order_by("-number")[0]
        adopted = draft.adoptions.filter(membership__ended_at=None).count()
        objections = draft.objections.filter(taken_back_at=None, membership__ended_at=None).count()
    mine = membership_of(person, council) if council is not None else None
    came = set(board.arrivals.values_list("membership", flat=True))
    asking = set(board.extensions.filter(membership__ended_at=None).values_list("membership", flat=True))
    return BoardPage(
        board=board,
        catalyst=membership_of(person, board.catalyst) is not None,
        founder=mine is not None or any(row.person_id == person.pk for row in founders),
        needs=list(board.needs.order_by("-doors", "theme")),
        profile=council.profiles.filter(proposal=None).first() if council is not None else None,
        founders=founders,
        joined=how_many_joined(board),
        came=came,
        came_count=len(came),
        invitations=invitations,
        adopted=adopted,
        objections=objections,
        mandates=mandates,
        asking=len(asking),
        asked=mine is not None and mine.pk in asking,
        act=may.can_act(person, board, at=at),
        more_time=may.can_ask_for_time(person, board, at=at),
        hand_over=may.can_hand_over(person, board, at=at),
        step=step_of(board, council, has_mandate=bool(mandates)),
    )


def how_many_joined(board: Board) -> int:
    """How many came in while the council was founded, whoever of them has left since."""
    came_in = Membership.objects.filter(body=board.council_id)
    return came_in.filter(joined_at__lte=board.closed_at).count() if board.closed_at else came_in.count()


def step_of(board: Board, council: Body | None, *, has_mandate: bool) -> str:
    """Where a founding is, as one of `rules.founding.WAY`; of one that is over, the step it has reached."""
    if board.ending == Board.Ending.HANDED_OVER:
        return "handed_over"
    if council is None:
        return "listening"
    if board.held_at is None:
        return "assembly" if board.assembly_at is not None else "inviting"
    if council.adopted_at is None:
        return "charter"
    return "handed_over" if has_mandate and board.closed_at is None else "mandates"
