"""The defence bodies of a council, and forming one: a proposal in the council that it will answer to."""

from datetime import datetime

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_http_methods, require_safe

from core.models import Body
from core.views._forms import answer_form
from core.views._pages import PageRequest, render_page
from defense.actions import forming
from defense.forms.bodies import DefenseForm
from defense.queries.panels import formed_by


@login_required
@require_safe
def defense_list(request: PageRequest, slug: str) -> HttpResponse:
    """The defence bodies that answer to a council."""
    body = get_object_or_404(Body.objects.of(request.user), slug=slug)
    context = {"body": body, "here": body.slug, "formed": formed_by(body, request.user)}
    return render_page(request, "defense/defense_list.html", context)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def defense_new(request: PageRequest, slug: str) -> HttpResponse:
    """Propose to form a defence body."""
    body = get_object_or_404(Body.objects.of(request.user), slug=slug)
    form = DefenseForm(request.POST or None)

    def propose(at: datetime) -> str:
        typed = form.cleaned_data
        plan = forming.Plan(typed["name"], typed["sort"], typed["purpose"])
        return forming.propose(body, plan, typed["text"], by=request.user, at=at).get_absolute_url()

    return answer_form(request, form, propose, "defense/defense_new.html", {"body": body, "here": body.slug})
