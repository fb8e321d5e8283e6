"""A whole valley of councils as rows: one council is made by the house itself, all others are copies of it.

Copied without triggers and foreign keys, as everything large here: a million neighbours in a minute.
"""

from typing import Any

import psycopg

from bench.ground import Ground
from house.places import say

LEVELS = 4
"""The councils, and three of confederations."""
MADE = """
    CREATE UNLOGGED TABLE IF NOT EXISTS bench_street (
        n bigint PRIMARY KEY, body bigint, charter bigint, above bigint, station bigint, proposal bigint, text bigint,
        vote bigint
    )
"""
STREETS = """
    INSERT INTO bench_street (n, body, charter)
    SELECT n, nextval('core_body_id_seq'), nextval('core_charter_id_seq') FROM generate_series(1, %(number)s) AS n
"""
QUESTIONS = """
    UPDATE bench_street s SET station = t.id, proposal = nextval('core_proposal_id_seq'),
        text = nextval('core_textversion_id_seq'), vote = nextval('core_vote_id_seq')
    FROM confederation_station t WHERE t.referral_id = %(referral)s AND t.body_id = s.body
"""
SEATS = """
    INSERT INTO confederation_seat (confederation_id, body_id, accord_id, charter_id, voice, joined_at, leaving)
    SELECT c.id, m.body, %(accord)s, h.id, true, c.formed_at, ''
    FROM unnest(%(above)s::bigint[], %(below)s::bigint[]) AS m(above, body)
    JOIN core_body c ON c.id = m.above JOIN core_charter h ON h.body_id = c.id
"""
IN_FORCE = """
    UPDATE core_body SET adopted_at = formed_at WHERE id = ANY(%(bodies)s);
"""
COLUMNS = """
    SELECT attname FROM pg_attribute WHERE attrelid = %s::regclass AND attnum > 0 AND NOT attisdropped ORDER BY attnum
"""
GIVEN = """
    INSERT INTO core_ballot (vote_id, roll_id, position, choice, reason, cast_at, changed_at, change_no, nonce, leaf)
    SELECT r.vote_id, r.id, CASE WHEN r.id %% 10 = 0 THEN 'aside' ELSE 'agree' END, '', '', v.opened_at, v.opened_at, 1,
        '\\x00', encode(sha256(r.id::text::bytea), 'hex')
    FROM core_vote v JOIN core_rollentry r ON r.vote_id = v.id WHERE v.proposal_id IN (
        SELECT proposal_id FROM confederation_station WHERE referral_id = %(referral)s
    )
"""
ROLLS = """
    INSERT INTO core_rollentry (vote_id, person_id, membership_id, may_block, used)
    SELECT s.vote, m.person_id, m.id, true, false
    FROM bench_street s JOIN core_membership m ON m.body_id = s.body WHERE s.proposal IS NOT NULL
"""
DOUBTS = """
    INSERT INTO core_mandate (
        body_id, person_id, granted_by_id, title, task, limits, renewal_no, starts_at, ends_at, ending
    )
    SELECT p.body_id, (SELECT min(id) FROM core_person), p.id, 'Keys', 'Keep the keys.', 'No copies.', 0, r.counted_at,
        r.counted_at + interval '1 year', ''
    FROM confederation_referral r JOIN core_proposal p ON p.id = r.proposal_id WHERE r.id = %(referral)s;
    INSERT INTO confederation_call (referral_id, person_id, at)
    SELECT r.id, m.person_id, r.counted_at FROM core_membership m, confederation_referral r
    WHERE r.id = %(referral)s AND m.person_id %% 11 = 0 AND m.body_id IN (SELECT body FROM bench_street);
    INSERT INTO confederation_personwithdrawal (mandate_id, person_id)
    SELECT k.id, c.person_id FROM confederation_call c JOIN confederation_referral r ON r.id = c.referral_id
    JOIN core_mandate k ON k.granted_by_id = r.proposal_id WHERE r.id = %(referral)s
"""
ASKED = "UPDATE confederation_station t SET proposal_id = s.proposal FROM bench_street s WHERE t.id = s.station"


def copy(line: psycopg.Connection[Any], table: str, like: str, **changed: str) -> None:
    """For each copied street one more row of `table` for each that is `like` this, with some columns `changed`."""
    found = line.execute(COLUMNS, [table]).fetchall()
    columns = [name for (name,) in found if name != "id" or name in changed]
    values = [changed.get(name, f't."{name}"') for name in columns]
    named = ", ".join(f'"{name}"' for name in columns)
    line.execute(
        f"INSERT INTO {table} ({named}) SELECT {', '.join(values)} FROM {table} t, bench_street s WHERE {like}"
    )


