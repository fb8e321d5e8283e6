"""Proposals from discussion to decision, and what adopting each one has to do."""

from __future__ import annotations

from verify.terms import BY_OTHERS, KINDS, STANDS

from . import authors
from .state import WITHOUT_LABEL, House, Line, Proposal

EFFECTS = (
    *("mandate", "recall", "charter", "admission", "removal", "appeal", "review", "election"),
    *("profile", "joint", "case_appeal", "recognition", "defense", "code", "post", "post_closing"),
    *("leave_above", "forward", "own_word", "call_down", "withdraw_confidence", "cede", "take_back", "referral"),
)
"""Kinds whose adoption does something by itself."""
WITHOUT_A_LINE = ("referral",)
"""Of these what adoption does is told elsewhere: what a body says stands in the record of its confederation."""
ABOUT = (
    "about",
    "charter",
    "application",
    "confirms",
    "replaces",
    "reviews",
    "appeals",
    "asks",
    "offer",
    "mandate",
    "seats",
    "ranked",
    "days",
    "numbers",
    "leads",
    "others",
)
UNDECIDED = ("discussion", "round", "voting", "waits", "people")
LINKS = ("confirms", "replaces", "reviews", "application", "appeals", "mandate")
"""Keys of other things by which a proposal is found again."""


def put_up(house: House, line: Line) -> None:
    """A proposal comes into discussion."""
    key, kind = line.number("proposal"), line.text("kind")
    house.unless(key not in house.proposals, "put_up_twice", line)
    if kind not in KINDS and kind != "admission":
        house.findings.unknown["kind"] += 1
    about = {name: line.data[name] for name in ABOUT if line.data.get(name) is not None}
    proposal = Proposal(key, kind, line.flag("urgent"), line.who, line.at, line.number("version"), about=about)
    proposal.drafted_under = house.in_force[-1] if house.in_force else 0
    authors.judge(house, proposal, line)
    house.proposals[key] = proposal
    for name in LINKS:
        if type(about.get(name)) is int:
            house.links.setdefault((name, about[name]), []).append(proposal)
    application = house.applications.get(about.get("application", 0))
    if application is not None:
        application.stage = "deciding"


def revised(house: House, line: Line) -> None:
    """Its author writes a new version."""
    rewritten(house, house.proposal(line), line)


def rewritten(house: House, proposal: Proposal, line: Line) -> None:
    """A new version of the text: who seconded or accepted another one is asked anew."""
    version = line.number("version")
    fits = proposal.stage in ("discussion", "round") and version == proposal.version + 1
    house.unless(fits, "revised_late", line)
    house.unless(authors.is_by_author(house, proposal, line), "not_by_author", line)
    proposal.version = version
    proposal.waived = False
    proposal.seconds.clear()
    offer = proposal.about.get("offer")
    if isinstance(offer, dict) and offer.get("who") != line.who:
        proposal.accepted = False


def withdrawn(house: House, line: Line) -> None:
    """Its author takes it back; not once voting has begun, and never a recall."""
    proposal = house.proposal(line)
    house.unless(authors.can_be_withdrawn(proposal), "withdrawn_late", line)
    house.unless(authors.is_by_author(house, proposal, line), "not_by_author", line)
    proposal.stage = "withdrawn"


def seconded(house: House, line: Line) -> None:
    """Another member seconds an urgent proposal."""
    proposal = house.proposal(line)
    fits = proposal.urgent and proposal.stage == "discussion" and line.who != proposal.author
    house.unless(fits and house.is_member(line.who), "seconded_wrongly", line)
    proposal.seconds.add(line.who or "")


def accepted(house: House, line: Line) -> None:
    """Who is asked to take a mandate accepts."""
    proposal, offer = house.proposal(line), house.proposal(line).about.get("offer")
    named = isinstance(offer, dict) and house.may_be(line.who, offer.get("who"))
    if house.kind == "confederation":
        fits = named
        house.holders.add(line.who or "")
    elif proposal.kind == "forward":  # of a mandate above, for anybody from below; who they are is told there
        fits = line.who in WITHOUT_LABEL or house.is_member(line.who)
    else:
        fits = named and house.is_member(line.who)
    house.unless(fits and proposal.stage in ("discussion", "voting", "round"), "accepted_by_other", line)
    proposal.accepted = True


