"""Minutes keep apart who is named in them, so that who is forgotten can be hidden."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("councils", "0005_groups"),
    ]

    operations = [
        migrations.AddField(
            model_name="minutes",
            name="named",
            field=models.JSONField(default=dict),
        ),
    ]
