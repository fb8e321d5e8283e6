"""Paper ballots of open votes: printed with numbers that can be taken once."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from core.locks import lock
from core.models import EnteredBallot, Membership, PaperBallot, Person, Vote
from core.permissions import entering as may
from core.permissions.members import NOT_A_MEMBER
from core.refusals import Denied, Invalid, TooLate, WrongStep
from core.rules.entering import PAPERS_AT_ONCE, grouped, new_number, normal

BESIDE_THE_ROLL = 60
"""Papers of one vote at most: two for everybody on the roll, and these to spare."""


@transaction.atomic
def print_sheet(vote: Vote, count: int, *, by: Person, at: datetime) -> list[PaperBallot]:
    """So many new paper ballots, each with its number."""
    vote = lock(vote)
    require_paper(vote, by, at=at)
    if not 1 <= count <= PAPERS_AT_ONCE:
        raise Invalid(_("Print 1 to 60 at a time."))
    printed = set(vote.papers.values_list("number", flat=True))
    if len(printed) + count > 2 * (vote.roll_size or 0) + BESIDE_THE_ROLL:
        raise Denied(_("There are more papers than people already. Use those that are printed."))
    numbers: set[str] = set()
    while len(numbers) < count:
        numbers |= {new_number()} - printed
    hand = Membership.objects.open().get(body=vote.proposal.body_id, person=by)
    rows = [PaperBallot(vote=vote, number=number, by=hand, printed_at=at) for number in sorted(numbers)]
    return PaperBallot.objects.bulk_create(rows, batch_size=1000)


def require_paper(vote: Vote, by: Person, *, at: datetime) -> None:
    """Raise a refusal where this person cannot print papers for this vote now."""
    if Membership.objects.open().filter(body=vote.proposal.body_id, person=by).first() is None:
        raise Denied(NOT_A_MEMBER)
    if vote.secret:
        raise WrongStep(may.NO_SECRET_PAPER)
    if not vote.is_open(at):
        raise TooLate(_("Voting has closed: paper is no longer taken."))


def read(number: str) -> str:
    """A number as it was typed from a paper. Raises `Invalid` for a mistyped one."""
    try:
        return normal(number)
    except ValueError as problem:
        raise Invalid(_("This number was mistyped: a number has 8 digits. Read it once more.")) from problem


def take(vote: Vote, number: str) -> PaperBallot:
    """The paper of that number, locked, which nobody has taken. Raises `Invalid` or `WrongStep` in words."""
    typed = read(number)
    paper = PaperBallot.objects.select_for_update(no_key=True).filter(vote=vote, number=typed).first()
    if paper is None:
        raise Invalid(_("No paper of this vote has the number %(number)s. Is it of another vote?") % shown(typed))
    used = EnteredBallot.objects.filter(paper=paper)
    if used.counting().exists() or used.waiting().exists() or used.filter(confirmed_at__isnull=False).exists():
        raise WrongStep(_("The paper %(number)s was entered already. A paper counts once.") % shown(typed))
    return paper


def shown(number: str) -> dict[str, str]:
    """The number for a sentence."""
    return {"number": grouped(number)}
