"""How many founders a body needs, and their objections to the draft of its charter."""

import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations, models

from core.migrations._house import keep


class Migration(migrations.Migration):
    dependencies = [
        ("core", "0014_accounts"),
    ]

    operations = [
        migrations.CreateModel(
            name="CharterObjection",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("reason", models.TextField(max_length=2000, verbose_name="why")),
                ("at", models.DateTimeField()),
                ("taken_back_at", models.DateTimeField(blank=True, null=True)),
            ],
        ),
        migrations.AddField(
            model_name="body",
            name="founders",
            field=models.PositiveSmallIntegerField(db_default=3, default=3),
        ),
        migrations.AlterField(
            model_name="cause",
            name="what",
            field=models.CharField(
                choices=[
                    ("proposal.discussion", "a proposal to talk over"),
                    ("vote.opened", "a vote has opened"),
                    ("vote.reminder", "a vote closes soon"),
                    ("vote.secret_reminder", "a secret vote closes soon"),
                    ("proposal.closed", "a proposal was decided"),
                    ("round.started", "a round of talks has begun"),
                    ("second.wanted", "an urgent proposal wants seconds"),
                    ("comment.reply", "somebody answered you"),
                    ("election.put_up", "an election wants candidates"),
                    ("candidacy.proposed", "you are asked to stand"),
                    ("offer.made", "you are asked to take a mandate"),
                    ("mandate.granted", "a mandate was granted"),
                    ("mandate.ended", "a mandate has ended"),
                    ("recall.opened", "a recall was opened"),
                    ("report.given", "a delegate reported"),
                    ("report.due", "a report is due"),
                    ("task.given", "a task is yours"),
                    ("application.made", "somebody asks to join"),
                    ("application.objections", "an admission is open to objections"),
                    ("member.joined", "somebody joined"),
                    ("application.refused", "you were not admitted"),
                    ("member.removed", "a member was removed"),
                    ("removal.proposed", "your removal was proposed"),
                    ("effect.failed", "a decision could not be carried out"),
                    ("vote.void", "a vote begins anew"),
                    ("charter.objected", "somebody objects to a draft"),
                    ("founding.assembly", "a first assembly is called"),
                    ("founding.over", "a founding is over"),
                    ("body.ended", "a body has ended"),
                    ("house.restored", "a backup was restored"),
                ],
                max_length=30,
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="body",
            trigger=pgtrigger.compiler.Trigger(
                name="adopted_by_enough",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition='WHEN (NEW."adopted_at" IS NOT NULL AND OLD."adopted_at" IS NULL)',
                    func="\n    IF NOT EXISTS (\n        SELECT 1 FROM core_adoption a JOIN core_charter c ON c.id = a.charter_id\n        JOIN core_membership m ON m.id = a.membership_id AND m.ended_at IS NULL\n        WHERE c.body_id = NEW.id GROUP BY c.id HAVING count(*) >= NEW.founders AND (\n            NEW.founders <= 3 OR (\n                2 * count(*) > (SELECT count(*) FROM core_membership WHERE body_id = NEW.id AND ended_at IS NULL)\n                AND NOT EXISTS (\n                    SELECT 1 FROM core_charterobjection o\n                    JOIN core_membership who ON who.id = o.membership_id AND who.ended_at IS NULL\n                    WHERE o.charter_id = c.id AND o.taken_back_at IS NULL\n                )\n            )\n        )\n    ) THEN RAISE EXCEPTION 'a body decides once enough founding members have adopted its charter'; END IF;\n    RETURN NEW;\n",
                    hash="857803cc6b42e00ba0e9bcbc1a6787c0bddf19c0",
                    operation="UPDATE",
                    pgid="pgtrigger_adopted_by_enough_e04c4",
                    table="core_body",
                    when="BEFORE",
                ),
            ),
        ),
        migrations.AddConstraint(
            model_name="body",
            constraint=models.CheckConstraint(condition=models.Q(("founders__gte", 3)), name="body_has_founders"),
        ),
        migrations.AddField(
            model_name="charterobjection",
            name="charter",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="objections", to="core.charter"
            ),
        ),
        migrations.AddField(
            model_name="charterobjection",
            name="membership",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="charter_objections", to="core.membership"
            ),
        ),
        migrations.AddConstraint(
            model_name="charterobjection",
            constraint=models.UniqueConstraint(
                condition=models.Q(("taken_back_at__isnull", True)),
                fields=("charter", "membership"),
                name="charter_objection_once",
            ),
        ),
        migrations.AddConstraint(
            model_name="charterobjection",
            constraint=models.CheckConstraint(
                condition=models.Q(("reason", ""), _negated=True), name="charter_objection_has_a_reason"
            ),
        ),
        migrations.RunPython(keep("core_charterobjection"), migrations.RunPython.noop),
    ]
