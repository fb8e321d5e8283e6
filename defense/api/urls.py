"""Routes of the defence bodies' part of the API; config puts it beside core's."""

from django.urls import URLPattern, path

from defense.api import bodies

urlpatterns: list[URLPattern] = [
    path("bodies/<slug:slug>/defense/new/", bodies.defense_propose, name="defense-propose"),
    path("bodies/<slug:slug>/codes/", bodies.code_list, name="code-list"),
    path("bodies/<slug:slug>/codes/propose/", bodies.code_propose, name="code-propose"),
    path("bodies/<slug:slug>/codes/accept/", bodies.code_accept, name="code-accept"),
    path("bodies/<slug:slug>/chain/", bodies.chain_read, name="chain-read"),
    path("bodies/<slug:slug>/posts/propose/", bodies.post_propose, name="post-propose"),
    path("posts/<int:pk>/elect/", bodies.post_elect, name="post-elect"),
    path("posts/<int:pk>/close/", bodies.post_close, name="post-close"),
    path("bodies/<slug:slug>/training/", bodies.training_read, name="training-read"),
    path("bodies/<slug:slug>/training/set/", bodies.training_set, name="training-set"),
    path("bodies/<slug:slug>/training/announce/", bodies.day_announce, name="day-announce"),
    path("training-days/<int:pk>/came/", bodies.day_enter, name="day-enter"),
    path("training-days/<int:pk>/call-off/", bodies.day_call_off, name="day-call-off"),
]
