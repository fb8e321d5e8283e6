"""A house for real people does not open with a moved clock, or as the owner of its tables."""

from datetime import timedelta

import pytest
from django.conf import LazySettings
from django.conf import settings as house_settings
from django.core.management import CommandError, call_command
from django.db import connection

from core.models import ClockOffset


def as_web_role() -> None:
    with connection.cursor() as cursor:
        cursor.execute(f'SET LOCAL ROLE "{house_settings.DATABASE_WEB_ROLE}"')


@pytest.mark.django_db
def test_a_house_in_order_opens() -> None:
    as_web_role()

    call_command("check_house")


@pytest.mark.django_db
def test_a_moved_clock_keeps_the_house_closed(settings: LazySettings) -> None:
    ClockOffset.objects.update_or_create(pk=1, defaults={"offset": timedelta(days=-1)})
    as_web_role()

    with pytest.raises(CommandError, match="clock of this house has been moved"):
        call_command("check_house")
    settings.DEMO = True
    call_command("check_house")


@pytest.mark.django_db
def test_the_signer_does_not_serve() -> None:
    with connection.cursor() as cursor:
        cursor.execute(f'SET LOCAL ROLE "{house_settings.DATABASE_SIGNER_ROLE}"')

    with pytest.raises(CommandError, match="what only the signer may"):
        call_command("check_house")


@pytest.mark.django_db
def test_the_owner_does_not_serve() -> None:
    with pytest.raises(CommandError, match="owns tables"):
        call_command("check_house")
