"""Bodies that a proposal affects: named and told; asking, by a decision of theirs, to decide jointly; answered."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from core.actions import proposals
from core.actions.telling import tell
from core.locks import lock
from core.models import REASON_MAX, Affected, Body, Cause, Person, Proposal
from core.permissions import affected as may
from core.permissions.talk import TALKED_OVER
from core.record import record
from core.refusals import Invalid
from core.registry import Impossible

WHY_MAX = 500


@transaction.atomic
def name(proposal: Proposal, body: Body, why: str, *, by: Person, at: datetime) -> Affected:
    """Name a listed body that a proposal affects: its members are told, and read title and text.

    The same body again changes nothing.
    """
    proposal = lock(proposal)
    may.can_name(by, proposal).or_deny()
    why = why.strip()
    if not why or len(why) > WHY_MAX:
        raise Invalid(_("Say in a sentence or two how it affects them."))
    if body.pk == proposal.body_id or not body.listed or body.ended_at is not None:
        raise Invalid(_("Choose another body that is listed."))
    named = proposal.affected.filter(body=body).first()
    if named is not None:
        return named
    if proposal.affected.count() >= may.NAMED_AT_MOST:
        raise Invalid(_("A proposal names ten bodies at most."))
    named = Affected.objects.create(proposal=proposal, body=body, why=why, named_at=at)
    record("affected.named", proposal.body, by=by, at=at, texts={"body": body.name, "why": why}, proposal=proposal.pk)
    tell(Cause.What.BODY_AFFECTED, body, key=str(named.pk), at=at, proposal=proposal, by=by)
    return named


@transaction.atomic
def propose_to_ask(affected: Affected, text: str, *, by: Person, at: datetime) -> Proposal:
    """Propose in the affected body to ask for a joint decision, and put it up for discussion there."""
    affected = lock(affected)  # one request at a time
    may.can_ask(by, affected).or_deny()
    title = affected.proposal.title
    idea = proposals.draft(affected.body, by=by, at=at, title=title, text=text, kind="joint", asks=affected)
    return proposals.put_up(idea, by=by, at=at)


def ask(request: Proposal, *, at: datetime) -> None:
    """The body has decided to ask. Called in the closing transaction, which holds the proposal that it asks about."""
    if request.asks is None:
        raise Impossible(_("There is nothing to ask about."))
    proposal = lock(request.asks.proposal)  # held already by the closer
    if proposal.stage not in TALKED_OVER:
        raise Impossible(_("Voting has begun there: it is too late to ask."))
    affected = request.asks
    affected.asked_at = at
    affected.save(update_fields=["asked_at"])
    record("joint.asked", request.body, by=None, at=at, texts={"of": proposal.body.name}, asks=affected.pk)
    tell(Cause.What.JOINT_ASKED, proposal.body, key=str(affected.pk), at=at, proposal=proposal)


@transaction.atomic
def answer(affected: Affected, said: str, words: str, *, by: Person, at: datetime) -> Affected:
    """The author answers a request to decide jointly: agreed or refused, with a reason. The other body is told."""
    proposal = lock(affected.proposal)
    affected = lock(affected)
    affected.proposal = proposal
    may.can_answer(by, affected).or_deny()
    words = words.strip()
    if said not in (Affected.Answer.AGREED, Affected.Answer.REFUSED):
        raise Invalid(_("Say yes or no."))
    if not words or len(words) > REASON_MAX:
        raise Invalid(_("Say why, in 2,000 characters at most."))
    affected.answer, affected.words, affected.answered_at = said, words, at
    affected.save(update_fields=["answer", "words", "answered_at"])
    record(
        "joint.answered",
        proposal.body,
        by=by,
        at=at,
        texts={"body": affected.body.name, "words": words},
        proposal=proposal.pk,
        answer=said,
    )
    tell(Cause.What.JOINT_ANSWERED, affected.body, key=str(affected.pk), at=at, proposal=proposal, by=by)
    return affected
