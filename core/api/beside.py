"""What stands beside a proposal: tasks, one's own words, an appeal."""

from django.shortcuts import get_object_or_404
from drf_spectacular.utils import extend_schema
from rest_framework.decorators import api_view
from rest_framework.request import Request
from rest_framework.response import Response

from core.actions import appeals, comments, todos
from core.api import shown
from core.api import taken as shape
from core.api.acting import act, taken, who
from core.api.proposals import seen
from core.models import Comment, Proposal, Task
from core.timekeeping import folkmoot_now


@extend_schema(operation_id="task_done", request=shape.NoteTaken, responses=shown.TaskShown)
@api_view(["POST"])
def task_done(request: Request, pk: int) -> Response:
    """Say that a task is done."""
    visible = Proposal.objects.visible_to(who(request))
    task = get_object_or_404(Task.objects.select_related("proposal__body", "person"), pk=pk, proposal__in=visible)
    note = taken(shape.NoteTaken, request)["note"]
    return act(request, lambda: todos.finish(task, by=who(request), at=folkmoot_now(), note=note), shown.TaskShown)


@extend_schema(operation_id="comment_take_back", request=None, responses=shown.CommentShown)
@api_view(["POST"])
def comment_take_back(request: Request, pk: int) -> Response:
    """Take one's own words back."""
    visible = Proposal.objects.visible_to(who(request))
    comment = get_object_or_404(Comment.objects.select_related("author"), pk=pk, proposal__in=visible)
    return act(request, lambda: comments.take_back(comment, by=who(request), at=folkmoot_now()), shown.CommentShown)


@extend_schema(operation_id="proposal_appeal", request=shape.WordsTaken, responses={201: shown.ProposalShown})
@api_view(["POST"])
def proposal_appeal(request: Request, pk: int) -> Response:
    """The removed person appeals, once."""
    removal, text = seen(request, pk), taken(shape.WordsTaken, request)["text"]
    return act(
        request,
        lambda: appeals.appeal(removal, text, by=who(request), at=folkmoot_now()),
        shown.ProposalShown,
        made=True,
    )
