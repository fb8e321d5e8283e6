"""Pages of groups already at work: the list, the letter that invites one, and the founding it leads to."""

from datetime import datetime
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from core.actions import charters
from core.forms.bodies import BodyForm
from core.models import Body, Person
from core.refusals import Refusal, Sentence
from core.timekeeping import folkmoot_now
from core.views._acting import act_once, see_other
from core.views._forms import UNPROCESSABLE, answer_form
from core.views._pages import PageRequest, render_page
from core.views.invitations import qr_path
from councils.actions import groups
from councils.forms.groups import GroupForm, GroupKitForm
from councils.models import KnownGroup
from councils.queries.groups import get_groups


@login_required
@require_safe
def group_list(request: PageRequest, slug: str) -> HttpResponse:
    """The groups that a body knows of, and which of them were invited."""
    body = get_object_or_404(Body.objects.of(request.user), slug=slug)
    context = {"body": body, "here": body.slug, "groups": get_groups(body, request.user), "at": folkmoot_now()}
    return render_page(request, "councils/group_list.html", context)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def group_new(request: PageRequest, slug: str) -> HttpResponse:
    """Put a group on the list."""
    body = get_object_or_404(Body.objects.of(request.user), slug=slug)
    form = GroupForm(request.POST or None)

    def add(at: datetime) -> str:
        typed = form.cleaned_data
        groups.add(body, typed["name"], typed["does"], typed["reach"], by=request.user, at=at)
        return place(body)

    return answer_form(request, form, add, "councils/group_new.html", {"body": body})


def place(body: Body) -> str:
    """The address of a list."""
    return reverse("councils:group-list", args=[body.slug])


def seen(request: PageRequest, pk: int) -> KnownGroup:
    """A group on a list of one's own body; else 404."""
    mine = KnownGroup.objects.listed().filter(body__in=Body.objects.of(request.user))
    return get_object_or_404(mine.select_related("body"), pk=pk)


@login_required
@require_POST
def group_take_off(request: PageRequest, pk: int) -> HttpResponse:
    """Take a group off the list."""
    group = seen(request, pk)

    def take_off(at: datetime) -> str:
        groups.take_off(group, by=request.user, at=at)
        return place(group.body)

    try:
        address = act_once(request, take_off)
    except Refusal as refused:
        context = {"body": group.body, "refusal": refused.sentence, "back": place(group.body)}
        return render_page(request, "councils/refused.html", context, status=refused.status)
    messages.success(request, _("It is off the list."))
    return see_other(address)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def group_invite(request: PageRequest, pk: int) -> HttpResponse:
    """Make a link for a group; its letter is in the answer and, since it holds the link, is shown this once."""
    group = seen(request, pk)
    form = GroupKitForm(request.POST or None)
    refusal: Sentence = ""
    link, status, again = "", 200, False
    if request.method == "POST":
        status = UNPROCESSABLE
        if form.is_valid():
            try:
                link, status = make(request, group), 200
                again = not link
            except Refusal as refused:
                refusal, status = refused.sentence, refused.status
    context = {"group": group, "body": group.body, "form": form, "refusal": refusal, "again": again}
    if link:
        return render_page(request, "councils/group_letter.html", context | letter(form, link))
    return render_page(request, "councils/group_invite.html", context, status=status)


def make(request: PageRequest, group: KnownGroup) -> str:
    """The link of a new invitation; nothing if this form was sent before."""
    made: list[str] = []

    def invite(at: datetime) -> str:
        _row, token = groups.invite(group, by=request.user, at=at)
        made.append(settings.SITE_URL + reverse("councils:group-found", args=[token]))
        return place(group.body)

    act_once(request, invite)
    return made[0] if made else ""


def letter(form: GroupKitForm, link: str) -> dict[str, Any]:
    """What the letter shows beside the group, once for each language."""
    typed = form.cleaned_data
    shown = {name: typed[name] for name in ("words", "signed", "paper")}
    return {"link": link, "qr": qr_path(link), "languages": form.languages, **shown}


@require_http_methods(["GET", "HEAD", "POST"])
def group_found(request: HttpRequest, token: str) -> HttpResponse:
    """Who invites a group, and the form with which it forms a body. Whoever is not signed in does that first."""
    try:
        invitation = groups.open_with(token, at=folkmoot_now())
    except Refusal as refused:
        return render_page(request, "core/invitation_over.html", {"refusal": refused.sentence}, status=refused.status)
    group = invitation.group
    context = {"group": group, "inviting": group.body, "here": request.path}
    if not isinstance(request.user, Person):
        return render_page(request, "councils/group_found.html", context)
    form = BodyForm(request.POST or None, initial={"name": group.name, "listed": True})
    by = request.user

    def found(at: datetime) -> str:
        typed = form.cleaned_data
        content = charters.Draft(typed["purpose"], typed["unity"], form.numbers, typed["template"])
        words = {"kind": Body.Kind(typed["kind"]), "listed": typed["listed"]}
        return groups.form(token, typed["name"], content, by=by, at=at, **words).get_absolute_url()

    return answer_form(request, form, found, "councils/group_found.html", context)  # type: ignore[arg-type]
