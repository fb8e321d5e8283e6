"""The link in a mail with which an open vote is given once, where the charter allows it (DESIGN sections 3 and 9).

It is signed, and bound to person, address, vote and change number: once it is used, or the person votes otherwise, the
number is another and the link is over. Looking at its page gives nothing: mail scanners look at every link.
"""

from dataclasses import dataclass

from django.conf import settings
from django.core import signing
from django.urls import reverse
from django.utils.crypto import constant_time_compare

from core.models import Notice, Person, RollEntry, Vote

from .stopping import fingerprint
from .words import What

SALT = "core.notices.ballot_links"
TELLS_OF_A_VOTE = frozenset({What.VOTE_OPENED, What.RECALL_OPENED, What.VOTE_REMINDER})


@dataclass(frozen=True, slots=True)
class Link:
    """What a link stands for: whose vote, in which one, and after which change of it."""

    vote: Vote
    person: Person
    change: int


def url_for(entry: RollEntry) -> str:
    """The address with which somebody gives this vote once; empty where the charter or the vote does not allow it."""
    vote = entry.vote
    if vote.secret or vote.counted_at is not None or not vote.charter.votes_by_mail:
        return ""
    ballot = getattr(entry, "ballot", None)
    said = [vote.pk, entry.person_id, ballot.change_no if ballot is not None else 0, fingerprint(entry.person)]
    token = signing.Signer(salt=SALT).sign_object(said)
    return f"{settings.SITE_URL}{reverse('core:ballot-link', args=[token])}"


def url_in(notice: Notice) -> str:
    """The link that belongs into the mail of a notice; empty for most."""
    if notice.cause.what not in TELLS_OF_A_VOTE:
        return ""
    entries = RollEntry.objects.filter(person=notice.person, vote__proposal=notice.cause.proposal_id)
    open_ones = entries.filter(vote__counted_at__isnull=True, vote__secret=False)
    entry = open_ones.select_related("vote__charter", "ballot", "person").order_by("-vote__number").first()
    return url_for(entry) if entry is not None else ""


def read(token: str) -> Link | None:
    """What a link stands for; None if it is forged, or was sent to an address that is no longer theirs."""
    try:
        vote_id, person_id, change, mark = signing.Signer(salt=SALT).unsign_object(token)
    except (signing.BadSignature, ValueError, TypeError):
        return None
    person = Person.objects.filter(pk=person_id, is_active=True).first()
    votes = Vote.objects.without_lists().select_related("proposal__body", "charter", "text")
    vote = votes.filter(pk=vote_id).first()
    if person is None or vote is None or not constant_time_compare(mark, fingerprint(person)):
        return None
    return Link(vote, person, change)
