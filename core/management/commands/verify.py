"""Runs the verifier on the live record of every body: what ./folkmoot verify does."""

import sys
from argparse import ArgumentParser
from collections.abc import Callable
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import get_language

from core.models import Body
from core.queries.record_files import get_members_file
from core.record import record_id
from verify.canonical import Unreadable
from verify.checking import check
from verify.findings import Findings
from verify.notes import Note, read_checkpoint, read_note, read_receipt
from verify.report import told
from verify.signatures import Signed
from verify.words import LANGUAGES

Kept = dict[str, list[str]]
"""Notes that somebody kept, by the record that they are of."""


class Command(BaseCommand):
    """Ends with 1 if something does not hold, with 2 if there is nothing to check."""

    help = "Check the records of all bodies, as folkmoot-verify.pyz does it with their members' files."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Which bodies, held against what, and in which language."""
        parser.add_argument("slug", nargs="*", help="only these bodies, by the last part of their address")
        parser.add_argument("--key", action="append", default=[], help="the key of the house, as it was printed")
        parser.add_argument("--checkpoint", action="append", default=[], help="a file with a checkpoint that was kept")
        parser.add_argument("--receipt", action="append", default=[], help="a file with a receipt that was kept")
        parser.add_argument("--language", choices=LANGUAGES, default="es" if get_language() == "es" else "en")

    def handle(self, *_args: Any, **options: Any) -> None:
        """One body after the other."""
        bodies = Body.objects.order_by("pk")
        if options["slug"]:
            bodies = bodies.filter(slug__in=options["slug"])
        if not bodies:
            raise CommandError("There is no record to check.", returncode=2)
        checkpoints = by_record(options["checkpoint"], lambda note: read_checkpoint(note).record)
        receipts = by_record(options["receipt"], lambda note: read_receipt(note).record)
        all_hold = True
        for body in bodies:
            self.stdout.write(f"{body.name} ({body.slug})")
            record = record_id(body)
            kept = Signed(list(options["key"]), [], checkpoints.pop(record, []), receipts.pop(record, []))
            findings = self.check_one(body, kept)
            all_hold = all_hold and findings.holds
            self.stdout.write("\n".join(told(findings, options["language"])) + "\n\n")
        for record in sorted({*checkpoints, *receipts}):
            all_hold = False
            self.stdout.write(f"What was kept of the record {record} is of none of these bodies.\n")
        if not all_hold:
            sys.exit(1)

    def check_one(self, body: Body, outside: Signed) -> Findings:
        """The findings in one record; on a terminal the lines are counted."""

        def tell(lines: int) -> None:
            self.stderr.write(f"\r{lines:,}", ending="")

        file = (line.encode() for line in get_members_file(body, None))
        return check(file, outside, tell if sys.stderr.isatty() else None)


def by_record(names: list[str], record_of: Callable[[Note], str]) -> Kept:
    """The notes in these files, by their records. What cannot be read ends the command: nothing is passed over."""
    found: Kept = {}
    for name in names:
        try:
            text = Path(name).read_text("utf-8")
            found.setdefault(record_of(read_note(text)), []).append(text)
        except (OSError, UnicodeDecodeError, Unreadable):
            raise CommandError(f"{name} cannot be read, or is not what it is said to be.", returncode=2) from None
    return found
