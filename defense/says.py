"""Where defence bodies have a say in core: who joins and holds posts, what falls due, what pages and auditors see."""

from django.db.models import QuerySet

from core.models import Body, Mandate
from core.queries import calls
from core.registry import (
    MEMBERS_OF_BOTH,
    POSTS,
    RESTS,
    STANDS,
    TOUCHED_BY_ELECTIONS,
    Asked,
    Duty,
    register_check,
    register_duty,
    register_panels,
)
from core.words.records import register_lines
from defense.actions import codes, training
from defense.permissions import bodies as may
from defense.queries.panels import panels_of
from defense.queries.waiting import SOURCE
from defense.words.records import GROUP, LABEL, SAYS


def of_host(body: Body) -> QuerySet[Body]:
    """The defence bodies that answer to a body: their members are its members."""
    return Body.objects.filter(host=body, kind=Body.Kind.DEFENSE, ended_at__isnull=True)


def posts_in(body: Body) -> QuerySet[Mandate]:
    """The mandates that the host has given for posts in a body."""
    return Mandate.objects.filter(granted_by__fills_post__post__body=body)


def register_says() -> None:
    """Called once at start-up."""
    register_check(Asked.JOIN, may.may_join)
    register_check(Asked.AUDIT, may.may_audit)
    STANDS.append(may.may_be_posted)
    TOUCHED_BY_ELECTIONS.append(may.touched_by)
    RESTS.append(may.may_act)
    MEMBERS_OF_BOTH.append(of_host)
    POSTS.append(posts_in)
    register_duty(Duty("code", codes.remind, codes.to_remind))
    register_duty(Duty("training", training.remind, training.to_remind))
    register_panels(panels_of)
    calls.register(SOURCE)
    register_lines(GROUP, LABEL, SAYS)
