"""Who comes and goes in these tests, and the short ways to say it."""

import re
from dataclasses import dataclass
from typing import Any

from django.test import Client

from core.actions import applications, invitations
from core.models import Application, Body, Invitation, Person, RecordLine
from core.timekeeping import folkmoot_now
from tests import village


@dataclass(frozen=True)
class Street:
    """A council of five that has adopted its charter; gina and hugo want to join, dario is of nowhere."""

    body: Body
    ana: Person
    bruno: Person
    carla: Person
    eva: Person
    farid: Person
    gina: Person
    hugo: Person
    dario: Person

    @property
    def members(self) -> list[Person]:
        """Those who founded it."""
        return [self.ana, self.bruno, self.carla, self.eva, self.farid]


def make_street(**numbers: Any) -> Street:
    """The council and its people."""
    people = village.make_people("ana", "bruno", "carla", "eva", "farid", "gina", "hugo", "dario")
    return Street(village.make_council("Alder Street", people[:5], **numbers), *people)


def ask(street: Street, person: Person | None = None, words: str = "Number 12.") -> Application:
    """An application without an inviter."""
    made = applications.apply(street.body, by=person or street.gina, at=folkmoot_now(), words=words)
    assert isinstance(made, Application)
    return made


def vouched(street: Street, person: Person | None = None) -> Application:
    """An application with two vouches: the time for objections runs."""
    application = ask(street, person)
    applications.vouch(application, by=street.ana, at=folkmoot_now())
    return applications.vouch(application, by=street.bruno, at=folkmoot_now())


def link(street: Street, by: Person, **extra: Any) -> tuple[Invitation, str]:
    """An invitation and its token."""
    return invitations.invite(street.body, by=by, at=folkmoot_now(), **extra)


def stage(application: Application) -> str:
    """The stage as the database has it."""
    return Application.objects.get(pk=application.pk).stage


def is_member(street: Street, person: Person) -> bool:
    """Whether somebody is a member now."""
    return street.body.memberships.open().filter(person=person).exists()


def recorded(body: Body) -> list[str]:
    """What the record says happened, oldest first."""
    return list(RecordLine.objects.filter(body=body).order_by("seq").values_list("what", flat=True))


def lines() -> int:
    """How many lines all records have: what was refused writes none."""
    return RecordLine.objects.count()


def as_(person: Person) -> Client:
    """A browser in which somebody is signed in."""
    client = Client()
    client.force_login(person, backend="django.contrib.auth.backends.ModelBackend")
    return client


def proven(person: Person) -> Client:
    """Their browser, just after they typed their password again."""
    browser = as_(person)
    answer = browser.post("/account/reauthenticate/", {"password": f"correct horse {person.sign_in_name}"})
    assert answer.status_code == 302
    return browser


def text_of(response: Any) -> str:
    """What a person reads on a page."""
    html = re.sub(r"<(style|script|head)\b.*?</\1>", " ", response.content.decode(), flags=re.DOTALL)
    plain = re.sub(r"<[^>]+>", " ", html).replace("&#x27;", "'").replace("&quot;", '"')
    return " ".join(plain.split())
