"""What the application sees of its own health, for `./folkmoot doctor`: findings as JSON."""

import json
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.db.models import Exists, F, OuterRef, Q, Subquery, Sum

from core.models import (
    Cause,
    Notice,
    RecordHead,
    RecordLine,
    SealedFile,
    SigningStop,
    Vote,
    VoteKey,
    heads_to_sign,
)
from core.sealing import store
from core.timekeeping import folkmoot_now

LATE = timedelta(minutes=1)
MAILS_LATE = timedelta(minutes=15)

Finding = tuple[str, str, str]


class Command(BaseCommand):
    """Prints a list of findings: weight (ok, note, bad), what was seen, what to do."""

    help = __doc__

    def add_arguments(self, parser: CommandParser) -> None:
        """The one option."""
        parser.add_argument("--stopped", action="store_true", help="the house does not run, so nobody signs")

    def handle(self, *_args: Any, stopped: bool, **_options: Any) -> None:
        """Look at everything; what cannot be asked before the migrations is left out until then."""
        findings = [migrations()]
        if findings[0][0] == "ok":
            findings += [rights(), *overdue(), secret_votes(), sealed_files(), records(), *signing(running=not stopped)]
        self.stdout.write(json.dumps([dict(zip(("weight", "what", "advice"), each, strict=True)) for each in findings]))


def migrations() -> Finding:
    """Whether the database has the shape that the code expects."""
    executor = MigrationExecutor(connection)
    missing = len(executor.migration_plan(executor.loader.graph.leaf_nodes()))
    if missing:
        return "bad", f"the database lacks {missing} migrations", "Start the house: ./folkmoot run migrates first."
    return "ok", "the database has the shape of the code", ""


def rights() -> Finding:
    """Whether the clock is real, and the web role owns nothing."""
    try:
        call_command("check_house")
    except CommandError as problem:
        return "bad", str(problem), ""
    return "ok", "the clock is real, or the demo's; the web role owns nothing", ""


def overdue() -> Iterator[Finding]:
    """What should have happened by now."""
    at = folkmoot_now()
    votes = Vote.objects.due(at - LATE).count()
    if votes:
        yield "bad", f"{votes} votes are past their close and not counted", "The settling loop does not run."
    else:
        yield "ok", "no vote waits for its count", ""
    news = Cause.objects.filter(fanned_at__isnull=True, at__lt=at - LATE).count()
    if news:
        yield "bad", f"{news} pieces of news were not told yet", "Worker and settling loop do not run."
    else:
        yield "ok", "all news is told", ""
    mails = Notice.objects.filter(mail=Notice.Mail.DUE, at__lt=at - MAILS_LATE).count()
    if mails:
        yield "note", f"{mails} mails wait for the mail server", "Look at EMAIL_URL and at the worker's log."
    else:
        yield "ok", "no mail waits", ""


def secret_votes() -> Finding:
    """Whether the signer opens boxes and keeps its stock of keys."""
    late = Vote.objects.due(folkmoot_now() - LATE).filter(secret=True, opened__isnull=True, key__lost_at__isnull=True)
    if shut := late.count():
        return "bad", f"{shut} secret votes have closed and nobody has opened their boxes", "The signer does not run."
    if not VoteKey.objects.in_stock().exists():
        return "note", "no key for a secret vote is ready, so recalls wait for one", "Does the signer run?"
    return "ok", "secret votes have their keys, and no box waits to be opened", ""


def sealed_files() -> Finding:
    """Whether files are destroyed in time, and can be opened until then."""
    if late := SealedFile.objects.due(folkmoot_now() - LATE).count():
        return "bad", f"{late} sealed files should have been destroyed by now", "Does it run, and reach SEALS_FOLDER?"
    alive = set(SealedFile.objects.filter(destroyed_at__isnull=True).values_list("pk", flat=True))
    if shut := len(alive - store.files()):
        return "bad", f"{shut} sealed files have no seal: nobody can open them", "Is SEALS_FOLDER the right one?"
    return "ok", "sealed files can be opened, and are destroyed in time", ""


def records() -> Finding:
    """Whether each record ends where its head says."""
    last = RecordLine.objects.filter(body=OuterRef("pk")).order_by("-seq")
    heads = RecordHead.objects.annotate(last=Subquery(last.values("hash")[:1]), lines=Subquery(last.values("seq")[:1]))
    elsewhere = Q(last__isnull=True) | ~Q(last=F("hash")) | ~Q(lines=F("seq"))
    broken = heads.filter(elsewhere, seq__gt=0).count()
    if broken:
        return "bad", f"{broken} records do not end where they should", "Restore a backup, and ask who changed tables."
    return "ok", f"{heads.count()} records end where they should", ""


def signing(*, running: bool) -> Iterator[Finding]:
    """Whether the signer keeps up, and whether every record goes on from what was signed."""
    stopped = SigningStop.objects.standing().values("body").distinct().count()
    if stopped:
        yield (
            "bad",
            f"{stopped} records do not go on from their last checkpoint and are not signed",
            "Somebody changed tables, or a backup was put back by hand: docs/signing.md.",
        )
    else:
        yield "ok", "every record goes on from what was signed", ""
    if not running:
        return
    late = RecordLine.objects.filter(body=OuterRef("pk"), seq=OuterRef("signed") + 1, at__lt=folkmoot_now() - LATE)
    behind = heads_to_sign().filter(Exists(late)).aggregate(lines=Sum(F("seq") - F("signed")))["lines"]
    if behind:
        yield "bad", f"the signer is {behind} lines behind", "It does not run, or it has no key: read its log."
    else:
        yield "ok", "the signer keeps up", ""
