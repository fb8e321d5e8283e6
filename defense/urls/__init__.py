"""Every page of defence bodies. Each route has a line in the access table (tests/access)."""

from django.urls import URLPattern, path

from defense.views import bodies, codes, posts, training

app_name = "defense"

urlpatterns: list[URLPattern] = [
    path("b/<slug:slug>/defense/", bodies.defense_list, name="defense-list"),
    path("b/<slug:slug>/defense/new/", bodies.defense_new, name="defense-new"),
    path("b/<slug:slug>/codes/", codes.code_list, name="code-list"),
    path("b/<slug:slug>/codes/new/", codes.code_new, name="code-new"),
    path("b/<slug:slug>/codes/accept/", codes.code_accept, name="code-accept"),
    path("b/<slug:slug>/chain/", posts.chain_detail, name="chain-detail"),
    path("b/<slug:slug>/posts/new/", posts.post_new, name="post-new"),
    path("posts/<int:pk>/elect/", posts.post_elect, name="post-elect"),
    path("posts/<int:pk>/close/", posts.post_close, name="post-close"),
    path("b/<slug:slug>/training/", training.training_list, name="training-list"),
    path("b/<slug:slug>/training/set/", training.training_set, name="training-set"),
    path("b/<slug:slug>/training/announce/", training.day_announce, name="day-announce"),
    path("training-days/<int:pk>/came/", training.day_enter, name="day-enter"),
    path("training-days/<int:pk>/call-off/", training.day_call_off, name="day-call-off"),
]
