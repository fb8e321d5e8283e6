"""Cases: complaints about conduct, panels drawn by lot, what they find."""

import django.contrib.postgres.fields
import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models

from core.migrations._house import keep


class Migration(migrations.Migration):
    dependencies = [
        ("core", "0021_sealed"),
    ]

    operations = [
        migrations.CreateModel(
            name="Case",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "stage",
                    models.CharField(
                        choices=[
                            ("opened", "waits for its panel"),
                            ("drawn", "waits for its first sitting"),
                            ("sitting", "is heard"),
                            ("decided", "is decided, and can be appealed"),
                            ("appealed", "is before the assembly"),
                            ("closed", "is closed"),
                        ],
                        default="opened",
                        max_length=8,
                    ),
                ),
                ("opened_at", models.DateTimeField()),
                ("sit_by", models.DateTimeField()),
                ("seed", models.CharField(max_length=64)),
                ("seed_hash", models.CharField(max_length=64)),
                ("list_secret", models.CharField(max_length=64)),
                ("list_hash", models.CharField(max_length=64)),
                (
                    "among",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.BigIntegerField(), blank=True, default=list, size=None
                    ),
                ),
                ("drawn_at", models.DateTimeField(blank=True, null=True)),
                ("acknowledged_at", models.DateTimeField(blank=True, null=True)),
                ("sat_at", models.DateTimeField(blank=True, null=True)),
                ("decided_at", models.DateTimeField(blank=True, null=True)),
                ("outcome", models.CharField(blank=True, max_length=30)),
                ("closed_at", models.DateTimeField(blank=True, null=True)),
                (
                    "ending",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("stands", "the outcome stands"),
                            ("overturned", "the assembly did not confirm the outcome"),
                            ("no_panel", "there were not enough members without a stake"),
                        ],
                        max_length=10,
                    ),
                ),
                (
                    "effect",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("", "nothing to be done by itself"),
                            ("done", "carried out"),
                            ("failed", "adopted, could not be carried out"),
                        ],
                        default="",
                        max_length=6,
                    ),
                ),
                (
                    "appeal",
                    models.OneToOneField(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="case",
                        to="core.proposal",
                    ),
                ),
                (
                    "bench",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="judged", to="core.body"
                    ),
                ),
                (
                    "body",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="cases", to="core.body"
                    ),
                ),
                (
                    "complainant",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "mandate",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="cases",
                        to="core.mandate",
                    ),
                ),
                (
                    "subject",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="CaseNamed",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="named", to="core.case"
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
            options={
                "verbose_name_plural": "case named",
            },
        ),
        migrations.CreateModel(
            name="CasePaper",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("complaint", "the complaint"),
                            ("statement", "a statement"),
                            ("reasons", "the reasons"),
                        ],
                        max_length=9,
                    ),
                ),
                ("commitment", models.CharField(max_length=64)),
                ("at", models.DateTimeField()),
                (
                    "author",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="papers", to="core.case"
                    ),
                ),
                (
                    "file",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT, related_name="paper", to="core.sealedfile"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="CaseFinding",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("outcome", models.CharField(max_length=30)),
                ("at", models.DateTimeField()),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="findings", to="core.case"
                    ),
                ),
                (
                    "mandate",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="core.mandate",
                    ),
                ),
                (
                    "paper",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT, related_name="finding", to="core.casepaper"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="CaseSeat",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.PositiveIntegerField()),
                ("place", models.PositiveIntegerField()),
                ("asked_at", models.DateTimeField()),
                ("taken_at", models.DateTimeField(blank=True, null=True)),
                ("ended_at", models.DateTimeField(blank=True, null=True)),
                (
                    "ending",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("recused", "has a stake, or cannot"),
                            ("lapsed", "did not answer in time"),
                            ("left", "is no member any more"),
                            ("done", "the case is closed"),
                        ],
                        max_length=7,
                    ),
                ),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="seats", to="core.case"
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
            name="CaseAssent",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("at", models.DateTimeField()),
                (
                    "finding",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="assents", to="core.casefinding"
                    ),
                ),
                (
                    "seat",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="assents", to="core.caseseat"
                    ),
                ),
            ],
        ),
        migrations.AddIndex(
            model_name="case",
            index=models.Index(
                condition=models.Q(("stage", "closed"), _negated=True), fields=["stage"], name="case_under_way"
            ),
        ),
        migrations.AddConstraint(
            model_name="case",
            constraint=models.CheckConstraint(
                condition=models.Q(("complainant", models.F("subject")), _negated=True), name="case_is_about_another"
            ),
        ),
        migrations.AddConstraint(
            model_name="case",
            constraint=models.UniqueConstraint(
                condition=models.Q(("closed_at__isnull", True)),
                fields=("body", "complainant", "subject"),
                name="case_open_once",
            ),
        ),
        migrations.AddConstraint(
            model_name="case",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("drawn_at__isnull", True), ("stage", "opened")),
                    ("stage", "closed"),
                    models.Q(("drawn_at__isnull", False), ("stage__in", ["drawn", "sitting", "decided", "appealed"])),
                    _connector="OR",
                ),
                name="case_drawn_has_a_date",
            ),
        ),
        migrations.AddConstraint(
            model_name="case",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("stage", "sitting"), _negated=True), ("sat_at__isnull", False), _connector="OR"
                ),
                name="case_sitting_has_a_date",
            ),
        ),
        migrations.AddConstraint(
            model_name="case",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("decided_at__isnull", False),
                        ("stage__in", ["decided", "appealed"]),
                        models.Q(("outcome", ""), _negated=True),
                    ),
                    models.Q(
                        ("decided_at__isnull", True), ("outcome", ""), ("stage__in", ["opened", "drawn", "sitting"])
                    ),
                    ("stage", "closed"),
                    _connector="OR",
                ),
                name="case_decided_has_an_outcome",
            ),
        ),
        migrations.AddConstraint(
            model_name="case",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("appeal__isnull", True), models.Q(("stage", "appealed"), _negated=True)),
                    models.Q(("appeal__isnull", False), ("stage__in", ["appealed", "closed"])),
                    _connector="OR",
                ),
                name="case_appealed_has_a_proposal",
            ),
        ),
        migrations.AddConstraint(
            model_name="case",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("closed_at__isnull", False),
                        ("ending__in", ["stands", "overturned", "no_panel"]),
                        ("stage", "closed"),
                    ),
                    models.Q(
                        models.Q(("stage", "closed"), _negated=True),
                        ("closed_at__isnull", True),
                        ("effect", ""),
                        ("ending", ""),
                    ),
                    _connector="OR",
                ),
                name="case_closed_has_an_ending",
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="case",
            trigger=pgtrigger.compiler.Trigger(
                name="case_fixed",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="\n    IF (NEW.body_id, NEW.bench_id, NEW.complainant_id, NEW.subject_id, NEW.opened_at, NEW.seed_hash, NEW.list_hash,\n        NEW.seed, NEW.list_secret) IS DISTINCT FROM (OLD.body_id, OLD.bench_id, OLD.complainant_id, OLD.subject_id,\n        OLD.opened_at, OLD.seed_hash, OLD.list_hash, OLD.seed, OLD.list_secret)\n    OR OLD.drawn_at IS NOT NULL AND (NEW.drawn_at, NEW.among) IS DISTINCT FROM (OLD.drawn_at, OLD.among)\n    OR OLD.decided_at IS NOT NULL AND (NEW.decided_at, NEW.outcome, NEW.mandate_id)\n        IS DISTINCT FROM (OLD.decided_at, OLD.outcome, OLD.mandate_id)\n    THEN RAISE EXCEPTION 'what is fixed of a case stays so'; END IF;\n    IF OLD.closed_at IS NOT NULL AND NEW IS DISTINCT FROM OLD\n    THEN RAISE EXCEPTION 'a closed case never changes'; END IF;\n    RETURN NEW;\n",
                    hash="2d39fec056e62368cc4c4330ab3d3ad06c73c569",
                    operation="UPDATE",
                    pgid="pgtrigger_case_fixed_ce680",
                    table="core_case",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="case",
            trigger=pgtrigger.compiler.Trigger(
                name="case_kept",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot delete rows from % table', TG_TABLE_NAME;",
                    hash="7897b71f280b902daecbb8d7ae2e93f5d3595389",
                    operation="DELETE",
                    pgid="pgtrigger_case_kept_b3ded",
                    table="core_case",
                    when="BEFORE",
                ),
            ),
        ),
        migrations.AddConstraint(
            model_name="casenamed",
            constraint=models.UniqueConstraint(fields=("case", "person"), name="case_named_once"),
        ),
        migrations.AddConstraint(
            model_name="casepaper",
            constraint=models.UniqueConstraint(
                condition=models.Q(("kind", "complaint")), fields=("case",), name="case_complaint_once"
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="casepaper",
            trigger=pgtrigger.compiler.Trigger(
                name="paper_kept",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="3b66a84c0e2f83de5b147c66beccbc18f960c25f",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_paper_kept_4fa74",
                    table="core_casepaper",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="casefinding",
            trigger=pgtrigger.compiler.Trigger(
                name="finding_kept",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="38ff8d7287b946e2fd110deced3834d9bc16722c",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_finding_kept_31ce5",
                    table="core_casefinding",
                    when="BEFORE",
                ),
            ),
        ),
        migrations.AddConstraint(
            model_name="caseseat",
            constraint=models.UniqueConstraint(fields=("case", "place"), name="seat_place_once"),
        ),
        migrations.AddConstraint(
            model_name="caseseat",
            constraint=models.UniqueConstraint(fields=("case", "membership"), name="seat_member_once"),
        ),
        migrations.AddConstraint(
            model_name="caseseat",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("ended_at__isnull", True), ("ending", "")),
                    models.Q(("ended_at__isnull", False), ("ending__in", ["recused", "lapsed", "left", "done"])),
                    _connector="OR",
                ),
                name="seat_end_has_a_way",
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="caseseat",
            trigger=pgtrigger.compiler.Trigger(
                name="seat_by_lot",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="\n    IF (SELECT count(*) FROM core_caseseat WHERE case_id = NEW.case_id AND ended_at IS NULL) >= 3 THEN\n        RAISE EXCEPTION 'a panel has no more seats'; END IF;\n    IF NOT EXISTS (\n        SELECT 1 FROM core_case c JOIN core_membership m ON m.id = NEW.membership_id AND m.body_id = c.bench_id\n        WHERE c.id = NEW.case_id AND c.among[NEW.number] = m.id AND m.person_id NOT IN (c.complainant_id, c.subject_id)\n        AND NOT EXISTS (SELECT 1 FROM core_casenamed n WHERE n.case_id = c.id AND n.person_id = m.person_id)\n    ) THEN RAISE EXCEPTION 'who has a stake does not judge'; END IF;\n    RETURN NEW;\n",
                    hash="c877ddedc6b3b003e753c20e6cc7cfe273975b35",
                    operation="INSERT",
                    pgid="pgtrigger_seat_by_lot_94e14",
                    table="core_caseseat",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="caseseat",
            trigger=pgtrigger.compiler.Trigger(
                name="seat_fixed",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="\n    IF (NEW.case_id, NEW.membership_id, NEW.number, NEW.place, NEW.asked_at)\n        <> (OLD.case_id, OLD.membership_id, OLD.number, OLD.place, OLD.asked_at) OR OLD.ended_at IS NOT NULL\n    THEN RAISE EXCEPTION 'a seat stays what it was'; END IF;\n    RETURN NEW;\n",
                    hash="f0de8b398b5b38ba93e8af83be330bb824c09845",
                    operation="UPDATE",
                    pgid="pgtrigger_seat_fixed_74abe",
                    table="core_caseseat",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="caseseat",
            trigger=pgtrigger.compiler.Trigger(
                name="seat_kept",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot delete rows from % table', TG_TABLE_NAME;",
                    hash="d9dd39c63864e2cb8f78464c3bccd58c8010b855",
                    operation="DELETE",
                    pgid="pgtrigger_seat_kept_02a96",
                    table="core_caseseat",
                    when="BEFORE",
                ),
            ),
        ),
        migrations.AddConstraint(
            model_name="caseassent",
            constraint=models.UniqueConstraint(fields=("finding", "seat"), name="assent_once"),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="caseassent",
            trigger=pgtrigger.compiler.Trigger(
                name="assent_kept",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="cb4504e1444c137a9611c5e5bfb0ba451e33cdde",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_assent_kept_5681f",
                    table="core_caseassent",
                    when="BEFORE",
                ),
            ),
        ),
        migrations.RunPython(keep("core_case", "core_caseseat"), migrations.RunPython.noop),
        migrations.RunPython(
            keep("core_casenamed", "core_casepaper", "core_casefinding", "core_caseassent", only_added_to=True),
            migrations.RunPython.noop,
        ),
    ]
