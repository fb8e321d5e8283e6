"""The kinds of proposals that carry a question up and down, and what adopting each one does."""

from dataclasses import replace
from datetime import datetime

from confederation.actions import asking, ceding, forwarding, own_words, positions
from confederation.models import Forward, OwnWord, Station
from confederation.words.saying import RIGHTS
from core.models import Proposal, Stage
from core.registry import Kind, Panel
from core.registry import register as register_kind
from core.rules.terms import Matter


def ordinary(_proposal: Proposal) -> Matter:
    """By the charters' rule for ordinary matters."""
    return Matter.ORDINARY


def above(_proposal: Proposal) -> Matter:
    """What a body says for itself: simple majority."""
    return Matter.ABOVE


def say(proposal: Proposal, at: datetime) -> None:
    """The body's position above, whatever it has decided."""
    positions.say(proposal, at=at)


def own_word(proposal: Proposal, at: datetime) -> None:
    """The body blocks above, or stands aside."""
    own_words.decided(proposal, at=at)


def no_own_word(proposal: Proposal, at: datetime) -> None:
    """Its answer to the question is what it says."""
    own_words.decided_or_refused(proposal, at=at)


def forward(proposal: Proposal, at: datetime) -> None:
    """It is before the confederation."""
    forwarding.forward(proposal, at=at)


def forward_refused(proposal: Proposal, at: datetime) -> None:
    """It is not put there."""
    forwarding.refused(proposal, at=at)


def cede(proposal: Proposal, at: datetime) -> None:
    """The matter is ceded."""
    ceding.cede(proposal.cedes, at=at)


def take_back(proposal: Proposal, at: datetime) -> None:
    """The matter is no longer ceded."""
    ceding.take_back(proposal, at=at)


def question_shown(proposal: Proposal) -> Panel:
    """Who asks, until when, and what happens with the answer."""
    station = Station.objects.select_related("referral__proposal__body", "referral__from_body").get(proposal=proposal)
    referral = station.referral
    about = {"station": station, "referral": referral, "from_body": referral.from_body}
    return Panel("confederation/_question.html", about | {"confederation": referral.proposal.body})


def own_word_shown(proposal: Proposal) -> Panel:
    """What would be said above, on which question, or that nothing is said any more."""
    word = OwnWord.objects.select_related("station__referral__proposal__body").get(proposal=proposal)
    return Panel("confederation/_own_word.html", {"word": word, "station": word.station, "over": is_over(proposal)})


def is_over(proposal: Proposal) -> bool:
    """Whether the body's word was let go, because it has left or the question came to nothing."""
    return proposal.stage == Stage.OVERTAKEN


def forward_shown(proposal: Proposal) -> Panel:
    """What would be put before which confederation."""
    found = Forward.objects.select_related("confederation", "ceded", "mandate", "made__referral")
    forward = found.get(proposal=proposal)
    matter = forward.ceded or forward.mandate
    about = str(matter) if matter is not None else RIGHTS.get(forward.right, "")
    return Panel("confederation/_forwarded.html", {"forward": forward, "matter": about})


def register() -> None:
    """Called once at start-up."""
    question = Kind(
        asking.KIND, asking.LABEL, asking.matter, say, refused=say, times=asking.times, shows=question_shown
    )
    word = Kind(
        own_words.KIND,
        own_words.LABEL,
        above,
        own_word,
        refused=no_own_word,
        times=own_words.times,
        shows=own_word_shown,
    )
    for kind in (question, word):
        register_kind(replace(kind, counts=False, withdrawable=False, by_clock=True))
    up = Kind(
        forwarding.KIND,
        forwarding.LABEL,
        forwarding.matter,
        forward,
        forward_refused,
        touches=forwarding.touches,
        shows=forward_shown,
    )
    register_kind(up)
    register_kind(Kind(forwarding.CEDE, forwarding.CEDE_LABEL, ordinary, cede))
    register_kind(Kind(forwarding.TAKE_BACK, forwarding.TAKE_BACK_LABEL, ordinary, take_back))
