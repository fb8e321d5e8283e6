"""Casting ballots: what is acknowledged is counted, what is refused is not (invariants 1 to 4)."""

import secrets
from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import datetime

from django.db import DatabaseError
from django.utils.translation import gettext_lazy as _

from core.actions.closing import finish, read_anew, touched_by_closing
from core.actions.counting import count
from core.actions.overruling import overrule
from core.locks import Taken, in_transaction, lock_all, lock_elector, lock_roll_row, share_vote, take
from core.models import Ballot, EnteredBallot, Membership, Person, RollEntry, Vote
from core.permissions.links import USED
from core.queries.races import get_candidates
from core.record import label
from core.refusals import Denied, Invalid, TooLate, UsedUp, WrongStep
from core.rules import chain, merkle
from core.rules.choices import Choice, Marked, fits, written
from core.rules.counting import passes_already
from core.rules.positions import OF_ITS_ELECTOR, POSITIONS, Position, Rule, Way, needs_reason
from core.timekeeping import folkmoot_now

REASON_MAX = 2000
VOTE_CLOSED = "FM001"
"""The error with which the database itself refuses a ballot at or after the close (core.models.vote_guards)."""
NOT_ON_ROLL = _("You are not on the roll of this vote: it was fixed when the vote opened.")
CLOSED = _("Voting has closed. Your ballot was not counted, and nothing you gave before was changed.")


@dataclass(frozen=True, slots=True)
class Held:
    """One elector's place in an open vote, with all that a ballot of theirs needs locked, and the moment after that.

    `taken` is what closing touches, where this ballot may close the vote; `former` is the ballot as it is now.
    """

    vote: Vote
    entry: RollEntry
    membership: Membership
    at: datetime
    taken: Taken | None = None
    former: Ballot | None = None

    @property
    def way(self) -> str:
        """How the ballot that stands now came; empty if there is none."""
        return self.former.way if self.former is not None else ""


@in_transaction
def cast(vote: Vote, choice: Choice, *, by: Person, reason: str = "") -> Ballot:
    """Give or change a position in an open vote, or in an election a choice. Reads the clock after its lock."""
    return give(hold(vote, by), choice, reason)


@in_transaction
def cast_by_link(vote: Vote, choice: Choice, *, by: Person, change: int, reason: str = "") -> Ballot:
    """Give a position by the link from a mail: once, for it is bound to the number of changes before it.

    Judged after the lock: of two that use a link at once, the second finds another number.
    """
    if not vote.charter.votes_by_mail:
        raise Denied(_("This vote is not given by a link. Sign in to vote."))
    held = hold(vote, by)
    if change != (held.former.change_no if held.former is not None else 0):
        raise UsedUp(USED)
    return give(held, choice, reason, way=Way.LINK)


def hold(vote: Vote, by: Person, *, beside: Collection[int] = ()) -> Held:
    """Lock the place of an elector, and the memberships `beside` theirs, then look at vote and clock.

    Voters share the vote's lock and do not wait for each other. In an open recall each has it alone, because
    the ballot that makes the majority closes the vote in the same transaction.
    """
    entry = elector(vote, by, beside)
    if entry is None:
        raise Denied(NOT_ON_ROLL)
    if vote.secret:
        raise WrongStep(_("This is a secret vote. Load the page again."))
    taken = take_recall(vote, entry, beside) if vote.rule == Rule.RECALL else None
    if taken is not None:
        membership = taken.memberships[entry.membership_id]
    else:
        membership = entry.membership
        share_vote(vote.pk)
    vote, at = require_open(vote)
    if taken is not None and not all(mandate.is_in_force(at) for mandate in taken.mandates.values()):
        raise TooLate(_("This mandate has ended."))
    return Held(vote, entry, membership, at, taken, lock_roll_row(entry))


def elector(vote: Vote, by: Person, beside: Collection[int]) -> RollEntry | None:
    """The voter's place on the roll, with the membership locked; in a recall it is locked with all the rest."""
    if vote.rule != Rule.RECALL and not beside:
        return lock_elector(vote, by)
    entry = RollEntry.objects.filter(vote=vote, person=by).first()
    if entry is not None and vote.rule != Rule.RECALL:
        rows = lock_all(Membership, [entry.membership_id, *beside])
        entry.membership = next(row for row in rows if row.pk == entry.membership_id)
    return entry


def take_recall(vote: Vote, entry: RollEntry, beside: Collection[int]) -> Taken:
    """All that closing the recall touches, and the voter's membership, in the one order; the vote alone."""
    touched = touched_by_closing(vote.proposal)
    with_voter = replace(touched, memberships=touched.memberships | {entry.membership_id, *beside})
    return take(vote.proposal.body_id, with_voter, votes=[vote.pk])


