"""A defence body of the council of those inside: its keys, and what is sent to its routes."""

from datetime import timedelta
from typing import Any

from django.db import transaction

from core.actions import memberships
from core.models import Body, Person
from core.queries.charters import today_in
from core.timekeeping import folkmoot_now
from defense.actions import codes, forming, posts, training
from tests import village

WHY = {"text": "We need it."}
FORMED = {"name": "Another watch", "sort": "cop_watch", "purpose": "We look."} | WHY
TERMS = {"task": "Speak.", "limits": "Nothing alone.", "term_days": 30} | WHY


def defended(slug: str, members: list[Person]) -> dict[str, dict[str, Any]]:
    """A code to accept, a post to fill, and a day of training that is today."""
    host, author, at = Body.objects.get(slug=slug), members[0], folkmoot_now()
    plan = forming.Plan("Watch", "community", "We look after each other.")
    with transaction.atomic():
        body = forming.form(forming.propose(host, plan, "Why.", by=author, at=at), at=at)
        for person in members[1:]:
            memberships.admit(body, person, at=at)
        codes.adopt(codes.propose(body, "own", "We touch nobody.", "Why.", by=author, at=at), at=at)
        post = posts.open_post(posts.propose(body, posts.Place("Speaker"), "Why.", by=author, at=at), at=at)
        taught = training.set_up(body, "first_aid", 365, by=author, at=at)
        day = training.announce(taught, today_in(body, at), by=author, at=at)
    return {
        "watch": {"slug": body.slug},
        "training": {"pk": taught.pk},
        "posts": {"pk": post.pk},
        "training-days": {"pk": day.pk},
        "trained": {"pk": village.membership(body, members[1]).pk},
    }


def sent_to_defended(keys: dict[str, dict[str, Any]]) -> dict[str, dict[str, Any]]:
    """What is sent to their pages and calls."""
    day = f"{folkmoot_now() + timedelta(days=2):%Y-%m-%d}"
    code, came = {"code": "We touch nobody, ever."} | WHY, {"came": [keys["trained"]["pk"]]}
    accepted, taught = {"scope": "own", "number": 1}, {"sort": "first_aid", "valid_days": 365}
    return {
        "defense:defense-new": FORMED,
        "defense:code-new": code,
        "defense:code-accept": accepted,
        "defense:post-new": {"name": "Steward"} | WHY,
        "defense:post-elect": TERMS,
        "defense:post-close": WHY,
        "defense:training-set": taught,
        "defense:day-announce": {"training": keys["training"]["pk"], "on": day},
        "defense:day-enter": came,
        "api:defense-propose": FORMED,
        "api:code-propose": code | {"scope": "own"},
        "api:code-accept": accepted,
        "api:post-propose": {"name": "Steward"} | WHY,
        "api:post-elect": TERMS,
        "api:post-close": WHY,
        "api:training-set": taught,
        "api:day-announce": {"sort": "first_aid", "on": day},
        "api:day-enter": came,
    }


SLUGS = (
    *("code-list", "code-new", "code-accept", "chain-detail", "post-new"),
    *("training-list", "training-set", "day-announce"),
)
CALLS = (
    *("code-list", "code-propose", "code-accept", "chain-read", "post-propose"),
    *("training-read", "training-set", "day-announce"),
)
DEFENDED = {
    "defense:defense-new": "audit host",
    "api:defense-propose": "audit host",
    **{f"defense:{name}": "watch" for name in SLUGS},
    **{f"api:{name}": "watch" for name in CALLS},
}
