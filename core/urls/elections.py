"""Routes of pages about elections."""

from django.urls import URLPattern, path

from core.views import elections as views

urlpatterns: list[URLPattern] = [
    path("b/<slug:slug>/elections/new/", views.election_new, name="election-new"),
    path("proposals/<int:pk>/stand/", views.candidacy_stand, name="candidacy-stand"),
    path("proposals/<int:pk>/step-back/", views.candidacy_step_back, name="candidacy-step-back"),
    path("proposals/<int:pk>/candidates/", views.candidacy_propose, name="candidacy-propose"),
]
