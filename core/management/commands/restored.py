"""What follows on a restored backup, in every body."""

from datetime import datetime
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction

from core.actions import restoring
from core.models import Body, RecordLine, Vote
from core.signer import memory
from core.signer import votes as keys
from core.signer.folder import the_folder
from core.signer.memory import Memory


class Command(BaseCommand):
    """Called by `./folkmoot restore`, as the owner, before anybody is let in."""

    help = __doc__

    def add_arguments(self, parser: CommandParser) -> None:
        """When the backup was made."""
        parser.add_argument("backup_at", type=datetime.fromisoformat)

    def handle(self, *_args: Any, backup_at: datetime, **_options: Any) -> None:
        """All bodies or none: a restore that was broken off begins anew."""
        if backup_at.tzinfo is None:
            raise CommandError("Give the moment with its time zone, for example 2026-05-01T20:00:00+00:00.")
        with transaction.atomic():
            restoring.leap()
            renew_keys()
            bodies = Body.objects.filter(ended_at__isnull=True).order_by("pk")
            votes = sum(restoring.restored(body, backup_at=backup_at, remembered=remembered(body)) for body in bodies)
            count = len(bodies)
        self.stdout.write(f"{count} bodies have it in their record; {votes} open votes begin anew.")


def renew_keys() -> None:
    """New keys for the secret votes that begin anew, and a full stock; none that the backup knew is used again."""
    folder = keys.ready()
    with folder.locked():
        keys.renew(keys.STOCK + Vote.objects.open().filter(secret=True).count())


def remembered(body: Body) -> Memory:
    """What the signer of this house remembers of a body; nothing where its folder is another house's, or lost."""
    found = memory.recall(the_folder(), body.pk)
    same = RecordLine.objects.filter(body=body, seq=1, hash__startswith=found.record).exists()
    return found if found.record and same else Memory()
