"""Bodies that a proposal affects, as pages show them."""

from dataclasses import dataclass

from django.db.models import QuerySet

from core.models import Affected, Body, Person, Proposal, TextVersion
from core.permissions import affected as may
from core.permissions.members import membership_of
from core.permissions.plain_words import newest_text
from core.refusals import Verdict


def nameable_bodies(proposal: Proposal) -> QuerySet[Body]:
    """Listed bodies that a proposal can name and has not named yet."""
    others = Body.objects.filter(listed=True, ended_at__isnull=True).exclude(pk=proposal.body_id)
    return others.exclude(affected_by__proposal=proposal).order_by("name")


@dataclass(frozen=True, slots=True)
class AffectedPage:
    """The newest text, whether the reader sees the proposal's own page, the requests, and verdicts by act; None has no
    place.
    """

    text: TextVersion
    is_inside: bool
    requests: list[Proposal]
    ask: Verdict | None
    answer: Verdict | None


def get_affected_page(affected: Affected, person: Person) -> AffectedPage:
    """What members of both bodies see of a proposal that names one of them."""
    is_affected = membership_of(person, affected.body) is not None
    is_author = affected.proposal.author_id == person.pk
    return AffectedPage(
        text=newest_text(affected.proposal),
        is_inside=membership_of(person, affected.proposal.body) is not None,
        requests=list(affected.requests.exclude(discussion_at=None).order_by("pk")) if is_affected else [],
        ask=may.can_ask(person, affected) if is_affected and affected.asked_at is None else None,
        answer=may.can_answer(person, affected) if is_author and affected.waits else None,
    )
