"""What a test has committed goes as rows.

Django empties tables by TRUNCATE, which writes the files of all tables and indexes anew, some thousand, whether there
was a row in them or not.
"""

from typing import Any

from django.db import connection, transaction

STAY = {"django_content_type", "auth_permission"}
"""What migrations leave behind and no test changes."""
FILLED = "SELECT '{0}', relforcerowsecurity FROM pg_class WHERE oid = '{0}'::regclass AND EXISTS (SELECT FROM {0})"


def empty_tables(_case: Any) -> None:
    """Delete all rows, past triggers and foreign keys. Waits, as TRUNCATE does, for whoever is still writing."""
    known = connection.introspection.django_table_names(only_existing=True, include_views=False)
    tables = [connection.ops.quote_name(name) for name in sorted({*known} - STAY)]
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"LOCK TABLE {', '.join(tables)} IN EXCLUSIVE MODE")
        cursor.execute("SET LOCAL session_replication_role = replica")
        cursor.execute(" UNION ALL ".join(map(FILLED.format, tables)))
        for name, walled in cursor.fetchall():
            cursor.execute(f"TRUNCATE {name}" if walled else f"DELETE FROM {name}")  # a wall lets nobody delete
