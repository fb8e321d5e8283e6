"""Every verb of a founding at every stage, by every sort of person: the tables are the law, all cells are tried."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db import transaction

from core.actions import bodies, founding, invitations, mandates, memberships, proposals
from core.models import Person
from core.refusals import Refusal
from core.timekeeping import folkmoot_now
from councils.actions import boards
from tests import village
from tests.core.actions.scene import undone
from tests.councils.founding import scene as made
from tests.councils.founding.scene import DRAFT, PROFILE, Founding

pytestmark = pytest.mark.django_db

Verb = Callable[[Founding, Person], Any]
NAMES = ("eva", "farid", "ana", "bruno", "jon", "dario")
"""eva opened the board, farid is of the group; ana and bruno are founding members; jon is invited; dario is nobody."""
CATALYSTS, FOUNDERS = {"eva", "farid"}, {"ana", "bruno"}


def when(_made: Founding) -> Any:
    return folkmoot_now() + timedelta(days=1)


def came(found: Founding) -> list[Any]:
    return list(found.board.council.memberships.all()) if found.board.council else []


def offer_to(found: Founding, person: Person) -> Any:
    """Somebody is offered a mandate by ana."""
    council, at = found.council, folkmoot_now()
    proposal = proposals.draft(council, by=found.ana, at=at, title="Keep the keys", text="Keys.", kind="mandate")
    return mandates.offer(proposal, mandates.Terms(person, "Keep them.", "Lend none.", 30), by=found.ana)


VERBS: dict[str, Verb] = {
    "open": lambda f, by: boards.open(f.group, "Another", by=by, at=folkmoot_now()),
    "hear": lambda f, by: boards.hear(f.board, "Noise", 1, in_all=40, by=by),
    "set_scope": lambda f, by: boards.set_scope(f.board, "Birch", PROFILE, DRAFT, by=by),
    "invite": lambda f, by: boards.invite(f.board, by=by),
    "call": lambda f, by: boards.call_assembly(f.board, when(f), "The hall", "", by=by),
    "hold": lambda f, by: boards.hold_assembly(f.board, came(f), by=by),
    "give_up": lambda f, by: boards.give_up(f.board, by=by),
    "more_time": lambda f, by: boards.ask_for_time(f.board, by=by),
    "hand_over": lambda f, by: boards.hand_over(f.board, by=by),
    "adopt": lambda f, by: bodies.adopt(made.draft_of(f), by=by, at=folkmoot_now()),
    "object": lambda f, by: founding.object(made.draft_of(f), "No.", by=by, at=folkmoot_now()),
    "join": lambda f, by: invitations.accept(f.token, by=by, at=folkmoot_now()),
    "propose": lambda f, by: village.make_proposal(f.council, by),
    "hold_mandate": offer_to,
}
NOBODY: set[str] = set()
OUTSIDE = {"jon", "dario"}
MEMBERS = FOUNDERS
"""Coming by a link once more is no refusal: it leads a member home."""
LAW: dict[str, dict[str, set[str]]] = {
    "listening": {"open": CATALYSTS, "hear": CATALYSTS, "set_scope": CATALYSTS, "give_up": CATALYSTS},
    "inviting": {
        "open": CATALYSTS,
        "hear": CATALYSTS,
        "invite": CATALYSTS,
        "call": CATALYSTS,
        "more_time": FOUNDERS,
        "join": OUTSIDE | MEMBERS,
    },
    "begun": {
        "open": CATALYSTS,
        "hear": CATALYSTS,
        "invite": CATALYSTS,
        "call": CATALYSTS,
        "hold": CATALYSTS,
        "more_time": FOUNDERS,
        "join": OUTSIDE | MEMBERS,
    },
    "founding": {
        "open": CATALYSTS,
        "invite": CATALYSTS,
        "more_time": FOUNDERS,
        "adopt": FOUNDERS,
        "object": FOUNDERS,
        "join": OUTSIDE | MEMBERS,
    },
    "deciding": {
        "open": CATALYSTS,
        "invite": CATALYSTS,
        "more_time": FOUNDERS,
        "join": OUTSIDE | MEMBERS,
        "propose": FOUNDERS,
        "hold_mandate": FOUNDERS,
    },
    "ready": {
        "open": CATALYSTS,
        "invite": CATALYSTS,
        "more_time": FOUNDERS,
        "hand_over": CATALYSTS | FOUNDERS,
        "join": OUTSIDE | MEMBERS,
        "propose": FOUNDERS,
        "hold_mandate": FOUNDERS,
    },
    "handed_over": {"open": CATALYSTS, "join": NOBODY, "propose": FOUNDERS, "hold_mandate": FOUNDERS},
}


def differences(found: Founding, stage: str) -> list[str]:
    """Where a verb is allowed to somebody otherwise than the law says."""
    wrong, people = [], {name: Person.objects.get(sign_in_name=name) for name in NAMES}
    for verb, act in VERBS.items():
        for name, person in people.items():
            with undone():
                done = tried(act, found, person)
            if done != (name in LAW[stage].get(verb, NOBODY)):
                wrong.append(f"{stage}: {verb} by {name} is {'allowed' if done else 'refused'}")
            found.board.refresh_from_db()
    return wrong


def tried(act: Verb, found: Founding, person: Person) -> bool:
    """Whether it was done; before there is a council, what is about it cannot be."""
    try:
        with transaction.atomic():
            act(found, person)
    except (Refusal, AssertionError):
        return False
    return True


@pytest.mark.slow
def test_every_verb_at_every_stage_by_every_person() -> None:
    found = made.listening()
    boards.hear(found.board, "Shade", 1, in_all=1, by=found.eva)
    found.token = "none"
    wrong = differences(found, "listening")

    found.board = boards.set_scope(found.board, "Birch Street", PROFILE, DRAFT, by=found.eva)
    found.token = boards.invite(found.board, by=found.eva, uses=50)[1]
    for person in found.neighbours[:5]:
        made.come_in(found.token, person)
    wrong += differences(found, "inviting")

    found.board = boards.call_assembly(found.board, when(found), "The hall", "", by=found.eva)
    village.move_clock(timedelta(days=2))
    wrong += differences(found, "begun")

    found.board = boards.hold_assembly(found.board, came(found)[:3], by=found.eva)
    wrong += differences(found, "founding")

    made.adopt(found, *found.neighbours[:5])
    wrong += differences(found, "deciding")

    made.first_mandate(found)
    wrong += differences(found, "ready")

    found.board = boards.hand_over(found.board, by=found.eva)
    wrong += differences(found, "handed_over")
    assert wrong == []


def test_a_former_catalyst_may_hold_a_mandate_after_ninety_days() -> None:
    found = made.handed_over()
    memberships.leave(found.group, by=found.farid)
    with transaction.atomic():
        memberships.admit(found.council, found.farid, at=folkmoot_now())

    village.move_clock(timedelta(days=90) - timedelta(minutes=1))
    assert not tried(offer_to, found, found.farid)
    village.move_clock(timedelta(minutes=2))
    assert tried(offer_to, found, found.farid)
