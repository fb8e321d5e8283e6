"""What every answer carries, and a number that ties the log lines of one request together."""

import secrets
from collections.abc import Callable

import structlog
from django.http import HttpRequest, HttpResponse

Answer = Callable[[HttpRequest], HttpResponse]

PERMISSIONS_POLICY = "camera=(), geolocation=(), microphone=(), payment=(), usb=(), browsing-topics=()"


class RequestLogMiddleware:
    """Bind a request's number to its log lines. Neither person nor address is logged."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        with structlog.contextvars.bound_contextvars(request=secrets.token_hex(6)):
            return self.get_response(request)


class PrivacyHeadersMiddleware:
    """Headers that keep pages to the person who asked, and out of caches and other sites."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        response.headers.setdefault("Permissions-Policy", PERMISSIONS_POLICY)
        response.headers.setdefault("Cross-Origin-Resource-Policy", "same-origin")
        response.headers.setdefault("Cache-Control", "private, no-store")
        return response
