"""What must hold at any moment (DESIGN section 11), asked of the tables and of the record. Tests and faults use it."""

import json
from collections import Counter
from collections.abc import Callable
from typing import Any

from core.rules import alternatives, chain, elections, lots, merkle
from core.rules.choices import marked, read
from core.rules.counting import Outcome, decide, floor, quorum_needed
from core.rules.positions import Position, Rule
from core.rules.shares import Share
from core.rules.terms import VoteTerms
from faults.lines import wrong_lines

Rows = list[tuple[Any, ...]]
Query = Callable[[str], Rows]

# Each finds rows that must not be there.
FORBIDDEN = {
    "2 two ballots of one elector": """
        SELECT r.vote_id, r.person_id FROM core_ballot b JOIN core_rollentry r ON r.id = b.roll_id
        GROUP BY 1, 2 HAVING count(*) > 1""",
    "2 an open ballot in a secret vote": """
        SELECT b.id FROM core_ballot b JOIN core_vote v ON v.id = b.vote_id WHERE v.secret""",
    "2 a sealed ballot in an open vote": """
        SELECT b.vote_id FROM core_sealedballot b JOIN core_vote v ON v.id = b.vote_id WHERE NOT v.secret""",
    "3 a ballot of somebody who is not on the roll": """
        SELECT b.id FROM core_ballot b LEFT JOIN core_rollentry r ON r.id = b.roll_id AND r.vote_id = b.vote_id
        WHERE r.id IS NULL""",
    "3 a roll of another size": """
        SELECT v.id FROM core_vote v WHERE v.roll_size IS DISTINCT FROM
        (SELECT count(*) FROM core_rollentry r WHERE r.vote_id = v.id)""",
    "4 a ballot at or after the close": """
        SELECT b.id FROM core_ballot b JOIN core_vote v ON v.id = b.vote_id
        WHERE b.changed_at >= v.closes_at OR b.changed_at > v.counted_at OR b.cast_at < v.opened_at""",
    "6 a mandate stands that more than half have withdrawn from": """
        SELECT m.id FROM core_mandate m WHERE m.ended_at IS NULL AND m.ends_at > folkmoot_now() AND
        2 * (SELECT count(*) FROM core_withdrawal w JOIN core_membership s ON s.id = w.membership_id
             WHERE w.mandate_id = m.id AND s.ended_at IS NULL AND s.voice_from <= folkmoot_now())
        > (SELECT count(*) FROM core_membership s
           WHERE s.body_id = m.body_id AND s.ended_at IS NULL AND s.voice_from <= folkmoot_now())""",
    "6 a recall passed and its mandate did not end by it": """
        SELECT p.id FROM core_proposal p JOIN core_mandate m ON m.id = p.mandate_id
        WHERE p.kind = 'recall' AND p.stage = 'adopted' AND m.ending <> 'recall'""",
    "6 a mandate ended by a recall that did not pass": """
        SELECT m.id FROM core_mandate m WHERE m.ending = 'recall' AND NOT EXISTS (
        SELECT 1 FROM core_proposal p WHERE p.mandate_id = m.id AND p.stage = 'adopted') AND NOT EXISTS (
        SELECT 1 FROM core_recordline l WHERE l.body_id = m.body_id AND l.what = 'mandate.ended'  -- before a restore
        AND l.line::jsonb @> jsonb_build_object('data', jsonb_build_object('mandate', m.id))
        AND l.line::jsonb -> 'data' ? 'lost_line')""",
    "6 a recall is open though its mandate has ended": """
        SELECT p.id FROM core_proposal p JOIN core_mandate m ON m.id = p.mandate_id
        WHERE p.stage = 'voting' AND m.ended_at IS NOT NULL""",
    "6 a mandate of an election that its holder was not elected to": """
        SELECT m.id FROM core_mandate m JOIN core_election e ON e.proposal_id = m.granted_by_id WHERE NOT EXISTS (
        SELECT 1 FROM core_candidacy c JOIN core_vote v ON v.proposal_id = e.proposal_id AND v.outcome = 'adopted'
        WHERE c.election_id = e.id AND c.person_id = m.person_id AND v.tally -> 'elected' @> to_jsonb(c.number))""",
    "7 a report under an ended mandate": """
        SELECT r.id FROM core_report r JOIN core_mandate m ON m.id = r.mandate_id
        WHERE r.at > m.ended_at OR r.at > m.ends_at""",
    "10 another charter within one proposal": """
        SELECT proposal_id FROM core_vote GROUP BY 1 HAVING count(DISTINCT charter_id) > 1""",
    "10 a charter that was not in force at the opening": """
        SELECT v.id FROM core_vote v JOIN core_proposal p ON p.id = v.proposal_id
        WHERE v.number = 1 AND v.charter_id IS DISTINCT FROM (SELECT c.id FROM core_charter c
        WHERE c.body_id = p.body_id AND c.in_force_at <= v.opened_at ORDER BY c.in_force_at DESC, c.number DESC LIMIT 1)
        """,
    "10 another text in force than the one that came first and was adopted": """
        SELECT v.id FROM core_vote v JOIN core_alternative a ON a.vote_id = v.id AND a.number = v.first
        WHERE v.outcome = 'adopted' AND a.text IS DISTINCT FROM (SELECT t.text FROM core_textversion t
        WHERE t.proposal_id = v.proposal_id ORDER BY t.number DESC LIMIT 1)""",
    "23 a ballot after its elector left": """
        SELECT b.id FROM core_ballot b JOIN core_rollentry r ON r.id = b.roll_id
        JOIN core_membership s ON s.id = r.membership_id WHERE s.ending = 'left' AND b.changed_at > s.ended_at""",
    "23 somebody who is no member holds a mandate": """
        SELECT m.id FROM core_mandate m JOIN core_body o ON o.id = m.body_id AND o.kind <> 'confederation'
        WHERE m.ended_at IS NULL AND m.ends_at > folkmoot_now() AND NOT EXISTS (
        SELECT 1 FROM core_membership s
        WHERE s.person_id = m.person_id AND s.body_id = m.body_id AND s.ended_at IS NULL)""",
    "7 a delegate spoke under an ended mandate": """
        SELECT d.id FROM confederation_deviation d JOIN core_mandate m ON m.id = d.mandate_id
        WHERE d.at > m.ended_at OR d.at > m.ends_at""",
    "11 a body says above what it has not decided": """
        SELECT s.id FROM confederation_station s WHERE s.said <> s.home AND NOT EXISTS (
        SELECT 1 FROM confederation_ownword w JOIN core_proposal p ON p.id = w.proposal_id AND p.stage = 'adopted'
        WHERE w.station_id = s.id AND w.says = s.said)""",
    "11 what a body says is not the outcome of its vote": """
        SELECT s.id FROM confederation_station s JOIN core_proposal p ON p.id = s.proposal_id
        WHERE s.level = 0 AND s.home IN ('agree', 'disagree')
        AND p.stage <> CASE s.home WHEN 'agree' THEN 'adopted' ELSE 'not_adopted' END""",
    "12 a body is its own ancestor": """
        WITH RECURSIVE above(body, id) AS (
            SELECT body_id, confederation_id FROM confederation_seat WHERE left_at IS NULL
            UNION SELECT a.body, s.confederation_id FROM above a JOIN confederation_seat s ON s.body_id = a.id
            WHERE s.left_at IS NULL
        ) SELECT body FROM above WHERE body = id""",
    "a proposal is being voted on without an open vote": """
        SELECT p.id FROM core_proposal p JOIN core_body o ON o.id = p.body_id AND o.kind <> 'confederation'
        WHERE p.stage = 'voting' AND 1 <>
        (SELECT count(*) FROM core_vote v WHERE v.proposal_id = p.id AND v.counted_at IS NULL)""",
    "a vote is open on a proposal that is not being voted on": """
        SELECT v.id FROM core_vote v JOIN core_proposal p ON p.id = v.proposal_id
        WHERE v.counted_at IS NULL AND p.stage <> 'voting'""",
    "15 a checkpoint that is not of its record": """
        SELECT c.id FROM core_checkpoint c WHERE NOT EXISTS (SELECT 1 FROM core_recordline l
        WHERE l.body_id = c.body_id AND l.seq = c.size AND l.hash = c.head)""",
    "15 a receipt of a change that was not": """
        SELECT r.id FROM core_receipt r JOIN core_ballot b ON b.id = r.ballot_id WHERE r.change_no > b.change_no""",
    "14 used marks and ballots differ": """
        SELECT v.id FROM core_vote v WHERE
        (SELECT count(*) FROM core_rollentry r WHERE r.vote_id = v.id AND r.used)
        <> (SELECT count(*) FROM core_sealedballot b WHERE b.vote_id = v.id)""",
    "14 boxes of different lengths": """
        SELECT vote_id FROM core_sealedballot GROUP BY 1 HAVING count(DISTINCT octet_length(box)) > 1""",
    "14 opened ballots that are not as many as boxes": """
        SELECT o.vote_id FROM core_openedballots o WHERE jsonb_array_length(o.ballots)
        <> (SELECT count(*) FROM core_sealedballot b WHERE b.vote_id = o.vote_id)""",
    "14 a list that is not as long as there are boxes": """
        SELECT v.id FROM core_vote v WHERE jsonb_typeof(v.listed) = 'array'
        AND NOT (v.listed = '[]' AND v.seats IS NOT NULL AND NOT v.codes) AND jsonb_array_length(v.listed)
        <> (SELECT count(*) FROM core_sealedballot b WHERE b.vote_id = v.id)""",
    "opened ballots stay behind after the count": """
        SELECT o.vote_id FROM core_openedballots o JOIN core_vote v ON v.id = o.vote_id
        WHERE v.counted_at IS NOT NULL""",
    "a secret vote without a key": """
        SELECT v.id FROM core_vote v WHERE v.secret
        AND NOT EXISTS (SELECT 1 FROM core_votekey k WHERE k.vote_id = v.id)""",
    "a key was destroyed before the count": """
        SELECT k.key_id FROM core_votekey k JOIN core_vote v ON v.id = k.vote_id
        WHERE k.destroyed_at IS NOT NULL AND v.counted_at IS NULL""",
    "16 a proposal has two votes of a second call": """
        SELECT proposal_id FROM core_vote WHERE second_call GROUP BY 1 HAVING count(*) > 1""",
    "22 a notice twice": "SELECT cause_id, person_id FROM core_notice GROUP BY 1, 2 HAVING count(*) > 1",
}

