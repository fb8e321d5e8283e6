"""The helper desk: somebody without a device comes in with a card; a lost card is replaced by two members."""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from core.actions import applications, cards
from core.actions.telling import tell
from core.locks import lock, lock_all
from core.models import Application, Body, CardHandout, Cause, Membership, Person
from core.permissions import desk as may
from core.permissions.members import NOT_A_MEMBER, membership_of
from core.record import label, record
from core.refusals import Denied, Invalid, Stale
from core.rules.lines import one_line


@dataclass(frozen=True, slots=True)
class Welcomed:
    """Somebody who came in at the desk: with a card, whose code is shown this once, and the wish to join."""

    person: Person
    code: str
    joining: Application | Membership


@transaction.atomic
def welcome(
    body: Body, display_name: str, sign_in_name: str, *, by: Person, at: datetime, words: str = "", language: str = "en"
) -> Welcomed:
    """Bring in somebody without a device: an account that only a card opens, and the wish to join, invited by `by`."""
    may.can_welcome(by, body, at=at).or_deny()
    name, sign_in_name = one_line(display_name)[:60], sign_in_name.strip().lower()
    if not name:
        raise Invalid(_("Write the name that others shall see."))
    if Person.objects.filter(sign_in_name=sign_in_name).exists():
        raise Invalid(_("Somebody has this sign-in name already. Choose another."))
    person = Person.objects.create_user(sign_in_name, None, display_name=name)
    person.language = language
    person.save(update_fields=["language"])
    code = cards.make(person, at=at)
    inviter = membership_of(by, body)
    return Welcomed(person, code, applications.apply(body, by=person, at=at, words=words, invited_by=inviter))


@transaction.atomic
def ask_for_card(body: Body, person: Person, *, by: Person, at: datetime) -> CardHandout:
    """Ask for a new card for a member whose only way in is lost. Another member gives it."""
    first = lock_hands(body, person, by)
    may.can_ask_for_card(by, body, person, at=at).or_deny()
    waiting = CardHandout.objects.waiting().filter(body=body, person=person).first()
    if waiting is not None:
        return waiting
    return CardHandout.objects.create(body=body, person=person, first=first, asked_at=at)


@transaction.atomic
def give_card(handout: CardHandout, *, by: Person, at: datetime) -> str:
    """Give the card that another member asked for; its code is returned once. The former card and its PIN end."""
    second = lock_hands(handout.body, handout.person, by)
    handout = lock(handout)
    if handout.given_at is not None:
        raise Stale(_("This card was given already. If it was lost again, ask anew."))
    may.can_give_card(by, handout, at=at).or_deny()
    handout.second, handout.given_at = second, at
    handout.save(update_fields=["second", "given_at"])
    code = cards.make(handout.person, at=at)
    whose = Membership.objects.open().get(body=handout.body, person=handout.person)
    record("card.given", handout.body, by=second, at=at, first=label(handout.first), member=label(whose))
    tell(Cause.What.CARD_GIVEN, handout.body, key=str(handout.pk), at=at, person=handout.person, by=by)
    return code


def lock_hands(body: Body, person: Person, by: Person) -> Membership:
    """Lock the memberships of both; the one of who acts."""
    mine, theirs = membership_of(by, body), membership_of(person, body)
    if mine is None:
        raise Denied(NOT_A_MEMBER)
    rows = lock_all(Membership, [mine.pk, *([theirs.pk] if theirs is not None else [])])
    return next(row for row in rows if row.pk == mine.pk)
