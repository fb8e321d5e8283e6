"""Reads the folder into which a house without a mail server puts its mails."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path

from django.conf import settings

NEWEST = 30
BETWEEN = re.compile(rb"^-{79}$", re.MULTILINE)
"""Django's file backend writes this line after each mail."""


@dataclass(frozen=True, slots=True)
class ShownMail:
    """A mail as the demo shows it."""

    to: str
    subject: str
    date: str
    text: str


def get_mails() -> list[ShownMail]:
    """The newest mails first."""
    folder = Path(settings.EMAIL_FILE_PATH)
    if not folder.is_dir():
        return []
    shown: list[ShownMail] = []
    for file in sorted(folder.glob("*.log"), reverse=True):
        shown += reversed(list(mails_in(file.read_bytes())))
        if len(shown) >= NEWEST:
            break
    return shown[:NEWEST]


def mails_in(content: bytes) -> Iterator[ShownMail]:
    """The mails of one file, in the order in which they were sent."""
    for part in BETWEEN.split(content):
        if not part.strip():
            continue
        mail = message_from_bytes(part.lstrip(b"\n"), _class=EmailMessage, policy=policy.default)
        body = mail.get_body(("plain",))
        text = body.get_content() if body is not None else ""
        yield ShownMail(str(mail["To"] or ""), str(mail["Subject"] or ""), str(mail["Date"] or ""), text)
