"""Mails: each notice at least once, always under the same Message-ID, with a way to stop them that needs no sign-in."""

import smtplib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, tzinfo

import structlog
from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.core.mail.backends.base import BaseEmailBackend
from django.db import connection
from django.template.loader import render_to_string
from django.utils import timezone, translation

from core.models import Notice, Person
from core.queries.notices import with_cause
from core.timekeeping import folkmoot_now

from . import ballot_links
from .addresses import CONFIRMED
from .naming import address
from .stopping import stop_url
from .words import words_of

log = structlog.get_logger(__name__)

NOTICE_LOCKS, DIGEST_LOCKS = 7002, 7003
"""First numbers of the advisory locks on mails being sent; the second is the id of the notice or person."""


@dataclass(frozen=True, slots=True)
class Letter:
    """What a mail says. `template` names the pair of text and HTML below templates/mail/."""

    template: str
    subject: str
    message_id: str
    content: dict[str, object]
    zone: tzinfo = UTC


def deliver(notice_id: int, *, post: BaseEmailBackend | None = None) -> bool:
    """Send one notice as a mail if it is still due; False if there was nothing to send. Raises if the mail server does.

    The lock belongs to the session and not to a transaction: none is held open while the mail server takes its time.
    """
    with alone(NOTICE_LOCKS, notice_id) as mine:
        due = with_cause(Notice.objects.filter(pk=notice_id, mail=Notice.Mail.DUE))
        notice = due.first() if mine else None
        if notice is None:
            return False
        if Person.objects.filter(CONFIRMED, pk=notice.person_id, is_active=True).exists():
            send(notice.person, letter_about(notice), post=post)
            Notice.objects.filter(pk=notice_id).update(mail=Notice.Mail.SENT, mailed_at=folkmoot_now())
            return True
        give_up(notice_id)
        return False


def give_up(notice_id: int) -> None:
    """This mail cannot reach anybody; the notice stays on the page."""
    Notice.objects.filter(pk=notice_id, mail=Notice.Mail.DUE).update(mail=Notice.Mail.NONE)


def letter_about(notice: Notice) -> Letter:
    """One notice as a mail, in its reader's language."""
    with translation.override(notice.person.language):
        words = words_of(notice)
        return Letter(
            template="notice",
            subject=words.title,
            message_id=f"notice-{notice.pk}",
            content={
                "words": words,
                "body": notice.cause.body,
                "link": absolute(words.link),
                "ballot_link": ballot_links.url_in(notice),
            },
        )


def send(person: Person, letter: Letter, *, post: BaseEmailBackend | None = None) -> None:
    """Hand a letter to the mail server. An address that it refuses for good is no reason to try again."""
    stop = stop_url(person)
    with translation.override(person.language), timezone.override(letter.zone):
        content = {
            **letter.content,
            "person": person,
            "subject": letter.subject,
            "language": person.language,
            "stop": stop,
            "house": settings.SITE_URL,
            "settings_page": absolute(address("core:settings")),
        }
        mail = EmailMultiAlternatives(
            subject=" ".join(letter.subject.split()),
            body=render_to_string(f"mail/{letter.template}.txt", content),
            to=[person.email or ""],
            headers=headers(letter.message_id, stop),
            connection=post,
        )
        mail.attach_alternative(render_to_string(f"mail/{letter.template}.html", content), "text/html")
    try:
        mail.send()
    except smtplib.SMTPRecipientsRefused as refused:
        if not for_good(refused):
            raise
        log.warning("the mail server refuses an address for good", person=person.pk)


def for_good(refused: smtplib.SMTPRecipientsRefused) -> bool:
    """Whether the refusal is permanent (5xx)."""
    return all(code >= 500 for code, _words in refused.recipients.values())


def headers(message_id: str, stop: str) -> dict[str, str]:
    """A fixed Message-ID, and the one-click stop of RFC 8058."""
    return {
        "Message-ID": f"<{message_id}@{settings.SITE_ADDRESS.hostname}>",
        "List-Unsubscribe": f"<{stop}>",
        "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
        "Auto-Submitted": "auto-generated",
    }


def absolute(path: str) -> str:
    """A path as a whole address."""
    return f"{settings.SITE_URL}{path}"


@contextmanager
def alone(kind: int, key: int) -> Iterator[bool]:
    """Whether this process alone sends that mail now; nobody waits for another."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_lock(%s, %s)", [kind, key])
        mine = bool(cursor.fetchone()[0])
    try:
        yield mine
    finally:
        if mine:
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_advisory_unlock(%s, %s)", [kind, key])
