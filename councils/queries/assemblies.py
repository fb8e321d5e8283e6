"""Pages of assemblies: the list of a body, one with its agenda, the table of dates, whose turn the duties are."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Count, Exists, F, IntegerField, Max, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from core.models import Body, Membership, Person, Proposal
from core.queries.charters import get_charter
from councils.models import AgendaItem, Assembly, Attendance, DateMark, DateOption, Duty, Errand
from councils.models.agenda import TALKED_OVER
from councils.models.assemblies import Stage
from councils.permissions.assemblies import is_free
from councils.queries.published import Published, get_published, not_named
from councils.queries.votes_taken import Taken, get_votes_taken
from councils.rules.rotation import Candidate, in_turn

LATELY = 30
ASKED_AMONG = 50
"""So many of those whose turn it is stand in the list of whom one may ask."""
PLANNED, BEFORE_AND_IN = (Stage.POLL, Stage.CALLED), (Stage.CALLED, Stage.OPEN)
OVER = (Stage.HELD, Stage.PUBLISHED)


@dataclass(frozen=True, slots=True)
class AssemblyList:
    """The assemblies of a body: those to come, the nearest first, and those that were."""

    coming: list[Assembly]
    past: list[Assembly]
    errands: list[Errand]


def get_assembly_list(body: Body) -> AssemblyList:
    """Three statements."""
    assemblies = Assembly.objects.filter(body=body)
    errands = Errand.objects.filter(assembly__body=body, done_at__isnull=True).order_by("due_on", "pk")
    return AssemblyList(
        coming=list(assemblies.coming().order_by("starts_at", "pk")),
        past=list(assemblies.exclude(pk__in=assemblies.coming().values("pk")).order_by("-starts_at", "-pk")[:LATELY]),
        errands=list(errands.select_related("person", "assembly")[:LATELY]),
    )


def with_numbers(assemblies: QuerySet[Assembly], person: Person, *, at: datetime) -> QuerySet[Assembly]:
    """With what every page of one needs: `voices` of the body, `here` of them in the room, whether this person `guides`
    it and is `present`, its minutes if they are published, and whether anybody is not named in them any more
    (`hides`). One statement for all of it.
    """
    attending = Attendance.objects.present().filter(assembly=OuterRef("pk"))
    duties = Duty.objects.filter(assembly=OuterRef("pk"), accepted_at__isnull=False, ended_at__isnull=True)
    return assemblies.select_related("body", "called_by", "minutes__published_by").annotate(
        voices=counted(Membership.objects.with_voice(at).filter(body=OuterRef("body")), "body"),
        here=counted(attending.filter(membership__voice_from__lte=at), "assembly"),
        guides=Exists(duties.filter(membership__person=person, membership__ended_at__isnull=True)),
        present=Exists(attending.filter(membership__person=person)),
        hides=Exists(not_named(OuterRef("body"))),
    )


def counted(rows: QuerySet[Any], by: str) -> Coalesce:
    """How many rows belong to the outer one."""
    numbers = rows.order_by().values(by).annotate(n=Count("pk")).values("n")
    return Coalesce(Subquery(numbers), 0, output_field=IntegerField())


@dataclass(frozen=True, slots=True)
class Quorum:
    """How many members with a voice are in the room, of how many, and how many it takes."""

    here: int
    voices: int
    needed: int
    guests: int

    @property
    def met(self) -> bool:
        """Whether enough are here."""
        return self.here >= self.needed

    @property
    def missing(self) -> int:
        """How many more it takes."""
        return max(self.needed - self.here, 0)


def get_quorum(assembly: Any) -> Quorum:
    """The quorum of an assembly that was read `with_numbers`."""
    needed = get_charter(assembly.body).numbers.quorum.needed_of(assembly.voices)
    return Quorum(assembly.here, assembly.voices, max(needed, 1), assembly.guests)


@dataclass(frozen=True, slots=True)
class DateRow:
    """One date, how many it suits, and one's own answer."""

    option: DateOption
    yes: int
    maybe: int
    no: int
    own: str
    best: bool


@dataclass(frozen=True, slots=True)
class DutyRow:
    """One duty: who has it or is asked, whether it can be taken, and whose turn it would be."""

    role: str
    label: str
    duty: Duty | None
    free: bool
    turn: list[Membership]
    mine: bool


@dataclass(slots=True)
class AssemblyPage:
    """One assembly as a member sees it, by its stage: what is over or to come is not read."""

    assembly: Assembly
    at: datetime
    time_zone: str
    guides: bool
    present: bool
    is_caller: bool
    items: list[AgendaItem] = field(default_factory=list)
    quorum: Quorum | None = None
    dates: list[DateRow] = field(default_factory=list)
    duties: list[DutyRow] = field(default_factory=list)
    votes: list[Taken] = field(default_factory=list)
    errands: list[Errand] = field(default_factory=list)
    published: Published | None = None
    proposals: list[Proposal] = field(default_factory=list)

    @property
    def planned_minutes(self) -> int:
        """How long the agenda takes, as planned."""
        return sum(each.box for each in self.items)

    @property
    def room_for(self) -> int | None:
        """Minutes between the planned beginning and end."""
        if self.assembly.starts_at is None or self.assembly.ends_at is None:
            return None
        return (self.assembly.ends_at - self.assembly.starts_at) // timedelta(minutes=1)


