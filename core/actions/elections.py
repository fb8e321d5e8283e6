"""Elections: what is to be filled, and the mandates of those elected."""

import secrets
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from core.actions import mandates
from core.locks import lock
from core.models import SEATS_AT_MOST, Body, Candidacy, Election, Mandate, Membership, Person, Proposal, Stage, Vote
from core.queries.charters import get_charter
from core.record import label, label_of, record
from core.refusals import Invalid, WrongStep
from core.registry import Impossible
from core.rules.lots import SEED_BYTES, sealed


@dataclass(frozen=True, slots=True)
class Terms:
    """What an election fills: the mandate's task, limits, days and reports; how many are elected; ranked or not."""

    task: str
    limits: str
    term_days: int
    report_days: int | None = None
    seats: int = 1
    ranked: bool = False


@transaction.atomic
def set_out(proposal: Proposal, terms: Terms, *, by: Person) -> Election:
    """Say what an election (still an idea) would fill, and how it is counted."""
    proposal = lock(proposal)
    if proposal.kind != "election" or proposal.author_id != by.pk:
        raise Invalid(_("Only the author of an election can say what it fills."))
    if proposal.stage != Stage.IDEA or hasattr(proposal, "election"):
        raise WrongStep(_("This is not possible at its present stage."))
    if not 1 <= terms.term_days <= get_charter(proposal.body).term_days:
        raise Invalid(_("The charter does not allow so long a term."))
    if not terms.task.strip() or not terms.limits.strip():
        raise Invalid(_("A mandate needs a task and its limits."))
    if not 1 <= terms.seats <= SEATS_AT_MOST:
        raise Invalid(_("One to twenty people can be elected at once."))
    return Election.objects.create(
        proposal=proposal,
        task=terms.task,
        limits=terms.limits,
        term_days=terms.term_days,
        report_days=terms.report_days,
        seats=terms.seats,
        ranked=terms.ranked,
    )


def columns(proposal: Proposal) -> dict[str, int | str]:
    """What the vote of an election keeps beside its terms: the seats, and the seed with what seals it."""
    if proposal.kind != "election":
        return {}
    seed = secrets.token_bytes(SEED_BYTES)
    return {"seats": proposal.election.seats, "seed": seed.hex(), "seed_hash": sealed(seed)}


def announced(vote: Vote, body: Body) -> dict[str, Any]:
    """What the record says of an election when its vote opens: the candidates in order, the seats, the sealed seed."""
    if not vote.is_election:
        return {}
    people = Candidacy.objects.numbered().filter(election__proposal=vote.proposal_id).values_list("person", flat=True)
    latest = Membership.objects.filter(body=body, person__in=people).order_by("person", "-joined_at", "-pk")
    labels = {row.person_id: label(row) for row in latest.distinct("person")}
    return {"candidates": [labels.get(person) for person in people], "seats": vote.seats, "seed": vote.seed_hash}


def fill(proposal: Proposal, *, at: datetime) -> list[Mandate]:
    """Give the mandate to those elected. Called in the closing transaction.

    Who cannot hold it any more leaves the seat vacant; if that is so of all, nothing is carried out.
    """
    vote = proposal.votes.order_by("-number")[0]
    numbered = Candidacy.objects.numbered().filter(election__proposal=proposal).select_related("person")
    people = {candidacy.number: candidacy.person for candidacy in numbered}
    granted = []
    for number in (vote.tally or {}).get("elected", []):
        try:
            granted.append(mandates.give(proposal, people[number], proposal.election, at=at))
        except Impossible:
            candidate = label_of(people[number], proposal.body)
            record("seat.vacant", proposal.body, by=None, at=at, proposal=proposal.pk, candidate=candidate)
    if not granted:
        raise Impossible(_("None of those elected can hold the mandate any more."))
    return granted
