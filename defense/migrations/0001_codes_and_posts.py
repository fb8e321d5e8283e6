"""Defence bodies: codes and acceptances, posts, training; and what the database calls good standing."""

import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations, models

import core.models.fields
from core.migrations._house import keep

KEPT = ("defensebody", "code", "post", "training", "trainingday")
ONLY_ADDED_TO = ("acceptance", "filling", "trained", "requirement")
# Of both codes the version that is in force at that moment was accepted by then, or a later one.
GOOD_STANDING = """
    CREATE FUNCTION defense_good_standing(member bigint, moment timestamptz) RETURNS boolean LANGUAGE sql STABLE AS $$
        SELECT count(*) = 2 AND bool_and(EXISTS (
            SELECT 1 FROM defense_acceptance a JOIN defense_code k ON k.id = a.code_id
            WHERE a.membership_id = member AND a.at <= moment
            AND k.host_id = c.host_id AND k.body_id IS NOT DISTINCT FROM c.body_id AND k.number >= c.number
        ))
        FROM (
            SELECT DISTINCT ON (c.body_id IS NULL) c.host_id, c.body_id, c.number
            FROM core_membership m JOIN core_body b ON b.id = m.body_id
            JOIN defense_code c ON c.in_force_at <= moment
                AND (c.body_id = b.id OR (c.body_id IS NULL AND c.host_id = b.host_id))
            WHERE m.id = member AND m.ended_at IS NULL
            ORDER BY c.body_id IS NULL, c.number DESC
        ) c
    $$
"""


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("core", "0023_audits"),
    ]

    operations = [
        migrations.CreateModel(
            name="DefenseJoining",
            fields=[],
            options={
                "proxy": True,
                "indexes": [],
                "constraints": [],
            },
            bases=("core.membership",),
        ),
        migrations.CreateModel(
            name="PostHolding",
            fields=[],
            options={
                "proxy": True,
                "indexes": [],
                "constraints": [],
            },
            bases=("core.mandate",),
        ),
        migrations.CreateModel(
            name="Code",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.PositiveSmallIntegerField(blank=True, null=True)),
                ("text", models.TextField(max_length=20000, verbose_name="the code")),
                ("drafted_at", models.DateTimeField()),
                ("adopted_at", models.DateTimeField(blank=True, null=True)),
                ("in_force_at", models.DateTimeField(blank=True, null=True)),
                (
                    "body",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="codes",
                        to="core.body",
                    ),
                ),
                (
                    "host",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="codes_decided", to="core.body"
                    ),
                ),
                (
                    "proposal",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT, related_name="code", to="core.proposal"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Acceptance",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("at", models.DateTimeField()),
                (
                    "membership",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="acceptances", to="core.membership"
                    ),
                ),
                (
                    "code",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="acceptances", to="defense.code"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="DefenseBody",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "sort",
                    models.CharField(
                        choices=[
                            ("cop_watch", "Cop watch"),
                            ("community", "Community defence"),
                            ("direct_action", "Direct action security"),
                            ("militia", "Militia"),
                        ],
                        max_length=13,
                        verbose_name="sort",
                    ),
                ),
                ("name", core.models.fields.LineField(max_length=80, verbose_name="name")),
                ("purpose", models.TextField(max_length=4000, verbose_name="purpose")),
                (
                    "body",
                    models.OneToOneField(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="defense",
                        to="core.body",
                    ),
                ),
                (
                    "proposal",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT, related_name="forms_defense", to="core.proposal"
                    ),
                ),
            ],
            options={
                "verbose_name_plural": "defence bodies",
            },
        ),
        migrations.CreateModel(
            name="Post",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", core.models.fields.LineField(max_length=120)),
                ("expert", models.BooleanField(default=False)),
                ("in_force_at", models.DateTimeField(blank=True, null=True)),
                ("ended_at", models.DateTimeField(blank=True, null=True)),
                (
                    "above",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="below",
                        to="defense.post",
                    ),
                ),
                (
                    "body",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="posts", to="core.body"
                    ),
                ),
                (
                    "proposal",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT, related_name="opens_post", to="core.proposal"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Filling",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "proposal",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT, related_name="fills_post", to="core.proposal"
                    ),
                ),
                (
                    "post",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="fillings", to="defense.post"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Requirement",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "sort",
                    models.CharField(
                        choices=[
                            ("first_aid", "First aid"),
                            ("deescalation", "De-escalation"),
                            ("code", "Code of conduct"),
                        ],
                        max_length=12,
                    ),
                ),
                (
                    "post",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="requires", to="defense.post"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Training",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "sort",
                    models.CharField(
                        choices=[
                            ("first_aid", "First aid"),
                            ("deescalation", "De-escalation"),
                            ("code", "Code of conduct"),
                        ],
                        max_length=12,
                    ),
                ),
                ("valid_days", models.PositiveSmallIntegerField(blank=True, null=True)),
                ("set_at", models.DateTimeField()),
                (
                    "body",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="trainings", to="core.body"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="TrainingDay",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("on", models.DateField()),
                ("announced_at", models.DateTimeField()),
                ("called_off_at", models.DateTimeField(blank=True, null=True)),
                (
                    "announced_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="core.membership"
                    ),
                ),
                (
                    "training",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="days", to="defense.training"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Trained",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("at", models.DateTimeField()),
                (
                    "entered_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="core.membership"
                    ),
                ),
                (
                    "membership",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="trained", to="core.membership"
                    ),
                ),
                (
                    "day",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="trained", to="defense.trainingday"
                    ),
                ),
            ],
            options={
                "verbose_name_plural": "trained",
            },
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="defensejoining",
            trigger=pgtrigger.compiler.Trigger(
                name="members_of_the_host",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="\n    IF EXISTS (SELECT 1 FROM core_body WHERE id = NEW.body_id AND kind = 'defense') AND NOT EXISTS (\n        SELECT 1 FROM core_body b JOIN core_membership h ON h.body_id = b.host_id\n        WHERE b.id = NEW.body_id AND h.person_id = NEW.person_id AND h.ended_at IS NULL\n    ) THEN RAISE EXCEPTION 'members of a defence body are members of its host'; END IF;\n    RETURN NEW;\n",
                    hash="43ecc1f19c1a03b161f44a4caeb54f3e5ab2a7e8",
                    operation="INSERT",
                    pgid="pgtrigger_members_of_the_host_56ac5",
                    table="core_membership",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="defensejoining",
            trigger=pgtrigger.compiler.Trigger(
                name="leaves_with_the_host",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition='WHEN (NEW."ended_at" IS NOT NULL AND OLD."ended_at" IS NULL)',
                    constraint="CONSTRAINT",
                    func="\n    IF EXISTS (\n        SELECT 1 FROM core_membership d JOIN core_body b ON b.id = d.body_id AND b.kind = 'defense'\n        WHERE b.host_id = NEW.body_id AND d.person_id = NEW.person_id AND d.ended_at IS NULL AND NOT EXISTS (\n            SELECT 1 FROM core_membership h\n            WHERE h.body_id = b.host_id AND h.person_id = NEW.person_id AND h.ended_at IS NULL\n        )\n    ) THEN RAISE EXCEPTION 'who leaves a host leaves its defence bodies'; END IF;\n    RETURN NULL;\n",
                    hash="4348b6d104ef814dd3f2ede833cc25c79dda1ccd",
                    operation="UPDATE",
                    pgid="pgtrigger_leaves_with_the_host_f647a",
                    table="core_membership",
                    timing="DEFERRABLE INITIALLY DEFERRED",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="postholding",
            trigger=pgtrigger.compiler.Trigger(
                name="good_standing_for_a_post",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="\n    IF EXISTS (\n        SELECT 1 FROM defense_filling f JOIN defense_post t ON t.id = f.post_id\n        WHERE f.proposal_id = NEW.granted_by_id AND (\n            t.ended_at IS NOT NULL OR NEW.ends_at > NEW.starts_at + interval '365 days'\n            OR NOT t.expert AND NOT EXISTS (\n                SELECT 1 FROM core_membership m\n                WHERE m.body_id = t.body_id AND m.person_id = NEW.person_id AND m.ended_at IS NULL\n                AND defense_good_standing(m.id, NEW.starts_at)\n            )\n        )\n    ) THEN RAISE EXCEPTION 'a post is for members in good standing, and a year at most'; END IF;\n    RETURN NEW;\n",
                    hash="133d5ea557ff760a00f905f585b0972bc3ba6800",
                    operation="INSERT",
                    pgid="pgtrigger_good_standing_for_a_post_433ee",
                    table="core_mandate",
                    when="BEFORE",
                ),
            ),
        ),
        migrations.AddConstraint(
            model_name="code",
            constraint=models.CheckConstraint(condition=models.Q(("text", ""), _negated=True), name="code_not_empty"),
        ),
        migrations.AddConstraint(
            model_name="code",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("adopted_at__isnull", True), ("in_force_at__isnull", True), ("number__isnull", True)),
                    models.Q(
                        ("adopted_at__isnull", False), ("in_force_at__gte", models.F("adopted_at")), ("number__gte", 1)
                    ),
                    _connector="OR",
                ),
                name="code_adopted_has_a_day",
            ),
        ),
        migrations.AddConstraint(
            model_name="code",
            constraint=models.UniqueConstraint(
                condition=models.Q(("body__isnull", False)), fields=("body", "number"), name="code_of_a_body_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="code",
            constraint=models.UniqueConstraint(
                condition=models.Q(("body__isnull", True)), fields=("host", "number"), name="code_of_a_host_once"
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="code",
            trigger=pgtrigger.compiler.Trigger(
                name="code_kept",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="\n    IF TG_OP = 'DELETE' OR (TG_OP = 'UPDATE' AND OLD.adopted_at IS NOT NULL)\n    THEN RAISE EXCEPTION 'a code that was adopted never changes'; END IF;\n    IF NEW.in_force_at <> NEW.adopted_at + least(NEW.number - 1, 1) * interval '14 days'\n    THEN RAISE EXCEPTION 'a new version of a code is in force after 14 days'; END IF;\n    RETURN NEW;\n",
                    hash="67f59ad75c1eddefe155800fdaa1352463b757da",
                    operation="INSERT OR UPDATE OR DELETE",
                    pgid="pgtrigger_code_kept_47c22",
                    table="defense_code",
                    when="BEFORE",
                ),
            ),
        ),
        migrations.AddConstraint(
            model_name="acceptance",
            constraint=models.UniqueConstraint(fields=("membership", "code"), name="acceptance_once"),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="acceptance",
            trigger=pgtrigger.compiler.Trigger(
                name="newest_accepted",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="\n    IF NOT EXISTS (\n        SELECT 1 FROM core_membership m JOIN core_body b ON b.id = m.body_id\n        JOIN defense_code c ON c.id = NEW.code_id AND c.adopted_at IS NOT NULL\n        AND (c.body_id = b.id OR (c.body_id IS NULL AND c.host_id = b.host_id))\n        WHERE m.id = NEW.membership_id AND m.ended_at IS NULL AND NOT EXISTS (\n            SELECT 1 FROM defense_code later WHERE later.host_id = c.host_id\n            AND later.body_id IS NOT DISTINCT FROM c.body_id AND later.number > c.number\n        )\n    ) THEN RAISE EXCEPTION 'a member accepts the newest version of the codes'; END IF;\n    RETURN NEW;\n",
                    hash="5fa8495520c071af11f9fccbf6adf1a06f2e1219",
                    operation="INSERT",
                    pgid="pgtrigger_newest_accepted_5c930",
                    table="defense_acceptance",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="acceptance",
            trigger=pgtrigger.compiler.Trigger(
                name="acceptance_stays",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'an acceptance stays';",
                    hash="03ae0484aac27b17b5aaaf23d067bb29b6485ce3",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_acceptance_stays_01204",
                    table="defense_acceptance",
                    when="BEFORE",
                ),
            ),
        ),
        migrations.AddConstraint(
            model_name="defensebody",
            constraint=models.CheckConstraint(
                condition=models.Q(("sort__in", ["cop_watch", "community", "direct_action", "militia"])),
                name="defense_sort_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="defensebody",
            constraint=models.CheckConstraint(
                condition=models.Q(models.Q(("name", ""), _negated=True), models.Q(("purpose", ""), _negated=True)),
                name="defense_says_what_it_is",
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="defensebody",
            trigger=pgtrigger.compiler.Trigger(
                name="answers_to_who_decided",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="\n    IF NEW.body_id IS NOT NULL AND NOT EXISTS (\n        SELECT 1 FROM core_body b JOIN core_proposal p ON p.body_id = b.host_id AND p.id = NEW.proposal_id\n        WHERE b.id = NEW.body_id AND b.kind = 'defense'\n    ) THEN RAISE EXCEPTION 'a defence body answers to who has decided on it'; END IF;\n    IF TG_OP = 'UPDATE' AND OLD.body_id IS NOT NULL\n    THEN RAISE EXCEPTION 'what a defence body is never changes'; END IF;\n    RETURN NEW;\n",
                    hash="01168bfc61cbf772bb46edb4a09cf97afb61e7aa",
                    operation="INSERT OR UPDATE",
                    pgid="pgtrigger_answers_to_who_decided_34167",
                    table="defense_defensebody",
                    when="BEFORE",
                ),
            ),
        ),
        migrations.AddConstraint(
            model_name="post",
            constraint=models.CheckConstraint(condition=models.Q(("name", ""), _negated=True), name="post_has_a_name"),
        ),
        migrations.AddConstraint(
            model_name="post",
            constraint=models.CheckConstraint(
                condition=models.Q(("above__isnull", True), ("above__lt", models.F("id")), _connector="OR"),
                name="post_under_an_older",
            ),
        ),
        migrations.AddConstraint(
            model_name="post",
            constraint=models.CheckConstraint(
                condition=models.Q(("ended_at__isnull", True), ("in_force_at__isnull", False), _connector="OR"),
                name="post_ends_after_it_began",
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="post",
            trigger=pgtrigger.compiler.Trigger(
                name="post_in_its_place",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="\n    IF NEW.above_id IS NOT NULL AND NOT EXISTS (\n        SELECT 1 FROM defense_post p WHERE p.id = NEW.above_id AND p.body_id = NEW.body_id AND p.id < NEW.id\n    ) THEN RAISE EXCEPTION 'a post stands under an older one of the same body'; END IF;\n    RETURN NEW;\n",
                    hash="91ef238f6eb7db2f152cf29bc8099653447c088c",
                    operation="INSERT OR UPDATE",
                    pgid="pgtrigger_post_in_its_place_09788",
                    table="defense_post",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="filling",
            trigger=pgtrigger.compiler.Trigger(
                name="fills_a_post",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="\n    IF NOT EXISTS (\n        SELECT 1 FROM defense_post t JOIN core_body b ON b.id = t.body_id\n        JOIN core_proposal p ON p.id = NEW.proposal_id AND p.body_id = b.host_id AND p.kind = 'election'\n        WHERE t.id = NEW.post_id AND t.in_force_at IS NOT NULL AND t.ended_at IS NULL\n    ) THEN RAISE EXCEPTION 'the host fills the posts of what answers to it'; END IF;\n    RETURN NEW;\n",
                    hash="198d37770c4cdbbdb5449a9f040f9536ee5fbbd3",
                    operation="INSERT",
                    pgid="pgtrigger_fills_a_post_4c660",
                    table="defense_filling",
                    when="BEFORE",
                ),
            ),
        ),
        migrations.AddConstraint(
            model_name="requirement",
            constraint=models.UniqueConstraint(fields=("post", "sort"), name="requirement_once"),
        ),
        migrations.AddConstraint(
            model_name="requirement",
            constraint=models.CheckConstraint(
                condition=models.Q(("sort__in", ["first_aid", "deescalation", "code"])), name="requirement_sort_known"
            ),
        ),
        migrations.AddConstraint(
            model_name="training",
            constraint=models.UniqueConstraint(fields=("body", "sort"), name="training_once"),
        ),
        migrations.AddConstraint(
            model_name="training",
            constraint=models.CheckConstraint(
                condition=models.Q(("sort__in", ["first_aid", "deescalation", "code"])), name="training_sort_known"
            ),
        ),
        migrations.AddConstraint(
            model_name="training",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("valid_days__isnull", True),
                    models.Q(("valid_days__gte", 1), ("valid_days__lte", 3650)),
                    _connector="OR",
                ),
                name="training_holds_some_time",
            ),
        ),
        migrations.AddConstraint(
            model_name="trainingday",
            constraint=models.UniqueConstraint(fields=("training", "on"), name="training_day_once"),
        ),
        migrations.AddConstraint(
            model_name="trained",
            constraint=models.UniqueConstraint(fields=("day", "membership"), name="trained_once"),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="trained",
            trigger=pgtrigger.compiler.Trigger(
                name="trained_in_its_body",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="\n    IF NOT EXISTS (\n        SELECT 1 FROM defense_trainingday d JOIN defense_training t ON t.id = d.training_id\n        JOIN core_membership m ON m.id = NEW.membership_id AND m.body_id = t.body_id AND m.ended_at IS NULL\n        JOIN core_membership e ON e.id = NEW.entered_by_id AND e.body_id = t.body_id AND e.id <> m.id\n        WHERE d.id = NEW.day_id AND d.called_off_at IS NULL\n    ) THEN RAISE EXCEPTION 'another member of the body enters who came'; END IF;\n    RETURN NEW;\n",
                    hash="6fb1e7bc53e05882ea196e3fc50d0f071debd1b3",
                    operation="INSERT",
                    pgid="pgtrigger_trained_in_its_body_af278",
                    table="defense_trained",
                    when="BEFORE",
                ),
            ),
        ),
        migrations.RunSQL(GOOD_STANDING, "DROP FUNCTION defense_good_standing"),
        migrations.RunPython(keep(*(f"defense_{name}" for name in KEPT)), migrations.RunPython.noop),
        migrations.RunPython(
            keep(*(f"defense_{name}" for name in ONLY_ADDED_TO), only_added_to=True), migrations.RunPython.noop
        ),
    ]
