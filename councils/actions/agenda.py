"""The agenda: proposals of the body and free items, each with a time box."""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext_lazy as _

from core.locks import lock
from core.models import Person, Proposal
from core.refusals import Invalid, WrongStep
from core.rules.lines import one_line
from councils.actions.stages import require_stage
from councils.models import AgendaItem, Assembly
from councils.models.agenda import LONGEST_BOX, TALKED_OVER
from councils.models.assemblies import Stage as Meeting
from councils.permissions import assemblies as may

PLANNED = (Meeting.POLL, Meeting.CALLED)
ITEMS_AT_MOST = 40


@dataclass(frozen=True, slots=True)
class Item:
    """What is put on the agenda. A proposal brings its own title, and only on one votes of those present are taken."""

    title: str = ""
    box: int = 15
    proposal: Proposal | None = None
    takes_ballots: bool = False


@transaction.atomic
def add(assembly: Assembly, item: Item, *, by: Person, at: datetime) -> AgendaItem:
    """Put something on the agenda: any member before the assembly begins, then those who guide it."""
    assembly = lock(assembly)
    may.can_take_part(by, assembly).or_deny()
    require_stage(assembly, *PLANNED, Meeting.OPEN)
    if assembly.is_open:
        may.can_guide(by, assembly).or_deny()
    proposal = lock(item.proposal) if item.proposal is not None else None
    title = checked(item, proposal, assembly)
    if assembly.items.count() >= ITEMS_AT_MOST:
        raise Invalid(_("An agenda has at most 40 items."))
    last = assembly.items.aggregate(last=Max("place"))["last"] or 0
    return AgendaItem.objects.create(
        assembly=assembly,
        place=last + 1,
        title=title,
        proposal=proposal,
        box=item.box,
        takes_ballots=item.takes_ballots,
        added_by=by,
    )


def checked(item: Item, proposal: Proposal | None, assembly: Assembly) -> str:
    """The title of an item that can stand on this agenda."""
    title = proposal.title if proposal is not None else one_line(item.title)
    if not title:
        raise Invalid(_("Say what is to be talked over, or choose a proposal."))
    if not 1 <= item.box <= LONGEST_BOX:
        raise Invalid(_("An item takes 1 to 240 minutes."))
    if proposal is None and item.takes_ballots:
        raise Invalid(_("Only on a proposal votes can be taken."))
    if proposal is not None:
        require_ours(proposal, assembly)
    return title


def require_ours(proposal: Proposal, assembly: Assembly) -> None:
    """Raise unless it is a proposal of this body that members talk over or vote on, once on the agenda."""
    if proposal.body_id != assembly.body_id or proposal.stage not in TALKED_OVER:
        raise Invalid(_("Choose a proposal of this body that is being talked over or voted on."))
    if assembly.items.filter(proposal=proposal).exists():
        raise WrongStep(_("This proposal is on the agenda already."))


@transaction.atomic
def remove(item: AgendaItem, *, by: Person, at: datetime) -> None:
    """Take an item off the agenda before the assembly begins."""
    assembly = lock(item.assembly)
    item = lock(item)
    may.can_change_item(by, item).or_deny()
    require_stage(assembly, *PLANNED)
    item.delete()


@transaction.atomic
def move_up(item: AgendaItem, *, by: Person, at: datetime) -> AgendaItem:
    """Let an item come earlier by one place. One that has begun stays where it is, and so does what is before it."""
    assembly = lock(item.assembly)
    item = lock(item)
    may.can_change_item(by, item).or_deny()
    require_stage(assembly, *PLANNED, Meeting.OPEN)
    before = assembly.items.filter(place__lt=item.place).order_by("-place").first()
    if item.begun_at is not None or before is None or before.begun_at is not None:
        raise WrongStep(_("It cannot come any earlier."))
    item.place, before.place = before.place, item.place
    item.save(update_fields=["place"])
    before.save(update_fields=["place"])
    return item
