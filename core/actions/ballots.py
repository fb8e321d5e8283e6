"""Casting ballots: what is acknowledged is counted, what is refused is not (invariants 1 to 4)."""

import secrets
from dataclasses import replace
from datetime import datetime

from django.db import DatabaseError, connection
from django.utils.translation import gettext_lazy as _

from core.actions.closing import finish, touched_by_closing
from core.actions.counting import count
from core.locks import Taken, in_transaction, lock_elector, lock_roll_row, share_vote, take
from core.models import Ballot, Membership, Person, RollEntry, Vote
from core.queries.races import get_candidates
from core.record import label
from core.refusals import Denied, Invalid, TooLate, WrongStep
from core.rules import chain, merkle
from core.rules.choices import Choice, Marked, fits, written
from core.rules.counting import passes_already
from core.rules.positions import POSITIONS, Position, Rule, needs_reason
from core.timekeeping import folkmoot_now

REASON_MAX = 2000
VOTE_CLOSED = "FM001"
"""The error with which the database itself refuses a ballot at or after the close (core.models.votes)."""
CLOSED = _("Voting has closed. Your ballot was not counted, and nothing you gave before was changed.")


@in_transaction
def cast(vote: Vote, choice: Choice, *, by: Person, reason: str = "") -> Ballot:
    """Give or change a position in an open vote, or in an election a choice. Reads the clock after its lock.

    Voters share the vote's lock and do not wait for each other. In an open recall each has it alone, because
    the ballot that makes the majority closes the vote in the same transaction.
    """
    entry = elector(vote, by)
    if entry is None:
        raise Denied(_("You are not on the roll of this vote: it was fixed when the vote opened."))
    if vote.secret:
        raise WrongStep(_("This is a secret vote. Load the page again."))
    taken = take_recall(vote, entry) if vote.rule == Rule.RECALL else None
    if taken is not None:
        membership = taken.memberships[entry.membership_id]
    else:
        membership = entry.membership
        share_vote(vote.pk)
    vote, at = require_open(vote)
    if taken is not None and not all(mandate.is_in_force(at) for mandate in taken.mandates.values()):
        raise TooLate(_("This mandate has ended."))
    former = lock_roll_row(entry)
    ballot = put(vote, entry, membership, choice, reason.strip(), former=former, at=at)
    if taken is not None and passes_already(count(vote), vote.terms):
        finish(vote, taken, at=folkmoot_now())
    return ballot


def elector(vote: Vote, by: Person) -> RollEntry | None:
    """The voter's place on the roll, with the membership locked; in a recall it is locked with all the rest."""
    if vote.rule == Rule.RECALL:
        return RollEntry.objects.filter(vote=vote, person=by).first()
    return lock_elector(vote, by)


def take_recall(vote: Vote, entry: RollEntry) -> Taken:
    """All that closing the recall touches, and the voter's membership, in the one order; the vote alone."""
    touched = touched_by_closing(vote.proposal)
    with_voter = replace(touched, memberships=touched.memberships | {entry.membership_id})
    return take(vote.proposal.body_id, with_voter, votes=[vote.pk])


def require_open(vote: Vote) -> tuple[Vote, datetime]:
    """The vote as it is now, after the lock, and the moment; `TooLate` at or after its closing time.

    Whether it was counted is read anew: nothing else of an open vote ever changes (core.models.votes).
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT counted_at, folkmoot_now() FROM core_vote WHERE id = %s", [vote.pk])
        vote.counted_at, at = cursor.fetchone()
    if not vote.is_open(at):
        raise TooLate(CLOSED)
    return vote, at


def put(
    vote: Vote,
    entry: RollEntry,
    membership: Membership,
    choice: Choice,
    reason: str,
    *,
    former: Ballot | None,
    at: datetime,
) -> Ballot:
    """Write the ballot of a locked roll row. The same position or choice, and reason, again is the same ballot."""
    if membership.ended_at is not None and membership.ending != Membership.Ending.REMOVED:
        raise Denied(_("You have left this body: a position given before stands, a new one is not taken."))
    said = checked(vote, entry, choice, reason)
    ballot = former or Ballot(vote=vote, roll=entry, cast_at=at, change_no=0)
    if ballot.pk and (ballot.position, ballot.choice, ballot.reason) == (*said, reason):
        return ballot
    ballot.position, ballot.choice = said
    ballot.reason = reason
    ballot.changed_at = at
    ballot.change_no += 1
    ballot.nonce = secrets.token_bytes(32)
    content = chain.canonical(ballot.as_leaf(label(membership)))
    ballot.leaf = merkle.leaf_hash(bytes(ballot.nonce) + content).hex()
    try:
        ballot.save()
    except DatabaseError as problem:  # the close fell between our look at the clock and the database's own
        if getattr(problem.__cause__, "sqlstate", "") == VOTE_CLOSED:
            raise TooLate(CLOSED) from problem
        raise
    return ballot


def checked(vote: Vote, entry: RollEntry, choice: Choice, reason: str) -> tuple[str, str]:
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
