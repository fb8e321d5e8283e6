"""The test database belongs to the owner; requests are made as the web role."""

import pytest
from django.db import connection
from django.test import Client


def current_user() -> str:
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_user")
        return str(cursor.fetchone()[0])


@pytest.mark.django_db
def test_health_answers_when_the_database_does(client: Client) -> None:
    response = client.get("/health/")

    assert response.status_code == 200
    assert response.json() == {"database": "here"}
    assert current_user() == "folkmoot_owner"
