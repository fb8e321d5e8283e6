"""Pages of invitations: make and end them, and come in with one."""

from datetime import datetime
from io import BytesIO

import segno
from django.conf import settings
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from core.actions import invitations
from core.forms.people import InvitationForm
from core.models import Application, Body, Invitation, Membership
from core.permissions.members import membership_of
from core.queries.charters import get_charter
from core.refusals import Refusal, Sentence
from core.timekeeping import folkmoot_now
from core.views._acting import act_once, see_other
from core.views._forms import UNPROCESSABLE
from core.views._pages import PageRequest, render_page
from core.views._zones import in_zone

OK = 200


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def invitation_list(request: PageRequest, slug: str) -> HttpResponse:
    """One's own invitations; a new one's link and QR code are shown once, in the answer that makes it."""
    body = get_object_or_404(Body.objects.of(request.user), slug=slug)
    form = InvitationForm(request.POST or None)
    refusal: Sentence = ""
    link, status, again = "", OK, False
    if request.method == "POST":
        status = UNPROCESSABLE
        if form.is_valid():
            try:
                link, status = make(request, body, form), OK
                again = not link
            except Refusal as refused:
                refusal, status = refused.sentence, refused.status
    context = {
        "body": body,
        "at": folkmoot_now(),
        "form": InvitationForm() if status == OK else form,
        "refusal": refusal,
        "link": link,
        "again": again,
        "qr": qr_path(link) if link else None,
        "invitations": Invitation.objects.filter(body=body, by__person=request.user).order_by("-created_at"),
    }
    with in_zone(get_charter(body).time_zone):
        return render_page(request, "core/invitation_list.html", context, status=status)


def make(request: PageRequest, body: Body, form: InvitationForm) -> str:
    """The link of a new invitation. Sent twice the same form makes one; its link cannot be shown again."""
    made: list[str] = []

    def invite(at: datetime) -> str:
        _row, token = invitations.invite(body, by=request.user, at=at, **form.cleaned_data)
        made.append(settings.SITE_URL + reverse("core:invitation-open", args=[token]))
        return reverse("core:invitation-list", args=[body.slug])

    act_once(request, invite)
    return made[0] if made else ""


def qr_path(link: str) -> dict[str, object]:
    """A QR code as the path of an SVG and its size in modules."""
    code = segno.make_qr(link, error="m")
    out = BytesIO()
    code.save(out, kind="svg", xmldecl=False, svgns=False, omitsize=True, border=2)
    text = out.getvalue().decode()
    return {"d": text.split(' d="')[1].split('"')[0], "size": code.symbol_size(border=2)[0]}


@login_required
@require_POST
def invitation_end(request: PageRequest, pk: int) -> HttpResponse:
    """Take one's own invitation back."""
    found = Invitation.objects.filter(by__person=request.user, body__in=Body.objects.of(request.user))
    invitation = get_object_or_404(found.select_related("body"), pk=pk)
    slug = invitation.body.slug if invitation.body else ""

    def end(at: datetime) -> str:
        invitations.end(invitation, by=request.user, at=at)
        return reverse("core:invitation-list", args=[slug])

    return see_other(act_once(request, end))


@require_http_methods(["GET", "HEAD", "POST"])
def invitation_open(request: HttpRequest, token: str) -> HttpResponse:
    """Who invites to what, and one button. Whoever is not signed in does that first and comes back here."""
    try:
        invitation = invitations.open_with(token, at=folkmoot_now())
        if invitation.body is None:
            return see_other(reverse("core:first-link", args=[token]))
        if request.method == "POST" and request.user.is_authenticated:
            return see_other(accept(request, token))  # type: ignore[arg-type]
    except Refusal as refused:
        before = invitations.led_to(token, request.user) if request.user.is_authenticated else None
        if before is not None:
            return see_other(place_of(before))
        return render_page(request, "core/invitation_over.html", {"refusal": refused.sentence}, status=refused.status)
    body = invitation.body
    person = request.user if request.user.is_authenticated else None
    member = membership_of(person, body) if person is not None else None
    context = {
        "body": body,
        "linked": body if body.listed or member else None,
        "invitation": invitation,
        "charter": get_charter(body),
        "member": member,
        "here": request.path,
    }
    return render_page(request, "core/invitation_open.html", context)


def accept(request: PageRequest, token: str) -> str:
    """Where one goes after coming in: to the body, or to one's application."""

    def come_in(at: datetime) -> str:
        return place_of(invitations.accept(token, by=request.user, at=at))

    return act_once(request, come_in)


def place_of(result: Application | Membership) -> str:
    """The page of the body for a member, else that of the application."""
    if isinstance(result, Application):
        return reverse("core:application-detail", args=[result.pk])
    return result.body.get_absolute_url()
