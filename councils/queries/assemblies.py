"""Pages of assemblies: the list of a body, one with its agenda, the table of dates."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db.models import Max, Q

from core.models import Body, Membership, Person, Proposal
from core.permissions.members import membership_of
from core.queries.charters import get_charter
from councils.actions.agenda import TALKED_OVER
from councils.models import Addendum, AgendaItem, Assembly, DateMark, DateOption, Duty, Errand, Minutes
from councils.models.assemblies import Stage
from councils.permissions import assemblies as may
from councils.rules.calling import doors_open_at
from councils.rules.rotation import Candidate, in_turn

LATELY = 30


@dataclass(frozen=True, slots=True)
class AssemblyList:
    """The assemblies of a body: those to come, the nearest first, and those that were."""

    coming: list[Assembly]
    past: list[Assembly]
    errands: list[Errand]


def get_assembly_list(body: Body) -> AssemblyList:
    """Three statements."""
    assemblies = Assembly.objects.filter(body=body)
    return AssemblyList(
        coming=list(assemblies.coming().order_by("starts_at", "pk")),
        past=list(assemblies.exclude(pk__in=assemblies.coming().values("pk")).order_by("-starts_at", "-pk")[:LATELY]),
        errands=list(open_errands(body).select_related("person", "assembly")[:LATELY]),
    )


def open_errands(body: Body) -> Any:
    """What was taken on and is not done."""
    return Errand.objects.filter(assembly__body=body, done_at__isnull=True).order_by("due_on", "pk")


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
    """One duty: who has it or is asked, and who would be next in turn."""

    role: str
    label: str
    duty: Duty | None
    suggested: Membership | None
    mine: bool


@dataclass(slots=True)
class AssemblyPage:
    """One assembly as a member sees it."""

    assembly: Assembly
    at: datetime
    time_zone: str
    items: list[AgendaItem] = field(default_factory=list)
    dates: list[DateRow] = field(default_factory=list)
    duties: list[DutyRow] = field(default_factory=list)
    errands: list[Errand] = field(default_factory=list)
    minutes: Minutes | None = None
    addenda: list[Addendum] = field(default_factory=list)
    proposals: list[Proposal] = field(default_factory=list)
    members: list[Membership] = field(default_factory=list)
    guides: bool = False
    present: bool = False
    is_caller: bool = False
    doors_open_at: datetime | None = None

    @property
    def planned_minutes(self) -> int:
        """How long the agenda takes, as planned."""
        return sum(each.box for each in self.items)

    @property
    def room_for(self) -> int | None:
        """Minutes between the planned beginning and end."""
        if self.assembly.starts_at is None or self.assembly.ends_at is None:
            return None
        return int((self.assembly.ends_at - self.assembly.starts_at).total_seconds() // 60)


def get_assembly_page(assembly: Assembly, person: Person, *, at: datetime) -> AssemblyPage:
    """A fixed number of statements, however long the agenda is."""
    members = list(Membership.objects.open().filter(body=assembly.body).select_related("person"))
    return AssemblyPage(
        assembly=assembly,
        at=at,
        time_zone=get_charter(assembly.body).time_zone,
        items=list(assembly.items.select_related("proposal", "added_by").order_by("place", "pk")),
        dates=get_dates(assembly, person) if assembly.stage == Stage.POLL else [],
        duties=get_duties(assembly, person, members),
        errands=list(assembly.errands.select_related("person").order_by("pk")),
        minutes=Minutes.objects.filter(assembly=assembly).select_related("published_by").first(),
        addenda=list(Addendum.objects.filter(minutes__assembly=assembly).select_related("author").order_by("pk")),
        proposals=get_proposals(assembly),
        members=sorted(members, key=lambda each: each.person.display_name.casefold()),
        guides=may.holds(person, assembly),
        present=may.is_present(person, assembly),
        is_caller=assembly.called_by_id == person.pk,
        doors_open_at=doors_open_at(assembly.starts_at) if assembly.starts_at else None,
    )


def get_proposals(assembly: Assembly) -> list[Proposal]:
    """Proposals that are being talked over or voted on and not on the agenda yet."""
    on_it = AgendaItem.objects.filter(assembly=assembly, proposal__isnull=False).values("proposal")
    ripe = Proposal.objects.filter(body=assembly.body, stage__in=TALKED_OVER).exclude(pk__in=on_it)
    return list(ripe.order_by("-discussion_at")[:LATELY])


def get_dates(assembly: Assembly, person: Person) -> list[DateRow]:
    """The dates with their answers. The best suits most; if several do, the one that suits fewest badly."""
    membership = membership_of(person, assembly.body)
    still = Q(membership__ended_at__isnull=True)
    marks: dict[int, list[DateMark]] = {}
    for each in DateMark.objects.filter(still, option__assembly=assembly):
        marks.setdefault(each.option_id, []).append(each)
    rows = [row_of(each, marks.get(each.pk, []), membership) for each in assembly.options.order_by("starts_at")]
    best = max(((row.yes, row.maybe) for row in rows), default=(0, 0))
    return [with_best(row, best) for row in rows]


def row_of(option: DateOption, marks: list[DateMark], membership: Membership | None) -> DateRow:
    """The answers to one date."""
    said = [each.suits for each in marks]
    own = next((each.suits for each in marks if membership and each.membership_id == membership.pk), "")
    return DateRow(option, said.count("yes"), said.count("maybe"), said.count("no"), own, best=False)


def with_best(row: DateRow, best: tuple[int, int]) -> DateRow:
    """The row, and whether no date suits better."""
    is_best = (row.yes, row.maybe) == best and any(best)
    return DateRow(row.option, row.yes, row.maybe, row.no, row.own, best=is_best)


def get_duties(assembly: Assembly, person: Person, members: list[Membership]) -> list[DutyRow]:
    """Both duties; for a free one, whose turn it is. Who said no to this assembly is not suggested again."""
    rows = list(Duty.objects.filter(assembly=assembly).select_related("membership__person"))
    held = {each.role: each for each in rows if each.ended_at is None}
    had = Duty.objects.filter(assembly__body=assembly.body, assembly__closed_at__isnull=False, ended_at__isnull=True)
    last: dict[tuple[str, int], datetime] = {
        (role, who): when
        for role, who, when in had.filter(accepted_at__isnull=False).values_list(
            "role", "membership", Max("assembly__closed_at")
        )
    }
    found = []
    for role, label in Duty.Role.choices:
        duty = held.get(role)
        said_no = {each.membership_id for each in rows if each.role == role and each.ended_at is not None}
        turn = in_turn(
            Candidate(each.pk, each.joined_at, last.get((role, each.pk))) for each in members if each.pk not in said_no
        )
        by_key = {each.pk: each for each in members}
        suggested = by_key[turn[0].who] if turn and duty is None else None
        mine = duty is not None and duty.membership.person_id == person.pk
        found.append(DutyRow(role, str(label), duty, suggested, mine))
    return found
