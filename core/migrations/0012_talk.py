"""Other words for a passage, several texts in one vote, summaries, how a proposal feels, voices on a passage."""

import django.db.models.deletion
import django.db.models.expressions
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models

from core.migrations._house import grant_talk


class Migration(migrations.Migration):
    dependencies = [
        ("core", "0011_people_by_name"),
    ]

    operations = [
        migrations.CreateModel(
            name="Alternative",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.PositiveSmallIntegerField()),
                ("text", models.TextField(max_length=20000)),
            ],
        ),
        migrations.CreateModel(
            name="Amendment",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.PositiveSmallIntegerField()),
                ("passage", models.TextField(max_length=4000, verbose_name="the words as they are")),
                ("words", models.TextField(blank=True, max_length=4000, verbose_name="the words you propose")),
                ("reason", models.TextField(max_length=2000, verbose_name="why")),
                ("at", models.DateTimeField()),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("open", "waits for an answer"),
                            ("accepted", "accepted"),
                            ("declined", "not accepted"),
                            ("withdrawn", "withdrawn"),
                        ],
                        default="open",
                        max_length=9,
                    ),
                ),
                ("answered_at", models.DateTimeField(blank=True, null=True)),
                ("answer", models.TextField(blank=True, max_length=2000, verbose_name="why not")),
                ("stands_at", models.DateTimeField(blank=True, null=True)),
            ],
        ),
        migrations.CreateModel(
            name="Summary",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("of", models.CharField(choices=[("talk", "the talk"), ("text", "the text")], max_length=4)),
                ("number", models.PositiveIntegerField()),
                ("text", models.TextField(max_length=4000)),
                ("at", models.DateTimeField()),
            ],
            options={
                "verbose_name_plural": "summaries",
            },
        ),
        migrations.CreateModel(
            name="Temperature",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "feels",
                    models.CharField(
                        choices=[("warm", "Warm"), ("unsure", "Not sure"), ("cold", "Cold")], max_length=6
                    ),
                ),
                ("at", models.DateTimeField()),
            ],
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="ballot",
            name="ballot_in_time",
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="vote",
            name="vote_fixed",
        ),
        migrations.RemoveConstraint(
            model_name="ballot",
            name="ballot_chosen_has_a_choice",
        ),
        migrations.RemoveConstraint(
            model_name="vote",
            name="vote_election_has_seats_and_a_seed",
        ),
        migrations.AddField(
            model_name="comment",
            name="passage",
            field=models.TextField(blank=True, db_default="", default="", max_length=4000),
        ),
        migrations.AddField(
            model_name="comment",
            name="version",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="comments",
                to="core.textversion",
            ),
        ),
        migrations.AddField(
            model_name="vote",
            name="first",
            field=models.PositiveSmallIntegerField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name="vote",
            name="marks",
            field=models.JSONField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name="vote",
            name="other_texts",
            field=models.PositiveSmallIntegerField(db_default=0, default=0),
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
        pgtrigger.migrations.AddTrigger(
            model_name="ballot",
            trigger=pgtrigger.compiler.Trigger(
                name="ballot_in_time",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    declare="DECLARE others smallint;",
                    func="\n    IF TG_OP = 'UPDATE' AND NEW.nonce = ''::bytea AND to_jsonb(NEW) - 'nonce' = to_jsonb(OLD) - 'nonce' AND EXISTS (\n        SELECT 1 FROM core_rollentry r JOIN core_membership m ON m.id = r.membership_id\n        WHERE r.id = OLD.roll_id AND m.forgotten_at IS NOT NULL\n    ) THEN RETURN NEW; END IF;\n    PERFORM pg_advisory_xact_lock_shared(7001, NEW.vote_id::int);\n    SELECT other_texts INTO others FROM core_vote\n    WHERE id = NEW.vote_id AND NOT secret AND counted_at IS NULL AND closes_at > folkmoot_now();\n    IF NOT FOUND THEN RAISE EXCEPTION 'voting has closed' USING ERRCODE = 'FM001'; END IF;\n    IF (others > 0) <> (NEW.choice <> '' AND NEW.position <> 'chosen') THEN\n        RAISE EXCEPTION 'texts are marked where there are several'; END IF;\n    IF others > 0 AND NOT NEW.choice::jsonb <@ (SELECT jsonb_agg(n) FROM generate_series(1, others + 1) n) THEN\n        RAISE EXCEPTION 'a text that is not in this vote'; END IF;\n    IF NOT EXISTS (SELECT 1 FROM core_rollentry WHERE id = NEW.roll_id AND vote_id = NEW.vote_id) THEN\n        RAISE EXCEPTION 'not on the roll of this vote'; END IF;\n    IF TG_OP = 'UPDATE' AND (NEW.roll_id <> OLD.roll_id OR NEW.vote_id <> OLD.vote_id) THEN\n        RAISE EXCEPTION 'a ballot stays with its elector'; END IF;\n    RETURN NEW;\n",
                    hash="af5635f730b77cf6ad02751fb1871546e452a6a6",
                    operation="INSERT OR UPDATE",
                    pgid="pgtrigger_ballot_in_time_5345a",
                    table="core_ballot",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="vote",
            trigger=pgtrigger.compiler.Trigger(
                name="vote_fixed",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="IF OLD.counted_at IS NOT NULL THEN RAISE EXCEPTION 'a counted vote never changes'; END IF; IF OLD.roll_size IS NOT NULL AND NEW.roll_size IS DISTINCT FROM OLD.roll_size THEN RAISE EXCEPTION 'a roll never changes'; END IF; IF OLD.roll_size IS NULL AND NEW.other_texts > 0 AND NEW.other_texts <> (SELECT count(*) FROM core_alternative WHERE vote_id = NEW.id) THEN RAISE EXCEPTION 'a vote has all its texts'; END IF; IF NEW.proposal_id IS DISTINCT FROM OLD.proposal_id THEN RAISE EXCEPTION 'a vote keeps its proposal_id'; END IF; IF NEW.number IS DISTINCT FROM OLD.number THEN RAISE EXCEPTION 'a vote keeps its number'; END IF; IF NEW.matter IS DISTINCT FROM OLD.matter THEN RAISE EXCEPTION 'a vote keeps its matter'; END IF; IF NEW.rule IS DISTINCT FROM OLD.rule THEN RAISE EXCEPTION 'a vote keeps its rule'; END IF; IF NEW.charter_id IS DISTINCT FROM OLD.charter_id THEN RAISE EXCEPTION 'a vote keeps its charter_id'; END IF; IF NEW.text_id IS DISTINCT FROM OLD.text_id THEN RAISE EXCEPTION 'a vote keeps its text_id'; END IF; IF NEW.second_call IS DISTINCT FROM OLD.second_call THEN RAISE EXCEPTION 'a vote keeps its second_call'; END IF; IF NEW.secret IS DISTINCT FROM OLD.secret THEN RAISE EXCEPTION 'a vote keeps its secret'; END IF; IF NEW.codes IS DISTINCT FROM OLD.codes THEN RAISE EXCEPTION 'a vote keeps its codes'; END IF; IF NEW.opened_at IS DISTINCT FROM OLD.opened_at THEN RAISE EXCEPTION 'a vote keeps its opened_at'; END IF; IF NEW.closes_at IS DISTINCT FROM OLD.closes_at THEN RAISE EXCEPTION 'a vote keeps its closes_at'; END IF; IF NEW.quorum_num IS DISTINCT FROM OLD.quorum_num THEN RAISE EXCEPTION 'a vote keeps its quorum_num'; END IF; IF NEW.quorum_den IS DISTINCT FROM OLD.quorum_den THEN RAISE EXCEPTION 'a vote keeps its quorum_den'; END IF; IF NEW.agreement_num IS DISTINCT FROM OLD.agreement_num THEN RAISE EXCEPTION 'a vote keeps its agreement_num'; END IF; IF NEW.agreement_den IS DISTINCT FROM OLD.agreement_den THEN RAISE EXCEPTION 'a vote keeps its agreement_den'; END IF; IF NEW.asides_num IS DISTINCT FROM OLD.asides_num THEN RAISE EXCEPTION 'a vote keeps its asides_num'; END IF; IF NEW.asides_den IS DISTINCT FROM OLD.asides_den THEN RAISE EXCEPTION 'a vote keeps its asides_den'; END IF; IF NEW.seats IS DISTINCT FROM OLD.seats THEN RAISE EXCEPTION 'a vote keeps its seats'; END IF; IF NEW.seed_hash IS DISTINCT FROM OLD.seed_hash THEN RAISE EXCEPTION 'a vote keeps its seed_hash'; END IF; IF NEW.seed IS DISTINCT FROM OLD.seed THEN RAISE EXCEPTION 'a vote keeps its seed'; END IF; IF NEW.other_texts IS DISTINCT FROM OLD.other_texts THEN RAISE EXCEPTION 'a vote keeps its other_texts'; END IF;IF NEW.secret AND NEW.counted_at IS NOT NULL AND NEW.outcome NOT IN ('overtaken', 'void') AND NOT EXISTS (SELECT 1 FROM core_openedballots WHERE vote_id = NEW.id) THEN RAISE EXCEPTION 'a secret vote is counted from what the signer opened'; END IF;  RETURN NEW;",
                    hash="fa74bd0f53f01a16b980a2a9caf69e77a37ecb19",
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
                    models.Q(("position", "chosen"), _negated=True),
                    models.Q(("choice", ""), _negated=True),
                    _connector="OR",
                ),
                name="ballot_chosen_has_a_choice",
            ),
        ),
        migrations.AddConstraint(
            model_name="comment",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("passage", ""), ("version__isnull", True)),
                    models.Q(("version__isnull", False), models.Q(("passage", ""), _negated=True)),
                    _connector="OR",
                ),
                name="comment_passage_of_a_version",
            ),
        ),
        migrations.AddConstraint(
            model_name="vote",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("other_texts", 0),
                        ("rule__in", ["approval", "schulze", "stv"]),
                        ("seats__gte", 1),
                        ("seats__isnull", False),
                        models.Q(("seed", ""), _negated=True),
                        models.Q(("seed_hash", ""), _negated=True),
                    ),
                    models.Q(
                        models.Q(("rule__in", ["approval", "schulze", "stv"]), _negated=True),
                        ("other_texts", 0),
                        ("seats__isnull", True),
                        ("seed", ""),
                        ("seed_hash", ""),
                    ),
                    models.Q(
                        models.Q(("rule__in", ["approval", "schulze", "stv"]), _negated=True),
                        ("other_texts__gte", 1),
                        ("seats__isnull", True),
                        ("secret", False),
                        models.Q(("seed", ""), _negated=True),
                        models.Q(("seed_hash", ""), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="vote_election_has_seats_and_a_seed",
            ),
        ),
        migrations.AddConstraint(
            model_name="vote",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("first__isnull", True),
                        ("marks__isnull", True),
                        models.Q(
                            ("other_texts", 0),
                            ("counted_at__isnull", True),
                            ("outcome__in", ["overtaken", "void"]),
                            _connector="OR",
                        ),
                    ),
                    models.Q(
                        ("counted_at__isnull", False),
                        ("first__isnull", False),
                        ("marks__isnull", False),
                        ("first__gte", 1),
                        (
                            "first__lte",
                            django.db.models.expressions.CombinedExpression(
                                models.F("other_texts"), "+", models.Value(1)
                            ),
                        ),
                        ("other_texts__gte", 1),
                    ),
                    _connector="OR",
                ),
                name="vote_first_of_its_texts",
            ),
        ),
        migrations.AddField(
            model_name="alternative",
            name="vote",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="alternatives", to="core.vote"
            ),
        ),
        migrations.AddField(
            model_name="amendment",
            name="author",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="amendments", to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AddField(
            model_name="amendment",
            name="made",
            field=models.OneToOneField(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="amendment",
                to="core.textversion",
            ),
        ),
        migrations.AddField(
            model_name="amendment",
            name="proposal",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="amendments", to="core.proposal"
            ),
        ),
        migrations.AddField(
            model_name="amendment",
            name="version",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="core.textversion"
            ),
        ),
        migrations.AddField(
            model_name="alternative",
            name="amendment",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="in_votes", to="core.amendment"
            ),
        ),
        migrations.AddField(
            model_name="summary",
            name="author",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AddField(
            model_name="summary",
            name="proposal",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="summaries", to="core.proposal"
            ),
        ),
        migrations.AddField(
            model_name="temperature",
            name="person",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AddField(
            model_name="temperature",
            name="proposal",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="temperatures", to="core.proposal"
            ),
        ),
        migrations.AddConstraint(
            model_name="amendment",
            constraint=models.UniqueConstraint(fields=("proposal", "number"), name="amendment_number_once"),
        ),
        migrations.AddConstraint(
            model_name="amendment",
            constraint=models.UniqueConstraint(
                condition=models.Q(("stands_at__isnull", False)),
                fields=("proposal", "author"),
                name="alternative_one_each",
            ),
        ),
        migrations.AddConstraint(
            model_name="amendment",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("passage", ""), _negated=True),
                    models.Q(("reason", ""), _negated=True),
                    models.Q(("passage", models.F("words")), _negated=True),
                ),
                name="amendment_changes_something",
            ),
        ),
        migrations.AddConstraint(
            model_name="amendment",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("answered_at__isnull", True), ("state", "open")),
                    models.Q(("answered_at__isnull", False), ("state__in", ["accepted", "declined", "withdrawn"])),
                    _connector="OR",
                ),
                name="amendment_answered_has_a_date",
            ),
        ),
        migrations.AddConstraint(
            model_name="amendment",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("made__isnull", False), ("state", "accepted")),
                    models.Q(models.Q(("state", "accepted"), _negated=True), ("made__isnull", True)),
                    _connector="OR",
                ),
                name="amendment_accepted_made_a_version",
            ),
        ),
        migrations.AddConstraint(
            model_name="amendment",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state", "declined"), models.Q(("answer", ""), _negated=True)),
                    models.Q(models.Q(("state", "declined"), _negated=True), ("answer", "")),
                    _connector="OR",
                ),
                name="amendment_declined_has_a_reason",
            ),
        ),
        migrations.AddConstraint(
            model_name="amendment",
            constraint=models.CheckConstraint(
                condition=models.Q(("stands_at__isnull", True), ("state__in", ["open", "declined"]), _connector="OR"),
                name="alternative_was_not_accepted",
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="amendment",
            trigger=pgtrigger.compiler.Trigger(
                name="amendment_fixed",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="\n    IF (NEW.proposal_id, NEW.number, NEW.author_id, NEW.version_id, NEW.passage, NEW.words, NEW.reason, NEW.at)\n        IS DISTINCT FROM\n        (OLD.proposal_id, OLD.number, OLD.author_id, OLD.version_id, OLD.passage, OLD.words, OLD.reason, OLD.at)\n    THEN RAISE EXCEPTION 'amendment_fixed: what was proposed is never changed, only answered'; END IF;\n    RETURN NEW;\n",
                    hash="a4e541a64335902670c59088aca454da0c6f0862",
                    operation="UPDATE",
                    pgid="pgtrigger_amendment_fixed_66a46",
                    table="core_amendment",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="amendment",
            trigger=pgtrigger.compiler.Trigger(
                name="amendment_kept",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot delete rows from % table', TG_TABLE_NAME;",
                    hash="da7c9de9e4b51ff6d3146401272e263bad1d2e0b",
                    operation="DELETE",
                    pgid="pgtrigger_amendment_kept_5a5af",
                    table="core_amendment",
                    when="BEFORE",
                ),
            ),
        ),
        migrations.AddConstraint(
            model_name="alternative",
            constraint=models.UniqueConstraint(fields=("vote", "number"), name="alternative_number_once"),
        ),
        migrations.AddConstraint(
            model_name="alternative",
            constraint=models.UniqueConstraint(fields=("vote", "amendment"), name="alternative_amendment_once"),
        ),
        migrations.AddConstraint(
            model_name="alternative",
            constraint=models.CheckConstraint(
                condition=models.Q(("number__gte", 2), models.Q(("text", ""), _negated=True)),
                name="alternative_after_the_text",
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="alternative",
            trigger=pgtrigger.compiler.Trigger(
                name="alternative_at_opening",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="\n    IF EXISTS (SELECT 1 FROM core_vote WHERE id = NEW.vote_id AND roll_size IS NOT NULL) THEN\n        RAISE EXCEPTION 'a vote keeps its texts'; END IF;\n    IF NOT EXISTS (\n        SELECT 1 FROM core_amendment a JOIN core_vote v ON v.proposal_id = a.proposal_id\n        WHERE a.id = NEW.amendment_id AND v.id = NEW.vote_id AND a.stands_at IS NOT NULL\n    ) THEN RAISE EXCEPTION 'only what stands as an alternative comes to the vote'; END IF;\n    RETURN NEW;\n",
                    hash="f082531083cea127dd17802771f8e342a4d680b2",
                    operation="INSERT",
                    pgid="pgtrigger_alternative_at_opening_6e339",
                    table="core_alternative",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="alternative",
            trigger=pgtrigger.compiler.Trigger(
                name="alternative_kept",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="5cbd7622e98177a79899d9b8896f4f46343a8f2a",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_alternative_kept_2588a",
                    table="core_alternative",
                    when="BEFORE",
                ),
            ),
        ),
        migrations.AddConstraint(
            model_name="summary",
            constraint=models.UniqueConstraint(fields=("proposal", "of", "number"), name="summary_number_once"),
        ),
        migrations.AddConstraint(
            model_name="summary",
            constraint=models.CheckConstraint(
                condition=models.Q(models.Q(("text", ""), _negated=True), ("of__in", ["talk", "text"])),
                name="summary_has_words",
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="summary",
            trigger=pgtrigger.compiler.Trigger(
                name="summary_kept",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="c6d2b7612ede3b8851a75d16133c32264ba3720e",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_summary_kept_ca376",
                    table="core_summary",
                    when="BEFORE",
                ),
            ),
        ),
        migrations.AddConstraint(
            model_name="temperature",
            constraint=models.UniqueConstraint(fields=("proposal", "person"), name="temperature_person_once"),
        ),
        migrations.AddConstraint(
            model_name="temperature",
            constraint=models.CheckConstraint(
                condition=models.Q(("feels__in", ["warm", "unsure", "cold"])), name="temperature_known"
            ),
        ),
        migrations.RunPython(grant_talk, migrations.RunPython.noop),
    ]
