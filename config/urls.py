"""All addresses of the house."""

from allauth.account.decorators import reauthentication_required
from allauth.usersessions.views import list_usersessions
from django.urls import URLPattern, URLResolver, include, path

from config.health import health

SESSIONS = reauthentication_required(allow_get=True)(list_usersessions)
"""Whoever finds a phone unlocked does not end the sessions of its owner."""

urlpatterns: list[URLPattern | URLResolver] = [
    path("health/", health, name="health"),
    path("account/sessions/", SESSIONS, name="usersessions_list"),
    path("account/", include("allauth.urls")),
    path("language/", include("django.conf.urls.i18n")),
    path("api/v1/", include("core.api.urls")),
    path("", include("councils.urls")),
    path("", include("core.urls")),
]

handler404 = "config.errors.nothing_here"
