"""The profile of a council."""

from core.models import Body
from councils.models import CouncilProfile


def get_profile(body: Body) -> CouncilProfile | None:
    """The one in force; none for a council that has set none."""
    return CouncilProfile.objects.filter(body=body, in_force_at__isnull=False).order_by("-in_force_at", "-pk").first()
