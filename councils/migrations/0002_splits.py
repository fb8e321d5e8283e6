"""A council becomes two: the names of both, and who goes where."""

import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations, models

import core.models.fields
from core.migrations._house import keep


class Migration(migrations.Migration):
    dependencies = [
        ("core", "0015_ends"),
        ("councils", "0001_founding"),
    ]

    operations = [
        migrations.CreateModel(
            name="Split",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("first", core.models.fields.LineField(max_length=80)),
                ("second", core.models.fields.LineField(max_length=80)),
                ("done_at", models.DateTimeField(blank=True, null=True)),
                (
                    "proposal",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT, related_name="split", to="core.proposal"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="SplitChoice",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("part", models.PositiveSmallIntegerField()),
                ("at", models.DateTimeField()),
                (
                    "membership",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="core.membership"
                    ),
                ),
                (
                    "split",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="choices", to="councils.split"
                    ),
                ),
            ],
        ),
        migrations.AddConstraint(
            model_name="split",
            constraint=models.CheckConstraint(
                condition=models.Q(models.Q(("first", ""), _negated=True), models.Q(("second", ""), _negated=True)),
                name="split_has_names",
            ),
        ),
        migrations.AddConstraint(
            model_name="split",
            constraint=models.CheckConstraint(
                condition=models.Q(("first", models.F("second")), _negated=True), name="split_has_two_names"
            ),
        ),
        migrations.AddConstraint(
            model_name="splitchoice",
            constraint=models.UniqueConstraint(fields=("split", "membership"), name="split_choice_once"),
        ),
        migrations.AddConstraint(
            model_name="splitchoice",
            constraint=models.CheckConstraint(condition=models.Q(("part__in", (1, 2))), name="split_choice_of_two"),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="splitchoice",
            trigger=pgtrigger.compiler.Trigger(
                name="choice_of_a_member",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="\n    IF NOT EXISTS (\n        SELECT 1 FROM core_membership m JOIN councils_split s ON s.id = NEW.split_id\n        JOIN core_proposal p ON p.id = s.proposal_id AND p.body_id = m.body_id\n        WHERE m.id = NEW.membership_id AND m.ended_at IS NULL AND s.done_at IS NULL\n    ) THEN RAISE EXCEPTION 'members choose until their council has become two'; END IF;\n    RETURN NEW;\n",
                    hash="42567d7608730ce54712055b1f9b1c6a6d71fbb7",
                    operation="INSERT OR UPDATE",
                    pgid="pgtrigger_choice_of_a_member_f2254",
                    table="councils_splitchoice",
                    when="BEFORE",
                ),
            ),
        ),
        migrations.RunPython(keep("councils_split", "councils_splitchoice"), migrations.RunPython.noop),
    ]
