"""What is particular to an election for an audit: who may be the auditor; the audit begins with the mandate."""

from datetime import datetime
from typing import Any

from core.actions.telling import tell
from core.models import Audit, Mandate, Person, Proposal
from core.permissions import audits as may
from core.record import in_utc, record
from core.registry import Impossible

BEGUN = "audit.begun"


def require_may_hold(proposal: Proposal, person: Person, *, at: datetime) -> Audit | None:
    """The audit, if this is an election for one; `Impossible` where it is over, or the person cannot be its auditor."""
    audit = may.audit_of(proposal)
    if audit is None:
        return None
    for verdict in (may.is_open(audit), may.may_audit(person, proposal, at=at)):
        if not verdict:
            raise Impossible(verdict.reason)
    return audit


def begin(audit: Audit, mandate: Mandate, *, at: datetime) -> None:
    """The audit begins with its mandate: a line in both records, and the body is told. The closer holds both bodies."""
    scope: dict[str, Any] = {"audit": audit.pk, "matters": [*audit.matters], "since": in_utc(audit.since)}
    texts = {"body": audit.body.name}
    record(BEGUN, mandate.body, by=mandate.person, at=at, texts=texts, mandate=mandate.pk, **scope)
    record(BEGUN, audit.body, by=None, at=at, ends=in_utc(mandate.ends_at), **scope)
    tell(
        BEGUN,
        audit.body,
        key=str(mandate.pk),
        at=at,
        person=mandate.person,
        title=mandate.title,
        path=audit.get_absolute_url(),
    )
