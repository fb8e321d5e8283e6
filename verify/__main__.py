"""python folkmoot-verify.pyz RECORD.jsonl: checks a record file and says in words what holds and what does not."""

from __future__ import annotations

import argparse
import io
import locale
import os
import sys
from pathlib import Path

from .checking import check
from .findings import Findings
from .report import number, told
from .signatures import Signed
from .words import LANGUAGES, TALK, say

WHOLE, NOT_WHOLE, NOT_CHECKED = 0, 1, 2


def asked() -> argparse.ArgumentParser:
    """What can be said on the command line."""
    parser = argparse.ArgumentParser(
        prog="folkmoot-verify",
        description="Checks a record of Folkmoot. Ends with 0 if all that was checked holds, 1 if something does not, "
        "2 if it could not be checked.",
    )
    parser.add_argument("record", help="the file that was downloaded from the record page")
    parser.add_argument("--checkpoint", action="append", default=[], metavar="FILE", help="a checkpoint that you kept")
    parser.add_argument("--mailed", action="append", default=[], metavar="LINE", help="a line of a daily mail, quoted")
    parser.add_argument("--receipt", action="append", default=[], metavar="FILE", help="a receipt that you kept")
    parser.add_argument("--key", action="append", default=[], metavar="KEY", help="the key of the house, as printed")
    parser.add_argument("--language", choices=LANGUAGES, default=language(), help="en or es")
    parser.add_argument("--quiet", action="store_true", help="say only whether it holds")
    return parser


def language() -> str:
    """The language of this machine, if it is one of ours."""
    named = os.environ.get("LC_ALL") or os.environ.get("LC_MESSAGES") or os.environ.get("LANG") or ""
    named = named or (locale.getlocale()[0] or "")
    return "es" if named.lower().startswith(("es", "spanish")) else "en"


def main(words: list[str] | None = None) -> int:
    """Check, tell, and answer with the exit code."""
    wanted = asked().parse_args(words)
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="replace")
    try:
        findings = checked(wanted)
    except FileNotFoundError as problem:
        print(say(TALK, "no_file", wanted.language, name=problem.filename), file=sys.stderr)
        return NOT_CHECKED
    except Exception as problem:  # whatever it is, it is not "does not hold": nobody knows
        print(say(TALK, "cannot", wanted.language, why=problem), file=sys.stderr)
        return NOT_CHECKED
    for line in list(told(findings, wanted.language))[: 2 if wanted.quiet else None]:
        print(line)
    return WHOLE if findings.holds else NOT_WHOLE


def checked(wanted: argparse.Namespace) -> Findings:
    """The findings of the file that was named, with what came from outside; on a terminal the lines are counted."""
    outside = Signed(
        keys=list(wanted.key),
        checkpoints=[Path(name).read_text("utf-8") for name in wanted.checkpoint],
        receipts=[Path(name).read_text("utf-8") for name in wanted.receipt],
        mailed=list(wanted.mailed),
    )
    watched = sys.stderr.isatty()

    def tell(lines: int) -> None:
        said = say(TALK, "reading", wanted.language, number=number(lines, wanted.language))
        print(f"\r{said}", end="", file=sys.stderr)

    with Path(wanted.record).open("rb") as file:
        findings = check(file, outside, tell if watched else None)
    if watched:
        print(file=sys.stderr)
    return findings


if __name__ == "__main__":
    sys.exit(main())
