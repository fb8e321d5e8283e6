"""Accounts: friends, recoveries and their news, mergings, the secret address of a calendar."""

import datetime

import django.db.models.deletion
import django.db.models.expressions
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models

from core.migrations._house import grant_accounts


class Migration(migrations.Migration):
    dependencies = [
        ("core", "0013_desk"),
    ]

    operations = [
        migrations.CreateModel(
            name="AccountNews",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "what",
                    models.CharField(
                        choices=[
                            ("friends.chosen", "friends were chosen"),
                            ("friend.chosen", "somebody counts on you"),
                            ("recovery.begun", "a friend lets you back in"),
                            ("recovery.waits", "a new password waits"),
                            ("recovery.done", "a new password works"),
                            ("recovery.stopped", "a new password was stopped"),
                            ("merging.asked", "somebody says that your account is theirs"),
                        ],
                        max_length=20,
                    ),
                ),
                ("until", models.DateTimeField(blank=True, null=True)),
                ("at", models.DateTimeField()),
                ("mailed_at", models.DateTimeField(blank=True, null=True)),
            ],
            options={
                "verbose_name_plural": "account news",
            },
        ),
        migrations.CreateModel(
            name="Calendar",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("token_hash", models.CharField(max_length=64, unique=True)),
                ("made_at", models.DateTimeField()),
            ],
        ),
        migrations.CreateModel(
            name="Friend",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("place", models.PositiveSmallIntegerField()),
                ("chosen_at", models.DateTimeField()),
                ("counts_from", models.DateTimeField()),
            ],
        ),
        migrations.CreateModel(
            name="Merging",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("asked_at", models.DateTimeField()),
                ("agreed_at", models.DateTimeField(blank=True, null=True)),
                ("until", models.DateTimeField(blank=True, null=True)),
                ("ended_at", models.DateTimeField(blank=True, null=True)),
                (
                    "ending",
                    models.CharField(
                        blank=True,
                        choices=[("done", "done"), ("stopped", "stopped"), ("lapsed", "lapsed")],
                        max_length=7,
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="MergingVouch",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("at", models.DateTimeField()),
            ],
            options={
                "verbose_name_plural": "merging vouches",
            },
        ),
        migrations.CreateModel(
            name="Recovery",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "way",
                    models.CharField(choices=[("mailbox", "the mailbox"), ("friends", "two friends")], max_length=7),
                ),
                ("code_hash", models.CharField(blank=True, max_length=64)),
                ("password_hash", models.CharField(blank=True, max_length=200)),
                ("asked_at", models.DateTimeField()),
                ("expires_at", models.DateTimeField()),
                ("proven_at", models.DateTimeField(blank=True, null=True)),
                ("due_at", models.DateTimeField(blank=True, null=True)),
                ("ended_at", models.DateTimeField(blank=True, null=True)),
                (
                    "ending",
                    models.CharField(
                        blank=True,
                        choices=[("done", "done"), ("stopped", "stopped"), ("lapsed", "lapsed")],
                        max_length=7,
                    ),
                ),
            ],
            options={
                "verbose_name_plural": "recoveries",
            },
        ),
        migrations.CreateModel(
            name="RecoveryVouch",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("at", models.DateTimeField()),
            ],
            options={
                "verbose_name_plural": "recovery vouches",
            },
        ),
        migrations.RemoveConstraint(
            model_name="membership",
            name="membership_end_has_a_way",
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
                    ("merging.asked", "somebody says that two accounts are theirs"),
                    ("member.merged", "two accounts became one"),
                    ("recovery.waits", "a delegate's account is being recovered"),
                    ("recovery.stopped", "the recovery of a delegate's account was stopped"),
                    ("loan.due", "something borrowed is due back"),
                    ("study.announced", "a reading group or teach-in"),
                    ("study.called_off", "a reading group or teach-in was called off"),
                    ("effect.failed", "a decision could not be carried out"),
                    ("vote.void", "a vote begins anew"),
                    ("house.restored", "a backup was restored"),
                ],
                max_length=30,
            ),
        ),
        migrations.AlterField(
            model_name="membership",
            name="ending",
            field=models.CharField(
                blank=True,
                choices=[
                    ("left", "left"),
                    ("removed", "removed"),
                    ("body_ended", "the body ended"),
                    ("merged", "merged into another account of the same person"),
                ],
                max_length=10,
            ),
        ),
        migrations.AddConstraint(
            model_name="membership",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("ended_at__isnull", True), ("ending", "")),
                    models.Q(("ended_at__isnull", False), ("ending__in", ["left", "removed", "body_ended", "merged"])),
                    _connector="OR",
                ),
                name="membership_end_has_a_way",
            ),
        ),
        migrations.AddField(
            model_name="accountnews",
            name="about",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="accountnews",
            name="body",
            field=models.ForeignKey(
                blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name="+", to="core.body"
            ),
        ),
        migrations.AddField(
            model_name="accountnews",
            name="person",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="account_news", to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AddField(
            model_name="calendar",
            name="person",
            field=models.OneToOneField(
                on_delete=django.db.models.deletion.CASCADE, related_name="calendar", to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AddField(
            model_name="friend",
            name="friend",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="helps", to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AddField(
            model_name="friend",
            name="person",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="friends", to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AddField(
            model_name="merging",
            name="body",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="mergings", to="core.body"
            ),
        ),
        migrations.AddField(
            model_name="merging",
            name="ends",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="core.membership"
            ),
        ),
        migrations.AddField(
            model_name="merging",
            name="stays",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="core.membership"
            ),
        ),
        migrations.AddField(
            model_name="mergingvouch",
            name="membership",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="core.membership"
            ),
        ),
        migrations.AddField(
            model_name="mergingvouch",
            name="merging",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="vouches", to="core.merging"
            ),
        ),
        migrations.AddField(
            model_name="recovery",
            name="person",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="recoveries", to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AddField(
            model_name="recoveryvouch",
            name="friend",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="+", to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AddField(
            model_name="recoveryvouch",
            name="recovery",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="vouches", to="core.recovery"
            ),
        ),
        migrations.AddIndex(
            model_name="accountnews",
            index=models.Index(fields=["person", "-at"], name="account_news_of_person"),
        ),
        migrations.AddIndex(
            model_name="accountnews",
            index=models.Index(
                condition=models.Q(("mailed_at__isnull", True)), fields=["at"], name="account_news_waiting"
            ),
        ),
        migrations.AddConstraint(
            model_name="friend",
            constraint=models.UniqueConstraint(fields=("person", "friend"), name="friend_once"),
        ),
        migrations.AddConstraint(
            model_name="friend",
            constraint=models.UniqueConstraint(fields=("person", "place"), name="friend_place_once"),
        ),
        migrations.AddConstraint(
            model_name="friend",
            constraint=models.CheckConstraint(condition=models.Q(("place__in", [1, 2, 3])), name="friends_are_three"),
        ),
        migrations.AddConstraint(
            model_name="friend",
            constraint=models.CheckConstraint(
                condition=models.Q(("person", models.F("friend")), _negated=True), name="friend_is_another"
            ),
        ),
        migrations.AddConstraint(
            model_name="friend",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "counts_from__gte",
                        django.db.models.expressions.CombinedExpression(
                            models.F("chosen_at"), "+", models.Value(datetime.timedelta(days=3))
                        ),
                    )
                ),
                name="friend_counts_later",
            ),
        ),
        migrations.AddConstraint(
            model_name="merging",
            constraint=models.UniqueConstraint(
                condition=models.Q(("ended_at__isnull", True)), fields=("ends",), name="merging_ends_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="merging",
            constraint=models.UniqueConstraint(
                condition=models.Q(("ended_at__isnull", True)), fields=("stays",), name="merging_stays_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="merging",
            constraint=models.CheckConstraint(
                condition=models.Q(("stays", models.F("ends")), _negated=True), name="merging_of_two"
            ),
        ),
        migrations.AddConstraint(
            model_name="merging",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("ended_at__isnull", True), ("ending", "")),
                    models.Q(("ended_at__isnull", False), ("ending__in", ["done", "stopped", "lapsed"])),
                    _connector="OR",
                ),
                name="merging_end_has_a_way",
            ),
        ),
        migrations.AddConstraint(
            model_name="merging",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("ending", "done"), _negated=True),
                    models.Q(("agreed_at__isnull", False), ("until__isnull", False)),
                    models.Q(("ended_at__gte", models.F("until")), ("until__isnull", False)),
                    _connector="OR",
                ),
                name="merging_done_when_due",
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="merging",
            trigger=pgtrigger.compiler.Trigger(
                name="merged_with_two",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="\n    IF TG_OP = 'UPDATE' AND (OLD.ended_at IS NOT NULL OR (OLD.stays_id, OLD.ends_id) <> (NEW.stays_id, NEW.ends_id)\n        OR OLD.until IS NOT NULL AND NEW.until IS DISTINCT FROM OLD.until)\n    THEN RAISE EXCEPTION 'a merging that waits or is over stays as it is'; END IF;\n    IF NEW.ending = 'done' AND (\n        SELECT count(*) FROM core_mergingvouch v JOIN core_merging m ON m.id = v.merging_id\n        WHERE m.id = NEW.id AND v.membership_id NOT IN (m.stays_id, m.ends_id)\n    ) < 2 THEN RAISE EXCEPTION 'it takes two who vouch'; END IF;\n    RETURN NEW;\n",
                    hash="688ff96244015b553fd74a70187bc6fe6cf80ddf",
                    operation="INSERT OR UPDATE",
                    pgid="pgtrigger_merged_with_two_d2385",
                    table="core_merging",
                    when="BEFORE",
                ),
            ),
        ),
        migrations.AddConstraint(
            model_name="mergingvouch",
            constraint=models.UniqueConstraint(fields=("merging", "membership"), name="merging_vouch_once"),
        ),
        migrations.AddConstraint(
            model_name="recovery",
            constraint=models.UniqueConstraint(
                condition=models.Q(("ended_at__isnull", True), ("proven_at__isnull", False)),
                fields=("person",),
                name="recovery_waits_once",
            ),
        ),
        migrations.AddConstraint(
            model_name="recovery",
            constraint=models.UniqueConstraint(
                condition=models.Q(("code_hash", ""), _negated=True), fields=("code_hash",), name="recovery_code_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="recovery",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("code_hash", ""), ("way", "mailbox")),
                    models.Q(("way", "friends"), models.Q(("code_hash", ""), _negated=True)),
                    _connector="OR",
                ),
                name="recovery_by_friends_has_a_code",
            ),
        ),
        migrations.AddConstraint(
            model_name="recovery",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("due_at__isnull", True), ("proven_at__isnull", True)),
                    models.Q(
                        ("due_at__gte", models.F("proven_at")), ("due_at__isnull", False), ("proven_at__isnull", False)
                    ),
                    _connector="OR",
                ),
                name="recovery_proven_has_its_time",
            ),
        ),
        migrations.AddConstraint(
            model_name="recovery",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("ended_at__isnull", True), ("ending", "")),
                    models.Q(
                        ("ended_at__isnull", False),
                        ("password_hash", ""),
                        ("ending__in", ["done", "stopped", "lapsed"]),
                    ),
                    _connector="OR",
                ),
                name="recovery_end_has_a_way",
            ),
        ),
        migrations.AddConstraint(
            model_name="recovery",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("ending", "done"), _negated=True),
                    models.Q(("due_at__isnull", False), ("ended_at__gte", models.F("due_at"))),
                    _connector="OR",
                ),
                name="recovery_done_when_due",
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="recovery",
            trigger=pgtrigger.compiler.Trigger(
                name="recovery_proven",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="\n    IF TG_OP = 'UPDATE' AND (OLD.ended_at IS NOT NULL OR NEW.password_hash NOT IN ('', OLD.password_hash)\n        OR OLD.proven_at IS NOT NULL AND (NEW.proven_at, NEW.due_at) IS DISTINCT FROM (OLD.proven_at, OLD.due_at))\n    THEN RAISE EXCEPTION 'a recovery that is proven or over stays as it is'; END IF;\n    IF NEW.proven_at IS NULL OR (TG_OP = 'UPDATE' AND OLD.proven_at IS NOT NULL) THEN RETURN NEW; END IF;\n    IF NEW.way = 'friends' AND (SELECT count(*) FROM core_recoveryvouch WHERE recovery_id = NEW.id) < 2 THEN\n        RAISE EXCEPTION 'it takes two friends'; END IF;\n    IF NEW.due_at < NEW.proven_at + interval '72 hours' AND EXISTS (\n        SELECT 1 FROM core_mandate WHERE person_id = NEW.person_id AND ended_at IS NULL AND ends_at > NEW.proven_at\n    ) THEN RAISE EXCEPTION 'who holds a mandate waits'; END IF;\n    RETURN NEW;\n",
                    hash="f20cadb3c5cadc400cdd15d8f4c0d081511ed4a8",
                    operation="INSERT OR UPDATE",
                    pgid="pgtrigger_recovery_proven_3157f",
                    table="core_recovery",
                    when="BEFORE",
                ),
            ),
        ),
        migrations.AddConstraint(
            model_name="recoveryvouch",
            constraint=models.UniqueConstraint(fields=("recovery", "friend"), name="recovery_vouch_once"),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="recoveryvouch",
            trigger=pgtrigger.compiler.Trigger(
                name="vouched_by_a_friend",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="\n    IF NOT EXISTS (\n        SELECT 1 FROM core_friend f JOIN core_recovery r ON r.person_id = f.person_id\n        WHERE r.id = NEW.recovery_id AND f.friend_id = NEW.friend_id AND f.counts_from <= NEW.at\n    ) THEN RAISE EXCEPTION 'only friends chosen beforehand vouch'; END IF;\n    RETURN NEW;\n",
                    hash="ce94e83d3e391a142fad4752c2701289921d95bc",
                    operation="INSERT OR UPDATE",
                    pgid="pgtrigger_vouched_by_a_friend_31802",
                    table="core_recoveryvouch",
                    when="BEFORE",
                ),
            ),
        ),
        migrations.RunPython(grant_accounts, migrations.RunPython.noop),
    ]
