"""Where a request ends, web server and whatever stands before it must agree: what can be read two ways is refused."""

import pytest
from gunicorn.config import Config
from gunicorn.http import RequestParser
from gunicorn.http.errors import ParseException

AT = ("127.0.0.1", 1)


def read(*headers: bytes, body: bytes = b"hello") -> tuple[list[tuple[str, str]], bytes]:
    """Headers and body of a request, as our web server reads them."""
    sent = b"\r\n".join([b"POST / HTTP/1.1", b"Host: a.example", *headers, b"", body])
    request = next(RequestParser(Config(), iter([sent]), AT))
    return request.headers, request.body.read()


@pytest.mark.parametrize(
    "headers",
    [
        (b"Content-Length: 5", b"Transfer-Encoding: chunked"),
        (b"Content-Length: 5", b"Content-Length: 6"),
        (b"Content-Length: +5",),
        (b"Content-Length: 5_0",),
        (b"Content-Length: 5, 5",),
        (b"Transfer-Encoding: xchunked",),
        (b"Transfer-Encoding : chunked",),
        (b"Transfer-Encoding: chunked", b"Transfer-Encoding: identity"),
        (b"Content-Length: 5\r\n x: y",),
    ],
)
def test_a_request_with_two_ends_is_refused(headers: tuple[bytes, ...]) -> None:
    with pytest.raises(ParseException):
        read(*headers)


def test_a_request_with_one_end_is_read() -> None:
    assert read(b"Content-Length: 5")[1] == b"hello"
    assert read(b"Transfer-Encoding: chunked", body=b"5\r\nhello\r\n0\r\n\r\n")[1] == b"hello"


def test_a_header_that_only_looks_like_another_is_dropped() -> None:
    headers, _body = read(b"X-Forwarded_Proto: https", b"Content-Length: 5")

    assert [name for name, _value in headers] == ["HOST", "CONTENT-LENGTH"]
