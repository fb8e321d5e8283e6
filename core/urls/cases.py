"""Routes of cases."""

from django.urls import URLPattern, path

from core.views import cases

urlpatterns: list[URLPattern] = [
    path("b/<slug:slug>/cases/", cases.case_list, name="case-list"),
    path("b/<slug:slug>/cases/new/", cases.case_new, name="case-new"),
    path("cases/<int:pk>/", cases.case_detail, name="case-detail"),
    path("cases/<int:pk>/read/", cases.case_read, name="case-read"),
    path("cases/<int:pk>/take-seat/", cases.case_take_seat, name="case-take-seat"),
    path("cases/<int:pk>/recuse/", cases.case_recuse, name="case-recuse"),
    path("cases/<int:pk>/sit/", cases.case_sit, name="case-sit"),
    path("cases/<int:pk>/say/", cases.case_say, name="case-say"),
    path("cases/<int:pk>/find/", cases.case_find, name="case-find"),
    path("findings/<int:pk>/assent/", cases.case_assent, name="case-assent"),
    path("cases/<int:pk>/appeal/", cases.case_appeal, name="case-appeal"),
]
