"""What the database keeps of hosts: nobody is above themself, and a body is suspended until it has another one."""

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
    IF EXISTS (SELECT 1 FROM core_body WHERE id = NEW.host_id AND ended_at IS NOT NULL)
    THEN RAISE EXCEPTION 'a body that has ended hosts nobody'; END IF;
    RETURN NEW;
"""  # noqa: S608  # nosec B608  (a constant of this house)

SUSPENDED_UNTIL_ANOTHER_HOST = """
    IF NEW.suspended_at IS NOT NULL AND EXISTS (SELECT 1 FROM core_body WHERE id = NEW.host_id AND ended_at IS NULL)
    THEN RAISE EXCEPTION 'a body that answers to a host is not suspended'; END IF;
    IF OLD.suspended_at IS NOT NULL AND NEW.suspended_at IS NULL
        AND (NEW.host_id IS NULL OR NEW.host_id IS NOT DISTINCT FROM OLD.host_id)
    THEN RAISE EXCEPTION 'nothing but another host lifts a suspension'; END IF;
    RETURN NEW;
"""

# Judged when the transaction commits. Whoever is given this host meanwhile waits for the lock, or is seen here.
HOSTED_ARE_SUSPENDED = f"""
    PERFORM pg_advisory_xact_lock({HOST_LOCKS});
    IF EXISTS (SELECT 1 FROM core_body WHERE host_id = NEW.id AND ended_at IS NULL AND suspended_at IS NULL)
    THEN RAISE EXCEPTION 'when a host ends, what answers to it is suspended'; END IF;
    RETURN NULL;
"""  # noqa: S608  # nosec B608  (a constant of this house)

# What has begun to be voted on goes on to its end; nothing else opens but what the rule names.
NONE_WHILE_SUSPENDED = f"""
    IF EXISTS (
        SELECT 1 FROM core_proposal p JOIN core_body b ON b.id = p.body_id AND b.suspended_at IS NOT NULL
        WHERE p.id = NEW.proposal_id AND p.kind NOT IN ({", ".join(f"'{kind}'" for kind in WHILE_SUSPENDED)})
    ) THEN RAISE EXCEPTION 'a suspended body decides once it has another host'; END IF;
    RETURN NEW;
"""  # noqa: S608  # nosec B608  (constants of this house)
