"""What lives of a body hold of the talk: other words for a passage, answers to them, summaries, voices."""

from contextlib import suppress
from typing import TYPE_CHECKING

from django.db import transaction

from core.actions import amendments, comments, summaries
from core.models import Amendment, Stage
from core.refusals import Refusal
from core.timekeeping import folkmoot_now

if TYPE_CHECKING:
    from tests.verify.life import Life


def propose_words(life: "Life") -> None:
    """Other words for the whole text or for its first word, some of which stand as alternatives."""
    proposal = life.proposal(stage__in=[Stage.DISCUSSION, Stage.ROUND])
    if proposal is not None:
        newest, by, at = proposal.texts.latest("number"), life.member(), folkmoot_now()
        passage = newest.text if life.dice.random() < 0.5 else newest.text.split()[0]
        words = f"Or by {life.dice.randrange(99)}."
        made = amendments.propose(proposal, passage, words, "Better so.", by=by, at=at, seen=newest.number)
        if life.dice.random() < 0.6:
            amendments.let_stand(made, by=by, at=at)


def answer_words(life: "Life") -> None:
    """The author takes words over or not; who proposed them withdraws them or lets them stand."""
    for words in Amendment.objects.filter(proposal__body=life.body).select_related("proposal__author"):
        author, at = words.proposal.author or words.author, folkmoot_now()
        with suppress(Refusal), transaction.atomic():
            match life.dice.randrange(5):
                case 0:
                    amendments.accept(words, by=author, at=at)
                case 1:
                    amendments.decline(words, "We asked for it.", by=author, at=at)
                case 2:
                    amendments.withdraw(words, by=words.author, at=at)
                case _:
                    amendments.let_stand(words, by=words.author, at=at)


def sum_up(life: "Life") -> None:
    proposal = life.proposal(stage__in=[Stage.DISCUSSION, Stage.ROUND, Stage.VOTING])
    if proposal is not None and proposal.author is not None:
        seen = proposal.summaries.filter(of="talk").count()
        text = f"As of {life.dice.randrange(99)}."
        summaries.write(proposal, "talk", text, by=proposal.author, at=folkmoot_now(), seen=seen)


def comment(life: "Life") -> None:
    """Somebody says something, and may take it back."""
    proposal = life.proposal(closed_at=None, stage__in=[Stage.DISCUSSION, Stage.ROUND, Stage.VOTING])
    if proposal is not None:
        said = comments.write(proposal, "I think so.", by=life.member(), at=folkmoot_now())
        if life.dice.random() < 0.3:
            comments.take_back(said, by=said.author, at=folkmoot_now())
