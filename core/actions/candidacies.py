"""Standing in an election: asked or of one's own accord, stepping back, and the list that the vote keeps."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from core.actions.telling import tell
from core.locks import lock
from core.models import WORDS_MAX, Candidacy, Cause, Membership, Person, Proposal
from core.permissions import elections as may
from core.record import label_of, record
from core.refusals import Invalid
from core.registry import Asked, may_be_elected, pillars_allow


@transaction.atomic
def propose(proposal: Proposal, person: Person, *, by: Person, at: datetime) -> Candidacy:
    """Ask another member to stand. They are told, and stand only if they say so."""
    proposal = lock(proposal)
    may.can_propose_candidate(by, person, proposal).or_deny()
    pillars_allow(Asked.HOLD, person, proposal.body, at=at).or_deny()
    may_be_elected(person, proposal, at=at).or_deny()
    candidacy = Candidacy.objects.create(election=proposal.election, person=person, proposed_by=by, proposed_at=at)
    asked = label_of(person, proposal.body)
    record("candidate.proposed", proposal.body, by=by, at=at, proposal=proposal.pk, candidate=asked)
    key = str(candidacy.pk)
    tell(Cause.What.CANDIDACY_PROPOSED, proposal.body, key=key, at=at, proposal=proposal, person=person, by=by)
    return candidacy


@transaction.atomic
def stand(proposal: Proposal, words: str = "", *, by: Person, at: datetime) -> Candidacy:
    """Stand in an election, with a few words; so does who was asked and accepts, and who had stepped back."""
    proposal = lock(proposal)
    may.can_stand(by, proposal).or_deny()
    pillars_allow(Asked.HOLD, by, proposal.body, at=at).or_deny()
    may_be_elected(by, proposal, at=at).or_deny()
    words = words.strip()
    if len(words) > WORDS_MAX:
        raise Invalid(_("This is too long: a candidate has at most 2,000 characters."))
    candidacy = may.candidacy_of(by, proposal) or Candidacy(election=proposal.election, person=by, proposed_at=at)
    candidacy.words = words
    candidacy.accepted_at, candidacy.withdrawn_at = at, None
    candidacy.save()
    record("candidate.stood", proposal.body, by=by, at=at, texts={"words": words}, proposal=proposal.pk)
    return candidacy


@transaction.atomic
def step_back(proposal: Proposal, *, by: Person, at: datetime) -> Candidacy:
    """Stand no longer, or say no to who asked; until the vote opens."""
    proposal = lock(proposal)
    may.can_step_back(by, proposal).or_deny()
    candidacy = Candidacy.objects.get(election__proposal=proposal, person=by)
    candidacy.withdrawn_at = at
    candidacy.save(update_fields=["withdrawn_at"])
    record("candidate.stepped_back", proposal.body, by=by, at=at, proposal=proposal.pk)
    return candidacy


def fix_list(proposal: Proposal) -> None:
    """Number those who stand, in the order in which they stood; once, before the first vote. The proposal is locked.

    Who has left is not on the list.
    """
    if Candidacy.objects.numbered().filter(election__proposal=proposal).exists():
        return
    members = Membership.objects.open().filter(body=proposal.body_id).values("person")
    standing = Candidacy.objects.standing().filter(election__proposal=proposal, person__in=members)
    for number, candidacy in enumerate(standing.order_by("accepted_at", "pk"), start=1):
        candidacy.number = number
        candidacy.save(update_fields=["number"])
