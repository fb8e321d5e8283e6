"""Labels of people who hold mandates of a confederation without being members of it."""

import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models

import confederation.models.holders
from core.migrations._house import keep


class Migration(migrations.Migration):
    dependencies = [
        ("confederation", "0001_confederations"),
        ("core", "0025_confederations"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Holder",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("label_key", models.BinaryField(default=confederation.models.holders.new_key, max_length=32)),
                (
                    "confederation",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="core.body"),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("confederation", "person"), name="holder_once")],
            },
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="holder",
            trigger=pgtrigger.compiler.Trigger(
                name="holder_kept",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="32148abe370301351e5a0e82413174e76d972fa1",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_holder_kept_a7555",
                    table="confederation_holder",
                    when="BEFORE",
                ),
            ),
        ),
        migrations.RunPython(keep("confederation_holder", only_added_to=True), migrations.RunPython.noop),
    ]
