"""What several bodies decide alike; a host that is no ancestor of itself; no vote of a body whose host has ended."""

import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations, models

import core.models.fields
from core.migrations._house import keep


class Migration(migrations.Migration):
    dependencies = [
        ("core", "0018_one_house"),
    ]

    operations = [
        migrations.CreateModel(
            name="Accord",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("kind", models.CharField(choices=[("union", "become one"), ("host", "have a host")], max_length=5)),
                ("title", core.models.fields.LineField(max_length=120)),
                ("text", models.TextField(max_length=20000)),
                ("begun_at", models.DateTimeField()),
                ("asked_at", models.DateTimeField(blank=True, null=True)),
                ("done_at", models.DateTimeField(blank=True, null=True)),
                ("fell_at", models.DateTimeField(blank=True, null=True)),
                (
                    "why",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("not_adopted", "One of the bodies has not adopted it."),
                            ("replaced", "One of the bodies has decided otherwise since."),
                            ("one_ended", "One of the bodies has ended."),
                            ("time", "Half a year has passed, and not all of the bodies have decided on it."),
                            ("impossible", "It could not be carried out."),
                        ],
                        max_length=11,
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="AccordSide",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("first", models.BooleanField(default=False)),
            ],
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
                    ("amendment.made", "somebody proposes other words"),
                    ("amendment.answered", "your words were answered"),
                    ("body.affected", "a proposal elsewhere affects your body"),
                    ("joint.asked", "a body asks to decide jointly"),
                    ("joint.answered", "your request to decide jointly was answered"),
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
                    ("merging.asked", "somebody says that two accounts are theirs"),
                    ("member.merged", "two accounts became one"),
                    ("recovery.waits", "a delegate's account is being recovered"),
                    ("recovery.stopped", "the recovery of a delegate's account was stopped"),
                    ("loan.due", "something borrowed is due back"),
                    ("study.announced", "a reading group or teach-in"),
                    ("study.called_off", "a reading group or teach-in was called off"),
                    ("effect.failed", "a decision could not be carried out"),
                    ("vote.void", "a vote begins anew"),
                    ("charter.objected", "somebody objects to a draft"),
                    ("founding.assembly", "a first assembly is called"),
                    ("founding.over", "a founding is over"),
                    ("body.ended", "a body has ended"),
                    ("accord.asked", "another body asks yours to decide alike"),
                    ("accord.fell", "what bodies were to decide alike came to nothing"),
                    ("bodies.united", "bodies have become one"),
                    ("host.ending", "the host of your body is going to end"),
                    ("host.ended", "the host of your body has ended"),
                    ("host.set", "your body has a host, or hosts another"),
                    ("house.restored", "a backup was restored"),
                    ("ballot.entered", "a vote was entered for you"),
                    ("ballot.overruled", "a vote that you entered does not count"),
                    ("card.given", "a new card was given to you"),
                    ("ballot.not_taken", "your own vote stands"),
                ],
                max_length=30,
            ),
        ),
        migrations.AlterField(
            model_name="proposal",
            name="ending",
            field=models.CharField(
                blank=True,
                choices=[
                    ("replaced", "replaced by a later decision"),
                    ("ended", "ended by a later decision"),
                    ("reviewed", "not kept at its review"),
                    ("not_confirmed", "urgent, and not confirmed"),
                    ("fell", "it took other bodies too, and came to nothing"),
                ],
                max_length=13,
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="body",
            trigger=pgtrigger.compiler.Trigger(
                name="host_is_above",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition='WHEN (NEW."host_id" IS NOT NULL)',
                    func="\n    IF TG_OP = 'UPDATE' AND NEW.host_id IS NOT DISTINCT FROM OLD.host_id THEN RETURN NEW; END IF;\n    PERFORM pg_advisory_xact_lock(4040404);\n    IF EXISTS (\n        WITH RECURSIVE above(id) AS (\n            SELECT NEW.host_id UNION SELECT b.host_id FROM core_body b JOIN above ON above.id = b.id\n        ) SELECT 1 FROM above WHERE id = NEW.id\n    ) THEN RAISE EXCEPTION 'a body is never its own ancestor'; END IF;\n    RETURN NEW;\n",
                    hash="7df6e78fb2cebd687b60a90c40572693d3cb79e1",
                    operation="INSERT OR UPDATE",
                    pgid="pgtrigger_host_is_above_2fb1a",
                    table="core_body",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="vote",
            trigger=pgtrigger.compiler.Trigger(
                name="none_while_suspended",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition='WHEN (NEW."number" = 1)',
                    func="\n    IF EXISTS (\n        SELECT 1 FROM core_proposal p JOIN core_body b ON b.id = p.body_id\n        JOIN core_body h ON h.id = b.host_id AND h.ended_at IS NOT NULL\n        WHERE p.id = NEW.proposal_id AND p.kind NOT IN ('host', 'recall', 'dissolution', 'union')\n    ) THEN RAISE EXCEPTION 'a body whose host has ended decides once it has another'; END IF;\n    RETURN NEW;\n",
                    hash="c63f51d648a38d55fd22fb4958727b2f98463d9a",
                    operation="INSERT",
                    pgid="pgtrigger_none_while_suspended_f272e",
                    table="core_vote",
                    when="BEFORE",
                ),
            ),
        ),
        migrations.AddField(
            model_name="accord",
            name="lead",
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="core.body"),
        ),
        migrations.AddField(
            model_name="accordside",
            name="accord",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="sides", to="core.accord"
            ),
        ),
        migrations.AddField(
            model_name="accordside",
            name="body",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="accords", to="core.body"
            ),
        ),
        migrations.AddField(
            model_name="accordside",
            name="proposal",
            field=models.OneToOneField(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="accord",
                to="core.proposal",
            ),
        ),
        migrations.AddConstraint(
            model_name="accord",
            constraint=models.CheckConstraint(
                condition=models.Q(("kind__in", ["union", "host"])), name="accord_kind_known"
            ),
        ),
        migrations.AddConstraint(
            model_name="accord",
            constraint=models.CheckConstraint(
                condition=models.Q(models.Q(("title", ""), _negated=True), models.Q(("text", ""), _negated=True)),
                name="accord_has_words",
            ),
        ),
        migrations.AddConstraint(
            model_name="accord",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("done_at__isnull", True),
                    models.Q(("asked_at__isnull", False), ("fell_at__isnull", True)),
                    _connector="OR",
                ),
                name="accord_done_or_nothing",
            ),
        ),
        migrations.AddConstraint(
            model_name="accord",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("fell_at__isnull", True), ("why", "")),
                    models.Q(
                        ("fell_at__isnull", False),
                        ("why__in", ["not_adopted", "replaced", "one_ended", "time", "impossible"]),
                    ),
                    _connector="OR",
                ),
                name="accord_fell_for_a_reason",
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="accord",
            trigger=pgtrigger.compiler.Trigger(
                name="done_by_all",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition='WHEN (NEW."done_at" IS NOT NULL AND OLD."done_at" IS NULL)',
                    func="\n    IF EXISTS (\n        SELECT 1 FROM core_accordside s LEFT JOIN core_proposal p ON p.id = s.proposal_id\n        WHERE s.accord_id = NEW.id AND (\n            p.id IS NULL OR p.stage <> 'adopted' OR NOT p.stands OR p.ended_at IS NOT NULL\n            OR (NEW.kind = 'union' AND NEW.done_at < p.closed_at + interval '30 days')\n        )\n    ) OR (SELECT count(*) FROM core_accordside s WHERE s.accord_id = NEW.id) < 2\n    THEN RAISE EXCEPTION 'an accord is done once all its bodies have adopted it'; END IF;\n    RETURN NEW;\n",
                    hash="3e7cbe77e7f6d8f22908bc90204a973ed0cfda13",
                    operation="UPDATE",
                    pgid="pgtrigger_done_by_all_4f909",
                    table="core_accord",
                    when="BEFORE",
                ),
            ),
        ),
        migrations.AddConstraint(
            model_name="accordside",
            constraint=models.UniqueConstraint(fields=("accord", "body"), name="accord_body_once"),
        ),
        migrations.AddConstraint(
            model_name="accordside",
            constraint=models.UniqueConstraint(
                condition=models.Q(("first", True)), fields=("accord",), name="accord_begun_once"
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="accordside",
            trigger=pgtrigger.compiler.Trigger(
                name="side_fits",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="\n    IF TG_OP = 'UPDATE' AND (NEW.body_id, NEW.accord_id) IS DISTINCT FROM (OLD.body_id, OLD.accord_id)\n    THEN RAISE EXCEPTION 'the bodies of an accord never change'; END IF;\n    IF NEW.proposal_id IS NOT NULL AND NOT EXISTS (\n        SELECT 1 FROM core_proposal p JOIN core_accord a ON a.id = NEW.accord_id AND a.kind = p.kind\n        WHERE p.id = NEW.proposal_id AND p.body_id = NEW.body_id\n    ) THEN RAISE EXCEPTION 'each body decides by a proposal of its own'; END IF;\n    RETURN NEW;\n",
                    hash="43717675493fe7dcc8bc5cfd4dcfed824d96ffac",
                    operation="INSERT OR UPDATE",
                    pgid="pgtrigger_side_fits_03bf0",
                    table="core_accordside",
                    when="BEFORE",
                ),
            ),
        ),
        migrations.RunPython(keep("core_accord", "core_accordside"), migrations.RunPython.noop),
    ]
