"""The charter in force."""

from core.models import Body, Charter


def get_charter(body: Body) -> Charter:
    """The version in force; before the first is adopted, the newest draft."""
    in_force = Charter.objects.filter(body=body, in_force_at__isnull=False).order_by("-in_force_at", "-number").first()
    return in_force or _newest_draft(body)


def _newest_draft(body: Body) -> Charter:
    return Charter.objects.filter(body=body).order_by("-number")[0]
