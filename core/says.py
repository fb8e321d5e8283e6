"""What core registers of its own in the places where pillars do: audits, with their news, lines, matters and duties."""

from core.actions import answers_due
from core.notices.audits import register_news
from core.permissions.audits import audited_by, may_audit, may_join
from core.queries import calls
from core.queries.audit_matters import register_matters
from core.queries.audits import panels_of
from core.queries.findings_waiting import SOURCE
from core.registry import (
    STANDS,
    TOUCHED_BY_ELECTIONS,
    Asked,
    Duty,
    register_check,
    register_duty,
    register_panels,
)
from core.words.audits import GROUP, LABEL, SAYS
from core.words.records import register_lines


def register_says() -> None:
    """Called once at start-up."""
    register_check(Asked.JOIN, may_join)
    STANDS.append(may_audit)
    TOUCHED_BY_ELECTIONS.append(audited_by)
    register_duty(Duty("finding", answers_due.remind, answers_due.to_remind))
    register_panels(panels_of)
    calls.register(SOURCE)
    register_matters()
    register_news()
    register_lines(GROUP, LABEL, SAYS)
