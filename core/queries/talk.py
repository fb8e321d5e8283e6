"""What stands beside the voices on a proposal's page, and its text passage by passage."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Count, OuterRef, QuerySet, Subquery
from django.db.models.functions import JSONObject, Left
from django.utils.translation import gettext_lazy as _

from core.models import Affected, Amendment, Comment, Person, Proposal, Summary, Temperature, TextVersion
from core.queries.voices import Voice, get_voice
from core.rules.passages import paragraph_of, paragraphs
from core.words.rules import Words

SHOWN_OF_A_PASSAGE = 160
TONES: dict[str, str] = {
    Amendment.State.OPEN: "sun",
    Amendment.State.ACCEPTED: "leaf",
    Amendment.State.DECLINED: "mute",
    Amendment.State.WITHDRAWN: "mute",
    Temperature.Feels.WARM: "leaf",
    Temperature.Feels.UNSURE: "sun",
    Temperature.Feels.COLD: "brick",
}


def with_talk(found: QuerySet[Proposal], person: Person) -> QuerySet[Proposal]:
    """Proposals, with all that stands beside the voices on their pages read in the same one statement."""
    brief = JSONObject(
        pk="pk",
        number="number",
        name="author__display_name",
        author="author_id",
        state="state",
        stands="stands_at",
        passage=Left("passage", SHOWN_OF_A_PASSAGE),
        words=Left("words", SHOWN_OF_A_PASSAGE),
    )
    amended = Amendment.objects.filter(proposal=OuterRef("pk")).order_by("number")
    felt = Temperature.objects.filter(proposal=OuterRef("pk")).order_by()
    affected = Affected.objects.filter(proposal=OuterRef("pk")).order_by("pk")
    named = JSONObject(
        name="body__name", slug="body__slug", why="why", asked="asked_at", answer="answer", words="words"
    )
    newest = Summary.objects.filter(proposal=OuterRef("pk")).order_by("of", "-number").distinct("of")
    return found.annotate(
        amended=ArraySubquery(amended.values(found=brief)),
        felt=ArraySubquery(felt.values("feels").annotate(n=Count("pk")).values(found=JSONObject(feels="feels", n="n"))),
        named=ArraySubquery(affected.values(found=named)),
        feels=Subquery(felt.filter(person=person).values("feels")),
        summed=ArraySubquery(
            newest.values(found=JSONObject(of="of", number="number", text="text", at="at", name="author__display_name"))
        ),
    )


@dataclass(frozen=True, slots=True)
class Brief:
    """Other words for a passage, in a list."""

    pk: int
    number: int
    name: str
    author: int
    state: str
    stands: str | None
    passage: str
    words: str

    @property
    def waits(self) -> bool:
        """Whether its proposal's author has not answered."""
        return self.state == Amendment.State.OPEN

    @property
    def label(self) -> str:
        """Its state in a word."""
        return str(Amendment.State(self.state).label)

    @property
    def tone(self) -> str:
        """The colour of that word."""
        return TONES[self.state]


@dataclass(frozen=True, slots=True)
class Felt:
    """One answer: its word, how many gave it, the same drawn."""

    value: str
    label: Words
    count: int
    width: str
    tone: str
    is_mine: bool


@dataclass(frozen=True, slots=True)
class Feeling:
    """How it feels to how many; `mine` is the person's own answer."""

    counts: dict[str, int] = field(default_factory=dict)
    mine: str = ""

    @property
    def lines(self) -> list[Felt]:
        """The three answers, each over all that were given."""
        whole = max(sum(self.counts.values()), 1)
        return [
            Felt(
                feels.value,
                feels.label,
                self.counts.get(feels, 0),
                f"{self.counts.get(feels, 0) * 100 / whole:.2f}%",
                TONES[feels],
                is_mine=feels == self.mine,
            )
            for feels in Temperature.Feels
        ]


