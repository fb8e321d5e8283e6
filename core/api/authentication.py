"""Who calls: a session, or a person's own token with its scope."""

import hashlib
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _
from rest_framework.authentication import BaseAuthentication
from rest_framework.exceptions import AuthenticationFailed
from rest_framework.permissions import SAFE_METHODS, BasePermission
from rest_framework.request import Request

from core.models import ApiToken, Person
from core.timekeeping import folkmoot_now

if TYPE_CHECKING:  # the framework's views read this module while they load
    from rest_framework.views import APIView


class BearerToken(BaseAuthentication):
    """`Authorization: Bearer <token>`; tokens are made on the settings page and stored only as hashes."""

    keyword = "Bearer"

    def authenticate(self, request: Request) -> tuple[Person, ApiToken] | None:
        """The person and token; None if the header is not there."""
        word, _space, token = request.headers.get("Authorization", "").partition(" ")
        if word != self.keyword:
            return None
        row = (
            ApiToken.objects.select_related("person")
            .filter(token_hash=hashlib.sha256(token.strip().encode()).hexdigest(), ended_at__isnull=True)
            .filter(expires_at__gt=folkmoot_now(), person__is_active=True)
            .first()
        )
        if row is None:
            raise AuthenticationFailed(_("This token does not work, or does not work any more."))
        return row.person, row

    def authenticate_header(self, request: Request) -> str:
        """What a 401 asks for."""
        return self.keyword


class MayAct(BasePermission):
    """A token that may only read changes nothing."""

    message = _("This token may read, but not act.")

    def has_permission(self, request: Request, view: "APIView") -> bool:
        """Sessions may act; tokens by their scope."""
        if request.method in SAFE_METHODS or not isinstance(request.auth, ApiToken):
            return True
        return request.auth.scope == ApiToken.Scope.ACT
