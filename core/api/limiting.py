"""Limits at the door of the API: see core.limits."""

from typing import TYPE_CHECKING

from rest_framework.permissions import SAFE_METHODS
from rest_framework.request import Request
from rest_framework.throttling import BaseThrottle

from core import limits
from core.actions.throttle import TooMany

if TYPE_CHECKING:  # the framework's views read this module while they load
    from rest_framework.views import APIView

UNCOUNTED = ("api:ballot-cast", "api:secret-ballot-cast")  # counted by their keys, so that each stays one transaction


class PerPerson(BaseThrottle):
    """Counts the call, and what it does, for the person who calls."""

    seconds = 0

    def allow_request(self, request: Request, view: "APIView") -> bool:
        """Whether it is within the limits; nobody signed in gets 401 anyway."""
        del view
        match = request.resolver_match
        route = match.view_name if match else ""
        if not request.user.is_authenticated or route in UNCOUNTED:
            return True
        try:
            limits.count_call(request.user.pk)
            if request.method not in SAFE_METHODS:
                limits.count_act(route, request.user.pk)
        except TooMany as refusal:
            self.seconds = refusal.seconds
            return False
        return True

    def wait(self) -> float:
        """Seconds until it may be tried again."""
        return self.seconds
