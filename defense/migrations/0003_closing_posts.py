"""Posts that are no longer needed: closed by the host, those under them first."""

import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations, models

from core.migrations._house import keep


class Migration(migrations.Migration):
    dependencies = [
        ("core", "0024_suspended"),
        ("defense", "0002_suspended"),
    ]

    operations = [
        migrations.CreateModel(
            name="Closing",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "post",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="closings", to="defense.post"
                    ),
                ),
                (
                    "proposal",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT, related_name="closes_post", to="core.proposal"
                    ),
                ),
            ],
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="post",
            name="post_in_its_place",
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="post",
            trigger=pgtrigger.compiler.Trigger(
                name="post_in_its_place",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="\n    IF NEW.above_id IS NOT NULL AND NOT EXISTS (\n        SELECT 1 FROM defense_post p WHERE p.id = NEW.above_id AND p.body_id = NEW.body_id AND p.id < NEW.id\n    ) THEN RAISE EXCEPTION 'a post stands under an older one of the same body'; END IF;\n    IF NEW.in_force_at IS NOT NULL AND NEW.ended_at IS NULL AND EXISTS (\n        SELECT 1 FROM defense_post p WHERE p.id = NEW.above_id AND p.ended_at IS NOT NULL\n    ) THEN RAISE EXCEPTION 'a post stands under one that is open'; END IF;\n    IF NEW.ended_at IS NOT NULL AND EXISTS (\n        SELECT 1 FROM defense_post p WHERE p.above_id = NEW.id AND p.in_force_at IS NOT NULL AND p.ended_at IS NULL\n    ) THEN RAISE EXCEPTION 'a post is closed after those under it'; END IF;\n    IF TG_OP = 'UPDATE' AND OLD.ended_at IS NOT NULL AND NEW.ended_at IS DISTINCT FROM OLD.ended_at\n    THEN RAISE EXCEPTION 'a post that was closed stays closed'; END IF;\n    RETURN NEW;\n",
                    hash="92afc7920e2f364d11b1d632ca1b27308a997374",
                    operation="INSERT OR UPDATE",
                    pgid="pgtrigger_post_in_its_place_09788",
                    table="defense_post",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="closing",
            trigger=pgtrigger.compiler.Trigger(
                name="closes_a_post",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="\n    IF NOT EXISTS (\n        SELECT 1 FROM defense_post t JOIN core_body b ON b.id = t.body_id\n        JOIN core_proposal p ON p.id = NEW.proposal_id AND p.body_id = b.host_id AND p.kind = 'post_closing'\n        WHERE t.id = NEW.post_id AND t.in_force_at IS NOT NULL AND t.ended_at IS NULL\n    ) THEN RAISE EXCEPTION 'the host closes the posts of what answers to it'; END IF;\n    RETURN NEW;\n",
                    hash="1523a8ce84b36c0b69e245fd944fe05b75883173",
                    operation="INSERT",
                    pgid="pgtrigger_closes_a_post_2d028",
                    table="defense_closing",
                    when="BEFORE",
                ),
            ),
        ),
        migrations.RunPython(keep("defense_closing", only_added_to=True), migrations.RunPython.noop),
    ]
