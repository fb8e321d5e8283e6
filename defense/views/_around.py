"""What each page of a defence body says of its reader."""

from typing import Any

from core.models import Body
from core.permissions.members import membership_of
from core.views._pages import PageRequest


def around(request: PageRequest, body: Body) -> dict[str, Any]:
    """Whether the reader is inside the body, and in its host. An unlisted body has a page of its own for members only:
    neighbours read its name instead of a link to it.
    """
    inside = membership_of(request.user, body) is not None
    linked = body if inside or body.listed else None
    return {
        "body": body,
        "here": body.slug,
        "inside": inside,
        "linked": linked,
        "crumb": "" if linked else body.name,
        "in_host": body.host is not None and membership_of(request.user, body.host) is not None,
    }
