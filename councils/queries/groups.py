"""Groups already at work, as their page shows them."""

from dataclasses import dataclass

from core.models import Body, Person
from core.refusals import Verdict
from councils.models import GroupInvitation, KnownGroup
from councils.permissions import groups as may


@dataclass(frozen=True, slots=True)
class GroupShown:
    """A group, the link that is open, and the body it formed, if anybody may see that."""

    group: KnownGroup
    invited: GroupInvitation | None
    formed: Body | None


@dataclass(frozen=True, slots=True)
class Groups:
    """The list, and what the reader may do with it."""

    rows: list[GroupShown]
    add: Verdict
    invite: Verdict


def get_groups(body: Body, person: Person) -> Groups:
    """By name, in two statements."""
    listed = list(KnownGroup.objects.listed().filter(body=body).order_by("name"))
    links = GroupInvitation.objects.filter(group__in=listed).select_related("formed").order_by("made_at")
    by_group: dict[int, list[GroupInvitation]] = {}
    for link in links:
        by_group.setdefault(link.group_id, []).append(link)
    rows = [_shown(group, by_group.get(group.pk, [])) for group in listed]
    return Groups(rows, may.can_list(person, body), may.can_invite(person, KnownGroup(body=body)))


def _shown(group: KnownGroup, links: list[GroupInvitation]) -> GroupShown:
    formed = [link.formed for link in links if link.formed is not None and link.formed.listed]
    invited = next((link for link in links if link.ended_at is None), None)
    return GroupShown(group, invited, formed[-1] if formed else None)
