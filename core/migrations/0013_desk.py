"""Ballots that two enter for a third, papers with numbers, whom each helped, cards given; how each ballot came."""

import datetime

import django.core.validators
import django.db.models.deletion
import django.db.models.expressions
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models

import core.rules.positions
from core.migrations._house import grant_entering


class Migration(migrations.Migration):
    dependencies = [
        ("core", "0012_talk"),
    ]

    operations = [
        migrations.CreateModel(
            name="Aid",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.PositiveSmallIntegerField()),
                ("at", models.DateTimeField()),
            ],
        ),
        migrations.CreateModel(
            name="CardHandout",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("asked_at", models.DateTimeField()),
                ("given_at", models.DateTimeField(blank=True, null=True)),
            ],
        ),
        migrations.CreateModel(
            name="EnteredBallot",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "way",
                    models.CharField(
                        choices=[
                            ("named", "by name, in a meeting"),
                            ("paper", "on paper"),
                            ("desk", "at the helper desk"),
                        ],
                        max_length=5,
                    ),
                ),
                ("position", models.CharField(max_length=12)),
                ("choice", models.CharField(blank=True, default="", max_length=200)),
                ("reason", models.TextField(blank=True, max_length=2000)),
                (
                    "number",
                    models.CharField(
                        max_length=8,
                        validators=[django.core.validators.RegexValidator("^[0-9]{8}\\Z", "A number has 8 digits.")],
                    ),
                ),
                ("entered_at", models.DateTimeField()),
                ("confirmed_at", models.DateTimeField(blank=True, null=True)),
                ("ended_at", models.DateTimeField(blank=True, null=True)),
                (
                    "ending",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("taken_back", "taken back before it was confirmed"),
                            ("replaced", "entered anew"),
                            ("own", "they voted themself"),
                            ("contested", "contested"),
                        ],
                        max_length=10,
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="PaperBallot",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "number",
                    models.CharField(
                        max_length=8,
                        validators=[django.core.validators.RegexValidator("^[0-9]{8}\\Z", "A number has 8 digits.")],
                    ),
                ),
                ("printed_at", models.DateTimeField()),
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
            name="ballot_position_known",
        ),
        migrations.AddField(
            model_name="ballot",
            name="way",
            field=models.CharField(
                choices=[("own", "own"), ("link", "link"), ("entered", "entered")],
                db_default="own",
                default=core.rules.positions.Way["OWN"],
                max_length=7,
            ),
        ),
        migrations.AddField(
            model_name="vote",
            name="meets_until",
            field=models.DateTimeField(blank=True, null=True),
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
                    ("struck", "struck"),
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
                    ("ballot.entered", "a vote was entered for you"),
                    ("ballot.overruled", "a vote that you entered does not count"),
                    ("card.given", "a new card was given to you"),
                    ("ballot.not_taken", "your own vote stands"),
                ],
                max_length=30,
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="ballot",
            trigger=pgtrigger.compiler.Trigger(
                name="ballot_in_time",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="\n    IF TG_OP = 'UPDATE' AND NEW.nonce = ''::bytea AND to_jsonb(NEW) - 'nonce' = to_jsonb(OLD) - 'nonce' AND EXISTS (\n        SELECT 1 FROM core_rollentry r JOIN core_membership m ON m.id = r.membership_id\n        WHERE r.id = OLD.roll_id AND m.forgotten_at IS NOT NULL\n    ) THEN RETURN NEW; END IF;\n    PERFORM pg_advisory_xact_lock_shared(7001, NEW.vote_id::int);\n    IF NOT EXISTS (\n        SELECT 1 FROM core_vote\n        WHERE id = NEW.vote_id AND NOT secret AND counted_at IS NULL AND closes_at > folkmoot_now()\n    ) THEN RAISE EXCEPTION 'voting has closed' USING ERRCODE = 'FM001'; END IF;\n    IF NOT EXISTS (SELECT 1 FROM core_rollentry WHERE id = NEW.roll_id AND vote_id = NEW.vote_id) THEN\n        RAISE EXCEPTION 'not on the roll of this vote'; END IF;\n    IF TG_OP = 'UPDATE' AND (NEW.roll_id <> OLD.roll_id OR NEW.vote_id <> OLD.vote_id) THEN\n        RAISE EXCEPTION 'a ballot stays with its elector'; END IF;\n    IF NEW.way = 'entered' THEN\n        IF TG_OP = 'UPDATE' AND OLD.way <> 'entered' THEN\n            RAISE EXCEPTION 'what a person does themself stands'; END IF;\n        IF NOT EXISTS (\n            SELECT 1 FROM core_enteredballot e\n            WHERE e.roll_id = NEW.roll_id AND e.confirmed_at IS NOT NULL AND e.ended_at IS NULL\n            AND (e.position, e.choice) = (NEW.position, NEW.choice)\n        ) THEN RAISE EXCEPTION 'entered and confirmed by two'; END IF;\n    END IF;\n    RETURN NEW;\n",
                    hash="a99410420a8621e27b5028e8757a74c114232f88",
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
                    func="IF OLD.counted_at IS NOT NULL THEN RAISE EXCEPTION 'a counted vote never changes'; END IF; IF OLD.roll_size IS NOT NULL AND NEW.roll_size IS DISTINCT FROM OLD.roll_size THEN RAISE EXCEPTION 'a roll never changes'; END IF; IF NEW.proposal_id IS DISTINCT FROM OLD.proposal_id THEN RAISE EXCEPTION 'a vote keeps its proposal_id'; END IF; IF NEW.number IS DISTINCT FROM OLD.number THEN RAISE EXCEPTION 'a vote keeps its number'; END IF; IF NEW.matter IS DISTINCT FROM OLD.matter THEN RAISE EXCEPTION 'a vote keeps its matter'; END IF; IF NEW.rule IS DISTINCT FROM OLD.rule THEN RAISE EXCEPTION 'a vote keeps its rule'; END IF; IF NEW.charter_id IS DISTINCT FROM OLD.charter_id THEN RAISE EXCEPTION 'a vote keeps its charter_id'; END IF; IF NEW.text_id IS DISTINCT FROM OLD.text_id THEN RAISE EXCEPTION 'a vote keeps its text_id'; END IF; IF NEW.second_call IS DISTINCT FROM OLD.second_call THEN RAISE EXCEPTION 'a vote keeps its second_call'; END IF; IF NEW.secret IS DISTINCT FROM OLD.secret THEN RAISE EXCEPTION 'a vote keeps its secret'; END IF; IF NEW.codes IS DISTINCT FROM OLD.codes THEN RAISE EXCEPTION 'a vote keeps its codes'; END IF; IF NEW.opened_at IS DISTINCT FROM OLD.opened_at THEN RAISE EXCEPTION 'a vote keeps its opened_at'; END IF; IF NEW.closes_at IS DISTINCT FROM OLD.closes_at THEN RAISE EXCEPTION 'a vote keeps its closes_at'; END IF; IF NEW.meets_until IS DISTINCT FROM OLD.meets_until THEN RAISE EXCEPTION 'a vote keeps its meets_until'; END IF; IF NEW.quorum_num IS DISTINCT FROM OLD.quorum_num THEN RAISE EXCEPTION 'a vote keeps its quorum_num'; END IF; IF NEW.quorum_den IS DISTINCT FROM OLD.quorum_den THEN RAISE EXCEPTION 'a vote keeps its quorum_den'; END IF; IF NEW.agreement_num IS DISTINCT FROM OLD.agreement_num THEN RAISE EXCEPTION 'a vote keeps its agreement_num'; END IF; IF NEW.agreement_den IS DISTINCT FROM OLD.agreement_den THEN RAISE EXCEPTION 'a vote keeps its agreement_den'; END IF; IF NEW.asides_num IS DISTINCT FROM OLD.asides_num THEN RAISE EXCEPTION 'a vote keeps its asides_num'; END IF; IF NEW.asides_den IS DISTINCT FROM OLD.asides_den THEN RAISE EXCEPTION 'a vote keeps its asides_den'; END IF; IF NEW.seats IS DISTINCT FROM OLD.seats THEN RAISE EXCEPTION 'a vote keeps its seats'; END IF; IF NEW.seed_hash IS DISTINCT FROM OLD.seed_hash THEN RAISE EXCEPTION 'a vote keeps its seed_hash'; END IF; IF NEW.seed IS DISTINCT FROM OLD.seed THEN RAISE EXCEPTION 'a vote keeps its seed'; END IF;IF NEW.secret AND NEW.counted_at IS NOT NULL AND NEW.outcome NOT IN ('overtaken', 'void') AND NOT EXISTS (SELECT 1 FROM core_openedballots WHERE vote_id = NEW.id) THEN RAISE EXCEPTION 'a secret vote is counted from what the signer opened'; END IF;  RETURN NEW;",
                    hash="9b6a82dead2cd7266c7ccb480963554985641ccc",
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
                    (
                        "position__in",
                        [
                            "agree",
                            "reservations",
                            "aside",
                            "abstain",
                            "block",
                            "disagree",
                            "yes",
                            "no",
                            "chosen",
                            "struck",
                        ],
                    )
                ),
                name="ballot_position_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="ballot",
            constraint=models.CheckConstraint(
                condition=models.Q(("way__in", ["own", "link", "entered"])), name="ballot_way_known"
            ),
        ),
        migrations.AddConstraint(
            model_name="ballot",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("position", "struck"), _negated=True),
                    models.Q(("reason", ""), ("way", "own")),
                    _connector="OR",
                ),
                name="ballot_struck_by_its_elector",
            ),
        ),
        migrations.AddConstraint(
            model_name="vote",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("meets_until__isnull", True),
                    models.Q(
                        (
                            "closes_at__gte",
                            django.db.models.expressions.CombinedExpression(
                                models.F("meets_until"), "+", models.Value(datetime.timedelta(days=1))
                            ),
                        ),
                        ("meets_until__isnull", False),
                        ("secret", False),
                    ),
                    _connector="OR",
                ),
                name="vote_closes_a_day_after_its_meeting",
            ),
        ),
        migrations.AddField(
            model_name="aid",
            name="helper",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AddField(
            model_name="aid",
            name="roll",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="aids", to="core.rollentry"
            ),
        ),
        migrations.AddField(
            model_name="aid",
            name="vote",
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="aids", to="core.vote"),
        ),
        migrations.AddField(
            model_name="cardhandout",
            name="body",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="handouts", to="core.body"
            ),
        ),
        migrations.AddField(
            model_name="cardhandout",
            name="first",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="core.membership"
            ),
        ),
        migrations.AddField(
            model_name="cardhandout",
            name="person",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="handouts", to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AddField(
            model_name="cardhandout",
            name="second",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="core.membership",
            ),
        ),
        migrations.AddField(
            model_name="enteredballot",
            name="first",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="core.membership"
            ),
        ),
        migrations.AddField(
            model_name="enteredballot",
            name="roll",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="entered", to="core.rollentry"
            ),
        ),
        migrations.AddField(
            model_name="enteredballot",
            name="second",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="core.membership",
            ),
        ),
        migrations.AddField(
            model_name="enteredballot",
            name="vote",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="entered", to="core.vote"
            ),
        ),
        migrations.AddField(
            model_name="paperballot",
            name="by",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="core.membership"
            ),
        ),
        migrations.AddField(
            model_name="paperballot",
            name="vote",
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="papers", to="core.vote"),
        ),
        migrations.AddField(
            model_name="enteredballot",
            name="paper",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="entered",
                to="core.paperballot",
            ),
        ),
        migrations.AddConstraint(
            model_name="aid",
            constraint=models.CheckConstraint(
                condition=models.Q(("number__gte", 1), ("number__lte", 10)), name="aid_ten_at_most"
            ),
        ),
        migrations.AddConstraint(
            model_name="aid",
            constraint=models.UniqueConstraint(fields=("vote", "helper", "number"), name="aid_number_once"),
        ),
        migrations.AddConstraint(
            model_name="aid",
            constraint=models.UniqueConstraint(fields=("roll", "helper"), name="aid_person_once"),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="aid",
            trigger=pgtrigger.compiler.Trigger(
                name="aided_by_another",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="\n    IF NOT EXISTS (\n        SELECT 1 FROM core_rollentry WHERE id = NEW.roll_id AND vote_id = NEW.vote_id AND person_id <> NEW.helper_id\n    ) THEN RAISE EXCEPTION 'somebody else on the roll of this vote is helped'; END IF;\n    RETURN NEW;\n",
                    hash="3d237bc885021c0d001722e0c200f8af1998628e",
                    operation="INSERT",
                    pgid="pgtrigger_aided_by_another_20939",
                    table="core_aid",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="aid",
            trigger=pgtrigger.compiler.Trigger(
                name="aid_kept",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="9c40e4d901452eeda4f1d23801dfbc714fac0a01",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_aid_kept_e3829",
                    table="core_aid",
                    when="BEFORE",
                ),
            ),
        ),
        migrations.AddConstraint(
            model_name="cardhandout",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("given_at__isnull", True), ("second__isnull", True)),
                    models.Q(
                        ("given_at__isnull", False),
                        ("second__isnull", False),
                        models.Q(("second", models.F("first")), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="handout_given_by_another",
            ),
        ),
        migrations.AddConstraint(
            model_name="cardhandout",
            constraint=models.UniqueConstraint(
                condition=models.Q(("given_at__isnull", True)), fields=("body", "person"), name="handout_waits_once"
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="cardhandout",
            trigger=pgtrigger.compiler.Trigger(
                name="by_two_others",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="\n    IF TG_OP = 'UPDATE' AND (OLD.given_at IS NOT NULL\n        OR (NEW.body_id, NEW.person_id, NEW.first_id, NEW.asked_at)\n            <> (OLD.body_id, OLD.person_id, OLD.first_id, OLD.asked_at)\n    ) THEN RAISE EXCEPTION 'a card that was given stays so'; END IF;\n    IF EXISTS (\n        SELECT 1 FROM core_membership m\n        WHERE m.id IN (NEW.first_id, NEW.second_id) AND (m.body_id <> NEW.body_id OR m.person_id = NEW.person_id)\n    ) THEN RAISE EXCEPTION 'a card is given by two others of the body'; END IF;\n    RETURN NEW;\n",
                    hash="cf35c7ef41f44aa61ea623ac5c0f79d041ed3a35",
                    operation="INSERT OR UPDATE",
                    pgid="pgtrigger_by_two_others_f0f2b",
                    table="core_cardhandout",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="cardhandout",
            trigger=pgtrigger.compiler.Trigger(
                name="handout_kept",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot delete rows from % table', TG_TABLE_NAME;",
                    hash="661a8a6171f2b931a4ac8800f6e3213b667cbf06",
                    operation="DELETE",
                    pgid="pgtrigger_handout_kept_b2a1e",
                    table="core_cardhandout",
                    when="BEFORE",
                ),
            ),
        ),
        migrations.AddConstraint(
            model_name="paperballot",
            constraint=models.UniqueConstraint(fields=("vote", "number"), name="paper_number_once"),
        ),
        migrations.AddConstraint(
            model_name="paperballot",
            constraint=models.CheckConstraint(
                condition=models.Q(("number__regex", "^[0-9]{8}$")), name="paper_number_is_one"
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="paperballot",
            trigger=pgtrigger.compiler.Trigger(
                name="paper_kept",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="80f944a4772585dc011951dbc3e0106434f659d5",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_paper_kept_c6d1e",
                    table="core_paperballot",
                    when="BEFORE",
                ),
            ),
        ),
        migrations.AddIndex(
            model_name="enteredballot",
            index=models.Index(fields=["vote", "entered_at"], name="entered_in_vote"),
        ),
        migrations.AddConstraint(
            model_name="enteredballot",
            constraint=models.CheckConstraint(
                condition=models.Q(("way__in", ["named", "paper", "desk"])), name="entered_way_known"
            ),
        ),
        migrations.AddConstraint(
            model_name="enteredballot",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "position__in",
                        ["agree", "reservations", "aside", "abstain", "block", "disagree", "yes", "no", "chosen"],
                    )
                ),
                name="entered_position_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="enteredballot",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("confirmed_at__isnull", True), ("second__isnull", True)),
                    models.Q(
                        ("confirmed_at__isnull", False),
                        ("second__isnull", False),
                        models.Q(("second", models.F("first")), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="entered_confirmed_by_another",
            ),
        ),
        migrations.AddConstraint(
            model_name="enteredballot",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("ended_at__isnull", True), ("ending", "")),
                    models.Q(
                        ("ended_at__isnull", False), ("ending__in", ["taken_back", "replaced", "own", "contested"])
                    ),
                    _connector="OR",
                ),
                name="entered_end_has_a_way",
            ),
        ),
        migrations.AddConstraint(
            model_name="enteredballot",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("paper__isnull", False), ("way", "paper")),
                    models.Q(models.Q(("way", "paper"), _negated=True), ("paper__isnull", True)),
                    _connector="OR",
                ),
                name="entered_paper_has_its_paper",
            ),
        ),
        migrations.AddConstraint(
            model_name="enteredballot",
            constraint=models.UniqueConstraint(
                condition=models.Q(("confirmed_at__isnull", True), ("ended_at__isnull", True)),
                fields=("roll",),
                name="entered_waits_once",
            ),
        ),
        migrations.AddConstraint(
            model_name="enteredballot",
            constraint=models.UniqueConstraint(
                condition=models.Q(("confirmed_at__isnull", False), ("ended_at__isnull", True)),
                fields=("roll",),
                name="entered_counts_once",
            ),
        ),
        migrations.AddConstraint(
            model_name="enteredballot",
            constraint=models.UniqueConstraint(
                condition=models.Q(("confirmed_at__isnull", False), ("ended_at__isnull", True), _connector="OR"),
                fields=("paper",),
                name="entered_paper_once",
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="enteredballot",
            trigger=pgtrigger.compiler.Trigger(
                name="entered_by_two",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="\n    IF TG_OP = 'UPDATE' AND (\n        (NEW.vote_id, NEW.roll_id, NEW.way, NEW.position, NEW.choice, NEW.reason, NEW.number, NEW.paper_id, NEW.first_id, NEW.entered_at) IS DISTINCT FROM (OLD.vote_id, OLD.roll_id, OLD.way, OLD.position, OLD.choice, OLD.reason, OLD.number, OLD.paper_id, OLD.first_id, OLD.entered_at)\n        OR OLD.ended_at IS NOT NULL OR (OLD.confirmed_at IS NOT NULL\n            AND (NEW.confirmed_at, NEW.second_id) IS DISTINCT FROM (OLD.confirmed_at, OLD.second_id))\n    ) THEN RAISE EXCEPTION 'what was entered never changes'; END IF;\n    PERFORM pg_advisory_xact_lock_shared(7001, NEW.vote_id::int);\n    IF NOT EXISTS (\n        SELECT 1 FROM core_vote\n        WHERE id = NEW.vote_id AND NOT secret AND counted_at IS NULL AND closes_at > folkmoot_now()\n    ) THEN RAISE EXCEPTION 'voting has closed' USING ERRCODE = 'FM001'; END IF;\n    IF NOT EXISTS (SELECT 1 FROM core_rollentry WHERE id = NEW.roll_id AND vote_id = NEW.vote_id) THEN\n        RAISE EXCEPTION 'not on the roll of this vote'; END IF;\n    IF NEW.paper_id IS NOT NULL AND NOT EXISTS (\n        SELECT 1 FROM core_paperballot WHERE id = NEW.paper_id AND vote_id = NEW.vote_id AND number = NEW.number\n    ) THEN RAISE EXCEPTION 'a paper of another vote'; END IF;\n    IF EXISTS (\n        SELECT 1 FROM core_membership m, core_rollentry r\n        JOIN core_vote v ON v.id = r.vote_id JOIN core_proposal p ON p.id = v.proposal_id\n        LEFT JOIN core_mandate d ON d.id = p.mandate_id\n        LEFT JOIN core_offer o ON o.proposal_id = p.id\n        LEFT JOIN core_membership s ON s.id = p.subject_id\n        WHERE r.id = NEW.roll_id AND m.id IN (NEW.first_id, NEW.second_id) AND (\n            m.body_id <> p.body_id OR m.person_id IN (r.person_id, d.person_id, o.person_id, s.person_id)\n            OR EXISTS (\n                SELECT 1 FROM core_candidacy c JOIN core_election e ON e.id = c.election_id\n                WHERE e.proposal_id = p.id AND c.person_id = m.person_id AND c.number IS NOT NULL\n            )\n        )\n    ) THEN RAISE EXCEPTION 'entered by two members with nothing at stake, not by the elector'; END IF;\n    IF NEW.way = 'desk' AND NEW.second_id IS NOT NULL AND NEW.confirmed_at IS NOT NULL AND (\n        SELECT count(*) FROM core_aid a JOIN core_membership m ON m.person_id = a.helper_id\n        WHERE a.roll_id = NEW.roll_id AND m.id IN (NEW.first_id, NEW.second_id)\n    ) <> 2 THEN RAISE EXCEPTION 'whom one helps is written down'; END IF;\n    RETURN NEW;\n",
                    hash="bd975e79c7bf0ebdeeb7fbc3efb1fdb776f5931c",
                    operation="INSERT OR UPDATE",
                    pgid="pgtrigger_entered_by_two_563ed",
                    table="core_enteredballot",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="enteredballot",
            trigger=pgtrigger.compiler.Trigger(
                name="entered_kept",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot delete rows from % table', TG_TABLE_NAME;",
                    hash="f58788d6af195bb207a6e31ec24b89a30159104d",
                    operation="DELETE",
                    pgid="pgtrigger_entered_kept_16be1",
                    table="core_enteredballot",
                    when="BEFORE",
                ),
            ),
        ),
        migrations.RunPython(grant_entering, migrations.RunPython.noop),
    ]
