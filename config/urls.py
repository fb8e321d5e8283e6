"""All addresses of the house."""

from django.urls import URLPattern, URLResolver, include, path

from config.health import health

urlpatterns: list[URLPattern | URLResolver] = [
    path("health/", health, name="health"),
    path("account/", include("allauth.urls")),
    path("language/", include("django.conf.urls.i18n")),
    path("api/v1/", include("core.api.urls")),
    path("", include("core.urls")),
]

handler404 = "config.errors.nothing_here"
