"""What an auditor can be sent to read in any body: decisions, mandates, the record. Pillars add what is particular."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from core.models import NEVER_SHOWN, Body, Mandate, Person, Proposal, RecordLine, Vote
from core.queries.records import tell_rows
from core.registry import POSTS, AuditMatter, Panel, Told, register_matter
from core.rules.positions import Position
from core.words.positions import LABELS
from core.words.records import tally
from core.words.rules import Words

DECISIONS, MANDATES, RECORD = "decisions", "mandates", "record"


def decisions(body: Body, since: datetime) -> QuerySet[Proposal]:
    """Proposals that were open then or came later; ideas are their authors' own."""
    rows = Proposal.objects.filter(~NEVER_SHOWN, body=body)
    return rows.filter(Q(closed_at__isnull=True) | Q(closed_at__gte=since)).order_by("-discussion_at", "-pk")


def tell_decisions(rows: list[Any], _body: Body, _person: Person) -> list[Told]:
    """By their titles."""
    return [Told(row.pk, row.title, row.discussion_at) for row in rows]


def show_decision(proposal: Proposal) -> Panel:
    """Its text, its votes with who took which open position and why, the talk, and the tasks."""
    return Panel("core/_audit_decision.html", whole_decision(proposal))


def whole_decision(proposal: Proposal) -> dict[str, Any]:
    """All of it."""
    votes = proposal.votes.prefetch_related("ballots__roll__person").order_by("number")
    return {
        "proposal": proposal,
        "text": proposal.texts.order_by("-number").first(),
        "votes": [show_vote(vote) for vote in votes],
        "talk": proposal.comments.filter(taken_back_at__isnull=True).select_related("author").order_by("at"),
        "tasks": proposal.tasks.select_related("person").order_by("pk"),
    }


def decision_data(proposal: Proposal) -> dict[str, Any]:
    """The same for a program."""
    about = whole_decision(proposal)
    return {
        "text": about["text"].text,
        "votes": [
            {
                "number": each.vote.number,
                "counted": each.counted,
                "voices": [[who.display_name, str(position), reason] for who, position, reason in each.voices],
            }
            for each in about["votes"]
        ],
        "talk": [[comment.author.display_name, comment.text] for comment in about["talk"]],
        "tasks": [task.what for task in about["tasks"]],
    }


@dataclass(frozen=True, slots=True)
class VoteShown:
    """One vote: its count in words, and who took which position and why; of a secret one the count alone."""

    vote: Vote
    counted: str
    voices: list[tuple[Person, Words, str]]


def show_vote(vote: Vote) -> VoteShown:
    """A vote as it was counted; of one that is open or secret no positions."""
    if vote.counted_at is None:
        return VoteShown(vote, "", [])
    ballots = [] if vote.secret else list(vote.ballots.all())
    voices = [(each.roll.person, LABELS[Position(each.position)], each.reason) for each in ballots]
    return VoteShown(vote, counted_in_words(vote), voices)


def counted_in_words(vote: Vote) -> str:
    """Its count; of very few secret ballots none is told."""
    return tally({position.value: number for position, number in vote.counts.items()} if vote.tells_counts else None)


def mandates(body: Body, since: datetime) -> QuerySet[Mandate]:
    """Those in force then or later: given by the body itself, and by its host for it."""
    given = Q(body=body)
    for posts in POSTS:
        given |= Q(pk__in=posts(body).values("pk"))
    rows = Mandate.objects.filter(given).filter(Q(ended_at__isnull=True) | Q(ended_at__gte=since))
    return rows.select_related("person", "body").order_by("-starts_at", "-pk")


def tell_mandates(rows: list[Any], _body: Body, _person: Person) -> list[Told]:
    """By what they are called and who holds them."""
    return [Told(row.pk, f"{row.title} · {row.person.display_name}", row.starts_at) for row in rows]


def show_mandate(mandate: Mandate) -> Panel:
    """Its task and limits, and all reports."""
    return Panel("core/_audit_mandate.html", {"mandate": mandate, "reports": mandate.reports.order_by("-at")})


def mandate_data(mandate: Mandate) -> dict[str, Any]:
    """The same for a program."""
    reports = [[report.at.isoformat(), report.text] for report in mandate.reports.order_by("-at")]
    return {"task": mandate.task, "limits": mandate.limits, "ending": mandate.ending, "reports": reports}


def lines(body: Body, since: datetime) -> QuerySet[RecordLine]:
    """The lines written since."""
    return RecordLine.objects.filter(body=body, at__gte=since).order_by("-seq")


def tell_lines(rows: list[Any], body: Body, person: Person) -> list[Told]:
    """By what they say."""
    keys = {row.seq: row.pk for row in rows}
    told = tell_rows(rows, body, person)
    return [Told(keys[line.seq], f"{line.seq}. {line.said}"[:200], line.at) for line in told]


def show_line(line: RecordLine) -> Panel:
    """As it is written, with the texts that it commits to."""
    return Panel("core/_audit_line.html", {"line": line, "texts": line.texts.order_by("name")})


def line_data(line: RecordLine) -> dict[str, Any]:
    """The same for a program."""
    return {"line": line.line, "texts": {text.name: text.text for text in line.texts.order_by("name")}}


def register_matters() -> None:
    """Called once at start-up."""
    register_matter(AuditMatter(DECISIONS, _("Decisions"), decisions, tell_decisions, show_decision, decision_data))
    register_matter(
        AuditMatter(MANDATES, _("Mandates and reports"), mandates, tell_mandates, show_mandate, mandate_data)
    )
    register_matter(AuditMatter(RECORD, _("The record"), lines, tell_lines, show_line, line_data))
