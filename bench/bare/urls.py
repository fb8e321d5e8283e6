"""Two forms, and the address by which the middleware knows the sign-in page."""

from django.urls import path

from bench.bare import views

urlpatterns = [
    path("insert/", views.insert),
    path("update/", views.update),
    path("health/", views.health),
    path("sign-in/", views.health, name="account_login"),
]
