"""Oneself, one's bodies, one's news."""

from django.shortcuts import get_object_or_404
from drf_spectacular.utils import extend_schema
from rest_framework.decorators import api_view
from rest_framework.request import Request
from rest_framework.response import Response

from core.actions import bodies, charters, endings, forgetting, founding, memberships
from core.api import shown
from core.api import taken as shape
from core.api.acting import act, taken, who
from core.models import Body, Charter, Membership, Notice
from core.queries.charters import get_charter
from core.rules.charter import TEMPLATES
from core.timekeeping import folkmoot_now


@extend_schema(operation_id="me", responses=shown.MeShown)
@api_view(["GET", "HEAD"])
def me(request: Request) -> Response:
    """Oneself."""
    return Response(shown.MeShown(who(request)).data)


@extend_schema(operation_id="body_read", responses=shown.BodyShown)
@api_view(["GET", "HEAD"])
def body_read(request: Request, slug: str) -> Response:
    """The public face of a body."""
    return Response(shown.BodyShown(get_object_or_404(Body.objects.visible_to(who(request)), slug=slug)).data)


@extend_schema(operation_id="body_form", request=shape.BodyTaken, responses={201: shown.BodyShown})
@api_view(["POST"])
def body_form(request: Request) -> Response:
    """Form a body; it decides once three members have adopted its charter."""
    given = taken(shape.BodyTaken, request)
    numbers = TEMPLATES.get(given["template"], TEMPLATES["small"])
    content = charters.Draft(given["purpose"], given["unity"], numbers, given["template"])

    def form() -> Body:
        return bodies.form(
            given["name"],
            content,
            by=who(request),
            at=folkmoot_now(),
            kind=Body.Kind(given["kind"]),
            listed=given["listed"],
        )

    return act(request, form, shown.BodyShown, made=True)


@extend_schema(operation_id="charter_read", responses=shown.CharterShown)
@api_view(["GET", "HEAD"])
def charter_read(request: Request, slug: str) -> Response:
    """The charter in force, or the newest draft before the first is adopted."""
    body = get_object_or_404(Body.objects.visible_to(who(request)), slug=slug)
    return Response(shown.CharterShown(get_charter(body)).data)


@extend_schema(operation_id="charter_adopt", request=None, responses=shown.BodyShown)
@api_view(["POST"])
def charter_adopt(request: Request, slug: str, number: int) -> Response:
    """Adopt the draft of the first charter, as a founding member."""
    charter = get_object_or_404(Charter, body__in=Body.objects.of(who(request)), body__slug=slug, number=number)
    return act(request, lambda: bodies.adopt(charter, by=who(request), at=folkmoot_now()), shown.BodyShown)


@extend_schema(operation_id="charter_object", request=shape.WordsTaken, responses=shown.BodyShown)
@api_view(["POST"])
def charter_object(request: Request, slug: str, number: int) -> Response:
    """Object to the draft of the first charter, where it takes consensus, and say why."""
    charter = get_object_or_404(Charter, body__in=Body.objects.of(who(request)), body__slug=slug, number=number)
    reason = taken(shape.WordsTaken, request)["text"]

    def object_to() -> Body:
        founding.object(charter, reason, by=who(request), at=folkmoot_now())
        return charter.body

    return act(request, object_to, shown.BodyShown)


@extend_schema(operation_id="charter_take_back", request=None, responses=shown.BodyShown)
@api_view(["POST"])
def charter_take_back(request: Request, slug: str, number: int) -> Response:
    """Object no longer."""
    charter = get_object_or_404(Charter, body__in=Body.objects.of(who(request)), body__slug=slug, number=number)
    return act(request, lambda: founding.take_back(charter, by=who(request), at=folkmoot_now()), shown.BodyShown)


@extend_schema(operation_id="body_leave", request=None, responses=shown.MembershipShown)
@api_view(["POST"])
def body_leave(request: Request, slug: str) -> Response:
    """Leave at once."""
    body = get_object_or_404(Body.objects.of(who(request)), slug=slug)
    return act(request, lambda: memberships.leave(body, by=who(request)), shown.MembershipShown)


@extend_schema(operation_id="body_end", request=shape.WordsTaken, responses={201: shown.ProposalShown})
@api_view(["POST"])
def body_end(request: Request, slug: str) -> Response:
    """Propose that a body ends, and say why, and what becomes of what it holds."""
    body = get_object_or_404(Body.objects.of(who(request)), slug=slug)
    text = taken(shape.WordsTaken, request)["text"]
    return act(
        request,
        lambda: endings.propose(body, text, by=who(request), at=folkmoot_now()),
        shown.ProposalShown,
        made=True,
    )


@extend_schema(operation_id="label_forget", request=None, responses=shown.MembershipShown)
@api_view(["POST"])
def label_forget(request: Request, pk: int) -> Response:
    """Have one's label in the record of a body one has left forgotten, as soon as nothing open needs it."""
    membership = get_object_or_404(Membership, pk=pk, person=who(request))
    return act(request, lambda: forgetting.ask(membership, by=who(request), at=folkmoot_now()), shown.MembershipShown)


@extend_schema(operation_id="notice_seen", request=None, responses=shown.NoticeShown)
@api_view(["POST"])
def notice_seen(request: Request, pk: int) -> Response:
    """Mark one's own news as seen."""
    notice = get_object_or_404(Notice.objects.select_related("cause__body"), pk=pk, person=who(request))
    if notice.seen_at is None:
        notice.seen_at = folkmoot_now()
        notice.save(update_fields=["seen_at"])
    return Response(shown.NoticeShown(notice).data)
