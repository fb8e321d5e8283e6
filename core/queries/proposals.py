"""Proposals as their pages read them: one with all that belongs to it, and the lists of a body."""

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import Case, Count, Exists, F, IntegerField, OuterRef, Q, QuerySet, Subquery, Value, When
from django.db.models.functions import Length

from core.models import (
    LIVE,
    NEVER_SHOWN,
    Ballot,
    Body,
    Charter,
    Person,
    Proposal,
    Receipt,
    RollEntry,
    Second,
    Stage,
    Task,
    TextVersion,
    Vote,
)
from core.permissions.joint import waits_key
from core.permissions.plain_words import newest_text
from core.permissions.proposals import opens_for_all_from, opens_from
from core.queries.acts import Acts, get_acts, get_finishable
from core.queries.alternatives import TextsShown, get_texts, with_texts
from core.queries.ballots import get_shown_ballots
from core.queries.charters import get_charter
from core.queries.elections import ElectionPage, get_election
from core.queries.entering import Entry, get_entered_for
from core.queries.remembering import remembered, remembering
from core.queries.standings import Group, Standing, get_groups, get_standing
from core.queries.talk import Beside, get_beside, with_talk
from core.queries.voices import Voice, get_positions, get_talk
from core.queries.zones import zone_named
from core.registry import Kind, kind_of
from core.rules.passages import is_long
from core.rules.positions import Position, Rule, Way
from core.timekeeping import Moment

SHOWN_AT_MOST = {True: 150, False: 40}
"""Positions on one page: all of a consensus (its roll is 150 at most), of other votes those with the most to say."""
CHOSEN_FROM = 200
"""In larger bodies a member is named instead of chosen from a list."""
PAGE = 20


@dataclass(slots=True)
class ProposalPage:
    """Everything a proposal's page shows."""

    proposal: Proposal
    at: datetime
    kind: Kind
    charter: Charter
    text: TextVersion
    newest: int
    acts: Acts
    past: list[Standing] = field(default_factory=list)
    standing: Standing | None = None
    election: ElectionPage | None = None
    texts: TextsShown | None = None
    beside: Beside = field(default_factory=Beside)
    entry: RollEntry | None = None
    shown: list[Ballot] = field(default_factory=list)
    positions: list[Voice] = field(default_factory=list)
    talk: list[Voice] = field(default_factory=list)
    tasks: list[Task] = field(default_factory=list)
    seconds: list[Second] = field(default_factory=list)
    finishable: set[int] = field(default_factory=set)
    has_seconded: bool = False
    entered: Entry | None = None

    @property
    def ballot(self) -> Ballot | None:
        """The person's own ballot in the latest vote; none that they struck out."""
        ballot: Ballot | None = getattr(self.entry, "ballot", None)
        return None if ballot is not None and ballot.position == Position.STRUCK else ballot

    @property
    def receipted(self) -> int:
        """The last change of that ballot for which there is a receipt; 0 if there is none."""
        return getattr(self.entry, "receipted", None) or 0

    @property
    def is_secret(self) -> bool:
        """Whether the latest vote is a secret one."""
        return self.standing is not None and self.standing.vote.secret

    @property
    def being_counted(self) -> bool:
        """Past its close and not counted yet: reading never writes."""
        standing = self.standing
        return standing is not None and not standing.is_counted and not standing.is_open

    @property
    def carried_out(self) -> bool:
        """Adopted, its effect done, and nothing left to do."""
        proposal = self.proposal
        done = proposal.stage == Stage.ADOPTED and proposal.effect != Proposal.Effect.FAILED
        return done and all(task.done_at is not None for task in self.tasks)

    @property
    def groups(self) -> list[Group]:
        """Who took which position, in the order of the rule. Empty where one sees no more than one's own."""
        standing = self.standing
        if standing is None or self.is_secret or not (standing.is_counted or standing.rule == Rule.CONSENSUS):
            return []
        return get_groups(standing, self.shown)

    @property
    def is_long(self) -> bool:
        """Whether its text has to be said in plain words."""
        return is_long(self.text.text)

    @property
    def opens_at(self) -> datetime | None:
        """When its author may open the vote, or the clock opens it."""
        return opens_from(self.proposal, self.charter)

    @property
    def opens_for_all_at(self) -> datetime | None:
        """When any member may open it."""
        return opens_for_all_from(self.proposal, self.charter)

    @property
    def by_clock(self) -> bool:
        """Whether nobody has to open its vote."""
        return self.proposal.opens_by_clock or self.kind.by_clock

    @property
    def time_zone(self) -> str:
        """Times are shown in the body's time zone."""
        return self.charter.time_zone

    @property
    def today(self) -> date:
        """The day it is where the body lives."""
        return self.at.astimezone(zone_named(self.time_zone)).date()


