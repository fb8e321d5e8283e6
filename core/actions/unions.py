"""Bodies become one: decided in each as a charter change, done 30 days after the last of them (DESIGN section 3)."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from core.actions import accords, endings, memberships
from core.actions.telling import tell
from core.locks import Taken, Touched
from core.models import Accord, Body, Cause, Membership, Person, Proposal
from core.record import Datum, in_utc, label, record, record_id
from core.refusals import Invalid, Refusal
from core.registry import Impossible, pillars_let_move

KIND = Accord.Kind.UNION
SAME_KIND = _("Only bodies of the same kind become one.")


def propose(body: Body, others: Sequence[Body], lead: Body, text: str, *, by: Person, at: datetime) -> Proposal:
    """Propose that bodies become one: `lead`, one of them, goes on with its charter; the others end with it."""
    if any(other.kind != body.kind for other in others):
        raise Invalid(SAME_KIND)
    names = " + ".join(each.name for each in (body, *others))
    title = str(_("Become one: %(names)s") % {"names": names})
    return accords.propose(body, accords.Plan(KIND, lead, title, text, others), by=by, at=at)


def possible(accord: Accord, body: Body, at: datetime) -> None:
    """Raise unless this locked body may become one with others."""
    if accord.lead.kind != body.kind:
        raise Invalid(SAME_KIND)
    endings.require_one_at_a_time(body)
    pillars_let_move(body, at=at).or_deny()


def touches(accord: Accord, body: Body) -> Touched:
    """Of a body that ends all that is open in it; of the one that goes on the memberships of who is in both."""
    if body.pk != accord.lead_id:
        return endings.touched_by_ending(body)
    return Touched(memberships=frozenset(in_both(accord).values_list("pk", flat=True)))


def in_both(accord: Accord) -> QuerySet[Membership]:
    """The memberships, in the body that goes on, of those who are in one that ends too."""
    elsewhere = Membership.objects.open().filter(body__accords__accord=accord).exclude(body=accord.lead_id)
    return Membership.objects.open().filter(body=accord.lead_id, person__in=elsewhere.values("person"))


def ending(accord: Accord, bodies: Iterable[int]) -> list[int]:
    """All but the one that goes on."""
    return [pk for pk in bodies if pk != accord.lead_id]


def unite(accord: Accord, taken: dict[int, Taken], decisions: dict[int, int], at: datetime) -> None:
    """End the others, and make their members members of the one that goes on, with the waiting time they have."""
    lead = taken[accord.lead_id].body
    others = [taken[pk] for pk in sorted(ending(accord, taken))]
    heard_from = voices_of(others)
    both = {row.person_id: row for row in in_both(accord)}
    for other in others:
        endings.end(other, at=at, proposal=decisions[other.body.pk], into=lead)
    sooner = [hear_sooner(row, heard_from[row.person_id], at=at) for row in both.values()]
    newcomers = Person.objects.filter(pk__in=heard_from.keys() - both.keys()).order_by("pk")
    record(
        "bodies.united",
        lead,
        by=None,
        at=at,
        texts={"bodies": ", ".join(each.body.name for each in others)},
        proposal=decisions[lead.pk],
        ended=[record_id(each.body) for each in others],
        came=len(newcomers),
        sooner=[each for each in sooner if each is not None],
    )
    for person in newcomers:
        try:
            memberships.bring_over(lead, person, voice_from=heard_from[person.pk], at=at)
        except Refusal as problem:
            raise Impossible(_("Somebody of one body cannot be a member of the other.")) from problem
    tell(Cause.What.BODIES_UNITED, lead, key=str(accord.pk), at=at, title=accord.title)


def voices_of(others: Sequence[Taken]) -> dict[int, datetime]:
    """From when on each member of the bodies that end has a voice; of several moments the earliest."""
    rows = Membership.objects.open().filter(body__in=[each.body.pk for each in others]).order_by("-voice_from")
    return dict(rows.values_list("person", "voice_from"))


def hear_sooner(row: Membership, voice_from: datetime, *, at: datetime) -> Datum:
    """Who is in both is one member, and waits no longer than in the other body; what the record says of it, if so."""
    sooner = max(at, voice_from)
    if row.voice_from <= sooner:
        return None
    row.voice_from = sooner
    row.save(update_fields=["voice_from"])
    return [label(row), in_utc(sooner)]


WAY = accords.Way(possible, touches, ending, unite)
