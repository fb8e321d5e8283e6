"""Every component with sample data on one page: for the eye, for screenshots, for axe. Only in demo and debug."""

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from core.views import _samples
from core.views._pages import render_page


@require_safe
def gallery(request: HttpRequest) -> HttpResponse:
    """The components; `?frame=guest` shows the top bar as somebody not signed in sees it."""
    if not (settings.DEBUG or settings.DEMO):
        raise Http404
    context = _samples.gallery()
    if request.GET.get("frame") == "guest":
        del context["user"], context["shell_sample"]
    return render_page(request, "core/gallery.html", context)
