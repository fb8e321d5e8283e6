"""What the database keeps of hosts: nobody is above themself, and nothing opens in a body whose host has ended."""

from typing import Final

from core.rules.ending import WHILE_SUSPENDED

HOST_LOCKS: Final = 4_040_404
"""Whoever gives a body a host takes this advisory lock: two at once could otherwise close a circle."""

# Invariant 12. The lock is taken before the look: each statement here sees what was committed before it.
HOST_IS_ABOVE = f"""
    IF TG_OP = 'UPDATE' AND NEW.host_id IS NOT DISTINCT FROM OLD.host_id THEN RETURN NEW; END IF;
    PERFORM pg_advisory_xact_lock({HOST_LOCKS});
    IF EXISTS (
        WITH RECURSIVE above(id) AS (
            SELECT NEW.host_id UNION SELECT b.host_id FROM core_body b JOIN above ON above.id = b.id
        ) SELECT 1 FROM above WHERE id = NEW.id
    ) THEN RAISE EXCEPTION 'a body is never its own ancestor'; END IF;
    RETURN NEW;
"""  # noqa: S608  # nosec B608  (a constant of this house)

# What has begun to be voted on goes on to its end; nothing else opens but what the rule names.
NONE_WHILE_SUSPENDED = f"""
    IF EXISTS (
        SELECT 1 FROM core_proposal p JOIN core_body b ON b.id = p.body_id
        JOIN core_body h ON h.id = b.host_id AND h.ended_at IS NOT NULL
        WHERE p.id = NEW.proposal_id AND p.kind NOT IN ({", ".join(f"'{kind}'" for kind in WHILE_SUSPENDED)})
    ) THEN RAISE EXCEPTION 'a body whose host has ended decides once it has another'; END IF;
    RETURN NEW;
"""  # noqa: S608  # nosec B608  (constants of this house)
