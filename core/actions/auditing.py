"""The beginning of an audit, with the mandate that an election gives its auditor."""

from datetime import datetime
from typing import Any

from core.actions.telling import tell
from core.models import Mandate
from core.permissions.audits import audit_of
from core.record import in_utc, record

BEGUN = "audit.begun"


def begin_if_elected(mandate: Mandate, *, at: datetime) -> None:
    """Where the mandate is an auditor's, the audit begins with it: a line in both records, and the body is told.

    The closer holds both bodies.
    """
    audit = audit_of(mandate.granted_by)
    if audit is None:
        return
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
