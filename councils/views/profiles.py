"""Pages of what a council is for: proposing another profile, and charters compared by what they come to."""

from datetime import datetime

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_http_methods, require_safe

from core.forms.bodies import TEMPLATE_WORDS
from core.models import Body
from core.rules.charter import TEMPLATES
from core.views._forms import answer_form
from core.views._pages import PageRequest, render_page
from councils.actions import profiles
from councils.forms.profiles import ProfileChangeForm
from councils.queries.profiles import get_profile
from councils.words.consequences import consequences

SIZES = (12, 30, 50, 120)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def profile_change(request: PageRequest, slug: str) -> HttpResponse:
    """Propose another profile."""
    councils = Body.objects.of(request.user).filter(kind=Body.Kind.COUNCIL)
    body = get_object_or_404(councils, slug=slug, adopted_at__isnull=False)
    current = get_profile(body)
    known = {name: getattr(current, name) for name in ProfileChangeForm.base_fields if hasattr(current, name)}
    form = ProfileChangeForm(request.POST or None, initial=known)

    def change(at: datetime) -> str:
        typed = form.cleaned_data
        return profiles.propose(
            body, form.profile, by=request.user, at=at, title=typed["title"], text=typed["text"]
        ).get_absolute_url()

    return answer_form(request, form, change, "councils/profile_change.html", {"body": body})


@require_safe
def charter_compare(request: HttpRequest) -> HttpResponse:
    """The charters to begin from, side by side, each by what it comes to in a council of `?size=` people."""
    asked = request.GET.get("size", "")
    size = int(asked) if asked.isdecimal() and int(asked) in SIZES else 30
    charters = [
        {"name": name, "about": words, "comes_to": list(consequences(TEMPLATES[name], size))}
        for name, words in TEMPLATE_WORDS.items()
    ]
    tabs = [{"label": str(each), "url": f"?size={each}", "here": each == size} for each in SIZES]
    return render_page(request, "councils/charter_compare.html", {"charters": charters, "size": size, "tabs": tabs})
