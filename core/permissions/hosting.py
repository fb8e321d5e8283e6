"""What a host may decide about a body that answers to it (DESIGN 3.8)."""

from django.utils.translation import gettext_lazy as _

from core.models import Body, HostedMatter, Person, Stage
from core.refusals import Verdict, denied

from .members import is_deciding_member

RESTRUCTURING, RECOGNITION = "restructuring", "recognition"
GOVERNED = (Body.Kind.POD, Body.Kind.DEFENSE)
"""Kinds of bodies whose code, posts, structure and end the host decides; the others manage themselves."""
UNDER_WAY = (Stage.DISCUSSION, Stage.VOTING, Stage.ROUND)


def can_propose(person: Person, host: Body, body: Body, kind: str) -> Verdict:
    """Any member of the host, about a body that answers to it; once at a time."""
    if body.host_id != host.pk or body.ended_at is not None:
        return denied(_("This body does not answer to yours."))
    if kind == RESTRUCTURING and body.kind not in GOVERNED:
        return denied(_("A host does not manage the work of this kind of body. It can recall, or end its recognition."))
    if HostedMatter.objects.filter(body=body, proposal__kind=kind, proposal__stage__in=UNDER_WAY).exists():
        return denied(_("This is proposed already. Speak and vote there."))
    return is_deciding_member(person, host)
