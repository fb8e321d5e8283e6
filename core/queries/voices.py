"""What people said about a proposal: reasons of positions, and the talk with its answers."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime

from django.utils.translation import gettext as _

from core.models import Ballot, Comment, Person, Proposal
from core.queries.alternatives import as_marked, is_marked
from core.rules.positions import Position
from core.words import alternatives, positions
from core.words.rules import Words

DEEPEST = 2
"""Answers to answers of answers stand beside each other, or a phone has no room for them."""


@dataclass(slots=True)
class Voice:
    """One voice, as components/voice.html draws it."""

    author: Person
    at: datetime
    text: str
    id: int | None = None
    tag: Words = ""
    tone: str = "mute"
    taken_back: bool = False
    reply_url: str = ""
    edit_url: str = ""
    about: str = ""
    version: int | None = None
    answers: list["Voice"] = field(default_factory=list)


def get_positions(shown: Iterable[Ballot]) -> list[Voice]:
    """Who took which position and said why: blocks first, then what stops or worries, then the rest.

    Of several texts the position is told with the texts it is given instead of.
    """
    with_words = [ballot for ballot in shown if ballot.reason]
    first = [Position.BLOCK, Position.DISAGREE, Position.NO, Position.ASIDE, Position.RESERVATIONS]
    order = {position.value: number for number, position in enumerate(first)}
    with_words.sort(key=lambda ballot: (order.get(ballot.position, len(order)), ballot.changed_at))
    return [
        Voice(
            author=ballot.roll.person,
            at=ballot.changed_at,
            text=ballot.reason,
            tag=_said(ballot),
            tone=positions.TONES[Position(ballot.position)],
        )
        for ballot in with_words
    ]


def _said(ballot: Ballot) -> Words:
    """The position in words; among several texts with those that one could live with."""
    return alternatives.said(as_marked(ballot)) if is_marked(ballot) else positions.TOLD[Position(ballot.position)]


def get_talk(proposal: Proposal, person: Person, *, may_speak: bool) -> list[Voice]:
    """The talk in its order, answers under what they answer. One statement."""
    rows = list(Comment.objects.filter(proposal=proposal).select_related("author", "version").order_by("at", "pk"))
    parents = {row.pk: row.parent_id for row in rows}
    voices = {row.pk: get_voice(row, person, may_speak=may_speak) for row in rows}
    talk: list[Voice] = []
    for row in rows:
        place = _place(row.pk, parents)
        (voices[place].answers if place is not None else talk).append(voices[row.pk])
    return talk


def find_voice(talk: Iterable[Voice], key: str) -> Voice | None:
    """The voice of that number, however deep it stands; none where the words were taken back."""
    for voice in talk:
        if str(voice.id) == key:
            return None if voice.taken_back else voice
        found = find_voice(voice.answers, key)
        if found is not None:
            return found
    return None


def _place(key: int, parents: dict[int, int | None]) -> int | None:
    """Under which voice it stands: what it answers, or, too deep down, what that answers."""
    line: list[int] = []
    above = parents[key]
    while above is not None:
        line.append(above)
        above = parents[above]
    if not line:
        return None
    return line[0] if len(line) <= DEEPEST else line[-DEEPEST]


def get_voice(row: Comment, person: Person, *, may_speak: bool) -> Voice:
    """One comment as it is drawn; on a passage with the passage and its version."""
    gone = row.taken_back_at is not None
    mine = row.author_id == person.pk
    return Voice(
        author=row.author,
        at=row.at,
        text=row.text,
        id=row.pk,
        tag=_("round %(number)d") % {"number": row.round_no} if row.round_no else "",
        tone="sun",
        taken_back=gone,
        reply_url=f"?answer={row.pk}#speak" if may_speak and not gone else "",
        edit_url=f"?take_back={row.pk}#speak" if mine and not gone else "",
        about=row.passage,
        version=row.version.number if row.version is not None else None,
    )
