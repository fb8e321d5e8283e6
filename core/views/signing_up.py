"""Making an account: allauth's page, which also says where an invitation leads."""

from typing import Any
from urllib.parse import urlsplit

from allauth.account.utils import get_next_redirect_url
from allauth.account.views import SignupView
from django.urls import Resolver404, resolve

from core.actions.invitations import open_with
from core.models import Invitation
from core.refusals import Refusal
from core.timekeeping import folkmoot_now

PAGE_OF_ONE = "core:invitation-open"


class SignUp(SignupView):  # type: ignore[misc]
    """Whoever comes with an invitation reads whose it is, and that it is accepted afterwards."""

    def get_context_data(self, **words: Any) -> dict[str, Any]:
        """What allauth shows, and the invitation one comes from."""
        shown: dict[str, Any] = super().get_context_data(**words)
        return shown | {"invitation": invitation_at(get_next_redirect_url(self.request) or "")}


def invitation_at(address: str) -> Invitation | None:
    """The invitation whose page this is, as long as it works."""
    try:
        found = resolve(urlsplit(address).path)
        invitation = open_with(found.kwargs["token"], at=folkmoot_now()) if found.view_name == PAGE_OF_ONE else None
    except (Resolver404, Refusal):
        return None
    return invitation if invitation is not None and invitation.body is not None else None
