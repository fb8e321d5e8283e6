"""Elections: what is filled, who stands, ballots that choose; several mandates from one proposal."""

import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models

from core.migrations._house import grant_elections


class Migration(migrations.Migration):
    dependencies = [
        ("core", "0007_secret_ballots"),
    ]

    operations = [
        migrations.CreateModel(
            name="Candidacy",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("words", models.TextField(blank=True, max_length=2000, verbose_name="your words")),
                ("proposed_at", models.DateTimeField()),
                ("accepted_at", models.DateTimeField(blank=True, null=True)),
                ("withdrawn_at", models.DateTimeField(blank=True, null=True)),
                ("number", models.PositiveSmallIntegerField(blank=True, null=True)),
            ],
            options={
                "verbose_name_plural": "candidacies",
            },
        ),
        migrations.CreateModel(
            name="Election",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("task", models.TextField(max_length=4000, verbose_name="the task")),
                ("limits", models.TextField(max_length=2000, verbose_name="the limits")),
                ("term_days", models.PositiveSmallIntegerField(verbose_name="for how many days")),
                (
                    "report_days",
                    models.PositiveSmallIntegerField(
                        blank=True, null=True, verbose_name="a report every how many days"
                    ),
                ),
                ("seats", models.PositiveSmallIntegerField(default=1, verbose_name="how many are elected")),
                ("ranked", models.BooleanField(default=False, verbose_name="by ranking")),
            ],
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="vote",
            name="vote_fixed",
        ),
        migrations.AddField(
            model_name="ballot",
            name="choice",
            field=models.CharField(blank=True, db_default="", default="", max_length=200),
        ),
        migrations.AddField(
            model_name="vote",
            name="seats",
            field=models.PositiveSmallIntegerField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name="vote",
            name="seed",
            field=models.CharField(blank=True, db_default="", default="", max_length=64),
        ),
        migrations.AddField(
            model_name="vote",
            name="seed_hash",
            field=models.CharField(blank=True, db_default="", default="", max_length=64),
        ),
        migrations.AlterField(
            model_name="cause",
            name="what",
            field=models.CharField(
                choices=[
                    ("proposal.discussion", "a proposal to talk over"),
                    ("vote.opened", "a vote has opened"),
                    ("vote.reminder", "a vote closes soon"),
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
            model_name="mandate",
            name="granted_by",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="granted", to="core.proposal"
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="vote",
            trigger=pgtrigger.compiler.Trigger(
                name="vote_fixed",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="IF OLD.counted_at IS NOT NULL THEN RAISE EXCEPTION 'a counted vote never changes'; END IF; IF OLD.roll_size IS NOT NULL AND NEW.roll_size IS DISTINCT FROM OLD.roll_size THEN RAISE EXCEPTION 'a roll never changes'; END IF; IF NEW.proposal_id IS DISTINCT FROM OLD.proposal_id THEN RAISE EXCEPTION 'a vote keeps its proposal_id'; END IF; IF NEW.number IS DISTINCT FROM OLD.number THEN RAISE EXCEPTION 'a vote keeps its number'; END IF; IF NEW.matter IS DISTINCT FROM OLD.matter THEN RAISE EXCEPTION 'a vote keeps its matter'; END IF; IF NEW.rule IS DISTINCT FROM OLD.rule THEN RAISE EXCEPTION 'a vote keeps its rule'; END IF; IF NEW.charter_id IS DISTINCT FROM OLD.charter_id THEN RAISE EXCEPTION 'a vote keeps its charter_id'; END IF; IF NEW.text_id IS DISTINCT FROM OLD.text_id THEN RAISE EXCEPTION 'a vote keeps its text_id'; END IF; IF NEW.second_call IS DISTINCT FROM OLD.second_call THEN RAISE EXCEPTION 'a vote keeps its second_call'; END IF; IF NEW.secret IS DISTINCT FROM OLD.secret THEN RAISE EXCEPTION 'a vote keeps its secret'; END IF; IF NEW.codes IS DISTINCT FROM OLD.codes THEN RAISE EXCEPTION 'a vote keeps its codes'; END IF; IF NEW.opened_at IS DISTINCT FROM OLD.opened_at THEN RAISE EXCEPTION 'a vote keeps its opened_at'; END IF; IF NEW.closes_at IS DISTINCT FROM OLD.closes_at THEN RAISE EXCEPTION 'a vote keeps its closes_at'; END IF; IF NEW.quorum_num IS DISTINCT FROM OLD.quorum_num THEN RAISE EXCEPTION 'a vote keeps its quorum_num'; END IF; IF NEW.quorum_den IS DISTINCT FROM OLD.quorum_den THEN RAISE EXCEPTION 'a vote keeps its quorum_den'; END IF; IF NEW.agreement_num IS DISTINCT FROM OLD.agreement_num THEN RAISE EXCEPTION 'a vote keeps its agreement_num'; END IF; IF NEW.agreement_den IS DISTINCT FROM OLD.agreement_den THEN RAISE EXCEPTION 'a vote keeps its agreement_den'; END IF; IF NEW.asides_num IS DISTINCT FROM OLD.asides_num THEN RAISE EXCEPTION 'a vote keeps its asides_num'; END IF; IF NEW.asides_den IS DISTINCT FROM OLD.asides_den THEN RAISE EXCEPTION 'a vote keeps its asides_den'; END IF; IF NEW.seats IS DISTINCT FROM OLD.seats THEN RAISE EXCEPTION 'a vote keeps its seats'; END IF; IF NEW.seed_hash IS DISTINCT FROM OLD.seed_hash THEN RAISE EXCEPTION 'a vote keeps its seed_hash'; END IF; IF NEW.seed IS DISTINCT FROM OLD.seed THEN RAISE EXCEPTION 'a vote keeps its seed'; END IF;IF NEW.secret AND NEW.counted_at IS NOT NULL AND NEW.outcome NOT IN ('overtaken', 'void') AND NOT EXISTS (SELECT 1 FROM core_openedballots WHERE vote_id = NEW.id) THEN RAISE EXCEPTION 'a secret vote is counted from what the signer opened'; END IF;  RETURN NEW;",
                    hash="273e93a9797023cb7b5911ef724b6aaae7c55c27",
                    operation="UPDATE",
                    pgid="pgtrigger_vote_fixed_f414c",
                    table="core_vote",
                    when="BEFORE",
                ),
            ),
        ),
        migrations.AddConstraint(
            model_name="ballot",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("position", "chosen"), models.Q(("choice", ""), _negated=True)),
                    models.Q(models.Q(("position", "chosen"), _negated=True), ("choice", "")),
                    _connector="OR",
                ),
                name="ballot_chosen_has_a_choice",
            ),
        ),
        migrations.AddConstraint(
            model_name="mandate",
            constraint=models.UniqueConstraint(fields=("granted_by", "person"), name="mandate_granted_once"),
        ),
        migrations.AddConstraint(
            model_name="vote",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("rule__in", ["approval", "schulze", "stv"]),
                        ("seats__gte", 1),
                        ("seats__isnull", False),
                        models.Q(("seed", ""), _negated=True),
                        models.Q(("seed_hash", ""), _negated=True),
                    ),
                    models.Q(
                        models.Q(("rule__in", ["approval", "schulze", "stv"]), _negated=True),
                        ("seats__isnull", True),
                        ("seed", ""),
                        ("seed_hash", ""),
                    ),
                    _connector="OR",
                ),
                name="vote_election_has_seats_and_a_seed",
            ),
        ),
        migrations.AddField(
            model_name="candidacy",
            name="person",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="candidacies", to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AddField(
            model_name="candidacy",
            name="proposed_by",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="election",
            name="proposal",
            field=models.OneToOneField(
                on_delete=django.db.models.deletion.PROTECT, related_name="election", to="core.proposal"
            ),
        ),
        migrations.AddField(
            model_name="candidacy",
            name="election",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="candidacies", to="core.election"
            ),
        ),
        migrations.AddConstraint(
            model_name="election",
            constraint=models.CheckConstraint(
                condition=models.Q(models.Q(("task", ""), _negated=True), models.Q(("limits", ""), _negated=True)),
                name="election_has_task_and_limits",
            ),
        ),
        migrations.AddConstraint(
            model_name="election",
            constraint=models.CheckConstraint(
                condition=models.Q(("term_days__gte", 1), ("term_days__lte", 730)), name="election_term_in_range"
            ),
        ),
        migrations.AddConstraint(
            model_name="election",
            constraint=models.CheckConstraint(
                condition=models.Q(("report_days__isnull", True), ("report_days__gte", 7), _connector="OR"),
                name="election_reports_weekly_at_most",
            ),
        ),
        migrations.AddConstraint(
            model_name="election",
            constraint=models.CheckConstraint(
                condition=models.Q(("seats__gte", 1), ("seats__lte", 20)), name="election_seats_in_range"
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="election",
            trigger=pgtrigger.compiler.Trigger(
                name="election_fixed",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="199467097f3fc99f92e1691e0329da8d7c2e0b38",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_election_fixed_ba344",
                    table="core_election",
                    when="BEFORE",
                ),
            ),
        ),
        migrations.AddConstraint(
            model_name="candidacy",
            constraint=models.UniqueConstraint(fields=("election", "person"), name="candidacy_person_once"),
        ),
        migrations.AddConstraint(
            model_name="candidacy",
            constraint=models.UniqueConstraint(fields=("election", "number"), name="candidacy_number_once"),
        ),
        migrations.AddConstraint(
            model_name="candidacy",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("number__isnull", True),
                    models.Q(
                        ("accepted_at__isnull", False),
                        ("number__gte", 1),
                        ("number__lte", 50),
                        ("withdrawn_at__isnull", True),
                    ),
                    _connector="OR",
                ),
                name="candidacy_numbered_stands",
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="candidacy",
            trigger=pgtrigger.compiler.Trigger(
                name="candidates_fixed",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="\n    IF EXISTS (\n        SELECT 1 FROM core_vote v JOIN core_election e ON e.proposal_id = v.proposal_id WHERE e.id = NEW.election_id\n    ) THEN RAISE EXCEPTION 'candidates_fixed: the vote has opened with its candidates'; END IF;\n    RETURN NEW;\n",
                    hash="b672deb067a0c20e292db10bfb93b2b72f65ae25",
                    operation="INSERT OR UPDATE",
                    pgid="pgtrigger_candidates_fixed_26808",
                    table="core_candidacy",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="candidacy",
            trigger=pgtrigger.compiler.Trigger(
                name="candidacy_kept",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot delete rows from % table', TG_TABLE_NAME;",
                    hash="d84d883873ac742987caa45b9ba017aeffdcc723",
                    operation="DELETE",
                    pgid="pgtrigger_candidacy_kept_604f8",
                    table="core_candidacy",
                    when="BEFORE",
                ),
            ),
        ),
        migrations.RunPython(grant_elections, migrations.RunPython.noop),
    ]
