"""No address is NULL, never "": addresses are unique."""

from typing import ClassVar

from django.db import migrations, models


class Migration(migrations.Migration):
    """One constraint."""

    dependencies: ClassVar = [("core", "0002_house")]

    operations: ClassVar = [
        migrations.AddConstraint(
            model_name="person",
            constraint=models.CheckConstraint(condition=~models.Q(email=""), name="person_email_or_none"),
        ),
    ]
