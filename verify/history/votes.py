"""Votes: opened as the charter says, closed in time, decided as the count says (invariants 3, 4, 5, 8, 9 and 10)."""

from __future__ import annotations

from verify import alternatives, elections, merkle, secret
from verify.canonical import Unreadable
from verify.counting import Terms, can_be, carried_early, outcome
from verify.terms import (
    ALSO_ABOVE,
    BY_CLOCK,
    BY_OTHERS,
    CALLED_AGAIN,
    CHARTER_DISCUSSION,
    KINDS,
    ONE_VOTE,
    Numbers,
    fraction,
    terms_of,
)
from verify.times import DAY, HOUR, has_hours_by_day, zone_of

from . import candidates
from .entered import helped
from .state import House, Line, Proposal, Vote

SECOND_CALL_DAYS = 7
ANYBODY_AFTER_DAYS = 7
SECONDS = 2
NO_BALLOTS = merkle.root_of([]).hex()
AFTER_MEETING = DAY
LONGEST_MEETING = 12 * HOUR
OPENS = {"discussion": "first", "second_call": "second_call", "weak": "weak", "reopen": "void", "round": "round"}
"""At which stage a vote can open, and what its line then says why it does."""
SECRET_SINCE = 2
"""Under charters of the first rules such votes may have been open: the house could not hold secret ones yet."""


def matter_of(house: House, proposal: Proposal) -> str:
    """How a proposal is decided."""
    if proposal.matter:
        return proposal.matter
    if proposal.kind == "decision" and proposal.urgent:
        return "urgent"
    if proposal.kind == "admission":
        application = house.applications.get(proposal.about.get("application", 0))
        return "admission" if application is not None and application.contested else "ordinary"
    return KINDS.get(proposal.kind, "ordinary")


def opened(house: House, line: Line) -> None:
    """A vote opens. Everything that it keeps until its close must follow from the lines before."""
    proposal = house.proposal(line)
    if proposal.kind in ALSO_ABOVE and not proposal.votes and line.text("matter") == "above":
        proposal.matter = "above"
    why, matter = line.text("why"), matter_of(house, proposal)
    house.unless(OPENS.get(proposal.stage) == why, "opened_at_wrong_stage", line)
    first = proposal.votes[0] if proposal.votes else None
    if first is None:
        proposal.charter = house.in_force[-1] if house.in_force else 0
    numbers = house.charters.get(proposal.charter)
    if numbers is None:
        raise Unreadable("charter")
    second = why == "second_call" or (why == "void" and bool(proposal.votes) and proposal.votes[-1].second)
    vote = _vote(house, proposal, line, matter, numbers, second=second)
    kept = (line.number("vote"), line.text("kind"), line.text("matter"), line.number("charter"), line.number("version"))
    expected = (len(proposal.votes) + 1, proposal.kind, matter, proposal.charter, proposal.version)
    house.unless(kept == expected and line.flag("second_call") == second, "opened_otherwise", line)
    if first is None and proposal.kind != "recall":
        _check_discussion(house, proposal, line, numbers)
    if why == "round":
        house.unless(line.at >= proposal.round_ends, "round_too_short", line)
    _check_window(house, vote, line, matter, numbers)
    _check_secrecy(house, vote, line, matter, numbers)
    secret.opened(house, vote, line)
    if matter == "election":
        candidates.judge_list(house, proposal, vote, line)
    house.unless(vote.key not in house.votes, "vote_key_twice", line)
    proposal.votes.append(vote)
    house.votes[vote.key] = (proposal, vote)
    proposal.stage, proposal.line = "voting", line.seq


def _vote(house: House, proposal: Proposal, line: Line, matter: str, numbers: Numbers, *, second: bool) -> Vote:
    """The vote as its line tells it; roll, rule and fractions are those that the rules give."""
    roll = house.electors(line.at) - {proposal.about.get("about") if proposal.kind == "removal" else None}
    same = line.number("roll") == len(roll)
    fewer = matter == "people" and line.number("roll") < len(roll)  # who is asked elsewhere is not asked here
    house.unless(same or fewer, "roll", line, said=line.number("roll"), found=len(roll))
    votes = proposal.votes
    rule_roll = votes[0].terms.roll if votes else len(roll)
    weakened = line.text("why") == "weak" or (bool(votes) and votes[-1].terms.rule != votes[0].terms.rule)
    listed, seats, seed = elections.opened(line) if matter == "election" else ([], 0, "")
    method = elections.method(line.text("rule"), seats) if matter == "election" else ""
    others, lots = alternatives.opened(house, proposal, line)
    right = terms_of(matter, numbers, rule_roll, line.number("roll"), second=second, weakened=weakened, method=method)
    said = Terms(
        line.text("rule"),
        line.number("roll"),
        fraction(line.data.get("quorum")),
        fraction(line.data.get("agreement")),
        fraction(line.data.get("asides")),
    )
    house.unless(said == right, "terms", line)
    return Vote(
        number=len(votes) + 1,  # what the line says was compared: numbers lead from vote to vote
        key=line.number("id"),
        terms=right,
        line=line.seq,
        opened=line.at,
        closes=line.moment("closes"),
        meets=None if line.data.get("meets_until") is None else line.moment("meets_until"),
        second=second,
        secret=line.flag("secret"),
        codes=line.flag("codes"),
        roll=roll,
        after_round=proposal.stage == "round",
        candidates=listed,
        seats=seats,
        seed=seed or lots,
        others=others,
    )


