"""Pages of a large body beside the same pages of a small one; and how many statements acts and pages take."""

import secrets
import time
from datetime import timedelta
from functools import partial
from typing import Any

from django.conf import settings
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from bench.figures import in_turn
from bench.inside import towns
from core.models import Body, Person, Proposal, Stage, TextVersion
from core.timekeeping import folkmoot_now
from faults.town import session_of

BETWEEN = ("BEGIN", "COMMIT", "ROLLBACK")
CSRF = "f" * 32


def prepare(name: str, members: int, number: int) -> dict[str, Any]:
    """A body with so many members and proposals: two votes and a few talks, the others adopted long ago."""
    body, people = towns.town(name, members)
    votes = towns.open_votes(body, people, 2)
    talks = towns.in_discussion(body, people, 2)
    mandate = towns.grant(body, people[0], people[1], "Keep the keys")
    decided(body, people, number - 5)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    return {
        "slug": body.slug,
        "session": session_of(people[2]),
        "proposal": votes[0].proposal_id,
        "vote": votes[0].pk,
        "talk": talks[0][0].pk,
        "mandate": mandate.pk,
    }


def decided(body: Body, people: list[Person], number: int) -> None:
    """So many decisions of the past, as rows."""
    at = folkmoot_now()
    past = [at - timedelta(hours=n) for n in range(number)]
    made = Proposal.objects.bulk_create(
        Proposal(
            body=body,
            kind="decision",
            author=people[n % len(people)],
            stage=Stage.ADOPTED,
            stands=True,
            title=f"Decision {n}",
            created_at=when,
            discussion_at=when,
            closed_at=when,
        )
        for n, when in enumerate(past)
    )
    TextVersion.objects.bulk_create(
        TextVersion(proposal=each, number=1, title=each.title, text=towns.TEXT, at=each.created_at) for each in made
    )


def addresses(town: dict[str, Any]) -> dict[str, str]:
    """The pages of a body, by name."""
    of_body = (
        "body-detail",
        "proposal-list",
        "decision-list",
        "mandate-list",
        "member-list",
        "record-list",
        "charter-detail",
        "proposal-new",
    )
    return {
        "home": reverse("core:home"),
        "notice-list": reverse("core:notice-list"),
        "proposal-detail": reverse("core:proposal-detail", args=[town["proposal"]]),
        "proposal-detail, talked over": reverse("core:proposal-detail", args=[town["talk"]]),
        "mandate-detail": reverse("core:mandate-detail", args=[town["mandate"]]),
        **{name: reverse(f"core:{name}", args=[town["slug"]]) for name in of_body},
    }


def browser(town: dict[str, Any]) -> Client:
    """A member's, with all checks on."""
    client = Client(enforce_csrf_checks=True, headers={"host": settings.SITE_ADDRESS.netloc})
    client.cookies[settings.SESSION_COOKIE_NAME] = town["session"]
    client.cookies[settings.CSRF_COOKIE_NAME] = CSRF
    return client


def measure(large: dict[str, Any], small: dict[str, Any], rounds: int) -> dict[str, Any]:
    """By page: the seconds of each, and their statements."""
    found = {}
    browsers = [browser(large), browser(small)]
    for name, address in addresses(large).items():
        other = addresses(small)[name]
        many, few = counted(browsers[0], address), counted(browsers[1], other)
        pair = in_turn(rounds, partial(took, browsers[0], address), partial(took, browsers[1], other))
        found[name] = {"ours": pair.ours, "reference": pair.reference, "statements": [many["all"], few["all"]]}
    return found


def took(client: Client, address: str) -> float:
    """The seconds of one page."""
    begun = time.perf_counter()
    answer = client.get(address)
    spent = time.perf_counter() - begun
    if answer.status_code != 200:
        raise RuntimeError(f"{address} answered {answer.status_code}")
    return spent


def counted(client: Client, address: str) -> dict[str, int]:
    """How many statements a page takes, session and person among them."""
    took(client, address)
    with CaptureQueriesContext(connection) as asked:
        took(client, address)
    return told(asked.captured_queries)


def told(queries: list[dict[str, str]]) -> dict[str, int]:
    """Statements that were sent, and transactions that were begun by name."""
    words = [query["sql"].split(maxsplit=1)[0].upper() for query in queries]
    return {"all": sum(word not in BETWEEN for word in words), "transactions": words.count("BEGIN")}


def statements(town: dict[str, Any]) -> dict[str, dict[str, int]]:
    """What each act of a member over a form takes: the first ballot, a change of it, withdrawing confidence."""
    client = browser(town)
    cast = reverse("core:ballot-cast", args=[town["proposal"]])
    withdraw = reverse("core:mandate-withdraw-confidence", args=[town["mandate"]])
    took(client, addresses(town)["proposal-detail"])  # whatever a process reads once is read
    return {
        "first ballot": posted(client, cast, vote=town["vote"], position="agree", reason=""),
        "changed ballot": posted(client, cast, vote=town["vote"], position="abstain", reason=""),
        "withdrawn confidence": posted(client, withdraw),
    }


def posted(client: Client, address: str, **fields: object) -> dict[str, int]:
    """What one form takes."""
    sent = {"csrfmiddlewaretoken": CSRF, "once": secrets.token_hex(8), **fields}
    with CaptureQueriesContext(connection) as asked:
        answer = client.post(address, sent)
    if answer.status_code != 303:
        raise RuntimeError(f"{address} answered {answer.status_code}")
    return told(asked.captured_queries)
