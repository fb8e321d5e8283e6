"""A person's news for the page: grouped by what it is about, the newest on top."""

from dataclasses import dataclass

from django.core.paginator import Page, Paginator

from core.models import Body, Cause, Mandate, Notice, Person, Proposal

ON_A_PAGE = 40
WITH_CAUSE = (
    "person",
    "cause__body",
    "cause__proposal__mandate",
    "cause__mandate",
    "cause__application",
    "cause__person",
    "cause__by",
)
"""What `select_related` needs to say a notice in words."""


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
    mine = Notice.objects.filter(person=person).select_related(*WITH_CAUSE).order_by("-at", "-pk")
    shown = Paginator(mine, ON_A_PAGE).get_page(page)
    groups: dict[str, Group] = {}
    for notice in shown.object_list:
        key, about = item_of(notice.cause)
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
