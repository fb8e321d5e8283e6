"""Casting secret ballots: the roll row is marked, the choice goes into a box, and nothing ties the two (DESIGN 7)."""

import secrets
from dataclasses import dataclass

from django.db import DatabaseError, IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from core import boxes
from core.actions.ballots import CLOSED, VOTE_CLOSED, require_open
from core.locks import lock, lock_all, share_vote
from core.models import Membership, Person, RollEntry, SealedBallot, Vote, VoteKey
from core.queries.races import get_candidates
from core.refusals import Denied, Invalid, TooLate, WrongStep
from core.rules import secrecy
from core.rules.choices import Choice, fits, room
from core.rules.positions import Rule
from core.rules.secrecy import Opened

NOT_A_CODE = _("This is not a code: a code has 20 letters and digits. Read it once more.")
EASY_CODE = _("Somebody could guess this code. Take the one that the page shows.")
CODE_TAKEN = _("This code belongs to another ballot of this vote. Load the page again: it shows a new code.")
OTHER_CODE = _(
    "You have voted in this vote already, and not with this code. Your ballot counts as it is. To change it, type the "
    "code that you voted with."
)
FINAL = _("You have voted. This body has no codes, so your ballot is final: it counts as you gave it.")
NOT_ON_BALLOT = {
    False: _("Choose one of the positions of this vote."),
    True: _("Choose among the candidates of this election, each once, or none of these."),
}
KEY_LOST = _("The key of this vote is lost, so that no ballot in it will be counted. A new vote opens within a minute.")
LEFT = _("You have left this body: a ballot given before stands, a new one is not taken.")


@dataclass(frozen=True, slots=True)
class Sent:
    """A ballot that is in its box: the code with which it can be changed, and as what it will stand in the list."""

    code: str
    show: str
    changed: bool


@transaction.atomic
def cast(vote: Vote, choice: Choice, code: str, *, by: Person) -> Sent:
    """Give or change a ballot in a secret vote. Reads the clock after its lock.

    The same code again is the same ballot. In a vote without codes `code` is not looked at, and a ballot is final.
    """
    entry = RollEntry.objects.filter(vote=vote, person=by).first()
    if entry is None:
        raise Denied(_("You are not on the roll of this vote: it was fixed when the vote opened."))
    membership = lock_all(Membership, [entry.membership_id])[0]
    share_vote(vote.pk)
    vote, at = require_open(vote)
    mandate = vote.proposal.mandate
    if mandate is not None and not mandate.is_in_force(at):
        raise TooLate(_("This mandate has ended."))
    entry = lock(entry)
    if membership.ended_at is not None and membership.ending != Membership.Ending.REMOVED:
        raise Denied(LEFT)
    content = ballot_of(vote, choice, code)
    find = secrecy.find_of(vote.pk, code) if vote.codes else secrets.token_hex(32)
    changed = entry.used
    put(vote, entry, find, content)
    return Sent(
        code=secrecy.grouped(secrecy.normal(code)) if vote.codes else "", show=content.show or "", changed=changed
    )


def ballot_of(vote: Vote, choice: Choice, code: str) -> Opened:
    """What goes into the box. Raises a refusal for what cannot."""
    if not vote.secret:
        raise WrongStep(_("This is an open vote. Load the page again."))
    if VoteKey.objects.filter(vote=vote, lost_at__isnull=False).exists():  # as it is now, not when the vote was read
        raise TooLate(KEY_LOST)
    if not fits(choice, Rule(vote.rule), get_candidates(vote)):
        raise Invalid(NOT_ON_BALLOT[vote.is_election])
    if not vote.codes:
        return Opened(None, choice)
    try:
        easy = secrecy.is_easy(code)
    except ValueError as problem:
        raise Invalid(NOT_A_CODE) from problem
    if easy:
        raise Invalid(EASY_CODE)
    return Opened(secrecy.show_of(vote.pk, code), choice)


def put(vote: Vote, entry: RollEntry, find: str, content: Opened) -> None:
    """Seal the ballot of a locked roll row, and put it into its box, a new one or the one that the code opens."""
    text = secrecy.packed(content, room(Rule(vote.rule), get_candidates(vote)))
    box = boxes.seal(text, bytes.fromhex(vote.key.public), vote_id=vote.pk, find=find)
    try:
        if entry.used:
            change(vote, find, box)
        else:
            SealedBallot.objects.create(find=find, vote=vote, box=box)
            entry.used = True
            entry.save(update_fields=["used"])
    except IntegrityError as problem:
        raise Denied(CODE_TAKEN) from problem
    except DatabaseError as problem:  # the close fell between our look at the clock and the database's own
        if getattr(problem.__cause__, "sqlstate", "") == VOTE_CLOSED:
            raise TooLate(CLOSED) from problem
        raise


def change(vote: Vote, find: str, box: bytes) -> None:
    """Put another ballot into the box that lies there. The web may write boxes and not read them."""
    if not vote.codes:
        raise Denied(FINAL)
    if not SealedBallot.objects.filter(find=find, vote=vote).update(box=box):
        raise Denied(OTHER_CODE)
