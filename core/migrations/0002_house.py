"""The clock of decisions, and the rights of the web role."""

from typing import ClassVar

from django.db import migrations

from core.migrations import _house as house


class Migration(migrations.Migration):
    """Needs the role that DATABASE_WEB_ROLE names."""

    dependencies: ClassVar = [("core", "0001_initial")]

    operations: ClassVar = [
        migrations.RunSQL(house.MAKE_CLOCK, house.UNMAKE_CLOCK),
        migrations.RunPython(house.grant_web_role, migrations.RunPython.noop),
    ]
