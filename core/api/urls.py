"""Routes of the API."""

from django.urls import path
from drf_spectacular.views import SpectacularAPIView, SpectacularSwaggerSplitView

from core.api import beside, coming, lists, mandates, people, proposals, schema, signing

app_name = "api"
EXTENSIONS = (schema.BearerTokenScheme,)  # known to the schema once their module is loaded

urlpatterns = [
    path("schema/", SpectacularAPIView.as_view(), name="schema"),
    path("docs/", SpectacularSwaggerSplitView.as_view(url_name="api:schema"), name="docs"),
    path("keys/", signing.HouseKeys.as_view(), name="house-keys"),
    path("me/", people.me, name="me"),
    path("notices/", lists.NoticeList.as_view(), name="notice-list"),
    path("notices/<int:pk>/seen/", people.notice_seen, name="notice-seen"),
    path("bodies/", lists.BodyList.as_view(), name="body-list"),
    path("bodies/form/", people.body_form, name="body-form"),
    path("bodies/<slug:slug>/", people.body_read, name="body-read"),
    path("bodies/<slug:slug>/charter/", people.charter_read, name="charter-read"),
    path("bodies/<slug:slug>/charter/<int:number>/adopt/", people.charter_adopt, name="charter-adopt"),
    path("bodies/<slug:slug>/leave/", people.body_leave, name="body-leave"),
    path("bodies/<slug:slug>/members/", lists.MemberList.as_view(), name="member-list"),
    path("bodies/<slug:slug>/decisions/", lists.DecisionList.as_view(), name="decision-list"),
    path("bodies/<slug:slug>/mandates/", lists.MandateList.as_view(), name="mandate-list"),
    path("bodies/<slug:slug>/record/", lists.RecordList.as_view(), name="record-list"),
    path("bodies/<slug:slug>/checkpoints/", signing.CheckpointList.as_view(), name="checkpoint-list"),
    path("bodies/<slug:slug>/proposals/", lists.ProposalList.as_view(), name="proposal-list"),
    path("bodies/<slug:slug>/proposals/new/", proposals.proposal_create, name="proposal-create"),
    path("bodies/<slug:slug>/invitations/", coming.invitation_make, name="invitation-make"),
    path("bodies/<slug:slug>/join/", coming.application_make, name="application-make"),
    path("invitations/<int:pk>/end/", coming.invitation_end, name="invitation-end"),
    path("applications/<int:pk>/", coming.application_read, name="application-read"),
    path("applications/<int:pk>/vouch/", coming.application_vouch, name="application-vouch"),
    path("applications/<int:pk>/object/", coming.application_object, name="application-object"),
    path("applications/<int:pk>/propose/", coming.application_propose, name="application-propose"),
    path("applications/<int:pk>/withdraw/", coming.application_withdraw, name="application-withdraw"),
    path("tasks/<int:pk>/done/", beside.task_done, name="task-done"),
    path("comments/<int:pk>/take-back/", beside.comment_take_back, name="comment-take-back"),
    path("proposals/<int:pk>/appeal/", beside.proposal_appeal, name="proposal-appeal"),
    path("proposals/<int:pk>/", proposals.proposal_read, name="proposal-read"),
    path("proposals/<int:pk>/revise/", proposals.proposal_revise, name="proposal-revise"),
    path("proposals/<int:pk>/put-up/", proposals.proposal_put_up, name="proposal-put-up"),
    path("proposals/<int:pk>/withdraw/", proposals.proposal_withdraw, name="proposal-withdraw"),
    path("proposals/<int:pk>/second/", proposals.proposal_second, name="proposal-second"),
    path("proposals/<int:pk>/accept/", proposals.proposal_accept, name="proposal-accept"),
    path("proposals/<int:pk>/open/", proposals.vote_open, name="vote-open"),
    path("proposals/<int:pk>/ballot/", proposals.ballot_cast, name="ballot-cast"),
    path("proposals/<int:pk>/secret-ballot/", proposals.secret_ballot_cast, name="secret-ballot-cast"),
    path("proposals/<int:pk>/votes/<int:number>/ballots/", proposals.ballot_list, name="ballot-list"),
    path("proposals/<int:pk>/votes/<int:number>/receipt/", signing.receipt_read, name="receipt-read"),
    path("proposals/<int:pk>/comments/", proposals.proposal_comments, name="comments"),
    path("proposals/<int:pk>/reply/", proposals.proposal_reply, name="proposal-reply"),
    path("mandates/<int:pk>/", mandates.mandate_read, name="mandate-read"),
    path("mandates/<int:pk>/reports/", mandates.mandate_reports, name="mandate-reports"),
    path("mandates/<int:pk>/resign/", mandates.mandate_resign, name="mandate-resign"),
    path("mandates/<int:pk>/recall/", mandates.mandate_recall, name="mandate-recall"),
    path("mandates/<int:pk>/withdraw-confidence/", mandates.confidence_withdraw, name="confidence-withdraw"),
    path("mandates/<int:pk>/give-confidence/", mandates.confidence_give_back, name="confidence-give-back"),
]
