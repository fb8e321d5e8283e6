"""How a view answers: the whole page, or for htmx one part of the same template."""

from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.cache import patch_vary_headers
from django_htmx.middleware import HtmxDetails

from core.models import Person


class PageRequest(HttpRequest):
    """A request by somebody signed in, as views behind `login_required` get it."""

    user: Person
    htmx: HtmxDetails


def render_page(
    request: HttpRequest,
    template: str,
    context: Mapping[str, Any] | None = None,
    *,
    part: str | None = None,
    status: int = 200,
) -> HttpResponse:
    """Answer with the template; where htmx asked and `part` is named, only with that `{% partialdef %}` of it.

    Views that read the clock pass it as `at`: times on the page are told from there.
    """
    asked_by_htmx = bool(getattr(request, "htmx", False))
    name = f"{template}#{part}" if part and asked_by_htmx else template
    response = render(request, name, dict(context or {}), status=status)
    patch_vary_headers(response, ["HX-Request"])
    return response
