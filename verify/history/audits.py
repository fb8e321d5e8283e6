"""Audits, as the host's record tells them (under a mandate) and that of the body (without); recognition that ends."""

from __future__ import annotations

from verify.canonical import Unreadable

from .state import Audit, House, Line

SEVERITIES = ("note", "fault", "grave")


def begun(house: House, line: Line) -> None:
    """An audit begins with its mandate; in the body's own record its end is told with it."""
    key, under, matters = line.number("audit"), line.maybe("mandate"), line.texts("matters")
    if under is None:
        ends, fits = line.moment("ends"), line.who is None
    else:
        mandate = house.mandates.get(under)
        fits = mandate is not None and mandate.starts == line.at and mandate.holder == line.who
        ends = mandate.ends if mandate is not None else 0
    audit = house.audits.setdefault(key, Audit(matters=frozenset(matters)))
    fits = fits and bool(matters) and audit.matters == frozenset(matters) and under not in audit.mandates
    house.unless(fits and line.moment("since") <= line.at < ends, "audit_without", line)
    audit.ends = max(audit.ends, ends)
    audit.mandates.add(under)


def read(house: House, line: Line) -> None:
    """The auditor reads what was given to be read."""
    audit = _acting(house, line)
    house.unless(line.text("matter") in audit.matters, "audit_act", line)
    audit.read.add(line.number("reading"))


def found(house: House, line: Line) -> None:
    """A finding, in its order, shown by what was read."""
    audit, shown = _acting(house, line), line.data.get("evidence")
    numbered = line.number("finding") == audit.findings + 1 and line.text("severity") in SEVERITIES
    seen = isinstance(shown, list) and bool(shown) and all(each in audit.read for each in shown)
    house.unless(numbered and seen, "finding_wrongly", line)
    audit.findings += 1


def answered(house: House, line: Line) -> None:
    """A member of the body answers: in its own record with a label, in the host's without one."""
    audit = _audit(house, line)
    inside = None in audit.mandates
    fits = house.is_member(line.who) if inside else line.who is None
    house.unless(fits and 1 <= line.number("finding") <= audit.findings, "finding_wrongly", line)


def withdrawn(house: House, line: Line) -> None:
    """The host recognises a body no longer, by a decision."""
    proposal = house.proposal(line)
    house.unless(proposal.kind == "recognition" and proposal.effect == "due", "recognition_without", line)
    proposal.seen = True


def suspended(house: House, _line: Line) -> None:
    """The body's host has ended, as stands in another record."""
    house.suspended = True


def lost(house: House, line: Line) -> None:
    """The body's host recognises it no longer; the decision stands in another record."""
    house.suspended = line.flag("suspended")


def _audit(house: House, line: Line) -> Audit:
    found = house.audits.get(line.number("audit"))
    if found is None:
        raise Unreadable("audit")
    return found


def _acting(house: House, line: Line) -> Audit:
    """The audit, which must be under way: under the auditor's mandate in force, before its end."""
    audit, under = _audit(house, line), line.maybe("mandate")
    if under is None:
        fits = line.who is None and line.at < audit.ends
    else:
        mandate = house.mandates.get(under)
        fits = mandate is not None and mandate.ended is None and line.at < mandate.ends
        fits = fits and mandate is not None and house.may_be(line.who, mandate.holder)
    house.unless(fits and under in audit.mandates, "audit_act", line)
    return audit


HANDLERS = {
    "audit.begun": begun,
    "audit.read": read,
    "finding.made": found,
    "finding.answered": answered,
    "recognition.withdrawn": withdrawn,
    "recognition.lost": lost,
    "body.suspended": suspended,
}
