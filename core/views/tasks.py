"""Tasks of decisions."""

from datetime import datetime

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from core.actions import todos
from core.forms.proposals import FinishForm
from core.models import Proposal, Task
from core.views._pages import PageRequest
from core.views._proposal import act_on, place


@login_required
@require_POST
def task_done(request: PageRequest, pk: int) -> HttpResponse:
    """Say that a task is done."""
    visible = Task.objects.filter(proposal__in=Proposal.objects.visible_to(request.user))
    task = get_object_or_404(visible.select_related("proposal__body"), pk=pk)
    form = FinishForm(request.POST)

    def finish(at: datetime) -> str:
        todos.finish(task, by=request.user, at=at, note=form.cleaned_data["note"])
        return place(task.proposal, "tasks")

    return act_on(request, task.proposal, finish, name="finish", form=form, about=pk, said=_("Done. Thank you."))
