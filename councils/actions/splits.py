"""A council becomes two: proposed, chosen, and done 30 days after it was decided (DESIGN sections 3 and 6)."""

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from core.actions import bodies, charters, effects, endings, founding, memberships, proposals
from core.locks import Taken, lock, lock_all
from core.models import Adoption, Body, Membership, Person, Proposal, Stage
from core.permissions.members import is_deciding_member, is_member, membership_of
from core.queries.charters import get_charter
from core.record import record
from core.refusals import Invalid, WrongStep
from core.registry import Impossible
from core.rules.ending import NOTICE
from core.rules.lines import one_line
from core.timekeeping import folkmoot_now
from councils.actions import profiles
from councils.models import Split, SplitChoice
from councils.permissions import boards as may
from councils.queries.profiles import get_profile
from councils.rules.splitting import PARTS, can_become_two

KIND = "split"


@transaction.atomic
def propose(body: Body, names: tuple[str, str], text: str, *, by: Person, at: datetime) -> Proposal:
    """Propose that a council becomes two; the text says why, and what each takes on."""
    membership = membership_of(by, body)
    lock_all(Membership, [membership.pk] if membership else [])  # first in the order; putting up takes it again
    body = lock(body)
    is_deciding_member(by, body).or_deny()
    require_possible(body, at=at)
    first, second = (one_line(name) for name in names)
    if not first or not second or first == second:
        raise Invalid(_("Give both councils a name, and not the same one."))
    title = str(_("Become two: %(first)s and %(second)s") % {"first": first, "second": second})[:120]
    proposal = proposals.draft(body, by=by, at=at, title=title, text=text, kind=KIND)
    Split.objects.create(proposal=proposal, first=first[:80], second=second[:80])
    return proposals.put_up(proposal, by=by, at=at)


def require_possible(body: Body, *, at: datetime) -> None:
    """Raise unless this locked body may become two."""
    if body.kind != Body.Kind.COUNCIL:
        raise Invalid(_("Only a council becomes two."))
    endings.require_one_at_a_time(body)
    may.can_move(body, at).or_deny()


@transaction.atomic
def choose(split: Split, part: int, *, by: Person) -> SplitChoice:
    """Say to which of the two one goes; also while it is talked over, and until the day it can be changed."""
    body = split.proposal.body
    membership = membership_of(by, body)
    lock_all(Membership, [membership.pk] if membership else [])
    lock(body)
    split, at = lock(split), folkmoot_now()
    is_member(by, body).or_deny()
    proposal = split.proposal
    decided = proposal.stage == Stage.ADOPTED and proposal.ended_at is None and not proposal.effect
    if split.done_at is not None or not (decided or proposal.is_live):
        raise WrongStep(_("This is not being decided any more."))
    if part not in PARTS:
        raise Invalid(_("Choose one of the two."))
    row, _fresh = SplitChoice.objects.update_or_create(
        split=split, membership=membership, defaults={"part": part, "at": at}
    )
    record("split.chosen", body, by=by, at=at, proposal=proposal.pk, part=part)
    return row


def due(at: datetime) -> Iterable[int]:
    """Adopted decisions to become two whose 30 days have passed and that were not carried out."""
    decided = Proposal.objects.in_force().filter(kind=KIND, closed_at__lte=at - NOTICE, body__ended_at=None, effect="")
    return decided.values_list("pk", flat=True)


def divide_if_due(proposal_id: int) -> bool:
    """Make two councils of one, on its day. Idempotent; called by settle().

    Where too few chose one of the two, nothing is done: the decision says so and becomes a task.
    """
    with transaction.atomic():
        body = Body.objects.get(proposals=proposal_id)
        taken = endings.take_all(body)
        at = folkmoot_now()
        if taken.body.ended_at is not None or proposal_id not in due(at):
            return False
        proposal = lock(Proposal.objects.get(pk=proposal_id))
        split = lock(Split.objects.get(proposal=proposal))
        try:
            with transaction.atomic():
                divide(split, taken, at=at)
        except Impossible as problem:
            effects.fail(proposal, taken.body, problem, at=at)
        return True


def divide(split: Split, taken: Taken, *, at: datetime) -> None:
    """Form both councils with the charter and profile of the one, and end it. `Impossible` if too few chose one."""
    body = taken.body
    inside = Membership.objects.open().filter(body=body).select_related("person").order_by("joined_at", "pk")
    chosen = dict(split.choices.filter(membership__ended_at=None).values_list("membership", "part"))
    first, second = ([row for row in inside if chosen.get(row.pk) == part] for part in PARTS)
    if not can_become_two([row.pk for row in first], [row.pk for row in second]):
        raise Impossible(_("Fewer than three members chose one of the two."))
    silent = [row for row in inside if row.pk not in chosen]
    for name, choosers, others in ((split.first, first, silent), (split.second, second, [])):
        form(name, body, [row.person for row in choosers], [row.person for row in others], at=at)
    split.done_at = at
    split.save(update_fields=["done_at"])
    endings.end(taken, at=at, proposal=split.proposal_id)


def form(name: str, body: Body, choosers: list[Person], silent: list[Person], *, at: datetime) -> Body:
    """One of the two: who chose it adopts the charter thereby; who said nothing comes along with a voice."""
    charter = get_charter(body)
    content = charters.Draft(charter.purpose, charter.unity, charter.numbers, charter.template)
    council = bodies.form(name, content, by=None, at=at, kind=Body.Kind.COUNCIL, listed=body.listed)
    profile = get_profile(body)
    if profile is not None:
        profiles.set_first(council, profile.said, at=at)
    draft = council.charters.get()
    for person in (*choosers, *silent):
        membership = memberships.admit(council, person, at=at, quietly=True)
        if person in choosers:
            Adoption.objects.create(charter=draft, membership=membership, at=at)
            record("charter.adopted_by", council, by=membership, at=at, charter=draft.number)
    return founding.begin_if_agreed(council, at=at)
