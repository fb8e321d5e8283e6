"""What the signer has signed, and what its role may do."""

import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations, models

from core.migrations._house import grant_rewriting, grant_signer_role, grant_web_role


class Migration(migrations.Migration):
    """Needs the role that DATABASE_SIGNER_ROLE names."""

    dependencies = [
        ("core", "0005_house_restored"),
    ]

    operations = [
        migrations.CreateModel(
            name="Checkpoint",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("size", models.PositiveBigIntegerField()),
                ("root", models.CharField(max_length=64)),
                ("head", models.CharField(max_length=64)),
                ("at", models.DateTimeField()),
                ("note", models.TextField()),
            ],
        ),
        migrations.CreateModel(
            name="Receipt",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("change_no", models.PositiveIntegerField()),
                ("at", models.DateTimeField()),
                ("note", models.TextField()),
            ],
        ),
        migrations.CreateModel(
            name="SigningKey",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("key_id", models.CharField(max_length=8)),
                ("text", models.CharField(max_length=80, unique=True)),
                ("rotation", models.TextField(blank=True)),
                ("at", models.DateTimeField()),
            ],
        ),
        migrations.CreateModel(
            name="SigningStop",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("size", models.PositiveBigIntegerField()),
                ("head", models.CharField(max_length=64)),
                ("at", models.DateTimeField()),
            ],
        ),
        migrations.AddIndex(
            model_name="ballot",
            index=models.Index(fields=["changed_at"], name="ballot_changed"),
        ),
        migrations.AddField(
            model_name="checkpoint",
            name="body",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="checkpoints", to="core.body"
            ),
        ),
        migrations.AddField(
            model_name="receipt",
            name="ballot",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="receipts", to="core.ballot"
            ),
        ),
        migrations.AddField(
            model_name="receipt",
            name="key",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="core.signingkey"
            ),
        ),
        migrations.AddField(
            model_name="checkpoint",
            name="key",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="core.signingkey"
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="signingkey",
            trigger=pgtrigger.compiler.Trigger(
                name="signing_key_kept",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="956d110a249f74e7d6af32c0d174c2fd3a0ac1d6",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_signing_key_kept_cacaf",
                    table="core_signingkey",
                    when="BEFORE",
                ),
            ),
        ),
        migrations.AddField(
            model_name="signingstop",
            name="body",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="signing_stops", to="core.body"
            ),
        ),
        migrations.AddConstraint(
            model_name="receipt",
            constraint=models.UniqueConstraint(fields=("ballot", "change_no"), name="receipt_once"),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="receipt",
            trigger=pgtrigger.compiler.Trigger(
                name="receipt_of_the_ballot",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="\n    IF NOT EXISTS (SELECT 1 FROM core_ballot WHERE id = NEW.ballot_id AND change_no >= NEW.change_no) THEN\n        RAISE EXCEPTION 'a receipt is for what was given'; END IF;\n    RETURN NEW;\n",
                    hash="6920d3f82438102609091418b6263742c778387b",
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
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="044f8fa80275075f1f3bade0d5e95556e86bf4a7",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_receipt_kept_0f115",
                    table="core_receipt",
                    when="BEFORE",
                ),
            ),
        ),
        migrations.AddConstraint(
            model_name="checkpoint",
            constraint=models.UniqueConstraint(fields=("body", "size"), name="checkpoint_size_once"),
        ),
        migrations.AddConstraint(
            model_name="checkpoint",
            constraint=models.CheckConstraint(condition=models.Q(("size__gt", 0)), name="checkpoint_of_lines"),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="checkpoint",
            trigger=pgtrigger.compiler.Trigger(
                name="checkpoint_of_the_record",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="\n    IF NOT EXISTS (\n        SELECT 1 FROM core_recordline WHERE body_id = NEW.body_id AND seq = NEW.size AND hash = NEW.head\n    ) THEN RAISE EXCEPTION 'a checkpoint names a line that the record has'; END IF;\n    IF EXISTS (SELECT 1 FROM core_checkpoint WHERE body_id = NEW.body_id AND size >= NEW.size) THEN\n        RAISE EXCEPTION 'a checkpoint comes after the last one'; END IF;\n    RETURN NEW;\n",
                    hash="cec104757e9530740b187c2f0c895598db637532",
                    operation="INSERT",
                    pgid="pgtrigger_checkpoint_of_the_record_6c93d",
                    table="core_checkpoint",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="checkpoint",
            trigger=pgtrigger.compiler.Trigger(
                name="checkpoint_kept",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="3c35b4a05d014704485159da6406721c1412955d",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_checkpoint_kept_c8a57",
                    table="core_checkpoint",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="signingstop",
            trigger=pgtrigger.compiler.Trigger(
                name="signing_stop_kept",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="5a5867ff7891524bc986a96508df2380291c6035",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_signing_stop_kept_30d1e",
                    table="core_signingstop",
                    when="BEFORE",
                ),
            ),
        ),
        # Again, for houses that were restored: a restore had left the web role the rights that every new table gives it.
        migrations.RunPython(grant_web_role, migrations.RunPython.noop),
        migrations.RunPython(grant_rewriting, migrations.RunPython.noop),
        migrations.RunPython(grant_signer_role, migrations.RunPython.noop),
    ]
