"""What a confederation itself founds, joins or leaves is put before it by bodies below it."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("confederation", "0002_holders"),
        ("core", "0025_confederations"),
    ]

    operations = [
        migrations.AddField(
            model_name="forward",
            name="accord",
            field=models.OneToOneField(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="forward",
                to="core.accord",
            ),
        ),
        migrations.AddField(
            model_name="forward",
            name="seat",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="confederation.seat",
            ),
        ),
        migrations.AlterField(
            model_name="forward",
            name="what",
            field=models.CharField(
                choices=[
                    ("decision", "a decision"),
                    ("recall", "the recall of a mandate"),
                    ("mandate", "a mandate"),
                    ("cede", "a matter to cede"),
                    ("take_back", "a matter to take back"),
                    ("dissolution", "the end of the confederation"),
                    ("confederate", "that it founds a confederation with others"),
                    ("join", "that it joins a confederation"),
                    ("leave_above", "that it leaves a confederation"),
                ],
                default="decision",
                max_length=11,
            ),
        ),
        migrations.AddConstraint(
            model_name="forward",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("accord__isnull", False), ("what__in", ["confederate", "join"])),
                    models.Q(models.Q(("what__in", ["confederate", "join"]), _negated=True), ("accord__isnull", True)),
                    _connector="OR",
                ),
                name="forward_of_an_accord",
            ),
        ),
        migrations.AddConstraint(
            model_name="forward",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("seat__isnull", False), ("what", "leave_above")),
                    models.Q(models.Q(("what", "leave_above"), _negated=True), ("seat__isnull", True)),
                    _connector="OR",
                ),
                name="forward_leaves_a_seat",
            ),
        ),
    ]