RELATED = ("body", "author", "offer__person", "reply__person", "mandate__person", "subject__person")
"""What most pages of a proposal show. The rest is read where it is set: joining all seventeen tables took PostgreSQL
11 ms to plan, these nine take four."""


def visible_proposals(person: Person) -> QuerySet[Proposal]:
    """What the person may see, with what its page needs beside it, and the moment of reading as `read_at`."""
    return Proposal.objects.visible_to(person).select_related(*RELATED).annotate(read_at=Moment())


def proposals_with_talk(person: Person) -> QuerySet[Proposal]:
    """The same, with what stands beside the voices on its page."""
    return with_talk(visible_proposals(person), person)


def get_proposal_page(proposal: Proposal, person: Person) -> ProposalPage:
    """One proposal, read with `proposals_with_talk`, as the person sees it then. At most ten statements."""
    found: Any = proposal
    at: datetime = found.read_at
    with remembering():
        votes = list(_votes(proposal))
        latest = votes[-1] if votes else None
        entry = _entry(latest, person)
        charter = latest.charter if latest and proposal.stage != Stage.ROUND else get_charter(proposal.body)
        newest = newest_text(proposal)
        beside = get_beside(proposal)
        remembered(waits_key(proposal), lambda: any(each.waits for each in beside.named))
        acts = get_acts(person, proposal, charter, latest, entry, at=at)
        page = ProposalPage(
            proposal=proposal,
            at=at,
            kind=kind_of(proposal),
            charter=charter,
            text=latest.text if latest and proposal.stage == Stage.VOTING else newest,
            newest=newest.number,
            acts=acts,
            entry=entry,
            tasks=list(proposal.tasks.select_related("person").order_by("due_on", "pk")),
        )
        if proposal.stage != Stage.IDEA:
            page.talk = get_talk(proposal, person, may_speak=bool(acts.comment))
            page.beside = beside
        if proposal.urgent:
            page.seconds = list(proposal.seconds.select_related("person").order_by("at"))
            page.has_seconded = any(second.person_id == person.pk for second in page.seconds)
        page.finishable = get_finishable(person, proposal, page.tasks)
        if latest is not None:
            _add_votes(page, votes, person)
            if page.ballot is not None and page.ballot.way == Way.ENTERED:
                page.entered = get_entered_for(latest, person)
        if proposal.kind == "election" and proposal.stage != Stage.IDEA:
            page.election = get_election(proposal, person, latest, page.shown)
        return page


def _votes(proposal: Proposal) -> QuerySet[Vote]:
    if proposal.stage in (Stage.IDEA, Stage.DISCUSSION):
        return Vote.objects.none()
    return with_texts(proposal.votes.without_lists()).select_related("charter", "text").order_by("number")


def _entry(vote: Vote | None, person: Person) -> RollEntry | None:
    if vote is None:
        return None
    receipts = Receipt.objects.filter(ballot__roll=OuterRef("pk")).order_by("-change_no")
    entries = RollEntry.objects.filter(vote=vote, person=person).select_related("ballot", "membership")
    return entries.annotate(receipted=Subquery(receipts.values("change_no")[:1])).first()


def _add_votes(page: ProposalPage, votes: list[Vote], person: Person) -> None:
    """The latest vote with its positions, and how the earlier ones ended."""
    loudest_first = get_shown_ballots(votes[-1], person).order_by(Length("reason").desc(), "pk")
    page.shown = list(loudest_first[: SHOWN_AT_MOST[votes[-1].rule == Rule.CONSENSUS]])
    page.standing = get_standing(votes[-1], page.shown, at=page.at)
    page.positions = get_positions(page.shown)
    page.texts = get_texts(votes[-1], page.shown)
    page.past = [get_standing(vote, [], at=page.at) for vote in votes[:-1]]


@dataclass(frozen=True, slots=True)
class Counts:
    """How many stand under each tab of the list."""

    open: int
    adopted: int
    closed: int
    drafts: int


TABS: dict[str, Q] = {
    "open": Q(stage__in=[Stage.DISCUSSION, Stage.VOTING, Stage.ROUND]),
    "adopted": Q(stage=Stage.ADOPTED),
    "closed": ~Q(stage__in=[*LIVE, Stage.ADOPTED]),
    "drafts": Q(stage=Stage.IDEA),
}


