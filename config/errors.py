"""What is not there, for programs: the API answers in JSON also where it has no such address."""

from http import HTTPStatus

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils.translation import gettext as _
from django.views.defaults import page_not_found


def nothing_here(request: HttpRequest, exception: Exception) -> HttpResponse:
    """A page in words, or a sentence in JSON under the API's addresses."""
    if request.path.startswith("/api/"):
        return JsonResponse({"detail": _("Nothing here")}, status=HTTPStatus.NOT_FOUND)
    return page_not_found(request, exception)
