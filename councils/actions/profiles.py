"""What a council is for, and for whom: set when it is founded, afterwards by its own decision."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from core.actions import proposals
from core.locks import lock, lock_all
from core.models import Body, Membership, Person, Proposal
from core.permissions.members import membership_of
from core.record import record
from core.refusals import Invalid
from core.registry import Impossible
from core.rules.lines import one_line
from councils.models import CouncilProfile
from councils.rules.profiles import SIZES, Profile, problems

KIND = "profile"


def require_valid(profile: Profile) -> None:
    """Raise `Invalid` with a sentence for the first thing that cannot stand."""
    found = problems(profile)
    if "scope" in found:
        raise Invalid(_("Choose whom the council is made of."))
    if "affected" in found:
        raise Invalid(_("Say who is affected by what the council decides."))
    if "size_hint" in found:
        sizes = {"low": SIZES[0], "high": SIZES[1]}
        raise Invalid(_("A council is meant for %(low)d to %(high)d people at most: say how many.") % sizes)


def write(body: Body, profile: Profile, *, at: datetime, proposal: Proposal | None = None) -> CouncilProfile:
    """Write a version of a locked council's profile; without a proposal it is in force at once."""
    require_valid(profile)
    return CouncilProfile.objects.create(
        body=body,
        proposal=proposal,
        scope=profile.scope,
        affected=profile.affected.strip(),
        size_hint=profile.size_hint,
        languages=one_line(profile.languages),
        habits=profile.habits.strip(),
        drafted_at=at,
        in_force_at=None if proposal else at,
    )


def set_first(body: Body, profile: Profile, *, at: datetime) -> CouncilProfile:
    """The profile that a founding gives a council."""
    row = write(body, profile, at=at)
    tell_record(row, at=at)
    return row


@transaction.atomic
def propose(body: Body, profile: Profile, *, by: Person, at: datetime, title: str, text: str) -> Proposal:
    """Put another profile up for discussion."""
    membership = membership_of(by, body)
    lock_all(Membership, [membership.pk] if membership else [])  # first in the order; putting up takes it again
    body = lock(body)
    if body.kind != Body.Kind.COUNCIL:
        raise Invalid(_("Only a council has a profile."))
    proposal = proposals.draft(body, by=by, at=at, title=title, text=text, kind=KIND)
    write(body, profile, at=at, proposal=proposal)
    return proposals.put_up(proposal, by=by, at=at)


def bring_into_force(proposal: Proposal, *, at: datetime) -> CouncilProfile:
    """The council has decided on its profile. Called in the closing transaction."""
    row = CouncilProfile.objects.filter(proposal=proposal).first()
    if row is None:
        raise Impossible(_("There is no draft."))
    row.in_force_at = at
    row.save(update_fields=["in_force_at"])
    tell_record(row, at=at)
    return row


def tell_record(row: CouncilProfile, *, at: datetime) -> None:
    """A line in the council's record: its words as commitments, scope and size in clear."""
    record(
        "council.described",
        row.body,
        by=None,
        at=at,
        texts={"affected": row.affected, "languages": row.languages, "habits": row.habits},
        proposal=row.proposal_id,
        scope=row.scope,
        size=row.size_hint,
    )
