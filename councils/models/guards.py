"""What the database refuses in core's tables, so that nothing stays with the catalysts (invariants 7 and 21).

Each is a stand-in for a model of core that carries a trigger of ours; it has no rows of its own and is used for
nothing else.
"""

from typing import ClassVar, Final

import pgtrigger

from core.models import Body, Mandate, Membership
from councils.rules.founding import NO_MANDATE_FOR

IN_BOTH: Final = "FM003"
"""The code of the error for whoever would found a council and be in it at once."""

# The board is locked first: joining both sides at once is judged one after the other.
CATALYSTS_STAY_OUT = f"""
    PERFORM 1 FROM councils_board WHERE NEW.body_id IN (catalyst_id, council_id) ORDER BY id FOR NO KEY UPDATE;
    IF EXISTS (
        SELECT 1 FROM councils_board b JOIN core_membership c ON c.body_id = b.catalyst_id
        WHERE b.council_id = NEW.body_id AND b.closed_at IS NULL AND b.ends_at > folkmoot_now()
        AND c.person_id = NEW.person_id AND (c.ended_at IS NULL OR c.ended_at >= b.opened_at)
    ) OR EXISTS (
        SELECT 1 FROM councils_board b JOIN core_membership m ON m.body_id = b.council_id
        WHERE b.catalyst_id = NEW.body_id AND b.closed_at IS NULL AND b.ends_at > folkmoot_now()
        AND m.person_id = NEW.person_id AND m.ended_at IS NULL
    ) THEN RAISE EXCEPTION 'who founds a council is not in it before the hand-over' USING ERRCODE = '{IN_BOTH}'; END IF;
    RETURN NEW;
"""  # noqa: S608  # nosec B608  (a constant of this house)
NO_MANDATE_YET = f"""
    IF EXISTS (
        SELECT 1 FROM councils_board b JOIN core_membership c ON c.body_id = b.catalyst_id
        WHERE b.council_id = NEW.body_id AND c.person_id = NEW.person_id
        AND (c.ended_at IS NULL OR c.ended_at >= b.opened_at) AND (b.closed_at IS NULL OR c.joined_at <= b.closed_at)
        AND (b.closed_at IS NULL OR NEW.starts_at < b.closed_at + interval '{NO_MANDATE_FOR.days} days')
    ) THEN RAISE EXCEPTION 'who founded a council holds no mandate in it for {NO_MANDATE_FOR.days} days'; END IF;
    RETURN NEW;
"""  # noqa: S608  # nosec B608  (a constant of this house)
AFTER_ITS_ASSEMBLY = """
    IF EXISTS (
        SELECT 1 FROM councils_board WHERE council_id = NEW.id AND (stage <> 'founding' OR ends_at <= NEW.adopted_at)
    ) THEN RAISE EXCEPTION 'a charter is adopted after the first assembly, while the founding lasts'; END IF;
    RETURN NEW;
"""


class Joining(Membership):
    """Catalysts are not members of the council before the hand-over, nor its founding members catalysts."""

    class Meta:
        proxy = True
        triggers: ClassVar = [
            pgtrigger.Trigger(
                name="catalysts_stay_out", operation=pgtrigger.Insert, when=pgtrigger.Before, func=CATALYSTS_STAY_OUT
            )
        ]


class Holding(Mandate):
    """Who founded a council holds no mandate in it for a while."""

    class Meta:
        proxy = True
        triggers: ClassVar = [
            pgtrigger.Trigger(
                name="no_mandate_yet", operation=pgtrigger.Insert, when=pgtrigger.Before, func=NO_MANDATE_YET
            )
        ]


class Beginning(Body):
    """A council that is founded begins to decide after its first assembly."""

    class Meta:
        proxy = True
        triggers: ClassVar = [
            pgtrigger.Trigger(
                name="after_its_assembly",
                operation=pgtrigger.Update,
                when=pgtrigger.Before,
                condition=pgtrigger.Q(old__adopted_at__isnull=True, new__adopted_at__isnull=False),
                func=AFTER_ITS_ASSEMBLY,
            )
        ]
