"""The two codes of conduct side by side, proposing a version, accepting one."""

from datetime import datetime

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from core.models import Body
from core.permissions.members import membership_of
from core.queries.charters import get_charter
from core.refusals import Invalid, Refusal, Sentence
from core.timekeeping import folkmoot_now
from core.views._acting import act_once, see_other
from core.views._forms import answer_form
from core.views._pages import PageRequest, render_page
from core.views._zones import in_zone
from defense.actions import codes
from defense.forms.bodies import CodeForm
from defense.queries.seeing import seen_body
from defense.queries.standing import get_codes, get_standings, own_standing
from defense.rules.codes import OWN, SCOPES
from defense.views._around import around


@login_required
@require_safe
def code_list(request: PageRequest, slug: str) -> HttpResponse:
    """Both codes, what changed in the newest version, and who has accepted which."""
    return show(request, seen_body(request.user, slug))


def show(request: PageRequest, body: Body, *, refusal: Sentence = "", status: int = 200) -> HttpResponse:
    """The page, with what was refused."""
    at = folkmoot_now()
    both = get_codes(body, at=at)
    membership = membership_of(request.user, body)
    context = around(request, body) | {
        "at": at,
        "codes": list(both.values()),
        "standing": own_standing(membership, both) if membership is not None else None,
        "members": get_standings(body, both, at=at),
        "refusal": refusal,
    }
    with in_zone(get_charter(body).time_zone):
        return render_page(request, "defense/code_list.html", context, status=status)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def code_new(request: PageRequest, slug: str) -> HttpResponse:
    """Propose a version of a code, in the host. It begins with the words of the newest."""
    body = seen_body(request.user, slug)
    scope = request.GET.get("scope", OWN)
    scope = scope if scope in SCOPES else OWN
    newest = get_codes(body, at=folkmoot_now())[scope].newest
    form = CodeForm(request.POST or None, initial={"code": newest.text if newest is not None else ""})

    def propose(at: datetime) -> str:
        typed = form.cleaned_data
        return codes.propose(body, scope, typed["code"], typed["text"], by=request.user, at=at).get_absolute_url()

    context = around(request, body) | {"own": scope == OWN}
    return answer_form(request, form, propose, "defense/code_new.html", context)


@login_required
@require_POST
def code_accept(request: PageRequest, slug: str) -> HttpResponse:
    """Accept the newest version of a code."""
    body = seen_body(request.user, slug)
    number = request.POST.get("number", "")

    def accept(_at: datetime) -> str:
        if not (number.isascii() and number.isdecimal() and len(number) < 6):
            raise Invalid(_("There is no such code yet."))
        codes.accept(body, request.POST.get("scope", ""), int(number), by=request.user)
        return reverse("defense:code-list", args=[body.slug])

    try:
        address = act_once(request, accept)
    except Refusal as refused:
        return show(request, body, refusal=refused.sentence, status=refused.status)
    messages.success(request, _("Accepted. It is written down with the day."))
    return see_other(address)
