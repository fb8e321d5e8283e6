"""Other words for a passage: proposed, taken over by the author or not, withdrawn, standing as an alternative."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from core.actions import proposals
from core.actions.telling import tell
from core.locks import lock
from core.models import AMENDMENT_STEPS, REASON_MAX, Amendment, Cause, Person, Proposal, TextVersion
from core.permissions import talk as may
from core.record import record
from core.refusals import Invalid, Stale, WrongStep
from core.rules.passages import PASSAGE_MAX, NotOnce, NotThere, replaced, require_once

PASSAGE_GONE = _(
    "The passage has changed since: it does not stand in the newest text any more, so that these words do not fit."
)
NOT_IN_TEXT = _("These words do not stand in the text. Take them over exactly as they are.")
NOT_ONCE = _("These words stand in the text more than once. Take some of the words around them too.")


@transaction.atomic
def propose(
    proposal: Proposal, passage: str, words: str, reason: str, *, by: Person, at: datetime, seen: int
) -> Amendment:
    """Propose other words for a passage of version `seen`, which must be the newest. No words: the passage goes."""
    proposal = lock(proposal)
    may.can_amend(by, proposal).or_deny()
    may.has_room(by, proposal).or_deny()
    passage, words, reason = passage.strip(), words.strip(), checked_reason(reason)
    text = newest(proposal)
    if text.number != seen:
        raise Stale(_("The text was changed meanwhile. Read the new version, then propose your words again."))
    check_words(text, passage, words)
    last = proposal.amendments.order_by("-number").first()
    amendment = Amendment.objects.create(
        proposal=proposal,
        number=last.number + 1 if last else 1,
        author=by,
        version=text,
        passage=passage,
        words=words,
        reason=reason,
        at=at,
    )
    record(
        "amendment.proposed",
        proposal.body,
        by=by,
        at=at,
        texts={"passage": passage, "words": words, "reason": reason},
        proposal=proposal.pk,
        amendment=amendment.number,
        version=text.number,
    )
    if proposal.author_id != by.pk:
        tell(
            Cause.What.AMENDMENT_MADE,
            proposal.body,
            key=str(amendment.pk),
            at=at,
            proposal=proposal,
            person=proposal.author,
            by=by,
        )
    return amendment


def newest(proposal: Proposal) -> TextVersion:
    """The newest version of a locked proposal."""
    return proposal.texts.order_by("-number")[0]


def checked_reason(reason: str) -> str:
    """Why, if it is said and not too long."""
    reason = reason.strip()
    if not reason:
        raise Invalid(_("Say why: others can only weigh what they understand."))
    if len(reason) > REASON_MAX:
        raise Invalid(_("This is too long: a reason has at most 2,000 characters."))
    return reason


def check_words(text: TextVersion, passage: str, words: str) -> None:
    """Raise `Invalid` unless the passage stands once in the text and the words would change it."""
    if len(passage) > PASSAGE_MAX or len(words) > PASSAGE_MAX:
        raise Invalid(_("This is too long: a passage has at most 4,000 characters."))
    if passage.splitlines() == words.splitlines():
        raise Invalid(_("Your words are those that stand there. Say what you would change."))
    check_passage(text, passage)
    result = replaced(text.text, passage, words)
    proposals.check_lengths(text.title, result)


def check_passage(text: TextVersion, passage: str) -> None:
    """Raise `Invalid` unless the passage stands in the text exactly once."""
    try:
        require_once(text.text, passage)
    except NotThere as problem:
        raise Invalid(NOT_IN_TEXT) from problem
    except NotOnce as problem:
        raise Invalid(NOT_ONCE) from problem


@transaction.atomic
def accept(amendment: Amendment, *, by: Person, at: datetime) -> Amendment:
    """Take the words over: a new version with exactly that passage replaced. `Stale` if the passage has changed."""
    amendment = locked(amendment)
    may.can_accept(by, amendment).or_deny()
    require_step(amendment, Amendment.State.ACCEPTED)
    proposal, text = amendment.proposal, newest(amendment.proposal)
    try:
        result = replaced(text.text, amendment.passage, amendment.words)
    except (NotThere, NotOnce) as problem:
        raise Stale(PASSAGE_GONE) from problem
    version = proposals.write(proposal, text.title, result, by=by, at=at)
    amendment.state, amendment.answered_at, amendment.answer = Amendment.State.ACCEPTED, at, ""
    amendment.made, amendment.stands_at = version, None
    amendment.save(update_fields=["state", "answered_at", "answer", "made", "stands_at"])
    record(
        "amendment.accepted",
        proposal.body,
        by=by,
        at=at,
        texts={"title": text.title, "text": result},
        proposal=proposal.pk,
        amendment=amendment.number,
        version=version.number,
    )
    proposals.ask_again(proposal, version, by=by, at=at)
    tell_answer(amendment, by=by, at=at)
    return amendment


@transaction.atomic
def decline(amendment: Amendment, reason: str, *, by: Person, at: datetime) -> Amendment:
    """Say why the words are not taken over. They can still stand as an alternative."""
    amendment = locked(amendment)
    may.can_decline(by, amendment).or_deny()
    require_step(amendment, Amendment.State.DECLINED)
    reason = checked_reason(reason)
    amendment.state, amendment.answered_at, amendment.answer = Amendment.State.DECLINED, at, reason
    amendment.save(update_fields=["state", "answered_at", "answer"])
    tell_record("amendment.declined", amendment, by=by, at=at, reason=reason)
    tell_answer(amendment, by=by, at=at)
    return amendment


@transaction.atomic
def withdraw(amendment: Amendment, *, by: Person, at: datetime) -> Amendment:
    """Take one's words back, also as an alternative."""
    amendment = locked(amendment)
    may.can_withdraw(by, amendment).or_deny()
    require_step(amendment, Amendment.State.WITHDRAWN)
    amendment.state, amendment.answered_at, amendment.answer = Amendment.State.WITHDRAWN, at, ""
    amendment.stands_at = None
    amendment.save(update_fields=["state", "answered_at", "answer", "stands_at"])
    tell_record("amendment.withdrawn", amendment, by=by, at=at)
    return amendment


