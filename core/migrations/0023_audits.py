"""Audits and what a host decides about bodies that answer to it; a body can be suspended."""

import django.contrib.postgres.fields
import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations, models

import core.models.fields
from core.migrations._house import AUDITS_KEPT, AUDITS_ONLY_ADDED_TO, keep


class Migration(migrations.Migration):
    dependencies = [
        ("core", "0022_cases"),
    ]

    operations = [
        migrations.CreateModel(
            name="Audit",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "matters",
                    django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=20), size=None),
                ),
                ("since", models.DateTimeField()),
            ],
        ),
        migrations.CreateModel(
            name="AuditReading",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("matter", models.CharField(max_length=20)),
                ("item", models.PositiveBigIntegerField(blank=True, null=True)),
                ("title", core.models.fields.LineField(blank=True, max_length=200)),
                ("page", models.PositiveIntegerField(default=1)),
                ("at", models.DateTimeField()),
            ],
        ),
        migrations.CreateModel(
            name="Evidence",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
            ],
            options={
                "verbose_name_plural": "evidence",
            },
        ),
        migrations.CreateModel(
            name="Finding",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.PositiveSmallIntegerField()),
                ("title", core.models.fields.LineField(max_length=120)),
                ("text", models.TextField(max_length=8000)),
                (
                    "severity",
                    models.CharField(
                        choices=[("note", "worth knowing"), ("fault", "to be put right"), ("grave", "serious")],
                        max_length=5,
                    ),
                ),
                ("answer_by", models.DateField()),
                ("at", models.DateTimeField()),
            ],
        ),
        migrations.CreateModel(
            name="FindingAnswer",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("text", models.TextField(max_length=8000, verbose_name="answer")),
                ("at", models.DateTimeField()),
            ],
        ),
        migrations.CreateModel(
            name="FindingStep",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
            ],
        ),
        migrations.CreateModel(
            name="HostedMatter",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
            ],
        ),
        migrations.CreateModel(
            name="Audited",
            fields=[],
            options={
                "proxy": True,
                "indexes": [],
                "constraints": [],
            },
            bases=("core.membership",),
        ),
        migrations.CreateModel(
            name="Auditing",
            fields=[],
            options={
                "proxy": True,
                "indexes": [],
                "constraints": [],
            },
            bases=("core.mandate",),
        ),
        migrations.AddField(
            model_name="body",
            name="suspended_at",
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.AddConstraint(
            model_name="body",
            constraint=models.CheckConstraint(
                condition=models.Q(("suspended_at__isnull", True), ("host__isnull", True), _connector="OR"),
                name="body_suspended_without_host",
            ),
        ),
        migrations.AddConstraint(
            model_name="body",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("kind", "defense"), _negated=True),
                    ("host__isnull", False),
                    ("suspended_at__isnull", False),
                    _connector="OR",
                ),
                name="body_defense_has_a_host",
            ),
        ),
        migrations.AddField(
            model_name="audit",
            name="body",
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="audits", to="core.body"),
        ),
        migrations.AddField(
            model_name="audit",
            name="proposal",
            field=models.OneToOneField(
                on_delete=django.db.models.deletion.PROTECT, related_name="audit", to="core.proposal"
            ),
        ),
        migrations.AddField(
            model_name="auditreading",
            name="audit",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="readings", to="core.audit"
            ),
        ),
        migrations.AddField(
            model_name="auditreading",
            name="mandate",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="readings", to="core.mandate"
            ),
        ),
        migrations.AddField(
            model_name="evidence",
            name="reading",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="shows", to="core.auditreading"
            ),
        ),
        migrations.AddField(
            model_name="finding",
            name="audit",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="findings", to="core.audit"
            ),
        ),
        migrations.AddField(
            model_name="finding",
            name="mandate",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="findings", to="core.mandate"
            ),
        ),
        migrations.AddField(
            model_name="evidence",
            name="finding",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="evidence", to="core.finding"
            ),
        ),
        migrations.AddField(
            model_name="findinganswer",
            name="finding",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="answers", to="core.finding"
            ),
        ),
        migrations.AddField(
            model_name="findinganswer",
            name="membership",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="finding_answers", to="core.membership"
            ),
        ),
        migrations.AddField(
            model_name="findingstep",
            name="finding",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="steps", to="core.finding"
            ),
        ),
        migrations.AddField(
            model_name="findingstep",
            name="proposal",
            field=models.OneToOneField(
                on_delete=django.db.models.deletion.PROTECT, related_name="finding_step", to="core.proposal"
            ),
        ),
        migrations.AddField(
            model_name="hostedmatter",
            name="body",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="hosted_matters", to="core.body"
            ),
        ),
        migrations.AddField(
            model_name="hostedmatter",
            name="proposal",
            field=models.OneToOneField(
                on_delete=django.db.models.deletion.PROTECT, related_name="hosted_matter", to="core.proposal"
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="audited",
            trigger=pgtrigger.compiler.Trigger(
                name="auditors_stay_out",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="\n    PERFORM 1 FROM core_audit WHERE body_id = NEW.body_id ORDER BY id FOR NO KEY UPDATE;\n    IF EXISTS (\n        SELECT 1 FROM core_audit a JOIN core_mandate d ON d.granted_by_id = a.proposal_id\n        WHERE a.body_id = NEW.body_id AND d.person_id = NEW.person_id\n        AND d.ended_at IS NULL AND d.ends_at > folkmoot_now()\n    ) THEN RAISE EXCEPTION 'who audits a body does not join it'; END IF;\n    RETURN NEW;\n",
                    hash="0fda8813b6206c254172e8caa3bd60aed4491f99",
                    operation="INSERT",
                    pgid="pgtrigger_auditors_stay_out_3a0d0",
                    table="core_membership",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="auditing",
            trigger=pgtrigger.compiler.Trigger(
                name="not_ones_own_body",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="\n    PERFORM 1 FROM core_audit WHERE proposal_id = NEW.granted_by_id FOR NO KEY UPDATE;\n    IF EXISTS (\n        SELECT 1 FROM core_audit a JOIN core_membership m ON m.body_id = a.body_id\n        WHERE a.proposal_id = NEW.granted_by_id AND m.person_id = NEW.person_id\n        AND (m.ended_at IS NULL OR m.ended_at >= a.since)\n    ) THEN RAISE EXCEPTION 'nobody audits a body of their own'; END IF;\n    RETURN NEW;\n",
                    hash="f68520d868741690ba7b9fe15253b1b0210be08e",
                    operation="INSERT",
                    pgid="pgtrigger_not_ones_own_body_03964",
                    table="core_mandate",
                    when="BEFORE",
                ),
            ),
        ),
        migrations.AddConstraint(
            model_name="audit",
            constraint=models.CheckConstraint(
                condition=models.Q(("matters", []), _negated=True), name="audit_has_matters"
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="audit",
            trigger=pgtrigger.compiler.Trigger(
                name="audit_stays",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'of an audit nothing is changed or taken away: audit';",
                    hash="8becc4df9bdbee0df814e73009273f641e2fdfe8",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_audit_stays_e4d05",
                    table="core_audit",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="audit",
            trigger=pgtrigger.compiler.Trigger(
                name="audit_of_a_hosted_body",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="\n    IF NOT EXISTS (\n        SELECT 1 FROM core_proposal p JOIN core_body b ON b.host_id = p.body_id\n        WHERE p.id = NEW.proposal_id AND p.kind = 'election' AND b.id = NEW.body_id\n    ) THEN RAISE EXCEPTION 'a host elects an auditor for a body that answers to it'; END IF;\n    RETURN NEW;\n",
                    hash="13a0104556af1db37afbdd473ccc0452a8806d28",
                    operation="INSERT",
                    pgid="pgtrigger_audit_of_a_hosted_body_1b212",
                    table="core_audit",
                    when="BEFORE",
                ),
            ),
        ),
        migrations.AddIndex(
            model_name="auditreading",
            index=models.Index(fields=["audit", "-at"], name="audit_readings"),
        ),
        migrations.AddConstraint(
            model_name="auditreading",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("item__isnull", True), ("title", "")),
                    models.Q(("item__isnull", False), models.Q(("title", ""), _negated=True)),
                    _connector="OR",
                ),
                name="audit_reading_names_what",
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="auditreading",
            trigger=pgtrigger.compiler.Trigger(
                name="reading_stays",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'of an audit nothing is changed or taken away: reading';",
                    hash="e7d67b44ab402b231785b0e06d58c5c1486badd2",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_reading_stays_a4097",
                    table="core_auditreading",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="auditreading",
            trigger=pgtrigger.compiler.Trigger(
                name="under_its_mandate",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="\n    IF NOT EXISTS (\n        SELECT 1 FROM core_audit a JOIN core_proposal p ON p.id = a.proposal_id\n        JOIN core_body b ON b.id = a.body_id AND b.host_id = p.body_id AND b.ended_at IS NULL\n        JOIN core_mandate d ON d.granted_by_id = p.id\n        WHERE a.id = NEW.audit_id AND d.id = NEW.mandate_id\n        AND d.ended_at IS NULL AND d.ends_at > folkmoot_now() AND NEW.matter = ANY (a.matters)\n    ) THEN RAISE EXCEPTION 'an audit is done under its mandate'; END IF;\n    RETURN NEW;\n",
                    hash="d6f2ce2358cebad19bd790c442751e140f95ce8f",
                    operation="INSERT",
                    pgid="pgtrigger_under_its_mandate_d5cc6",
                    table="core_auditreading",
                    when="BEFORE",
                ),
            ),
        ),
        migrations.AddConstraint(
            model_name="finding",
            constraint=models.UniqueConstraint(fields=("audit", "number"), name="finding_number_once"),
        ),
        migrations.AddConstraint(
            model_name="finding",
            constraint=models.CheckConstraint(
                condition=models.Q(models.Q(("title", ""), _negated=True), models.Q(("text", ""), _negated=True)),
                name="finding_says_what",
            ),
        ),
        migrations.AddConstraint(
            model_name="finding",
            constraint=models.CheckConstraint(
                condition=models.Q(("severity__in", ["note", "fault", "grave"])), name="finding_severity_known"
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="finding",
            trigger=pgtrigger.compiler.Trigger(
                name="finding_stays",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'of an audit nothing is changed or taken away: finding';",
                    hash="7095bf00f095136f23c6f5fdf6cd325230fc4426",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_finding_stays_27bca",
                    table="core_finding",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="finding",
            trigger=pgtrigger.compiler.Trigger(
                name="under_its_mandate",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="\n    IF NOT EXISTS (\n        SELECT 1 FROM core_audit a JOIN core_proposal p ON p.id = a.proposal_id\n        JOIN core_body b ON b.id = a.body_id AND b.host_id = p.body_id AND b.ended_at IS NULL\n        JOIN core_mandate d ON d.granted_by_id = p.id\n        WHERE a.id = NEW.audit_id AND d.id = NEW.mandate_id\n        AND d.ended_at IS NULL AND d.ends_at > folkmoot_now() \n    ) THEN RAISE EXCEPTION 'an audit is done under its mandate'; END IF;\n    RETURN NEW;\n",
                    hash="7848e3620025f5809cc433073256148a0605a1c5",
                    operation="INSERT",
                    pgid="pgtrigger_under_its_mandate_19e08",
                    table="core_finding",
                    when="BEFORE",
                ),
            ),
        ),
        migrations.AddConstraint(
            model_name="evidence",
            constraint=models.UniqueConstraint(fields=("finding", "reading"), name="evidence_once"),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="evidence",
            trigger=pgtrigger.compiler.Trigger(
                name="evidence_stays",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'of an audit nothing is changed or taken away: evidence';",
                    hash="e7f788bd89b46787b1bb6eca3a95a57ca12de019",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_evidence_stays_51632",
                    table="core_evidence",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="evidence",
            trigger=pgtrigger.compiler.Trigger(
                name="evidence_was_read",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="\n    IF NOT EXISTS (\n        SELECT 1 FROM core_finding f JOIN core_auditreading r ON r.audit_id = f.audit_id\n        WHERE f.id = NEW.finding_id AND r.id = NEW.reading_id AND r.item IS NOT NULL\n    ) THEN RAISE EXCEPTION 'a finding is shown by what was read in its audit'; END IF;\n    RETURN NEW;\n",
                    hash="3ce35a6e57acf7c45bec9cfe60bfe4fa17708a71",
                    operation="INSERT",
                    pgid="pgtrigger_evidence_was_read_c402c",
                    table="core_evidence",
                    when="BEFORE",
                ),
            ),
        ),
        migrations.AddConstraint(
            model_name="findinganswer",
            constraint=models.CheckConstraint(
                condition=models.Q(("text", ""), _negated=True), name="finding_answer_not_empty"
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="findinganswer",
            trigger=pgtrigger.compiler.Trigger(
                name="answer_stays",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'of an audit nothing is changed or taken away: answer';",
                    hash="be008bf0775eddea8bfeb1ec98cda894599c4460",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_answer_stays_17d08",
                    table="core_findinganswer",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="findinganswer",
            trigger=pgtrigger.compiler.Trigger(
                name="answered_from_inside",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="\n    IF NOT EXISTS (\n        SELECT 1 FROM core_finding f JOIN core_audit a ON a.id = f.audit_id\n        JOIN core_membership m ON m.body_id = a.body_id AND m.ended_at IS NULL\n        WHERE f.id = NEW.finding_id AND m.id = NEW.membership_id\n    ) THEN RAISE EXCEPTION 'a member of the body answers'; END IF;\n    RETURN NEW;\n",
                    hash="3e03c57ba65d8506856bd086f017e1ebf82211d3",
                    operation="INSERT",
                    pgid="pgtrigger_answered_from_inside_4e1c8",
                    table="core_findinganswer",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="findingstep",
            trigger=pgtrigger.compiler.Trigger(
                name="step_stays",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'of an audit nothing is changed or taken away: step';",
                    hash="d7d003138b7b206b9eba2e05bd9185cdb9ce487b",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_step_stays_54e35",
                    table="core_findingstep",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="hostedmatter",
            trigger=pgtrigger.compiler.Trigger(
                name="matter_of_its_host",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="\n    IF NOT EXISTS (\n        SELECT 1 FROM core_proposal p JOIN core_body b ON b.host_id = p.body_id\n        WHERE p.id = NEW.proposal_id AND b.id = NEW.body_id\n    ) THEN RAISE EXCEPTION 'a host decides about a body that answers to it'; END IF;\n    RETURN NEW;\n",
                    hash="23f6d868fa2f5c47738a35708ca1d46037954974",
                    operation="INSERT",
                    pgid="pgtrigger_matter_of_its_host_f5f7d",
                    table="core_hostedmatter",
                    when="BEFORE",
                ),
            ),
        ),
        migrations.RunPython(keep(*AUDITS_KEPT), migrations.RunPython.noop),
        migrations.RunPython(keep(*AUDITS_ONLY_ADDED_TO, only_added_to=True), migrations.RunPython.noop),
    ]
