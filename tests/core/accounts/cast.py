"""A council whose people have chosen friends, and the short ways to say what happens to their accounts."""

from dataclasses import dataclass
from datetime import timedelta

from core.actions import friends, mergings, recoveries
from core.models import AccountNews, Body, Membership, Merging, Person, Recovery
from core.timekeeping import folkmoot_now
from tests import village

NEW = "kettle lamp garden"


@dataclass(frozen=True)
class Home:
    """Ana chose bruno, carla and eva long ago; farid is a member too, dario of nowhere. Anita is ana once more."""

    body: Body
    ana: Person
    bruno: Person
    carla: Person
    eva: Person
    farid: Person
    anita: Person
    dario: Person

    @property
    def members(self) -> list[Person]:
        """All six accounts that are members."""
        return [self.ana, self.bruno, self.carla, self.eva, self.farid, self.anita]


def make_village() -> Home:
    """The council and its people."""
    people = village.make_people("ana", "bruno", "carla", "eva", "farid", "anita", "dario")
    body = village.make_council("Alder Street", people[:6])
    home = Home(body, *people)
    village.confirm(home.ana, "ana@house.example")
    friends.choose(home.ana, [home.bruno, home.carla, home.eva], at=folkmoot_now())
    village.move_clock(timedelta(hours=73))
    return home


def proven(home: Home) -> Recovery:
    """Ana asks, and two friends type her code."""
    code = recoveries.ask("ana", NEW)
    recoveries.vouch(code, by=home.bruno, at=folkmoot_now())
    return recoveries.vouch(code, by=home.carla, at=folkmoot_now())


def has_new_password(home: Home) -> bool:
    """Whether ana's password is the new one."""
    return Person.objects.get(pk=home.ana.pk).check_password(NEW)


def news_of(person: Person) -> list[str]:
    """What a person heard of their account, oldest first."""
    return list(AccountNews.objects.filter(person=person).order_by("pk").values_list("what", flat=True))


def of(home: Home, person: Person) -> Membership:
    """A person's membership."""
    return village.membership(home.body, person)


def asked(home: Home) -> Merging:
    """Ana says that anita's account is hers too."""
    return mergings.ask(of(home, home.anita), by=home.ana, at=folkmoot_now())


def vouched(home: Home) -> Merging:
    """Two have vouched for it."""
    merging = asked(home)
    for person in (home.bruno, home.carla):
        merging = mergings.vouch(merging, by=person, at=folkmoot_now())
    return merging


def is_member(home: Home, person: Person) -> bool:
    """Whether somebody is a member now."""
    return home.body.memberships.open().filter(person=person).exists()
