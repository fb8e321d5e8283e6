"""Routes of pages about people: coming in, and one's own settings."""

from django.urls import URLPattern, path

from core.views import applications, desk, invitations, labels, members, mergings, settings, signing_in, way_back

urlpatterns: list[URLPattern] = [
    path("b/<slug:slug>/members/", members.member_list, name="member-list"),
    path("members/<int:pk>/remove/", members.member_remove, name="member-remove"),
    path("members/<int:pk>/same/", mergings.merging_ask, name="merging-ask"),
    path("mergings/<int:pk>/vouch/", mergings.merging_vouch, name="merging-vouch"),
    path("mergings/<int:pk>/agree/", mergings.merging_agree, name="merging-agree"),
    path("mergings/<int:pk>/stop/", mergings.merging_stop, name="merging-stop"),
    path("b/<slug:slug>/invitations/", invitations.invitation_list, name="invitation-list"),
    path("invitations/<int:pk>/end/", invitations.invitation_end, name="invitation-end"),
    path("join/<str:token>/", invitations.invitation_open, name="invitation-open"),
    path("b/<slug:slug>/join/", applications.application_new, name="application-new"),
    path("applications/<int:pk>/", applications.application_detail, name="application-detail"),
    path("applications/<int:pk>/vouch/", applications.application_vouch, name="application-vouch"),
    path("applications/<int:pk>/object/", applications.application_object, name="application-object"),
    path("applications/<int:pk>/propose/", applications.application_propose, name="application-propose"),
    path("applications/<int:pk>/withdraw/", applications.application_withdraw, name="application-withdraw"),
    path("b/<slug:slug>/desk/", desk.desk_detail, name="desk-detail"),
    path("b/<slug:slug>/desk/welcome/", desk.desk_welcome, name="desk-welcome"),
    path("b/<slug:slug>/desk/card/", desk.desk_card, name="desk-card"),
    path("handouts/<int:pk>/give/", desk.card_give, name="card-give"),
    path("sign-in/card/", signing_in.card_sign_in, name="card-sign-in"),
    path("sign-in/friends/", way_back.back_in, name="back-in"),
    path("first/<str:token>/", signing_in.first_link, name="first-link"),
    path("settings/", settings.settings_page, name="settings"),
    path("settings/card/", settings.card_print, name="card-print"),
    path("settings/tokens/", settings.token_list, name="token-list"),
    path("settings/tokens/<int:pk>/end/", settings.token_end, name="token-end"),
    path("settings/way-back/", way_back.way_back, name="way-back"),
    path("settings/way-back/<int:pk>/stop/", way_back.way_back_stop, name="way-back-stop"),
    path("settings/friends/", way_back.friend_help, name="friend-help"),
    path("settings/friends/<int:pk>/step-back/", way_back.friend_step_back, name="friend-step-back"),
    path("settings/labels/", labels.label_list, name="label-list"),
    path("settings/leave/", settings.account_leave, name="account-leave"),
]
