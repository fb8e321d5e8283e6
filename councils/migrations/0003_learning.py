"""Learning together: things to lend, reading groups and teach-ins."""

import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models

import core.models.fields
from core.migrations._house import keep


class Migration(migrations.Migration):
    dependencies = [
        ("core", "0015_ends"),
        ("councils", "0002_splits"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Item",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", core.models.fields.LineField(max_length=120)),
                ("about", models.TextField(blank=True, max_length=1000)),
                ("added_at", models.DateTimeField()),
                ("gone_at", models.DateTimeField(blank=True, null=True)),
                (
                    "body",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="items", to="core.body"
                    ),
                ),
                (
                    "keeper",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Loan",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("lent_at", models.DateTimeField()),
                ("due_on", models.DateField()),
                ("reminded_at", models.DateTimeField(blank=True, null=True)),
                ("back_at", models.DateTimeField(blank=True, null=True)),
                (
                    "borrower",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "item",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="loans", to="councils.item"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Study",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "kind",
                    models.CharField(
                        choices=[("reading", "Reading group"), ("teach_in", "Teach-in")],
                        default="reading",
                        max_length=8,
                    ),
                ),
                ("title", core.models.fields.LineField(max_length=120)),
                ("about", models.TextField(blank=True, max_length=4000)),
                ("place", core.models.fields.LineField(max_length=120)),
                ("starts_at", models.DateTimeField()),
                ("ends_at", models.DateTimeField()),
                ("places", models.PositiveSmallIntegerField(blank=True, null=True)),
                ("announced_at", models.DateTimeField()),
                ("called_off_at", models.DateTimeField(blank=True, null=True)),
                (
                    "body",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="studies", to="core.body"
                    ),
                ),
                (
                    "leader",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
            options={
                "verbose_name_plural": "studies",
            },
        ),
        migrations.CreateModel(
            name="StudySeat",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("at", models.DateTimeField()),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "study",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="seats", to="councils.study"
                    ),
                ),
            ],
        ),
        migrations.AddIndex(
            model_name="item",
            index=models.Index(
                condition=models.Q(("gone_at__isnull", True)), fields=["body", "name"], name="item_shelf"
            ),
        ),
        migrations.AddConstraint(
            model_name="item",
            constraint=models.CheckConstraint(condition=models.Q(("name", ""), _negated=True), name="item_has_a_name"),
        ),
        migrations.AddConstraint(
            model_name="item",
            constraint=models.CheckConstraint(
                condition=models.Q(("gone_at__isnull", True), ("gone_at__gte", models.F("added_at")), _connector="OR"),
                name="item_goes_later",
            ),
        ),
        migrations.AddIndex(
            model_name="loan",
            index=models.Index(
                condition=models.Q(("back_at__isnull", True), ("reminded_at__isnull", True)),
                fields=["due_on"],
                name="loan_to_remind",
            ),
        ),
        migrations.AddConstraint(
            model_name="loan",
            constraint=models.UniqueConstraint(
                condition=models.Q(("back_at__isnull", True)), fields=("item",), name="loan_open_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="loan",
            constraint=models.CheckConstraint(
                condition=models.Q(("back_at__isnull", True), ("back_at__gte", models.F("lent_at")), _connector="OR"),
                name="loan_back_later",
            ),
        ),
        migrations.AddIndex(
            model_name="study",
            index=models.Index(fields=["body", "starts_at"], name="study_dates"),
        ),
        migrations.AddConstraint(
            model_name="study",
            constraint=models.CheckConstraint(
                condition=models.Q(("kind__in", ["reading", "teach_in"])), name="study_kind_known"
            ),
        ),
        migrations.AddConstraint(
            model_name="study",
            constraint=models.CheckConstraint(
                condition=models.Q(models.Q(("title", ""), _negated=True), models.Q(("place", ""), _negated=True)),
                name="study_says_what_and_where",
            ),
        ),
        migrations.AddConstraint(
            model_name="study",
            constraint=models.CheckConstraint(
                condition=models.Q(("ends_at__gt", models.F("starts_at"))), name="study_ends_later"
            ),
        ),
        migrations.AddConstraint(
            model_name="study",
            constraint=models.CheckConstraint(
                condition=models.Q(("places__isnull", True), ("places__gte", 1), _connector="OR"),
                name="study_has_a_place",
            ),
        ),
        migrations.AddConstraint(
            model_name="studyseat",
            constraint=models.UniqueConstraint(fields=("study", "person"), name="study_seat_once"),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="studyseat",
            trigger=pgtrigger.compiler.Trigger(
                name="seats_are_counted",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="\n    IF (SELECT count(*) FROM councils_studyseat WHERE study_id = NEW.study_id)\n        >= (SELECT places FROM councils_study WHERE id = NEW.study_id)\n    THEN RAISE EXCEPTION 'all places are taken'; END IF;\n    RETURN NEW;\n",
                    hash="e3c57bddb572a39f92873835fde83e714b5500af",
                    operation="INSERT",
                    pgid="pgtrigger_seats_are_counted_ec9d3",
                    table="councils_studyseat",
                    when="BEFORE",
                ),
            ),
        ),
        migrations.RunPython(keep("councils_item", "councils_loan", "councils_study"), migrations.RunPython.noop),
    ]