def streets(there: Ground, model: dict[str, int], number: int) -> list[int]:
    """So many councils like the model, with their neighbours; the keys of their bodies."""
    body, charter = model["body"], model["charter"]
    with there.superuser() as line:
        line.execute(MADE)
        line.execute("CREATE UNLOGGED TABLE IF NOT EXISTS bench_bare_vote (id bigint PRIMARY KEY, tally jsonb)")
        line.execute("GRANT SELECT, UPDATE ON bench_bare_vote TO folkmoot_web")
        line.execute("TRUNCATE bench_street")
        line.execute(STREETS, {"number": number})
        say(f"  {number:,} councils with {number * model['members']:,} neighbours …")
        copy(line, "core_body", f"t.id = {body}", id="s.body", slug="t.slug || '-' || s.body")
        copy(line, "core_recordhead", f"t.body_id = {body}", body_id="s.body")
        first = "md5(s.body::text) || md5(s.body::text || 'h')"
        copy(line, "core_recordline", f"t.body_id = {body} AND t.seq = 1", body_id="s.body", hash=first)
        copy(line, "core_charter", f"t.id = {charter}", id="s.charter", body_id="s.body")
        here = f"t.id IN (SELECT person_id FROM core_membership WHERE body_id = {body})"
        copy(line, "core_person", here, sign_in_name="t.sign_in_name || '-' || s.body")
        line.execute("ANALYZE core_person, core_body")
        copy(
            line,
            "core_membership",
            f"t.body_id = {body}",
            body_id="s.body",
            person_id=(
                "(SELECT p.id FROM core_person p WHERE p.sign_in_name = "
                "(SELECT sign_in_name FROM core_person WHERE id = t.person_id) || '-' || s.body)"
            ),
            label_key="decode(md5(t.id::text || s.body) || md5(s.body::text || t.id), 'hex')",
        )
        line.execute("ANALYZE core_membership")
        return [key for (key,) in line.execute("SELECT body FROM bench_street ORDER BY n").fetchall()]


def tree(there: Ground, base: list[int], together: int) -> int:
    """Confederations above these councils: so many to each, and all those of the last level but one in the one on top,
    whose key it is.
    """
    pairs: list[tuple[int, int]] = []
    sizes = [-(-len(base) // together**level) for level in range(1, LEVELS - 1)] + [1]
    made = there.ask("confederating.confederations", owner=True, number=sum(sizes))
    keys, below = list(made["keys"]), base
    for number in sizes:
        above, keys = keys[:number], keys[number:]
        share = -(-len(below) // number)
        pairs += [(above[place // share], key) for place, key in enumerate(below)]
        below = above
    seats(there, made["accord"], pairs, made["keys"])
    return below[0]


def seats(there: Ground, accord: int, pairs: list[tuple[int, int]], confederations: list[int]) -> None:
    """Each body in its confederation; and these decide."""
    with there.superuser() as line:
        above, below = [pair[0] for pair in pairs], [pair[1] for pair in pairs]
        line.execute(SEATS, {"accord": accord, "above": above, "below": below})
        line.execute(IN_FORCE, {"bodies": confederations})
        line.execute("ANALYZE confederation_seat")


def questions(there: Ground, model: dict[str, int], referral: int) -> None:
    """All copied councils vote on the question as the model does, and everybody has given a ballot."""
    proposal, vote = model["proposal"], model["vote"]
    with there.superuser() as line:
        line.execute(QUESTIONS, {"referral": referral})
        say("  their questions, votes and ballots …")
        copy(line, "core_proposal", f"t.id = {proposal}", id="s.proposal", body_id="s.body")
        copy(line, "core_textversion", f"t.proposal_id = {proposal}", id="s.text", proposal_id="s.proposal")
        changed = {"proposal_id": "s.proposal", "charter_id": "s.charter", "text_id": "s.text"}
        copy(line, "core_vote", f"t.id = {vote}", id="s.vote", **changed)
        line.execute(ROLLS)
        line.execute(ASKED)
        line.execute(GIVEN, {"referral": referral})
        line.execute("TRUNCATE bench_bare_vote")
        line.execute("INSERT INTO bench_bare_vote (id) SELECT vote FROM bench_street UNION SELECT %s", [vote])
        line.execute("VACUUM ANALYZE core_ballot, core_rollentry, core_vote, core_proposal, confederation_station")


def doubts(there: Ground, referral: int) -> None:
    """One in eleven of all people calls the decision down, and has no confidence in a mandate of the one on top: just
    too few, so that the clock counts them again and again.
    """
    with there.superuser() as line:
        for statement in DOUBTS.split(";"):
            line.execute(statement, {"referral": referral})
        line.execute("VACUUM ANALYZE confederation_call, confederation_personwithdrawal, core_mandate")
