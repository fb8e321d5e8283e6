"""Who carries how much in a body."""

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe

from core.models import Body
from core.queries.carrying import get_carrying
from core.timekeeping import folkmoot_now
from core.views._pages import PageRequest, render_page


@login_required
@require_safe
def carrying(request: PageRequest, slug: str) -> HttpResponse:
    """How mandates, tasks and the work of an evening are spread, and who could be asked next."""
    body = get_object_or_404(Body.objects.of(request.user), slug=slug)
    at = folkmoot_now()
    context = {"body": body, "at": at, "here": body.slug, "carrying": get_carrying(body, request.user, at)}
    return render_page(request, "core/carrying.html", context)
