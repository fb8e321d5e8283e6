"""A council of those inside in a confederation: its keys, and what is sent to the routes of confederations."""

from datetime import timedelta
from typing import Any

from django.db import transaction

from confederation.actions import asking, referring
from confederation.models import Referral, Seat, Station
from core.actions import memberships
from core.models import Body, Person
from core.timekeeping import folkmoot_now
from tests import village
from tests.confederation import rows

WHY = {"text": "We drink of it too."}
OLD = timedelta(days=100)


def confederated(inside: list[Person], newcomer: Person, speaker: Person) -> dict[str, dict[str, Any]]:
    """Rowan Street in the Hollow, where one question is open and another answer waits to be in force; the speaker was
    sent free. The Ridge is another confederation.
    """
    neighbours = village.make_people("rosa", "ruth", "rudi", "rolf")
    body = village.make_council("Rowan Street", [*inside, *neighbours])
    Body.objects.filter(pk=body.pk).update(formed_at=folkmoot_now() - OLD)
    others = [rows.street("Sorrel Street"), rows.street("Thyme Street")]
    hollow, ridge = rows.confederation("Hollow", [body, *others]), rows.confederation("Ridge", others)
    rows.ceded(hollow)
    seat = Seat.objects.get(confederation=hollow, body=body)
    rows.delegate(seat, speaker)
    with transaction.atomic():
        memberships.admit(body, newcomer, at=folkmoot_now())
    open_one, waiting = asked(hollow, body, "A pump"), asked(hollow, body, "A well")
    at = folkmoot_now()
    Referral.objects.filter(pk=waiting.referral_id).update(
        counted_at=at, outcome="adopted", in_force_from=at + timedelta(days=14), people=22
    )
    return {
        "confederated": {"slug": body.slug},
        "hollow": {"slug": hollow.slug},
        "forwarded": {"slug": body.slug, "above": hollow.slug},
        "ridge": {"pk": ridge.pk},
        "sorrel": {"pk": others[0].pk},
        "seats": {"pk": seat.pk},
        "referrals": {"pk": waiting.referral_id},
        "stations": {"pk": open_one.pk},
        "waiting": {"pk": waiting.pk},
    }


def asked(confederation: Body, body: Body, title: str) -> Station:
    """A question of a confederation, which that body was asked."""
    proposal = rows.question(confederation, title)
    referring.begin(proposal.pk)
    station = Station.objects.get(referral__proposal=proposal, body=body)
    asking.ask(station.pk)
    return station


def sent_to_confederated(keys: dict[str, dict[str, Any]]) -> dict[str, dict[str, Any]]:
    """What is sent to their pages."""
    founded = {"others": [keys["sorrel"]["pk"]], "name": "Brook", "purpose": "The brook.", "unity": "Each is heard."}
    sent = {"place": "alternate", "bound": "bound", "task": "Speak.", "limits": "Promise nothing.", "term_days": 30}
    return {
        "confederation:confederation-new": founded | {"words1": "The water", "sort1": "works"} | WHY,
        "confederation:seat-join": {"confederation": keys["ridge"]["pk"]} | WHY,
        "confederation:seat-leave": WHY,
        "confederation:delegate-send": sent | WHY,
        "confederation:forward-new": {"title": "A pump", "about": "right:leave", "days": 14} | WHY,
        "confederation:own-word-new": {"says": "aside"} | WHY,
        "confederation:call-new": WHY,
        "confederation:deviation-new": {"says": "agree", "reason": "They asked me to."},
    }


CONFEDERATED = {
    **{f"confederation:{name}": "confederated" for name in ("above-list", "confederation-new", "seat-join")},
    "confederation:seat-list": "hollow",
    "confederation:forward-new": "forwarded",
    "confederation:call-new": "waiting",
}
