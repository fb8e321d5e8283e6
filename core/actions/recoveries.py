"""Back into one's account: by the mailbox, or by two of three friends; whoever holds a mandate waits (DESIGN 6)."""

import secrets
from datetime import datetime, timedelta

from allauth.mfa.models import Authenticator
from django.contrib.auth.hashers import make_password
from django.db import transaction
from django.utils.translation import gettext as _

from core.actions import people
from core.actions.account_news import tell_person
from core.actions.cards import LETTERS, hashed
from core.actions.telling import tell
from core.actions.throttle import Throttle
from core.locks import lock
from core.models import WAIT, AccountNews, Cause, Friend, Mandate, Person, Recovery, RecoveryVouch
from core.refusals import Denied, WrongStep
from core.timekeeping import folkmoot_now

FRIENDS_NEEDED = 2
CODE_LENGTH = 10  # 32**10 = 50 bits, and only a chosen friend can use it
ASKED_FOR = timedelta(hours=24)

ASKS = (Throttle("recovery", limit=5, seconds=3600), Throttle("recovery-day", limit=20, seconds=24 * 3600))
"""By the name that was typed, known or not."""


def ask(sign_in_name: str, password: str) -> str:
    """Ask for one's friends' help, with the password one will have. Returns the code to tell them.

    For a name that nobody has, or whose person has no friends, the answer is the same and takes as long.
    """
    for limit in ASKS:
        limit.take(sign_in_name.lower()[:40])
    code = "".join(secrets.choice(LETTERS) for _index in range(CODE_LENGTH))
    begin(sign_in_name, make_password(password), code, at=folkmoot_now())
    return f"{code[:5]}-{code[5:]}"


@transaction.atomic
def begin(sign_in_name: str, password_hash: str, code: str, *, at: datetime) -> Recovery | None:
    """Write down that somebody asks; None where nobody could be let in. Others may ask by the same name: theirs is
    another code, and ends nothing.
    """
    person = Person.objects.filter(sign_in_name=sign_in_name.lower(), is_active=True).first()
    if person is None or Friend.objects.filter(person=person, counts_from__lte=at).count() < FRIENDS_NEEDED:
        return None
    person = lock(person)
    for former in Recovery.objects.open().filter(person=person, proven_at__isnull=True, expires_at__lte=at):
        end(former, Recovery.Ending.LAPSED, at=at)
    return Recovery.objects.create(
        person=person,
        way=Recovery.Way.FRIENDS,
        code_hash=hashed(code),
        password_hash=password_hash,
        asked_at=at,
        expires_at=at + ASKED_FOR,
    )


@transaction.atomic
def vouch(code: str, *, by: Person, at: datetime) -> Recovery:
    """A friend types the code they were told. The second one proves it. Doing it again changes nothing."""
    unknown = Denied(_("This code is of nobody who counts on you, or it is too old. Ask for it again."))
    found = Recovery.objects.open().filter(code_hash=hashed(code)).first()
    if found is None:
        raise unknown
    person = lock(found.person)
    recovery = lock(found)
    counts = Friend.objects.filter(person=person, friend=by, counts_from__lte=at).exists()
    too_late = recovery.proven_at is None and recovery.expires_at <= at
    if not counts or recovery.ended_at is not None or too_late:
        raise unknown
    if recovery.proven_at is not None or recovery.vouches.filter(friend=by).exists():
        return recovery
    RecoveryVouch.objects.create(recovery=recovery, friend=by, at=at)
    if recovery.vouches.count() < FRIENDS_NEEDED:
        tell_person(person, AccountNews.What.RECOVERY_BEGUN, at=at, about=by)
        return recovery
    for other in Recovery.objects.waiting().filter(person=person):  # two friends are believed before a mailbox
        end(other, Recovery.Ending.STOPPED, at=at)
    return prove(recovery, at=at)