# Effects in the tables, and the record lines that must tell of each exactly once.
EFFECTS = {
    "vote.opened": """SELECT p.body_id, count(*) FROM core_vote v JOIN core_proposal p ON p.id = v.proposal_id
        GROUP BY 1""",
    "vote.counted": """SELECT p.body_id, count(*) FROM core_vote v JOIN core_proposal p ON p.id = v.proposal_id
        WHERE v.counted_at IS NOT NULL GROUP BY 1""",
    "proposal.decided": """SELECT body_id, count(*) FROM core_proposal
        WHERE closed_at IS NOT NULL AND stage <> 'withdrawn' GROUP BY 1""",
    "proposal.carried_out": "SELECT body_id, count(*) FROM core_proposal WHERE effect = 'done' GROUP BY 1",
    "proposal.not_carried_out": "SELECT body_id, count(*) FROM core_proposal WHERE effect = 'failed' GROUP BY 1",
    "mandate.granted": "SELECT body_id, count(*) FROM core_mandate GROUP BY 1",
    "mandate.ended": "SELECT body_id, count(*) FROM core_mandate WHERE ended_at IS NOT NULL GROUP BY 1",
    "recall.opened": "SELECT body_id, count(*) FROM core_proposal WHERE kind = 'recall' GROUP BY 1",
    "member.joined": "SELECT body_id, count(*) FROM core_membership GROUP BY 1",
    "member.left": "SELECT body_id, count(*) FROM core_membership WHERE ending = 'left' GROUP BY 1",
    "member.removed": "SELECT body_id, count(*) FROM core_membership WHERE ending = 'removed' GROUP BY 1",
    "charter.adopted": "SELECT body_id, count(*) FROM core_charter WHERE in_force_at IS NOT NULL GROUP BY 1",
    "decision.ended": "SELECT body_id, count(*) FROM core_proposal WHERE ended_at IS NOT NULL GROUP BY 1",
    "report.given": """SELECT m.body_id, count(*) FROM core_report r JOIN core_mandate m ON m.id = r.mandate_id
        GROUP BY 1""",
}

