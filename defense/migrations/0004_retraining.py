"""Members of whom a panel has found that they train again."""

import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations, models

from core.migrations._house import keep


class Migration(migrations.Migration):
    dependencies = [
        ("core", "0024_suspended"),
        ("defense", "0003_closing_posts"),
    ]

    operations = [
        migrations.CreateModel(
            name="Retraining",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("at", models.DateTimeField()),
                (
                    "case",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT, related_name="retraining", to="core.case"
                    ),
                ),
                (
                    "membership",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="retrainings", to="core.membership"
                    ),
                ),
            ],
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="retraining",
            trigger=pgtrigger.compiler.Trigger(
                name="retraining_kept",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="15a54ef09c71921d31971ef67a4791e90b0ca6df",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_retraining_kept_20135",
                    table="defense_retraining",
                    when="BEFORE",
                ),
            ),
        ),
        migrations.RunPython(keep("defense_retraining", only_added_to=True), migrations.RunPython.noop),
    ]
