"""Many ballots at once, written as rows: what a vote looks like after everybody has given theirs."""

from typing import Any

import psycopg

from bench.ground import Ground

# Every ballot with a leaf of its own, as if by chance.
OF_A_ROLL = """
    INSERT INTO core_ballot (vote_id, roll_id, position, reason, cast_at, changed_at, change_no, nonce, leaf)
    SELECT r.vote_id, r.id, CASE WHEN r.id %% 10 = 0 THEN 'disagree' ELSE 'agree' END, '', v.opened_at, v.opened_at, 1,
        '\\x00', encode(sha256(r.id::text::bytea), 'hex')
    FROM core_rollentry r JOIN core_vote v ON v.id = r.vote_id WHERE r.vote_id = ANY(%s)
"""
# Counting looks at ballots alone: their electors are numbers below zero, of nobody.
OF_NOBODY = """
    INSERT INTO core_ballot (vote_id, roll_id, position, reason, cast_at, changed_at, change_no, nonce, leaf)
    SELECT %(vote)s, -(%(first)s + n), (ARRAY['agree', 'disagree', 'abstain'])[1 + n %% 3], '', now(), now(), 1,
        '\\x00', encode(sha256(n::text::bytea), 'hex')
    FROM generate_series(1, %(number)s) AS n
"""
# A vote that was held and counted, as a copy of one that is open.
OLD_PROPOSAL = """
    INSERT INTO core_proposal (body_id, kind, author_id, stage, title, created_at, discussion_at, closed_at, urgent,
        sum, round_no, effect, effect_problem, stands, ending)
    SELECT body_id, kind, author_id, 'adopted', title, created_at, discussion_at, discussion_at, false, 0, 0, '', '',
        true, '' FROM core_proposal WHERE id = (SELECT proposal_id FROM core_vote WHERE id = %(like)s)
    RETURNING id
"""
OLD_VOTE = """
    INSERT INTO core_vote (proposal_id, number, matter, rule, charter_id, text_id, second_call, opened_at, closes_at,
        quorum_num, quorum_den, agreement_num, agreement_den, asides_num, asides_den, roll_size, counted_at, outcome,
        reason, tally, ballots_root)
    SELECT %(proposal)s, 1, matter, rule, charter_id, text_id, false, opened_at, opened_at + interval '1 hour',
        quorum_num, quorum_den, agreement_num, agreement_den, asides_num, asides_den, %(number)s,
        opened_at + interval '1 hour', 'adopted', 'agreed', '{}', repeat('0', 64)
    FROM core_vote WHERE id = %(like)s RETURNING id
"""


def give_all(there: Ground, votes: list[int], database: str = "folkmoot") -> None:
    """Everybody on these rolls gives a position."""
    with there.superuser(database) as line:
        line.execute(OF_A_ROLL, [votes])
        line.execute("VACUUM ANALYZE core_ballot, core_rollentry")


def give_nobodys(there: Ground, sizes: dict[int, int]) -> None:
    """By vote so many ballots of nobody."""
    with there.superuser() as line:
        first = 0
        for vote, number in sizes.items():
            line.execute(OF_NOBODY, {"vote": vote, "first": first, "number": number})
            first += number
        line.execute("VACUUM ANALYZE core_ballot")


def forget_nobodys(there: Ground) -> None:
    """They are gone again, and their room with them."""
    with there.superuser() as line:
        line.execute("DELETE FROM core_ballot WHERE roll_id < 0")
        line.execute("VACUUM (FULL, ANALYZE) core_ballot")


def hold_old_votes(there: Ground, like: int, votes: int, ballots: int, database: str) -> None:
    """So many votes of the past with so many ballots each."""
    with there.superuser(database) as line:
        for n in range(votes):
            copied = {"like": like, "number": ballots}
            copied["proposal"] = one(line, OLD_PROPOSAL, copied)
            numbers = {"vote": one(line, OLD_VOTE, copied), "first": n * ballots, "number": ballots}
            line.execute(OF_NOBODY, numbers)
        line.execute("VACUUM ANALYZE core_ballot, core_vote, core_proposal")


def one(line: psycopg.Connection[Any], statement: str, words: dict[str, int]) -> int:
    """The key of the one row that a statement wrote."""
    rows = line.execute(statement, words).fetchall()
    return int(rows[0][0])
