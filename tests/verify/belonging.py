"""What lives of a body hold of who belongs to it: people leave, ask to join, are removed, and two accounts become
one.
"""

from contextlib import suppress
from typing import TYPE_CHECKING

from django.db import transaction

from core.actions import appeals, applications, memberships, mergings
from core.models import Application, Membership, Merging, Stage
from core.refusals import Refusal
from core.timekeeping import folkmoot_now
from tests import village

if TYPE_CHECKING:
    from tests.verify.life import Life


def leave(life: "Life") -> None:
    memberships.leave(life.body, by=life.member())


def merge(life: "Life") -> None:
    """Two accounts are said to be one person's; mostly it goes on to its end."""
    merging = Merging.objects.filter(body=life.body, ended_at=None).first()
    if merging is None:
        other = Membership.objects.open().filter(body=life.body, person=life.member()).first()
        if other is not None:
            mergings.ask(other, by=life.member(), at=folkmoot_now())
        return
    mood = life.dice.random()
    if mood < 0.7:
        for person in life.dice.sample(life.people, 4):
            with suppress(Refusal), transaction.atomic():
                mergings.vouch(merging, by=person, at=folkmoot_now())
    elif mood < 0.85:
        mergings.agree(merging, by=merging.ends.person, at=folkmoot_now())
    elif mood < 0.9:
        mergings.stop(merging, by=life.member(), at=folkmoot_now())


def ask(life: "Life") -> None:
    inviter = Membership.objects.open().filter(body=life.body, person=life.member()).first()
    invited = inviter if life.dice.random() < 0.5 else None
    applications.apply(life.body, by=life.anybody(), at=folkmoot_now(), words="Hello.", invited_by=invited)


def answer_applications(life: "Life") -> None:
    for asked in Application.objects.filter(body=life.body, closed_at=None).order_by("pk"):
        for person in life.dice.sample(life.people, 4):
            with suppress(Refusal), transaction.atomic():
                applications.vouch(asked, by=person, at=folkmoot_now())
        with suppress(Refusal), transaction.atomic():
            if life.dice.random() < 0.3:
                applications.object(asked, "Who is it?", by=life.member())
            elif life.dice.random() < 0.3:
                applications.propose(asked, by=life.member(), at=folkmoot_now())
            elif life.dice.random() < 0.2:
                applications.withdraw(asked, by=asked.person, at=folkmoot_now())


def propose_removal(life: "Life") -> None:
    subject = Membership.objects.open().filter(body=life.body, person=life.member()).first()
    if subject is not None:
        village.make_proposal(life.body, life.member(), title="Remove", kind="removal", subject=subject)


def appeal(life: "Life") -> None:
    removal = life.proposal(kind="removal", stage=Stage.ADOPTED)
    if removal is not None and removal.subject is not None:
        appeals.appeal(removal, "It was not so.", by=removal.subject.person, at=folkmoot_now())
