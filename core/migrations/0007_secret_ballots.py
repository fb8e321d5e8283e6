# Secret ballots: keys, boxes, what the signer opened; and what the web role may do with them.

import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations, models

from core.migrations._house import grant_secret_ballots


class Migration(migrations.Migration):
    dependencies = [
        ("core", "0006_signer"),
    ]

    operations = [
        migrations.CreateModel(
            name="OpenedBallots",
            fields=[
                (
                    "vote",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        primary_key=True,
                        related_name="opened",
                        serialize=False,
                        to="core.vote",
                    ),
                ),
                ("ballots", models.JSONField()),
            ],
            options={
                "verbose_name_plural": "opened ballots",
            },
        ),
        migrations.CreateModel(
            name="SealedBallot",
            fields=[
                ("find", models.CharField(max_length=64, primary_key=True, serialize=False)),
                ("box", models.BinaryField(max_length=8192)),
            ],
        ),
        migrations.CreateModel(
            name="VoteKey",
            fields=[
                ("key_id", models.CharField(max_length=32, primary_key=True, serialize=False)),
                ("public", models.CharField(max_length=64, unique=True)),
                ("made_at", models.DateTimeField()),
                ("destroyed_at", models.DateTimeField(blank=True, null=True)),
                ("lost_at", models.DateTimeField(blank=True, null=True)),
            ],
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="ballot",
            name="ballot_in_time",
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="rollentry",
            name="roll_frozen",
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="rollentry",
            name="roll_fixed",
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="vote",
            name="vote_fixed",
        ),
        migrations.RemoveConstraint(
            model_name="ballot",
            name="ballot_position_known",
        ),
        migrations.RemoveConstraint(
            model_name="vote",
            name="vote_rule_known",
        ),
        migrations.AddField(
            model_name="rollentry",
            name="used",
            field=models.BooleanField(db_default=False, default=False),
        ),
        migrations.AddField(
            model_name="vote",
            name="codes",
            field=models.BooleanField(db_default=False, default=False),
        ),
        migrations.AddField(
            model_name="vote",
            name="listed",
            field=models.JSONField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name="vote",
            name="secret",
            field=models.BooleanField(db_default=False, default=False),
        ),
        migrations.AlterField(
            model_name="ballot",
            name="position",
            field=models.CharField(
                choices=[
                    ("agree", "agree"),
                    ("reservations", "reservations"),
                    ("aside", "aside"),
                    ("abstain", "abstain"),
                    ("block", "block"),
                    ("disagree", "disagree"),
                    ("yes", "yes"),
                    ("no", "no"),
                    ("chosen", "chosen"),
                ],
                max_length=12,
                verbose_name="position",
            ),
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
            model_name="vote",
            name="matter",
            field=models.CharField(
                choices=[
                    ("ordinary", "ordinary"),
                    ("urgent", "urgent"),
                    ("charter", "charter"),
                    ("admission", "admission"),
                    ("removal", "removal"),
                    ("recall", "recall"),
                    ("election", "election"),
                ],
                max_length=10,
            ),
        ),
        migrations.AlterField(
            model_name="vote",
            name="rule",
            field=models.CharField(
                choices=[
                    ("consensus", "consensus"),
                    ("weak", "weak"),
                    ("majority", "majority"),
                    ("recall", "recall"),
                    ("removal", "removal"),
                    ("removal_large", "removal_large"),
                    ("approval", "approval"),
                    ("schulze", "schulze"),
                    ("stv", "stv"),
                ],
                max_length=13,
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="ballot",
            trigger=pgtrigger.compiler.Trigger(
                name="ballot_in_time",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="\n    PERFORM pg_advisory_xact_lock_shared(7001, NEW.vote_id::int);\n    IF NOT EXISTS (\n        SELECT 1 FROM core_vote\n        WHERE id = NEW.vote_id AND NOT secret AND counted_at IS NULL AND closes_at > folkmoot_now()\n    ) THEN RAISE EXCEPTION 'voting has closed' USING ERRCODE = 'FM001'; END IF;\n    IF NOT EXISTS (SELECT 1 FROM core_rollentry WHERE id = NEW.roll_id AND vote_id = NEW.vote_id) THEN\n        RAISE EXCEPTION 'not on the roll of this vote'; END IF;\n    IF TG_OP = 'UPDATE' AND (NEW.roll_id <> OLD.roll_id OR NEW.vote_id <> OLD.vote_id) THEN\n        RAISE EXCEPTION 'a ballot stays with its elector'; END IF;\n    RETURN NEW;\n",
                    hash="9d8dfdd61c50a8eb554e8983c2d46e155ed6df4e",
                    operation="INSERT OR UPDATE",
                    pgid="pgtrigger_ballot_in_time_5345a",
                    table="core_ballot",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="rollentry",
            trigger=pgtrigger.compiler.Trigger(
                name="roll_frozen",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="IF EXISTS (SELECT 1 FROM core_vote WHERE id = NEW.vote_id AND roll_size IS NOT NULL) THEN RAISE EXCEPTION 'a roll never changes'; END IF; IF NEW.used THEN RAISE EXCEPTION 'nobody has voted yet'; END IF; RETURN NEW;",
                    hash="ade5565939f8799f051a4981cfbbe0e1a97dee17",
                    operation="INSERT",
                    pgid="pgtrigger_roll_frozen_dfed3",
                    table="core_rollentry",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="rollentry",
            trigger=pgtrigger.compiler.Trigger(
                name="roll_only_marked",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="\n    IF NOT NEW.used OR OLD.used OR to_jsonb(NEW) - 'used' <> to_jsonb(OLD) - 'used' THEN\n        RAISE EXCEPTION 'a roll never changes'; END IF;\n    PERFORM pg_advisory_xact_lock_shared(7001, NEW.vote_id::int);\n    IF NOT EXISTS (\n        SELECT 1 FROM core_vote\n        WHERE id = NEW.vote_id AND secret AND counted_at IS NULL AND closes_at > folkmoot_now()\n    ) THEN RAISE EXCEPTION 'voting has closed' USING ERRCODE = 'FM001'; END IF;\n    RETURN NEW;\n",
                    hash="3cd52fe0c23f0170d95440dfe442deaa9a40fa38",
                    operation="UPDATE",
                    pgid="pgtrigger_roll_only_marked_e726d",
                    table="core_rollentry",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="rollentry",
            trigger=pgtrigger.compiler.Trigger(
                name="mark_has_a_box",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    constraint="CONSTRAINT",
                    func="\n    IF (SELECT count(*) FROM core_rollentry WHERE vote_id = NEW.vote_id AND used)\n        <> (SELECT count(*) FROM core_sealedballot WHERE vote_id = NEW.vote_id)\n    THEN RAISE EXCEPTION 'used marks equal ballots'; END IF;\n    RETURN NULL;\n",
                    hash="8f6c299bab09d968e7ed5377bc0fa0caf5bd412e",
                    operation="UPDATE",
                    pgid="pgtrigger_mark_has_a_box_96b29",
                    table="core_rollentry",
                    timing="DEFERRABLE INITIALLY DEFERRED",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="rollentry",
            trigger=pgtrigger.compiler.Trigger(
                name="roll_kept",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot delete rows from % table', TG_TABLE_NAME;",
                    hash="c3cdf1a20d2ea05da5d8a8a12afef11c4824ba9f",
                    operation="DELETE",
                    pgid="pgtrigger_roll_kept_f3c67",
                    table="core_rollentry",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="vote",
            trigger=pgtrigger.compiler.Trigger(
                name="vote_fixed",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="IF OLD.counted_at IS NOT NULL THEN RAISE EXCEPTION 'a counted vote never changes'; END IF; IF OLD.roll_size IS NOT NULL AND NEW.roll_size IS DISTINCT FROM OLD.roll_size THEN RAISE EXCEPTION 'a roll never changes'; END IF; IF NEW.proposal_id IS DISTINCT FROM OLD.proposal_id THEN RAISE EXCEPTION 'a vote keeps its proposal_id'; END IF; IF NEW.number IS DISTINCT FROM OLD.number THEN RAISE EXCEPTION 'a vote keeps its number'; END IF; IF NEW.matter IS DISTINCT FROM OLD.matter THEN RAISE EXCEPTION 'a vote keeps its matter'; END IF; IF NEW.rule IS DISTINCT FROM OLD.rule THEN RAISE EXCEPTION 'a vote keeps its rule'; END IF; IF NEW.charter_id IS DISTINCT FROM OLD.charter_id THEN RAISE EXCEPTION 'a vote keeps its charter_id'; END IF; IF NEW.text_id IS DISTINCT FROM OLD.text_id THEN RAISE EXCEPTION 'a vote keeps its text_id'; END IF; IF NEW.second_call IS DISTINCT FROM OLD.second_call THEN RAISE EXCEPTION 'a vote keeps its second_call'; END IF; IF NEW.secret IS DISTINCT FROM OLD.secret THEN RAISE EXCEPTION 'a vote keeps its secret'; END IF; IF NEW.codes IS DISTINCT FROM OLD.codes THEN RAISE EXCEPTION 'a vote keeps its codes'; END IF; IF NEW.opened_at IS DISTINCT FROM OLD.opened_at THEN RAISE EXCEPTION 'a vote keeps its opened_at'; END IF; IF NEW.closes_at IS DISTINCT FROM OLD.closes_at THEN RAISE EXCEPTION 'a vote keeps its closes_at'; END IF; IF NEW.quorum_num IS DISTINCT FROM OLD.quorum_num THEN RAISE EXCEPTION 'a vote keeps its quorum_num'; END IF; IF NEW.quorum_den IS DISTINCT FROM OLD.quorum_den THEN RAISE EXCEPTION 'a vote keeps its quorum_den'; END IF; IF NEW.agreement_num IS DISTINCT FROM OLD.agreement_num THEN RAISE EXCEPTION 'a vote keeps its agreement_num'; END IF; IF NEW.agreement_den IS DISTINCT FROM OLD.agreement_den THEN RAISE EXCEPTION 'a vote keeps its agreement_den'; END IF; IF NEW.asides_num IS DISTINCT FROM OLD.asides_num THEN RAISE EXCEPTION 'a vote keeps its asides_num'; END IF; IF NEW.asides_den IS DISTINCT FROM OLD.asides_den THEN RAISE EXCEPTION 'a vote keeps its asides_den'; END IF;IF NEW.secret AND NEW.counted_at IS NOT NULL AND NEW.outcome NOT IN ('overtaken', 'void') AND NOT EXISTS (SELECT 1 FROM core_openedballots WHERE vote_id = NEW.id) THEN RAISE EXCEPTION 'a secret vote is counted from what the signer opened'; END IF;  RETURN NEW;",
                    hash="b0203f49adfa610814492aada4096c04356294d6",
                    operation="UPDATE",
                    pgid="pgtrigger_vote_fixed_f414c",
                    table="core_vote",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="vote",
            trigger=pgtrigger.compiler.Trigger(
                name="secret_has_its_key",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    constraint="CONSTRAINT",
                    func="IF NEW.secret AND NOT EXISTS (SELECT 1 FROM core_votekey WHERE vote_id = NEW.id) THEN RAISE EXCEPTION 'a secret vote has a key'; END IF; RETURN NULL;",
                    hash="060a31edd2a5da30af14147020d8dc08e71794e7",
                    operation="INSERT",
                    pgid="pgtrigger_secret_has_its_key_1fb42",
                    table="core_vote",
                    timing="DEFERRABLE INITIALLY DEFERRED",
                    when="AFTER",
                ),
            ),
        ),
        migrations.AddConstraint(
            model_name="ballot",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "position__in",
                        ["agree", "reservations", "aside", "abstain", "block", "disagree", "yes", "no", "chosen"],
                    )
                ),
                name="ballot_position_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="vote",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("secret", False), ("roll_size__isnull", True), ("roll_size__gte", 7), _connector="OR"
                ),
                name="vote_secret_from_seven",
            ),
        ),
        migrations.AddConstraint(
            model_name="vote",
            constraint=models.CheckConstraint(
                condition=models.Q(("secret", True), ("codes", False), _connector="OR"),
                name="vote_codes_only_if_secret",
            ),
        ),
        migrations.AddConstraint(
            model_name="vote",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("listed__isnull", True), models.Q(("counted_at__isnull", False), ("secret", True)), _connector="OR"
                ),
                name="vote_list_only_if_secret",
            ),
        ),
        migrations.AddConstraint(
            model_name="vote",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "rule__in",
                        [
                            "consensus",
                            "weak",
                            "majority",
                            "recall",
                            "removal",
                            "removal_large",
                            "approval",
                            "schulze",
                            "stv",
                        ],
                    )
                ),
                name="vote_rule_known",
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="openedballots",
            trigger=pgtrigger.compiler.Trigger(
                name="opened_after_the_close",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="\n    PERFORM pg_advisory_xact_lock(7001, NEW.vote_id::int);\n    IF NOT EXISTS (\n        SELECT 1 FROM core_vote\n        WHERE id = NEW.vote_id AND secret AND counted_at IS NULL AND closes_at <= folkmoot_now()\n    ) THEN RAISE EXCEPTION 'ballots are opened after the close, before the count'; END IF;\n    IF jsonb_array_length(NEW.ballots) <> (SELECT count(*) FROM core_sealedballot WHERE vote_id = NEW.vote_id) THEN\n        RAISE EXCEPTION 'as many opened ballots as boxes'; END IF;\n    RETURN NEW;\n",
                    hash="c5e8e75457602ad3cdb96735aeaefad4fec99552",
                    operation="INSERT",
                    pgid="pgtrigger_opened_after_the_close_1ade8",
                    table="core_openedballots",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="openedballots",
            trigger=pgtrigger.compiler.Trigger(
                name="opened_until_counted",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="\n    IF EXISTS (SELECT 1 FROM core_vote WHERE id = OLD.vote_id AND counted_at IS NULL) THEN\n        RAISE EXCEPTION 'opened ballots stay until they are counted'; END IF;\n    RETURN OLD;\n",
                    hash="61634b905ae66008b4424e951a8aa79011b9854b",
                    operation="DELETE",
                    pgid="pgtrigger_opened_until_counted_bd535",
                    table="core_openedballots",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="openedballots",
            trigger=pgtrigger.compiler.Trigger(
                name="opened_once",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;",
                    hash="37870cc0dd2c59060db13dd3d65c7bb6ca908769",
                    operation="UPDATE",
                    pgid="pgtrigger_opened_once_b1de4",
                    table="core_openedballots",
                    when="BEFORE",
                ),
            ),
        ),
        migrations.AddField(
            model_name="sealedballot",
            name="vote",
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="boxes", to="core.vote"),
        ),
        migrations.AddField(
            model_name="votekey",
            name="vote",
            field=models.OneToOneField(
                blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name="key", to="core.vote"
            ),
        ),
        migrations.AddConstraint(
            model_name="sealedballot",
            constraint=models.CheckConstraint(
                condition=models.Q(("find__regex", "^[0-9a-f]{64}$")), name="sealedballot_find_is_a_hash"
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="sealedballot",
            trigger=pgtrigger.compiler.Trigger(
                name="box_in_time",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="\n    PERFORM pg_advisory_xact_lock_shared(7001, NEW.vote_id::int);\n    IF NOT EXISTS (\n        SELECT 1 FROM core_vote\n        WHERE id = NEW.vote_id AND secret AND counted_at IS NULL AND closes_at > folkmoot_now()\n    ) THEN RAISE EXCEPTION 'voting has closed' USING ERRCODE = 'FM001'; END IF;\n    IF TG_OP = 'UPDATE' AND (NEW.find <> OLD.find OR NEW.vote_id <> OLD.vote_id) THEN\n        RAISE EXCEPTION 'a box stays in its place'; END IF;\n    IF TG_OP = 'UPDATE' AND NOT (SELECT codes FROM core_vote WHERE id = NEW.vote_id) THEN\n        RAISE EXCEPTION 'a ballot without a code is final'; END IF;\n    RETURN NEW;\n",
                    hash="8fd6316ad69c814ca84304ab755f51eae0abc96d",
                    operation="INSERT OR UPDATE",
                    pgid="pgtrigger_box_in_time_e154b",
                    table="core_sealedballot",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="sealedballot",
            trigger=pgtrigger.compiler.Trigger(
                name="box_is_marked",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    constraint="CONSTRAINT",
                    func="\n    IF (SELECT count(*) FROM core_rollentry WHERE vote_id = NEW.vote_id AND used)\n        <> (SELECT count(*) FROM core_sealedballot WHERE vote_id = NEW.vote_id)\n    THEN RAISE EXCEPTION 'used marks equal ballots'; END IF;\n    RETURN NULL;\n",
                    hash="ca3229f2e29dd5cdae1df81f484b39b2ffae75b5",
                    operation="INSERT",
                    pgid="pgtrigger_box_is_marked_bcf8f",
                    table="core_sealedballot",
                    timing="DEFERRABLE INITIALLY DEFERRED",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="sealedballot",
            trigger=pgtrigger.compiler.Trigger(
                name="box_kept",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot delete rows from % table', TG_TABLE_NAME;",
                    hash="5b03aade06f75cfd349816b18530bdc9022c0895",
                    operation="DELETE",
                    pgid="pgtrigger_box_kept_6fce3",
                    table="core_sealedballot",
                    when="BEFORE",
                ),
            ),
        ),
        migrations.AddIndex(
            model_name="votekey",
            index=models.Index(
                condition=models.Q(("destroyed_at__isnull", True), ("lost_at__isnull", True), ("vote__isnull", True)),
                fields=["made_at"],
                name="votekey_in_stock",
            ),
        ),
        migrations.AddConstraint(
            model_name="votekey",
            constraint=models.CheckConstraint(
                condition=models.Q(("public__regex", "^[0-9a-f]{64}$")), name="votekey_public_is_32_bytes"
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="votekey",
            trigger=pgtrigger.compiler.Trigger(
                name="votekey_fixed",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="\n    IF (NEW.key_id, NEW.public, NEW.made_at) <> (OLD.key_id, OLD.public, OLD.made_at) THEN\n        RAISE EXCEPTION 'a key never changes'; END IF;\n    IF NEW.vote_id IS DISTINCT FROM OLD.vote_id AND NOT (\n        OLD.vote_id IS NULL AND OLD.destroyed_at IS NULL AND OLD.lost_at IS NULL\n        AND EXISTS (SELECT 1 FROM core_vote WHERE id = NEW.vote_id AND secret AND counted_at IS NULL)\n    ) THEN RAISE EXCEPTION 'a key is for one secret vote'; END IF;\n    IF OLD.lost_at IS NOT NULL AND NEW.lost_at IS DISTINCT FROM OLD.lost_at THEN\n        RAISE EXCEPTION 'a lost key stays lost'; END IF;\n    IF NEW.destroyed_at IS DISTINCT FROM OLD.destroyed_at AND (\n        OLD.destroyed_at IS NOT NULL\n        OR EXISTS (SELECT 1 FROM core_vote WHERE id = NEW.vote_id AND counted_at IS NULL)\n    ) THEN RAISE EXCEPTION 'a key is destroyed once, after the count'; END IF;\n    RETURN NEW;\n",
                    hash="41095c6555888f4fc507c1c6dbb60b869ee5f348",
                    operation="UPDATE",
                    pgid="pgtrigger_votekey_fixed_58a3f",
                    table="core_votekey",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="votekey",
            trigger=pgtrigger.compiler.Trigger(
                name="votekey_kept",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot delete rows from % table', TG_TABLE_NAME;",
                    hash="c341c6f3a6c4bcb728e0ae686117a69680dd1a24",
                    operation="DELETE",
                    pgid="pgtrigger_votekey_kept_6576e",
                    table="core_votekey",
                    when="BEFORE",
                ),
            ),
        ),
        migrations.RunPython(grant_secret_ballots, migrations.RunPython.noop),
    ]
