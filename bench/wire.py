"""How many bytes a page is on the wire: as a browser asks for it, headers and all, with what the page names."""

import http.client
import re
from urllib.parse import urljoin, urlsplit

from bench.figures import Figure, Goal
from bench.ground import Ground

NAMED = re.compile(r"""<(?:link|script|img)\b[^>]*?\b(?:href|src)="([^"]+)"[^>]*>""")
NOT_LOADED = re.compile(r'rel="(?:alternate|canonical|help|next|prev|search)"')
IN_STYLES = re.compile(rb"""url\(["']?([^"')]+)""")
KILO = 1000


def wire(there: Ground) -> list[Figure]:
    """Bytes over the wire: a first visit with all it loads, and each page after it."""
    town = there.ask("pages.prepare", owner=True, name="wire", members=25, number=25)
    first = visit(there.house.port, "/", {})
    found = [kilobytes("first visit of a stranger, with all it loads", sum(first.values()), 60)]
    home = visit(there.house.port, "/", {"Cookie": f"session={town['session']}"})
    found.append(kilobytes("first visit of somebody signed in", sum(home.values()), 60))
    for name, address in there.ask("pages.addresses", town=town).items():
        seen = visit(there.house.port, address, {"Cookie": f"session={town['session']}"})
        later = {path: size for path, size in seen.items() if path not in home or path == address}
        found.append(kilobytes(f"later page {name}", sum(later.values()), 15))
    return found


def kilobytes(what: str, size: int, goal: float) -> Figure:
    """A figure of one number, for it is the same each time."""
    return Figure("wire", what, "kB", (size / KILO,), Goal(at_most=goal))


def visit(port: int, path: str, headers: dict[str, str]) -> dict[str, int]:
    """By address, the bytes of a page and of everything that it and its styles name."""
    size, body = load(port, path, headers)
    found, waiting = {path: size}, named(path, body.decode())
    while waiting:
        address = waiting.pop()
        if address in found:
            continue
        found[address], body = load(port, address, {})
        if urlsplit(address).path.endswith(".css"):
            waiting += [urljoin(address, each.decode()) for each in IN_STYLES.findall(body) if b"data:" not in each]
    return found


def named(path: str, page: str) -> list[str]:
    """What a page loads, as addresses of this house."""
    tags = [found for found in NAMED.finditer(page) if not NOT_LOADED.search(found.group())]
    return [urljoin(path, found.group(1)) for found in tags if not found.group(1).startswith(("data:", "http"))]


def load(port: int, path: str, headers: dict[str, str]) -> tuple[int, bytes]:
    """The bytes that came, and the body as it was before it was compressed. Raises unless it is there."""
    size, _status = transferred(port, path, {**headers, "Accept-Encoding": "br, gzip"})
    _size, body = transferred(port, path, headers)
    return size, body


def transferred(port: int, path: str, headers: dict[str, str]) -> tuple[int, bytes]:
    """Headers and body of one answer in bytes, and the body."""
    line = http.client.HTTPConnection("127.0.0.1", port, timeout=20)
    line.request("GET", path, headers={"Host": f"localhost:{port}", **headers})
    answer = line.getresponse()
    body = answer.read()
    line.close()
    if answer.status != 200:
        raise RuntimeError(f"{path} answered {answer.status}")
    head = sum(len(name) + len(value) + 4 for name, value in answer.getheaders())
    return head + len("HTTP/1.1 200 OK\r\n\r\n") + len(body), body
