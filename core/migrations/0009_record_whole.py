"""The record whole: labels that can be forgotten, when a record was last written, and nothing that was recorded is emptied."""

import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations, models

import core.models.bodies
from core.migrations import _house as house


class Migration(migrations.Migration):
    dependencies = [
        ("core", "0008_elections"),
    ]

    operations = [
        pgtrigger.migrations.RemoveTrigger(
            model_name="ballot",
            name="ballot_in_time",
        ),
        migrations.AddField(
            model_name="membership",
            name="forget_asked_at",
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name="membership",
            name="forgotten_at",
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name="recordhead",
            name="at",
            field=models.DateTimeField(blank=True, null=True),
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
                    ("house.restored", "a backup was restored"),
                ],
                max_length=30,
            ),
        ),
        migrations.AlterField(
            model_name="membership",
            name="label_key",
            field=models.BinaryField(blank=True, default=core.models.bodies.new_key, max_length=32, null=True),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="ballot",
            trigger=pgtrigger.compiler.Trigger(
                name="ballot_in_time",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="\n    IF TG_OP = 'UPDATE' AND NEW.nonce = ''::bytea AND to_jsonb(NEW) - 'nonce' = to_jsonb(OLD) - 'nonce' AND EXISTS (\n        SELECT 1 FROM core_rollentry r JOIN core_membership m ON m.id = r.membership_id\n        WHERE r.id = OLD.roll_id AND m.forgotten_at IS NOT NULL\n    ) THEN RETURN NEW; END IF;\n    PERFORM pg_advisory_xact_lock_shared(7001, NEW.vote_id::int);\n    IF NOT EXISTS (\n        SELECT 1 FROM core_vote\n        WHERE id = NEW.vote_id AND NOT secret AND counted_at IS NULL AND closes_at > folkmoot_now()\n    ) THEN RAISE EXCEPTION 'voting has closed' USING ERRCODE = 'FM001'; END IF;\n    IF NOT EXISTS (SELECT 1 FROM core_rollentry WHERE id = NEW.roll_id AND vote_id = NEW.vote_id) THEN\n        RAISE EXCEPTION 'not on the roll of this vote'; END IF;\n    IF TG_OP = 'UPDATE' AND (NEW.roll_id <> OLD.roll_id OR NEW.vote_id <> OLD.vote_id) THEN\n        RAISE EXCEPTION 'a ballot stays with its elector'; END IF;\n    RETURN NEW;\n",
                    hash="56bd0e490f542027aa9c33f9aa85dccfaa897728",
                    operation="INSERT OR UPDATE",
                    pgid="pgtrigger_ballot_in_time_5345a",
                    table="core_ballot",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="ballot",
            trigger=pgtrigger.compiler.Trigger(
                name="ballots_never_emptied",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="\n    IF coalesce(current_setting('folkmoot.throwaway', true), '') <> 'yes' THEN\n        RAISE EXCEPTION 'what was recorded is never emptied'; END IF;\n    RETURN NULL;\n",
                    hash="e8ef3aad0b3cf8b606b264110f685988c24c1cb1",
                    level="STATEMENT",
                    operation="TRUNCATE",
                    pgid="pgtrigger_ballots_never_emptied_9d8d6",
                    table="core_ballot",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="membership",
            trigger=pgtrigger.compiler.Trigger(
                name="label_stays",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="\n    IF NEW.label_key IS DISTINCT FROM OLD.label_key AND NOT (NEW.label_key IS NULL AND NEW.forgotten_at IS NOT NULL)\n    THEN RAISE EXCEPTION 'a label stays, or is destroyed for good'; END IF;\n    RETURN NEW;\n",
                    hash="265d3d605ae25fe76cefaf8dcb72763054527186",
                    operation="UPDATE",
                    pgid="pgtrigger_label_stays_a71f8",
                    table="core_membership",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="recordline",
            trigger=pgtrigger.compiler.Trigger(
                name="record_never_emptied",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="\n    IF coalesce(current_setting('folkmoot.throwaway', true), '') <> 'yes' THEN\n        RAISE EXCEPTION 'what was recorded is never emptied'; END IF;\n    RETURN NULL;\n",
                    hash="efd043b53e79b23090fa0535a38fe11466db37a6",
                    level="STATEMENT",
                    operation="TRUNCATE",
                    pgid="pgtrigger_record_never_emptied_a4448",
                    table="core_recordline",
                    when="BEFORE",
                ),
            ),
        ),
        migrations.AddConstraint(
            model_name="membership",
            constraint=models.CheckConstraint(
                condition=models.Q(("forget_asked_at__isnull", True), ("ended_at__isnull", False), _connector="OR"),
                name="membership_forgets_who_left",
            ),
        ),
        migrations.AddConstraint(
            model_name="membership",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("forgotten_at__isnull", True), ("label_key__isnull", False)),
                    models.Q(
                        ("forget_asked_at__isnull", False), ("forgotten_at__isnull", False), ("label_key__isnull", True)
                    ),
                    _connector="OR",
                ),
                name="membership_forgotten_has_no_key",
            ),
        ),
        migrations.RunPython(house.grant_forgetting, migrations.RunPython.noop),
    ]
