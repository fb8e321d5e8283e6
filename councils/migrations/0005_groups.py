"""Groups already at work, and the links with which they are invited to form a body."""

import django.db.models.deletion
from django.db import migrations, models

import core.models.fields
from core.migrations._house import keep


class Migration(migrations.Migration):
    dependencies = [
        ("core", "0019_accords"),
        ("councils", "0004_assemblies"),
    ]

    operations = [
        migrations.CreateModel(
            name="KnownGroup",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", core.models.fields.LineField(max_length=80, verbose_name="name")),
                ("does", models.TextField(max_length=500, verbose_name="what it does")),
                ("reach", core.models.fields.LineField(max_length=200, verbose_name="how to reach the group")),
                ("added_at", models.DateTimeField()),
                ("gone_at", models.DateTimeField(blank=True, null=True)),
                (
                    "body",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="known_groups", to="core.body"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="GroupInvitation",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("token_hash", models.CharField(max_length=64, unique=True)),
                ("made_at", models.DateTimeField()),
                ("expires_at", models.DateTimeField()),
                ("ended_at", models.DateTimeField(blank=True, null=True)),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="core.membership"
                    ),
                ),
                (
                    "formed",
                    models.OneToOneField(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="core.body",
                    ),
                ),
                (
                    "group",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="invitations",
                        to="councils.knowngroup",
                    ),
                ),
            ],
        ),
        migrations.AddConstraint(
            model_name="knowngroup",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("name", ""), _negated=True),
                    models.Q(("does", ""), _negated=True),
                    models.Q(("reach", ""), _negated=True),
                ),
                name="group_is_described",
            ),
        ),
        migrations.AddConstraint(
            model_name="knowngroup",
            constraint=models.UniqueConstraint(
                condition=models.Q(("gone_at__isnull", True)), fields=("body", "name"), name="group_listed_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="knowngroup",
            constraint=models.CheckConstraint(
                condition=models.Q(("gone_at__isnull", True), ("gone_at__gte", models.F("added_at")), _connector="OR"),
                name="group_goes_later",
            ),
        ),
        migrations.AddConstraint(
            model_name="groupinvitation",
            constraint=models.UniqueConstraint(
                condition=models.Q(("ended_at__isnull", True)), fields=("group",), name="group_one_link_at_a_time"
            ),
        ),
        migrations.AddConstraint(
            model_name="groupinvitation",
            constraint=models.CheckConstraint(
                condition=models.Q(("expires_at__gt", models.F("made_at"))), name="group_link_expires_later"
            ),
        ),
        migrations.AddConstraint(
            model_name="groupinvitation",
            constraint=models.CheckConstraint(
                condition=models.Q(("formed__isnull", True), ("ended_at__isnull", False), _connector="OR"),
                name="group_link_used_once",
            ),
        ),
        migrations.RunPython(keep("councils_knowngroup", "councils_groupinvitation"), migrations.RunPython.noop),
    ]
