"""One answer to why a body is suspended: its host has ended, or recognises it no longer; another host lifts both."""

import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations

HOST_HAS_ENDED = """
    UPDATE core_body AS hosted SET suspended_at = host.ended_at FROM core_body AS host
    WHERE host.id = hosted.host_id AND host.ended_at IS NOT NULL AND hosted.ended_at IS NULL
"""
NO_HOST_ONLY = "UPDATE core_body SET suspended_at = NULL WHERE host_id IS NOT NULL"


class Migration(migrations.Migration):
    dependencies = [
        ("core", "0023_audits"),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name="body",
            name="body_suspended_without_host",
        ),
        migrations.RunSQL(HOST_HAS_ENDED, NO_HOST_ONLY),
        pgtrigger.migrations.RemoveTrigger(
            model_name="body",
            name="host_is_above",
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="vote",
            name="none_while_suspended",
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="body",
            trigger=pgtrigger.compiler.Trigger(
                name="host_is_above",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition='WHEN (NEW."host_id" IS NOT NULL)',
                    func="\n    IF TG_OP = 'UPDATE' AND NEW.host_id IS NOT DISTINCT FROM OLD.host_id THEN RETURN NEW; END IF;\n    PERFORM pg_advisory_xact_lock(4040404);\n    IF EXISTS (\n        WITH RECURSIVE above(id) AS (\n            SELECT NEW.host_id UNION SELECT b.host_id FROM core_body b JOIN above ON above.id = b.id\n        ) SELECT 1 FROM above WHERE id = NEW.id\n    ) THEN RAISE EXCEPTION 'a body is never its own ancestor'; END IF;\n    IF EXISTS (SELECT 1 FROM core_body WHERE id = NEW.host_id AND ended_at IS NOT NULL)\n    THEN RAISE EXCEPTION 'a body that has ended hosts nobody'; END IF;\n    RETURN NEW;\n",
                    hash="a2c258a2104298f42c489316c35e87bfdb909a96",
                    operation="INSERT OR UPDATE",
                    pgid="pgtrigger_host_is_above_2fb1a",
                    table="core_body",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="body",
            trigger=pgtrigger.compiler.Trigger(
                name="suspended_until_another_host",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="\n    IF NEW.suspended_at IS NOT NULL AND EXISTS (SELECT 1 FROM core_body WHERE id = NEW.host_id AND ended_at IS NULL)\n    THEN RAISE EXCEPTION 'a body that answers to a host is not suspended'; END IF;\n    IF OLD.suspended_at IS NOT NULL AND NEW.suspended_at IS NULL\n        AND (NEW.host_id IS NULL OR NEW.host_id IS NOT DISTINCT FROM OLD.host_id)\n    THEN RAISE EXCEPTION 'nothing but another host lifts a suspension'; END IF;\n    RETURN NEW;\n",
                    hash="61e164bf092bb6f049e8de2b6f4bb87830cd347a",
                    operation="UPDATE",
                    pgid="pgtrigger_suspended_until_another_host_ba7ca",
                    table="core_body",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="body",
            trigger=pgtrigger.compiler.Trigger(
                name="hosted_are_suspended",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition='WHEN (NEW."ended_at" IS NOT NULL AND OLD."ended_at" IS NULL)',
                    constraint="CONSTRAINT",
                    func="\n    PERFORM pg_advisory_xact_lock(4040404);\n    IF EXISTS (SELECT 1 FROM core_body WHERE host_id = NEW.id AND ended_at IS NULL AND suspended_at IS NULL)\n    THEN RAISE EXCEPTION 'when a host ends, what answers to it is suspended'; END IF;\n    RETURN NULL;\n",
                    hash="b06cd75825b14c3755191d0b0989195c37ad0dd3",
                    operation="UPDATE",
                    pgid="pgtrigger_hosted_are_suspended_70124",
                    table="core_body",
                    timing="DEFERRABLE INITIALLY DEFERRED",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="vote",
            trigger=pgtrigger.compiler.Trigger(
                name="none_while_suspended",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition='WHEN (NEW."number" = 1)',
                    func="\n    IF EXISTS (\n        SELECT 1 FROM core_proposal p JOIN core_body b ON b.id = p.body_id AND b.suspended_at IS NOT NULL\n        WHERE p.id = NEW.proposal_id AND p.kind NOT IN ('host', 'recall', 'dissolution', 'union')\n    ) THEN RAISE EXCEPTION 'a suspended body decides once it has another host'; END IF;\n    RETURN NEW;\n",
                    hash="9122908457e9dd0816b0bb734c0e03a27b864b56",
                    operation="INSERT",
                    pgid="pgtrigger_none_while_suspended_f272e",
                    table="core_vote",
                    when="BEFORE",
                ),
            ),
        ),
    ]
