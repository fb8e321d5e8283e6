"""Every page of councils, by noun. Each route has a line in the access table (tests/access)."""

from councils.urls import learning

app_name = "councils"

urlpatterns = [
    *learning.urlpatterns,
]
