"""Every page of core, by noun. Each route has a line in the access table (tests/core/access)."""

from core.urls import bodies, face, mandates, people, post, proposals, signing

app_name = "core"

urlpatterns = [
    *proposals.urlpatterns,
    *bodies.urlpatterns,
    *mandates.urlpatterns,
    *people.urlpatterns,
    *post.urlpatterns,
    *signing.urlpatterns,
    *face.urlpatterns,
]
