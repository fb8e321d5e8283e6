"""Runs the verifier on the live record of every body: what ./folkmoot verify does."""

import sys
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import get_language

from core.models import Body
from core.queries.record_files import get_members_file
from verify.checking import check
from verify.findings import Findings
from verify.report import told
from verify.words import LANGUAGES


class Command(BaseCommand):
    """Ends with 1 if something does not hold, with 2 if there is nothing to check."""

    help = "Check the records of all bodies, as folkmoot-verify.pyz does it with their members' files."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Which bodies, and in which language."""
        parser.add_argument("slug", nargs="*", help="only these bodies, by the last part of their address")
        parser.add_argument("--language", choices=LANGUAGES, default="es" if get_language() == "es" else "en")

    def handle(self, *_args: Any, **options: Any) -> None:
        """One body after the other."""
        bodies = Body.objects.order_by("pk")
        if options["slug"]:
            bodies = bodies.filter(slug__in=options["slug"])
        if not bodies:
            raise CommandError("There is no record to check.", returncode=2)
        all_hold = True
        for body in bodies:
            self.stdout.write(f"{body.name} ({body.slug})")
            findings = self.check_one(body)
            all_hold = all_hold and findings.holds
            self.stdout.write("\n".join(told(findings, options["language"])) + "\n\n")
        if not all_hold:
            sys.exit(1)

    def check_one(self, body: Body) -> Findings:
        """The findings in one record; on a terminal the lines are counted."""

        def tell(lines: int) -> None:
            self.stderr.write(f"\r{lines:,}", ending="")

        file = (line.encode() for line in get_members_file(body, None))
        return check(file, None, tell if sys.stderr.isatty() else None)
