"""The first person and body of an empty house."""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from core.actions import bodies, charters
from core.actions.invitations import checked, open_with
from core.locks import lock
from core.models import Body, Person
from core.refusals import Invalid, UsedUp
from core.rules.lines import one_line


@dataclass(frozen=True, slots=True)
class Founding:
    """Who moves in, and what they form."""

    display_name: str
    sign_in_name: str
    password: str
    body: str
    content: charters.Draft


@transaction.atomic
def move_in(token: str, founding: Founding, *, at: datetime) -> tuple[Person, Body]:
    """Use the first link, once: the person can sign in, the body waits for two more to adopt its charter."""
    invitation = checked(lock(open_with(token, at=at)), at=at)
    if invitation.body is not None:
        raise UsedUp(_("This link does not work. Check that it is complete, or ask for a new one."))
    if Person.objects.filter(sign_in_name=founding.sign_in_name.lower()).exists():
        raise Invalid(_("Somebody has this sign-in name. Choose another."))
    if not one_line(founding.display_name):
        raise Invalid(_("Write the name that others shall see."))
    person = Person.objects.create_user(
        founding.sign_in_name, founding.password, display_name=one_line(founding.display_name)
    )
    body = bodies.form(founding.body, founding.content, by=person, at=at)
    invitation.uses_left = 0
    invitation.uses = 1
    invitation.save(update_fields=["uses_left", "uses"])
    return person, body