@transaction.atomic
def let_stand(amendment: Amendment, *, by: Person, at: datetime) -> Amendment:
    """Bring words that were not taken over to the vote, as an alternative to the text. Again changes nothing."""
    amendment = locked(amendment)
    may.can_let_stand(by, amendment).or_deny()
    if amendment.stands:
        return amendment
    amendment.stands_at = at
    amendment.save(update_fields=["stands_at"])
    tell_record("amendment.stands", amendment, by=by, at=at)
    return amendment


def locked(amendment: Amendment) -> Amendment:
    """The amendment as it is, under the lock of its proposal, which everything that changes it takes."""
    proposal = lock(amendment.proposal)
    amendment = lock(amendment)
    amendment.proposal = proposal
    return amendment


def require_step(amendment: Amendment, to: Amendment.State) -> None:
    """Raise `WrongStep` unless the table of steps leads there."""
    if to not in AMENDMENT_STEPS.get(amendment.state, set()):
        raise WrongStep(_("This was answered or withdrawn meanwhile."))


def tell_record(what: str, amendment: Amendment, *, by: Person, at: datetime, reason: str = "") -> None:
    """Record what became of the words."""
    record(
        what,
        amendment.proposal.body,
        by=by,
        at=at,
        texts={"reason": reason},
        proposal=amendment.proposal_id,
        amendment=amendment.number,
    )


def tell_answer(amendment: Amendment, *, by: Person, at: datetime) -> None:
    """Tell who proposed the words that there is an answer."""
    if amendment.author_id == by.pk:
        return
    tell(
        Cause.What.AMENDMENT_ANSWERED,
        amendment.proposal.body,
        key=f"{amendment.pk} {amendment.state}",
        at=at,
        proposal=amendment.proposal,
        person=amendment.author,
        by=by,
    )
