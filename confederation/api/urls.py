"""Routes of the confederations' part of the API; config puts it beside core's."""

from django.urls import URLPattern, path

from confederation.api import confidence, offers, questions, seats

urlpatterns: list[URLPattern] = [
    path("bodies/<slug:slug>/bodies/", seats.confederation_read, name="confederation-read"),
    path("bodies/<slug:slug>/above/", seats.above_read, name="above-read"),
    path("bodies/<slug:slug>/above/propose/", seats.confederation_propose, name="confederation-propose"),
    path("bodies/<slug:slug>/above/join/", seats.seat_join, name="seat-join"),
    path("bodies/<slug:slug>/above/<slug:above>/forward/", questions.forward_propose, name="forward-propose"),
    path("bodies/<slug:slug>/mandates/<int:pk>/confidence/", confidence.confidence_propose, name="confidence-propose"),
    path("mandates/<int:pk>/above/", confidence.confidence_above, name="confidence-above"),
    path("mandates/<int:pk>/above/withdraw/", confidence.confidence_above_withdraw, name="confidence-above-withdraw"),
    path("mandates/<int:pk>/above/give/", confidence.confidence_above_give, name="confidence-above-give"),
    path("offers/<int:pk>/", offers.offer_above, name="offer-above"),
    path("offers/<int:pk>/accept/", offers.offer_above_accept, name="offer-above-accept"),
    path("seats/<int:pk>/leave/", seats.seat_leave, name="seat-leave"),
    path("seats/<int:pk>/send/", seats.delegate_send, name="delegate-send"),
    path("referrals/<int:pk>/", questions.referral_read, name="referral-read"),
    path("referrals/<int:pk>/call/", questions.referral_call, name="referral-call"),
    path("referrals/<int:pk>/take-back/", questions.referral_take_back, name="referral-take-back"),
    path("stations/<int:pk>/own-word/", questions.own_word_propose, name="own-word-propose"),
    path("stations/<int:pk>/call/", questions.call_propose, name="call-propose"),
    path("stations/<int:pk>/deviation/", questions.deviation_make, name="deviation-make"),
]
