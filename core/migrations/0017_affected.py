"""Bodies that a proposal affects, and their requests to decide together."""

import django.db.models.deletion
from django.db import migrations, models

from core.migrations._house import grant_affected


class Migration(migrations.Migration):
    dependencies = [
        ("core", "0016_assemblies"),
    ]

    operations = [
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
                    ("effect.failed", "a decision could not be carried out"),
                    ("vote.void", "a vote begins anew"),
                    ("house.restored", "a backup was restored"),
                ],
                max_length=30,
            ),
        ),
        migrations.CreateModel(
            name="Affected",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("why", models.TextField(max_length=500, verbose_name="how it affects them")),
                ("named_at", models.DateTimeField()),
                ("asked_at", models.DateTimeField(blank=True, null=True)),
                (
                    "answer",
                    models.CharField(
                        blank=True,
                        choices=[("", "not answered yet"), ("agreed", "we decide together"), ("refused", "refused")],
                        default="",
                        max_length=7,
                    ),
                ),
                ("words", models.TextField(blank=True, max_length=2000, verbose_name="why")),
                ("answered_at", models.DateTimeField(blank=True, null=True)),
                (
                    "body",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="affected_by", to="core.body"
                    ),
                ),
                (
                    "proposal",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="affected", to="core.proposal"
                    ),
                ),
            ],
            options={
                "verbose_name_plural": "affected",
            },
        ),
        migrations.AddField(
            model_name="proposal",
            name="asks",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="requests",
                to="core.affected",
            ),
        ),
        migrations.AddConstraint(
            model_name="proposal",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("asks__isnull", False), ("kind", "joint")),
                    models.Q(models.Q(("kind", "joint"), _negated=True), ("asks__isnull", True)),
                    _connector="OR",
                ),
                name="proposal_asks_only_for_joint",
            ),
        ),
        migrations.AddConstraint(
            model_name="proposal",
            constraint=models.UniqueConstraint(
                condition=models.Q(("kind", "joint"), ("stage__in", ["discussion", "voting", "round"])),
                fields=("asks",),
                name="joint_open_once",
            ),
        ),
        migrations.AddConstraint(
            model_name="affected",
            constraint=models.UniqueConstraint(fields=("proposal", "body"), name="affected_body_once"),
        ),
        migrations.AddConstraint(
            model_name="affected",
            constraint=models.CheckConstraint(condition=models.Q(("why", ""), _negated=True), name="affected_says_why"),
        ),
        migrations.AddConstraint(
            model_name="affected",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("answer", ""), ("answered_at__isnull", True), ("words", "")),
                    models.Q(
                        ("answer__in", ["agreed", "refused"]),
                        ("answered_at__isnull", False),
                        ("asked_at__isnull", False),
                        models.Q(("words", ""), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="affected_answer_has_words",
            ),
        ),
        migrations.RunPython(grant_affected, migrations.RunPython.noop),
    ]
