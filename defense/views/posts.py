"""The chain of command: seen by body and host, posts opened, filled and closed by the host."""

from datetime import datetime

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_http_methods, require_safe

from core.actions import elections
from core.queries.charters import get_charter
from core.timekeeping import folkmoot_now
from core.views._forms import answer_form
from core.views._pages import PageRequest, render_page
from core.views._zones import in_zone
from defense.actions import posts
from defense.forms.bodies import PostClosingForm, PostElectionForm, PostForm
from defense.models import Post
from defense.queries.chain import get_chain
from defense.queries.seeing import seen_body
from defense.views._around import around


@login_required
@require_safe
def chain_detail(request: PageRequest, slug: str) -> HttpResponse:
    """The posts, one under the other, with who holds them; as a tree and as text."""
    body, at = seen_body(request.user, slug), folkmoot_now()
    context = around(request, body) | {"at": at, "chain": get_chain(body, at=at)}
    with in_zone(get_charter(body).time_zone):
        return render_page(request, "defense/chain_detail.html", context)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def post_new(request: PageRequest, slug: str) -> HttpResponse:
    """Propose, in the host, to open a post."""
    body = seen_body(request.user, slug)
    form = PostForm(body, request.POST or None)

    def propose(at: datetime) -> str:
        typed = form.cleaned_data
        above = None if typed["expert"] else typed["above"]
        place = posts.Place(typed["name"], above, typed["expert"], tuple(typed["requires"]))
        return posts.propose(body, place, typed["text"], by=request.user, at=at).get_absolute_url()

    return answer_form(request, form, propose, "defense/post_new.html", around(request, body))


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def post_elect(request: PageRequest, pk: int) -> HttpResponse:
    """Propose, in the host, to elect who holds a post."""
    post = get_object_or_404(Post.objects.standing().select_related("body__host"), pk=pk)
    body = seen_body(request.user, post.body.slug)
    form = PostElectionForm(get_charter(body.host or body), request.POST or None)

    def elect(at: datetime) -> str:
        typed = form.cleaned_data
        terms = elections.Terms(typed["task"], typed["limits"], typed["term_days"], typed["report_days"])
        return posts.call_election(post, terms, typed["text"], by=request.user, at=at).get_absolute_url()

    context = around(request, body) | {"post": post}
    return answer_form(request, form, elect, "defense/post_elect.html", context)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def post_close(request: PageRequest, pk: int) -> HttpResponse:
    """Propose, in the host, to close a post."""
    post = get_object_or_404(Post.objects.standing().select_related("body__host"), pk=pk)
    body = seen_body(request.user, post.body.slug)
    form = PostClosingForm(request.POST or None)

    def close(at: datetime) -> str:
        return posts.propose_closing(post, form.cleaned_data["text"], by=request.user, at=at).get_absolute_url()

    context = around(request, body) | {"post": post}
    return answer_form(request, form, close, "defense/post_close.html", context)