def require_open(vote: Vote) -> tuple[Vote, datetime]:
    """The vote as it is now, after the lock, and the moment; `TooLate` at or after its closing time."""
    at = read_anew(vote)
    if not vote.is_open(at):
        raise TooLate(CLOSED)
    return vote, at


def give(held: Held, choice: Choice, reason: str = "", *, way: Way = Way.OWN) -> Ballot:
    """Write the ballot of a held place. What a person gives themself ends what was entered for them; the ballot that
    makes the majority of an open recall closes it.
    """
    reason = reason.strip()
    said, was = said_by(held.vote, held.entry, choice, reason), held.way
    ballot = put(held, said, reason, way)
    if was == Way.ENTERED and way in OF_ITS_ELECTOR:
        overrule(held.entry, EnteredBallot.Ending.OWN, at=held.at)
    if held.taken is not None and passes_already(count(held.vote), held.vote.terms):
        finish(held.vote, held.taken, at=folkmoot_now())
    return ballot


def put(held: Held, said: tuple[str, str], reason: str, way: Way) -> Ballot:
    """Write the ballot. The same position or choice, and reason, again in the same way is the same ballot."""
    if held.membership.ended_at is not None and held.membership.ending != Membership.Ending.REMOVED:
        raise Denied(_("You have left this body: a position given before stands, a new one is not taken."))
    ballot = held.former or Ballot(vote=held.vote, roll=held.entry, cast_at=held.at, change_no=0)
    if ballot.pk and (ballot.position, ballot.choice, ballot.reason, ballot.way) == (*said, reason, way):
        return ballot
    ballot.position, ballot.choice = said
    ballot.reason = reason
    ballot.way = way
    ballot.changed_at = held.at
    ballot.change_no += 1
    ballot.nonce = secrets.token_bytes(32)
    content = chain.canonical(ballot.as_leaf(label(held.membership)))
    ballot.leaf = merkle.leaf_hash(bytes(ballot.nonce) + content).hex()
    try:
        ballot.save()
    except DatabaseError as problem:  # the close fell between our look at the clock and the database's own
        if getattr(problem.__cause__, "sqlstate", "") == VOTE_CLOSED:
            raise TooLate(CLOSED) from problem
        raise
    return ballot


def said_by(vote: Vote, entry: RollEntry, choice: Choice, reason: str) -> tuple[str, str]:
    """Position and choice as a ballot keeps them. Raises `Invalid` or `Denied` if they cannot be taken in this vote."""
    if isinstance(choice, tuple):
        return check_choice(vote, choice)
    if isinstance(choice, Marked):
        return check_marks(vote, entry, choice, reason)
    position = Position(choice)
    if vote.has_alternatives:
        raise Invalid(_("This vote has several texts. Mark those you could live with."))
    if position not in POSITIONS[Rule(vote.rule)]:
        raise Invalid(_("Choose one of the positions of this vote."))
    return check_position(entry, position, reason)


def check_marks(vote: Vote, entry: RollEntry, choice: Marked, reason: str) -> tuple[str, str]:
    """Texts that are marked, and the position if another comes first. Without one only if all are marked."""
    if not vote.has_alternatives:
        raise Invalid(_("This vote has one text only. Choose one of the positions."))
    if not fits(choice, Rule(vote.rule), get_candidates(vote)):
        raise Invalid(_("Mark texts of this vote, each once, and say what you say if another one comes first."))
    position, _none = check_position(entry, Position(choice.position), reason)
    return position, written(choice.marks)


def check_position(entry: RollEntry, position: Position, reason: str) -> tuple[str, str]:
    """A position of the rule, with the reason that it may need."""
    if needs_reason(position) and not reason:
        raise Invalid(_("A block needs its reason: say what harm you see, so that a way can be found."))
    if len(reason) > REASON_MAX:
        raise Invalid(_("This is too long: a reason has at most 2,000 characters."))
    if position == Position.BLOCK and not entry.may_block:
        raise Denied(
            _("You blocked before and took no part in the round of talks: you can stand aside, but not block again.")
        )
    return position.value, ""


def check_choice(vote: Vote, choice: tuple[int, ...]) -> tuple[str, str]:
    """A choice among candidates as a ballot keeps it. Raises `Invalid` if it cannot stand on a ballot of this vote."""
    if not fits(choice, Rule(vote.rule), get_candidates(vote)):
        raise Invalid(_("Choose among the candidates of this election, each once, or none of these."))
    return Position.CHOSEN.value, written(choice)
