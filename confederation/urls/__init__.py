"""Every page of confederations. Each route has a line in the access table (tests/access)."""

from django.urls import URLPattern, path

from confederation.views import confidence, offers, questions, seats

app_name = "confederation"

urlpatterns: list[URLPattern] = [
    path("speaking/", questions.speaking_list, name="speaking-list"),
    path("b/<slug:slug>/bodies/", seats.seat_list, name="seat-list"),
    path("b/<slug:slug>/above/", seats.above_list, name="above-list"),
    path("b/<slug:slug>/above/new/", seats.confederation_new, name="confederation-new"),
    path("b/<slug:slug>/above/join/", seats.seat_join, name="seat-join"),
    path("b/<slug:slug>/above/<slug:above>/forward/", questions.forward_new, name="forward-new"),
    path("b/<slug:slug>/mandates/<int:pk>/confidence/", confidence.confidence_new, name="confidence-new"),
    path("mandates/<int:pk>/above/withdraw/", confidence.confidence_withdraw, name="confidence-withdraw"),
    path("mandates/<int:pk>/above/give/", confidence.confidence_give, name="confidence-give"),
    path("offers/<int:pk>/", offers.offer_detail, name="offer-detail"),
    path("offers/<int:pk>/accept/", offers.offer_accept, name="offer-accept"),
    path("seats/<int:pk>/leave/", seats.seat_leave, name="seat-leave"),
    path("seats/<int:pk>/send/", seats.delegate_send, name="delegate-send"),
    path("referrals/<int:pk>/", questions.referral_detail, name="referral-detail"),
    path("referrals/<int:pk>/say/", questions.referral_say, name="referral-say"),
    path("referrals/<int:pk>/call/", questions.referral_call, name="referral-call"),
    path("referrals/<int:pk>/take-back/", questions.referral_take_back, name="referral-take-back"),
    path("stations/<int:pk>/own-word/", questions.own_word_new, name="own-word-new"),
    path("stations/<int:pk>/call/", questions.call_new, name="call-new"),
    path("stations/<int:pk>/deviation/", questions.deviation_new, name="deviation-new"),
]