@dataclass(frozen=True, slots=True)
class Summed:
    """The newest summary: its words, by whom, as of when."""

    number: int
    text: str
    name: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Named:
    """A body that the proposal affects, in a list."""

    name: str
    slug: str
    why: str
    asked: str | None
    answer: str
    words: str

    @property
    def waits(self) -> bool:
        """Whether it has asked and has no answer."""
        return self.asked is not None and not self.answer

    @property
    def tag(self) -> tuple[Words, str]:
        """What came of it in a word, and the colour of that word."""
        if not self.asked:
            return _("told"), "mute"
        return (Affected.Answer(self.answer).label, "leaf" if self.answer == "agreed" else "sun")


@dataclass(frozen=True, slots=True)
class Beside:
    """What stands beside the voices."""

    amendments: list[Brief] = field(default_factory=list)
    feeling: Feeling = field(default_factory=Feeling)
    summary: Summed | None = None
    plain: Summed | None = None
    named: list[Named] = field(default_factory=list)

    @property
    def waiting(self) -> int:
        """How many proposals for other words wait for the author."""
        return sum(each.waits for each in self.amendments)

    @property
    def standing(self) -> int:
        """How many stand as alternatives."""
        return sum(each.stands is not None for each in self.amendments)


def get_beside(proposal: Proposal) -> Beside:
    """What was read with `with_talk`. No statement."""
    rows: Any = proposal
    summed = {row["of"]: _summed(row) for row in rows.summed}
    counts = {row["feels"]: row["n"] for row in rows.felt}
    return Beside(
        amendments=[Brief(**row) for row in rows.amended],
        feeling=Feeling({feels: counts.get(feels, 0) for feels in Temperature.Feels.values}, rows.feels or ""),
        summary=summed.get(Summary.Of.TALK),
        plain=summed.get(Summary.Of.TEXT),
        named=[Named(**row) for row in rows.named],
    )


def get_feeling(proposal: Proposal, person: Person) -> Feeling:
    """How a proposal feels to how many. Two statements."""
    rows = proposal.temperatures.order_by().values_list("feels").annotate(n=Count("pk"))
    counts = dict.fromkeys(Temperature.Feels.values, 0) | dict(rows)
    mine = proposal.temperatures.filter(person=person).first()
    return Feeling(counts, mine.feels if mine else "")


def _summed(row: Mapping[str, Any]) -> Summed:
    return Summed(row["number"], row["text"], row["name"], datetime.fromisoformat(row["at"]))


@dataclass(slots=True)
class Passage:
    """One paragraph of the newest text, with what was said about it and proposed for it."""

    number: int
    text: str
    voices: list[Voice] = field(default_factory=list)
    amendments: list[Amendment] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Passages:
    """A text passage by passage; `voices` and `amendments` are about words that are no longer there as they were."""

    text: TextVersion
    paragraphs: list[Passage]
    voices: list[Voice]
    amendments: list[Amendment]


def get_passages(proposal: Proposal, person: Person) -> Passages:
    """The newest text by paragraphs. What is about a passage stands with it, as long as the passage stands. Three
    statements.
    """
    text = proposal.texts.order_by("-number")[0]
    spans = paragraphs(text.text)
    found = [Passage(number, text.text[a:b]) for number, (a, b) in enumerate(spans, start=1)]
    comments = Comment.objects.filter(proposal=proposal, version__isnull=False, taken_back_at__isnull=True)
    rest = Passages(text, found, [], [])
    for comment in comments.select_related("author", "version").order_by("at", "pk"):
        place = paragraph_of(text.text, comment.passage, spans)
        (rest.voices if place is None else found[place].voices).append(get_voice(comment, person, may_speak=False))
    for amendment in proposal.amendments.waiting().select_related("author", "version").order_by("number"):
        place = paragraph_of(text.text, amendment.passage, spans)
        (rest.amendments if place is None else found[place].amendments).append(amendment)
    return rest


def get_passage(text: TextVersion, number: int | None) -> str:
    """A paragraph by its number; the whole text where it has only one; nothing where none is meant."""
    spans = paragraphs(text.text)
    if number is None:
        return text.text[slice(*spans[0])] if len(spans) == 1 else ""
    return text.text[slice(*spans[number - 1])] if 1 <= number <= len(spans) else ""
