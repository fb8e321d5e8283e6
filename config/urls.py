"""All addresses of the house."""

from allauth.account.decorators import reauthentication_required
from allauth.usersessions.views import list_usersessions
from django.urls import URLPattern, URLResolver, include, path

from confederation.api import urls as confederation_api
from config.health import health
from core.api import urls as core_api
from core.views.signing_up import SignUp
from councils.api import urls as councils_api
from defense.api import urls as defense_api

SESSIONS = reauthentication_required(allow_get=True)(list_usersessions)
"""Whoever finds a phone unlocked does not end the sessions of its owner."""

PILLARS = (councils_api, defense_api, confederation_api)
API = ([*core_api.urlpatterns, *(route for each in PILLARS for route in each.urlpatterns)], core_api.app_name)
"""Core and the pillars under one name."""

urlpatterns: list[URLPattern | URLResolver] = [
    path("health/", health, name="health"),
    path("account/sessions/", SESSIONS, name="usersessions_list"),
    path("account/signup/", SignUp.as_view(), name="account_signup"),
    path("account/", include("allauth.urls")),
    path("language/", include("django.conf.urls.i18n")),
    path("api/v1/", include(API)),
    path("", include("core.urls")),
    path("", include("councils.urls")),
    path("", include("defense.urls")),
    path("", include("confederation.urls")),
]

handler404 = "config.errors.nothing_here"
