"""Routes of the councils' part of the API; config puts it beside core's."""

from django.urls import URLPattern, path

from councils.api import library, studies

urlpatterns: list[URLPattern] = [
    path("bodies/<slug:slug>/library/", library.ItemList.as_view(), name="item-list"),
    path("bodies/<slug:slug>/library/new/", library.item_add, name="item-add"),
    path("items/<int:pk>/lend/", library.item_lend, name="item-lend"),
    path("items/<int:pk>/back/", library.item_back, name="item-back"),
    path("items/<int:pk>/out/", library.item_out, name="item-out"),
    path("items/<int:pk>/keep/", library.item_keep, name="item-keep"),
    path("bodies/<slug:slug>/learning/", studies.StudyList.as_view(), name="study-list"),
    path("bodies/<slug:slug>/learning/new/", studies.study_announce, name="study-announce"),
    path("studies/<int:pk>/come/", studies.study_come, name="study-come"),
    path("studies/<int:pk>/stay-away/", studies.study_stay_away, name="study-stay-away"),
    path("studies/<int:pk>/call-off/", studies.study_call_off, name="study-call-off"),
]
