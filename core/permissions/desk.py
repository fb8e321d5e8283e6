"""Who may do what at the helper desk."""

from datetime import datetime

from allauth.mfa.models import Authenticator
from django.utils.translation import gettext_lazy as _

from core.models import Body, CardHandout, Mandate, Person
from core.permissions.members import has_voice, is_member, membership_of
from core.refusals import ALLOWED, Verdict, denied


def can_welcome(person: Person, body: Body, *, at: datetime) -> Verdict:
    """Members with a voice bring in somebody who has no device."""
    verdict = is_member(person, body)
    return has_voice(person, body, at=at) if verdict else verdict


def comes_by_card_only(person: Person) -> bool:
    """Whether a card is the only way in: no password, no address, no passkey."""
    has_another = person.has_usable_password() or bool(person.email)
    return not has_another and not Authenticator.objects.filter(user=person).exists()


def can_ask_for_card(by: Person, body: Body, person: Person, *, at: datetime) -> Verdict:
    """Ask for a new card for a member who has no other way in, and no mandate: whoever holds one takes the long way."""
    verdict = can_welcome(by, body, at=at)
    if not verdict:
        return verdict
    if by.pk == person.pk:
        return denied(_("You print your own card in your settings."))
    if membership_of(person, body) is None:
        return denied(_("They are not a member of this body."))
    if not comes_by_card_only(person):
        return denied(
            _("They have a password, an address or a passkey. With that they sign in, and print a card themselves.")
        )
    if Mandate.objects.in_force(at).filter(person=person).exists():
        return denied(_("They hold a mandate. A new card for them takes the account recovery, which all are told of."))
    return ALLOWED


def can_give_card(by: Person, handout: CardHandout, *, at: datetime) -> Verdict:
    """Give the card that another member asked for."""
    if handout.first.person_id == by.pk:
        return denied(_("You asked for this card yourself: another member gives it."))
    return can_ask_for_card(by, handout.body, handout.person, at=at)
