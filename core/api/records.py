"""The two files of a record, as the record page gives them."""

from django.http import HttpResponseBase, StreamingHttpResponse
from django.shortcuts import get_object_or_404
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema
from rest_framework.decorators import api_view, permission_classes
from rest_framework.permissions import AllowAny
from rest_framework.request import Request

from core.api.acting import who
from core.models import Body
from core.queries.record_files import get_members_file, get_public_file

FILE = {(200, "application/jsonl"): OpenApiTypes.STR}


@extend_schema(operation_id="record_members", responses=FILE)
@api_view(["GET", "HEAD"])
def record_members(request: Request, slug: str) -> HttpResponseBase:
    """The members' file: lines with texts, ballots of counted votes, and what is one's own."""
    person = who(request)
    body = get_object_or_404(Body.objects.of(person), slug=slug)
    response = StreamingHttpResponse(get_members_file(body, person), content_type="application/jsonl; charset=utf-8")
    response["Cache-Control"] = "private, no-store"
    return response


@extend_schema(operation_id="record_public", responses=FILE, auth=[])
@api_view(["GET", "HEAD"])
@permission_classes([AllowAny])
def record_public(_request: Request, slug: str) -> HttpResponseBase:
    """The public file of a listed body, without an account; an unlisted one has none."""
    body = get_object_or_404(Body, slug=slug, listed=True)
    return StreamingHttpResponse(get_public_file(body), content_type="application/jsonl; charset=utf-8")
