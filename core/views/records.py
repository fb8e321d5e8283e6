"""The record of a body, in plain words and as files that anyone can check."""

from collections.abc import Iterator

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from core.models import Body
from core.queries.charters import get_charter
from core.queries.record_files import get_members_file, get_public_file
from core.queries.records import get_record
from core.queries.signing import get_signing
from core.queries.verifier import get_verifier
from core.timekeeping import folkmoot_now
from core.views._pages import PageRequest, render_page
from core.views._tabs import query, tabs
from core.views._zones import in_zone
from core.views.bodies import signed_in
from core.words.records import GROUPS
from verify.building import VERIFIER


@login_required
@require_safe
def record_list(request: PageRequest, slug: str) -> HttpResponse:
    """What happened, newest first."""
    body = get_object_or_404(Body.objects.of(request.user).select_related("record_head"), slug=slug)
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


@require_safe
def record_check(request: HttpRequest, slug: str) -> HttpResponse:
    """How anybody checks the record, with the files for it: of listed bodies without an account."""
    person = signed_in(request)
    body = get_object_or_404(Body.objects.visible_to(person), slug=slug)
    inside = person is not None and Body.objects.of(person).filter(pk=body.pk).exists()
    context = {
        "body": body,
        "at": folkmoot_now(),
        "here": body.slug,
        "inside": inside,
        "lines": body.record_head.seq,
        "signing": get_signing(body),
    }
    with in_zone(get_charter(body).time_zone):
        return render_page(request, "core/record_check.html", context)


@login_required
@require_safe
def record_file(request: PageRequest, slug: str) -> HttpResponseBase:
    """The members' file: lines with texts, ballots of counted votes, and what is one's own."""
    body = get_object_or_404(Body.objects.of(request.user), slug=slug)
    response = download(get_members_file(body, request.user), f"{body.slug}-record-members.jsonl")
    response["Cache-Control"] = "private, no-store"
    return response


@require_safe
def record_public(_request: HttpRequest, slug: str) -> HttpResponseBase:
    """The public file of a listed body; an unlisted one has none, for nobody."""
    body = get_object_or_404(Body, slug=slug, listed=True)
    return download(get_public_file(body), f"{body.slug}-record-public.jsonl")


@require_safe
def verifier(_request: HttpRequest) -> HttpResponseBase:
    """The one file that checks records; it is the same for everybody."""
    response = HttpResponse(get_verifier(), content_type="application/zip")
    response["Content-Disposition"] = f'attachment; filename="{VERIFIER}"'
    return response


def download(lines: Iterator[str], name: str) -> StreamingHttpResponse:
    """A file that is sent while it is written."""
    response = StreamingHttpResponse(lines, content_type="application/jsonl; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
