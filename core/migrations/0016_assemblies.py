"""What assemblies ask of core: news of a pillar with title and path, and a discussion that was waived."""

from django.db import migrations, models

import core.models.fields


class Migration(migrations.Migration):
    dependencies = [
        ("core", "0015_ends"),
    ]

    operations = [
        migrations.AddField(
            model_name="cause",
            name="path",
            field=models.CharField(blank=True, db_default="", default="", max_length=200),
        ),
        migrations.AddField(
            model_name="cause",
            name="title",
            field=core.models.fields.LineField(blank=True, db_default="", default="", max_length=120),
        ),
        migrations.AddField(
            model_name="proposal",
            name="waived_at",
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.AddConstraint(
            model_name="proposal",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("waived_at__isnull", True),
                    models.Q(("discussion_at__isnull", False), ("waived_at__gte", models.F("discussion_at"))),
                    _connector="OR",
                ),
                name="proposal_waived_after_it_was_put_up",
            ),
        ),
    ]
