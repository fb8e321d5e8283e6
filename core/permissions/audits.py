"""Who is audited by whom: nobody audits a body of their own; who reads, finds, answers and takes steps."""

from datetime import datetime

from django.utils.translation import gettext_lazy as _

from core.models import Audit, Body, Finding, Mandate, Membership, Person, Proposal, Stage
from core.refusals import ALLOWED, Denied, Verdict, denied
from core.registry import Asked, pillars_allow

from .mandates import can_act
from .members import is_deciding_member, is_member

NOT_ITS_AUDITOR = _("Only its auditor can do this.")
OWN_BODY = _(
    "Nobody audits a body of their own: who is a member of it, or was one in the time that is audited, cannot be its "
    "auditor."
)


def may_audit(person: Person, proposal: Proposal, at: datetime) -> Verdict:
    """Whether a person may be elected by this proposal, where that makes an auditor of them."""
    audit = audit_of(proposal)
    if audit is None:
        return ALLOWED
    verdict = is_open(audit)
    if not verdict:
        return verdict
    there = Membership.objects.filter(body=audit.body_id, person=person)
    if there.exclude(ended_at__lt=audit.since).exists():
        return denied(OWN_BODY)
    return pillars_allow(Asked.AUDIT, person, audit.body, at=at)


def audit_of(proposal: Proposal) -> Audit | None:
    """What an election asks of an auditor; nothing for all other proposals."""
    if proposal.kind != "election":
        return None
    return Audit.objects.filter(proposal=proposal).select_related("body", "proposal__body").first()


def audited_by(proposal: Proposal) -> frozenset[int]:
    """The body that an election finds an auditor for: nobody joins it meanwhile."""
    audit = audit_of(proposal)
    return frozenset([audit.body_id] if audit is not None else [])


def may_join(person: Person, body: Body, at: datetime) -> Verdict:
    """Who audits a body does not join it."""
    if Mandate.objects.in_force(at).filter(person=person, granted_by__audit__body=body).exists():
        return denied(_("You audit this body. Give that mandate back first, if you want to join it."))
    return ALLOWED


def can_set_out(person: Person, proposal: Proposal, body: Body) -> Verdict:
    """The author of an election that is still an idea, for a body that answers to the one that elects."""
    if proposal.kind != "election" or proposal.author_id != person.pk:
        return denied(_("Only the author of an election can say what it fills."))
    if proposal.stage != Stage.IDEA:
        return denied(_("This is not possible at its present stage."))
    if body.host_id != proposal.body_id or body.ended_at is not None:
        return denied(_("A host elects an auditor for a body that answers to it. Choose one of those."))
    return is_deciding_member(person, proposal.body)


def is_open(audit: Audit) -> Verdict:
    """Whether there is still something to audit; the mandates of its auditors are judged beside it."""
    if audit.body.ended_at is not None:
        return denied(_("The body has ended, and this audit with it."))
    if audit.body.host_id != audit.proposal.body_id:
        return denied(_("The body no longer answers to this host. The audit is over."))
    return ALLOWED


def mandate_of(person: Person, audit: Audit) -> Mandate | None:
    """The mandate under which this person audits, or did."""
    mine = Mandate.objects.filter(granted_by=audit.proposal_id, person=person)
    return mine.select_related("body").first()


def can_audit(person: Person, audit: Audit, mandate: Mandate | None, *, at: datetime) -> Verdict:
    """The auditor, while the mandate is in force and the body answers to the host."""
    if mandate is None:
        return denied(NOT_ITS_AUDITOR)
    verdict = is_open(audit)
    return verdict and can_act(person, mandate, at=at)


def require_auditor(person: Person, audit: Audit, mandate: Mandate | None, *, at: datetime) -> Mandate:
    """The mandate under which this person audits now, or the refusal that says why not."""
    can_audit(person, audit, mandate, at=at).or_deny()
    if mandate is None:
        raise Denied(NOT_ITS_AUDITOR)
    return mandate


def can_answer(person: Person, finding: Finding) -> Verdict:
    """Any member of the body: also after the day, for a late answer is better than none."""
    verdict = is_open(finding.audit)
    if not verdict:
        return verdict
    verdict = is_member(person, finding.audit.body)
    return verdict or denied(_("Only members of the body answer."))


def can_take_steps(person: Person, finding: Finding) -> Verdict:
    """Members of the host, about a body that answers to it."""
    verdict = is_open(finding.audit)
    return verdict and is_deciding_member(person, finding.audit.proposal.body)
