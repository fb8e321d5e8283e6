"""A budget becomes a council: its voters are the members, its projects the proposals, each with an open vote."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from django.db import transaction

from core.actions import bodies, charters, opening, proposals
from core.actions.memberships import admit
from core.locks import lock
from core.models import Body, Cause, Person, Proposal, Vote
from core.rules.charter import CharterNumbers
from core.timekeeping import folkmoot_now
from councils.offset import move
from councils.pabulib import Budget, Project, Voter

AT_ONCE = 1000
"""Rows in one statement, which may have 65,535 parameters at most."""

FEWEST_VOTERS = 4
UNUSABLE = "!"
TITLE_MAX, NAME_MAX, SUM_MAX = 120, 80, 2**31 - 1


class NotLoaded(ValueError):
    """This budget cannot become a council here; the sentence says why."""


@dataclass(frozen=True, slots=True)
class Council:
    """What was made of a budget. `votes` are by project, `people` by voter."""

    budget: Budget
    body: Body
    people: dict[str, Person]
    votes: dict[str, Vote]


def found(budget: Budget) -> Council:
    """Found the council, propose every project and open all votes once they were talked over.

    Everybody is a founding member, so everybody has a voice at once. Moves the clock by the discussion minimum.
    """
    if len(budget.voters) < FEWEST_VOTERS or not budget.projects:
        raise NotLoaded(f"A council needs {FEWEST_VOTERS} voters and a project.")
    if Body.objects.filter(name=council_name(budget)).exists():
        raise NotLoaded(f"{council_name(budget)} is there already.")
    people = make_people(budget)
    body = form(budget, list(people.values()))
    charter = body.charters.get()
    drafts = [
        (project, list(people.values())[number // charter.open_proposals % len(people)])
        for number, project in enumerate(budget.projects)
    ]
    put_up = [(project, author, propose(body, project, author, at=folkmoot_now())) for project, author in drafts]
    move(timedelta(days=charter.discussion_days, minutes=1))
    votes = {project.id: opening.open_vote(proposal, by=author) for project, author, proposal in put_up}
    return Council(budget, body, people, votes)


def council_name(budget: Budget) -> str:
    """What the council is called."""
    return f"{budget.name[: NAME_MAX - 10]} Voters"


def make_people(budget: Budget) -> dict[str, Person]:
    """A pseudonym for each voter. Nobody can sign in as one."""
    first = Person.objects.order_by("-pk").values_list("pk", flat=True).first() or 0
    rows = [
        Person(
            sign_in_name=f"voter-{first + number}",
            display_name=f"Voter {voter.id}"[:60],
            password=UNUSABLE,
            mail=Person.Mail.NONE,
        )
        for number, voter in enumerate(budget.voters, start=1)
    ]
    made = Person.objects.bulk_create(rows, batch_size=AT_ONCE)
    return {voter.id: person for voter, person in zip(budget.voters, made, strict=True)}


def form(budget: Budget, people: list[Person]) -> Body:
    """The council, its charter adopted by three. Coming from a file is no news: nobody is told of each who joined."""
    at = folkmoot_now()
    most = CharterNumbers().consensus_up_to
    numbers = replace(CharterNumbers(), consensus_up_to=min(most, len(people) - 1), counts_visible="members")
    purpose = budget.meta.get("description") or budget.name
    content = charters.Draft(f"To decide on {purpose}.", "", numbers)
    with transaction.atomic():
        body = lock(bodies.form(council_name(budget), content, by=people[0], at=at))
        for person in people[1:]:
            admit(body, person, at=at)
        Cause.objects.filter(body=body, what=Cause.What.MEMBER_JOINED, fanned_at=None).update(fanned_at=at)
    charter = body.charters.get()
    for person in people[:3]:
        bodies.adopt(charter, by=person, at=at)
    return Body.objects.get(pk=body.pk)


def propose(body: Body, project: Project, author: Person, *, at: datetime) -> Proposal:
    """Put a project up for discussion."""
    title = project.name if len(project.name) <= TITLE_MAX else f"{project.name[: TITLE_MAX - 1]}…"
    lines = [
        project.name,
        f"Proposed by: {project.proposer}" if project.proposer else "",
        f"Where: {project.place}" if project.place else "",
        f"Cost: {project.cost:,}",
    ]
    text = "\n\n".join(line for line in lines if line)
    proposal = proposals.draft(body, by=author, at=at, title=title, text=text, sum=min(project.cost, SUM_MAX))
    return proposals.put_up(proposal, by=author, at=at)


def agrees(voter: Voter, project: str) -> bool:
    """Points for a project are an agreement; none is an abstention."""
    return project in voter.chosen
