"""Routes of the councils' part of the API; config puts it beside core's."""

from django.urls import URLPattern, path

from councils.api import boards, groups, library, profiles, splits, studies

urlpatterns: list[URLPattern] = [
    path("bodies/<slug:slug>/boards/", boards.board_list, name="board-list"),
    path("bodies/<slug:slug>/boards/open/", boards.board_open, name="board-open"),
    path("bodies/<slug:slug>/profile/", profiles.profile_read, name="profile-read"),
    path("bodies/<slug:slug>/profile/propose/", profiles.profile_propose, name="profile-propose"),
    path("bodies/<slug:slug>/split/", splits.split_propose, name="split-propose"),
    path("proposals/<int:pk>/split/choose/", splits.split_choose, name="split-choose"),
    path("boards/<int:pk>/", boards.board_read, name="board-read"),
    path("boards/<int:pk>/hear/", boards.board_hear, name="board-hear"),
    path("boards/<int:pk>/scope/", boards.board_scope, name="board-scope"),
    path("boards/<int:pk>/invite/", boards.board_invite, name="board-invite"),
    path("boards/<int:pk>/invitations/<int:number>/end/", boards.board_invitation_end, name="board-invitation-end"),
    path("boards/<int:pk>/assembly/", boards.board_assembly, name="board-assembly"),
    path("boards/<int:pk>/attendance/", boards.board_attendance, name="board-attendance"),
    path("boards/<int:pk>/more-time/", boards.board_more_time, name="board-more-time"),
    path("boards/<int:pk>/hand-over/", boards.board_hand_over, name="board-hand-over"),
    path("boards/<int:pk>/give-up/", boards.board_give_up, name="board-give-up"),
    path("bodies/<slug:slug>/library/", library.ItemList.as_view(), name="item-list"),
    path("bodies/<slug:slug>/library/new/", library.item_add, name="item-add"),
    path("things/<int:pk>/lend/", library.item_lend, name="item-lend"),
    path("things/<int:pk>/back/", library.item_back, name="item-back"),
    path("things/<int:pk>/out/", library.item_out, name="item-out"),
    path("things/<int:pk>/keep/", library.item_keep, name="item-keep"),
    path("bodies/<slug:slug>/groups/", groups.GroupList.as_view(), name="group-list"),
    path("bodies/<slug:slug>/groups/new/", groups.group_add, name="group-add"),
    path("groups/<int:pk>/off/", groups.group_take_off, name="group-take-off"),
    path("groups/<int:pk>/invite/", groups.group_invite, name="group-invite"),
    path("bodies/<slug:slug>/learning/", studies.StudyList.as_view(), name="study-list"),
    path("bodies/<slug:slug>/learning/new/", studies.study_announce, name="study-announce"),
    path("studies/<int:pk>/come/", studies.study_come, name="study-come"),
    path("studies/<int:pk>/stay-away/", studies.study_stay_away, name="study-stay-away"),
    path("studies/<int:pk>/call-off/", studies.study_call_off, name="study-call-off"),
]
