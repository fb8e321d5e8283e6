"""What every answer carries, a number that ties the log lines of one request together, what becomes of a form that was
sent after its session had ended, and of a call that came without https."""

import secrets
import time
from collections.abc import Callable
from http import HTTPStatus
from urllib.parse import parse_qs, urlencode, urlsplit

import structlog
from allauth.account.authentication import AUTHENTICATION_METHODS_SESSION_KEY
from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import render, resolve_url
from django.utils.translation import gettext as _

Answer = Callable[[HttpRequest], HttpResponse]

PERMISSIONS_POLICY = "camera=(), geolocation=(), microphone=(), payment=(), usb=(), browsing-topics=()"


log = structlog.get_logger(__name__)

REFUSED = {HTTPStatus.UNAUTHORIZED, HTTPStatus.FORBIDDEN, HTTPStatus.NOT_FOUND, HTTPStatus.TOO_MANY_REQUESTS}


class RequestLogMiddleware:
    """Bind a request's number to its log lines, and log each refusal. Neither person nor address is logged."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        with structlog.contextvars.bound_contextvars(request=secrets.token_hex(6)):
            response = self.get_response(request)
            if response.status_code in REFUSED and request.resolver_match is not None:
                log.info("refused", status=response.status_code, route=request.resolver_match.view_name)
            return response


class CallsByHttpsMiddleware:
    """A program that calls without https is told so. Led on to https, it would go on showing its token to the line."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if settings.SECURE_SSL_REDIRECT and request.path.startswith("/api/") and not request.is_secure():
            return JsonResponse({"detail": _("Call the address that begins with https.")}, status=HTTPStatus.FORBIDDEN)
        return self.get_response(request)


class PrivacyHeadersMiddleware:
    """Headers that keep pages to the person who asked, and out of caches and other sites."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        response.headers.setdefault("Permissions-Policy", PERMISSIONS_POLICY)
        response.headers.setdefault("Cross-Origin-Resource-Policy", "same-origin")
        response.headers.setdefault("Cross-Origin-Embedder-Policy", "require-corp")
        response.headers.setdefault("Cache-Control", "private, no-store")
        session = response.cookies.get(settings.SESSION_COOKIE_NAME)
        if session is not None and not session.value:  # signed out: the browser forgets what scripts may have kept
            response.headers["Clear-Site-Data"] = '"storage"'
        return response


SESSION_AT_MOST = 90 * 24 * 3600  # seconds


class SessionAtMostMiddleware:
    """However often it is used: a session ends 90 days after sign-in."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        ways = request.session.get(AUTHENTICATION_METHODS_SESSION_KEY)
        if ways and ways[0]["at"] + SESSION_AT_MOST < time.time():
            request.session.flush()
        return self.get_response(request)


KEPT = ("title", "text", "reason", "words", "note", "task", "limits", "purpose", "unity")
KEPT_AT_MOST = 60_000  # characters


class SignedOutMiddleware:
    """What was sent after one's session had ended: sign-in leads back to the page of the form, with the words kept.

    For htmx every whole page is a page, never a part of one: sign-in is gone to, an error takes the place of the body.
    """

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        by_htmx = request.headers.get("HX-Request") == "true"
        if leads_to_sign_in(request, response) and (by_htmx or request.method == "POST"):
            response = self.back_to_the_form(request, by_htmx=by_htmx)
        elif response.status_code == HTTPStatus.METHOD_NOT_ALLOWED and not response.content:
            allowed = response.headers.get("Allow", "")
            response = render(request, "405.html", status=HTTPStatus.METHOD_NOT_ALLOWED)
            response.headers["Allow"] = allowed
        if by_htmx and response.content[:15].lower() == b"<!doctype html>":
            response.headers["HX-Retarget"], response.headers["HX-Reswap"] = "body", "innerHTML"
        return response

    def back_to_the_form(self, request: HttpRequest, *, by_htmx: bool) -> HttpResponse:
        """Sign-in, and then the page that the form stood on."""
        stood_on = urlsplit(request.headers.get("HX-Current-URL") or request.headers.get("Referer") or "")
        ours = stood_on.netloc == request.get_host()
        path = stood_on._replace(scheme="", netloc="", fragment="").geturl() if ours else "/"
        typed = [value for name in KEPT if (value := request.POST.get(name, "").strip())]
        if typed and sum(map(len, typed)) <= KEPT_AT_MOST:
            request.session["unsent"] = typed
        messages.info(request, _("You were signed out. Sign in, then send it again."))
        address = f"{resolve_url(settings.LOGIN_URL)}?{urlencode({'next': path})}"
        if by_htmx:
            return HttpResponse(status=HTTPStatus.NO_CONTENT, headers={"HX-Redirect": address})
        return HttpResponseRedirect(address)


def leads_to_sign_in(request: HttpRequest, response: HttpResponse) -> bool:
    """Whether a view sent somebody to sign in first, to come back to this very address."""
    where = urlsplit(response.headers.get("Location", ""))
    back = parse_qs(where.query).get("next", [""])[0]
    return where.path == resolve_url(settings.LOGIN_URL) and back == request.get_full_path()