def get_proposal_counts(body: Body, person: Person) -> Counts:
    """One statement for all tabs."""
    seen = Proposal.objects.filter(body=body).filter(~NEVER_SHOWN | Q(author=person))
    return Counts(**seen.aggregate(**{name: Count("pk", filter=which) for name, which in TABS.items()}))


@dataclass(frozen=True, slots=True)
class Row:
    """One proposal in a list, with its latest vote and the person's part in it."""

    proposal: Proposal
    kind: Kind
    vote: Vote | None
    wants_voice: bool
    has_voted: bool


@dataclass(frozen=True, slots=True)
class Listed:
    """One page of a list: its place among the others, and its rows."""

    page: Page[Proposal]
    rows: list[Row]


def get_proposals(body: Body, person: Person, *, tab: str, words: str, page: str | None, at: datetime) -> Listed:
    """One page of one tab. Three statements, whatever the number of proposals."""
    found = Proposal.objects.filter(body=body).filter(~NEVER_SHOWN | Q(author=person)).filter(TABS[tab])
    if words:
        found = found.filter(Q(title__icontains=words) | Q(pk__in=_with_words(body, words)))
    here = Paginator(_in_order(found, tab).select_related("author"), PAGE).get_page(page)
    proposals = list(here.object_list)
    return Listed(here, _rows(proposals, person, at))


def _rows(proposals: list[Proposal], person: Person, at: datetime) -> list[Row]:
    own = RollEntry.objects.filter(vote=OuterRef("pk"), person=person)
    votes = (
        Vote.objects.without_lists()
        .filter(proposal__in=proposals)
        .order_by("proposal", "-number")
        .distinct("proposal")
        .annotate(on_roll=Exists(own), has_voted=Exists(own.voted()))
    )
    latest = {vote.proposal_id: vote for vote in votes}
    return [_row(proposal, latest.get(proposal.pk), at) for proposal in proposals]


def _row(proposal: Proposal, vote: Any, at: datetime) -> Row:
    is_open = vote is not None and vote.is_open(at)
    return Row(
        proposal=proposal,
        kind=kind_of(proposal),
        vote=vote,
        wants_voice=is_open and vote.on_roll and not vote.has_voted,
        has_voted=is_open and vote.has_voted,
    )


def _with_words(body: Body, words: str) -> QuerySet[TextVersion, int]:
    texts = TextVersion.objects.filter(proposal__body=body, text__icontains=words)
    return texts.values_list("proposal", flat=True)


def _in_order(found: QuerySet[Proposal], tab: str) -> QuerySet[Proposal]:
    if tab in ("adopted", "closed"):
        return found.order_by("-closed_at", "-pk")
    if tab == "drafts":
        return found.order_by("-created_at", "-pk")
    stage = Case(
        When(stage=Stage.VOTING, then=Value(0)),
        When(stage=Stage.ROUND, then=Value(1)),
        default=Value(2),
        output_field=IntegerField(),
    )
    return found.order_by(stage, "-urgent", F("discussion_at").desc(), "-pk")


@dataclass(frozen=True, slots=True)
class Versions:
    """Two versions of a text, and all there are."""

    all: list[TextVersion]
    older: TextVersion | None
    newer: TextVersion


def get_versions(proposal: Proposal, older: int | None, newer: int | None) -> Versions:
    """The versions to compare: the two asked for, else the last two. One statement."""
    every = list(proposal.texts.select_related("author").order_by("number"))
    by_number = {text.number: text for text in every}
    new = by_number.get(newer or 0, every[-1])
    old = by_number.get(older if older is not None else new.number - 1)
    return Versions(all=every, older=old, newer=new)


@dataclass(frozen=True, slots=True)
class Drafting:
    """What the form for a new proposal has to know. `members` is empty where they are too many to choose from."""

    body: Body
    charter: Charter
    members: list[Person]


def get_drafting(body: Body) -> Drafting:
    """The charter and the members by name. Two statements."""
    members = list(members_of(body).order_by("display_name", "pk")[: CHOSEN_FROM + 1])
    return Drafting(body, get_charter(body), members if len(members) <= CHOSEN_FROM else [])


def members_of(body: Body) -> QuerySet[Person]:
    """The people who are members now."""
    return Person.objects.filter(memberships__body=body, memberships__ended_at__isnull=True)


REVIEW_SOON = timedelta(days=30)
