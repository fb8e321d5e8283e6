"""What the database refuses in core's tables for the sake of defence bodies (invariants 7 and 19).

Each is a stand-in for a model of core that carries a trigger of ours; it has no rows of its own.
"""

from typing import ClassVar

import pgtrigger

from core.models import Mandate, Membership
from defense.rules.codes import POST_DAYS_AT_MOST

MEMBERS_OF_THE_HOST = """
    IF EXISTS (SELECT 1 FROM core_body WHERE id = NEW.body_id AND kind = 'defense') AND NOT EXISTS (
        SELECT 1 FROM core_body b JOIN core_membership h ON h.body_id = b.host_id
        WHERE b.id = NEW.body_id AND h.person_id = NEW.person_id AND h.ended_at IS NULL
    ) THEN RAISE EXCEPTION 'members of a defence body are members of its host'; END IF;
    RETURN NEW;
"""
# Judged when the transaction commits: by then whoever left the host has left its defence bodies too. When the host has
# ended they are suspended, and their members stay.
LEAVES_WITH_THE_HOST = """
    IF EXISTS (
        SELECT 1 FROM core_membership d JOIN core_body b ON b.id = d.body_id AND b.kind = 'defense'
        WHERE b.host_id = NEW.body_id AND b.suspended_at IS NULL
        AND d.person_id = NEW.person_id AND d.ended_at IS NULL AND NOT EXISTS (
            SELECT 1 FROM core_membership h
            WHERE h.body_id = b.host_id AND h.person_id = NEW.person_id AND h.ended_at IS NULL
        )
    ) THEN RAISE EXCEPTION 'who leaves a host leaves its defence bodies'; END IF;
    RETURN NULL;
"""
GOOD_STANDING_FOR_A_POST = f"""
    IF EXISTS (
        SELECT 1 FROM defense_filling f JOIN defense_post t ON t.id = f.post_id
        WHERE f.proposal_id = NEW.granted_by_id AND (
            t.ended_at IS NOT NULL OR NEW.ends_at > NEW.starts_at + interval '{POST_DAYS_AT_MOST} days'
            OR NOT t.expert AND NOT EXISTS (
                SELECT 1 FROM core_membership m
                WHERE m.body_id = t.body_id AND m.person_id = NEW.person_id AND m.ended_at IS NULL
                AND defense_good_standing(m.id, NEW.starts_at)
            )
        )
    ) THEN RAISE EXCEPTION 'a post is for members in good standing, and a year at most'; END IF;
    RETURN NEW;
"""  # noqa: S608  # nosec B608  (a constant of this house)


class DefenseJoining(Membership):
    """Members of a defence body are members of its host."""

    class Meta:
        proxy = True
        triggers: ClassVar = [
            pgtrigger.Trigger(
                name="members_of_the_host", operation=pgtrigger.Insert, when=pgtrigger.Before, func=MEMBERS_OF_THE_HOST
            ),
            pgtrigger.Trigger(
                name="leaves_with_the_host",
                operation=pgtrigger.Update,
                when=pgtrigger.After,
                timing=pgtrigger.Deferred,
                condition=pgtrigger.Q(old__ended_at__isnull=True, new__ended_at__isnull=False),
                func=LEAVES_WITH_THE_HOST,
            ),
        ]


class PostHolding(Mandate):
    """No post for who has not accepted both codes, and none for longer than a year."""

    class Meta:
        proxy = True
        triggers: ClassVar = [
            pgtrigger.Trigger(
                name="good_standing_for_a_post",
                operation=pgtrigger.Insert,
                when=pgtrigger.Before,
                func=GOOD_STANDING_FOR_A_POST,
            )
        ]
