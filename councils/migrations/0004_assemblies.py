"""Assemblies: dates, agenda and duties, the room, the question to waive a discussion, minutes."""

import django.core.validators
import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models

import core.models.fields
from core.migrations._house import keep

# Only what somebody may take back is ever deleted: an item that has not begun, a note that is not published.
KEPT = ("assembly", "dateoption", "datemark", "duty", "attendance", "turn", "wave", "waiver", "consent", "errand")
ONLY_ADDED_TO = ("addendum", "minutes")


class Migration(migrations.Migration):
    dependencies = [
        ("core", "0016_assemblies"),
        ("councils", "0003_learning"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Assembly",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("title", core.models.fields.LineField(max_length=120, verbose_name="what it is called")),
                ("about", models.TextField(blank=True, max_length=4000, verbose_name="what it is for")),
                ("place", core.models.fields.LineField(max_length=200, verbose_name="place")),
                (
                    "stage",
                    models.CharField(
                        choices=[
                            ("poll", "looking for a date"),
                            ("called", "called"),
                            ("open", "under way"),
                            ("held", "over, minutes being written"),
                            ("published", "minutes published"),
                            ("cancelled", "called off"),
                        ],
                        default="poll",
                        max_length=9,
                    ),
                ),
                (
                    "notice_days",
                    models.PositiveSmallIntegerField(
                        default=7,
                        validators=[
                            django.core.validators.MinValueValidator(3),
                            django.core.validators.MaxValueValidator(30),
                        ],
                        verbose_name="days of notice",
                    ),
                ),
                ("made_at", models.DateTimeField()),
                ("starts_at", models.DateTimeField(blank=True, null=True)),
                ("ends_at", models.DateTimeField(blank=True, null=True)),
                ("called_at", models.DateTimeField(blank=True, null=True)),
                ("opened_at", models.DateTimeField(blank=True, null=True)),
                ("closed_at", models.DateTimeField(blank=True, null=True)),
                ("published_at", models.DateTimeField(blank=True, null=True)),
                ("cancelled_at", models.DateTimeField(blank=True, null=True)),
                ("guests", models.PositiveSmallIntegerField(default=0, verbose_name="guests")),
                (
                    "body",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="assemblies", to="core.body"
                    ),
                ),
                (
                    "called_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
            options={
                "verbose_name_plural": "assemblies",
            },
        ),
        migrations.CreateModel(
            name="AgendaItem",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("place", models.PositiveSmallIntegerField()),
                ("title", core.models.fields.LineField(max_length=120, verbose_name="what we talk over")),
                (
                    "box",
                    models.PositiveSmallIntegerField(
                        default=15,
                        validators=[
                            django.core.validators.MinValueValidator(1),
                            django.core.validators.MaxValueValidator(240),
                        ],
                        verbose_name="minutes",
                    ),
                ),
                ("longer", models.PositiveSmallIntegerField(default=0)),
                (
                    "takes_ballots",
                    models.BooleanField(default=False, verbose_name="votes of those present are taken here"),
                ),
                ("begun_at", models.DateTimeField(blank=True, null=True)),
                ("ended_at", models.DateTimeField(blank=True, null=True)),
                (
                    "added_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "proposal",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="core.proposal",
                    ),
                ),
                (
                    "assembly",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="items", to="councils.assembly"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Attendance",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("arrived_at", models.DateTimeField()),
                ("left_at", models.DateTimeField(blank=True, null=True)),
                (
                    "assembly",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="attendances", to="councils.assembly"
                    ),
                ),
                (
                    "membership",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="core.membership"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="DateOption",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("starts_at", models.DateTimeField()),
                ("ends_at", models.DateTimeField()),
                (
                    "assembly",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="options", to="councils.assembly"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="DateMark",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "suits",
                    models.CharField(
                        choices=[("yes", "suits me"), ("maybe", "if need be"), ("no", "does not suit me")], max_length=5
                    ),
                ),
                (
                    "membership",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="core.membership"
                    ),
                ),
                (
                    "option",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="marks", to="councils.dateoption"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Duty",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "role",
                    models.CharField(
                        choices=[("facilitator", "facilitator"), ("note_taker", "note-taker")], max_length=11
                    ),
                ),
                ("asked_at", models.DateTimeField()),
                ("accepted_at", models.DateTimeField(blank=True, null=True)),
                ("ended_at", models.DateTimeField(blank=True, null=True)),
                (
                    "assembly",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="duties", to="councils.assembly"
                    ),
                ),
                (
                    "membership",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="core.membership"
                    ),
                ),
            ],
            options={
                "verbose_name_plural": "duties",
            },
        ),
        migrations.CreateModel(
            name="Errand",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("what", core.models.fields.LineField(max_length=200, verbose_name="what")),
                ("due_on", models.DateField(blank=True, null=True, verbose_name="by")),
                ("done_at", models.DateTimeField(blank=True, null=True)),
                ("note", core.models.fields.LineField(blank=True, max_length=300, verbose_name="how it went")),
                (
                    "assembly",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="errands", to="councils.assembly"
                    ),
                ),
                (
                    "item",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="errands",
                        to="councils.agendaitem",
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="errands",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="MinuteLine",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("opened", "opened"),
                            ("arrived", "arrived"),
                            ("left", "left"),
                            ("guests", "guests"),
                            ("begun", "item begun"),
                            ("ended", "item ended"),
                            ("longer", "more time"),
                            ("felt", "temperature"),
                            ("asked", "asked to waive the discussion"),
                            ("waived", "discussion waived"),
                            ("not_waived", "discussion not waived"),
                            ("errand", "somebody will do something"),
                            ("note", "note"),
                            ("closed", "closed"),
                        ],
                        max_length=10,
                    ),
                ),
                ("at", models.DateTimeField()),
                ("numbers", models.JSONField(blank=True, default=dict)),
                ("text", models.TextField(blank=True, max_length=4000, verbose_name="note")),
                ("version", models.PositiveIntegerField(default=1)),
                (
                    "assembly",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="lines", to="councils.assembly"
                    ),
                ),
                (
                    "item",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="councils.agendaitem",
                    ),
                ),
                (
                    "membership",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="core.membership",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Minutes",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("text", models.TextField()),
                ("published_at", models.DateTimeField()),
                (
                    "assembly",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT, related_name="minutes", to="councils.assembly"
                    ),
                ),
                (
                    "published_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
            options={
                "verbose_name_plural": "minutes",
            },
        ),
        migrations.CreateModel(
            name="Addendum",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("text", models.TextField(max_length=4000, verbose_name="what has to be added")),
                ("at", models.DateTimeField()),
                (
                    "author",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "minutes",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="addenda", to="councils.minutes"
                    ),
                ),
            ],
            options={
                "verbose_name_plural": "addenda",
            },
        ),
        migrations.CreateModel(
            name="Turn",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("speak", "wants to speak"),
                            ("response", "direct response"),
                            ("process", "point of process"),
                        ],
                        max_length=8,
                    ),
                ),
                ("raised_at", models.DateTimeField()),
                ("called_at", models.DateTimeField(blank=True, null=True)),
                ("ended_at", models.DateTimeField(blank=True, null=True)),
                ("lowered_at", models.DateTimeField(blank=True, null=True)),
                (
                    "assembly",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="turns", to="councils.assembly"
                    ),
                ),
                (
                    "item",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="turns",
                        to="councils.agendaitem",
                    ),
                ),
                (
                    "membership",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="core.membership"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Waiver",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("version", models.PositiveIntegerField()),
                ("asked_at", models.DateTimeField()),
                ("settled_at", models.DateTimeField(blank=True, null=True)),
                ("carried", models.BooleanField(blank=True, null=True)),
                (
                    "asked_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "assembly",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="waivers", to="councils.assembly"
                    ),
                ),
                (
                    "proposal",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="core.proposal"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Consent",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("agrees", models.BooleanField()),
                ("at", models.DateTimeField()),
                (
                    "entered_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "membership",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="core.membership"
                    ),
                ),
                (
                    "waiver",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="consents", to="councils.waiver"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Wave",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "sign",
                    models.CharField(
                        choices=[("agree", "I agree"), ("unsure", "I am unsure"), ("disagree", "I disagree")],
                        max_length=8,
                    ),
                ),
                ("at", models.DateTimeField()),
                (
                    "item",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="waves", to="councils.agendaitem"
                    ),
                ),
                (
                    "membership",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="core.membership"
                    ),
                ),
            ],
        ),
        migrations.AddIndex(
            model_name="assembly",
            index=models.Index(fields=["body", "-starts_at"], name="assembly_of_body"),
        ),
        migrations.AddConstraint(
            model_name="assembly",
            constraint=models.CheckConstraint(
                condition=models.Q(models.Q(("title", ""), _negated=True), models.Q(("place", ""), _negated=True)),
                name="assembly_has_title_and_place",
            ),
        ),
        migrations.AddConstraint(
            model_name="assembly",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("cancelled_at__isnull", False), ("opened_at__isnull", True), ("stage", "cancelled")),
                    models.Q(
                        ("called_at__isnull", True),
                        ("cancelled_at__isnull", True),
                        ("closed_at__isnull", True),
                        ("opened_at__isnull", True),
                        ("published_at__isnull", True),
                        ("stage", "poll"),
                    ),
                    models.Q(
                        ("called_at__isnull", False),
                        ("cancelled_at__isnull", True),
                        ("closed_at__isnull", True),
                        ("opened_at__isnull", True),
                        ("published_at__isnull", True),
                        ("stage", "called"),
                    ),
                    models.Q(
                        ("called_at__isnull", False),
                        ("cancelled_at__isnull", True),
                        ("closed_at__isnull", True),
                        ("opened_at__isnull", False),
                        ("published_at__isnull", True),
                        ("stage", "open"),
                    ),
                    models.Q(
                        ("called_at__isnull", False),
                        ("cancelled_at__isnull", True),
                        ("closed_at__isnull", False),
                        ("opened_at__isnull", False),
                        ("published_at__isnull", True),
                        ("stage", "held"),
                    ),
                    models.Q(
                        ("called_at__isnull", False),
                        ("cancelled_at__isnull", True),
                        ("closed_at__isnull", False),
                        ("opened_at__isnull", False),
                        ("published_at__isnull", False),
                        ("stage", "published"),
                    ),
                    _connector="OR",
                ),
                name="assembly_stage_proved_by_dates",
            ),
        ),
        migrations.AddConstraint(
            model_name="assembly",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("called_at__isnull", True), ("ends_at__isnull", True), ("starts_at__isnull", True)),
                    models.Q(
                        ("called_at__isnull", False),
                        ("ends_at__gt", models.F("starts_at")),
                        ("starts_at__isnull", False),
                    ),
                    _connector="OR",
                ),
                name="assembly_called_has_a_date",
            ),
        ),
        migrations.AddConstraint(
            model_name="assembly",
            constraint=models.CheckConstraint(
                condition=models.Q(("notice_days__gte", 3), ("notice_days__lte", 30)), name="assembly_notice_in_range"
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="assembly",
            trigger=pgtrigger.compiler.Trigger(
                name="plan_stands",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="\n    IF OLD.called_at IS NOT NULL AND (NEW.called_at, NEW.starts_at, NEW.ends_at)\n        IS DISTINCT FROM (OLD.called_at, OLD.starts_at, OLD.ends_at)\n    THEN RAISE EXCEPTION 'the plan of an assembly stands once it is called'; END IF;\n    RETURN NEW;\n",
                    hash="936746d545b273e0d13399f67a715b1c8ae1c2fc",
                    operation="UPDATE",
                    pgid="pgtrigger_plan_stands_ae7d8",
                    table="councils_assembly",
                    when="BEFORE",
                ),
            ),
        ),
        migrations.AddIndex(
            model_name="agendaitem",
            index=models.Index(fields=["assembly", "place"], name="item_in_order"),
        ),
        migrations.AddConstraint(
            model_name="agendaitem",
            constraint=models.CheckConstraint(
                condition=models.Q(("title", ""), _negated=True), name="item_has_a_title"
            ),
        ),
        migrations.AddConstraint(
            model_name="agendaitem",
            constraint=models.CheckConstraint(
                condition=models.Q(("box__gte", 1), ("box__lte", 240)), name="item_box_in_range"
            ),
        ),
        migrations.AddConstraint(
            model_name="agendaitem",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("ended_at__isnull", True),
                    models.Q(("begun_at__isnull", False), ("ended_at__gte", models.F("begun_at"))),
                    _connector="OR",
                ),
                name="item_ends_after_it_began",
            ),
        ),
        migrations.AddConstraint(
            model_name="agendaitem",
            constraint=models.CheckConstraint(
                condition=models.Q(("takes_ballots", False), ("proposal__isnull", False), _connector="OR"),
                name="item_ballots_need_a_proposal",
            ),
        ),
        migrations.AddConstraint(
            model_name="agendaitem",
            constraint=models.UniqueConstraint(
                condition=models.Q(("begun_at__isnull", False), ("ended_at__isnull", True)),
                fields=("assembly",),
                name="item_one_at_once",
            ),
        ),
        migrations.AddConstraint(
            model_name="agendaitem",
            constraint=models.UniqueConstraint(
                condition=models.Q(("proposal__isnull", False)),
                fields=("assembly", "proposal"),
                name="item_proposal_once",
            ),
        ),
        migrations.AddConstraint(
            model_name="attendance",
            constraint=models.UniqueConstraint(
                condition=models.Q(("left_at__isnull", True)), fields=("assembly", "membership"), name="attendance_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="attendance",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("left_at__isnull", True), ("left_at__gte", models.F("arrived_at")), _connector="OR"
                ),
                name="attendance_left_later",
            ),
        ),
        migrations.AddConstraint(
            model_name="dateoption",
            constraint=models.UniqueConstraint(fields=("assembly", "starts_at"), name="date_option_once"),
        ),
        migrations.AddConstraint(
            model_name="dateoption",
            constraint=models.CheckConstraint(
                condition=models.Q(("ends_at__gt", models.F("starts_at"))), name="date_option_ends_later"
            ),
        ),
        migrations.AddConstraint(
            model_name="datemark",
            constraint=models.UniqueConstraint(fields=("option", "membership"), name="date_mark_once"),
        ),
        migrations.AddConstraint(
            model_name="datemark",
            constraint=models.CheckConstraint(
                condition=models.Q(("suits__in", ["yes", "maybe", "no"])), name="date_mark_known"
            ),
        ),
        migrations.AddConstraint(
            model_name="duty",
            constraint=models.CheckConstraint(
                condition=models.Q(("role__in", ["facilitator", "note_taker"])), name="duty_role_known"
            ),
        ),
        migrations.AddConstraint(
            model_name="duty",
            constraint=models.UniqueConstraint(
                condition=models.Q(("ended_at__isnull", True)), fields=("assembly", "role"), name="duty_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="errand",
            constraint=models.CheckConstraint(condition=models.Q(("what", ""), _negated=True), name="errand_says_what"),
        ),
        migrations.AddIndex(
            model_name="minuteline",
            index=models.Index(fields=["assembly", "at"], name="minutes_in_order"),
        ),
        migrations.AddConstraint(
            model_name="minuteline",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("kind", "note"), _negated=True), models.Q(("text", ""), _negated=True), _connector="OR"
                ),
                name="note_has_words",
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="minuteline",
            trigger=pgtrigger.compiler.Trigger(
                name="published_line_stands",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="\n    IF EXISTS (SELECT 1 FROM councils_assembly a WHERE a.published_at IS NOT NULL AND a.id =\n        CASE WHEN TG_OP = 'DELETE' THEN OLD.assembly_id ELSE NEW.assembly_id END)\n    THEN RAISE EXCEPTION 'published minutes never change'; END IF;\n    IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;\n    RETURN NEW;\n",
                    hash="cc7d01187bad210b7a04081d672a1b5f7d0f9b8d",
                    operation="INSERT OR UPDATE OR DELETE",
                    pgid="pgtrigger_published_line_stands_27576",
                    table="councils_minuteline",
                    when="BEFORE",
                ),
            ),
        ),
        migrations.AddConstraint(
            model_name="minutes",
            constraint=models.CheckConstraint(
                condition=models.Q(("text", ""), _negated=True), name="minutes_have_words"
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="minutes",
            trigger=pgtrigger.compiler.Trigger(
                name="minutes_stand",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="1f722dbb2a9236a1d56d29ba06b8767907e0e393",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_minutes_stand_ee2df",
                    table="councils_minutes",
                    when="BEFORE",
                ),
            ),
        ),
        migrations.AddConstraint(
            model_name="addendum",
            constraint=models.CheckConstraint(
                condition=models.Q(("text", ""), _negated=True), name="addendum_has_words"
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="addendum",
            trigger=pgtrigger.compiler.Trigger(
                name="addendum_stands",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="5d6b551f528f987c154158985b4eb4aa531ac86a",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_addendum_stands_1d58c",
                    table="councils_addendum",
                    when="BEFORE",
                ),
            ),
        ),
        migrations.AddConstraint(
            model_name="turn",
            constraint=models.CheckConstraint(
                condition=models.Q(("kind__in", ["speak", "response", "process"])), name="turn_kind_known"
            ),
        ),
        migrations.AddConstraint(
            model_name="turn",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("ended_at__isnull", True),
                    models.Q(("called_at__isnull", False), ("ended_at__gte", models.F("called_at"))),
                    _connector="OR",
                ),
                name="turn_ends_after_it_began",
            ),
        ),
        migrations.AddConstraint(
            model_name="turn",
            constraint=models.CheckConstraint(
                condition=models.Q(("lowered_at__isnull", True), ("called_at__isnull", True), _connector="OR"),
                name="turn_lowered_or_called",
            ),
        ),
        migrations.AddConstraint(
            model_name="turn",
            constraint=models.UniqueConstraint(
                condition=models.Q(("called_at__isnull", True), ("lowered_at__isnull", True)),
                fields=("assembly", "membership"),
                name="turn_one_hand_each",
            ),
        ),
        migrations.AddConstraint(
            model_name="turn",
            constraint=models.UniqueConstraint(
                condition=models.Q(("called_at__isnull", False), ("ended_at__isnull", True)),
                fields=("assembly",),
                name="turn_one_speaks",
            ),
        ),
        migrations.AddConstraint(
            model_name="waiver",
            constraint=models.UniqueConstraint(
                condition=models.Q(("settled_at__isnull", True)), fields=("assembly",), name="waiver_one_question"
            ),
        ),
        migrations.AddConstraint(
            model_name="waiver",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("carried__isnull", True), ("settled_at__isnull", True)),
                    models.Q(("carried__isnull", False), ("settled_at__isnull", False)),
                    _connector="OR",
                ),
                name="waiver_settled_has_an_answer",
            ),
        ),
        migrations.AddConstraint(
            model_name="consent",
            constraint=models.UniqueConstraint(fields=("waiver", "membership"), name="consent_once"),
        ),
        migrations.AddConstraint(
            model_name="wave",
            constraint=models.UniqueConstraint(fields=("item", "membership"), name="wave_once"),
        ),
        migrations.AddConstraint(
            model_name="wave",
            constraint=models.CheckConstraint(
                condition=models.Q(("sign__in", ["agree", "unsure", "disagree"])), name="wave_known"
            ),
        ),
        migrations.RunPython(keep(*(f"councils_{name}" for name in KEPT)), migrations.RunPython.noop),
        migrations.RunPython(
            keep(*(f"councils_{name}" for name in ONLY_ADDED_TO), only_added_to=True), migrations.RunPython.noop
        ),
    ]
