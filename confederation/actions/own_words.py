"""A body's own decision to block above, or to stand aside, beside its answer to the question (DESIGN 6)."""

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from confederation.actions import positions
from confederation.models import OwnWord, Station
from confederation.permissions import speaking as may
from confederation.rules import timing
from confederation.rules.positions import Own
from core.actions import overtaking, proposals
from core.actions.accords import hold
from core.locks import Touched, take
from core.models import Person, Proposal, Stage
from core.record import record
from core.refusals import Invalid
from core.registry import Times
from core.timekeeping import folkmoot_now

KIND = "own_word"
UNDER_WAY = (Stage.DISCUSSION, Stage.VOTING)
LABEL = _("Our own word above")
TITLES = {Own.BLOCK: _("We block above: %(question)s"), Own.ASIDE: _("We stand aside above: %(question)s")}


@transaction.atomic
def propose(station: Station, says: Own, text: str, *, by: Person) -> Proposal:
    """Propose to one's own body what it says above. Decided by simple majority, before the question closes."""
    hold(station.body, by)
    station = Station.objects.select_related("body", "referral__proposal").get(pk=station.pk)
    at = folkmoot_now()
    may.can_say_own_word(by, station, at=at).or_deny()
    if not text.strip():
        raise Invalid(_("Write the reason first."))
    title = str(TITLES[says]) % {"question": station.referral.proposal.title}
    proposal = proposals.draft(station.body, by=by, at=at, title=title[:120], text=text.strip(), kind=KIND)
    OwnWord.objects.create(station=station, proposal=proposal, says=says.value)
    return proposals.put_up(proposal, by=by, at=at)


def times(proposal: Proposal) -> Times | None:
    """Its vote is open beside that on the question, and closes an hour before it."""
    word = OwnWord.objects.select_related("station").filter(proposal=proposal).first()
    if word is None:
        return None
    closes = word.station.closes_at
    return Times(timing.votes_from(closes), timing.own_word_closes(closes))


def decided(proposal: Proposal, *, at: datetime) -> None:
    """The body has decided on it; if it has answered the question already, both are said now."""
    word = proposal.own_word
    record("position.own_word", proposal.body, by=None, at=at, proposal=proposal.pk, says=word.says)
    decided_or_refused(proposal, at=at)


def decided_or_refused(proposal: Proposal, *, at: datetime) -> None:
    """What waited for this word goes on."""
    question = Proposal.objects.filter(station__own_words__proposal=proposal).first()
    if question is not None:
        positions.say(question, at=at)


def to_let_go(_at: datetime) -> Iterable[int]:
    """Words that bodies still decide on, though nothing is said above for them any more: they have left, or the
    question came to nothing.
    """
    running = OwnWord.objects.filter(station__decided_at__isnull=False, proposal__stage__in=UNDER_WAY)
    return running.order_by("pk").values_list("pk", flat=True)


def let_go(word_id: int) -> bool:
    """Such a word is overtaken. Idempotent; called by settle()."""
    with transaction.atomic():
        proposal = Proposal.objects.get(own_word=word_id)
        votes = list(proposal.votes.open().values_list("pk", flat=True))
        taken = take(proposal.body_id, Touched(proposals=frozenset([proposal.pk])), votes=votes)
        proposal, at = taken.proposals[proposal.pk], folkmoot_now()
        opened_meanwhile = list(proposal.votes.open().values_list("pk", flat=True)) != votes
        if word_id not in to_let_go(at) or opened_meanwhile:
            return False
        overtaking.overtake(proposal, at=at)
        return True
