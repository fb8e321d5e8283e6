"""Who says something above for a body, other than what it has decided: the body itself, or a delegate sent free."""

from datetime import datetime

from django.utils.translation import gettext_lazy as _

from confederation.models import Delegation, Station
from confederation.queries.seats import delegate_of
from confederation.rules.timing import own_word_until
from core.models import Mandate, Person, Stage
from core.permissions.members import is_deciding_member
from core.refusals import ALLOWED, Verdict, denied
from core.rules.terms import Matter


def can_say_own_word(person: Person, station: Station, *, at: datetime) -> Verdict:
    """Any member of a body that was asked, while there is time to decide on it; one word at a time."""
    verdict = is_deciding_member(person, station.body, "own_word")
    if not verdict:
        return verdict
    if station.level > 0 or station.referral.matter == Matter.RECALL.value:
        return denied(_("On this a body says nothing but what it decides."))
    if station.decided_at is not None or at > own_word_until(station.closes_at):
        return denied(_("There is no time left to decide on this before the question closes."))
    if station.own_words.filter(proposal__stage__in=[Stage.DISCUSSION, Stage.VOTING]).exists():
        return denied(_("This body is deciding already on what it says above. Speak and vote there."))
    return ALLOWED


def can_deviate(person: Person, station: Station, mandate: Mandate, *, at: datetime) -> Verdict:
    """A delegate who was sent free to this seat, or the alternate when there is no delegate, until the level above
    closes. `station` is the body's own, `mandate` is locked.
    """
    sent = Delegation.objects.filter(proposal=mandate.granted_by_id).select_related("seat").first()
    speaks = sent is None or not sent.alternate or delegate_of(sent.seat, at) == mandate
    return may_deviate(person, station, mandate, sent, speaks=speaks, at=at)


def may_deviate(
    person: Person, station: Station, mandate: Mandate, sent: Delegation | None, *, speaks: bool, at: datetime
) -> Verdict:
    """The same where it is known how the mandate was `sent`, and whether it `speaks`: as the delegate's, or because
    there is none.
    """
    if mandate.person_id != person.pk or mandate.ended_at is not None or mandate.ends_at <= at:
        return denied(_("This mandate is not in force."))
    if sent is None or sent.seat_id != station.seat_id:
        return denied(_("This mandate is not for the seat of this body."))
    if not sent.bound and not speaks:
        return denied(_("The delegate speaks. You speak when there is none."))
    if sent.bound:
        return denied(_("You are bound: what counts above is what your body has decided."))
    return may_still_speak(station, at)


def may_still_speak(station: Station, at: datetime) -> Verdict:
    """After home has decided, before the level above closes, once; what the body itself says above stands."""
    above = station.above
    if station.decided_at is None:
        return denied(_("Your body has not decided yet. When it has, you can speak."))
    if above is None or above.decided_at is not None or above.closes_at <= at:
        return denied(_("The level above has closed."))
    if station.said != station.home:
        return denied(_("Your body has decided itself what it says above."))
    if hasattr(station, "deviation"):
        return denied(_("You have spoken already."))
    return ALLOWED
