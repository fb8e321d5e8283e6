"""What members keep outside the house: checkpoints and receipts as files and on paper; and the house's public keys."""

from typing import cast

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from core.models import Body, Checkpoint, Person
from core.queries.charters import get_charter
from core.queries.signing import get_house_keys, get_receipt
from core.timekeeping import folkmoot_now
from core.views._pages import PageRequest, render_page
from core.views._zones import in_zone
from core.views.invitations import qr_path


def newest(request: HttpRequest, slug: str) -> Checkpoint:
    """The newest checkpoint of a body that the person may see, with or without an account; else 404."""
    body = get_object_or_404(Body.objects.visible_to(cast("Person", request.user)), slug=slug)
    checkpoint = Checkpoint.objects.newest_of(body)
    if checkpoint is None:
        raise Http404(_("Nothing of this record is signed yet."))
    return checkpoint


@require_safe
def checkpoint_print(request: HttpRequest, slug: str) -> HttpResponse:
    """The newest checkpoint on a sheet, with the same as a QR code."""
    checkpoint = newest(request, slug)
    body = checkpoint.body
    with in_zone(get_charter(body).time_zone):
        context = {
            "body": body,
            "at": folkmoot_now(),
            "here": body.slug,
            "checkpoint": checkpoint,
            "qr": qr_path(checkpoint.note),
        }
        return render_page(request, "core/checkpoint_print.html", context)


@require_safe
def checkpoint_file(request: HttpRequest, slug: str) -> HttpResponse:
    """The newest checkpoint as it was signed."""
    checkpoint = newest(request, slug)
    return as_file(checkpoint.note, f"{slug}-checkpoint-{checkpoint.size}.txt")


@login_required
@require_safe
def receipt_file(request: PageRequest, pk: int) -> HttpResponse:
    """One's own receipt in a vote, as it was signed."""
    receipt = get_receipt(pk, request.user)
    if receipt is None:
        raise Http404(_("There is no receipt for you in this vote."))
    return as_file(receipt.note, f"receipt-vote-{pk}-change-{receipt.change_no}.txt")


@require_safe
def house_keys(request: HttpRequest) -> HttpResponse:
    """The keys with which this house signs and has signed, for everybody."""
    return render_page(request, "core/house_keys.html", {"keys": get_house_keys(), "at": folkmoot_now()})


@require_safe
def house_keys_file(request: HttpRequest) -> HttpResponse:
    """The same for programs: each key in text on a line of its own, oldest first, each followed by its rotation."""
    keys = reversed(get_house_keys())
    return as_file("\n".join(f"{key.text}\n{key.rotation}" for key in keys), "folkmoot-keys.txt")


def as_file(text: str, name: str) -> HttpResponse:
    """A small file to keep, in exactly these bytes."""
    response = HttpResponse(text, content_type="text/plain; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    response["Cache-Control"] = "private, no-store"
    return response
