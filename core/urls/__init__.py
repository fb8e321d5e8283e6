"""Every page of core, by noun. Each route has a line in the access table (tests/access)."""

from core.urls import audits, bodies, cases, elections, face, mandates, people, post, proposals, signing

app_name = "core"

urlpatterns = [
    *proposals.urlpatterns,
    *bodies.urlpatterns,
    *mandates.urlpatterns,
    *elections.urlpatterns,
    *audits.urlpatterns,
    *people.urlpatterns,
    *cases.urlpatterns,
    *post.urlpatterns,
    *signing.urlpatterns,
    *face.urlpatterns,
]
