"""Votes between several texts: alternatives come to the ballot whole, and the one that is first may be adopted."""

import secrets
from collections.abc import Sequence
from datetime import datetime

from core.actions import proposals
from core.models import TEXT_MAX, Alternative, Amendment, Proposal, TextVersion, Vote
from core.record import Datum, record
from core.registry import kind_of
from core.rules.lots import SEED_BYTES, sealed
from core.rules.passages import NotOnce, NotThere, replaced


def standing(proposal: Proposal) -> list[Amendment]:
    """The alternatives that come to the next vote on a locked proposal, in their order."""
    if not kind_of(proposal).alternatives:
        return []
    return list(proposal.amendments.standing().select_related("version"))


def columns(others: Sequence[Amendment]) -> dict[str, int | str]:
    """What the vote keeps beside its terms: how many other texts, and the seed for texts marked equally often."""
    if not others:
        return {}
    seed = secrets.token_bytes(SEED_BYTES)
    return {"other_texts": len(others), "seed": seed.hex(), "seed_hash": sealed(seed)}


def put_on(vote: Vote, others: Sequence[Amendment]) -> list[Alternative]:
    """Write the other texts, whole, on a vote whose roll is not frozen yet: from then on they never change."""
    return Alternative.objects.bulk_create(
        Alternative(vote=vote, number=number, amendment=amendment, text=text_with(amendment, vote.text))
        for number, amendment in enumerate(others, start=2)
    )


def text_with(amendment: Amendment, newest: TextVersion) -> str:
    """The newest text with the passage replaced; where the passage has changed since, the text it was proposed for.

    So nobody makes an alternative impossible by changing the words around it.
    """
    try:
        text = replaced(newest.text, amendment.passage, amendment.words)
    except (NotThere, NotOnce):
        text = ""
    fits = text.strip() and len(text) <= TEXT_MAX
    return text if fits else replaced(amendment.version.text, amendment.passage, amendment.words)


def announced(vote: Vote, texts: Sequence[Alternative]) -> dict[str, Datum]:
    """What the record says when such a vote opens: which words stand under which number, and the sealed seed."""
    if not texts:
        return {}
    return {"alternatives": [each.amendment.number for each in texts], "seed": vote.seed_hash}


def named(texts: Sequence[Alternative]) -> dict[str, str]:
    """The texts as the record commits to them."""
    return {f"text {each.number}": each.text for each in texts}


def take_over(proposal: Proposal, vote: Vote, *, at: datetime) -> None:
    """An alternative was first and is adopted: it is the newest version now. Called in the closing transaction."""
    if vote.first is None or vote.first == 1:
        return
    chosen = vote.alternatives.select_related("amendment__author").get(number=vote.first)
    version = proposals.write(proposal, vote.text.title, chosen.text, by=chosen.amendment.author, at=at)
    record(
        "alternative.adopted",
        proposal.body,
        by=None,
        at=at,
        texts={"title": version.title, "text": version.text},
        proposal=proposal.pk,
        vote=vote.number,
        amendment=chosen.amendment.number,
        version=version.number,
    )