VOTES = """
    SELECT v.id, v.rule, v.roll_size, v.quorum_num, v.quorum_den, v.agreement_num, v.agreement_den, v.asides_num,
        v.asides_den, v.tally, v.outcome, v.reason, v.ballots_root,
        (SELECT coalesce(json_object_agg(position, number), '{}') FROM
            (SELECT b.position, count(*) AS number FROM core_ballot b
             WHERE b.vote_id = v.id AND b.position <> 'struck' GROUP BY 1) counted),
        (SELECT coalesce(json_agg(b.leaf ORDER BY b.leaf COLLATE "C"), '[]') FROM core_ballot b WHERE b.vote_id = v.id),
        v.secret, v.listed
    FROM core_vote v WHERE v.counted_at IS NOT NULL AND v.seats IS NULL AND v.other_texts = 0
"""

BETWEEN_TEXTS = """
    SELECT v.id, v.rule, v.roll_size, v.quorum_num, v.quorum_den, v.agreement_num, v.agreement_den, v.asides_num,
        v.asides_den, v.other_texts, v.seed, v.seed_hash, v.first, v.marks, v.tally, v.outcome, v.reason,
        (SELECT coalesce(json_agg(json_build_array(b.position, b.choice)), '[]') FROM core_ballot b
         WHERE b.vote_id = v.id AND b.position <> 'struck')
    FROM core_vote v WHERE v.counted_at IS NOT NULL AND v.other_texts > 0
"""

