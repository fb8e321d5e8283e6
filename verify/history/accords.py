"""What several bodies decide alike, as the record of one of them tells it: asked, come to nothing, done.

What the others have decided stands in their own records, which are not known here.
"""

from __future__ import annotations

from verify.times import DAY

from .state import House, Line, Proposal

KINDS = ("union", "host", "confederate", "join")
NOTICE = 30 * DAY


def asked(house: House, line: Line) -> None:
    """The body has adopted it: now the others are asked."""
    proposal = house.proposal(line)
    house.unless(proposal.kind in KINDS and proposal.in_force, "accord_without", line)


def fell(house: House, line: Line) -> None:
    """It came to nothing: what was decided of it ends, what was being decided is overtaken."""
    proposal = house.proposal(line)
    fits = proposal.kind in KINDS and (proposal.in_force or proposal.stage in ("discussion", "voting", "round"))
    house.unless(fits and not proposal.fallen, "accord_without", line)
    proposal.fallen, key = True, proposal.key
    house.must_follow("accord_stays", line, lambda later: _lets_go(later, key), proposal=key)


def _lets_go(line: Line, proposal: int) -> bool:
    ends = line.what == "decision.ended" and line.data.get("why") == "fell"
    overtaken = line.what == "proposal.decided" and line.data.get("outcome") == "overtaken"
    return (ends or overtaken) and line.data.get("proposal") == proposal


def united(house: House, line: Line) -> None:
    """Others have become one with this body: as it decided, 30 days later; their members join in the lines after it."""
    proposal, ended = house.proposal(line), line.texts("ended")
    fits = may_end(proposal, line, leads=True) and sorted(ended) == proposal.about.get("others")
    house.unless(fits and not proposal.seen, "united_without", line)
    proposal.seen = True
    for pair in line.data.get("sooner") or []:
        label, time = (str(each) for each in pair)
        member, voice_from = house.members.get(label), _moment(line, time)
        sooner = member is not None and line.at <= voice_from < member.voice_from
        if house.unless(sooner, "united_without", line) and member is not None:
            member.voice_from = voice_from
    house.coming = line.number("came")
    if house.coming:
        house.must_follow("comes_not", line, lambda _later: house.coming == 0)


def _moment(line: Line, time: str) -> int:
    return Line(line.seq, line.time, line.at, line.what, line.who, {"time": time}).moment("time")


def may_end(proposal: Proposal, line: Line, *, leads: bool) -> bool:
    """Whether bodies become one by this proposal at that moment; `leads` is the side of the one that goes on."""
    decided = proposal.kind == "union" and proposal.in_force and line.at >= proposal.decided_at + NOTICE
    return decided and proposal.about.get("leads") is leads


def chosen(house: House, line: Line) -> None:
    """The body answers to the host that it has decided on."""
    _hosts(house, line, leads=False, other=line.text("host"))
    house.suspended = False


def agreed(house: House, line: Line) -> None:
    """The body is the host of the one that it has agreed to."""
    _hosts(house, line, leads=True, other=line.text("hosted"))


def _hosts(house: House, line: Line, *, leads: bool, other: str) -> None:
    proposal = house.proposal(line)
    decided = proposal.kind == "host" and proposal.in_force and not proposal.seen
    named = proposal.about.get("leads") is leads and proposal.about.get("others") == [other]
    house.unless(decided and named, "host_without", line)
    proposal.seen = True


HANDLERS = {
    "accord.asked": asked,
    "accord.fell": fell,
    "bodies.united": united,
    "host.chosen": chosen,
    "host.agreed": agreed,
}
