"""Votes taken of many people one after the other: one member writes all down, another says the same of each.

Each person's vote is an act in a transaction of its own: locks are taken in the order that all casting keeps, nobody's
ballot waits for a whole list, and what is refused of one leaves the others written down (docs/without-a-device.md).
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_http_methods

from core.actions import entering
from core.forms.roll_calls import Blank, Row, SeenForm, keys_of
from core.models import EnteredBallot, Person, Vote
from core.queries.alternatives import get_texts_to_mark
from core.queries.entering import with_people
from core.queries.roll_calls import get_entries, get_may, get_roll_call, get_waiting, way_of
from core.refusals import Refusal, Sentence, WrongStep
from core.timekeeping import folkmoot_now
from core.views._acting import act_for_each, see_other
from core.views._forms import UNPROCESSABLE
from core.views._pages import PageRequest, render_page
from core.views._proposal import Refused, show
from core.views._zones import in_zone
from core.views.ballots import candidates_of, require_same
from core.views.entering import vote_among_members
from core.words.entering import NO_VOTE

NOTHING_SAID = gettext_lazy("Mark what at least one of them says.")


@dataclass(slots=True)
class Sent:
    """What became of the rows of a form: those that are done, and those that somebody has to look at again."""

    done: list[Row] = field(default_factory=list)
    left: list[Row] = field(default_factory=list)
    refusal: Sentence = ""
    status: int = UNPROCESSABLE


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def roll_call(request: PageRequest, pk: int) -> HttpResponse:
    """Write down the votes of many: one row for each who is asked."""
    vote = vote_among_members(request, pk)
    if vote is None:
        return show(request, pk, refused=Refused("enter", NO_VOTE, WrongStep.status))
    blank, at, sent = blank_of(vote), folkmoot_now(), Sent(status=200)
    if request.method == "POST":
        sent = send(request, vote, asked_before(request, vote, blank), lambda row: write_down(request, vote, row))
        if not sent.left:
            n = len(sent.done)
            said = ngettext("%(n)d vote is written down.", "%(n)d votes are written down.", n) % {"n": n}
            messages.success(request, said + " " + _("They count when another member says the same of each."))
            return see_other(reverse("core:roll-call", args=[pk]))
    call = get_roll_call(
        vote,
        request.user,
        at=at,
        rows=blank.rows_at_once,
        number=request.GET.get("page"),
        only=keys_of(request.GET, "only"),
    )
    rows = sent.left or [Row(blank, person, person.pk, None) for person in call.people]
    for row in rows:
        row.aside = call.states.get(row.person.pk, "")
    shown = {"call": call, "rows": rows, "sent": sent, "at": at, "texts": blank.texts}
    return answer(request, "core/roll_call.html", vote, shown)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def roll_call_confirm(request: PageRequest, pk: int) -> HttpResponse:
    """The second member says the same of each, without seeing what was written down first."""
    vote = vote_among_members(request, pk)
    if vote is None:
        return show(request, pk, refused=Refused("enter", NO_VOTE, WrongStep.status))
    blank, at, sent = blank_of(vote), folkmoot_now(), Sent(status=200)
    if request.method == "POST":
        written = with_people(vote.entered.exclude(way=EnteredBallot.Way.PAPER).filter(pk__in=keys_of(request.POST)))
        sent = send(request, vote, rows_of(blank, written, request.POST), lambda row: confirm(request, row))
        say_what_counts(request, sent)
        if not sent.left:
            return see_other(reverse("core:ballot-enter", args=[pk]))
    waiting = with_people(get_waiting(vote, request.user))[: blank.rows_at_once]
    rows = sent.left or rows_of(blank, waiting, None)
    say_what_was_first(rows, vote, request.user)
    may = get_may(vote, request.user, at=at)
    shown = {"may": may, "rows": rows, "sent": sent, "at": at, "texts": blank.texts}
    return answer(request, "core/roll_call_confirm.html", vote, shown)


def blank_of(vote: Vote) -> Blank:
    """An empty ballot of this vote."""
    return Blank(vote, candidates_of(vote) if vote.is_election else [], get_texts_to_mark(vote))


def asked_before(request: PageRequest, vote: Vote, blank: Blank) -> list[Row]:
    """The rows that were sent, by name, also of who would not be asked by now: the action judges, and says so."""
    keys = vote.roll.filter(person__in=keys_of(request.POST)).exclude(person=request.user).values("person")
    people = Person.objects.filter(pk__in=keys).order_by("display_name", "pk")
    return [Row(blank, person, person.pk, request.POST) for person in people]


def rows_of(blank: Blank, written: Sequence[EnteredBallot] | Any, typed: Any) -> list[Row]:
    """A row for each that was written down."""
    return [Row(blank, each.roll.person, each.pk, typed, written=each) for each in written]


def send(request: PageRequest, vote: Vote, rows: list[Row], act: Callable[[Row], object]) -> Sent:
    """Carry out what is typed in each row; a row that is refused keeps what was typed, with the reason."""
    sent, seen = Sent(), SeenForm(request.POST)
    typed = [row for row in rows if row.is_typed]
    try:
        require_same(vote, seen.cleaned_data["vote"] if seen.is_valid() else 0)
    except Refusal as refused:
        return Sent(left=rows, refusal=refused.sentence, status=refused.status)
    if not typed:
        return Sent(left=rows, refusal=NOTHING_SAID)
    for row in typed:
        try:
            if row.form.is_valid():
                act(row)
                sent.done.append(row)
            else:
                sent.left.append(row)
        except Refusal as refused:
            row.refusal, sent.status = refused.sentence, refused.status
            sent.left.append(row)
    return sent


def write_down(request: PageRequest, vote: Vote, row: Row) -> None:
    """Write down one vote, in the way in which this vote takes those of many."""
    reason = row.form.cleaned_data.get("reason", "")
    act_for_each(
        request,
        row.key,
        lambda: entering.enter(vote, row.person, row.form.choice, by=request.user, way=way_of(vote), reason=reason),
    )


def confirm(request: PageRequest, row: Row) -> None:
    """Say the same of one."""
    written = row.written
    assert written is not None  # noqa: S101  (for the type checker)
    act_for_each(request, row.key, lambda: entering.confirm(written, row.form.choice, by=request.user))


def say_what_counts(request: PageRequest, sent: Sent) -> None:
    """How many count by now, and who had voted themself: that stands."""
    done = EnteredBallot.objects.filter(pk__in=[row.key for row in sent.done]).select_related("roll__person")
    n = sum(row.counts for row in done)
    if n:
        said = ngettext("%(n)d vote counts. They are told.", "%(n)d votes count. They are told.", n) % {"n": n}
        messages.success(request, said)
    for row in done:
        if not row.counts:
            name = {"name": row.roll.person.display_name}
            messages.warning(request, _("%(name)s had voted already, and that stands. Both sides are told.") % name)


def say_what_was_first(rows: list[Row], vote: Vote, person: Person) -> None:
    """Beside each row by whom it was written down; where two differ on what was said aloud, what that was."""
    written = EnteredBallot.objects.filter(pk__in=[row.key for row in rows])
    entries = {entry.row.pk: entry for entry in get_entries(written, vote, person)}
    for row in rows:
        entry = entries[row.key]
        row.aside = _("written down by %(name)s") % {"name": entry.first.display_name}
        if row.refusal is entering.DIFFERS and entry.says:
            row.aside = _("%(name)s wrote down: %(says)s") % {"name": entry.first.display_name, "says": entry.says}


def answer(request: PageRequest, template: str, vote: Vote, context: dict[str, Any]) -> HttpResponse:
    """The page, with the rows that are left or still to come."""
    proposal, sent = vote.proposal, context["sent"]
    context |= {"here": proposal.body.slug, "body": proposal.body, "proposal": proposal, "vote": vote}
    context["again"] = sent.left and not sent.refusal
    with in_zone(vote.charter.time_zone):
        return render_page(request, template, context, status=sent.status)
