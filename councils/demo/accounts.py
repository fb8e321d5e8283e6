"""Alder Street's accounts: ana has chosen friends, and Uma has two accounts, one of which shall end."""

from core.actions import applications, friends, mergings
from core.models import Application, Membership, Person
from core.timekeeping import folkmoot_now
from councils.demo.people import UNUSABLE
from councils.demo.teller import Event, World


def events(w: World) -> list[Event]:
    """What happens, by days before today."""
    return [
        Event(90.3, lambda: choose_friends(w)),
        Event(20.2, lambda: uma_comes_again(w)),
        Event(19.6, lambda: let_in(w)),
        Event(1.4, lambda: one_person(w)),
    ]


def choose_friends(w: World) -> None:
    """Three who could let ana back in; and she is one of bruno's."""
    at, cast = folkmoot_now(), w.cast
    friends.choose(cast["ana"], [cast["bruno"], cast["eva"], w.people[10]], at=at)
    friends.choose(cast["bruno"], [cast["ana"], w.people[12], w.people[15]], at=at)


def uma_comes_again(w: World) -> None:
    """She lost her phone, and asks to join as if she had never been there."""
    again = Person.objects.create(sign_in_name="uma.2", display_name="Uma N.", password=UNUSABLE, mail=Person.Mail.NONE)
    applications.apply(w.body, by=again, at=folkmoot_now(), words="New phone, new account. It is me, Uma.")


def let_in(w: World) -> None:
    """Two vouch for her; three days later she is in."""
    asked = Application.objects.get(body=w.body, person__sign_in_name="uma.2")
    for person in (w.cast["eva"], w.people[12]):
        applications.vouch(asked, by=person, at=folkmoot_now())


def one_person(w: World) -> None:
    """The first account is found again: she says so, and one who knows it vouches."""
    first = Person.objects.get(display_name="Uma Nair")
    second = Membership.objects.open().get(body=w.body, person__sign_in_name="uma.2")
    merging = mergings.ask(second, by=first, at=folkmoot_now())
    mergings.vouch(merging, by=w.cast["eva"], at=folkmoot_now())
