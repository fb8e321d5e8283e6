"""Messages for the next page, in a cookie that is named like all others of ours."""

from django.conf import settings
from django.contrib.messages.storage.cookie import CookieStorage
from django.contrib.messages.storage.fallback import FallbackStorage
from django.contrib.messages.storage.session import SessionStorage


class OurCookieStorage(CookieStorage):
    """Bound to this host where there is https."""

    cookie_name = f"{settings.COOKIE_PREFIX}messages"


class OurStorage(FallbackStorage):
    """In the cookie; what does not fit, in the session."""

    storage_classes = (OurCookieStorage, SessionStorage)