def _check_discussion(house: House, proposal: Proposal, line: Line, numbers: Numbers) -> None:
    """Talked over long enough; opened by its author, after twice the time by any member, or by the clock."""
    if proposal.urgent:
        house.unless(len(proposal.seconds) >= SECONDS, "too_few_seconds", line)
        return
    least = (
        max(numbers.whole["discussion_days"], CHARTER_DISCUSSION if KINDS.get(proposal.kind) == "charter" else 0) * DAY
    )
    soon = proposal.waived or proposal.kind in BY_OTHERS
    house.unless(soon or line.at >= proposal.discussion + least, "talk_too_short", line)
    by_clock = proposal.kind in BY_CLOCK or "confirms" in proposal.about
    if line.who is None:
        house.unless(by_clock, "opened_by_nobody", line)
        return
    house.unless(not by_clock, "opened_by_other", line)
    house.unless(house.is_member(line.who), "opened_by_stranger", line)
    if not house.may_be(line.who, proposal.author):
        for_all = max(2 * least, ANYBODY_AFTER_DAYS * DAY)
        house.unless(line.at >= proposal.discussion + for_all, "opened_early_by_other", line)


def _check_window(house: House, vote: Vote, line: Line, matter: str, numbers: Numbers) -> None:
    """It stays open as long as the charter says; an urgent one long enough for people to hear of it. One that an
    assembly takes is open for a day after the assembly's planned end, at least; the assembly begins before the vote
    would close without it, so nobody holds a vote open by calling one for next year.
    """
    if house.proposals[line.number("proposal")].kind in BY_OTHERS:
        house.unless(vote.closes > line.at, "window", line)
        house.findings.unknown["others"] += 1
        return
    hours = numbers.whole["recall_hours" if matter == "recall" else "voting_hours"]
    window = SECOND_CALL_DAYS * DAY if vote.second else hours * HOUR
    after_meeting = vote.meets + AFTER_MEETING if vote.meets is not None else 0
    if vote.meets is not None:
        house.unless(not vote.secret and vote.meets < line.at + window + LONGEST_MEETING, "window", line)
    if matter == "urgent":
        longest = max(line.at + window, after_meeting)
        house.unless(line.at + 12 * HOUR <= vote.closes <= longest and vote.closes >= after_meeting, "window", line)
        zone = zone_of(str(numbers.zone))
        if zone is None:
            house.findings.unknown["zone"] += 1
        else:
            house.unless(has_hours_by_day(line.at, vote.closes, zone, 8), "window_by_night", line)
        return
    house.unless(vote.closes == max(line.at + window, after_meeting), "window", line)


def _check_secrecy(house: House, vote: Vote, line: Line, matter: str, numbers: Numbers) -> None:
    """What has to be secret is, and nothing else ever is. An open vote where a secret one is due stands only under a
    charter of the first rules: with no key the house waits for one, it never votes openly instead.
    """
    due = secret.is_due(matter, numbers, vote.terms.roll)
    before = not vote.secret and numbers.rules < SECRET_SINCE
    house.unless(vote.secret == due or before, "secret_otherwise", line)


def counted(house: House, line: Line) -> None:
    """A vote is counted: in time, on its roll, with the outcome that the tally gives."""
    proposal = house.proposal(line)
    vote = proposal.open_vote
    if not house.unless(vote is not None and vote.number == line.number("vote"), "counted_without", line):
        return
    if vote is None:
        return
    house.findings.checked["votes"] += 1
    vote.outcome, vote.counted_line = line.text("outcome"), line.seq
    if not vote.secret:
        vote.root = line.text("ballots")
    house.unless(line.number("roll") == vote.terms.roll, "roll_changed", line)
    if vote.terms.rule in elections.RULES:
        elections.check(house, proposal, vote, line)
    else:
        _check_tally(house, proposal, vote, line)
        alternatives.check(house, proposal, vote, line)
    if vote.secret:
        secret.check(house, vote, line)
        helped(house, proposal, vote, line)
    else:
        _check_root(house, vote, line)
    _check_time(house, proposal, vote, line)
    _follow(house, proposal, vote, line)