def spoke(house: House, line: Line) -> None:
    """Somebody spoke; in a round of talks that keeps their right to block."""
    proposal = house.proposal(line)
    spoken_in = line.number("round")
    fits = spoken_in == (proposal.rounds if proposal.stage == "round" else 0)
    house.unless(fits and house.is_member(line.who), "spoke_in_no_round", line)
    proposal.spoke.setdefault(spoken_in, set()).add(line.who or "")


def round_started(house: House, line: Line) -> None:
    """A block stands: a round of talks, as long as the charter of the first vote says."""
    proposal = house.proposal(line)
    house.unless(proposal.stage == "round_due", "round_without", line)
    proposal.rounds += 1
    days = house.charters[proposal.charter].whole["round_days"] if proposal.charter in house.charters else -1
    house.unless(line.number("round") == proposal.rounds and line.number("days") == days, "round_length", line)
    proposal.round_ends = line.moment("until")
    proposal.stage = "round"


def decided(house: House, line: Line) -> None:
    """The outcome is what the count made necessary, and what adoption does has to follow."""
    proposal, outcome = house.proposal(line), line.text("outcome")
    fits = proposal.stage == "decide" and proposal.outcome == outcome
    gone = (house.ended or proposal.fallen or proposal.kind in BY_OTHERS) and outcome == "overtaken"
    fits = fits or (gone and not proposal.open_vote and proposal.stage in UNDECIDED)
    in_force = proposal.stage == "waits" and outcome == "adopted" and line.at >= proposal.not_before
    fits = fits or (in_force and not proposal.narrow)
    house.unless(fits or _waited_in_vain(house, proposal, line), "decided_otherwise", line, outcome=outcome)
    house.findings.checked["decisions"] += 1
    proposal.stage, proposal.outcome, proposal.line, proposal.decided = "closed", outcome, line.seq, line.at
    if outcome == "adopted":
        _carries_out(house, proposal, line)
    elif proposal.kind == "admission" and "application" in proposal.about:
        asked = proposal.about["application"]
        house.must_follow(
            "refusal_missing", line, lambda later: _is(later, "application.refused", "application", asked)
        )
    elif proposal.kind == "review" and outcome in ("not_adopted", "blocked"):
        _ends_decision(house, line, proposal.about.get("reviews"), "reviewed", proposal.key)


def _waited_in_vain(house: House, proposal: Proposal, line: Line) -> bool:
    """A recall that waited for a key until its mandate ended otherwise: it is overtaken without a vote."""
    key = proposal.about.get("mandate")
    waiting = proposal.stage == "discussion" or (proposal.stage == "voting" and not proposal.votes)
    if proposal.kind != "recall" or not waiting or line.text("outcome") != "overtaken":
        return False
    house.must_follow("overtaken_without", line, lambda later: _is(later, "mandate.ended", "mandate", key))
    return True


def _is(line: Line, what: str, name: str, key: object) -> bool:
    return line.what == what and line.data.get(name) == key


def _carries_out(house: House, proposal: Proposal, line: Line) -> None:
    key = proposal.key
    proposal.in_force, proposal.decided_at = proposal.kind in STANDS, line.at
    if proposal.kind in EFFECTS:
        house.is_due(proposal)
        proposal.seen = proposal.kind in WITHOUT_A_LINE
        house.must_follow("effect_missing", line, lambda later: _carried(later, key), proposal=key)
    if "replaces" in proposal.about:
        _ends_decision(house, line, proposal.about["replaces"], "replaced", key)
    if proposal.urgent:
        house.must_follow("unconfirmed", line, lambda later: _confirmed(later, key))


def _confirmed(line: Line, proposal: int) -> bool:
    failed = _is(line, "proposal.not_carried_out", "proposal", proposal)
    return failed or _is(line, "proposal.put_up", "confirms", proposal)


