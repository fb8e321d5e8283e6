"""Tests own their database; what a request does, it does as the web role, which owns nothing (DESIGN 10)."""

from collections.abc import Callable

import psycopg
from django.conf import settings
from django.db import connection
from django.http import HttpRequest, HttpResponse


def _say(statement: psycopg.sql.Composable | str) -> None:
    """Past Django's cursors, so that tests that count queries do not count this."""
    connection.ensure_connection()
    connection.connection.execute(statement)


class WebRoleMiddleware:
    """SET ROLE before a request, RESET after it; outermost, so that nothing of the request escapes it."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        role = psycopg.sql.Identifier(settings.DATABASE_WEB_ROLE)
        _say(psycopg.sql.SQL("SET ROLE {}").format(role))
        try:
            return self.get_response(request)
        finally:
            if connection.connection is not None and not connection.needs_rollback:
                _say("RESET ROLE")
