"""What the database itself keeps of votes: what is fixed at the opening, the roll, keys, and ballots in time."""

from typing import Any

import pgtrigger

VOTE_LOCKS = 7001
"""First number of the advisory locks on votes; the second is the vote's id."""

# What was copied at opening never changes, and a count is written once (invariants 3, 4 and 10).
FIXED = (
    "proposal_id",
    "number",
    "matter",
    "rule",
    "charter_id",
    "text_id",
    "second_call",
    "secret",
    "codes",
    "opened_at",
    "closes_at",
    "meets_until",
    "quorum_num",
    "quorum_den",
    "agreement_num",
    "agreement_den",
    "asides_num",
    "asides_den",
    "seats",
    "seed_hash",
    "seed",
    "other_texts",
)
COUNTED_FROM_OPENED = (
    "IF NEW.secret AND NEW.counted_at IS NOT NULL AND NEW.outcome NOT IN ('overtaken', 'void') AND NOT EXISTS "
    "(SELECT 1 FROM core_openedballots WHERE vote_id = NEW.id) THEN "
    "RAISE EXCEPTION 'a secret vote is counted from what the signer opened'; END IF; "
)
HAS_ALL_ITS_TEXTS = (
    "IF OLD.roll_size IS NULL AND NEW.other_texts > 0 AND NEW.other_texts <> "
    "(SELECT count(*) FROM core_alternative WHERE vote_id = NEW.id) THEN "
    "RAISE EXCEPTION 'a vote has all its texts'; END IF; "
)
VOTE_FIXED = (
    "IF OLD.counted_at IS NOT NULL THEN RAISE EXCEPTION 'a counted vote never changes'; END IF; "
    "IF OLD.roll_size IS NOT NULL AND NEW.roll_size IS DISTINCT FROM OLD.roll_size THEN "
    "RAISE EXCEPTION 'a roll never changes'; END IF; "
    + HAS_ALL_ITS_TEXTS
    + " ".join(
        f"IF NEW.{name} IS DISTINCT FROM OLD.{name} THEN RAISE EXCEPTION 'a vote keeps its {name}'; END IF;"
        for name in FIXED
    )
    + COUNTED_FROM_OPENED
    + " RETURN NEW;"
)
ROLL_GROWS_ONLY_AT_OPENING = (
    "IF EXISTS (SELECT 1 FROM core_vote WHERE id = NEW.vote_id AND roll_size IS NOT NULL) THEN "
    "RAISE EXCEPTION 'a roll never changes'; END IF; "
    "IF NEW.used THEN RAISE EXCEPTION 'nobody has voted yet'; END IF; RETURN NEW;"
)
# All that ever changes in a roll is the mark of who has voted in a secret vote, once, while it is open (invariant 14).
ROLL_ONLY_MARKED = f"""
    IF NOT NEW.used OR OLD.used OR to_jsonb(NEW) - 'used' <> to_jsonb(OLD) - 'used' THEN
        RAISE EXCEPTION 'a roll never changes'; END IF;
    PERFORM pg_advisory_xact_lock_shared({VOTE_LOCKS}, NEW.vote_id::int);
    IF NOT EXISTS (
        SELECT 1 FROM core_vote
        WHERE id = NEW.vote_id AND secret AND counted_at IS NULL AND closes_at > folkmoot_now()
    ) THEN RAISE EXCEPTION 'voting has closed' USING ERRCODE = 'FM001'; END IF;
    RETURN NEW;
"""  # noqa: S608  # nosec B608  (a constant of this module)
MARKS_EQUAL_BOXES = """
    IF (SELECT count(*) FROM core_rollentry WHERE vote_id = NEW.vote_id AND used)
        <> (SELECT count(*) FROM core_sealedballot WHERE vote_id = NEW.vote_id)
    THEN RAISE EXCEPTION 'used marks equal ballots'; END IF;
    RETURN NULL;
"""
HAS_ITS_KEY = (
    "IF NEW.secret AND NOT EXISTS (SELECT 1 FROM core_votekey WHERE vote_id = NEW.id) THEN "
    "RAISE EXCEPTION 'a secret vote has a key'; END IF; RETURN NULL;"
)
# Of several texts (`others` beside the proposal's own) a ballot marks some or none; what is struck out says nothing.
TEXTS_OF_THE_VOTE = """IF NEW.position = 'struck' THEN
        IF NEW.choice <> '' THEN RAISE EXCEPTION 'struck out is struck out'; END IF;
    ELSIF (others > 0) <> (NEW.choice <> '' AND NEW.position <> 'chosen') THEN
        RAISE EXCEPTION 'texts are marked where there are several';
    ELSIF others > 0 THEN
        IF NOT NEW.choice::jsonb <@ (SELECT jsonb_agg(n) FROM generate_series(1, others + 1) n) THEN
            RAISE EXCEPTION 'a text that is not in this vote'; END IF;
    END IF;"""
# Lock first, then judge: the clock is read after the lock, so no ballot slips past a close, by whatever way it comes.
# The one change of a counted ballot: who is forgotten takes the nonce along, so that nobody finds the label by trying.
BALLOT_IN_TIME = f"""
    IF TG_OP = 'UPDATE' AND NEW.nonce = ''::bytea AND to_jsonb(NEW) - 'nonce' = to_jsonb(OLD) - 'nonce' AND EXISTS (
        SELECT 1 FROM core_rollentry r JOIN core_membership m ON m.id = r.membership_id
        WHERE r.id = OLD.roll_id AND m.forgotten_at IS NOT NULL
    ) THEN RETURN NEW; END IF;
    PERFORM pg_advisory_xact_lock_shared({VOTE_LOCKS}, NEW.vote_id::int);
    SELECT other_texts INTO others FROM core_vote
    WHERE id = NEW.vote_id AND NOT secret AND counted_at IS NULL AND closes_at > folkmoot_now();
    IF NOT FOUND THEN RAISE EXCEPTION 'voting has closed' USING ERRCODE = 'FM001'; END IF;
    {TEXTS_OF_THE_VOTE}
    IF NOT EXISTS (SELECT 1 FROM core_rollentry WHERE id = NEW.roll_id AND vote_id = NEW.vote_id) THEN
        RAISE EXCEPTION 'not on the roll of this vote'; END IF;
    IF TG_OP = 'UPDATE' AND (NEW.roll_id <> OLD.roll_id OR NEW.vote_id <> OLD.vote_id) THEN
        RAISE EXCEPTION 'a ballot stays with its elector'; END IF;
    IF NEW.way = 'entered' THEN
        IF TG_OP = 'UPDATE' AND OLD.way <> 'entered' THEN
            RAISE EXCEPTION 'what a person does themself stands'; END IF;
        IF NOT EXISTS (
            SELECT 1 FROM core_enteredballot e
            WHERE e.roll_id = NEW.roll_id AND e.confirmed_at IS NOT NULL AND e.ended_at IS NULL
            AND (e.position, e.choice) = (NEW.position, NEW.choice)
        ) THEN RAISE EXCEPTION 'entered and confirmed by two'; END IF;
    END IF;
    RETURN NEW;
"""  # noqa: S608  # nosec B608  (a constant of this module)


def marks_equal_boxes(name: str, operation: Any) -> pgtrigger.Trigger:
    """Invariant 14, judged when the transaction commits."""
    return pgtrigger.Trigger(
        name=name,
        operation=operation,
        when=pgtrigger.After,
        timing=pgtrigger.Deferred,
        func=MARKS_EQUAL_BOXES,
    )
