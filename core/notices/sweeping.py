"""What was lost on the way is found here, every ten seconds, with or without a broker."""

import smtplib
import time
from collections.abc import Callable, Iterable
from datetime import timedelta

import structlog
from django.core.mail import get_connection
from django.db import DatabaseError
from django.db.models import Q

from core.models import AccountNews, Cause, Notice
from core.timekeeping import folkmoot_now

from . import accounts, digests, mails
from .fanning import fan_out

log = structlog.get_logger(__name__)

WORKERS_FIRST = timedelta(seconds=5)
AT_ONCE = 500
MAIL_SECONDS = 4.0
"""Mails take at most this long per sweep: the loop that sweeps also closes votes."""
PAUSES = (10.0, 60.0, 300.0, 1800.0)


class Patience:
    """Waits longer each time a mail fails, so that neither people nor a struggling mail server are hammered."""

    def __init__(self) -> None:
        self._failed: dict[tuple[str, int], tuple[int, float]] = {}

    def waits(self, what: str, key: int) -> bool:
        """Whether it is too early to try that one again."""
        _times, until = self._failed.get((what, key), (0, 0.0))
        return time.monotonic() < until

    def failed(self, what: str, key: int) -> None:
        """One more failure."""
        times = self._failed.get((what, key), (0, 0.0))[0]
        self._failed[what, key] = (times + 1, time.monotonic() + PAUSES[min(times, len(PAUSES) - 1)])

    def worked(self, what: str, key: int) -> None:
        """Forget the failures."""
        self._failed.pop((what, key), None)


patience = Patience()


def sweep() -> int:
    """Fan out forgotten causes and send forgotten mails; the number of things done. Safe beside the workers."""
    return sweep_causes() + sweep_mails() + sweep_accounts()


def sweep_causes() -> int:
    """Causes that no worker has fanned out within a few seconds. (Later ones than now: the clock was moved back.)"""
    now = folkmoot_now()
    waiting = Cause.objects.filter(Q(at__lte=now - WORKERS_FIRST) | Q(at__gt=now), fanned_at__isnull=True)
    done = 0
    for cause_id in list(waiting.order_by("at").values_list("pk", flat=True)[:AT_ONCE]):
        try:
            fan_out(cause_id)
            done += 1
        except DatabaseError as problem:
            log.warning("not fanned out", cause=cause_id, problem=type(problem).__name__)
    return done


def sweep_mails() -> int:
    """Mails that no worker has sent within a few seconds, over one connection to the mail server."""
    now = folkmoot_now()
    due = Notice.objects.filter(Q(at__lte=now - WORKERS_FIRST) | Q(at__gt=now), mail=Notice.Mail.DUE)
    keys = list(due.order_by("at").values_list("pk", flat=True)[:AT_ONCE])
    if not keys or patience.waits("server", 0):
        return 0
    try:
        with get_connection() as post:
            return send_each("notice", keys, lambda key: mails.deliver(key, post=post))
    except (OSError, smtplib.SMTPException) as problem:
        patience.failed("server", 0)
        log.warning("the mail server is away", problem=type(problem).__name__)
        return 0


def sweep_accounts() -> int:
    """News of accounts that no worker has mailed within a few seconds."""
    now = folkmoot_now()
    due = AccountNews.objects.filter(Q(at__lte=now - WORKERS_FIRST) | Q(at__gt=now), mailed_at__isnull=True)
    keys = list(due.order_by("at").values_list("pk", flat=True)[:AT_ONCE])
    if not keys or patience.waits("server", 0):
        return 0
    return send_each("account", keys, accounts.deliver)


def send_digests() -> int:
    """The digests whose hour has come. What this call does not manage, the next one does."""
    if patience.waits("server", 0):
        return 0
    return send_each("digest", digests.due(folkmoot_now()), digests.deliver)


def send_each(what: str, keys: Iterable[int], deliver: Callable[[int], bool]) -> int:
    """Send until the time is used up; one that fails is left for later, the others go on."""
    until, sent = time.monotonic() + MAIL_SECONDS, 0
    for key in keys:
        if time.monotonic() > until:
            break
        if patience.waits(what, key):
            continue
        try:
            sent += deliver(key)
            patience.worked(what, key)
            patience.worked("server", 0)
        except smtplib.SMTPRecipientsRefused:
            patience.failed(what, key)
        except (OSError, smtplib.SMTPException) as problem:
            patience.failed(what, key)
            patience.failed("server", 0)
            log.warning("a mail was not sent", what=what, key=key, problem=type(problem).__name__)
            break
    return sent
