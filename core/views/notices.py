"""Pages about the post: what is new, and the end of mails."""

from dataclasses import dataclass

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from core.actions import post
from core.models import Notice
from core.notices.stopping import person_of
from core.notices.words import Words, words_of
from core.queries.notices import Group, get_notice_list, is_there, with_cause
from core.timekeeping import folkmoot_now
from core.views._acting import act_once, see_other
from core.views._pages import PageRequest, render_page


@dataclass(frozen=True, slots=True)
class Line:
    """One notice with its words."""

    notice: Notice
    words: Words


@login_required
@require_safe
def notice_list(request: PageRequest) -> HttpResponse:
    """A person's news, grouped by what it is about."""
    found = get_notice_list(request.user, request.GET.get("page", 1))
    context = {"at": folkmoot_now(), "list": found, "groups": [lines_of(group) for group in found.groups]}
    return render_page(request, "core/notice_list.html", context, part="news")


def lines_of(group: Group) -> dict[str, object]:
    """A group with the words of each notice."""
    return {
        "about": group.about,
        "body": group.body,
        "unseen": group.unseen,
        "lines": [Line(notice, words_of(notice)) for notice in group.notices],
    }


@login_required
@require_POST
def notices_seen(request: PageRequest) -> HttpResponse:
    """Mark everything as seen."""

    def see_all() -> str:
        post.see_all(by=request.user, at=folkmoot_now())
        return reverse("core:notice-list")

    return see_other(act_once(request, lambda _at: see_all()))


@login_required
@require_safe
def notice_open(request: PageRequest, pk: int) -> HttpResponse:
    """Mark a notice as seen and go where it leads: a GET that changes only the reader's own mark, and only when the
    reader goes there. A picture or a page elsewhere that names the address marks nothing.
    """
    notice = get_object_or_404(with_cause(Notice.objects.filter(person=request.user)), pk=pk)
    if request.headers.get("Sec-Fetch-Mode", "navigate") == "navigate" and from_here(request):
        post.see(notice, by=request.user, at=folkmoot_now())
    if is_there(notice, request.user):
        return see_other(words_of(notice).link)
    messages.info(request, _("You can no longer see what this notice is about."))
    return see_other(reverse("core:notice-list"))


def from_here(request: HttpRequest) -> bool:
    """Whether the reader followed a link of ours, a mail's or their own; old browsers do not say."""
    return request.headers.get("Sec-Fetch-Site", "none") in {"none", "same-origin"}


@csrf_exempt  # mail programs send the one-click stop of RFC 8058 without a cookie; the signed link is the proof
@require_http_methods(["GET", "HEAD", "POST"])
def mail_stop(request: HttpRequest, token: str) -> HttpResponse:
    """Stop the mails to the person a signed link was sent to. Looking at the page stops nothing."""
    person = person_of(token)
    if person is None:
        raise Http404
    if request.method == "POST":
        post.stop_mail(person)
    return render_page(request, "core/mail_stop.html", {"stopped": request.method == "POST", "token": token})
