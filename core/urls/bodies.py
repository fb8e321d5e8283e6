"""Routes of pages about bodies and charters."""

from django.urls import URLPattern, path

from core.views import accords, bodies, charters

urlpatterns: list[URLPattern] = [
    path("bodies/", bodies.body_list, name="body-list"),
    path("bodies/new/", bodies.body_new, name="body-new"),
    path("b/<slug:slug>/", bodies.body_detail, name="body-detail"),
    path("b/<slug:slug>/leave/", bodies.body_leave, name="body-leave"),
    path("b/<slug:slug>/end/", bodies.body_end, name="body-end"),
    path("b/<slug:slug>/unite/", accords.union_new, name="union-new"),
    path("b/<slug:slug>/host/", accords.host_new, name="host-new"),
    path("b/<slug:slug>/accords/<int:pk>/take-up/", accords.accord_take_up, name="accord-take-up"),
    path("accords/<int:pk>/", accords.accord_detail, name="accord-detail"),
    path("b/<slug:slug>/charter/", charters.charter_detail, name="charter-detail"),
    path("b/<slug:slug>/charter/adopt/", charters.charter_adopt, name="charter-adopt"),
    path("b/<slug:slug>/charter/object/", charters.charter_object, name="charter-object"),
    path("b/<slug:slug>/charter/take-back/", charters.charter_take_back, name="charter-take-back"),
    path("b/<slug:slug>/charter/redraft/", charters.charter_redraft, name="charter-redraft"),
    path("b/<slug:slug>/charter/change/", charters.charter_change, name="charter-change"),
]
