"""The history that a record tells, line by line: each handler judges one kind of line by those before it."""

from __future__ import annotations

from typing import Any, Callable

from verify.canonical import Unreadable
from verify.findings import Findings
from verify.times import moment

from . import assemblies, charters, mandates, people, proposals, votes
from .state import NOT_DONE, WITHOUT_LABEL, House, Line

HANDLERS: dict[str, Callable[[House, Line], None]] = {
    **charters.HANDLERS,
    **people.HANDLERS,
    **proposals.HANDLERS,
    **votes.HANDLERS,
    **mandates.HANDLERS,
    **assemblies.HANDLERS,
}
BEFORE_A_LABEL = ("member.joined",)


class History:
    """Lines go in, in their order; what does not hold goes to the findings."""

    def __init__(self, findings: Findings) -> None:
        self.house = House(findings)
        self.last = 0

    def tell(self, line: dict[str, Any]) -> None:
        """One line that has the form of a line."""
        seq, what = line["seq"], line["what"]
        try:
            time, at = moment(line["time"]), moment(line["data"].get("at"))
            told = Line(seq, time, at, what, line["who"], line["data"])
        except Unreadable:
            self.house.findings.add("content", seq, what=what)
            return
        if time < self.last or at > time:
            self.house.findings.add("time", seq)
        self.last = max(self.last, time)
        known = told.who is None or told.who in self.house.members or told.who in WITHOUT_LABEL
        if not known and what not in BEFORE_A_LABEL:
            self.house.findings.add("stranger", seq)
        handler = HANDLERS.get(what)
        if handler is None:
            self.house.strange[what] += 1
        else:
            try:
                handler(self.house, told)
            except (Unreadable, KeyError, IndexError, TypeError, ValueError, AttributeError, ZeroDivisionError):
                self.house.findings.add("content", seq, what=what)
        if self.house.waits:
            self.house.waits = [wait for wait in self.house.waits if not (wait.line < seq and wait.met(told))]

    def end(self) -> None:
        """No more lines: nothing that had to follow may be missing."""
        house = self.house
        for wait in house.waits:
            house.findings.add(wait.code, wait.line, **wait.values)
        for proposal in house.proposals.values():
            if proposal.stage in NOT_DONE:
                house.findings.add("unfinished", proposal.line, proposal=proposal.key)
            house.findings.unknown["recall_waits"] += proposal.kind == "recall" and proposal.stage == "discussion"
        house.findings.unknown["strange"] += sum(house.strange.values())
