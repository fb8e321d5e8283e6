"""A street of those inside, in a confederation with a question under way: its keys, and what is sent to its routes."""

from typing import Any

from django.db import transaction

from confederation.actions import asking, forwarding, referring
from confederation.models import Referral
from core.actions import mandates, memberships
from core.models import Person
from core.timekeeping import folkmoot_now
from faults import valley
from tests import village
from tests.confederation import rows

WHY = {"text": "We need it."}


def confederated(members: list[Person], newcomer: Person, holder: Person) -> dict[str, dict[str, Any]]:
    """The street, its seat with the holder as delegate, a question, and another confederation that it could join."""
    quay = village.make_council("Quay", members, open_proposals=10)
    with transaction.atomic():
        memberships.admit(quay, newcomer, at=folkmoot_now())
    reed, sand = valley.street("Reed"), valley.street("Sand")
    bank, shore = valley.confederation("Bank", [quay, reed]), valley.confederation("Shore", [reed, sand])
    seat = quay.places.get()
    rows.delegate(seat, holder)
    asked = valley.question(bank)
    referring.begin(asked.pk)
    station = Referral.objects.get(proposal=asked).stations.get(body=quay)
    asking.ask(station.pk)
    task = rows.mandate(rows.granting(bank, folkmoot_now()), holder, folkmoot_now())
    terms = mandates.Terms(holder, "Keep the ditches.", "Dig no new ones.", 90)
    plan = forwarding.Plan(bank, forwarding.What.MANDATE, "Keeper of the ditches", "We need one.", terms=terms)
    forwarded = forwarding.propose(quay, plan, by=members[0], at=folkmoot_now())
    return {
        "offers": {"pk": forwarded.forwards.pk},
        "bank mandate": {"pk": task.pk},
        "quay on bank mandate": {"slug": quay.slug, "pk": task.pk},
        "quay": {"slug": quay.slug},
        "bank": {"slug": bank.slug},
        "quay to bank": {"slug": quay.slug, "above": bank.slug},
        "reed": {"pk": reed.pk},
        "shore": {"pk": shore.pk},
        "seats": {"pk": seat.pk},
        "referrals": {"pk": station.referral_id},
        "stations": {"pk": station.pk},
    }


def sent_to_confederated(keys: dict[str, dict[str, Any]]) -> dict[str, dict[str, Any]]:
    """What is sent to their pages and calls."""
    made = {"name": "Delta", "purpose": "We drain.", "unity": "Each decides."} | WHY
    founded = made | {"words1": "Ditches", "sort1": "works"}
    said = {"says": "agree", "reason": "We heard more there."}
    terms = {"task": "Speak.", "limits": "Promise nothing.", "term_days": 30}
    return {
        "confederation:confederation-new": founded | {"others": [keys["reed"]["pk"]]},
        "confederation:seat-join": {"confederation": keys["shore"]["pk"]} | WHY,
        "confederation:seat-leave": WHY,
        "confederation:delegate-send": terms | {"place": "alternate", "bound": "bound"} | WHY,
        "confederation:forward-new": {"title": "A dam", "about": "right:safe", "days": 14} | WHY,
        "confederation:own-word-new": {"says": "block"} | WHY,
        "confederation:call-new": WHY,
        "confederation:referral-say": {"text": "Our dam is old."},
        "confederation:deviation-new": said,
        "api:confederation-propose": made | {"matters": [{"sort": "works", "words": "Ditches"}], "others": ["reed"]},
        "api:seat-join": {"confederation": "shore"} | WHY,
        "api:seat-leave": WHY,
        "api:delegate-send": terms | {"alternate": True} | WHY,
        "api:forward-propose": {"title": "A dam", "right": "safe"} | WHY,
        "api:own-word-propose": {"says": "block"} | WHY,
        "api:call-propose": WHY,
        "confederation:confidence-new": WHY,
        "api:confidence-propose": WHY,
        "api:deviation-make": said,
    }


CONFEDERATED = {
    "confederation:confidence-new": "quay on bank mandate",
    "confederation:confidence-withdraw": "bank mandate",
    "confederation:confidence-give": "bank mandate",
    "api:confidence-above": "bank mandate",
    "api:confidence-above-withdraw": "bank mandate",
    "api:confidence-above-give": "bank mandate",
    "api:confidence-propose": "quay on bank mandate",
    "confederation:seat-list": "bank",
    "confederation:above-list": "quay",
    "confederation:confederation-new": "quay",
    "confederation:seat-join": "quay",
    "confederation:forward-new": "quay to bank",
    "api:confederation-read": "bank",
    "api:above-read": "quay",
    "api:confederation-propose": "quay",
    "api:seat-join": "quay",
    "api:forward-propose": "quay to bank",
}
