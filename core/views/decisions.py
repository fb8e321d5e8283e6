"""The register of decisions."""

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from core.models import Body
from core.models.reading import read_by
from core.queries.charters import get_charter
from core.queries.decisions import get_register
from core.timekeeping import folkmoot_now
from core.views._pages import PageRequest, render_page
from core.views._tabs import query, tabs, words_asked
from core.views._zones import in_zone


@login_required
@require_safe
def decision_list(request: PageRequest, slug: str) -> HttpResponse:
    """What is in force, what is to be looked at again, what ended."""
    body = get_object_or_404(Body.objects.filter(read_by(request.user, "pk")), slug=slug)
    at = folkmoot_now()
    labels = {"in_force": _("In force"), "review": _("To be reviewed soon"), "ended": _("No longer in force")}
    asked = request.GET.get("which", "")
    tab, words = (asked if asked in labels else "in_force"), words_asked(request)
    with in_zone(get_charter(body).time_zone):
        register = get_register(body, tab=tab, words=words, page=request.GET.get("page"), at=at)
        context = {
            "body": body,
            "at": at,
            "here": body.slug,
            "register": register,
            "tab": tab,
            "words": words,
            "tabs": tabs("which", labels, tab, register),
            "query": query("which", tab, words),
        }
        return render_page(request, "core/decision_list.html", context)
