"""The count of a budget, done directly on its file, and what the house made of it, side by side."""

from dataclasses import dataclass

from core.models import Ballot, Proposal, RollEntry, Vote
from core.rules.counting import decide
from councils.budgets.founding import Council

FEWEST_IN_FAVOUR = 3


@dataclass(frozen=True, slots=True)
class Count:
    """One project's vote in numbers."""

    roll: int
    agree: int
    abstain: int
    took_part: int
    quorum: int
    outcome: str


@dataclass(frozen=True, slots=True)
class Compared:
    """A project: what the file gives, what the house has, and what the file's authors counted themselves."""

    title: str
    expected: Count
    found: Count
    published: int | None

    @property
    def equal(self) -> bool:
        """Whether all three agree."""
        return self.expected == self.found and self.published in (None, self.expected.agree)


def compare(council: Council) -> list[Compared]:
    """All projects, in the order of the file."""
    return [
        Compared(
            title=project.name,
            expected=count_directly(council, project.id),
            found=count_found(council.votes[project.id]),
            published=project.votes,
        )
        for project in council.budget.projects
    ]


def count_directly(council: Council, project: str) -> Count:
    """Counted on the file, with nothing of the house's own rules: weak consensus in whole numbers."""
    charter = council.body.charters.get()
    roll = len(council.budget.voters)
    agree = len([voter for voter in council.budget.voters if voter.points.get(project, 0) > 0])
    quorum = -(-roll * charter.quorum_num // charter.quorum_den)
    heard = roll >= quorum  # everybody gave something to every question, if only an abstention
    against = 0
    enough = agree * charter.agreement_den >= charter.agreement_num * (agree + against)
    adopted = heard and enough and agree >= FEWEST_IN_FAVOUR
    return Count(roll, agree, roll - agree, roll, quorum, "adopted" if adopted else "not_adopted")


def count_found(vote: Vote) -> Count:
    """What the house has kept: the rows of the roll and of the ballots, the stored tally, the stage it led to."""
    vote = Vote.objects.get(pk=vote.pk)
    tally = vote.tally or {}
    stage = Proposal.objects.get(pk=vote.proposal_id).stage
    roll = RollEntry.objects.filter(vote=vote).count()
    agreed = Ballot.objects.filter(vote=vote, position="agree").count()
    same = roll == vote.roll_size and agreed == tally.get("agree", 0) and stage == vote.outcome
    return Count(
        roll=roll,
        agree=tally.get("agree", 0),
        abstain=tally.get("abstain", 0),
        took_part=Ballot.objects.filter(vote=vote).count(),
        quorum=decide(vote.counts, vote.terms).quorum_needed,
        outcome=vote.outcome if same else "rows and tally differ",
    )


def table(rows: list[Compared]) -> list[str]:
    """Lines to print."""
    lines = [
        f"{'agree':>7} {'abstain':>8} {'took part':>10} {'roll':>7} {'quorum':>7}  outcome      as counted  project"
    ]
    for row in rows:
        found = row.found
        mark = "equal" if row.equal else "DIFFERENT"
        lines.append(
            f"{found.agree:>7,} {found.abstain:>8,} {found.took_part:>10,} {found.roll:>7,} {found.quorum:>7,}"
            f"  {found.outcome:12} {mark:10}  {row.title[:50]}"
        )
        if not row.equal:
            lines.append(f"        counted on the file: {row.expected}; published: {row.published}")
    return lines
