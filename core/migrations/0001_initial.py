# Constraints and indexes stand in their models: a third of the time of adding each by itself.

import django.core.validators
import django.db.models.deletion
import django.db.models.expressions
import django.db.models.functions.text
import django.db.models.lookups
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models

import core.models.bodies


class Migration(migrations.Migration):
    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="Body",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("council", "Council"),
                            ("catalyst", "Catalyst group"),
                            ("cooperative", "Cooperative"),
                            ("defense", "Defence body"),
                            ("pod", "Pod"),
                            ("confederation", "Confederation"),
                        ],
                        default="council",
                        max_length=13,
                        verbose_name="kind",
                    ),
                ),
                ("name", models.CharField(max_length=80, verbose_name="name")),
                ("slug", models.SlugField(max_length=80, unique=True)),
                ("listed", models.BooleanField(default=True, verbose_name="listed")),
                ("formed_at", models.DateTimeField()),
                ("adopted_at", models.DateTimeField(blank=True, null=True)),
                ("ended_at", models.DateTimeField(blank=True, null=True)),
                (
                    "host",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="hosted",
                        to="core.body",
                    ),
                ),
            ],
            options={
                "verbose_name_plural": "bodies",
                "constraints": [
                    models.CheckConstraint(condition=models.Q(("name", ""), _negated=True), name="body_has_a_name"),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("kind__in", ["council", "catalyst", "cooperative", "defense", "pod", "confederation"])
                        ),
                        name="body_kind_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("host__isnull", True), models.Q(("host", models.F("id")), _negated=True), _connector="OR"
                        ),
                        name="body_not_own_host",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Person",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("password", models.CharField(max_length=128, verbose_name="password")),
                ("last_login", models.DateTimeField(blank=True, null=True, verbose_name="last login")),
                (
                    "sign_in_name",
                    models.CharField(
                        max_length=40,
                        unique=True,
                        validators=[
                            django.core.validators.RegexValidator(
                                "^[a-z0-9][a-z0-9._-]*\\Z", "Use small letters, digits, dots and dashes."
                            )
                        ],
                        verbose_name="sign-in name",
                    ),
                ),
                ("display_name", models.CharField(max_length=60, verbose_name="name")),
                ("email", models.EmailField(blank=True, max_length=254, null=True, verbose_name="e-mail address")),
                ("language", models.CharField(default="en", max_length=10, verbose_name="language")),
                (
                    "mail",
                    models.CharField(
                        choices=[
                            ("each", "Each notice as a mail"),
                            ("digest", "One mail a day, with what needs you on top"),
                            ("none", "No mail"),
                        ],
                        default="digest",
                        max_length=6,
                        verbose_name="mail",
                    ),
                ),
                (
                    "theme",
                    models.CharField(
                        choices=[("system", "As my device has it"), ("light", "Light"), ("dark", "Dark")],
                        default="system",
                        max_length=6,
                        verbose_name="colours",
                    ),
                ),
                ("is_active", models.BooleanField(default=True)),
                ("joined_at", models.DateTimeField(auto_now_add=True)),
                ("left_at", models.DateTimeField(blank=True, null=True)),
                ("digested_at", models.DateTimeField(blank=True, null=True)),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        django.db.models.functions.text.Lower("email"),
                        name="person_email_once",
                        violation_error_message="Taken.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("display_name", ""), _negated=True), name="person_has_a_name"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("mail__in", ["each", "digest", "none"])), name="person_mail_known"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("left_at__isnull", True), ("is_active", False), _connector="OR"),
                        name="person_who_left_cannot_sign_in",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="RecordHead",
            fields=[
                (
                    "body",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        primary_key=True,
                        related_name="record_head",
                        serialize=False,
                        to="core.body",
                    ),
                ),
                ("seq", models.PositiveBigIntegerField(default=0)),
                ("hash", models.CharField(max_length=64)),
            ],
        ),
        migrations.CreateModel(
            name="Application",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("words", models.TextField(blank=True, max_length=1000, verbose_name="a few words about yourself")),
                (
                    "stage",
                    models.CharField(
                        choices=[
                            ("open", "waiting for vouches"),
                            ("objections", "open to objections"),
                            ("deciding", "being decided"),
                            ("admitted", "admitted"),
                            ("refused", "refused"),
                            ("withdrawn", "withdrawn"),
                        ],
                        default="open",
                        max_length=10,
                    ),
                ),
                ("created_at", models.DateTimeField()),
                ("objections_until", models.DateTimeField(blank=True, null=True)),
                ("closed_at", models.DateTimeField(blank=True, null=True)),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="applications",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "body",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="applications", to="core.body"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("stage__in", ["open", "objections", "deciding"])),
                        fields=("body", "person"),
                        name="application_open_once",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("closed_at__isnull", True), ("stage__in", ["open", "objections", "deciding"])),
                            models.Q(("closed_at__isnull", False), ("stage__in", ["admitted", "refused", "withdrawn"])),
                            _connector="OR",
                        ),
                        name="application_closed_has_a_date",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("stage", "objections"), _negated=True),
                            ("objections_until__isnull", False),
                            _connector="OR",
                        ),
                        name="application_objections_have_an_end",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Charter",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.PositiveIntegerField()),
                ("template", models.CharField(blank=True, max_length=20)),
                ("purpose", models.TextField(max_length=4000, verbose_name="what we are for")),
                ("unity", models.TextField(blank=True, max_length=8000, verbose_name="points of unity")),
                ("drafted_at", models.DateTimeField()),
                ("in_force_at", models.DateTimeField(blank=True, null=True)),
                (
                    "consensus_up_to",
                    models.IntegerField(
                        default=50,
                        validators=[
                            django.core.validators.MinValueValidator(3),
                            django.core.validators.MaxValueValidator(150),
                        ],
                        verbose_name="consensus up to a roll of",
                    ),
                ),
                ("agreement_num", models.PositiveSmallIntegerField(default=4)),
                ("agreement_den", models.PositiveSmallIntegerField(default=5)),
                ("quorum_num", models.PositiveSmallIntegerField(default=1)),
                ("quorum_den", models.PositiveSmallIntegerField(default=2)),
                ("second_quorum_num", models.PositiveSmallIntegerField(default=1)),
                ("second_quorum_den", models.PositiveSmallIntegerField(default=5)),
                (
                    "discussion_days",
                    models.IntegerField(
                        default=3,
                        validators=[
                            django.core.validators.MinValueValidator(3),
                            django.core.validators.MaxValueValidator(30),
                        ],
                        verbose_name="discussion at least, days",
                    ),
                ),
                (
                    "voting_hours",
                    models.IntegerField(
                        default=168,
                        validators=[
                            django.core.validators.MinValueValidator(24),
                            django.core.validators.MaxValueValidator(720),
                        ],
                        verbose_name="voting window, hours",
                    ),
                ),
                (
                    "recall_hours",
                    models.IntegerField(
                        default=72,
                        validators=[
                            django.core.validators.MinValueValidator(24),
                            django.core.validators.MaxValueValidator(168),
                        ],
                        verbose_name="recall window, hours",
                    ),
                ),
                ("asides_num", models.PositiveSmallIntegerField(default=1)),
                ("asides_den", models.PositiveSmallIntegerField(default=4)),
                (
                    "round_days",
                    models.IntegerField(
                        default=14,
                        validators=[
                            django.core.validators.MinValueValidator(3),
                            django.core.validators.MaxValueValidator(30),
                        ],
                        verbose_name="a round of talks, days",
                    ),
                ),
                (
                    "rounds_max",
                    models.IntegerField(
                        default=3,
                        validators=[
                            django.core.validators.MinValueValidator(1),
                            django.core.validators.MaxValueValidator(6),
                        ],
                        verbose_name="rounds at most",
                    ),
                ),
                (
                    "after_rounds",
                    models.CharField(
                        choices=[("not_adopted", "it is not adopted"), ("weak", "it is decided by weak consensus")],
                        default="not_adopted",
                        max_length=11,
                        verbose_name="when a block still stands",
                    ),
                ),
                (
                    "term_days",
                    models.IntegerField(
                        default=365,
                        validators=[
                            django.core.validators.MinValueValidator(1),
                            django.core.validators.MaxValueValidator(730),
                        ],
                        verbose_name="mandate at most, days",
                    ),
                ),
                (
                    "renewals",
                    models.IntegerField(
                        default=1,
                        validators=[
                            django.core.validators.MinValueValidator(0),
                            django.core.validators.MaxValueValidator(3),
                        ],
                        verbose_name="renewals in a row",
                    ),
                ),
                (
                    "admission",
                    models.CharField(
                        choices=[
                            ("open", "open: whoever is in scope joins"),
                            ("vouched", "vouched: two members vouch, others may object"),
                            ("proposal", "by proposal: the body decides on each"),
                        ],
                        default="vouched",
                        max_length=8,
                        verbose_name="admission",
                    ),
                ),
                (
                    "waiting_days",
                    models.IntegerField(
                        default=7,
                        validators=[
                            django.core.validators.MinValueValidator(0),
                            django.core.validators.MaxValueValidator(90),
                        ],
                        verbose_name="a new member votes after, days",
                    ),
                ),
                (
                    "open_proposals",
                    models.IntegerField(
                        default=3,
                        validators=[
                            django.core.validators.MinValueValidator(1),
                            django.core.validators.MaxValueValidator(10),
                        ],
                        verbose_name="open proposals per member",
                    ),
                ),
                (
                    "counts_visible",
                    models.CharField(
                        choices=[("nobody", "nobody before the close"), ("members", "members")],
                        default="nobody",
                        max_length=7,
                        verbose_name="running counts",
                    ),
                ),
                (
                    "secret_from",
                    models.PositiveSmallIntegerField(
                        blank=True,
                        default=7,
                        null=True,
                        validators=[django.core.validators.MinValueValidator(7)],
                        verbose_name="elections, recalls and removals secret from a roll of",
                    ),
                ),
                ("minimum_age", models.PositiveSmallIntegerField(default=16, verbose_name="youngest member, years")),
                ("codes", models.BooleanField(default=True, verbose_name="codes for secret votes")),
                ("votes_by_mail", models.BooleanField(default=False, verbose_name="open votes by a link in the mail")),
                ("urgent_sum", models.PositiveIntegerField(default=0, verbose_name="sum an urgent decision may spend")),
                ("time_zone", models.CharField(default="UTC", max_length=60, verbose_name="time zone")),
                (
                    "based_on",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="core.charter",
                    ),
                ),
                (
                    "body",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="charters", to="core.body"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("body", "number"), name="charter_number_once"),
                    models.CheckConstraint(
                        condition=models.Q(("consensus_up_to__gte", 3), ("consensus_up_to__lte", 150)),
                        name="charter_consensus_up_to_in_range",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("agreement_den__gt", 0),
                            django.db.models.lookups.GreaterThanOrEqual(
                                django.db.models.expressions.CombinedExpression(
                                    models.F("agreement_num"), "*", models.Value(3)
                                ),
                                django.db.models.expressions.CombinedExpression(
                                    models.F("agreement_den"), "*", models.Value(2)
                                ),
                            ),
                            django.db.models.lookups.LessThanOrEqual(
                                django.db.models.expressions.CombinedExpression(
                                    models.F("agreement_num"), "*", models.Value(10)
                                ),
                                django.db.models.expressions.CombinedExpression(
                                    models.F("agreement_den"), "*", models.Value(9)
                                ),
                            ),
                        ),
                        name="charter_agreement_in_range",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("quorum_den__gt", 0),
                            django.db.models.lookups.GreaterThanOrEqual(
                                django.db.models.expressions.CombinedExpression(
                                    models.F("quorum_num"), "*", models.Value(5)
                                ),
                                django.db.models.expressions.CombinedExpression(
                                    models.F("quorum_den"), "*", models.Value(1)
                                ),
                            ),
                            django.db.models.lookups.LessThanOrEqual(
                                django.db.models.expressions.CombinedExpression(
                                    models.F("quorum_num"), "*", models.Value(4)
                                ),
                                django.db.models.expressions.CombinedExpression(
                                    models.F("quorum_den"), "*", models.Value(3)
                                ),
                            ),
                        ),
                        name="charter_quorum_in_range",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("second_quorum_den__gt", 0),
                            django.db.models.lookups.GreaterThanOrEqual(
                                django.db.models.expressions.CombinedExpression(
                                    models.F("second_quorum_num"), "*", models.Value(5)
                                ),
                                django.db.models.expressions.CombinedExpression(
                                    models.F("second_quorum_den"), "*", models.Value(1)
                                ),
                            ),
                            django.db.models.lookups.LessThanOrEqual(
                                django.db.models.expressions.CombinedExpression(
                                    models.F("second_quorum_num"), "*", models.Value(4)
                                ),
                                django.db.models.expressions.CombinedExpression(
                                    models.F("second_quorum_den"), "*", models.Value(3)
                                ),
                            ),
                        ),
                        name="charter_second_quorum_in_range",
                    ),
                    models.CheckConstraint(
                        condition=django.db.models.lookups.LessThanOrEqual(
                            django.db.models.expressions.CombinedExpression(
                                models.F("second_quorum_num"), "*", models.F("quorum_den")
                            ),
                            django.db.models.expressions.CombinedExpression(
                                models.F("quorum_num"), "*", models.F("second_quorum_den")
                            ),
                        ),
                        name="charter_second_quorum_not_above",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("discussion_days__gte", 3), ("discussion_days__lte", 30)),
                        name="charter_discussion_days_in_range",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("voting_hours__gte", 24), ("voting_hours__lte", 720)),
                        name="charter_voting_hours_in_range",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("recall_hours__gte", 24), ("recall_hours__lte", 168)),
                        name="charter_recall_hours_in_range",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("asides_den__gt", 0),
                            django.db.models.lookups.GreaterThanOrEqual(
                                django.db.models.expressions.CombinedExpression(
                                    models.F("asides_num"), "*", models.Value(1)
                                ),
                                django.db.models.expressions.CombinedExpression(
                                    models.F("asides_den"), "*", models.Value(0)
                                ),
                            ),
                            django.db.models.lookups.LessThanOrEqual(
                                django.db.models.expressions.CombinedExpression(
                                    models.F("asides_num"), "*", models.Value(2)
                                ),
                                django.db.models.expressions.CombinedExpression(
                                    models.F("asides_den"), "*", models.Value(1)
                                ),
                            ),
                        ),
                        name="charter_asides_in_range",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("round_days__gte", 3), ("round_days__lte", 30)),
                        name="charter_round_days_in_range",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("rounds_max__gte", 1), ("rounds_max__lte", 6)),
                        name="charter_rounds_max_in_range",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("after_rounds__in", ["not_adopted", "weak"])),
                        name="charter_after_rounds_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("term_days__gte", 1), ("term_days__lte", 730)),
                        name="charter_term_days_in_range",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("renewals__gte", 0), ("renewals__lte", 3)), name="charter_renewals_in_range"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("admission__in", ["vouched", "proposal"]), ("waiting_days__gte", 0)),
                            models.Q(("admission", "open"), ("waiting_days__gte", 14)),
                            _connector="OR",
                        ),
                        name="charter_admission_and_waiting",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("waiting_days__gte", 0), ("waiting_days__lte", 90)),
                        name="charter_waiting_days_in_range",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("open_proposals__gte", 1), ("open_proposals__lte", 10)),
                        name="charter_open_proposals_in_range",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("counts_visible__in", ["nobody", "members"])), name="charter_counts_known"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("secret_from__isnull", True), ("secret_from__gte", 7), _connector="OR"),
                        name="charter_secret_from_seven",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("time_zone", ""), _negated=True), name="charter_has_a_time_zone"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ClockOffset",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("offset", models.DurationField()),
            ],
            options={
                "constraints": [models.CheckConstraint(condition=models.Q(("pk", 1)), name="one_clock")],
            },
        ),
        migrations.CreateModel(
            name="DoneOnce",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("key", models.CharField(max_length=64)),
                ("result", models.CharField(blank=True, max_length=300)),
                ("at", models.DateTimeField(auto_now_add=True)),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("person", "key"), name="done_once")],
            },
        ),
        migrations.CreateModel(
            name="Mandate",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("title", models.CharField(max_length=120)),
                ("task", models.TextField()),
                ("limits", models.TextField()),
                ("report_days", models.PositiveSmallIntegerField(blank=True, null=True)),
                ("renewal_no", models.PositiveSmallIntegerField(default=0)),
                ("starts_at", models.DateTimeField()),
                ("ends_at", models.DateTimeField()),
                ("ended_at", models.DateTimeField(blank=True, null=True)),
                (
                    "ending",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("term", "its term was over"),
                            ("resigned", "the delegate resigned"),
                            ("left", "the delegate left"),
                            ("removed", "the delegate was removed from the body"),
                            ("recall", "recalled"),
                            ("confidence", "more than half had withdrawn their confidence"),
                            ("body_ended", "the body ended"),
                            ("panel", "a case panel ended it"),
                        ],
                        max_length=10,
                    ),
                ),
                (
                    "body",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="mandates", to="core.body"
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="mandates",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(condition=models.Q(("ended_at__isnull", True)), fields=["ends_at"], name="mandate_due")
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("ends_at__gt", models.F("starts_at"))), name="mandate_ends_later"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("ended_at__isnull", True), ("ending", "")),
                            models.Q(
                                ("ended_at__isnull", False),
                                (
                                    "ending__in",
                                    [
                                        "term",
                                        "resigned",
                                        "left",
                                        "removed",
                                        "recall",
                                        "confidence",
                                        "body_ended",
                                        "panel",
                                    ],
                                ),
                            ),
                            _connector="OR",
                        ),
                        name="mandate_end_has_a_way",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Cause",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("key", models.CharField(max_length=100, unique=True)),
                (
                    "what",
                    models.CharField(
                        choices=[
                            ("proposal.discussion", "a proposal to talk over"),
                            ("vote.opened", "a vote has opened"),
                            ("vote.reminder", "a vote closes soon"),
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
                        ],
                        max_length=30,
                    ),
                ),
                ("at", models.DateTimeField()),
                ("fanned_at", models.DateTimeField(blank=True, null=True)),
                (
                    "application",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="causes",
                        to="core.application",
                    ),
                ),
                (
                    "body",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="causes", to="core.body"
                    ),
                ),
                (
                    "by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "mandate",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="causes",
                        to="core.mandate",
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(condition=models.Q(("fanned_at__isnull", True)), fields=["at"], name="cause_waiting")
                ],
            },
        ),
        migrations.CreateModel(
            name="Membership",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("joined_at", models.DateTimeField()),
                ("voice_from", models.DateTimeField()),
                ("ended_at", models.DateTimeField(blank=True, null=True)),
                (
                    "ending",
                    models.CharField(
                        blank=True,
                        choices=[("left", "left"), ("removed", "removed"), ("body_ended", "the body ended")],
                        max_length=10,
                    ),
                ),
                ("label_key", models.BinaryField(default=core.models.bodies.new_key, max_length=32)),
                (
                    "body",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="memberships", to="core.body"
                    ),
                ),
                (
                    "invited_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="invited",
                        to="core.membership",
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="memberships",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(
                        condition=models.Q(("ended_at__isnull", True)),
                        fields=["body", "voice_from"],
                        name="membership_voice",
                    )
                ],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("ended_at__isnull", True)),
                        fields=("body", "person"),
                        name="membership_open_once",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("ended_at__isnull", True), ("ending", "")),
                            models.Q(("ended_at__isnull", False), ("ending__in", ["left", "removed", "body_ended"])),
                            _connector="OR",
                        ),
                        name="membership_end_has_a_way",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("voice_from__gte", models.F("joined_at"))), name="membership_voice_later"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Invitation",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("note", models.CharField(blank=True, max_length=80, verbose_name="for whom")),
                ("token_hash", models.CharField(max_length=64, unique=True)),
                ("created_at", models.DateTimeField()),
                ("expires_at", models.DateTimeField()),
                ("uses_left", models.PositiveSmallIntegerField(default=1, verbose_name="how many people")),
                ("uses", models.PositiveSmallIntegerField(default=0)),
                ("ended_at", models.DateTimeField(blank=True, null=True)),
                (
                    "body",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="invitations",
                        to="core.body",
                    ),
                ),
                (
                    "by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="invitations",
                        to="core.membership",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("expires_at__gt", models.F("created_at"))), name="invitation_expires_later"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("body__isnull", True), ("by__isnull", True)),
                            models.Q(("body__isnull", False), ("by__isnull", False)),
                            _connector="OR",
                        ),
                        name="invitation_by_a_member",
                    ),
                ],
            },
        ),
        migrations.AddField(
            model_name="application",
            name="invited_by",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="+",
                to="core.membership",
            ),
        ),
        migrations.CreateModel(
            name="Adoption",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("at", models.DateTimeField()),
                (
                    "charter",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="adoptions", to="core.charter"
                    ),
                ),
                (
                    "membership",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="adoptions", to="core.membership"
                    ),
                ),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("charter", "membership"), name="adoption_once")],
            },
        ),
        migrations.CreateModel(
            name="Notice",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("at", models.DateTimeField()),
                ("seen_at", models.DateTimeField(blank=True, null=True)),
                (
                    "mail",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("", "none"),
                            ("due", "to be sent"),
                            ("digest", "in the next digest"),
                            ("sent", "sent"),
                        ],
                        default="",
                        max_length=6,
                    ),
                ),
                ("mailed_at", models.DateTimeField(blank=True, null=True)),
                (
                    "cause",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="notices", to="core.cause"
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="notices", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(fields=["person", "-at"], name="notice_of_person"),
                    models.Index(condition=models.Q(("mail", "due")), fields=["at"], name="notice_mail_due"),
                ],
                "constraints": [
                    models.UniqueConstraint(fields=("cause", "person"), name="notice_once"),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("mail", "sent"), ("mailed_at__isnull", False)),
                            models.Q(models.Q(("mail", "sent"), _negated=True), ("mailed_at__isnull", True)),
                            _connector="OR",
                        ),
                        name="notice_mailed_has_a_date",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Objection",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("reason", models.TextField(max_length=2000, verbose_name="why")),
                ("at", models.DateTimeField()),
                (
                    "application",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="objections", to="core.application"
                    ),
                ),
                (
                    "membership",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="objections", to="core.membership"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("application", "membership"), name="objection_once"),
                    models.CheckConstraint(
                        condition=models.Q(("reason", ""), _negated=True), name="objection_has_a_reason"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Proposal",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("kind", models.CharField(max_length=30)),
                (
                    "stage",
                    models.CharField(
                        choices=[
                            ("idea", "idea"),
                            ("discussion", "discussion"),
                            ("voting", "voting"),
                            ("round", "round of talks"),
                            ("adopted", "adopted"),
                            ("not_adopted", "not adopted"),
                            ("blocked", "blocked"),
                            ("no_quorum", "no quorum"),
                            ("overtaken", "overtaken"),
                            ("void", "void"),
                            ("withdrawn", "withdrawn"),
                        ],
                        default="idea",
                        max_length=11,
                    ),
                ),
                ("title", models.CharField(max_length=120, verbose_name="title")),
                ("created_at", models.DateTimeField()),
                ("discussion_at", models.DateTimeField(blank=True, null=True)),
                ("closed_at", models.DateTimeField(blank=True, null=True)),
                ("urgent", models.BooleanField(default=False, verbose_name="urgent")),
                ("sum", models.PositiveIntegerField(default=0, verbose_name="what it costs")),
                ("round_no", models.PositiveSmallIntegerField(default=0)),
                ("round_ends_at", models.DateTimeField(blank=True, null=True)),
                ("review_on", models.DateField(blank=True, null=True, verbose_name="look at it again on")),
                (
                    "effect",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("", "nothing to be done by itself"),
                            ("done", "carried out"),
                            ("failed", "adopted, could not be carried out"),
                        ],
                        default="",
                        max_length=6,
                    ),
                ),
                ("effect_problem", models.CharField(blank=True, max_length=300)),
                ("stands", models.BooleanField(default=False)),
                ("ended_at", models.DateTimeField(blank=True, null=True)),
                (
                    "ending",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("replaced", "replaced by a later decision"),
                            ("ended", "ended by a later decision"),
                            ("reviewed", "not kept at its review"),
                            ("not_confirmed", "urgent, and not confirmed"),
                        ],
                        max_length=13,
                    ),
                ),
                (
                    "appeals",
                    models.OneToOneField(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="appeal",
                        to="core.proposal",
                    ),
                ),
                (
                    "application",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="proposals",
                        to="core.application",
                    ),
                ),
                (
                    "author",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="proposals",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "body",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="proposals", to="core.body"
                    ),
                ),
                (
                    "charter",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="proposals",
                        to="core.charter",
                    ),
                ),
                (
                    "confirms",
                    models.OneToOneField(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="confirmation",
                        to="core.proposal",
                    ),
                ),
                (
                    "mandate",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="recalls",
                        to="core.mandate",
                    ),
                ),
                (
                    "replaces",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="replaced_by",
                        to="core.proposal",
                    ),
                ),
                (
                    "reviews",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="reviewed_by",
                        to="core.proposal",
                    ),
                ),
                (
                    "subject",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="removals",
                        to="core.membership",
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(fields=["body", "stage", "-created_at"], name="proposal_of_body"),
                    models.Index(
                        condition=models.Q(("ended_at__isnull", True), ("stage", "adopted"), ("stands", True)),
                        fields=["body", "-closed_at"],
                        name="proposal_register",
                    ),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("title", ""), _negated=True), name="proposal_has_a_title"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "stage__in",
                                [
                                    "idea",
                                    "discussion",
                                    "voting",
                                    "round",
                                    "adopted",
                                    "not_adopted",
                                    "blocked",
                                    "no_quorum",
                                    "overtaken",
                                    "void",
                                    "withdrawn",
                                ],
                            )
                        ),
                        name="proposal_stage_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("stage__in", ("idea", "discussion", "voting", "round")), ("closed_at__isnull", True)
                            ),
                            models.Q(
                                (
                                    "stage__in",
                                    (
                                        "adopted",
                                        "not_adopted",
                                        "blocked",
                                        "no_quorum",
                                        "overtaken",
                                        "void",
                                        "withdrawn",
                                    ),
                                ),
                                ("closed_at__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="proposal_closed_has_a_date",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("stage__in", ["idea", "withdrawn"]), ("discussion_at__isnull", False), _connector="OR"
                        ),
                        name="proposal_talked_over_since",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("stage", "round"), _negated=True),
                            models.Q(("round_ends_at__isnull", False), ("round_no__gt", 0)),
                            _connector="OR",
                        ),
                        name="proposal_round_has_an_end",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("ended_at__isnull", True), ("ending", "")),
                            models.Q(
                                ("ended_at__isnull", False),
                                ("stage", "adopted"),
                                ("stands", True),
                                models.Q(("ending", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="proposal_end_has_a_way",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("effect", ""), ("stage", "adopted"), _connector="OR"),
                        name="proposal_effect_after_adoption",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("effect", "failed"), models.Q(("effect_problem", ""), _negated=True)),
                            models.Q(models.Q(("effect", "failed"), _negated=True), ("effect_problem", "")),
                            _connector="OR",
                        ),
                        name="proposal_failure_has_a_reason",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("kind", "recall"), ("mandate__isnull", False)),
                            models.Q(models.Q(("kind", "recall"), _negated=True), ("mandate__isnull", True)),
                            _connector="OR",
                        ),
                        name="proposal_mandate_only_for_recall",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("kind", "removal"), ("subject__isnull", False)),
                            models.Q(models.Q(("kind", "removal"), _negated=True), ("subject__isnull", True)),
                            _connector="OR",
                        ),
                        name="proposal_subject_only_for_removal",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("application__isnull", False), ("kind", "admission")),
                            models.Q(models.Q(("kind", "admission"), _negated=True), ("application__isnull", True)),
                            _connector="OR",
                        ),
                        name="proposal_application_only_for_admission",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("charter__isnull", False), ("kind", "charter")),
                            models.Q(models.Q(("kind", "charter"), _negated=True), ("charter__isnull", True)),
                            _connector="OR",
                        ),
                        name="proposal_charter_only_for_charter",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("kind", "review"), ("reviews__isnull", False)),
                            models.Q(models.Q(("kind", "review"), _negated=True), ("reviews__isnull", True)),
                            _connector="OR",
                        ),
                        name="proposal_reviews_only_for_review",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("appeals__isnull", False), ("kind", "appeal")),
                            models.Q(models.Q(("kind", "appeal"), _negated=True), ("appeals__isnull", True)),
                            _connector="OR",
                        ),
                        name="proposal_appeals_only_for_appeal",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("urgent", False), ("kind", "decision"), _connector="OR"),
                        name="proposal_urgent_only_for_decision",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("kind", "recall"), ("stage", "voting")),
                        fields=("mandate",),
                        name="recall_open_once",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("kind", "removal"), ("stage__in", ["discussion", "voting"])),
                        fields=("subject",),
                        name="removal_open_once",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("kind", "admission"), ("stage__in", ["discussion", "voting", "round"])),
                        fields=("application",),
                        name="admission_open_once",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("kind", "review"), ("stage__in", ["discussion", "voting", "round"])),
                        fields=("reviews",),
                        name="review_open_once",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Offer",
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
                ("accepted_at", models.DateTimeField(blank=True, null=True)),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="offers", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "renews",
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
                        on_delete=django.db.models.deletion.PROTECT, related_name="offer", to="core.proposal"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(condition=models.Q(("task", ""), _negated=True), name="offer_has_a_task"),
                    models.CheckConstraint(
                        condition=models.Q(("term_days__gte", 1), ("term_days__lte", 730)), name="offer_term_in_range"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("report_days__isnull", True), ("report_days__gte", 7), _connector="OR"),
                        name="offer_reports_weekly_at_most",
                    ),
                ],
            },
        ),
        migrations.AddField(
            model_name="mandate",
            name="granted_by",
            field=models.OneToOneField(
                on_delete=django.db.models.deletion.PROTECT, related_name="granted", to="core.proposal"
            ),
        ),
        migrations.CreateModel(
            name="Comment",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("text", models.TextField(blank=True, max_length=4000, verbose_name="your words")),
                ("at", models.DateTimeField()),
                ("round_no", models.PositiveSmallIntegerField(default=0)),
                ("taken_back_at", models.DateTimeField(blank=True, null=True)),
                (
                    "author",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="comments",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "parent",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="replies",
                        to="core.comment",
                    ),
                ),
                (
                    "proposal",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="comments", to="core.proposal"
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["proposal", "at"], name="comment_in_order")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("taken_back_at__isnull", True), models.Q(("text", ""), _negated=True)),
                            models.Q(("taken_back_at__isnull", False), ("text", "")),
                            _connector="OR",
                        ),
                        name="comment_has_words",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("parent__isnull", True),
                            models.Q(("parent", models.F("id")), _negated=True),
                            _connector="OR",
                        ),
                        name="comment_not_its_own_parent",
                    ),
                ],
            },
        ),
        migrations.AddField(
            model_name="cause",
            name="proposal",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="causes",
                to="core.proposal",
            ),
        ),
        migrations.CreateModel(
            name="RecordLine",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("seq", models.PositiveBigIntegerField()),
                ("at", models.DateTimeField()),
                ("what", models.CharField(max_length=60)),
                ("who", models.CharField(blank=True, max_length=32)),
                ("line", models.TextField()),
                ("prev", models.CharField(max_length=64)),
                ("hash", models.CharField(max_length=64)),
                (
                    "body",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="record_lines", to="core.body"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("body", "seq"), name="record_seq_once"),
                    models.UniqueConstraint(fields=("body", "prev"), name="record_never_forks"),
                ],
            },
        ),
        migrations.CreateModel(
            name="RecordText",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(max_length=30)),
                ("nonce", models.BinaryField(max_length=32)),
                ("text", models.TextField()),
                (
                    "line",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="texts", to="core.recordline"
                    ),
                ),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("line", "name"), name="record_text_once")],
            },
        ),
        migrations.CreateModel(
            name="Reply",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("text", models.TextField(max_length=4000, verbose_name="your reply")),
                ("at", models.DateTimeField()),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "proposal",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT, related_name="reply", to="core.proposal"
                    ),
                ),
            ],
            options={
                "verbose_name_plural": "replies",
                "constraints": [
                    models.CheckConstraint(condition=models.Q(("text", ""), _negated=True), name="reply_not_empty")
                ],
            },
        ),
        migrations.CreateModel(
            name="Report",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("text", models.TextField(max_length=8000, verbose_name="what was done")),
                ("due_on", models.DateField(blank=True, null=True)),
                ("at", models.DateTimeField()),
                (
                    "mandate",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="reports", to="core.mandate"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(condition=models.Q(("text", ""), _negated=True), name="report_not_empty")
                ],
            },
        ),
        migrations.CreateModel(
            name="Second",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("at", models.DateTimeField()),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "proposal",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="seconds", to="core.proposal"
                    ),
                ),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("proposal", "person"), name="second_once")],
            },
        ),
        migrations.CreateModel(
            name="SignInCard",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("code_hash", models.CharField(max_length=64, unique=True)),
                ("pin_hash", models.CharField(blank=True, max_length=200)),
                ("printed_at", models.DateTimeField()),
                ("used_at", models.DateTimeField(blank=True, null=True)),
                (
                    "person",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE, related_name="card", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("pin_hash", ""), ("used_at__isnull", True)),
                            models.Q(("used_at__isnull", False), models.Q(("pin_hash", ""), _negated=True)),
                            _connector="OR",
                        ),
                        name="card_used_when_pin_is_set",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Task",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("what", models.CharField(max_length=200, verbose_name="what")),
                ("due_on", models.DateField(blank=True, null=True, verbose_name="by")),
                ("done_at", models.DateTimeField(blank=True, null=True)),
                ("note", models.CharField(blank=True, max_length=300, verbose_name="how it went")),
                (
                    "person",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="tasks",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "proposal",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="tasks", to="core.proposal"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(condition=models.Q(("what", ""), _negated=True), name="task_says_what")
                ],
            },
        ),
        migrations.CreateModel(
            name="TextVersion",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.PositiveIntegerField()),
                ("title", models.CharField(max_length=120)),
                ("text", models.TextField(max_length=20000)),
                ("at", models.DateTimeField()),
                (
                    "author",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "proposal",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="texts", to="core.proposal"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("proposal", "number"), name="text_number_once"),
                    models.CheckConstraint(condition=models.Q(("text", ""), _negated=True), name="text_not_empty"),
                ],
            },
        ),
        migrations.CreateModel(
            name="Vote",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.PositiveSmallIntegerField()),
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
                        ],
                        max_length=10,
                    ),
                ),
                (
                    "rule",
                    models.CharField(
                        choices=[
                            ("consensus", "consensus"),
                            ("weak", "weak"),
                            ("majority", "majority"),
                            ("recall", "recall"),
                            ("removal", "removal"),
                            ("removal_large", "removal_large"),
                        ],
                        max_length=13,
                    ),
                ),
                ("second_call", models.BooleanField(default=False)),
                ("opened_at", models.DateTimeField()),
                ("closes_at", models.DateTimeField()),
                ("quorum_num", models.PositiveSmallIntegerField()),
                ("quorum_den", models.PositiveSmallIntegerField()),
                ("agreement_num", models.PositiveSmallIntegerField()),
                ("agreement_den", models.PositiveSmallIntegerField()),
                ("asides_num", models.PositiveSmallIntegerField()),
                ("asides_den", models.PositiveSmallIntegerField()),
                ("roll_size", models.PositiveIntegerField(blank=True, null=True)),
                ("reminded_at", models.DateTimeField(blank=True, null=True)),
                ("counted_at", models.DateTimeField(blank=True, null=True)),
                ("outcome", models.CharField(blank=True, max_length=11)),
                ("reason", models.CharField(blank=True, max_length=30)),
                ("tally", models.JSONField(blank=True, null=True)),
                ("ballots_root", models.CharField(blank=True, max_length=64)),
                (
                    "charter",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="votes", to="core.charter"
                    ),
                ),
                (
                    "proposal",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="votes", to="core.proposal"
                    ),
                ),
                (
                    "text",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="votes", to="core.textversion"
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(
                        condition=models.Q(("counted_at__isnull", True)), fields=["closes_at"], name="vote_due"
                    )
                ],
                "constraints": [
                    models.UniqueConstraint(fields=("proposal", "number"), name="vote_number_once"),
                    models.UniqueConstraint(
                        condition=models.Q(("counted_at__isnull", True)), fields=("proposal",), name="vote_open_once"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("closes_at__gt", models.F("opened_at"))), name="vote_closes_later"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("counted_at__isnull", True), ("outcome", ""), ("tally__isnull", True)),
                            models.Q(
                                ("counted_at__isnull", False),
                                ("tally__isnull", False),
                                models.Q(("outcome", ""), _negated=True),
                                models.Q(("reason", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="vote_counted_has_a_tally",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("rule__in", ["consensus", "weak", "majority", "recall", "removal", "removal_large"])
                        ),
                        name="vote_rule_known",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="RollEntry",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("may_block", models.BooleanField(default=True)),
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
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="roll", to="core.vote"),
                ),
            ],
            options={
                "verbose_name_plural": "roll entries",
                "constraints": [models.UniqueConstraint(fields=("vote", "person"), name="roll_person_once")],
            },
        ),
        migrations.CreateModel(
            name="Ballot",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "position",
                    models.CharField(
                        choices=[
                            ("agree", "agree"),
                            ("reservations", "reservations"),
                            ("aside", "aside"),
                            ("abstain", "abstain"),
                            ("block", "block"),
                            ("disagree", "disagree"),
                            ("yes", "yes"),
                            ("no", "no"),
                        ],
                        max_length=12,
                        verbose_name="position",
                    ),
                ),
                ("reason", models.TextField(blank=True, max_length=2000, verbose_name="why")),
                ("cast_at", models.DateTimeField()),
                ("changed_at", models.DateTimeField()),
                ("change_no", models.PositiveIntegerField(default=1)),
                ("nonce", models.BinaryField(max_length=32)),
                ("leaf", models.CharField(max_length=64)),
                (
                    "roll",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT, related_name="ballot", to="core.rollentry"
                    ),
                ),
                (
                    "vote",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="ballots", to="core.vote"
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["vote", "position"], name="ballot_tally")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "position__in",
                                ["agree", "reservations", "aside", "abstain", "block", "disagree", "yes", "no"],
                            )
                        ),
                        name="ballot_position_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("position", "block"), _negated=True),
                            models.Q(("reason", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="ballot_block_has_a_reason",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Vouch",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("at", models.DateTimeField()),
                (
                    "application",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="vouches", to="core.application"
                    ),
                ),
                (
                    "membership",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="vouches", to="core.membership"
                    ),
                ),
            ],
            options={
                "verbose_name_plural": "vouches",
                "constraints": [models.UniqueConstraint(fields=("application", "membership"), name="vouch_once")],
            },
        ),
        migrations.CreateModel(
            name="Withdrawal",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("nonce", models.BinaryField(max_length=32)),
                (
                    "mandate",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="withdrawals", to="core.mandate"
                    ),
                ),
                (
                    "membership",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="withdrawals", to="core.membership"
                    ),
                ),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("mandate", "membership"), name="withdrawal_once")],
            },
        ),
        migrations.CreateModel(
            name="ApiToken",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(max_length=60, verbose_name="what it is for")),
                (
                    "scope",
                    models.CharField(
                        choices=[("read", "Read"), ("act", "Read and act")],
                        default="read",
                        max_length=4,
                        verbose_name="what it may do",
                    ),
                ),
                ("token_hash", models.CharField(max_length=64, unique=True)),
                ("created_at", models.DateTimeField()),
                ("expires_at", models.DateTimeField()),
                ("ended_at", models.DateTimeField(blank=True, null=True)),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="tokens", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("scope__in", ["read", "act"])), name="token_scope_known"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("expires_at__gt", models.F("created_at"))), name="token_expires_later"
                    ),
                ],
            },
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="charter",
            trigger=pgtrigger.compiler.Trigger(
                name="charter_fixed",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition='WHEN (OLD."in_force_at" IS NOT NULL)',
                    func="RAISE EXCEPTION 'a charter that was in force never changes';",
                    hash="85917bd8b9b3ff94a82e71c4428b683a4bc57819",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_charter_fixed_04271",
                    table="core_charter",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="mandate",
            trigger=pgtrigger.compiler.Trigger(
                name="mandate_over",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition='WHEN (OLD."ended_at" IS NOT NULL)',
                    func="RAISE EXCEPTION 'an ended mandate never changes';",
                    hash="11b6ba68dcbcd10e783b769d516917cd1584f51f",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_mandate_over_68ef4",
                    table="core_mandate",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="recordline",
            trigger=pgtrigger.compiler.Trigger(
                name="record_append_only",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="48f79603c56bba01ea892628ef9b1bdd827e1ee9",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_record_append_only_6bbcc",
                    table="core_recordline",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="textversion",
            trigger=pgtrigger.compiler.Trigger(
                name="text_fixed",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="0bea4bf529f224607c19c4dced59ca1d296bdab8",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_text_fixed_1dabe",
                    table="core_textversion",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="vote",
            trigger=pgtrigger.compiler.Trigger(
                name="vote_fixed",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="IF OLD.counted_at IS NOT NULL THEN RAISE EXCEPTION 'a counted vote never changes'; END IF; IF OLD.roll_size IS NOT NULL AND NEW.roll_size IS DISTINCT FROM OLD.roll_size THEN RAISE EXCEPTION 'a roll never changes'; END IF; IF NEW.proposal_id IS DISTINCT FROM OLD.proposal_id THEN RAISE EXCEPTION 'a vote keeps its proposal_id'; END IF; IF NEW.number IS DISTINCT FROM OLD.number THEN RAISE EXCEPTION 'a vote keeps its number'; END IF; IF NEW.matter IS DISTINCT FROM OLD.matter THEN RAISE EXCEPTION 'a vote keeps its matter'; END IF; IF NEW.rule IS DISTINCT FROM OLD.rule THEN RAISE EXCEPTION 'a vote keeps its rule'; END IF; IF NEW.charter_id IS DISTINCT FROM OLD.charter_id THEN RAISE EXCEPTION 'a vote keeps its charter_id'; END IF; IF NEW.text_id IS DISTINCT FROM OLD.text_id THEN RAISE EXCEPTION 'a vote keeps its text_id'; END IF; IF NEW.second_call IS DISTINCT FROM OLD.second_call THEN RAISE EXCEPTION 'a vote keeps its second_call'; END IF; IF NEW.opened_at IS DISTINCT FROM OLD.opened_at THEN RAISE EXCEPTION 'a vote keeps its opened_at'; END IF; IF NEW.closes_at IS DISTINCT FROM OLD.closes_at THEN RAISE EXCEPTION 'a vote keeps its closes_at'; END IF; IF NEW.quorum_num IS DISTINCT FROM OLD.quorum_num THEN RAISE EXCEPTION 'a vote keeps its quorum_num'; END IF; IF NEW.quorum_den IS DISTINCT FROM OLD.quorum_den THEN RAISE EXCEPTION 'a vote keeps its quorum_den'; END IF; IF NEW.agreement_num IS DISTINCT FROM OLD.agreement_num THEN RAISE EXCEPTION 'a vote keeps its agreement_num'; END IF; IF NEW.agreement_den IS DISTINCT FROM OLD.agreement_den THEN RAISE EXCEPTION 'a vote keeps its agreement_den'; END IF; IF NEW.asides_num IS DISTINCT FROM OLD.asides_num THEN RAISE EXCEPTION 'a vote keeps its asides_num'; END IF; IF NEW.asides_den IS DISTINCT FROM OLD.asides_den THEN RAISE EXCEPTION 'a vote keeps its asides_den'; END IF; RETURN NEW;",
                    hash="8ccea6ed9531938eda2d8665108b9a75f31dfa0b",
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
                name="vote_kept",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot delete rows from % table', TG_TABLE_NAME;",
                    hash="dff0a1150d4aedbdb821d550b57ac0848d2e3ace",
                    operation="DELETE",
                    pgid="pgtrigger_vote_kept_7438c",
                    table="core_vote",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="rollentry",
            trigger=pgtrigger.compiler.Trigger(
                name="roll_frozen",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="IF EXISTS (SELECT 1 FROM core_vote WHERE id = NEW.vote_id AND roll_size IS NOT NULL) THEN RAISE EXCEPTION 'a roll never changes'; END IF; RETURN NEW;",
                    hash="a78b80c18dfcc2a240d9c4b8e96e3a74961275de",
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
                name="roll_fixed",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="4067b200406450f98f136dbd5767171f037d0224",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_roll_fixed_65cb4",
                    table="core_rollentry",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="ballot",
            trigger=pgtrigger.compiler.Trigger(
                name="ballot_in_time",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="\n    PERFORM pg_advisory_xact_lock_shared(7001, NEW.vote_id::int);\n    IF NOT EXISTS (\n        SELECT 1 FROM core_vote\n        WHERE id = NEW.vote_id AND counted_at IS NULL AND closes_at > folkmoot_now()\n    ) THEN RAISE EXCEPTION 'voting has closed' USING ERRCODE = 'FM001'; END IF;\n    IF NOT EXISTS (SELECT 1 FROM core_rollentry WHERE id = NEW.roll_id AND vote_id = NEW.vote_id) THEN\n        RAISE EXCEPTION 'not on the roll of this vote'; END IF;\n    IF TG_OP = 'UPDATE' AND (NEW.roll_id <> OLD.roll_id OR NEW.vote_id <> OLD.vote_id) THEN\n        RAISE EXCEPTION 'a ballot stays with its elector'; END IF;\n    RETURN NEW;\n",
                    hash="33229915d0de0520cb8625f98696e87f7cbfaddf",
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
                name="ballot_kept",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot delete rows from % table', TG_TABLE_NAME;",
                    hash="41275b7264b482894d4ad5761a3b0bb4929640cd",
                    operation="DELETE",
                    pgid="pgtrigger_ballot_kept_690b2",
                    table="core_ballot",
                    when="BEFORE",
                ),
            ),
        ),
    ]
