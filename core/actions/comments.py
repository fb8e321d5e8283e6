"""The talk on a proposal."""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from core.actions.amendments import check_passage
from core.actions.telling import tell
from core.locks import lock
from core.models import Cause, Comment, Person, Proposal, Reply, Stage, TextVersion
from core.permissions import proposals as may
from core.record import destroy_texts, record
from core.refusals import Denied, Invalid
from core.rules.passages import PASSAGE_MAX

COMMENT_MAX = 4000


@dataclass(frozen=True, slots=True)
class About:
    """A passage, and the number of the version in which it stands."""

    version: int
    passage: str


@transaction.atomic
def write(
    proposal: Proposal,
    text: str,
    *,
    by: Person,
    at: datetime,
    parent: Comment | None = None,
    about: About | None = None,
) -> Comment:
    """Say something, answer somebody, or say something about a passage of a version.

    In a round of talks the record keeps that one wrote (DESIGN section 8).
    """
    proposal = lock(proposal)
    may.can_comment(by, proposal).or_deny()
    text = checked(text)
    if parent is not None and parent.proposal_id != proposal.pk:
        raise Invalid(_("That belongs to another proposal."))
    version, passage = passage_of(proposal, about) if about is not None else (None, "")
    in_round = proposal.stage == Stage.ROUND
    comment = Comment.objects.create(
        proposal=proposal,
        parent=parent,
        author=by,
        text=text,
        at=at,
        round_no=proposal.round_no if in_round else 0,
        version=version,
        passage=passage,
    )
    record(
        "comment.written",
        proposal.body,
        by=by,
        at=at,
        texts={"text": text, "passage": passage},
        proposal=proposal.pk,
        comment=comment.pk,
        round=comment.round_no,
        **({"version": version.number} if version is not None else {}),
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


def passage_of(proposal: Proposal, about: About) -> tuple[TextVersion, str]:
    """The version and the passage a voice is about. Raises `Invalid` unless the passage stands there exactly once."""
    version = proposal.texts.filter(number=about.version).first()
    if version is None:
        raise Invalid(_("There is no such version of the text."))
    passage = about.passage.strip()
    if len(passage) > PASSAGE_MAX:
        raise Invalid(_("This is too long: a passage has at most 4,000 characters."))
    check_passage(version, passage)
    return version, passage


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
