"""Routes of pages about foundings, profiles, and councils that become two."""

from django.urls import URLPattern, path

from councils.views import boards, groups, kits, profiles, splits

urlpatterns: list[URLPattern] = [
    path("b/<slug:slug>/boards/new/", boards.board_new, name="board-new"),
    path("boards/<int:pk>/", boards.board_detail, name="board-detail"),
    path("boards/<int:pk>/hear/", boards.board_hear, name="board-hear"),
    path("boards/<int:pk>/scope/", boards.board_scope, name="board-scope"),
    path("boards/<int:pk>/kit/", kits.board_kit, name="board-kit"),
    path("boards/<int:pk>/invitations/<int:number>/end/", boards.board_invitation_end, name="board-invitation-end"),
    path("boards/<int:pk>/assembly/", boards.board_assembly, name="board-assembly"),
    path("boards/<int:pk>/attendance/", boards.board_attendance, name="board-attendance"),
    path("boards/<int:pk>/more-time/", boards.board_more_time, name="board-more-time"),
    path("boards/<int:pk>/hand-over/", boards.board_hand_over, name="board-hand-over"),
    path("boards/<int:pk>/give-up/", boards.board_give_up, name="board-give-up"),
    path("b/<slug:slug>/profile/", profiles.profile_change, name="profile-change"),
    path("b/<slug:slug>/split/", splits.split_new, name="split-new"),
    path("splits/<int:pk>/choose/", splits.split_choose, name="split-choose"),
    path("b/<slug:slug>/groups/", groups.group_list, name="group-list"),
    path("b/<slug:slug>/groups/new/", groups.group_new, name="group-new"),
    path("groups/<int:pk>/off/", groups.group_take_off, name="group-take-off"),
    path("groups/<int:pk>/invite/", groups.group_invite, name="group-invite"),
    path("found/<str:token>/", groups.group_found, name="group-found"),
    path("charters/", profiles.charter_compare, name="charter-compare"),
]
