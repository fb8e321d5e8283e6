"""When the host of a defence body has ended, the body is suspended and its members stay."""

import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [
        ("core", "0024_suspended"),
        ("defense", "0001_codes_and_posts"),
    ]

    operations = [
        pgtrigger.migrations.RemoveTrigger(
            model_name="defensejoining",
            name="leaves_with_the_host",
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="defensejoining",
            trigger=pgtrigger.compiler.Trigger(
                name="leaves_with_the_host",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition='WHEN (NEW."ended_at" IS NOT NULL AND OLD."ended_at" IS NULL)',
                    constraint="CONSTRAINT",
                    func="\n    IF EXISTS (\n        SELECT 1 FROM core_membership d JOIN core_body b ON b.id = d.body_id AND b.kind = 'defense'\n        WHERE b.host_id = NEW.body_id AND b.suspended_at IS NULL\n        AND d.person_id = NEW.person_id AND d.ended_at IS NULL AND NOT EXISTS (\n            SELECT 1 FROM core_membership h\n            WHERE h.body_id = b.host_id AND h.person_id = NEW.person_id AND h.ended_at IS NULL\n        )\n    ) THEN RAISE EXCEPTION 'who leaves a host leaves its defence bodies'; END IF;\n    RETURN NULL;\n",
                    hash="df9a8ef203b4e0008f9ce493a587712e11461188",
                    operation="UPDATE",
                    pgid="pgtrigger_leaves_with_the_host_f647a",
                    table="core_membership",
                    timing="DEFERRABLE INITIALLY DEFERRED",
                    when="AFTER",
                ),
            ),
        ),
    ]
