"""Bodies of bodies: seats, delegates, referrals with their stations, calls, the people's vote, confidence."""

import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models

import core.models.fields
from core.migrations._house import keep

KEPT = (
    *("confederation_joining", "confederation_seat", "confederation_ceded", "confederation_referral"),
    *("confederation_station", "confederation_ownword", "confederation_deviation", "confederation_forward"),
    *("confederation_call", "confederation_peoplevote", "confederation_peoplequestion", "confederation_bodywithdrawal"),
)
WRITTEN_ONCE = (
    *("confederation_founding", "confederation_foundingmatter", "confederation_confederation"),
    *("confederation_leaving", "confederation_delegation", "confederation_peopleelector"),
)


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("core", "0025_confederations"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="PeopleVote",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("begun_at", models.DateTimeField()),
                ("closes_at", models.DateTimeField()),
                ("spread_at", models.DateTimeField(blank=True, null=True)),
                ("counted_at", models.DateTimeField(blank=True, null=True)),
                ("outcome", models.CharField(blank=True, max_length=11)),
                ("reason", models.CharField(blank=True, max_length=30)),
                ("tally", models.JSONField(blank=True, null=True)),
                ("people", models.PositiveIntegerField(blank=True, null=True)),
            ],
        ),
        migrations.CreateModel(
            name="ConfederationBody",
            fields=[],
            options={
                "proxy": True,
                "indexes": [],
                "constraints": [],
            },
            bases=("core.body",),
        ),
        migrations.CreateModel(
            name="SeatHolding",
            fields=[],
            options={
                "proxy": True,
                "indexes": [],
                "constraints": [],
            },
            bases=("core.mandate",),
        ),
        migrations.CreateModel(
            name="BodyWithdrawal",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("gives_back", models.BooleanField(default=False)),
                ("at", models.DateTimeField(blank=True, null=True)),
                ("ended_at", models.DateTimeField(blank=True, null=True)),
                (
                    "body",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="core.body"),
                ),
                (
                    "mandate",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="body_withdrawals", to="core.mandate"
                    ),
                ),
                (
                    "proposal",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT, related_name="withdraws", to="core.proposal"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Ceded",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "sort",
                    models.CharField(
                        choices=[
                            ("land", "land"),
                            ("works", "works"),
                            ("food", "food"),
                            ("care", "care"),
                            ("learning", "learning"),
                            ("streets", "streets"),
                            ("funds", "funds"),
                            ("conduct", "conduct"),
                            ("relations", "relations"),
                            ("other", "other"),
                        ],
                        max_length=9,
                        verbose_name="what about",
                    ),
                ),
                ("words", core.models.fields.LineField(max_length=200, verbose_name="what exactly")),
                ("since", models.DateTimeField(blank=True, null=True)),
                ("ended_at", models.DateTimeField(blank=True, null=True)),
                (
                    "confederation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="ceded", to="core.body"
                    ),
                ),
                (
                    "proposal",
                    models.OneToOneField(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="cedes",
                        to="core.proposal",
                    ),
                ),
            ],
            options={
                "verbose_name_plural": "ceded",
            },
        ),
        migrations.CreateModel(
            name="Confederation",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "of_kind",
                    models.CharField(
                        choices=[
                            ("council", "Council"),
                            ("catalyst", "Catalyst group"),
                            ("cooperative", "Cooperative"),
                            ("defense", "Defence body"),
                            ("pod", "Pod"),
                            ("confederation", "Confederation"),
                        ],
                        max_length=13,
                    ),
                ),
                (
                    "accord",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT, related_name="founded", to="core.accord"
                    ),
                ),
                (
                    "body",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT, related_name="confederation", to="core.body"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Forward",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "what",
                    models.CharField(
                        choices=[
                            ("decision", "a decision"),
                            ("recall", "the recall of a mandate"),
                            ("mandate", "a mandate"),
                            ("cede", "a matter to cede"),
                            ("take_back", "a matter to take back"),
                            ("dissolution", "the end of the confederation"),
                        ],
                        default="decision",
                        max_length=11,
                    ),
                ),
                (
                    "right",
                    models.CharField(
                        blank=True,
                        choices=[("leave", "leave"), ("equal", "equal"), ("safe", "safe"), ("heard", "heard")],
                        max_length=5,
                    ),
                ),
                (
                    "days",
                    models.PositiveSmallIntegerField(default=14, verbose_name="for how many days the bodies are asked"),
                ),
                (
                    "ceded",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="confederation.ceded",
                    ),
                ),
                (
                    "confederation",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="core.body"),
                ),
                (
                    "made",
                    models.OneToOneField(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="forwarded_by",
                        to="core.proposal",
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
                    "proposal",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT, related_name="forwards", to="core.proposal"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Founding",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", core.models.fields.LineField(max_length=80, verbose_name="name")),
                ("purpose", models.TextField(max_length=4000, verbose_name="what it is for")),
                ("unity", models.TextField(max_length=8000, verbose_name="points of unity")),
                (
                    "accord",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT, related_name="founds", to="core.accord"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="FoundingMatter",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "sort",
                    models.CharField(
                        choices=[
                            ("land", "land"),
                            ("works", "works"),
                            ("food", "food"),
                            ("care", "care"),
                            ("learning", "learning"),
                            ("streets", "streets"),
                            ("funds", "funds"),
                            ("conduct", "conduct"),
                            ("relations", "relations"),
                            ("other", "other"),
                        ],
                        max_length=9,
                        verbose_name="what about",
                    ),
                ),
                ("words", core.models.fields.LineField(max_length=200, verbose_name="what exactly")),
                (
                    "founding",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="matters", to="confederation.founding"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Joining",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("voice", models.BooleanField(default=True, verbose_name="is counted in decisions")),
                (
                    "accord",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT, related_name="joins", to="core.accord"
                    ),
                ),
                (
                    "body",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="joinings", to="core.body"
                    ),
                ),
                (
                    "charter",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="core.charter"),
                ),
                (
                    "confederation",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="core.body"),
                ),
            ],
        ),
        migrations.CreateModel(
            name="PeopleQuestion",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "body",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="core.body"),
                ),
                (
                    "proposal",
                    models.OneToOneField(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="asks_people",
                        to="core.proposal",
                    ),
                ),
                (
                    "vote",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="questions",
                        to="confederation.peoplevote",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="PeopleElector",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "membership",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="core.membership"
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "vote",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="electors",
                        to="confederation.peoplevote",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="PersonWithdrawal",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "mandate",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="person_withdrawals",
                        to="core.mandate",
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Referral",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "matter",
                    models.CharField(
                        choices=[
                            ("ordinary", "ordinary"),
                            ("urgent", "urgent"),
                            ("charter", "charter"),
                            ("admission", "admission"),
                            ("removal", "removal"),
                            ("recall", "recall"),
                            ("election", "election"),
                            ("referral", "referral"),
                            ("above", "above"),
                            ("people", "people"),
                        ],
                        max_length=10,
                    ),
                ),
                (
                    "right",
                    models.CharField(
                        blank=True,
                        choices=[("leave", "leave"), ("equal", "equal"), ("safe", "safe"), ("heard", "heard")],
                        max_length=5,
                    ),
                ),
                ("asked_at", models.DateTimeField(blank=True, null=True)),
                ("base_closes_at", models.DateTimeField(blank=True, null=True)),
                ("spread_at", models.DateTimeField(blank=True, null=True)),
                ("counted_at", models.DateTimeField(blank=True, null=True)),
                ("outcome", models.CharField(blank=True, max_length=11)),
                ("narrow", models.BooleanField(default=False)),
                ("people", models.PositiveIntegerField(blank=True, null=True)),
                ("in_force_from", models.DateTimeField(blank=True, null=True)),
                ("called_down_at", models.DateTimeField(blank=True, null=True)),
                (
                    "ceded",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="referrals",
                        to="confederation.ceded",
                    ),
                ),
                (
                    "from_body",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="forwarded",
                        to="core.body",
                    ),
                ),
                (
                    "proposal",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT, related_name="referral", to="core.proposal"
                    ),
                ),
            ],
        ),
        migrations.AddField(
            model_name="peoplevote",
            name="referral",
            field=models.OneToOneField(
                on_delete=django.db.models.deletion.PROTECT, related_name="people_vote", to="confederation.referral"
            ),
        ),
        migrations.CreateModel(
            name="Call",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("at", models.DateTimeField(blank=True, null=True)),
                ("taken_back_at", models.DateTimeField(blank=True, null=True)),
                (
                    "body",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="core.body",
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="calls",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "proposal",
                    models.OneToOneField(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="calls",
                        to="core.proposal",
                    ),
                ),
                (
                    "referral",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="calls", to="confederation.referral"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Seat",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("voice", models.BooleanField(default=True)),
                ("joined_at", models.DateTimeField()),
                ("left_at", models.DateTimeField(blank=True, null=True)),
                (
                    "leaving",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("left", "left by its own decision"),
                            ("body_ended", "the body ended"),
                            ("ended", "the confederation ended"),
                        ],
                        max_length=10,
                    ),
                ),
                (
                    "accord",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="seats", to="core.accord"
                    ),
                ),
                (
                    "body",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="places", to="core.body"
                    ),
                ),
                (
                    "charter",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="core.charter"),
                ),
                (
                    "confederation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="seats", to="core.body"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Leaving",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "proposal",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT, related_name="leaves", to="core.proposal"
                    ),
                ),
                (
                    "seat",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="leavings", to="confederation.seat"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Delegation",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("alternate", models.BooleanField(default=False, verbose_name="stands in")),
                ("bound", models.BooleanField(default=True, verbose_name="bound to what we decide")),
                (
                    "proposal",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT, related_name="delegates", to="core.proposal"
                    ),
                ),
                (
                    "seat",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="delegations", to="confederation.seat"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Station",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("level", models.PositiveSmallIntegerField()),
                ("counts", models.BooleanField(default=True)),
                ("closes_at", models.DateTimeField()),
                (
                    "rule",
                    models.CharField(
                        blank=True,
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
                ("bodies", models.PositiveIntegerField(default=0)),
                ("quorum_num", models.PositiveSmallIntegerField(default=0)),
                ("quorum_den", models.PositiveSmallIntegerField(default=1)),
                ("agreement_num", models.PositiveSmallIntegerField(default=0)),
                ("agreement_den", models.PositiveSmallIntegerField(default=1)),
                ("asides_num", models.PositiveSmallIntegerField(default=0)),
                ("asides_den", models.PositiveSmallIntegerField(default=1)),
                (
                    "home",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("agree", "agree"),
                            ("disagree", "disagree"),
                            ("aside", "aside"),
                            ("block", "block"),
                            ("none", "none"),
                        ],
                        max_length=8,
                    ),
                ),
                (
                    "said",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("agree", "agree"),
                            ("disagree", "disagree"),
                            ("aside", "aside"),
                            ("block", "block"),
                            ("none", "none"),
                        ],
                        max_length=8,
                    ),
                ),
                ("reason", models.CharField(blank=True, max_length=30)),
                ("decided_at", models.DateTimeField(blank=True, null=True)),
                ("tally", models.JSONField(blank=True, null=True)),
                ("people", models.JSONField(blank=True, null=True)),
                (
                    "above",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="below",
                        to="confederation.station",
                    ),
                ),
                (
                    "body",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="stations", to="core.body"
                    ),
                ),
                (
                    "charter",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="core.charter",
                    ),
                ),
                (
                    "proposal",
                    models.OneToOneField(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="station",
                        to="core.proposal",
                    ),
                ),
                (
                    "referral",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="stations",
                        to="confederation.referral",
                    ),
                ),
                (
                    "seat",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="stations",
                        to="confederation.seat",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="OwnWord",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "says",
                    models.CharField(
                        choices=[("aside", "aside"), ("block", "block")], max_length=8, verbose_name="what we say above"
                    ),
                ),
                (
                    "proposal",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT, related_name="own_word", to="core.proposal"
                    ),
                ),
                (
                    "station",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="own_words",
                        to="confederation.station",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Deviation",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "says",
                    models.CharField(
                        choices=[
                            ("agree", "agree"),
                            ("disagree", "disagree"),
                            ("aside", "aside"),
                            ("block", "block"),
                            ("none", "none"),
                        ],
                        max_length=8,
                        verbose_name="what you say",
                    ),
                ),
                ("reason", models.TextField(max_length=2000, verbose_name="why")),
                ("at", models.DateTimeField()),
                (
                    "mandate",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="deviations", to="core.mandate"
                    ),
                ),
                (
                    "station",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="deviation",
                        to="confederation.station",
                    ),
                ),
            ],
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="confederationbody",
            trigger=pgtrigger.compiler.Trigger(
                name="begins_with_bodies",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition='WHEN (NEW."adopted_at" IS NOT NULL AND OLD."adopted_at" IS NULL)',
                    func="\n    IF NEW.kind = 'confederation' AND (\n        SELECT count(*) FROM confederation_seat s WHERE s.confederation_id = NEW.id AND s.voice AND s.left_at IS NULL\n    ) < 2 THEN RAISE EXCEPTION 'a confederation begins with two bodies'; END IF;\n    RETURN NEW;\n",
                    hash="7c3136cb100d4393550842e40b13a0e6fa254b1a",
                    operation="UPDATE",
                    pgid="pgtrigger_begins_with_bodies_7f5fa",
                    table="core_body",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="confederationbody",
            trigger=pgtrigger.compiler.Trigger(
                name="leaves_what_it_is_in",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition='WHEN (NEW."ended_at" IS NOT NULL AND OLD."ended_at" IS NULL)',
                    constraint="CONSTRAINT",
                    func="\n    IF EXISTS (\n        SELECT FROM confederation_seat s WHERE (s.body_id = NEW.id OR s.confederation_id = NEW.id) AND s.left_at IS NULL\n    ) THEN RAISE EXCEPTION 'a body that ends leaves what it is in'; END IF;\n    RETURN NULL;\n",
                    hash="220b73da08aa3f5ac97179c2882582d4ab03802f",
                    operation="UPDATE",
                    pgid="pgtrigger_leaves_what_it_is_in_5bcea",
                    table="core_body",
                    timing="DEFERRABLE INITIALLY DEFERRED",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="seatholding",
            trigger=pgtrigger.compiler.Trigger(
                name="one_for_each_place",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="\n    IF EXISTS (\n        SELECT FROM confederation_delegation d JOIN confederation_seat s ON s.id = d.seat_id\n        WHERE d.proposal_id = NEW.granted_by_id AND (\n            s.left_at IS NOT NULL OR EXISTS (\n                SELECT FROM confederation_delegation other JOIN core_mandate m ON m.granted_by_id = other.proposal_id\n                WHERE other.seat_id = d.seat_id AND other.alternate = d.alternate AND m.ended_at IS NULL\n            )\n        )\n    ) THEN RAISE EXCEPTION 'a seat has one delegate and one alternate'; END IF;\n    RETURN NEW;\n",
                    hash="a416ffd1095ad08fe93746f787dd2db1ee6372d0",
                    operation="INSERT",
                    pgid="pgtrigger_one_for_each_place_ad584",
                    table="core_mandate",
                    when="BEFORE",
                ),
            ),
        ),
        migrations.AddConstraint(
            model_name="bodywithdrawal",
            constraint=models.UniqueConstraint(
                condition=models.Q(("at__isnull", False), ("ended_at__isnull", True), ("gives_back", False)),
                fields=("mandate", "body"),
                name="body_withdrawal_once",
            ),
        ),
        migrations.AddConstraint(
            model_name="ceded",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "sort__in",
                        [
                            "land",
                            "works",
                            "food",
                            "care",
                            "learning",
                            "streets",
                            "funds",
                            "conduct",
                            "relations",
                            "other",
                        ],
                    )
                ),
                name="ceded_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="ceded",
            constraint=models.CheckConstraint(condition=models.Q(("words", ""), _negated=True), name="ceded_has_words"),
        ),
        migrations.AddConstraint(
            model_name="ceded",
            constraint=models.CheckConstraint(
                condition=models.Q(("ended_at__isnull", True), ("since__isnull", False), _connector="OR"),
                name="ceded_ends_after_it_began",
            ),
        ),
        migrations.AddConstraint(
            model_name="confederation",
            constraint=models.CheckConstraint(
                condition=models.Q(("of_kind__in", ["council", "cooperative", "defense", "pod"])),
                name="confederation_of_a_kind",
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="confederation",
            trigger=pgtrigger.compiler.Trigger(
                name="founded_by_an_accord",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="\n    IF NOT EXISTS (\n        SELECT FROM core_body b JOIN core_accord a ON a.id = NEW.accord_id AND a.kind = 'confederate'\n        WHERE b.id = NEW.body_id AND b.kind = 'confederation'\n    ) THEN RAISE EXCEPTION 'a confederation is founded by bodies'; END IF;\n    RETURN NEW;\n",
                    hash="e707c484757ad8e278f942c2b72a53a26730ff0f",
                    operation="INSERT OR UPDATE",
                    pgid="pgtrigger_founded_by_an_accord_14a73",
                    table="confederation_confederation",
                    when="BEFORE",
                ),
            ),
        ),
        migrations.AddConstraint(
            model_name="forward",
            constraint=models.CheckConstraint(
                condition=models.Q(("days__gte", 14), ("days__lte", 60)), name="forward_days_in_range"
            ),
        ),
        migrations.AddConstraint(
            model_name="forward",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("mandate__isnull", False), ("what", "recall")),
                    models.Q(models.Q(("what", "recall"), _negated=True), ("mandate__isnull", True)),
                    _connector="OR",
                ),
                name="forward_recalls_a_mandate",
            ),
        ),
        migrations.AddConstraint(
            model_name="founding",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("name", ""), _negated=True),
                    models.Q(("purpose", ""), _negated=True),
                    models.Q(("unity", ""), _negated=True),
                ),
                name="founding_has_words",
            ),
        ),
        migrations.AddConstraint(
            model_name="foundingmatter",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "sort__in",
                        [
                            "land",
                            "works",
                            "food",
                            "care",
                            "learning",
                            "streets",
                            "funds",
                            "conduct",
                            "relations",
                            "other",
                        ],
                    )
                ),
                name="founding_matter_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="foundingmatter",
            constraint=models.CheckConstraint(
                condition=models.Q(("words", ""), _negated=True), name="founding_matter_has_words"
            ),
        ),
        migrations.AddConstraint(
            model_name="peoplequestion",
            constraint=models.UniqueConstraint(fields=("vote", "body"), name="people_question_once"),
        ),
        migrations.AddConstraint(
            model_name="peopleelector",
            constraint=models.UniqueConstraint(fields=("vote", "person"), name="people_elector_once"),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="peopleelector",
            trigger=pgtrigger.compiler.Trigger(
                name="elector_kept",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="84afd5ac305f57b4a6ee674e4a26421e98053e45",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_elector_kept_964b5",
                    table="confederation_peopleelector",
                    when="BEFORE",
                ),
            ),
        ),
        migrations.AddConstraint(
            model_name="personwithdrawal",
            constraint=models.UniqueConstraint(fields=("mandate", "person"), name="person_withdrawal_once"),
        ),
        migrations.AddConstraint(
            model_name="referral",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("asked_at__isnull", True), ("base_closes_at__isnull", True)),
                    models.Q(("asked_at__isnull", False), ("base_closes_at__gt", models.F("asked_at"))),
                    _connector="OR",
                ),
                name="referral_asked_until",
            ),
        ),
        migrations.AddConstraint(
            model_name="referral",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("counted_at__isnull", True), ("outcome", "")),
                    models.Q(
                        ("counted_at__isnull", False),
                        ("outcome__in", ["adopted", "not_adopted", "blocked", "no_quorum", "overtaken", "void"]),
                    ),
                    _connector="OR",
                ),
                name="referral_counted_has_an_outcome",
            ),
        ),
        migrations.AddConstraint(
            model_name="referral",
            constraint=models.CheckConstraint(
                condition=models.Q(("called_down_at__isnull", True), ("in_force_from__isnull", False), _connector="OR"),
                name="referral_called_down_was_adopted",
            ),
        ),
        migrations.AddConstraint(
            model_name="referral",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "matter__in",
                        [
                            "ordinary",
                            "urgent",
                            "charter",
                            "admission",
                            "removal",
                            "recall",
                            "election",
                            "referral",
                            "above",
                            "people",
                        ],
                    )
                ),
                name="referral_matter_known",
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="referral",
            trigger=pgtrigger.compiler.Trigger(
                name="of_a_confederation",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="\n    IF NOT EXISTS (\n        SELECT FROM core_proposal p JOIN core_body b ON b.id = p.body_id AND b.kind = 'confederation'\n        WHERE p.id = NEW.proposal_id\n    ) THEN RAISE EXCEPTION 'a confederation decides by referral'; END IF;\n    IF NEW.ceded_id IS NOT NULL AND NOT EXISTS (\n        SELECT FROM confederation_ceded c JOIN core_proposal p ON p.body_id = c.confederation_id\n        WHERE c.id = NEW.ceded_id AND p.id = NEW.proposal_id\n    ) THEN RAISE EXCEPTION 'a matter that was ceded to it'; END IF;\n    RETURN NEW;\n",
                    hash="e2e987e7fffc1a8db6d8a4292c72d5ae3c4770f7",
                    operation="INSERT OR UPDATE",
                    pgid="pgtrigger_of_a_confederation_576d9",
                    table="confederation_referral",
                    when="BEFORE",
                ),
            ),
        ),
        migrations.AddConstraint(
            model_name="peoplevote",
            constraint=models.CheckConstraint(
                condition=models.Q(("closes_at__gt", models.F("begun_at"))), name="people_vote_closes_later"
            ),
        ),
        migrations.AddConstraint(
            model_name="peoplevote",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("counted_at__isnull", True), ("outcome", "")),
                    models.Q(
                        ("counted_at__isnull", False),
                        ("outcome__in", ["adopted", "not_adopted", "blocked", "no_quorum", "overtaken", "void"]),
                    ),
                    _connector="OR",
                ),
                name="people_vote_counted_has_an_outcome",
            ),
        ),
        migrations.AddConstraint(
            model_name="call",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("body__isnull", False), ("person__isnull", True), ("proposal__isnull", False)),
                    models.Q(
                        ("at__isnull", False),
                        ("body__isnull", True),
                        ("person__isnull", False),
                        ("proposal__isnull", True),
                    ),
                    _connector="OR",
                ),
                name="call_of_a_body_or_a_person",
            ),
        ),
        migrations.AddConstraint(
            model_name="call",
            constraint=models.UniqueConstraint(
                condition=models.Q(("taken_back_at__isnull", True)),
                fields=("referral", "person"),
                name="call_person_once",
            ),
        ),
        migrations.AddConstraint(
            model_name="call",
            constraint=models.UniqueConstraint(
                condition=models.Q(("at__isnull", False), ("taken_back_at__isnull", True)),
                fields=("referral", "body"),
                name="call_body_once",
            ),
        ),
        migrations.AddIndex(
            model_name="seat",
            index=models.Index(condition=models.Q(("left_at__isnull", True)), fields=["body"], name="seat_of_body"),
        ),
        migrations.AddConstraint(
            model_name="seat",
            constraint=models.UniqueConstraint(
                condition=models.Q(("left_at__isnull", True)), fields=("confederation", "body"), name="seat_open_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="seat",
            constraint=models.CheckConstraint(
                condition=models.Q(("confederation", models.F("body")), _negated=True), name="seat_not_ones_own"
            ),
        ),
        migrations.AddConstraint(
            model_name="seat",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("leaving", ""), ("left_at__isnull", True)),
                    models.Q(("leaving__in", ["left", "body_ended", "ended"]), ("left_at__isnull", False)),
                    _connector="OR",
                ),
                name="seat_left_in_a_way",
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="seat",
            trigger=pgtrigger.compiler.Trigger(
                name="seat_fits",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="\n    IF TG_OP = 'UPDATE' THEN\n        IF (NEW.confederation_id, NEW.body_id, NEW.joined_at, NEW.voice)\n            IS DISTINCT FROM (OLD.confederation_id, OLD.body_id, OLD.joined_at, OLD.voice) OR OLD.left_at IS NOT NULL\n        THEN RAISE EXCEPTION 'a seat only ever ends'; END IF;\n        RETURN NEW;\n    END IF;\n    PERFORM pg_advisory_xact_lock(6060606);\n    IF EXISTS (\n        WITH RECURSIVE above(id) AS (\n            SELECT NEW.confederation_id UNION\n            SELECT s.confederation_id FROM confederation_seat s JOIN above ON above.id = s.body_id\n            WHERE s.left_at IS NULL\n        ) SELECT FROM above WHERE id = NEW.body_id\n    ) THEN RAISE EXCEPTION 'a body is never its own ancestor'; END IF;\n    IF NOT EXISTS (\n        SELECT FROM core_body c JOIN confederation_confederation k ON k.body_id = c.id\n        JOIN core_body b ON b.id = NEW.body_id AND b.ended_at IS NULL AND b.adopted_at IS NOT NULL\n        LEFT JOIN confederation_confederation below ON below.body_id = b.id\n        WHERE c.id = NEW.confederation_id AND c.ended_at IS NULL\n        AND (NOT NEW.voice OR k.of_kind = coalesce(below.of_kind, b.kind))\n    ) THEN RAISE EXCEPTION 'bodies of one kind confederate'; END IF;\n    RETURN NEW;\n",
                    hash="484c9ae292cb4411f78edb8d49dbe4dce57e7cbb",
                    operation="INSERT OR UPDATE",
                    pgid="pgtrigger_seat_fits_d963f",
                    table="confederation_seat",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="delegation",
            trigger=pgtrigger.compiler.Trigger(
                name="for_its_own_seat",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="\n    IF NOT EXISTS (\n        SELECT FROM confederation_seat s JOIN core_proposal p ON p.id = NEW.proposal_id AND p.body_id = s.body_id\n        WHERE s.id = NEW.seat_id AND s.left_at IS NULL AND p.kind IN ('election', 'mandate')\n    ) THEN RAISE EXCEPTION 'a body sends delegates to its own seat'; END IF;\n    RETURN NEW;\n",
                    hash="bd89cbfedc79a154aeb5651b5a655aa48fd8e21f",
                    operation="INSERT",
                    pgid="pgtrigger_for_its_own_seat_7b657",
                    table="confederation_delegation",
                    when="BEFORE",
                ),
            ),
        ),
        migrations.AddIndex(
            model_name="station",
            index=models.Index(
                condition=models.Q(("decided_at__isnull", True)), fields=["closes_at", "level"], name="station_due"
            ),
        ),
        migrations.AddIndex(
            model_name="station",
            index=models.Index(fields=["above", "said"], name="station_above"),
        ),
        migrations.AddConstraint(
            model_name="station",
            constraint=models.UniqueConstraint(fields=("referral", "body"), name="station_body_once"),
        ),
        migrations.AddConstraint(
            model_name="station",
            constraint=models.UniqueConstraint(
                condition=models.Q(("above__isnull", True)), fields=("referral",), name="station_top_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="station",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("charter__isnull", True), ("level", 0), ("rule", "")),
                    models.Q(
                        ("charter__isnull", False),
                        ("level__gt", 0),
                        ("proposal__isnull", True),
                        models.Q(("rule", ""), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="station_base_or_confederation",
            ),
        ),
        migrations.AddConstraint(
            model_name="station",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("decided_at__isnull", True), ("home", ""), ("said", "")),
                    models.Q(
                        ("decided_at__isnull", False),
                        ("said__in", ["agree", "disagree", "aside", "block", "none"]),
                        models.Q(("home", ""), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="station_decided_has_said",
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="station",
            trigger=pgtrigger.compiler.Trigger(
                name="said_once",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="\n    IF (NEW.referral_id, NEW.body_id, NEW.above_id, NEW.level, NEW.closes_at, NEW.seat_id, NEW.counts, NEW.bodies,\n        NEW.rule, NEW.charter_id)\n        IS DISTINCT FROM (OLD.referral_id, OLD.body_id, OLD.above_id, OLD.level, OLD.closes_at, OLD.seat_id, OLD.counts,\n        OLD.bodies, OLD.rule, OLD.charter_id)\n        OR OLD.proposal_id IS NOT NULL AND NEW.proposal_id IS DISTINCT FROM OLD.proposal_id\n    THEN RAISE EXCEPTION 'whom a referral asks never changes'; END IF;\n    IF OLD.decided_at IS NOT NULL AND (NEW.said, NEW.home, NEW.decided_at, NEW.tally)\n        IS DISTINCT FROM (OLD.said, OLD.home, OLD.decided_at, OLD.tally)\n    THEN RAISE EXCEPTION 'what a body has said stands'; END IF;\n    RETURN NEW;\n",
                    hash="5821f0091cbe91c061d394d12981fec7a153c511",
                    operation="UPDATE",
                    pgid="pgtrigger_said_once_45ebb",
                    table="confederation_station",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="station",
            trigger=pgtrigger.compiler.Trigger(
                name="as_decided_at_home",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition='WHEN (NEW."decided_at" IS NOT NULL AND OLD."decided_at" IS NULL)',
                    func="\n    IF NEW.level = 0 AND NEW.home <> 'none' AND NOT EXISTS (\n        SELECT FROM core_proposal p WHERE p.id = NEW.proposal_id AND p.body_id = NEW.body_id\n        AND p.stage = CASE NEW.home WHEN 'agree' THEN 'adopted' WHEN 'disagree' THEN 'not_adopted' END\n    ) THEN RAISE EXCEPTION 'what a body says is what it has decided'; END IF;\n    IF NEW.said IS DISTINCT FROM NEW.home AND NOT EXISTS (\n        SELECT FROM confederation_ownword w JOIN core_proposal p ON p.id = w.proposal_id AND p.stage = 'adopted'\n        WHERE w.station_id = NEW.id AND w.says = NEW.said\n    ) AND NOT EXISTS (\n        SELECT FROM confederation_deviation d WHERE d.station_id = NEW.id AND d.says = NEW.said\n    ) THEN RAISE EXCEPTION 'a bound delegate says what home has decided'; END IF;\n    RETURN NEW;\n",
                    hash="1c296f084bf9575d2dcdbcdb2aaac75dc2188922",
                    operation="UPDATE",
                    pgid="pgtrigger_as_decided_at_home_325c4",
                    table="confederation_station",
                    when="BEFORE",
                ),
            ),
        ),
        migrations.AddConstraint(
            model_name="ownword",
            constraint=models.CheckConstraint(
                condition=models.Q(("says__in", ["aside", "block"])), name="own_word_known"
            ),
        ),
        migrations.AddConstraint(
            model_name="deviation",
            constraint=models.CheckConstraint(
                condition=models.Q(("reason", ""), _negated=True), name="deviation_says_why"
            ),
        ),
        migrations.AddConstraint(
            model_name="deviation",
            constraint=models.CheckConstraint(
                condition=models.Q(("says__in", ["agree", "disagree", "aside"])), name="deviation_known"
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="deviation",
            trigger=pgtrigger.compiler.Trigger(
                name="by_a_free_delegate",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="\n    IF NOT EXISTS (\n        SELECT FROM confederation_station s JOIN confederation_station up ON up.id = s.above_id\n        JOIN confederation_delegation d ON d.seat_id = s.seat_id AND NOT d.bound\n        JOIN core_mandate m ON m.granted_by_id = d.proposal_id AND m.id = NEW.mandate_id\n        WHERE s.id = NEW.station_id AND m.ended_at IS NULL AND m.ends_at > folkmoot_now()\n        AND up.decided_at IS NULL AND up.closes_at > folkmoot_now()\n    ) THEN RAISE EXCEPTION 'a bound delegate says what home has decided'; END IF;\n    RETURN NEW;\n",
                    hash="d3c8b8dbed72d9689e349eb8a31896a009f85eb6",
                    operation="INSERT OR UPDATE",
                    pgid="pgtrigger_by_a_free_delegate_643e5",
                    table="confederation_deviation",
                    when="BEFORE",
                ),
            ),
        ),
        migrations.RunPython(keep(*KEPT), migrations.RunPython.noop),
        migrations.RunPython(keep(*WRITTEN_ONCE, only_added_to=True), migrations.RunPython.noop),
    ]
