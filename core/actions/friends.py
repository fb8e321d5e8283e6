"""Friends chosen beforehand: two of three can let a person back in (DESIGN 6, docs/adr/0045)."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from core.actions.account_news import tell_person
from core.locks import lock
from core.models import WAIT, AccountNews, Friend, Person
from core.queries.way_back import known_to
from core.refusals import Denied, Invalid


@transaction.atomic
def choose(person: Person, friends: Sequence[Person], *, at: datetime) -> list[Friend]:
    """Choose three friends. Whoever was among them before goes on counting; the others count after 72 hours.

    That is so long that nobody who got hold of a session for a day can prepare a way back in.
    """
    person = lock(person)
    if len(friends) != len(Friend.PLACES) or len({friend.pk for friend in friends}) != len(friends):
        raise Invalid(_("Choose three different people."))
    around = set(known_to(person))
    if any(friend.pk == person.pk or friend.pk not in around for friend in friends):
        raise Invalid(_("Choose people who are in a body with you."))
    before = {row.friend_id: row for row in Friend.objects.filter(person=person)}
    Friend.objects.filter(person=person).delete()
    chosen = []
    for place, friend in zip(Friend.PLACES, friends, strict=True):
        kept = before.get(friend.pk)
        chosen_at, counts_from = (kept.chosen_at, kept.counts_from) if kept else (at, at + WAIT)
        chosen.append(Friend(person=person, friend=friend, place=place, chosen_at=chosen_at, counts_from=counts_from))
        if kept is None:
            tell_person(friend, AccountNews.What.CHOSEN_AS_FRIEND, at=at, about=person)
    Friend.objects.bulk_create(chosen)
    if {friend.pk for friend in friends} != before.keys():
        tell_person(person, AccountNews.What.FRIENDS_CHOSEN, at=at, until=at + WAIT)
    return chosen


@transaction.atomic
def step_back(row: Friend, *, by: Person) -> None:
    """The friend does not want to be counted on any more; the person is told when they look."""
    row = lock(row)
    if row.friend_id != by.pk:
        raise Denied(_("Only the friend can step back."))
    row.delete()


def forget_all(person: Person) -> None:
    """Whoever leaves the house helps nobody and is helped by nobody. In the caller's transaction."""
    Friend.objects.filter(person=person).delete()
    Friend.objects.filter(friend=person).delete()
