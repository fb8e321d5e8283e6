"""The ballots of open votes, as the members' file has them: who, what, and the tree they stand in."""

from __future__ import annotations

from collections import Counter
from typing import Any

from . import alternatives, elections, merkle
from .canonical import Unreadable, canonical, from_hex
from .counting import SAID
from .history.state import House, Proposal, Vote
from .history.votes import NO_BALLOTS, may_not_block

FORGOTTEN = "leaf"
"""Of a member whose label was destroyed the file has the place in the tree only."""
STRUCK = "struck"
WAYS = ("link", "entered")


class Ballots:
    """The ballots of one vote after the other. `cast` keeps change and leaf of each, for receipts."""

    def __init__(self, house: House) -> None:
        self.house = house
        self.cast: dict[tuple[int, str], tuple[int, str]] = {}
        self.vote = 0
        self.waiting: list[dict[str, Any]] = []

    def add(self, ballot: dict[str, Any]) -> None:
        """One more ballot; those of one vote stand together. Raises `Unreadable`."""
        vote, who = ballot.get("vote"), ballot.get("who")
        if type(vote) is not int or (type(who) is not str and FORGOTTEN not in ballot):
            raise Unreadable("ballot")
        if vote != self.vote:
            self.judge()
            self.vote = vote
        self.waiting.append(ballot)

    def judge(self) -> None:
        """All ballots of a vote are here: do they make its tree and its tally?"""
        ballots, self.waiting = self.waiting, []
        if not ballots:
            return
        proposal, vote = self.house.votes.get(self.vote, (None, None))
        if proposal is None or vote is None or not vote.counted_line or vote.heard or vote.secret:
            self.house.findings.add("ballots_of_no_vote", vote.counted_line if vote else 0, vote=self.vote)
            return
        vote.heard = True
        leaves, choices = self._leaves(vote, ballots)
        if merkle.root_of(sorted(leaves)).hex() != vote.root:
            self.house.findings.add("ballots_root", vote.counted_line, vote=self.vote)
        self._judge_people(proposal, vote, ballots)
        hidden = sum(FORGOTTEN in each for each in ballots)
        vote.hidden, vote.shown = hidden, frozenset(str(each["who"]) for each in ballots if FORGOTTEN not in each)
        if hidden:
            self.house.findings.unknown["forgotten"] += hidden
        struck = len(vote.contested - {each.get("who") for each in ballots}) if hidden else 0
        self._judge_tally(vote, choices, hidden, struck)

    def _leaves(self, vote: Vote, ballots: list[dict[str, Any]]) -> tuple[list[bytes], Counter[Any]]:
        leaves: list[bytes] = []
        choices: Counter[Any] = Counter()
        for ballot in ballots:
            try:
                leaves.append(self._leaf(vote, ballot))
                if FORGOTTEN not in ballot and not self._is_struck(vote, ballot):
                    choices[self._choice(vote, ballot)] += 1
            except Unreadable:
                self.house.findings.add("ballot_form", vote.counted_line, who=str(ballot.get("who"))[:8])
        return leaves, choices

    def _leaf(self, vote: Vote, ballot: dict[str, Any]) -> bytes:
        if FORGOTTEN in ballot:
            return from_hex(ballot[FORGOTTEN], 32)
        who, change = str(ballot["who"]), ballot.get("change")
        if type(change) is not int or change < 1:
            raise Unreadable("ballot")
        content = {name: ballot.get(name) for name in ("vote", "who", "position", "change")}
        if ballot.get("choice") is not None:
            content["choice"] = ballot["choice"]
        if ballot.get("way") is not None:
            content["way"] = self._way(vote, ballot)
        leaf = merkle.leaf(from_hex(ballot.get("nonce"), 32) + canonical(content).encode())
        self.cast[vote.key, who] = (change, leaf.hex())
        return leaf

    def _way(self, vote: Vote, ballot: dict[str, Any]) -> str:
        """How a ballot came that was not given on the page: by a link, or entered by two of whom the record tells."""
        way = ballot["way"]
        if way not in WAYS:
            raise Unreadable("way")
        if way == "entered" and ballot.get("who") not in vote.entered:
            self.house.findings.add("entered_without", vote.counted_line, who=str(ballot.get("who"))[:8])
        return str(way)

    def _is_struck(self, vote: Vote, ballot: dict[str, Any]) -> bool:
        """Whether its elector struck out what was entered for them, as the record tells: then it counts nothing."""
        if ballot.get("position") != STRUCK:
            return False
        if ballot.get("who") not in vote.contested or ballot.get("choice") is not None:
            self.house.findings.add("struck_without", vote.counted_line, who=str(ballot.get("who"))[:8])
        return True

    def _choice(self, vote: Vote, ballot: dict[str, Any]) -> Any:
        if vote.terms.rule in elections.RULES:
            return elections.read(ballot.get("choice"), vote)
        if vote.others:
            return alternatives.read(ballot, vote)
        position = ballot.get("position")
        if position not in SAID[vote.terms.rule]:
            raise Unreadable("position")
        return position

    def _judge_people(self, proposal: Proposal, vote: Vote, ballots: list[dict[str, Any]]) -> None:
        """One ballot each, from the roll only; no block of those who may not."""
        people = Counter(each.get("who") for each in ballots if FORGOTTEN not in each)
        for who, number in people.items():
            if who not in vote.roll:
                self.house.findings.add("not_on_roll", vote.counted_line, who=str(who)[:8])
            if number > 1:
                self.house.findings.add("voted_twice", vote.counted_line, who=str(who)[:8])
        named = [each for each in ballots if FORGOTTEN not in each]
        blocked = frozenset(str(each["who"]) for each in named if each.get("position") == "block")
        forbidden = may_not_block(proposal, vote)
        for who in sorted(blocked & (forbidden or frozenset())):
            self.house.findings.add("blocked_again", vote.counted_line, who=who[:8])
        blockers = frozenset(str(each["who"]) for each in named if alternatives.blocks(each, vote))
        vote.blockers = blockers if len(named) == len(ballots) else None

    def _judge_tally(self, vote: Vote, choices: Counter[Any], hidden: int, struck: int) -> None:
        """`hidden` ballots are of who was forgotten; so many of them at most, `struck`, count nothing."""
        findings = self.house.findings
        if vote.terms.rule in elections.RULES:
            if not hidden:
                elections.recount(self.house, vote, choices, vote.counted_line)
            return
        if vote.others:
            if not hidden:
                alternatives.recount(self.house, vote, choices, vote.counted_line)
            return
        told = {name: number for name, number in (vote.tally or {}).items() if number}
        fits = all(choices[name] <= told.get(name, 0) for name in choices)
        missing = sum(choices.values()) + hidden - sum(told.values())
        if not fits or not 0 <= missing <= struck:
            findings.add("ballots_not_tally", vote.counted_line, vote=vote.key)
        elif not hidden:
            findings.checked["recounted"] += 1

    def end(self) -> None:
        """No more ballots: none may be missing."""
        self.judge()
        for key, (_proposal, vote) in self.house.votes.items():
            if vote.counted_line and not vote.secret and not vote.heard and vote.root != NO_BALLOTS:
                self.house.findings.add("ballots_missing", vote.counted_line, vote=key)
            self._judge_hidden(vote)

    def _judge_hidden(self, vote: Vote) -> None:
        """No more ballots of the forgotten than electors who have left, and whose ballots are not shown."""
        if not vote.hidden:
            return
        left = sum(self.house.members[label].ended is not None for label in vote.roll - vote.shown)
        if vote.hidden > left:
            self.house.findings.add("forgotten_too_many", vote.counted_line, number=vote.hidden, left=left)