ELECTIONS = """
    SELECT v.id, v.rule, v.roll_size, v.quorum_num, v.quorum_den, v.agreement_num, v.agreement_den, v.asides_num,
        v.asides_den, v.seats, v.seed, v.seed_hash, v.tally, v.outcome, v.reason, v.ballots_root,
        (SELECT count(*) FROM core_candidacy c JOIN core_election e ON e.id = c.election_id
         WHERE e.proposal_id = v.proposal_id AND c.number IS NOT NULL),
        (SELECT coalesce(json_agg(b.choice), '[]') FROM core_ballot b
         WHERE b.vote_id = v.id AND b.position <> 'struck'),
        (SELECT coalesce(json_agg(b.leaf ORDER BY b.leaf COLLATE "C"), '[]') FROM core_ballot b WHERE b.vote_id = v.id),
        v.secret, v.listed, (SELECT count(*) FROM core_rollentry r WHERE r.vote_id = v.id AND r.used)
    FROM core_vote v WHERE v.counted_at IS NOT NULL AND v.seats IS NOT NULL
"""


BY_EFFECTS = {"6 a mandate of an election that its holder was not elected to"}
"""What no row breaks that came by an effect."""


def broken(query: Query, *, effects: bool = True) -> list[str]:
    """Every invariant that does not hold; empty if all do. Without `effects` for rows that no action made."""
    asked = FORBIDDEN if effects else {name: each for name, each in FORBIDDEN.items() if name not in BY_EFFECTS}
    found = [f"{name}: {rows[:5]}" for name, statement in asked.items() if (rows := query(statement))]
    found += [problem for row in query(VOTES) for problem in wrong_count(row)]
    found += [problem for row in query(BETWEEN_TEXTS) for problem in wrong_first(row)]
    found += [problem for row in query(ELECTIONS) for problem in wrong_election(row)]
    found += wrong_chains(query) + wrong_lines(query)
    return found + (wrong_effects(query) if effects else [])


