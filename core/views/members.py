"""Pages of members: who is here, and proposing a removal."""

from datetime import datetime

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from core.actions import proposals
from core.forms.people import ReasonForm
from core.models import Body, Membership
from core.queries.charters import get_charter
from core.queries.mergings import get_mergings
from core.timekeeping import folkmoot_now
from core.views._forms import answer_form
from core.views._pages import PageRequest, render_page
from core.views._tabs import words_asked
from core.views._zones import in_zone
from core.words.secrecy import how_secret

ON_A_PAGE = 20


@login_required
@require_safe
def member_list(request: PageRequest, slug: str) -> HttpResponse:
    """Who is a member, since when, and who invited whom."""
    body = get_object_or_404(Body.objects.of(request.user), slug=slug)
    at, words = folkmoot_now(), words_asked(request)
    rows = Membership.objects.open().filter(body=body).select_related("person", "invited_by__person")
    if words:
        rows = rows.filter(person__display_name__icontains=words)
    page = Paginator(rows.order_by("person__display_name", "pk"), ON_A_PAGE).get_page(request.GET.get("page"))
    context = {
        "body": body,
        "at": at,
        "page": page,
        "words": words,
        "here": body.slug,
        "mergings": get_mergings(body, request.user, at),
    }
    with in_zone(get_charter(body).time_zone):
        return render_page(request, "core/member_list.html", context)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def member_remove(request: PageRequest, pk: int) -> HttpResponse:
    """Propose to remove a member, with a reason."""
    found = Membership.objects.open().filter(body__in=Body.objects.of(request.user))
    membership = get_object_or_404(found.select_related("body", "person"), pk=pk)
    form = ReasonForm(request.POST or None)

    def remove(at: datetime) -> str:
        proposal = proposals.draft(
            membership.body,
            by=request.user,
            at=at,
            kind="removal",
            title=_("Remove %(person)s") % {"person": membership.person.display_name},
            text=form.cleaned_data["reason"],
            subject=membership,
        )
        return proposals.put_up(proposal, by=request.user, at=at).get_absolute_url()

    secret_from = get_charter(membership.body).secret_from
    context = {"body": membership.body, "membership": membership, "how_secret": how_secret(secret_from)}
    return answer_form(request, form, remove, "core/member_remove.html", context)
