"""The record of a body, in plain words and as the file that anyone can check."""

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from core.models import Body
from core.queries.charters import get_charter
from core.queries.records import get_record, get_record_file
from core.queries.signing import get_signing
from core.timekeeping import folkmoot_now
from core.views._pages import PageRequest, render_page
from core.views._tabs import query, tabs
from core.views._zones import in_zone
from core.words.records import GROUPS


@login_required
@require_safe
def record_list(request: PageRequest, slug: str) -> HttpResponse:
    """What happened, newest first."""
    body = get_object_or_404(Body.objects.of(request.user), slug=slug)
    asked = request.GET.get("what", "")
    group = asked if asked in GROUPS else ""
    labels = {"": _("Everything"), **{name: str(label) for name, (label, _starts) in GROUPS.items()}}
    with in_zone(get_charter(body).time_zone):
        context = {
            "body": body,
            "at": folkmoot_now(),
            "here": body.slug,
            "record": get_record(body, request.user, group=group, page=request.GET.get("page")),
            "group": group,
            "tabs": tabs("what", labels, group),
            "query": query("what", group, ""),
            "signing": get_signing(body),
        }
        return render_page(request, "core/record_list.html", context)


@login_required
@require_safe
def record_file(request: PageRequest, slug: str) -> HttpResponseBase:
    """The members' record, one line of JSON for each line, in the bytes that were hashed."""
    body = get_object_or_404(Body.objects.of(request.user), slug=slug)
    response = StreamingHttpResponse(get_record_file(body), content_type="application/jsonl; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{body.slug}-record.jsonl"'
    response["Cache-Control"] = "private, no-store"
    return response
