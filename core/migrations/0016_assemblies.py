"""What assemblies ask of core: news of a pillar, a discussion that was waived, who was there in a round of talks."""

import django.db.models.deletion
from django.db import migrations, models

import core.models.fields
from core.migrations._house import keep


class Migration(migrations.Migration):
    dependencies = [
        ("core", "0015_ends"),
    ]

    operations = [
        migrations.CreateModel(
            name="Attended",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("round_no", models.PositiveSmallIntegerField()),
                ("at", models.DateTimeField()),
            ],
            options={
                "verbose_name_plural": "attended",
            },
        ),
        migrations.AddField(
            model_name="cause",
            name="path",
            field=models.CharField(blank=True, db_default="", default="", max_length=200),
        ),
        migrations.AddField(
            model_name="cause",
            name="title",
            field=core.models.fields.LineField(blank=True, db_default="", default="", max_length=120),
        ),
        migrations.AddField(
            model_name="proposal",
            name="waived_at",
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.AddConstraint(
            model_name="proposal",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("waived_at__isnull", True),
                    models.Q(("discussion_at__isnull", False), ("waived_at__gte", models.F("discussion_at"))),
                    _connector="OR",
                ),
                name="proposal_waived_after_it_was_put_up",
            ),
        ),
        migrations.AddField(
            model_name="attended",
            name="membership",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="core.membership"
            ),
        ),
        migrations.AddField(
            model_name="attended",
            name="proposal",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="attended", to="core.proposal"
            ),
        ),
        migrations.AddConstraint(
            model_name="attended",
            constraint=models.UniqueConstraint(fields=("proposal", "round_no", "membership"), name="attended_once"),
        ),
        migrations.AddConstraint(
            model_name="attended",
            constraint=models.CheckConstraint(condition=models.Q(("round_no__gt", 0)), name="attended_in_a_round"),
        ),
        migrations.RunPython(keep("core_attended", only_added_to=True), migrations.RunPython.noop),
    ]
