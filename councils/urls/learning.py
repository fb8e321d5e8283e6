"""Routes of pages about learning together and lending."""

from django.urls import URLPattern, path

from councils.views import library, studies

urlpatterns: list[URLPattern] = [
    path("b/<slug:slug>/library/", library.item_list, name="item-list"),
    path("b/<slug:slug>/library/new/", library.item_new, name="item-new"),
    path("b/<slug:slug>/library.atom", library.item_feed, name="item-feed"),
    path("things/<int:pk>/lend/", library.item_lend, name="item-lend"),
    path("things/<int:pk>/back/", library.item_back, name="item-back"),
    path("things/<int:pk>/out/", library.item_out, name="item-out"),
    path("things/<int:pk>/keep/", library.item_keep, name="item-keep"),
    path("b/<slug:slug>/learning/", studies.study_list, name="study-list"),
    path("b/<slug:slug>/learning/new/", studies.study_new, name="study-new"),
    path("b/<slug:slug>/learning.ics", studies.study_feed, name="study-feed"),
    path("studies/<int:pk>/come/", studies.study_come, name="study-come"),
    path("studies/<int:pk>/stay-away/", studies.study_stay_away, name="study-stay-away"),
    path("studies/<int:pk>/call-off/", studies.study_call_off, name="study-call-off"),
]
