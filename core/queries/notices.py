"""A person's news for the page: grouped by what it is about, the newest on top."""

from dataclasses import dataclass

from django.core.paginator import Page, Paginator
from django.db.models import BooleanField, Exists, ExpressionWrapper, F, OuterRef, Q, QuerySet

from core.models import Body, Cause, Mandate, Membership, Notice, Person, Proposal, RollEntry

ON_A_PAGE = 40
NAMED = (
    "person",
    "cause__body",
    "cause__proposal__mandate",
    "cause__mandate",
    "cause__application",
    "cause__person",
    "cause__by",
)
"""What it takes to say a notice in words."""


def with_cause(notices: QuerySet[Notice]) -> QuerySet[Notice]:
    """Notices with what it takes to say them, and whether their reader may still read what they are about (`readable`).

    Who left keeps the notices, not the titles: those may have been rewritten since. What a body without members has
    before it nobody rewrites: whoever was told of it then reads it on.
    """
    member = Membership.objects.reading().filter(person=OuterRef("person"), body=OuterRef("cause__body"))
    entitled = RollEntry.objects.filter(
        person=OuterRef("person"),
        vote__proposal=OuterRef("cause__proposal"),
        vote__counted_at__isnull=True,
        membership__ending=Membership.Ending.REMOVED,
    )
    own = (
        Q(cause__person=F("person"))
        | Q(cause__body__kind=Body.Kind.CONFEDERATION)
        | Q(cause__mandate__person=F("person"))
        | Q(cause__proposal__subject__person=F("person"))
        | Q(cause__proposal__appeals__subject__person=F("person"))
    )
    readable = ExpressionWrapper(Q(Exists(member)) | Q(Exists(entitled)) | own, output_field=BooleanField())
    return notices.select_related(*NAMED).annotate(readable=readable)


@dataclass(frozen=True, slots=True)
class Group:
    """All news on this page about one thing."""

    about: str
    body: Body
    notices: list[Notice]

    @property
    def unseen(self) -> int:
        """How many are new."""
        return sum(notice.seen_at is None for notice in self.notices)


@dataclass(frozen=True, slots=True)
class NoticeList:
    """One page of a person's news."""

    groups: list[Group]
    page: Page[Notice]
    unseen: int


def get_notice_list(person: Person, page: str | int = 1) -> NoticeList:
    """Three statements, however much there is."""
    mine = with_cause(Notice.objects.filter(person=person)).order_by("-at", "-pk")
    shown = Paginator(mine, ON_A_PAGE).get_page(page)
    groups: dict[str, Group] = {}
    for notice in shown.object_list:
        key, about = item_of(notice.cause) if notice.shown else (f"left {notice.cause.body_id}", notice.cause.body.name)
        groups.setdefault(key, Group(about, notice.cause.body, [])).notices.append(notice)
    return NoticeList(list(groups.values()), shown, Notice.objects.filter(person=person).unseen().count())


def item_of(cause: Cause) -> tuple[str, str]:
    """What a cause is about: a key to group by, and its title. A recall belongs to its mandate."""
    mandate = cause.mandate or (cause.proposal.mandate if cause.proposal is not None else None)
    if mandate is not None:
        return f"mandate {mandate.pk}", mandate.title
    if cause.proposal is not None:
        return f"proposal {cause.proposal_id}", cause.proposal.title
    if cause.application_id is not None:
        return f"application {cause.application_id}", cause.person.display_name if cause.person else cause.body.name
    if cause.path:
        return cause.path, cause.title
    return f"body {cause.body_id}", cause.body.name


def is_there(notice: Notice, person: Person) -> bool:
    """Whether what a notice leads to can still be seen by this person."""
    cause = notice.cause
    if cause.mandate_id is not None and (cause.proposal_id is None or cause.what.startswith(("mandate.", "report."))):
        return Mandate.objects.visible_to(person).filter(pk=cause.mandate_id).exists()
    if cause.proposal_id is not None:
        return Proposal.objects.visible_to(person).filter(pk=cause.proposal_id).exists()
    if cause.application is not None:
        own = cause.application.person_id == person.pk
        return own or Body.objects.of(person).filter(pk=cause.body_id).exists()
    return Body.objects.visible_to(person).filter(pk=cause.body_id).exists()
