"""The free library: what there is, lending, taking back."""

from collections.abc import Callable
from datetime import datetime

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import translation
from django.utils.feedgenerator import Atom1Feed
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from core.models import Body
from core.queries.charters import get_charter
from core.refusals import Refusal
from core.rules.lines import one_line
from core.timekeeping import folkmoot_now
from core.views._acting import act_once, see_other
from core.views._forms import answer_form
from core.views._pages import PageRequest, render_page
from core.views._tabs import words_asked
from core.views._zones import in_zone
from core.views.bodies import signed_in
from councils.actions import library
from councils.forms.library import ItemForm, LendForm
from councils.models import Item
from councils.queries.library import get_library

IN_FEED = 50


@require_safe
def item_list(request: HttpRequest, slug: str) -> HttpResponse:
    """What can be borrowed: for members with the keepers, of a listed body for everybody without any name."""
    person = signed_in(request)
    body = get_object_or_404(Body.objects.visible_to(person), slug=slug)
    inside = person is not None and Body.objects.of(person).filter(pk=body.pk).exists()
    words = words_asked(request)
    with in_zone(get_charter(body).time_zone):
        found = get_library(body, person if inside else None, words=words, page=request.GET.get("page"))
        context = {
            "body": body,
            "here": body.slug,
            "inside": inside,
            "library": found,
            "page": found.page,
            "words": words,
            "at": folkmoot_now(),
        }
        return render_page(request, "councils/item_list.html", context)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def item_new(request: PageRequest, slug: str) -> HttpResponse:
    """Put something into the library."""
    body = get_object_or_404(Body.objects.of(request.user), slug=slug)
    form = ItemForm(request.POST or None)

    def add(at: datetime) -> str:
        library.add(body, by=request.user, at=at, **form.cleaned_data)
        messages.success(request, _("It is in the library. You keep it and lend it."))
        return shelf(body)

    return answer_form(request, form, add, "councils/item_new.html", {"body": body})


def shelf(body: Body) -> str:
    """The address of a library."""
    return reverse("councils:item-list", args=[body.slug])


def seen(request: PageRequest, pk: int) -> Item:
    """An item of one's own body; else 404."""
    found = Item.objects.filter(body__in=Body.objects.of(request.user)).select_related("body", "keeper")
    return get_object_or_404(found, pk=pk)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def item_lend(request: PageRequest, pk: int) -> HttpResponse:
    """Lend something one keeps."""
    item = seen(request, pk)
    form = LendForm(item.body, item.keeper, request.POST or None)

    def lend(at: datetime) -> str:
        typed = form.cleaned_data
        library.lend(item, typed["borrower"], typed["due_on"], by=request.user, at=at)
        messages.success(request, _("Lent. They are reminded on the day before."))
        return shelf(item.body)

    return answer_form(request, form, lend, "councils/item_lend.html", {"body": item.body, "item": item})


def act_on(request: PageRequest, pk: int, act: Callable[[Item, datetime], object], said: str) -> HttpResponse:
    """Act on an item, and say so on the page of the library; a refusal is shown there too."""
    item = seen(request, pk)

    def acting(at: datetime) -> str:
        act(item, at)
        return shelf(item.body)

    try:
        act_once(request, acting)
    except Refusal as refused:
        context = {"body": item.body, "refusal": refused.sentence, "back": shelf(item.body)}
        return render_page(request, "councils/refused.html", context, status=refused.status)
    messages.success(request, said)
    return see_other(shelf(item.body))


@login_required
@require_POST
def item_back(request: PageRequest, pk: int) -> HttpResponse:
    """It is back."""
    return act_on(request, pk, lambda item, at: library.take_back(item, by=request.user, at=at), _("It is back."))


@login_required
@require_POST
def item_out(request: PageRequest, pk: int) -> HttpResponse:
    """It is no longer to be had."""
    said = _("It is no longer in the library.")
    return act_on(request, pk, lambda item, at: library.take_out(item, by=request.user, at=at), said)


@login_required
@require_POST
def item_keep(request: PageRequest, pk: int) -> HttpResponse:
    """Keep something whose keeper has left."""
    said = _("You keep it now.")
    return act_on(request, pk, lambda item, _at: library.keep(item, by=request.user), said)


@require_safe
def item_feed(request: HttpRequest, slug: str) -> HttpResponse:
    """What is new in the library of a listed body, as Atom: no names, and not who has what."""
    body = get_object_or_404(Body, slug=slug, listed=True)
    home = settings.SITE_URL + shelf(body)
    feed = Atom1Feed(
        title=_("Free library of %(body)s") % {"body": body.name},
        link=home,
        description="",
        feed_url=settings.SITE_URL + request.path,
        feed_guid=home,
        language=translation.get_language(),
    )
    for item in Item.objects.on_the_shelf().filter(body=body).order_by("-added_at", "-pk")[:IN_FEED]:
        feed.add_item(
            title=item.name,
            link=home,
            description=one_line(item.about),  # XML has no control signs
            unique_id=f"{home}#item-{item.pk}",
            pubdate=item.added_at,
            updateddate=item.added_at,
        )
    return HttpResponse(feed.writeString("utf-8"), content_type=feed.content_type)