def _carried(line: Line, proposal: int) -> bool:
    said = line.what in ("proposal.carried_out", "proposal.not_carried_out")
    return said and line.data.get("proposal") == proposal


def _ends_decision(house: House, line: Line, key: object, why: str, by: int) -> None:
    """A decision in force has to end now, unless the effect is said to have failed."""
    old = house.proposals.get(key) if isinstance(key, int) else None
    if old is None or not old.in_force:
        return

    def met(later: Line) -> bool:
        ends = _is(later, "decision.ended", "proposal", key) and later.data.get("why") == why
        return ends or _is(later, "proposal.not_carried_out", "proposal", by)

    house.must_follow("decision_stays", line, met, proposal=key)


def carried_out(house: House, line: Line) -> None:
    """The effect is said to be done: the lines before must tell of it."""
    proposal = house.proposal(line)
    house.unless(proposal.effect == "due", "effect_without", line)
    reviewed = house.proposals.get(proposal.about.get("reviews", 0))
    needless = proposal.kind == "review" and (reviewed is None or not reviewed.in_force)
    house.unless(proposal.seen or needless, "effect_not_seen", line)
    filled = len(proposal.granted) + len(proposal.vacant)
    house.unless(proposal.kind != "election" or filled == len(proposal.elected), "seat_forgotten", line)
    proposal.effect = "done"
    house.no_longer_due(proposal)


def not_carried_out(house: House, line: Line) -> None:
    """It could not be carried out: the decision stands, the body has a task."""
    proposal = house.proposal(line)
    house.unless(proposal.stage == "closed" and proposal.outcome == "adopted", "effect_without", line)
    house.unless(not _stands_in_nobodys_way(house, proposal), "not_done", line)
    proposal.effect = "failed"
    house.no_longer_due(proposal)


def _stands_in_nobodys_way(house: House, proposal: Proposal) -> bool:
    """Whether what was adopted could be done: the mandate stands, the member is here, no other charter came first."""
    about = proposal.about
    if proposal.kind == "recall":
        mandate = house.mandates.get(about.get("mandate", 0))
        return mandate is not None and mandate.ended is None
    if proposal.kind == "removal":
        return house.is_member(about.get("about"))
    return proposal.kind == "charter" and house.in_force[-1:] == [proposal.drafted_under]


def decision_ended(house: House, line: Line) -> None:
    """A decision goes out of force, by another decision only."""
    proposal, why = house.proposal(line), line.text("why")
    house.unless(proposal.in_force, "decision_not_in_force", line)
    proposal.in_force = False
    key = proposal.key
    allowed = {
        "replaced": any(each.outcome == "adopted" for each in house.linked("replaces", key)),
        "reviewed": any(each.stage == "closed" for each in house.linked("reviews", key)),
        "not_confirmed": any(_failed_first(each) for each in house.linked("confirms", key)),
        "ended": house.ended,
        "fell": proposal.fallen,
    }
    house.unless(allowed.get(why, False), "decision_ended_without", line)


def _failed_first(confirmation: Proposal) -> bool:
    """Whether the first vote on a confirmation, void ones left out, has not adopted it."""
    first = next((vote for vote in confirmation.votes if vote.outcome not in ("", "void")), None)
    return first is not None and first.outcome != "adopted"


def decision_kept(house: House, line: Line) -> None:
    """A review keeps a decision in force."""
    review = house.carrying("review", "reviews", line.number("proposal"))
    fits = review is not None and review.key == line.number("review")
    house.unless(fits, "kept_without", line)


HANDLERS = {
    "proposal.put_up": put_up,
    "proposal.revised": revised,
    "proposal.withdrawn": withdrawn,
    "proposal.seconded": seconded,
    "offer.accepted": accepted,
    "comment.written": spoke,
    "round.started": round_started,
    "proposal.decided": decided,
    "proposal.carried_out": carried_out,
    "proposal.not_carried_out": not_carried_out,
    "decision.ended": decision_ended,
    "decision.kept": decision_kept,
}
