"""Looks at the house before it opens: the clock is the real one, and the web role owns nothing."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import connection

OWNS_OR_RULES = """
    SELECT count(*) FILTER (WHERE c.oid IS NOT NULL) > 0, bool_or(r.rolsuper), bool_or(r.rolbypassrls)
      FROM pg_roles r LEFT JOIN pg_class c ON c.relowner = r.oid AND c.relnamespace = 'public'::regnamespace
     WHERE r.rolname = current_user
"""
SIGNS = "SELECT has_table_privilege('core_checkpoint', 'INSERT') OR has_table_privilege('core_receipt', 'INSERT')"
OFFSET = 'SELECT coalesce(max(abs(extract(epoch FROM "offset"))), 0) <> 0 FROM core_clockoffset'


class Command(BaseCommand):
    """Ends with an error and a sentence when people must not be let in."""

    help = "Check that the clock is real and that the web role owns nothing. A demo may move its clock."

    def handle(self, *_args: Any, **_options: Any) -> None:
        """Ask the database."""
        with connection.cursor() as cursor:
            cursor.execute(OFFSET)
            moved = bool(cursor.fetchone()[0])
            cursor.execute(OWNS_OR_RULES)
            owns, rules, bypasses = cursor.fetchone()
            cursor.execute(SIGNS)
            signs = bool(cursor.fetchone()[0])
        if moved and not settings.DEMO:
            raise CommandError(
                "The clock of this house has been moved, as in a demo. Real people decide by the real time: "
                "start a new house, or set the offset back as the owner."
            )
        if owns or rules or bypasses:
            raise CommandError(
                "DATABASE_URL connects as a role that owns tables or may do everything. "
                "Name the web role there, and the owner in DATABASE_OWNER_URL."
            )
        if signs:
            raise CommandError(
                "DATABASE_URL connects as a role that can write what only the signer may. "
                "Name the web role there, and the signer's in DATABASE_SIGNER_URL."
            )
