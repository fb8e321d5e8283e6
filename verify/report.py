"""The findings in plain words."""

from __future__ import annotations

from collections.abc import Iterator

from .findings import Finding, Findings
from .words import BROKEN, HOLDS, LANGUAGES, NEVER, TALK, UNKNOWN, say


def number(value: int, language: str) -> str:
    """A number as people write it."""
    return f"{value:,}".replace(",", "." if language == "es" else ",")


def finding(each: Finding, language: str) -> str:
    """One thing that does not hold."""
    place = say(TALK, "line", language, line=number(each.line, language)) if each.line else ""
    return place + say(BROKEN, each.code, language, **dict(each.values))


def told(findings: Findings, language: str = "en") -> Iterator[str]:
    """The whole report, line by line."""
    about = findings.about
    if about.get("kind") in ("members", "public"):
        kind = say(TALK, str(about["kind"]), language)
        yield say(TALK, "record", language, record=about.get("record", "?"), kind=kind)
    else:
        yield say(TALK, "neither", language)
    yield say(TALK, "whole" if findings.holds else "not_whole", language)
    if not findings.holds:
        yield from _section("broken", [finding(each, language) for each in findings.broken], language)
        if findings.more:
            yield "  " + say(TALK, "more", language, number=number(findings.more, language))
    yield from _section("checked", list(_checked(findings, language)), language)
    yield from _section("unknown", list(_unknown(findings, language)), language)


def _section(title: str, sentences: list[str], language: str) -> Iterator[str]:
    if sentences:
        yield ""
        yield say(TALK, title, language)
        for each in sentences:
            yield "  - " + each


def _checked(findings: Findings, language: str) -> Iterator[str]:
    about = findings.about
    chained = about.get("read", 0) if not findings.codes & {"broken", "gap", "form", "unreadable", "empty"} else 0
    counts = {"lines": chained, **findings.checked}
    for code in HOLDS:
        if counts.get(code):
            yield say(HOLDS, code, language, number=number(counts[code], language))
    if "covered" in about and about["covered"] < about.get("read", 0):
        covered, read = number(about["covered"], language), number(about["read"], language)
        yield say(TALK, "covered", language, covered=covered, read=read)
    for key in about.get("keys", []):
        yield say(TALK, "key", language, key=key)


def _unknown(findings: Findings, language: str) -> Iterator[str]:
    for code in UNKNOWN:
        if findings.unknown[code]:
            yield say(UNKNOWN, code, language, number=number(findings.unknown[code], language))
    for each in NEVER:
        yield each[LANGUAGES.index(language)]
