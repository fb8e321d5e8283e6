"""Routes of pages about proposals, and of the first page."""

from django.urls import URLPattern, path

from core.views import (
    ballots,
    comments,
    decisions,
    drafting,
    entering,
    home,
    papers,
    proposals,
    records,
    secret_ballots,
    tasks,
)

urlpatterns: list[URLPattern] = [
    path("", home.home, name="home"),
    path("b/<slug:slug>/proposals/", proposals.proposal_list, name="proposal-list"),
    path("b/<slug:slug>/proposals/new/", drafting.proposal_new, name="proposal-new"),
    path("b/<slug:slug>/decisions/", decisions.decision_list, name="decision-list"),
    path("b/<slug:slug>/record/", records.record_list, name="record-list"),
    path("b/<slug:slug>/record/check/", records.record_check, name="record-check"),
    path("b/<slug:slug>/record-members.jsonl", records.record_file, name="record-file"),
    path("b/<slug:slug>/record-public.jsonl", records.record_public, name="record-public"),
    path("folkmoot-verify.pyz", records.verifier, name="verifier"),
    path("proposals/<int:pk>/", proposals.proposal_detail, name="proposal-detail"),
    path("proposals/<int:pk>/revise/", proposals.proposal_revise, name="proposal-revise"),
    path("proposals/<int:pk>/versions/", proposals.proposal_versions, name="proposal-versions"),
    path("proposals/<int:pk>/put-up/", proposals.proposal_put_up, name="proposal-put-up"),
    path("proposals/<int:pk>/withdraw/", proposals.proposal_withdraw, name="proposal-withdraw"),
    path("proposals/<int:pk>/second/", proposals.proposal_second, name="proposal-second"),
    path("proposals/<int:pk>/open/", proposals.proposal_open, name="proposal-open"),
    path("proposals/<int:pk>/appeal/", proposals.proposal_appeal, name="proposal-appeal"),
    path("proposals/<int:pk>/comment/", comments.proposal_comment, name="proposal-comment"),
    path("proposals/<int:pk>/reply/", comments.proposal_reply, name="proposal-reply"),
    path("proposals/<int:pk>/ballot/", ballots.ballot_cast, name="ballot-cast"),
    path("proposals/<int:pk>/secret-ballot/", secret_ballots.secret_ballot_cast, name="secret-ballot-cast"),
    path("proposals/<int:pk>/votes/<int:number>/", secret_ballots.secret_count, name="secret-count"),
    path("proposals/<int:pk>/enter/", entering.ballot_enter, name="ballot-enter"),
    path("proposals/<int:pk>/contest/", entering.ballot_contest, name="ballot-contest"),
    path("proposals/<int:pk>/paper/", papers.paper_print, name="paper-print"),
    path("entered/<int:pk>/confirm/", entering.ballot_confirm, name="ballot-confirm"),
    path("entered/<int:pk>/take-back/", entering.ballot_take_back, name="ballot-take-back"),
    path("comments/<int:pk>/take-back/", comments.comment_take_back, name="comment-take-back"),
    path("tasks/<int:pk>/done/", tasks.task_done, name="task-done"),
]
