"""Coming in over the API: invitations and applications."""

from collections.abc import Callable

from django.conf import settings
from django.db.models import Q
from django.shortcuts import get_object_or_404
from django.urls import reverse
from drf_spectacular.utils import extend_schema, inline_serializer
from rest_framework import serializers
from rest_framework.decorators import api_view
from rest_framework.request import Request
from rest_framework.response import Response

from core.actions import applications, invitations
from core.api import shown
from core.api import taken as shape
from core.api.acting import act, taken, who
from core.models import Application, Body, Invitation
from core.timekeeping import folkmoot_now

LINK = inline_serializer("InvitationMade", {"id": serializers.IntegerField(), "link": serializers.CharField()})


def seen(request: Request, pk: int) -> Application:
    """The application, for members of the body and the applicant; else 404."""
    visible = Q(body__in=Body.objects.of(who(request))) | Q(person=who(request))
    return get_object_or_404(Application.objects.filter(visible).select_related("body", "person"), pk=pk)


@extend_schema(operation_id="invitation_make", request=shape.InvitationTaken, responses={201: LINK})
@api_view(["POST"])
def invitation_make(request: Request, slug: str) -> Response:
    """Make an invitation; its link is in this answer and nowhere else."""
    body = get_object_or_404(Body.objects.of(who(request)), slug=slug)
    row, token = invitations.invite(body, by=who(request), at=folkmoot_now(), **taken(shape.InvitationTaken, request))
    link = settings.SITE_URL + reverse("core:invitation-open", args=[token])
    return Response({"id": row.pk, "link": link}, status=201)


@extend_schema(operation_id="invitation_end", request=None, responses=shown.InvitationShown)
@api_view(["POST"])
def invitation_end(request: Request, pk: int) -> Response:
    """Take one's own invitation back."""
    row = get_object_or_404(Invitation, pk=pk, by__person=who(request), body__in=Body.objects.of(who(request)))
    return act(request, lambda: invitations.end(row, by=who(request), at=folkmoot_now()), shown.InvitationShown)


@extend_schema(operation_id="application_make", request=shape.ApplicationTaken, responses={201: shown.BodyShown})
@api_view(["POST"])
def application_make(request: Request, slug: str) -> Response:
    """Ask to join. The answer is the body; whether one is a member at once depends on its charter."""
    body = get_object_or_404(Body.objects.visible_to(who(request)), slug=slug)
    words = taken(shape.ApplicationTaken, request)["words"]

    def apply() -> Body:
        applications.apply(body, by=who(request), at=folkmoot_now(), words=words)
        return body

    return act(request, apply, shown.BodyShown, made=True)


@extend_schema(operation_id="application_read", responses=shown.ApplicationShown)
@api_view(["GET", "HEAD"])
def application_read(request: Request, pk: int) -> Response:
    """An application."""
    return Response(shown.ApplicationShown(seen(request, pk)).data)


def on_application(request: Request, pk: int, do: Callable[[Application], object]) -> Response:
    """One act on an application; the answer is the application afterwards."""
    application = seen(request, pk)

    def once() -> Application:
        do(application)
        return Application.objects.select_related("body", "person").get(pk=pk)

    return act(request, once, shown.ApplicationShown)


@extend_schema(operation_id="application_vouch", request=None, responses=shown.ApplicationShown)
@api_view(["POST"])
def application_vouch(request: Request, pk: int) -> Response:
    """Vouch for somebody."""
    return on_application(
        request, pk, lambda application: applications.vouch(application, by=who(request), at=folkmoot_now())
    )


@extend_schema(operation_id="application_object", request=shape.WordsTaken, responses=shown.ApplicationShown)
@api_view(["POST"])
def application_object(request: Request, pk: int) -> Response:
    """Object, and say why."""
    seen(request, pk)  # who may not see it gets 404, whatever was sent
    reason = taken(shape.WordsTaken, request)["text"]
    return on_application(request, pk, lambda application: applications.object(application, reason, by=who(request)))


@extend_schema(operation_id="application_propose", request=None, responses=shown.ApplicationShown)
@api_view(["POST"])
def application_propose(request: Request, pk: int) -> Response:
    """Put an admission to the body, where the charter admits by proposal."""
    return on_application(
        request, pk, lambda application: applications.propose(application, by=who(request), at=folkmoot_now())
    )


@extend_schema(operation_id="application_withdraw", request=None, responses=shown.ApplicationShown)
@api_view(["POST"])
def application_withdraw(request: Request, pk: int) -> Response:
    """Take one's own application back."""
    return on_application(
        request, pk, lambda application: applications.withdraw(application, by=who(request), at=folkmoot_now())
    )
