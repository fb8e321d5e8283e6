"""Loads the demo neighbourhood: months of history, told through the ordinary actions."""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import connection
from django.db.models import F, OuterRef, Subquery

from confederation.demo import brook, hearings, watch
from core.models import Body, Cause, Notice, Person
from core.notices.fanning import fan_out
from core.timekeeping import folkmoot_now
from councils.demo import accounts, alder, elections, everyday, lantern, learning, meetings, millbrook, talks
from councils.demo.people import ALDER, MILLBROOK, make_cast, make_neighbours
from councils.demo.teller import Teller
from councils.offset import set_offset

BEGINS = 150
"""Days before today."""


class Command(BaseCommand):
    """Run as the owner: it moves the clock of decisions and leaves it at the real time."""

    help = "Load the demo neighbourhood into an empty house."

    def handle(self, *args: Any, **options: Any) -> None:
        """Tell the story from its first day to today, a line for every month."""
        if not settings.DEMO:
            raise CommandError("The demo is only for a demo house: set FOLKMOOT_DEMO=1.")
        if Body.objects.filter(slug="alder-street-council").exists():
            self.stdout.write("The demo is there already.")
            return
        if Person.objects.exists():
            raise CommandError("People live here already. The demo needs an empty house.")
        started = time.monotonic()
        with not_waiting_for_the_disk(), quick_passphrases():
            tell(self.stdout.write)
        self.stdout.write(f"The demo is ready ({time.monotonic() - started:.0f} s).")


@contextmanager
def not_waiting_for_the_disk() -> Iterator[None]:
    """A thousand small commits, none of which anybody relies on before the last; that one is waited for.

    However it ends, the clock is the real one again.
    """
    with connection.cursor() as cursor:
        cursor.execute("SET synchronous_commit TO off")
    try:
        yield
    finally:
        with connection.cursor() as cursor:
            cursor.execute("RESET synchronous_commit")
        set_offset(timedelta())


@contextmanager
def quick_passphrases() -> Iterator[None]:
    """Everybody knows the reading passphrase of the demo: it need not be slow to try."""
    cost = settings.READING_KEY_COST
    settings.READING_KEY_COST = (1024, 1)
    try:
        yield
    finally:
        settings.READING_KEY_COST = cost


def tell(say: Callable[[str], object]) -> None:
    """The whole story."""
    t = Teller(say, folkmoot_now())
    say("Loading the demo: five months in the life of a neighbourhood …")
    t.start_at(BEGINS)
    cast = make_cast()
    streets = make_neighbours(ALDER, initials=False)
    others = make_neighbours(MILLBROOK, initials=True)
    street = alder.found(t, cast, streets)
    hood = millbrook.found(t, cast, others, streets)
    told = [*alder.events(street), *everyday.events(street), *elections.events(street), *talks.events(street)]
    told += [*millbrook.events(hood), *accounts.events(street), *learning.events(street), *meetings.events(street)]
    told += [*watch.events(street), *hearings.events(street)]
    told += brook.events(brook.found(street, others[10:25]), hood)
    told += millbrook.small_bodies(t, cast, streets)
    told += lantern.events(lantern.group(t, cast), street, hood, others[-4:])
    last_month = BEGINS // 30
    for event in sorted(told, key=lambda each: -each.days_ago):
        t.go_to(event.days_ago)
        event.happen()
        month = int(event.days_ago // 30)
        if month < last_month:
            last_month = month
            say(f"  … {month * 30} days ago" if month else "  … the last month")
    t.arrive()
    deliver_quietly()


def deliver_quietly() -> None:
    """All news is on the pages, dated when it happened; what is older than two days was read, and comes by no mail."""
    for cause in Cause.objects.filter(fanned_at__isnull=True).order_by("at").values_list("pk", flat=True):
        fan_out(cause)
    at = folkmoot_now()
    Notice.objects.update(at=Subquery(Cause.objects.filter(pk=OuterRef("cause")).values("at")[:1]))
    read = Notice.objects.filter(at__lt=at - timedelta(days=2))
    read.update(seen_at=F("at"), mail=Notice.Mail.NONE)
