"""Pages that are one form: show it, act once, or show it again with what was typed."""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from django.forms import BaseForm
from django.http import HttpResponse

from core.refusals import Refusal, Sentence
from core.views._acting import act_once, see_other
from core.views._pages import PageRequest, render_page

UNPROCESSABLE = 422


def answer_form(
    request: PageRequest,
    form: BaseForm,
    act: Callable[[datetime], str],
    template: str,
    context: Mapping[str, Any],
) -> HttpResponse:
    """GET shows the form; POST carries out `act` (which returns an address) or shows it again, with its status."""
    refusal: Sentence = ""
    status = 200
    if request.method == "POST":
        status = UNPROCESSABLE
        if form.is_valid():
            try:
                return see_other(act_once(request, act))
            except Refusal as refused:
                refusal, status = refused.sentence, refused.status
    return render_page(request, template, {**context, "form": form, "refusal": refusal}, status=status)
