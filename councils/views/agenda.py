"""Acts on the agenda and on the duties of an assembly."""

from collections.abc import Callable
from datetime import datetime

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from core.models import Proposal
from core.refusals import Invalid
from core.views._pages import PageRequest
from councils.actions import agenda, duties, running, waiving
from councils.actions.agenda import Item
from councils.forms.assemblies import ItemForm, NumberForm
from councils.models import AgendaItem, Assembly, Duty
from councils.views._assembly import NOT_UNDERSTOOD, act_at, member, read, seen


def seen_item(request: PageRequest, pk: int) -> AgendaItem:
    """The item, or 404."""
    visible = AgendaItem.objects.filter(assembly__in=Assembly.objects.visible_to(request.user))
    return get_object_or_404(visible.select_related("assembly__body", "proposal"), pk=pk)


def seen_duty(request: PageRequest, pk: int) -> Duty:
    """The duty, or 404."""
    visible = Duty.objects.filter(assembly__in=Assembly.objects.visible_to(request.user))
    return get_object_or_404(visible.select_related("assembly__body", "membership"), pk=pk)


@login_required
@require_POST
def item_add(request: PageRequest, pk: int) -> HttpResponse:
    """Put something on the agenda."""
    assembly, form = seen(request, pk), ItemForm(request.POST)

    def add(at: datetime) -> None:
        key = read(form, "proposal")
        proposal = Proposal.objects.visible_to(request.user).filter(pk=key).first() if key else None
        if key and proposal is None:
            raise Invalid(NOT_UNDERSTOOD)
        item = Item(read(form, "title"), read(form, "box"), proposal, read(form, "takes_ballots"))
        agenda.add(assembly, item, by=request.user, at=at)

    return act_at(request, assembly, add, page="detail", said=_("It is on the agenda."))


def act_on_item(
    request: PageRequest, pk: int, act: Callable[[AgendaItem, datetime], object], page: str, *, kept: bool = False
) -> HttpResponse:
    """Do something with an item."""
    item = seen_item(request, pk)
    return act_at(request, item.assembly, lambda at: act(item, at), page=page, kept=kept)


@login_required
@require_POST
def item_remove(request: PageRequest, pk: int) -> HttpResponse:
    """Take it off the agenda."""
    return act_on_item(request, pk, lambda item, at: agenda.remove(item, by=request.user, at=at), "detail")


@login_required
@require_POST
def item_up(request: PageRequest, pk: int) -> HttpResponse:
    """Let it come earlier."""
    return act_on_item(request, pk, lambda item, at: agenda.move_up(item, by=request.user, at=at), "detail")


@login_required
@require_POST
def item_begin(request: PageRequest, pk: int) -> HttpResponse:
    """Take it up."""
    return act_on_item(request, pk, lambda item, at: running.begin_item(item, by=request.user, at=at), "run", kept=True)


@login_required
@require_POST
def item_end(request: PageRequest, pk: int) -> HttpResponse:
    """It is done."""
    return act_on_item(request, pk, lambda item, at: running.end_item(item, by=request.user, at=at), "run", kept=True)


@login_required
@require_POST
def item_longer(request: PageRequest, pk: int) -> HttpResponse:
    """Give it more time."""
    form = NumberForm(request.POST)
    return act_on_item(
        request,
        pk,
        lambda item, at: running.lengthen(item, read(form, "number"), by=request.user, at=at),
        "run",
        kept=True,
    )


@login_required
@require_POST
def item_waive(request: PageRequest, pk: int) -> HttpResponse:
    """Ask those present to waive what is left of the discussion."""
    return act_on_item(request, pk, lambda item, at: waiving.ask(item, by=request.user, at=at), "run")


@login_required
@require_POST
def duty_ask(request: PageRequest, pk: int) -> HttpResponse:
    """Ask a member to facilitate or to take notes."""
    assembly, role = seen(request, pk), request.POST.get("role", "")
    return act_at(
        request,
        assembly,
        lambda at: duties.ask(assembly, role, member(request), by=request.user, at=at),
        page="detail",
        said=_("They are asked. It is theirs if they say yes."),
    )


@login_required
@require_POST
def duty_take(request: PageRequest, pk: int) -> HttpResponse:
    """Take a duty that is free."""
    assembly, role = seen(request, pk), request.POST.get("role", "")
    return act_at(
        request,
        assembly,
        lambda at: duties.take(assembly, role, by=request.user, at=at),
        page="detail",
        said=_("Thank you."),
    )


@login_required
@require_POST
def duty_accept(request: PageRequest, pk: int) -> HttpResponse:
    """Say yes."""
    duty = seen_duty(request, pk)
    return act_at(
        request,
        duty.assembly,
        lambda at: duties.accept(duty, by=request.user, at=at),
        page="detail",
        said=_("Thank you."),
    )


@login_required
@require_POST
def duty_lay_down(request: PageRequest, pk: int) -> HttpResponse:
    """Say no, or lay it down."""
    duty = seen_duty(request, pk)
    return act_at(request, duty.assembly, lambda at: duties.lay_down(duty, by=request.user, at=at), page="detail")
