"""Who may do what with a proposal before its vote: put it up, change it, take it back, appeal, accept."""

from __future__ import annotations

from verify.terms import BY_CLOCK
from verify.times import DAY

from .state import House, Line, Proposal

COUNTING = (
    "decision",
    "mandate",
    "election",
    "charter",
    "removal",
    "union",
    "host",
    "confederate",
    "join",
    "leave_above",
    "forward",
)
"""Kinds of which a member has only so many open at once, as the charter says."""
DONE = ("closed", "withdrawn")
APPEAL_DAYS = 14


def judge(house: House, proposal: Proposal, line: Line) -> None:
    """Judge a proposal that comes into discussion: by whom it may, and what it may not be."""
    house.unless(proposal.kind == "decision" or not proposal.urgent, "urgent_otherwise", line)
    too_dear = proposal.urgent and (line.maybe("sum") or 0) > house.charter.whole["urgent_sum"]
    house.unless(not too_dear, "urgent_too_dear", line)
    if proposal.kind == "appeal":
        _judge_appeal(house, proposal, line)
    elif proposal.kind == "case_appeal":  # by one of two sides, whom the record does not name
        house.must_follow("case_appealed_without", line, lambda later: _appeals_case(later, proposal.key))
    elif line.who is None:
        house.unless(_begins_by_itself(house, proposal), "put_up_by_nobody", line)
    else:
        house.unless(house.is_member(line.who), "put_up_by_stranger", line)
        house.unless("confirms" not in proposal.about and proposal.kind != "review", "put_up_by_stranger", line)
        house.unless(not _has_enough(house, proposal, line), "put_up_too_many", line)


def _begins_by_itself(house: House, proposal: Proposal) -> bool:
    """A confirmation, a review, the vote on an admission to which somebody objected, and what a confederation is
    asked.
    """
    about = proposal.about
    urgent = house.proposals.get(about.get("confirms", 0))
    if urgent is not None:
        return proposal.kind == "decision" and urgent.urgent and urgent.outcome == "adopted"
    application = house.applications.get(about.get("application", 0))
    if application is not None:
        return proposal.kind == "admission" and application.contested
    if house.kind == "confederation":
        return True  # bodies put it there, which their own records tell
    if proposal.kind in ("referral", "people"):
        return True  # a confederation asks
    return proposal.kind == "review" and about.get("reviews", 0) in house.proposals


def _has_enough(house: House, proposal: Proposal, line: Line) -> bool:
    """Whether its author has as many open proposals already as the charter allows."""
    if proposal.kind not in COUNTING:
        return False
    under_way = [each for each in house.under_way.get(line.who or "", []) if each.stage not in DONE]
    house.under_way[line.who or ""] = [*under_way, proposal]
    return len(under_way) >= house.charter.whole["open_proposals"]


def _judge_appeal(house: House, proposal: Proposal, line: Line) -> None:
    """Who was removed appeals, once, within 14 days."""
    removal = house.proposals.get(proposal.about.get("appeals", 0))
    if not house.unless(removal is not None and removal.kind == "removal", "appeal_without", line) or removal is None:
        return
    in_time = removal.outcome == "adopted" and line.at <= removal.decided + APPEAL_DAYS * DAY
    first = not any(each is not proposal for each in house.linked("appeals", removal.key))
    house.unless(in_time and first and house.may_be(line.who, removal.about.get("about")), "appeal_otherwise", line)


def _appeals_case(line: Line, proposal: int) -> bool:
    return line.what == "case.appealed" and line.data.get("proposal") == proposal


def is_by_author(house: House, proposal: Proposal, line: Line) -> bool:
    """Whether the author does it, as far as labels tell."""
    return house.may_be(line.who, proposal.author)


def can_be_withdrawn(proposal: Proposal) -> bool:
    """Recalls, and what the clock opens, cannot be taken back."""
    by_itself = proposal.kind in BY_CLOCK or proposal.kind == "recall" or "confirms" in proposal.about
    return proposal.stage == "discussion" and not by_itself
