"""The history that a record tells, line by line: each handler judges one kind of line by those before it."""

from __future__ import annotations

from typing import Any, Callable

from verify import alternatives
from verify.canonical import Unreadable
from verify.findings import Findings
from verify.times import DAY, moment

from . import (
    accords,
    assemblies,
    audits,
    candidates,
    cases,
    charters,
    confederations,
    defense,
    entered,
    foundings,
    mandates,
    mergings,
    people,
    proposals,
    referrals,
    talk,
    votes,
)
from .state import NOT_DONE, WITHOUT_LABEL, House, Line

HANDLERS: dict[str, Callable[[House, Line], None]] = {
    **charters.HANDLERS,
    **people.HANDLERS,
    **mergings.HANDLERS,
    **proposals.HANDLERS,
    **candidates.HANDLERS,
    **votes.HANDLERS,
    **talk.HANDLERS,
    **alternatives.HANDLERS,
    **entered.HANDLERS,
    **mandates.HANDLERS,
    **foundings.HANDLERS,
    **assemblies.HANDLERS,
    **accords.HANDLERS,
    **cases.HANDLERS,
    **audits.HANDLERS,
    **defense.HANDLERS,
    **confederations.HANDLERS,
    **referrals.HANDLERS,
}
TEXTS: dict[str, Callable[[House, Line, str, str], None]] = {
    "proposal.put_up": charters.worded,
    "charter.adopted": charters.worded,
    "mandate.granted": mandates.entitled,
}
"""Lines whose texts are judged too, where a file has them."""
WRONG = (Unreadable, KeyError, IndexError, TypeError, ValueError, AttributeError, ArithmeticError)
"""What a line that says something else than such lines say may come to."""
AFTER_THE_END = (
    *("mandate.ended", "proposal.decided", "vote.counted", "application.withdrawn", "comment.taken_back"),
    *("record.restored", "body.ended", "board.closed", "board.extended", "case.replaced", "case.closed"),
    *("confederation.left", "confederation.went"),
)
"""What may still be told of a body that has ended."""
WHILE_SUSPENDED = ("host", "recall", "dissolution", "union")
"""Kinds of proposals that a suspended body decides on."""
BEFORE_A_LABEL = ("member.joined",)
BEGINS_ABOVE = ("offer.accepted",)
"""With which lines a label begins; in a confederation only that of somebody who takes a mandate."""


class History:
    """Lines go in, in their order; what does not hold goes to the findings."""

    def __init__(self, findings: Findings) -> None:
        self.house = House(findings)
        self.last = 0
        self.told: Line | None = None

    def tell(self, line: dict[str, Any]) -> None:
        """One line that has the form of a line."""
        seq, what = line["seq"], line["what"]
        self.told = None
        try:
            time, at = moment(line["time"]), moment(line["data"].get("at"))
            told = Line(seq, time, at, what, line["who"], line["data"])
        except Unreadable:
            self.house.findings.add("content", seq, what=what)
            return
        self.told = told
        if time < self.last or at > time:
            self.house.findings.add("time", seq)
        self.last = max(self.last, time)
        known = told.who is None or self.house.knows(told.who) or told.who in WITHOUT_LABEL
        begins = BEGINS_ABOVE if self.house.kind == "confederation" else BEFORE_A_LABEL
        if not known and what not in begins:
            self.house.findings.add("stranger", seq)
        self._not_after_its_time(told)
        handler = HANDLERS.get(what)
        if handler is None:
            self.house.strange[what] += 1
        else:
            try:
                handler(self.house, told)
            except WRONG:
                self.house.findings.add("content", seq, what=what)
        if self.house.waits:
            self.house.waits = [wait for wait in self.house.waits if not (wait.line < seq and wait.met(told))]

    def _not_after_its_time(self, told: Line) -> None:
        """In a body that has ended nothing happens; in one that is suspended nothing new is put up or voted on, but
        another host, recalls and its own end.
        """
        if self.house.ended and told.what not in AFTER_THE_END:
            self.house.findings.add("after_the_end", told.seq, what=told.what)
        put_up = told.what == "proposal.put_up" and told.who is not None
        voted_on = told.what == "vote.opened" and told.data.get("vote") == 1
        if self.house.suspended and (put_up or voted_on) and told.data.get("kind") not in WHILE_SUSPENDED:
            self.house.findings.add("after_suspension", told.seq)

    def text(self, name: str, text: str) -> None:
        """A text beside the line that was told last, and that it commits to."""
        judge = TEXTS.get(self.told.what) if self.told is not None else None
        if self.told is None or judge is None:
            return
        try:
            judge(self.house, self.told, name, text)
        except WRONG:
            self.house.findings.add("content", self.told.seq, what=self.told.what)

    def end(self) -> None:
        """No more lines: nothing that had to follow may be missing, and what has no last moment is told."""
        house = self.house
        for wait in house.waits:
            house.findings.add(wait.code, wait.line, **wait.values)
        for proposal in house.proposals.values():
            if proposal.stage in NOT_DONE:
                house.findings.add("unfinished", proposal.line, proposal=proposal.key)
            vote = proposal.open_vote
            house.findings.unknown["overdue"] += vote is not None and vote.closes + DAY < self.last
            house.findings.unknown["recall_waits"] += proposal.kind == "recall" and proposal.stage == "discussion"
        mandates.judge_renewals(house)
        for mandate in house.mandates.values():
            house.findings.unknown["overdue"] += mandate.ended is None and mandate.ends + DAY < self.last
        house.findings.unknown["strange"] += sum(house.strange.values())
