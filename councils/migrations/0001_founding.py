"""Profiles of councils, founding boards, and what the database keeps from catalysts."""

import datetime

import django.db.models.deletion
import django.db.models.expressions
import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations, models

import core.models.fields
from core.migrations._house import keep


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("core", "0015_ends"),
    ]

    operations = [
        migrations.CreateModel(
            name="Beginning",
            fields=[],
            options={
                "proxy": True,
                "indexes": [],
                "constraints": [],
            },
            bases=("core.body",),
        ),
        migrations.CreateModel(
            name="Holding",
            fields=[],
            options={
                "proxy": True,
                "indexes": [],
                "constraints": [],
            },
            bases=("core.mandate",),
        ),
        migrations.CreateModel(
            name="Joining",
            fields=[],
            options={
                "proxy": True,
                "indexes": [],
                "constraints": [],
            },
            bases=("core.membership",),
        ),
        migrations.CreateModel(
            name="Board",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("title", core.models.fields.LineField(max_length=80, verbose_name="what it is about")),
                (
                    "stage",
                    models.CharField(
                        choices=[
                            ("listening", "listening"),
                            ("inviting", "inviting"),
                            ("founding", "founding"),
                            ("closed", "over"),
                        ],
                        default="listening",
                        max_length=9,
                    ),
                ),
                ("doors", models.PositiveIntegerField(default=0, verbose_name="doors")),
                ("opened_at", models.DateTimeField()),
                ("ends_at", models.DateTimeField()),
                ("extended_at", models.DateTimeField(blank=True, null=True)),
                ("assembly_at", models.DateTimeField(blank=True, null=True, verbose_name="when")),
                ("place", core.models.fields.LineField(blank=True, max_length=200, verbose_name="where")),
                ("agenda", models.TextField(blank=True, max_length=4000, verbose_name="agenda")),
                ("held_at", models.DateTimeField(blank=True, null=True)),
                ("others_came", models.PositiveIntegerField(default=0)),
                ("closed_at", models.DateTimeField(blank=True, null=True)),
                (
                    "ending",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("handed_over", "handed over to the council"),
                            ("time", "its time was over"),
                            ("given_up", "given up before anybody joined"),
                        ],
                        max_length=11,
                    ),
                ),
                (
                    "catalyst",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="boards", to="core.body"
                    ),
                ),
                (
                    "council",
                    models.OneToOneField(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="founding_board",
                        to="core.body",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Arrival",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "membership",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="core.membership"
                    ),
                ),
                (
                    "board",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="arrivals", to="councils.board"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="CouncilProfile",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "scope",
                    models.CharField(
                        choices=[
                            ("block", "Block"),
                            ("street", "Street"),
                            ("building", "Building"),
                            ("neighbourhood", "Neighbourhood"),
                            ("area", "Area"),
                            ("identity", "Identity"),
                            ("profession", "Profession"),
                            ("interest", "Interest"),
                        ],
                        max_length=13,
                        verbose_name="scope",
                    ),
                ),
                ("affected", models.TextField(max_length=1000, verbose_name="who is affected")),
                ("size_hint", models.PositiveSmallIntegerField(default=30, verbose_name="up to how many people")),
                ("languages", core.models.fields.LineField(blank=True, max_length=120, verbose_name="languages")),
                ("habits", models.TextField(blank=True, max_length=2000, verbose_name="habits")),
                ("drafted_at", models.DateTimeField()),
                ("in_force_at", models.DateTimeField(blank=True, null=True)),
                (
                    "body",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="profiles", to="core.body"
                    ),
                ),
                (
                    "proposal",
                    models.OneToOneField(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="profile",
                        to="core.proposal",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Extension",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("at", models.DateTimeField()),
                (
                    "board",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="extensions", to="councils.board"
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
            name="Need",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("theme", core.models.fields.LineField(max_length=80, verbose_name="what people need")),
                ("doors", models.PositiveIntegerField(verbose_name="at how many doors")),
                (
                    "board",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="needs", to="councils.board"
                    ),
                ),
            ],
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="beginning",
            trigger=pgtrigger.compiler.Trigger(
                name="after_its_assembly",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition='WHEN (NEW."adopted_at" IS NOT NULL AND OLD."adopted_at" IS NULL)',
                    func="\n    IF EXISTS (\n        SELECT 1 FROM councils_board WHERE council_id = NEW.id AND (stage <> 'founding' OR ends_at <= NEW.adopted_at)\n    ) THEN RAISE EXCEPTION 'a charter is adopted after the first assembly, while the founding lasts'; END IF;\n    RETURN NEW;\n",
                    hash="6b8a749bed7b66c268aacf556a786d6d741f695b",
                    operation="UPDATE",
                    pgid="pgtrigger_after_its_assembly_19766",
                    table="core_body",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="holding",
            trigger=pgtrigger.compiler.Trigger(
                name="no_mandate_yet",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="\n    IF EXISTS (\n        SELECT 1 FROM councils_board b JOIN core_membership c ON c.body_id = b.catalyst_id\n        WHERE b.council_id = NEW.body_id AND c.person_id = NEW.person_id\n        AND (c.ended_at IS NULL OR c.ended_at >= b.opened_at) AND (b.closed_at IS NULL OR c.joined_at <= b.closed_at)\n        AND (b.closed_at IS NULL OR NEW.starts_at < b.closed_at + interval '90 days')\n    ) THEN RAISE EXCEPTION 'who founded a council holds no mandate in it for 90 days'; END IF;\n    RETURN NEW;\n",
                    hash="36f9cf66a82ba449d688ad3208889efb75fe235c",
                    operation="INSERT",
                    pgid="pgtrigger_no_mandate_yet_32e44",
                    table="core_mandate",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="joining",
            trigger=pgtrigger.compiler.Trigger(
                name="catalysts_stay_out",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="\n    PERFORM 1 FROM councils_board WHERE NEW.body_id IN (catalyst_id, council_id) ORDER BY id FOR NO KEY UPDATE;\n    IF EXISTS (\n        SELECT 1 FROM councils_board b JOIN core_membership c ON c.body_id = b.catalyst_id\n        WHERE b.council_id = NEW.body_id AND b.closed_at IS NULL AND b.ends_at > folkmoot_now()\n        AND c.person_id = NEW.person_id AND (c.ended_at IS NULL OR c.ended_at >= b.opened_at)\n    ) OR EXISTS (\n        SELECT 1 FROM councils_board b JOIN core_membership m ON m.body_id = b.council_id\n        WHERE b.catalyst_id = NEW.body_id AND b.closed_at IS NULL AND b.ends_at > folkmoot_now()\n        AND m.person_id = NEW.person_id AND m.ended_at IS NULL\n    ) THEN RAISE EXCEPTION 'who founds a council is not in it before the hand-over' USING ERRCODE = 'FM003'; END IF;\n    RETURN NEW;\n",
                    hash="d974a9dae9466fbe8785e9eb926a4c9d990f4e61",
                    operation="INSERT",
                    pgid="pgtrigger_catalysts_stay_out_5560a",
                    table="core_membership",
                    when="BEFORE",
                ),
            ),
        ),
        migrations.AddIndex(
            model_name="board",
            index=models.Index(condition=models.Q(("closed_at__isnull", True)), fields=["ends_at"], name="board_due"),
        ),
        migrations.AddConstraint(
            model_name="board",
            constraint=models.CheckConstraint(
                condition=models.Q(("title", ""), _negated=True), name="board_has_a_title"
            ),
        ),
        migrations.AddConstraint(
            model_name="board",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        (
                            "ends_at",
                            django.db.models.expressions.CombinedExpression(
                                models.F("opened_at"), "+", models.Value(datetime.timedelta(days=180))
                            ),
                        ),
                        ("extended_at__isnull", True),
                    ),
                    models.Q(
                        (
                            "ends_at",
                            django.db.models.expressions.CombinedExpression(
                                django.db.models.expressions.CombinedExpression(
                                    models.F("opened_at"), "+", models.Value(datetime.timedelta(days=180))
                                ),
                                "+",
                                models.Value(datetime.timedelta(days=90)),
                            ),
                        ),
                        ("extended_at__isnull", False),
                    ),
                    _connector="OR",
                ),
                name="board_ends_on_its_day",
            ),
        ),
        migrations.AddConstraint(
            model_name="board",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("council__isnull", True), ("held_at__isnull", True), ("stage", "listening")),
                    models.Q(("council__isnull", False), ("held_at__isnull", True), ("stage", "inviting")),
                    models.Q(("council__isnull", False), ("held_at__isnull", False), ("stage", "founding")),
                    ("stage", "closed"),
                    _connector="OR",
                ),
                name="board_stage_is_proved",
            ),
        ),
        migrations.AddConstraint(
            model_name="board",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("assembly_at__isnull", True), ("held_at__isnull", True)),
                    models.Q(
                        ("assembly_at__isnull", False),
                        ("council__isnull", False),
                        models.Q(("place", ""), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="board_assembly_has_a_place",
            ),
        ),
        migrations.AddConstraint(
            model_name="board",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(models.Q(("stage", "closed"), _negated=True), ("closed_at__isnull", True), ("ending", "")),
                    models.Q(
                        ("closed_at__isnull", False),
                        ("ending__in", ["handed_over", "time", "given_up"]),
                        ("stage", "closed"),
                    ),
                    _connector="OR",
                ),
                name="board_closed_has_a_way",
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="board",
            trigger=pgtrigger.compiler.Trigger(
                name="opened_by_a_group_that_decides",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="\n    IF NOT EXISTS (\n        SELECT 1 FROM core_body WHERE id = NEW.catalyst_id AND kind = 'catalyst'\n        AND adopted_at IS NOT NULL AND ended_at IS NULL\n    ) OR (\n        SELECT count(*) FROM core_proposal\n        WHERE body_id = NEW.catalyst_id AND stage IN ('adopted', 'not_adopted', 'blocked')\n    ) < 3 THEN RAISE EXCEPTION 'a catalyst group decides 3 proposals before it founds';\n    END IF;\n    RETURN NEW;\n",
                    hash="6e75685edfea7fdff72ed787390dfcaaf13607e4",
                    operation="INSERT",
                    pgid="pgtrigger_opened_by_a_group_that_decides_41dde",
                    table="councils_board",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="board",
            trigger=pgtrigger.compiler.Trigger(
                name="closed_for_good",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="\n    IF OLD.closed_at IS NOT NULL THEN RAISE EXCEPTION 'a board that was closed never changes'; END IF;\n    IF NEW.opened_at <> OLD.opened_at OR NEW.catalyst_id <> OLD.catalyst_id\n        OR (OLD.council_id IS NOT NULL AND NEW.council_id IS DISTINCT FROM OLD.council_id)\n        OR (OLD.extended_at IS NOT NULL AND NEW.extended_at IS DISTINCT FROM OLD.extended_at)\n        OR (OLD.held_at IS NOT NULL AND NEW.held_at IS DISTINCT FROM OLD.held_at)\n    THEN RAISE EXCEPTION 'a board keeps what has happened on it'; END IF;\n    IF NEW.ending = 'handed_over' AND NOT EXISTS (\n        SELECT 1 FROM core_body b JOIN core_mandate m ON m.body_id = b.id AND m.ended_at IS NULL\n        AND m.ends_at > NEW.closed_at WHERE b.id = NEW.council_id AND b.adopted_at IS NOT NULL\n    ) THEN RAISE EXCEPTION 'a council takes over once it decides and has given a mandate'; END IF;\n    RETURN NEW;\n",
                    hash="ffc66c8f178b492c36631416abd679add65a69ec",
                    operation="UPDATE",
                    pgid="pgtrigger_closed_for_good_dd167",
                    table="councils_board",
                    when="BEFORE",
                ),
            ),
        ),
        migrations.AddConstraint(
            model_name="arrival",
            constraint=models.UniqueConstraint(fields=("board", "membership"), name="arrival_once"),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="arrival",
            trigger=pgtrigger.compiler.Trigger(
                name="arrival_of_its_council",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="\n    IF NOT EXISTS (\n        SELECT 1 FROM core_membership m JOIN councils_board b ON b.council_id = m.body_id\n        WHERE m.id = NEW.membership_id AND b.id = NEW.board_id\n    ) THEN RAISE EXCEPTION 'only founding members of the council that is founded'; END IF;\n    RETURN NEW;\n",
                    hash="9b512500bc257c1384c9e62b3e8b12b4fe311ed2",
                    operation="INSERT",
                    pgid="pgtrigger_arrival_of_its_council_f0f66",
                    table="councils_arrival",
                    when="BEFORE",
                ),
            ),
        ),
        migrations.AddConstraint(
            model_name="councilprofile",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "scope__in",
                        ("block", "street", "building", "neighbourhood", "area", "identity", "profession", "interest"),
                    )
                ),
                name="profile_scope_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="councilprofile",
            constraint=models.CheckConstraint(
                condition=models.Q(("affected", ""), _negated=True), name="profile_says_who_is_affected"
            ),
        ),
        migrations.AddConstraint(
            model_name="councilprofile",
            constraint=models.CheckConstraint(
                condition=models.Q(("size_hint__gte", 25), ("size_hint__lte", 50)), name="profile_size_in_range"
            ),
        ),
        migrations.AddConstraint(
            model_name="councilprofile",
            constraint=models.CheckConstraint(
                condition=models.Q(("proposal__isnull", False), ("in_force_at__isnull", False), _connector="OR"),
                name="profile_set_or_proposed",
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="councilprofile",
            trigger=pgtrigger.compiler.Trigger(
                name="profile_kept",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition='WHEN (OLD."in_force_at" IS NOT NULL)',
                    func="RAISE EXCEPTION 'a profile that was in force never changes';",
                    hash="4d6b90556d93f860447ad319a93a2bb9c91ff236",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_profile_kept_9dbfd",
                    table="councils_councilprofile",
                    when="BEFORE",
                ),
            ),
        ),
        migrations.AddConstraint(
            model_name="extension",
            constraint=models.UniqueConstraint(fields=("board", "membership"), name="extension_once"),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="extension",
            trigger=pgtrigger.compiler.Trigger(
                name="extension_of_its_council",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="\n    IF NOT EXISTS (\n        SELECT 1 FROM core_membership m JOIN councils_board b ON b.council_id = m.body_id\n        WHERE m.id = NEW.membership_id AND b.id = NEW.board_id\n    ) THEN RAISE EXCEPTION 'only founding members of the council that is founded'; END IF;\n    RETURN NEW;\n",
                    hash="3c66a23fc3d6d8ba362e525fed2ed416eeeafb06",
                    operation="INSERT",
                    pgid="pgtrigger_extension_of_its_council_3e20b",
                    table="councils_extension",
                    when="BEFORE",
                ),
            ),
        ),
        migrations.AddConstraint(
            model_name="need",
            constraint=models.UniqueConstraint(fields=("board", "theme"), name="need_once"),
        ),
        migrations.AddConstraint(
            model_name="need",
            constraint=models.CheckConstraint(
                condition=models.Q(("theme", ""), _negated=True), name="need_has_a_theme"
            ),
        ),
        migrations.AddConstraint(
            model_name="need",
            constraint=models.CheckConstraint(condition=models.Q(("doors__gte", 1)), name="need_was_heard"),
        ),
        migrations.RunPython(
            keep("councils_board", "councils_need", "councils_councilprofile"), migrations.RunPython.noop
        ),
        migrations.RunPython(
            keep("councils_arrival", "councils_extension", only_added_to=True), migrations.RunPython.noop
        ),
    ]
