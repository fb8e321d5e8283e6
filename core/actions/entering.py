"""Votes entered for those who cannot vote on the page: one member writes down, another confirms (DESIGN section 6).

What a person does themself stands over whatever is entered for them, before and after; of what is entered the later
stands. Whoever was voted for is told at once, and can contest it or vote themself until the close.
"""

from datetime import datetime

from django.utils.translation import gettext_lazy as _

from core.actions import ballots, papers
from core.actions.aiding import aid
from core.actions.ballots import Held
from core.actions.overruling import end, overrule
from core.actions.telling import tell
from core.locks import in_transaction, lock
from core.models import Cause, EnteredBallot, Membership, Person, RollEntry, Vote
from core.permissions import entering as may
from core.permissions.members import NOT_A_MEMBER
from core.record import label, record
from core.refusals import Denied, Invalid, Stale, WrongStep
from core.rules.choices import Choice
from core.rules.entering import new_number
from core.rules.positions import OF_ITS_ELECTOR, Position
from core.rules.positions import Way as CameBy

Way = EnteredBallot.Way
Ending = EnteredBallot.Ending
DIFFERS = _("This is not what was written down first. Look at it together: one of you reads it out, the other types.")
OVER = _("This was confirmed, taken back or entered anew meanwhile. Load the page again.")


@in_transaction
def enter(
    vote: Vote, person: Person, choice: Choice, *, by: Person, way: str, reason: str = "", number: str = ""
) -> EnteredBallot:
    """Write down a vote for somebody. It counts nothing until another member confirms it. Reads the clock itself.

    `number` is the number of the paper, where there is one. What waited for them before is replaced.
    """
    held, hand = hold(vote, person, by)
    may.can_enter(by, held.entry, way, at=held.at).or_deny()
    require_aid(way, held.entry, by)
    position, chosen = ballots.said_by(held.vote, held.entry, choice, reason)
    paper = papers.take(vote, number) if way == Way.PAPER else None
    EnteredBallot.objects.waiting().filter(roll=held.entry).update(ended_at=held.at, ending=Ending.REPLACED)
    return EnteredBallot.objects.create(
        vote=vote,
        roll=held.entry,
        way=way,
        position=position,
        choice=chosen,
        reason=reason.strip(),
        number=paper.number if paper else new_number(),
        paper=paper,
        first=hand,
        entered_at=held.at,
    )


@in_transaction
def confirm(entered: EnteredBallot, choice: Choice, *, by: Person, number: str = "") -> EnteredBallot:
    """The second member says the same: the vote counts, unless the person has voted themself. Reads the clock itself.

    `choice`, and of a paper its number, are what this member saw or typed; they must be those that were written down.
    """
    held, hand = hold(entered.vote, entered.roll.person, by, beside=[entered.first_id])
    entered = lock(entered)
    if entered.ended_at is not None or entered.confirmed_at is not None:
        raise Stale(OVER)
    may.can_confirm(by, entered, at=held.at).or_deny()
    require_same(entered, held, choice, number)
    if held.way in OF_ITS_ELECTOR:
        return refuse_kindly(entered, by, at=held.at)
    if entered.way == Way.DESK:
        for helper in (entered.first.person, by):
            aid(held.entry, helper, at=held.at)
    overrule(held.entry, Ending.REPLACED, at=held.at, but={entered.first.person_id, by.pk})
    entered.second, entered.confirmed_at = hand, held.at
    entered.save(update_fields=["second", "confirmed_at"])
    announce(entered, held)
    ballots.give(held, choice, entered.reason, way=CameBy.ENTERED)
    return entered


@in_transaction
def take_back(entered: EnteredBallot, *, by: Person) -> EnteredBallot:
    """Take back what one wrote down, before it is confirmed."""
    held = ballots.hold(entered.vote, entered.roll.person)
    entered = lock(entered)
    if entered.first.person_id != by.pk:
        raise Denied(_("Only who wrote it down takes it back. Who was voted for can contest it."))
    if entered.ended_at is not None or entered.confirmed_at is not None:
        raise Stale(OVER)
    entered.ended_at, entered.ending = held.at, Ending.TAKEN_BACK
    entered.save(update_fields=["ended_at", "ending"])
    return entered


@in_transaction
def contest(vote: Vote, *, by: Person) -> EnteredBallot:
    """Strike out what was entered for oneself: it counts nothing, and nobody enters anything for one again here."""
    held = ballots.hold(vote, by)
    found = overrule(held.entry, Ending.CONTESTED, at=held.at) if held.way == CameBy.ENTERED else None
    if found is None:
        raise WrongStep(_("Nothing that others entered counts as your vote."))
    ballots.put(held, (Position.STRUCK.value, ""), "", CameBy.OWN)
    proposal = vote.proposal
    record("ballot.contested", proposal.body, by=held.membership, at=held.at, proposal=proposal.pk, vote=vote.number)
    return found


def hold(vote: Vote, person: Person, by: Person, beside: list[int] | None = None) -> tuple[Held, Membership]:
    """The place of the person on the roll, and the membership of who enters, locked."""
    if not RollEntry.objects.filter(vote=vote, person=person).exists():
        raise Denied(may.NOT_ON_ROLL)
    hand = Membership.objects.open().filter(body=vote.proposal.body_id, person=by).first()
    if hand is None:
        raise Denied(NOT_A_MEMBER)
    if vote.secret:
        raise Denied(may.NEVER_SECRET)
    return ballots.hold(vote, person, beside=[hand.pk, *(beside or [])]), hand


def require_same(entered: EnteredBallot, held: Held, choice: Choice, number: str) -> None:
    """Raise `Invalid` unless both members say the same."""
    said = ballots.said_by(held.vote, held.entry, choice, entered.reason)
    if said != (entered.position, entered.choice):
        raise Invalid(DIFFERS)
    if entered.paper is not None and papers.read(number) != entered.number:
        raise Invalid(DIFFERS)


def require_aid(way: str, entry: RollEntry, helper: Person) -> None:
    """Raise `Denied` where one more person at the desk would be too many."""
    if way == Way.DESK:
        may.can_aid(helper, entry).or_deny()


def refuse_kindly(entered: EnteredBallot, by: Person, *, at: datetime) -> EnteredBallot:
    """They have voted themself, and that stands: the entry ends, and both sides are told."""
    end(entered, Ending.OWN, at=at)
    proposal = entered.vote.proposal
    tell(
        Cause.What.ENTERED_NOT_TAKEN,
        proposal.body,
        key=str(entered.pk),
        at=at,
        proposal=proposal,
        person=entered.roll.person,
        by=by,
    )
    return entered


def announce(entered: EnteredBallot, held: Held) -> None:
    """Record who entered a vote for whom, never what it says, and tell the one it is for."""
    proposal, second = entered.vote.proposal, entered.second
    assert second is not None  # noqa: S101  (for the type checker)
    record(
        "ballot.entered",
        proposal.body,
        by=second,
        at=held.at,
        proposal=proposal.pk,
        vote=entered.vote.number,
        way=entered.way,
        elector=label(held.membership),
        first=label(entered.first),
    )
    tell(
        Cause.What.BALLOT_ENTERED,
        proposal.body,
        key=str(entered.pk),
        at=held.at,
        proposal=proposal,
        person=entered.roll.person,
        by=second.person,
    )
