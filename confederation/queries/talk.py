"""One discussion that both levels read: what is said about a question in the confederation, and in one's own bodies."""

from dataclasses import dataclass

from confederation.models import Station
from core.models import Body, Comment, Membership, Person, Proposal

KIND = "referral"


@dataclass(frozen=True, slots=True)
class Talk:
    """The talk on one proposal, oldest first."""

    body: Body
    proposal: Proposal
    comments: tuple[Comment, ...]


def get_talks(proposal: Proposal, person: Person) -> list[Talk]:
    """The talk above first, then that of each own body that was asked. For either level's proposal; two statements.

    Whoever belongs to a body below reads what is said above; what is said at home only home reads.
    """
    asked = proposals_of_one_question(proposal, person)
    said: dict[int, list[Comment]] = {each.pk: [] for each in asked}
    voices = Comment.objects.filter(proposal__in=said, taken_back_at__isnull=True).select_related("author")
    for comment in voices.order_by("at", "pk"):
        said[comment.proposal_id].append(comment)
    return [Talk(each.body, each, tuple(said[each.pk])) for each in asked]


def proposals_of_one_question(proposal: Proposal, person: Person) -> list[Proposal]:
    """The proposal of the confederation, and those of the person's own bodies that it was asked of."""
    stations = Station.objects.filter(referral__proposal=proposal) | Station.objects.filter(
        referral__stations__proposal=proposal
    )
    mine = Membership.objects.reading().filter(person=person).values("body")
    own = stations.filter(body__in=mine, proposal__isnull=False)
    at_home = Proposal.objects.filter(pk__in=own.values("proposal"))
    found = at_home | Proposal.objects.filter(pk__in=own.values("referral__proposal"))
    return sorted(found.select_related("body"), key=lambda each: (each.kind == KIND, each.pk))