def _check_tally(house: House, proposal: Proposal, vote: Vote, line: Line) -> None:
    tally = line.data.get("tally")
    if vote.secret and tally is None:
        house.findings.unknown["outcome_only"] += vote.outcome not in ("overtaken", "void")
        return
    if not isinstance(tally, dict) or not can_be(tally, vote.terms):
        house.findings.add("tally_impossible", line.seq)
        return
    vote.tally = tally
    house.findings.checked["ballots"] += sum(tally.values())
    if vote.outcome in ("overtaken", "void"):
        return
    right = outcome(tally, vote.terms)
    said = (vote.outcome, line.text("reason"))
    house.unless(said == right, "outcome", line, said=said[0], found=right[0], reason=right[1])


def _check_root(house: House, vote: Vote, line: Line) -> None:
    """A tree of ballots where there is a count, none where nobody voted; what was struck out is in it, uncounted."""
    tally = line.data.get("tally")
    cast = tally if isinstance(tally, dict) else {}
    number = cast.get("ballots") if vote.terms.rule in elections.RULES else sum(cast.values())
    struck = number == 0 and bool(vote.contested)
    house.unless((vote.root == NO_BALLOTS) == (number == 0) or struck, "root_otherwise", line)


def _check_time(house: House, proposal: Proposal, vote: Vote, line: Line) -> None:
    """Never before its closing time, but for an open recall that is carried, and what is overtaken or void."""
    if vote.outcome == "overtaken":
        house.unless(line.text("reason") == "overtaken", "outcome", line, said=vote.outcome, found="", reason="")
        mandate = house.mandates.get(proposal.about.get("mandate", 0))
        by_others = proposal.kind in BY_OTHERS
        house.findings.unknown["others"] += by_others
        gone = mandate is not None or house.ended or proposal.fallen or by_others
        house.unless(gone, "overtaken_without", line)
        if mandate is not None and mandate.ended is None:
            key = proposal.about["mandate"]
            house.must_follow("overtaken_without", line, lambda later: _mandate_ends(later, key))
    elif vote.outcome == "void":
        restored = house.restored_line > vote.line
        why = "void" if restored else "key_lost"
        house.unless((restored or vote.secret) and line.text("reason") == why, "void_without", line)
        house.findings.unknown["key_lost"] += not restored
    else:
        early = vote.tally is not None and not vote.secret and carried_early(vote.tally, vote.terms)
        house.unless(line.at >= vote.closes or early, "closed_early", line)


def _mandate_ends(line: Line, mandate: int) -> bool:
    return line.what == "mandate.ended" and line.data.get("mandate") == mandate


def _follow(house: House, proposal: Proposal, vote: Vote, line: Line) -> None:
    """What has to come after this count: a second call, a round, weak consensus, a new opening, or the decision."""
    numbers, proposal.line = house.charters[proposal.charter], line.seq
    if vote.outcome == "void":
        proposal.stage = "reopen"
    elif vote.outcome == "no_quorum" and _calls_again(house, proposal):
        proposal.stage = "second_call"
    elif vote.outcome == "blocked" and matter_of(house, proposal) in ONE_VOTE:
        proposal.stage, proposal.outcome = "decide", vote.outcome
    elif vote.outcome == "blocked" and proposal.rounds < numbers.whole["rounds_max"]:
        proposal.stage = "round_due"
    elif vote.outcome == "blocked" and numbers.weak_after_rounds:
        proposal.stage = "weak"
    else:
        proposal.stage, proposal.outcome = "decide", vote.outcome
    _confirm(house, proposal, vote, line)


def _calls_again(house: House, proposal: Proposal) -> bool:
    matter = matter_of(house, proposal)
    return matter in CALLED_AGAIN and not any(each.second for each in proposal.votes)


def _confirm(house: House, proposal: Proposal, vote: Vote, line: Line) -> None:
    """An urgent decision ends when the first vote on its confirmation does not adopt it."""
    urgent = house.proposals.get(proposal.about.get("confirms", 0))
    if urgent is None or not urgent.in_force or vote.outcome in ("adopted", "void"):
        return
    if any(each.outcome != "void" for each in proposal.votes[:-1]):
        return
    key = urgent.key
    house.must_follow("unconfirmed_stays", line, lambda later: _ends_unconfirmed(later, key), proposal=key)


def _ends_unconfirmed(line: Line, decision: int) -> bool:
    said = line.data.get("why") == "not_confirmed"
    return line.what == "decision.ended" and line.data.get("proposal") == decision and said


def may_not_block(proposal: Proposal, vote: Vote) -> frozenset[str] | None:
    """Who blocked before and neither wrote nor attended in the round; None where earlier ballots are not known."""
    before = proposal.votes[vote.number - 2] if vote.number > 1 else None
    if before is None:
        return frozenset()
    if not vote.after_round:
        return may_not_block(proposal, before)
    if before.blockers is None:
        return None
    spoken = proposal.spoke.get(sum(each.after_round for each in proposal.votes[: vote.number]), set())
    return before.blockers - spoken


HANDLERS = {"vote.opened": opened, "vote.counted": counted}
