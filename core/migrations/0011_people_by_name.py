"""People by their names: a page of a large body's members no longer reads and sorts all of them."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("core", "0010_receipts_forgotten"),
    ]

    operations = [
        migrations.AddIndex(
            model_name="person",
            index=models.Index(fields=["display_name"], name="person_by_name"),
        ),
    ]
