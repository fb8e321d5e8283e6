"""Founding a confederation: decided alike by two to five bodies; once all have adopted it, it is there and decides."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from confederation.actions import ceding, seats
from confederation.models import Ceded, Confederation, Founding, FoundingMatter
from confederation.permissions import seats as may
from confederation.queries.seats import kind_of
from confederation.rules.matters import FIXED, MATTERS_AT_MOST, Sort
from core.actions import accords, bodies, charters
from core.locks import Taken, Touched
from core.models import Accord, Body, Person, Proposal
from core.queries.charters import get_charter
from core.record import Datum, record, record_id
from core.refusals import Invalid
from core.rules.charter import TEMPLATES
from core.rules.lines import one_line

KIND = Accord.Kind.CONFEDERATE
FOUNDED = "confederation.founded"
TEMPLATE = "small"


@dataclass(frozen=True, slots=True)
class Matter:
    """What the bodies cede: what it is about, by the name of a `Sort`, and what exactly."""

    sort: str
    words: str


@dataclass(frozen=True, slots=True)
class Plan:
    """The confederation as one body proposes it to the others: all decide on these words, and on the text beside."""

    name: str
    purpose: str
    unity: str
    matters: Sequence[Matter]
    others: Sequence[Body]
    text: str


@transaction.atomic
def propose(body: Body, plan: Plan, *, by: Person, at: datetime) -> Proposal:
    """Propose to one's own body to found a confederation with others. They are asked once it has adopted it."""
    plan = checked(plan)
    proposal = accords.propose(body, alike(body, plan), by=by, at=at)
    write(proposal.accord.accord, plan)
    return proposal


def alike(body: Body, plan: Plan) -> accords.Plan:
    """What all of them decide alike, if they can."""
    for other in (body, *plan.others):
        may.can_found(other, body).or_deny()
    title = str(_("Found %(name)s together") % {"name": plan.name})
    return accords.Plan(KIND, body, title, words_of(plan), plan.others)


def write(accord: Accord, plan: Plan) -> Founding:
    """The confederation that the accord is to found."""
    founding = Founding.objects.create(accord=accord, name=plan.name, purpose=plan.purpose, unity=plan.unity)
    FoundingMatter.objects.bulk_create(
        FoundingMatter(founding=founding, sort=each.sort, words=each.words) for each in plan.matters
    )
    return founding


def checked(plan: Plan) -> Plan:
    """The plan with its words trimmed; raises `Invalid` unless it has name, purpose, points of unity and matters."""
    name, purpose, unity = one_line(plan.name), plan.purpose.strip(), plan.unity.strip()
    if not name or len(name) > 80 or not purpose or len(purpose) > 4000:
        raise Invalid(_("Give it a name, and say what it is for."))
    if not unity or len(unity) > 8000:
        raise Invalid(_("Say on which points all of you agree: who joins later accepts them."))
    if not plan.matters:
        raise Invalid(_("Say on what you want to decide together: a confederation decides on nothing else."))
    if len(plan.matters) > MATTERS_AT_MOST:
        raise Invalid(_("Begin with twenty matters at most. More can be ceded later."))
    return replace(plan, name=name, purpose=purpose, unity=unity, matters=[checked_matter(m) for m in plan.matters])


def checked_matter(matter: Matter) -> Matter:
    """A matter that can be ceded, with its words on one line; raises `Invalid` for what is fixed."""
    words = one_line(matter.words)
    if matter.sort in FIXED:
        raise Invalid(
            _(
                "This cannot be ceded. Its members, votes, mandates, recall, confidence, leaving and its record stay "
                "with each body."
            )
        )
    if matter.sort not in [sort.value for sort in Sort]:
        raise Invalid(_("Choose what each matter is about."))
    if not words or len(words) > 200:
        raise Invalid(_("Say in a few words what exactly is ceded."))
    return Matter(matter.sort, words)


def words_of(plan: Plan) -> str:
    """The text that all of them read and decide on."""
    matters = "\n".join(f"- {matter.words}" for matter in plan.matters)
    parts = [
        *([plan.text.strip()] if plan.text.strip() else []),
        str(_("What it is for: %(purpose)s") % {"purpose": plan.purpose}),
        str(_("On what we agree: %(unity)s") % {"unity": plan.unity}),
        str(_("On what we decide together:")) + "\n\n" + matters,
    ]
    return "\n\n".join(parts)


def possible(accord: Accord, body: Body, at: datetime) -> None:
    """Raise unless this locked body may found a confederation with the first one."""
    del at
    may.can_found(body, accord.lead).or_deny()


def touches(_accord: Accord, _body: Body) -> Touched:
    """Nothing but the bodies themselves."""
    return Touched()


def ending(_accord: Accord, _bodies: Iterable[int]) -> list[int]:
    """No body ends by it."""
    return []


def form(accord: Accord, taken: dict[int, Taken], decisions: dict[int, int], at: datetime) -> None:
    """The confederation is there, with a seat for each body; its charter is in force, and it decides."""
    plan, first = accord.founds, taken[accord.lead_id].body
    seats.lock_joins()
    numbers = replace(TEMPLATES[TEMPLATE], time_zone=get_charter(first).time_zone)
    content = charters.Draft(plan.purpose, plan.unity, numbers, TEMPLATE)
    body = bodies.form(plan.name, content, by=None, at=at, kind=Body.Kind.CONFEDERATION)
    confederation = Confederation.objects.create(body=body, accord=accord, of_kind=kind_of(first))
    founders = [taken[pk].body for pk in sorted(taken)]
    named: list[Datum] = [*sorted(record_id(each) for each in founders)]
    record(FOUNDED, body, by=None, at=at, of=confederation.of_kind, bodies=named)
    for each in founders:
        seats.take(accord, body, each, voice=True, decisions=decisions, at=at)
    body.adopted_at = at
    body.save(update_fields=["adopted_at"])
    charters.bring_into_force(get_charter(body), at=at)
    for matter in plan.matters.order_by("pk"):
        ceded = Ceded.objects.create(confederation=body, sort=matter.sort, words=matter.words)
        ceding.cede(ceded, at=at)


WAY = accords.Way(possible, touches, ending, form)
