"""Every page of councils, by noun. Each route has a line in the access table (tests/access)."""

from councils.urls import assemblies, founding, learning

app_name = "councils"

urlpatterns = [
    *assemblies.urlpatterns,
    *learning.urlpatterns,
    *founding.urlpatterns,
]
