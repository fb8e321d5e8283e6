"""Reads settings from the environment; a wrong or missing one stops the start with advice."""

import os
import sys
from collections.abc import Callable
from typing import NoReturn, TypeVar
from urllib.parse import SplitResult, parse_qs, unquote, urlsplit

T = TypeVar("T")

POSTGRES_SCHEMES = {"postgres", "postgresql"}
PLACEHOLDER_DATABASE = "postgresql://nobody@/folkmoot?host=/nonexistent"


def stop(sentence: str) -> NoReturn:
    """End the start with one sentence of advice and no traceback."""
    sys.stderr.write(f"Folkmoot cannot start: {sentence}\n")
    raise SystemExit(2)


def placeholders() -> bool:
    """Whether tools that never touch the database may run without settings."""
    return os.environ.get("FOLKMOOT_PLACEHOLDERS") == "1"


def text(name: str, default: str = "") -> str:
    """A setting as text, without blanks around it."""
    return os.environ.get(name, "").strip() or default


def required(name: str, advice: str, placeholder: str) -> str:
    """A setting that must be there."""
    value = text(name)
    if value:
        return value
    if placeholders():
        return placeholder
    stop(f"{name} is missing. {advice}")


def _parsed(name: str, default: T, parse: Callable[[str], T], wanted: str) -> T:
    raw = text(name)
    if not raw:
        return default
    try:
        return parse(raw)
    except ValueError:
        stop(f"{name} is “{raw}”, but must be {wanted}. Correct it in .env or in the environment.")


def whole(name: str, default: int, *, least: int = 0) -> int:
    """A setting that is a whole number, `least` or more."""

    def parse(raw: str) -> int:
        number = int(raw)
        if number < least:
            raise ValueError(raw)
        return number

    return _parsed(name, default, parse, f"a whole number, {least} or more")


def yes_no(name: str, default: bool) -> bool:
    """A setting that is yes or no."""
    words = {"yes": True, "true": True, "1": True, "on": True, "no": False, "false": False, "0": False, "off": False}

    def parse(raw: str) -> bool:
        if raw.lower() not in words:
            raise ValueError(raw)
        return words[raw.lower()]

    return _parsed(name, default, parse, "yes or no")


def listed(name: str) -> list[str]:
    """A setting that is a list, separated by commas."""
    return [part.strip() for part in text(name).split(",") if part.strip()]


def address(name: str, default: str) -> SplitResult:
    """A setting that is a web address such as https://folkmoot.example.org."""

    def parse(raw: str) -> SplitResult:
        parts = urlsplit(raw.rstrip("/"))
        if parts.scheme not in {"http", "https"} or not parts.hostname or parts.path:
            raise ValueError(raw)
        _ = parts.port  # raises ValueError where it is not a number
        return parts

    return _parsed(name, parse(default), parse, "an address such as https://folkmoot.example.org, without a path")


def database(name: str) -> dict[str, str]:
    """HOST, PORT, USER, PASSWORD and NAME from a PostgreSQL URL; `?host=` names a socket folder."""
    advice = "Start with ./folkmoot run, or set it in .env (see .env.example)."
    raw = required(name, advice, PLACEHOLDER_DATABASE)
    try:
        parts = urlsplit(raw)
        port = parts.port
    except ValueError:
        parts, port = urlsplit("wrong://"), None
    if parts.scheme not in POSTGRES_SCHEMES or len(parts.path) <= 1:
        stop(f"{name} is not a PostgreSQL address. Write it as postgresql://user:password@host:5432/folkmoot.")
    query = parse_qs(parts.query)
    return {
        "NAME": unquote(parts.path[1:]),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": query.get("host", [unquote(parts.hostname or "")])[0],
        "PORT": str(port or query.get("port", [""])[0]),
    }
