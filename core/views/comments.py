"""The talk on a proposal, and the right of reply."""

from datetime import datetime

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from core.actions import comments
from core.forms.comments import CommentForm, ReplyForm
from core.models import Comment, Proposal
from core.views._pages import PageRequest
from core.views._proposal import act_on, place, seen


@login_required
@require_POST
def proposal_comment(request: PageRequest, pk: int) -> HttpResponse:
    """Say something, or answer somebody."""
    proposal = seen(request, pk)
    form = CommentForm(request.POST)

    def write(at: datetime) -> str:
        key, version = form.cleaned_data["parent"], form.cleaned_data["version"]
        parent = get_object_or_404(Comment, pk=key, proposal=proposal) if key else None
        about = comments.About(version, form.cleaned_data["passage"]) if version else None
        text = form.cleaned_data["text"]
        comment = comments.write(proposal, text, by=request.user, at=at, parent=parent, about=about)
        return place(proposal, f"voice-{comment.pk}")

    return act_on(request, proposal, write, name="comment", form=form)


@login_required
@require_POST
def comment_take_back(request: PageRequest, pk: int) -> HttpResponse:
    """Take one's words back."""
    visible = Comment.objects.filter(proposal__in=Proposal.objects.visible_to(request.user))
    comment = get_object_or_404(visible.select_related("proposal__body"), pk=pk)

    def take_back(at: datetime) -> str:
        comments.take_back(comment, by=request.user, at=at)
        return place(comment.proposal, f"voice-{comment.pk}")

    return act_on(request, comment.proposal, take_back, name="take_back", said=_("Your words are taken back."))


@login_required
@require_POST
def proposal_reply(request: PageRequest, pk: int) -> HttpResponse:
    """The right of reply of whom a recall or removal is about."""
    proposal = seen(request, pk)
    form = ReplyForm(request.POST)

    def reply(at: datetime) -> str:
        comments.reply(proposal, form.cleaned_data["text"], by=request.user, at=at)
        return place(proposal, "reply")

    return act_on(request, proposal, reply, name="reply", form=form, said=_("Your reply stands beside the reason."))
