"""Pages of a council that becomes two."""

from datetime import datetime

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_http_methods, require_POST

from core.models import Body
from core.refusals import Refusal
from core.views._acting import act_once, see_other
from core.views._forms import answer_form
from core.views._pages import PageRequest, render_page
from councils.actions import splits
from councils.forms.splits import SplitForm
from councils.models import Split
from councils.queries.splits import get_split


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def split_new(request: PageRequest, slug: str) -> HttpResponse:
    """Propose that a council becomes two."""
    councils = Body.objects.of(request.user).filter(kind=Body.Kind.COUNCIL)
    body = get_object_or_404(councils, slug=slug, adopted_at__isnull=False)
    form = SplitForm(request.POST or None)

    def propose(at: datetime) -> str:
        typed = form.cleaned_data
        names = (typed["first"], typed["second"])
        return splits.propose(body, names, typed["text"], by=request.user, at=at).get_absolute_url()

    return answer_form(request, form, propose, "councils/split_new.html", {"body": body})


@login_required
@require_POST
def split_choose(request: PageRequest, pk: int) -> HttpResponse:
    """Say to which of the two one goes."""
    mine = Split.objects.filter(proposal__body__in=Body.objects.of(request.user)).select_related("proposal__body")
    split = get_object_or_404(mine, pk=pk)
    asked = request.POST.get("part", "")

    def choose(_at: datetime) -> str:
        splits.choose(split, int(asked) if asked in ("1", "2") else 0, by=request.user)
        return split.proposal.get_absolute_url()

    try:
        return see_other(act_once(request, choose))
    except Refusal as refused:
        about = {"split": get_split(split.proposal, request.user), "here": False}
        context = {"body": split.proposal.body, "about": about, "refusal": refused.sentence}
        return render_page(request, "councils/split_choose.html", context, status=refused.status)
