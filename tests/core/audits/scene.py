"""A street that hosts a workshop and has elected bruno to audit it."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction

from core.actions import audits, ballots, bodies, candidacies, charters, elections, memberships, opening, proposals
from core.actions import mandates as acting
from core.models import Audit, AuditReading, Body, Finding, Mandate, Person, Proposal
from core.rules.charter import CharterNumbers
from core.timekeeping import folkmoot_now
from tests import village

ALL = ("decisions", "mandates", "record")
TASK: dict[str, Any] = {
    "task": "Look into it.",
    "limits": "Decide nothing there.",
    "term_days": 90,
    "report_days": None,
}


@dataclass
class Hall:
    """Alder Street (ana, bruno, eva, farid, gina) hosts the workshop of carla, hugo and ines; dario belongs to neither.

    The workshop has decided once and given hugo a mandate, on which he has reported.
    """

    host: Body
    workshop: Body
    people: dict[str, Person]
    decision: Proposal
    mandate: Mandate
    audit: Audit

    def __getattr__(self, name: str) -> Person:
        """Its people by their names."""
        try:
            return self.__dict__["people"][name]  # type: ignore[no-any-return]
        except KeyError:
            raise AttributeError(name) from None

    @property
    def neighbours(self) -> list[Person]:
        """The members of the host."""
        return [self.people[name] for name in ("ana", "bruno", "eva", "farid", "gina")]


def make_hosted(host: Body, people: list[Person], kind: Body.Kind = Body.Kind.COOPERATIVE) -> Body:
    """A body that answers to a host, with its charter adopted."""
    draft = charters.Draft("We mend what breaks.", "", CharterNumbers())
    body = bodies.form("Workshop", draft, by=people[0], at=folkmoot_now(), kind=kind, host=host, listed=False)
    with transaction.atomic():
        for person in people[1:]:
            memberships.admit(body, person, at=folkmoot_now())
    for person in people[:3]:
        bodies.adopt(body.charters.get(), by=person, at=folkmoot_now())
    body.refresh_from_db()
    return body


def make_hall() -> Hall:
    """All of it, up to the first day of the audit."""
    names = ("ana", "bruno", "eva", "farid", "gina", "carla", "hugo", "ines", "dario")
    cast = dict(zip(names, village.make_people(*names), strict=True))
    host = village.make_council("Alder Street", [cast[name] for name in names[:5]])
    workers = [cast[name] for name in names[5:8]]
    workshop = make_hosted(host, workers)
    decision = village.decide(workshop, workers, cast["carla"], title="Open on Saturdays")
    mandate = village.make_mandate(workshop, workers, cast["hugo"], author=cast["carla"], title="Keep the books")
    acting.report(mandate, "The books are kept.", by=cast["hugo"])
    proposal = call_for_audit(host, workshop, cast["ana"])
    audit = elect(proposal, cast["bruno"], [cast[name] for name in names[:5]])
    return Hall(host, workshop, cast, decision, mandate, audit)


def call_for_audit(host: Body, body: Body, author: Person, *, since: datetime | None = None, **scope: Any) -> Proposal:
    """An election of an auditor, in discussion."""
    at = folkmoot_now()
    title = "Auditor of the workshop"
    proposal = proposals.draft(host, by=author, at=at, title=title, text="We want to know.", kind="election")
    elections.set_out(proposal, elections.Terms(**TASK), by=author)
    asked = audits.Scope(body, scope.get("matters", ALL), since or body.formed_at)
    audits.set_out(proposal, asked, by=author)
    return proposals.put_up(proposal, by=author, at=at)


def elect(proposal: Proposal, person: Person, electors: list[Person]) -> Audit:
    """That person is elected by all."""
    candidacies.stand(proposal, by=person, at=folkmoot_now())
    village.move_clock(timedelta(days=8))
    vote = opening.open_vote(proposal, by=proposal.author or person)
    for elector in electors:
        ballots.cast(vote, (1,), by=elector)
    village.close(vote)
    return Audit.objects.select_related("body", "proposal__body").get(proposal=proposal)


def read(hall: Hall, matter: str = "mandates", item: int | None = None) -> AuditReading:
    """Bruno reads a thing; hugo's mandate unless said otherwise."""
    key = item if item is not None else hall.mandate.pk
    return audits.read(hall.audit, matter, item=key, by=hall.bruno)


def about(hall: Hall, **other: Any) -> audits.Found:
    """A finding about what bruno reads for it."""
    told: dict[str, Any] = {
        "title": "No receipts",
        "text": "Nobody keeps the receipts.",
        "severity": "fault",
        "answer_by": folkmoot_now().date() + timedelta(days=14),
    }
    told |= other
    if "evidence" not in told:
        told["evidence"] = (read(hall).pk,)
    return audits.Found(**told)


def find(hall: Hall) -> Finding:
    """Bruno has found something."""
    return audits.find(hall.audit, about(hall), by=hall.bruno)
