"""A street with a defence body that it has formed, with both codes, a chain of two posts, and a coordinator."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.db import transaction

from core.actions import ballots, bodies, candidacies, elections, memberships, opening
from core.models import Body, Mandate, Person, Proposal, Vote
from core.timekeeping import folkmoot_now
from defense.actions import codes, forming, posts
from defense.models import Post
from defense.queries.standing import get_codes
from defense.rules.codes import SCOPES
from tests import village

CODE = "We watch and write down.\n\nWe touch nobody."
TERMS = elections.Terms("Speak for the watch.", "Decide nothing alone.", 300, 60)


@dataclass
class Watch:
    """Alder Street (ana, bruno, eva, farid, gina) hosts the watch of ana, bruno and eva; dario belongs to neither.

    All three have accepted both codes. Bruno is the coordinator; under him stands a post that is vacant.
    """

    host: Body
    body: Body
    people: dict[str, Person]
    coordinator: Post
    steward: Post
    mandate: Mandate

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


def adopted(proposal: Proposal, electors: list[Person]) -> Proposal:
    """All agree to it, after the talk."""
    village.move_clock(timedelta(days=4))
    vote = opening.open_vote(proposal, by=proposal.author or electors[0])
    for person in electors:
        village.cast(vote, person, "agree")
    village.close(vote)
    proposal.refresh_from_db()
    return proposal


def form(host: Body, people: list[Person], electors: list[Person], name: str = "Street watch") -> Body:
    """The host forms a body of these people, who adopt its charter."""
    plan = forming.Plan(name, "community", "We look after each other.")
    proposal = adopted(forming.propose(host, plan, "We need it.", by=people[0], at=folkmoot_now()), electors)
    body = Body.objects.get(defense__proposal=proposal)
    with transaction.atomic():
        for person in people[1:]:
            memberships.admit(body, person, at=folkmoot_now())
    for person in people[:3]:
        bodies.adopt(body.charters.get(), by=person, at=folkmoot_now())
    body.refresh_from_db()
    return body


def set_code(body: Body, scope: str, author: Person, electors: list[Person], text: str = CODE) -> Proposal:
    """The host adopts a version of a code."""
    return adopted(codes.propose(body, scope, text, "We need one.", by=author, at=folkmoot_now()), electors)


def open_post(body: Body, name: str, author: Person, electors: list[Person], **place: Any) -> Post:
    """The host opens a post."""
    proposal = posts.propose(body, posts.Place(name, **place), "We need it.", by=author, at=folkmoot_now())
    return Post.objects.get(proposal=adopted(proposal, electors))


def open_election(post: Post, candidate: Person, author: Person) -> Vote:
    """The open vote of an election for a post, with one candidate."""
    proposal = posts.call_election(post, TERMS, "Somebody has to.", by=author, at=folkmoot_now())
    candidacies.stand(proposal, by=candidate, at=folkmoot_now())
    village.move_clock(timedelta(days=4))
    return opening.open_vote(proposal, by=author)


def elect(post: Post, candidate: Person, author: Person, electors: list[Person]) -> Proposal:
    """All elect that candidate to a post."""
    vote = open_election(post, candidate, author)
    for person in electors:
        ballots.cast(vote, (1,), by=person)
    village.close(vote)
    return Proposal.objects.get(pk=vote.proposal_id)


def accept_both(body: Body, *people: Person) -> None:
    """These members accept the newest version of both codes."""
    for person in people:
        for scope in SCOPES:
            newest = get_codes(body, at=folkmoot_now())[scope].newest
            codes.accept(body, scope, (newest.number or 0) if newest is not None else 0, by=person)


def make_watch() -> Watch:
    """All of it."""
    names = ("ana", "bruno", "eva", "farid", "gina", "dario")
    cast = dict(zip(names, village.make_people(*names), strict=True))
    neighbours = [cast[name] for name in names[:5]]
    host = village.make_council("Alder Street", neighbours, open_proposals=10)
    ana, bruno, eva = neighbours[:3]
    body = form(host, [ana, bruno, eva], neighbours)
    for scope in SCOPES:
        set_code(body, scope, ana, neighbours)
    accept_both(body, ana, bruno, eva)
    coordinator = open_post(body, "Coordinator", ana, neighbours, requires=("first_aid",))
    steward = open_post(body, "Steward", ana, neighbours, above=coordinator)
    election = elect(coordinator, bruno, ana, neighbours)
    return Watch(host, body, cast, coordinator, steward, election.granted.get())
