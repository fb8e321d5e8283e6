"""What the database refuses in core's tables for the sake of confederations; a stand-in without rows of its own."""

from typing import ClassVar

import pgtrigger

from core.models import Body

# A confederation has no people of its own: it decides once two bodies are in it, and ends when nobody sits in it.
BEGINS_WITH_BODIES = """
    IF NEW.kind = 'confederation' AND (
        SELECT count(*) FROM confederation_seat s WHERE s.confederation_id = NEW.id AND s.voice AND s.left_at IS NULL
    ) < 2 THEN RAISE EXCEPTION 'a confederation begins with two bodies'; END IF;
    RETURN NEW;
"""
# Judged when the transaction commits: by then whoever ends the body has ended its seats too.
LEAVES_WHAT_IT_IS_IN = """
    IF EXISTS (
        SELECT FROM confederation_seat s WHERE (s.body_id = NEW.id OR s.confederation_id = NEW.id) AND s.left_at IS NULL
    ) THEN RAISE EXCEPTION 'a body that ends leaves what it is in'; END IF;
    RETURN NULL;
"""


class ConfederationBody(Body):
    """A confederation begins with bodies, and no body that has ended sits in one."""

    class Meta:
        proxy = True
        triggers: ClassVar = [
            pgtrigger.Trigger(
                name="begins_with_bodies",
                operation=pgtrigger.Update,
                when=pgtrigger.Before,
                condition=pgtrigger.Q(old__adopted_at__isnull=True, new__adopted_at__isnull=False),
                func=BEGINS_WITH_BODIES,
            ),
            pgtrigger.Trigger(
                name="leaves_what_it_is_in",
                operation=pgtrigger.Update,
                when=pgtrigger.After,
                timing=pgtrigger.Deferred,
                condition=pgtrigger.Q(old__ended_at__isnull=True, new__ended_at__isnull=False),
                func=LEAVES_WHAT_IT_IS_IN,
            ),
        ]
