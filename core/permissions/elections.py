"""Who may stand in an election, ask others to, and step back."""

from django.utils.translation import gettext_lazy as _

from core.models import Candidacy, Membership, Person, Proposal, Stage
from core.queries.charters import get_charter
from core.queries.holding import held_before
from core.queries.remembering import remembered
from core.refusals import ALLOWED, Verdict, denied
from core.rules.choices import CANDIDATES_AT_MOST

from .members import is_member

NOT_TALKED_OVER = _("One can stand or step back only while it is being talked over: the vote keeps its candidates.")
HELD_TOO_OFTEN = _("This person has held the mandate as many times in a row as the charter allows.")


def candidacies_of(proposal: Proposal) -> list[Candidacy]:
    """All who stand, were asked or stepped back: in the order of their numbers, then in that in which they stood."""
    rows = Candidacy.objects.filter(election__proposal=proposal)
    rows = rows.select_related("person", "election__proposal__audit__body")
    return remembered(("candidacies", proposal.pk), lambda: list(rows.order_by("number", "accepted_at", "pk")))


def candidacy_of(person: Person, proposal: Proposal) -> Candidacy | None:
    """The person's candidacy, whether it stands or not."""
    return next((row for row in candidacies_of(proposal) if row.person_id == person.pk), None)


def can_stand(person: Person, proposal: Proposal) -> Verdict:
    """Members, while it is in discussion; also who was asked, and who had stepped back."""
    verdict = is_open_to_candidates(proposal) and is_member(person, proposal.body)
    if not verdict:
        return verdict
    own = candidacy_of(person, proposal)
    if own is not None and own.stands:
        return denied(_("You stand already."))
    if sum(row.stands for row in candidacies_of(proposal)) >= CANDIDATES_AT_MOST:
        return denied(_("There are as many candidates as a ballot holds."))
    return may_hold(person, proposal)


def can_propose_candidate(person: Person, other: Person, proposal: Proposal) -> Verdict:
    """Members, for another member who was not asked yet."""
    verdict = is_open_to_candidates(proposal) and is_member(person, proposal.body)
    if not verdict:
        return verdict
    if other.pk == person.pk:
        return denied(_("You can stand yourself, without being asked."))
    if not Membership.objects.open().filter(body=proposal.body, person=other).exists():
        return denied(_("Choose a member of this body."))
    asked = candidacy_of(other, proposal)
    if asked is not None and asked.withdrawn_at is not None:
        return denied(_("They have said no. They can still stand of their own accord."))
    if asked is not None:
        return denied(_("They stand, or were asked already."))
    return may_hold(other, proposal)


def can_step_back(person: Person, proposal: Proposal) -> Verdict:
    """Who stands, or was asked, until the vote opens."""
    verdict = is_open_to_candidates(proposal)
    if not verdict:
        return verdict
    own = candidacy_of(person, proposal)
    if own is None or own.withdrawn_at is not None:
        return denied(_("You do not stand."))
    return ALLOWED


def is_open_to_candidates(proposal: Proposal) -> Verdict:
    """An election in discussion."""
    if proposal.kind != "election":
        return denied(_("This is not an election."))
    return ALLOWED if proposal.stage == Stage.DISCUSSION else denied(NOT_TALKED_OVER)


def may_hold(person: Person, proposal: Proposal) -> Verdict:
    """Whether the charter lets the person hold this mandate once more."""
    renews = held_before(proposal.body, proposal.title, person)
    if renews is not None and renews.renewal_no >= get_charter(proposal.body).renewals:
        return denied(HELD_TOO_OFTEN)
    return ALLOWED
