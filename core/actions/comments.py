"""The talk on a proposal."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from core.actions.telling import tell
from core.locks import lock
from core.models import Cause, Comment, Person, Proposal, Reply, Stage
from core.permissions import proposals as may
from core.record import destroy_texts, record
from core.refusals import Denied, Invalid

COMMENT_MAX = 4000


@transaction.atomic
def write(proposal: Proposal, text: str, *, by: Person, at: datetime, parent: Comment | None = None) -> Comment:
    """Say something, or answer somebody. In a round of talks the record keeps that one wrote (DESIGN section 8)."""
    proposal = lock(proposal)
    may.can_comment(by, proposal).or_deny()
    text = checked(text)
    if parent is not None and parent.proposal_id != proposal.pk:
        raise Invalid(_("That belongs to another proposal."))
    in_round = proposal.stage == Stage.ROUND
    comment = Comment.objects.create(
        proposal=proposal,
        parent=parent,
        author=by,
        text=text,
        at=at,
        round_no=proposal.round_no if in_round else 0,
    )
    record(
        "comment.written",
        proposal.body,
        by=by,
        at=at,
        texts={"text": text},
        proposal=proposal.pk,
        comment=comment.pk,
        round=comment.round_no,
    )
    if parent is not None and parent.author_id != by.pk:
        tell(
            Cause.What.COMMENT_REPLY,
            proposal.body,
            key=str(comment.pk),
            at=at,
            proposal=proposal,
            person=parent.author,
            by=by,
        )
    return comment


@transaction.atomic
def take_back(comment: Comment, *, by: Person, at: datetime) -> Comment:
    """Take one's words back: the place stays, so that answers keep their sense."""
    comment = lock(comment)
    if comment.author_id != by.pk:
        raise Denied(_("Only who wrote it can take it back."))
    if comment.taken_back_at is not None:
        return comment
    comment.text = ""
    comment.taken_back_at = at
    comment.save(update_fields=["text", "taken_back_at"])
    destroy_texts(comment.proposal.body, "comment.written", "comment", comment.pk)
    record("comment.taken_back", comment.proposal.body, by=by, at=at, comment=comment.pk)
    return comment


@transaction.atomic
def reply(proposal: Proposal, text: str, *, by: Person, at: datetime) -> Reply:
    """The right of reply in a recall or removal. It can be rewritten until the close."""
    proposal = lock(proposal)
    may.can_reply(by, proposal).or_deny()
    text = checked(text)
    answer, _fresh = Reply.objects.update_or_create(proposal=proposal, defaults={"person": by, "text": text, "at": at})
    record("reply.written", proposal.body, by=by, at=at, texts={"text": text}, proposal=proposal.pk)
    return answer


def checked(text: str) -> str:
    """The words, if there are some and not too many."""
    text = text.strip()
    if not text:
        raise Invalid(_("Write a few words first."))
    if len(text) > COMMENT_MAX:
        raise Invalid(_("This is too long: at most 4,000 characters."))
    return text
