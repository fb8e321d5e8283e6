"""Receipts of a label that is forgotten go with it; until then they are kept."""

import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations

from core.migrations._house import grant_forgetting_receipts


class Migration(migrations.Migration):
    dependencies = [
        ("core", "0009_record_whole"),
    ]

    operations = [
        pgtrigger.migrations.RemoveTrigger(
            model_name="receipt",
            name="receipt_of_the_ballot",
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="receipt",
            name="receipt_kept",
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="receipt",
            trigger=pgtrigger.compiler.Trigger(
                name="receipt_of_the_ballot",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    declare="DECLARE member bigint;",
                    func="\n    SELECT r.membership_id INTO member FROM core_ballot b JOIN core_rollentry r ON r.id = b.roll_id\n    WHERE b.id = NEW.ballot_id AND b.change_no >= NEW.change_no;\n    IF member IS NULL THEN RAISE EXCEPTION 'a receipt is for what was given'; END IF;\n    PERFORM pg_advisory_xact_lock_shared(7004, member::int);\n    IF NOT EXISTS (SELECT 1 FROM core_membership WHERE id = member AND label_key IS NOT NULL) THEN\n        RAISE EXCEPTION 'a label that was forgotten gets no receipt'; END IF;\n    RETURN NEW;\n",
                    hash="3482be5b47b3ad1c15cf75ef29261db11684ecf6",
                    operation="INSERT",
                    pgid="pgtrigger_receipt_of_the_ballot_df7f8",
                    table="core_receipt",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="receipt",
            trigger=pgtrigger.compiler.Trigger(
                name="receipt_kept",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="\n    IF TG_OP = 'DELETE' AND EXISTS (\n        SELECT 1 FROM core_ballot b JOIN core_rollentry r ON r.id = b.roll_id\n        JOIN core_membership m ON m.id = r.membership_id\n        WHERE b.id = OLD.ballot_id AND m.forgotten_at IS NOT NULL\n    ) THEN RETURN OLD; END IF;\n    RAISE EXCEPTION 'a receipt is kept as long as its label';\n",
                    hash="e9c9b2675089104d3d3ec4fdd891c54069302c1f",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_receipt_kept_0f115",
                    table="core_receipt",
                    when="BEFORE",
                ),
            ),
        ),
        migrations.RunPython(grant_forgetting_receipts, migrations.RunPython.noop),
    ]
