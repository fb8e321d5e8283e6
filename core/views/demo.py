"""What only a demo shows: the mails it would have sent."""

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from core.queries.demo_mails import get_mails
from core.views._pages import render_page


@require_safe
def demo_mails(request: HttpRequest) -> HttpResponse:
    """The newest mails of the folder they go to; in a real house there is no such page."""
    if not settings.DEMO:
        raise Http404
    return render_page(request, "core/demo_mails.html", {"mails": get_mails()})
