"""One's reading passphrase: chosen, changed, lost; and one's key, opened for a while and locked again."""

from collections.abc import Callable
from datetime import datetime
from typing import Final

from allauth.account.decorators import reauthentication_required
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.forms import Form
from django.http import HttpResponse
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from core.actions import reading_keys
from core.forms.reading import LostPassphraseForm, NewPassphraseForm, OpenForm, OtherPassphraseForm
from core.limits import count_act
from core.models import ReadingKey
from core.queries.sealed import get_sealed_to
from core.refusals import Refusal, Sentence
from core.timekeeping import folkmoot_now
from core.views import _reading
from core.views._acting import act_once, see_other
from core.views._forms import UNPROCESSABLE
from core.views._pages import PageRequest, render_page

FORMS: Final[dict[str, type[Form]]] = {
    "make": NewPassphraseForm,
    "change": OtherPassphraseForm,
    "anew": LostPassphraseForm,
}


@sensitive_post_parameters()  # all of them
@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
@reauthentication_required(allow_get=True)  # type: ignore[untyped-decorator]
def reading_key(request: PageRequest) -> HttpResponse:
    """Choose a reading passphrase, change it, or begin anew when it is lost."""
    asked = request.POST.get("act", "make")
    form = FORMS.get(asked, NewPassphraseForm)(request.POST or None)
    refusal: Sentence = ""
    status = 200
    if request.method == "POST":
        status = UNPROCESSABLE
        if form.is_valid():
            try:
                return see_other(act_once(request, lambda at: kept(request, asked, form, at)))
            except Refusal as refused:
                refusal, status = refused.sentence, refused.status
    return show(request, asked, form, refusal, status)


def kept(request: PageRequest, asked: str, form: Form, at: datetime) -> str:
    """Do what was asked with the passphrase; the address to go to."""
    typed = form.cleaned_data
    acts: dict[str, Callable[[], object]] = {
        "change": lambda: reading_keys.change(request.user, typed["former"], typed["new"]),
        "anew": lambda: reading_keys.begin_anew(request.user, typed["new"], at=at),
    }
    acts.get(asked, lambda: reading_keys.make(request.user, typed["new"], at=at))()
    messages.success(request, _("Your reading passphrase is kept by nobody but you. Write it down and put it away."))
    return reverse("core:reading-key")


def show(request: PageRequest, asked: str, form: Form, refusal: Sentence = "", status: int = 200) -> HttpResponse:
    """The page, with the form that was sent as it was typed and the others fresh."""
    key = ReadingKey.objects.standing().filter(person=request.user).first()
    forms = {name: form if name == asked else kind() for name, kind in FORMS.items()}
    context = {
        "key": key,
        "forms": forms,
        "asked": asked,
        "open_form": OpenForm(),
        "is_open": _reading.opened(request) is not None,
        "open_until": _reading.open_until(request),
        "sealed": get_sealed_to(request.user),
        "refusal": refusal,
        "at": folkmoot_now(),
    }
    return render_page(request, "core/reading_key.html", context, status=status)


@sensitive_post_parameters()
@login_required
@require_POST
def reading_open(request: PageRequest) -> HttpResponse:
    """Open one's key for a quarter of an hour, and go on where it was asked for."""
    form = OpenForm(request.POST)
    count_act("core:reading-open", request.user.pk)
    sentence: Sentence = _("Type your reading passphrase.")
    status = UNPROCESSABLE
    if form.is_valid():
        try:
            pair = reading_keys.open_with(request.user, form.cleaned_data["passphrase"])
        except Refusal as refused:
            sentence, status = refused.sentence, refused.status
        else:
            response = see_other(next_page(request))
            _reading.open_for_a_while(request, response, pair)
            return response
    return render_page(
        request,
        "core/reading_open.html",
        {"form": OpenForm(), "refusal": sentence, "next": next_page(request)},
        status=status,
    )


@login_required
@require_POST
def reading_close(request: PageRequest) -> HttpResponse:
    """Lock one's key before the quarter of an hour is over."""
    response = see_other(next_page(request))
    _reading.close(request, response)
    return response


def next_page(request: PageRequest) -> str:
    """Where the form stood, if that is on this site."""
    wanted = request.POST.get("next", "")
    ours = url_has_allowed_host_and_scheme(wanted, allowed_hosts=None) and wanted.startswith("/")
    return wanted if ours else reverse("core:reading-key")
