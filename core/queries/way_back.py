"""How a person would get back in, and what happened to their account."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from core.models import AccountNews, Friend, Membership, Person, Recovery

NEWS_SHOWN = 20


@dataclass(frozen=True, slots=True)
class WayBack:
    """A person's friends, whom they can help, what waits, and the newest news."""

    friends: Sequence[Friend]
    helps: Sequence[Friend]
    under_way: Sequence[Recovery]
    news: Sequence[AccountNews]

    @property
    def counting(self) -> bool:
        """Whether friends could let the person in one day: two are left."""
        return len(self.friends) >= 2


def get_way_back(person: Person, at: datetime) -> WayBack:
    """Four statements."""
    asked = Recovery.objects.open().filter(person=person, expires_at__gt=at)
    proven = Recovery.objects.waiting().filter(person=person)
    news = AccountNews.objects.filter(person=person).select_related("about", "body")
    return WayBack(
        friends=list(Friend.objects.filter(person=person).select_related("friend").order_by("place")),
        helps=list(Friend.objects.filter(friend=person).select_related("person").order_by("person__display_name")),
        under_way=list((asked.filter(vouches__isnull=False) | proven).distinct().order_by("asked_at")),
        news=list(news.order_by("-at", "-pk")[:NEWS_SHOWN]),
    )


def known_to(person: Person) -> list[int]:
    """Keys of those who share a body with a person now."""
    mine = Membership.objects.open().filter(person=person).values("body")
    others = Membership.objects.open().filter(body__in=mine, person__is_active=True).exclude(person=person)
    return list(others.values_list("person", flat=True).distinct())