def wrong_count(row: tuple[Any, ...]) -> list[str]:
    """Invariants 5, 8 and 9: the stored tally is the recount, the outcome follows from it by the rules."""
    vote, rule, roll, *shares = row[:9]
    tally, outcome, reason, root, recount, leaves, secret, listed = (as_json(cell) for cell in row[9:])
    if secret and listed is None:
        return [f"5 vote {vote}: a tally of ballots that nobody may count"] if tally else []
    recount = recounted(listed) if secret else recount
    found = [] if tally == recount else [f"5 vote {vote}: tally {tally}, recount {recount}"]
    if root != ("" if secret else merkle.root([bytes.fromhex(leaf) for leaf in leaves]).hex()):
        found.append(f"5 vote {vote}: another root of ballots")
    if outcome in (Outcome.OVERTAKEN.value, Outcome.VOID.value):
        return found
    terms = terms_of(rule, roll, shares)
    result = decide({Position(name): number for name, number in tally.items()}, terms)
    if (result.outcome.value, result.reason.value) != (outcome, reason):
        found.append(
            f"8 vote {vote}: {outcome} because {reason}, by the rules {result.outcome} because {result.reason}"
        )
    if rule == Rule.CONSENSUS.value and tally.get("block") and outcome == Outcome.ADOPTED.value:
        found.append(f"9 vote {vote}: adopted against a block")
    return found


def recounted(listed: list[Any]) -> dict[str, int]:
    """The count of a list of shows and choices, or of choices alone."""
    return dict(Counter(json.loads(each if isinstance(each, str) else each[1]) for each in listed))


def terms_of(rule: str, roll: int, shares: list[int]) -> VoteTerms:
    """What a vote opened with."""
    quorum, agreement, asides = (Share(*shares[i : i + 2]) for i in (0, 2, 4))
    return VoteTerms(Rule(rule), roll, quorum, agreement, asides)


def wrong_first(row: tuple[Any, ...]) -> list[str]:
    """Invariants 5, 8 and 9 where there are several texts: the first, and what the rule says of it alone."""
    vote, rule, roll, *shares = row[:9]
    others, seed, sealed, number, marks, tally, outcome, reason, ballots = (as_json(cell) for cell in row[9:])
    found = [] if lots.sealed(bytes.fromhex(seed)) == sealed else [f"15 vote {vote}: another seed than was sealed"]
    if outcome in (Outcome.OVERTAKEN.value, Outcome.VOID.value):
        return found if not tally and number is None else [*found, f"5 vote {vote}: tally {tally}"]
    cast = Counter(marked(position, choice) for position, choice in ballots)
    decided = alternatives.decide_first(cast, others + 1, bytes.fromhex(seed), terms_of(rule, roll, shares))
    recount = (
        decided.first.number,
        {str(text): papers for text, papers in decided.first.marks.items()},
        {position.value: papers for position, papers in decided.tally.items()},
    )
    if recount != (number, marks, tally):
        found.append(f"5 vote {vote}: text {number}, {marks}, {tally}; recount {recount}")
    if (decided.result.outcome.value, decided.result.reason.value) != (outcome, reason):
        found.append(f"8 vote {vote}: {outcome} because {reason}, by the rules {decided.result.outcome}")
    return found


