"""Routes of pages about mandates."""

from django.urls import URLPattern, path

from core.views import carrying
from core.views import mandates as views

urlpatterns: list[URLPattern] = [
    path("b/<slug:slug>/mandates/", views.mandate_list, name="mandate-list"),
    path("b/<slug:slug>/carrying/", carrying.carrying, name="carrying"),
    path("b/<slug:slug>/mandates/new/", views.mandate_new, name="mandate-new"),
    path("proposals/<int:pk>/accept/", views.proposal_accept, name="proposal-accept"),
    path("mandates/<int:pk>/", views.mandate_detail, name="mandate-detail"),
    path("mandates/<int:pk>/report/", views.mandate_report, name="mandate-report"),
    path("mandates/<int:pk>/resign/", views.mandate_resign, name="mandate-resign"),
    path("mandates/<int:pk>/recall/", views.mandate_recall, name="mandate-recall"),
    path(
        "mandates/<int:pk>/withdraw-confidence/",
        views.mandate_withdraw_confidence,
        name="mandate-withdraw-confidence",
    ),
    path("mandates/<int:pk>/give-confidence/", views.mandate_give_confidence, name="mandate-give-confidence"),
]
