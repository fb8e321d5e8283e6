"""The one clock of decisions: the database's, plus an offset that only the owner role can write (DESIGN section 4)."""

from datetime import datetime

from django.db import connection
from django.db.models import DateTimeField, Func


def folkmoot_now() -> datetime:
    """The moment, by the database's clock, read now (not at the start of the transaction)."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT folkmoot_now()")
        row = cursor.fetchone()
    moment: datetime = row[0]
    return moment


class Moment(Func):
    """The same moment as a column of what is read anyway, where asking for it alone would be one more statement."""

    function = "folkmoot_now"
    arity = 0
    output_field = DateTimeField()
