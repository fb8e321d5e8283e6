"""One's own account: settings, and leaving the house."""

from datetime import datetime

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.conf import settings
from django.contrib.sessions.models import Session
from django.db import transaction
from django.utils.translation import gettext, override
from django.utils.translation import gettext_lazy as _

from core.actions import applications, forgetting, friends, memberships, reading_keys
from core.locks import lock
from core.models import ApiToken, Body, Calendar, Person, Recovery, SignInCard
from core.refusals import Invalid
from core.rules.lines import one_line


@transaction.atomic
def change(person: Person, *, display_name: str, mail: str, language: str, theme: str) -> Person:
    """Change one's settings."""
    person = lock(person)
    display_name = one_line(display_name)[:60]
    if not display_name:
        raise Invalid(_("Write the name that others shall see."))
    person.display_name = display_name
    person.mail, person.language, person.theme = mail, language, theme
    person.save(update_fields=["display_name", "mail", "language", "theme"])
    return person


@transaction.atomic
def close_account(person: Person, *, at: datetime) -> Person:
    """Leave the house: every body first, with all that ends; then sign-in, address, name and sessions are gone.

    What was decided and written stays, under the name "Former member" in the house's language.
    """
    for body in Body.objects.of(person).order_by("pk"):
        memberships.leave(body, by=person)
    applications.withdraw_all(person, at=at)
    forgetting.ask_for_all(person, at=at)
    person = lock(person)
    end_ways_in(person, at=at)
    person.sign_in_name = f"-{person.pk}"  # nobody can choose a name that begins with a dash
    with override(settings.LANGUAGE_CODE):
        person.display_name = gettext("Former member")
    person.email = None
    person.is_active = False
    person.left_at = at
    person.set_unusable_password()
    person.save()
    return person


def end_ways_in(person: Person, *, at: datetime) -> None:
    """Addresses, passkeys, cards, tokens and sessions, the secret calendar, and every way back in."""
    friends.forget_all(person)
    Recovery.objects.open().filter(person=person).update(ended_at=at, ending=Recovery.Ending.STOPPED, password_hash="")
    Calendar.objects.filter(person=person).delete()
    EmailAddress.objects.filter(user=person).delete()
    Authenticator.objects.filter(user=person).delete()
    reading_keys.end_all(person, at=at)
    end_other_keys(person, at=at)
    end_sessions(person)


@transaction.atomic
def end_sessions(person: Person) -> int:
    """Sign a person out everywhere; how many sessions that were."""
    keys = list(UserSession.objects.filter(user=person).values_list("session_key", flat=True))
    UserSession.objects.filter(user=person).delete()
    ended, _by_model = Session.objects.filter(session_key__in=keys).delete()
    return ended


@transaction.atomic
def end_all_sessions() -> int:
    """Sign everybody out; how many sessions that were."""
    UserSession.objects.all().delete()
    ended, _by_model = Session.objects.all().delete()
    return ended


@transaction.atomic
def end_other_keys(person: Person, *, at: datetime) -> None:
    """The printed card with its PIN, and all tokens. (A new password ends the other sessions by itself.)"""
    SignInCard.objects.filter(person=person).delete()
    ApiToken.objects.filter(person=person, ended_at=None).update(ended_at=at)