@transaction.atomic
def by_mailbox(person: Person, password: str) -> Recovery:
    """A new password for who has shown that the mailbox is theirs, and a second proof if they have one.

    At once, unless the person holds a mandate: then it waits, and all who granted it hear of it.
    """
    at = folkmoot_now()
    person = lock(person)
    if Recovery.objects.waiting().filter(person=person).exists():
        raise WrongStep(_("A new password waits already. Whoever is signed in can stop it."))
    recovery = Recovery.objects.create(
        person=person,
        way=Recovery.Way.MAILBOX,
        password_hash=make_password(password),
        asked_at=at,
        expires_at=at + ASKED_FOR,
    )
    return prove(recovery, at=at)


def prove(recovery: Recovery, *, at: datetime) -> Recovery:
    """It is proven: now it happens, or after 72 hours for who holds a mandate. The caller has locked both rows."""
    held = list(Mandate.objects.in_force(at).filter(person=recovery.person_id).select_related("body").order_by("pk"))
    recovery.proven_at = at
    recovery.due_at = at + WAIT if held else at
    recovery.save(update_fields=["proven_at", "due_at"])
    if not held:
        return finish(recovery, at=at)
    tell_person(recovery.person, AccountNews.What.RECOVERY_WAITS, at=at, until=recovery.due_at)
    tell_granters(recovery, held, Cause.What.RECOVERY_WAITS, at=at)
    return recovery


def tell_granters(recovery: Recovery, held: list[Mandate], what: Cause.What, *, at: datetime) -> None:
    """Tell the members of every body that gave this person a mandate, each of their own mandate alone.

    There is no line in the records: lines of the same moment in two of them would show that two labels are one person.
    """
    for mandate in held:
        key = f"{recovery.pk}:{mandate.pk}"
        tell(what, mandate.body, key=key, at=at, mandate=mandate, person=recovery.person, by=recovery.person)


def finish(recovery: Recovery, *, at: datetime) -> Recovery:
    """The new password works. Whatever else led in ends, for somebody else may have it; and so do all sessions.

    Friends answer for who lost everything: then the second proofs are lost too, and go.
    """
    person = recovery.person
    person.password = recovery.password_hash
    person.save(update_fields=["password"])
    if recovery.way == Recovery.Way.FRIENDS:
        Authenticator.objects.filter(user=person).delete()
    people.end_other_keys(person, at=at)
    people.end_sessions(person)
    end(recovery, Recovery.Ending.DONE, at=at)
    for other in Recovery.objects.open().filter(person=person):
        end(other, Recovery.Ending.LAPSED, at=at)
    tell_person(person, AccountNews.What.RECOVERY_DONE, at=at)
    return recovery


def finish_if_over(recovery_id: int) -> bool:
    """Carry out a recovery whose time has come; False if it was stopped or done meanwhile."""
    with transaction.atomic():
        found = Recovery.objects.get(pk=recovery_id)
        found.person = lock(found.person)
        recovery = lock(found)
        at = folkmoot_now()
        if recovery.ended_at is not None or recovery.due_at is None or recovery.due_at > at:
            return False
        finish(recovery, at=at)
        return True


@transaction.atomic
def stop(recovery: Recovery, *, by: Person) -> Recovery:
    """The person stops it, from a place where they are still signed in."""
    person = lock(recovery.person)
    recovery = lock(recovery)
    at = folkmoot_now()
    if person.pk != by.pk:
        raise Denied(_("Only the person it is about can stop this."))
    if recovery.ended_at is not None:
        raise WrongStep(_("This is over already."))
    end(recovery, Recovery.Ending.STOPPED, at=at)
    tell_person(person, AccountNews.What.RECOVERY_STOPPED, at=at)
    if recovery.proven_at is not None:
        held = list(Mandate.objects.in_force(at).filter(person=person).select_related("body").order_by("pk"))
        tell_granters(recovery, held, Cause.What.RECOVERY_STOPPED, at=at)
    return recovery


def end(recovery: Recovery, ending: Recovery.Ending, *, at: datetime) -> None:
    """End a locked recovery; the password it would have set is gone."""
    recovery.ended_at, recovery.ending, recovery.password_hash = at, ending, ""
    recovery.save(update_fields=["ended_at", "ending", "password_hash"])