def wrong_election(row: tuple[Any, ...]) -> list[str]:
    """Invariants 5 and 8 for elections: counted again from the ballots, with the seed that was sealed before."""
    vote, rule, roll, *shares = row[:9]
    seats, seed, sealed, tally, outcome, reason, root, candidates = (as_json(cell) for cell in row[9:17])
    choices, leaves, secret, listed, marks = (as_json(cell) for cell in row[17:])
    found = [] if lots.sealed(bytes.fromhex(seed)) == sealed else [f"15 vote {vote}: another seed than was sealed"]
    if root != ("" if secret else merkle.root([bytes.fromhex(leaf) for leaf in leaves]).hex()):
        found.append(f"5 vote {vote}: another root of ballots")
    if outcome in (Outcome.OVERTAKEN.value, Outcome.VOID.value):
        expected = {} if secret else {"ballots": len(choices)}
        return found if tally == expected else [*found, f"5 vote {vote}: tally {tally}"]
    if secret and (choices := published(listed)) is None:
        return found + wrong_sums(vote, tally, outcome, terms_of(rule, roll, shares), None if listed is None else marks)
    ballots = Counter(read(choice) for choice in choices)
    race = elections.Race(candidates, seats, bytes.fromhex(seed))
    try:
        elected = elections.decide(ballots, terms_of(rule, roll, shares), race)
    except ValueError as problem:
        return [*found, f"5 vote {vote}: {problem}"]
    if elected.tally | {"elected": list(elected.numbers)} != tally:
        found.append(f"5 vote {vote}: tally {tally}, recount {elected.tally}")
    if (elected.outcome.value, elected.reason.value) != (outcome, reason):
        found.append(f"8 vote {vote}: {outcome} because {reason}, by the rules {elected.outcome}")
    return found


def published(listed: list[Any] | None) -> list[str] | None:
    """The choices in the list of a secret election; None where it has only shows, or there is none."""
    choices = [each[1] if isinstance(each, list) else each for each in listed or []]
    return choices if choices and all(choice.startswith("[") for choice in choices) else None


def wrong_sums(vote: int, tally: dict[str, Any], outcome: str, terms: VoteTerms, marks: int | None) -> list[str]:
    """What can be checked where no choices are published: `marks` have voted; None where only the outcome is told."""
    found = []
    if bool(tally["elected"]) != (outcome == Outcome.ADOPTED.value):
        found.append(f"8 vote {vote}: {outcome} with {tally['elected']} elected")
    if marks is None:
        return (
            found if tally.keys() == {"elected"} else [*found, f"5 vote {vote}: sums of ballots that nobody may count"]
        )
    if tally["ballots"] != marks or any(papers > marks for papers in tally["favour"].values()):
        found.append(f"5 vote {vote}: tally {tally}, voted {marks}")
    if (marks < quorum_needed(terms)) != (outcome == Outcome.NO_QUORUM.value):
        found.append(f"8 vote {vote}: {outcome}, with {marks} who voted")
    if any(tally["favour"][str(number)] < floor(terms.roll_size) for number in tally["elected"]):
        found.append(f"8 vote {vote}: elected with fewer in favour than the floor")
    return found


def as_json(cell: Any) -> Any:
    """JSON columns come parsed or as text, depending on who asks."""
    return json.loads(cell) if isinstance(cell, str) and cell[:1] in "{[" and cell else cell


def wrong_chains(query: Query) -> list[str]:
    """Invariant 15: each body's lines are 1..n without gap, each carries the hash before, the head is the last."""
    lines: dict[int, list[tuple[str, str]]] = {}
    for body, line, line_hash in query("SELECT body_id, line, hash FROM core_recordline ORDER BY body_id, seq"):
        lines.setdefault(body, []).append((line, line_hash))
    found = []
    for body, seq, head in query("SELECT body_id, seq, hash FROM core_recordhead"):
        own = lines.get(body, [])
        found += [f"15 record of body {body}: {problem}" for problem in chain.check_chain(line for line, _ in own)]
        if any(chain.line_hash(line.encode()) != stored for line, stored in own):
            found.append(f"15 record of body {body}: a stored hash is another")
        if (seq, head) != (len(own), own[-1][1] if own else chain.GENESIS):
            found.append(f"15 record of body {body}: its head is not its last line")
    return found


def wrong_effects(query: Query) -> list[str]:
    """Invariant 15: one record line per effect."""
    written: dict[str, dict[int, int]] = {}
    for what, body, number in query("SELECT what, body_id, count(*) FROM core_recordline GROUP BY 1, 2"):
        written.setdefault(what, {})[body] = number
    found = []
    for what, statement in EFFECTS.items():
        done: dict[int, int] = dict(query(statement))
        if done != written.get(what, {}):
            found.append(f"15 {what}: done {done}, in the record {written.get(what, {})}")
    return found
