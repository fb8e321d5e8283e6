"""One's labels in the records of bodies one has left."""

from datetime import datetime

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from core.actions import forgetting
from core.models import Membership
from core.queries.labels import get_left
from core.refusals import Invalid, Refusal, Sentence
from core.views._acting import act_once, see_other
from core.views._pages import PageRequest, render_page


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def label_list(request: PageRequest) -> HttpResponse:
    """Bodies one has left, and whether one's label there is forgotten; a form asks for it."""
    refusal: Sentence = ""
    status = 200
    if request.method == "POST":
        try:
            return see_other(act_once(request, lambda at: forget(request, at)))
        except Refusal as refused:
            refusal, status = refused.sentence, refused.status
    context = {"here": "settings", "left": get_left(request.user), "refusal": refusal, "will": get_consequences()}
    return render_page(request, "core/label_list.html", context, status=status)


def forget(request: PageRequest, at: datetime) -> str:
    """Ask for the label of one's own membership that was named."""
    named = request.POST.get("membership", "")
    membership = Membership.objects.filter(person=request.user, pk=int(named) if named.isdecimal() else 0).first()
    if membership is None:
        raise Invalid(_("Choose a body that you have left."))
    forgetting.ask(membership, by=request.user, at=at)
    return reverse("core:label-list")


def get_consequences() -> list[str]:
    """What will happen, sentence by sentence."""
    return [
        _("The key to your label is destroyed. Nobody can find out any more which label was yours, not even you."),
        _("The lines of the record stay. Your ballots count as before, but nobody can recount what they said."),
        _("Your receipts and your withdrawn confidence here can no longer be checked."),
        _("What you wrote stays on the pages under your name, until you leave the house."),
        _("Backups hold the key until they expire. It cannot be undone."),
    ]
