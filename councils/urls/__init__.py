"""Every page of councils, by noun. Each route has a line in the access table (tests/access)."""

from councils.urls import founding

app_name = "councils"

urlpatterns = [
    *founding.urlpatterns,
]