def get_assembly_page(assembly: Any, person: Person, *, at: datetime) -> AssemblyPage:
    """Eight statements at most, however long the agenda and however large the body; read `with_numbers`."""
    page = AssemblyPage(
        assembly=assembly,
        at=at,
        time_zone=get_charter(assembly.body).time_zone,
        guides=assembly.guides,
        present=assembly.present,
        is_caller=assembly.called_by_id == person.pk,
        items=list(assembly.items.select_related("proposal").order_by("place", "pk")),
    )
    stage = assembly.stage
    if stage == Stage.POLL:
        page.dates = get_dates(assembly, person)
    else:
        page.duties = get_duties(assembly, person, at=at)
    if stage in PLANNED or (stage == Stage.OPEN and page.guides):
        page.proposals = get_proposals(assembly)
    if stage == Stage.OPEN:
        page.quorum = get_quorum(assembly)
    if assembly.opened_at is not None:
        page.errands = list(assembly.errands.select_related("person").order_by("pk"))
    if stage in OVER:
        page.votes = get_votes_taken(assembly, at=at)
    if stage == Stage.PUBLISHED:
        page.published = get_published(assembly, hides=assembly.hides)
    return page


def get_proposals(assembly: Assembly) -> list[Proposal]:
    """Proposals that are being talked over or voted on and not on the agenda yet."""
    on_it = AgendaItem.objects.filter(assembly=assembly, proposal__isnull=False).values("proposal")
    ripe = Proposal.objects.filter(body=assembly.body, stage__in=TALKED_OVER).exclude(pk__in=on_it)
    return list(ripe.order_by("-discussion_at")[:LATELY])


def get_dates(assembly: Assembly, person: Person) -> list[DateRow]:
    """The dates with their answers. The best suits most; if several do, the one that suits most if need be."""
    members = Q(membership__ended_at__isnull=True, option__assembly=assembly)
    marks: dict[int, list[Any]] = {}
    for each in DateMark.objects.filter(members).annotate(who=F("membership__person")):
        marks.setdefault(each.option_id, []).append(each)
    rows = [row_of(each, marks.get(each.pk, []), person) for each in assembly.options.order_by("starts_at")]
    best = max(((row.yes, row.maybe) for row in rows), default=(0, 0))
    return [with_best(row, best) for row in rows]


def row_of(option: DateOption, marks: list[Any], person: Person) -> DateRow:
    """The answers to one date."""
    said = [each.suits for each in marks]
    own = next((each.suits for each in marks if each.who == person.pk), "")
    return DateRow(option, said.count("yes"), said.count("maybe"), said.count("no"), own, best=False)


def with_best(row: DateRow, best: tuple[int, int]) -> DateRow:
    """The row, and whether no date suits better."""
    is_best = (row.yes, row.maybe) == best and any(best)
    return DateRow(row.option, row.yes, row.maybe, row.no, row.own, best=is_best)


def get_duties(assembly: Assembly, person: Person, *, at: datetime) -> list[DutyRow]:
    """Both duties; for one that can still be taken, those whose turn it is."""
    rows = list(Duty.objects.filter(assembly=assembly).select_related("membership__person").order_by("pk"))
    held = {each.role: each for each in rows if each.ended_at is None}
    found = []
    for role, label in Duty.Role.choices:
        duty = held.get(role)
        free = assembly.stage in BEFORE_AND_IN and (duty is None or is_free(duty, assembly, at=at))
        mine = duty is not None and duty.membership.person_id == person.pk
        found.append(DutyRow(role, str(label), duty, free, get_turn(assembly, role) if free else [], mine))
    return found


def get_turn(assembly: Assembly, role: str) -> list[Membership]:
    """Members in the order of their turn, the first ones. Who said no to this assembly is not suggested again."""
    had = Duty.objects.filter(role=role, membership=OuterRef("pk"), accepted_at__isnull=False, ended_at__isnull=True)
    last = had.order_by().values("membership").annotate(at=Max("assembly__closed_at")).values("at")
    said_no = Duty.objects.filter(assembly=assembly, role=role, ended_at__isnull=False).values("membership")
    members = Membership.objects.open().filter(body=assembly.body).exclude(pk__in=said_no).select_related("person")
    rows: QuerySet[Any] = members.annotate(last=Subquery(last))
    first = {each.pk: each for each in rows.order_by(F("last").asc(nulls_first=True), "joined_at", "pk")[:ASKED_AMONG]}
    return [first[each.who] for each in in_turn(Candidate(row.pk, row.joined_at, row.last) for row in first.values())]
