"""The words that the code and the templates say, and the translations (.po) that people write of them.

For developers, without system tools: `python -m config.words` brings the .po files in line with the code; new words
come in untranslated, words that are gone go. How we write: docs/words.md. Django reads what house/words.py builds.
"""

import re
import tokenize
from collections.abc import Iterator
from dataclasses import dataclass, field
from io import BytesIO
from pathlib import Path
from typing import Any

from django.utils.translation.template import templatize

from house.places import CLONE, say
from house.words import build

SOURCES = ("config", "core", "councils", "economics", "defense", "intelligence", "confederation", "templates")
KEYWORDS: dict[str, Any] = {
    "_": None,
    "gettext": None,
    "gettext_lazy": None,
    "gettext_noop": None,
    "ngettext": (1, 2),
    "ngettext_lazy": (1, 2),
    "pgettext": ((1, "c"), 2),
    "pgettext_lazy": ((1, "c"), 2),
    "npgettext": ((1, "c"), 2, 3),
}
PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|%[sd%]|\{\w*\}")


@dataclass
class Word:
    """One thing that is said somewhere, in English; `plural` where it is counted."""

    english: str
    context: str | None = None
    plural: str | None = None
    places: set[str] = field(default_factory=set)


def read(root: Path = CLONE) -> dict[tuple[str | None, str], Word]:
    """Everything the code and the templates say, by context and English words."""
    found: dict[tuple[str | None, str], Word] = {}
    for folder in SOURCES:
        for path in sorted((root / folder).rglob("*")):
            for words, context in spoken(path):
                english, plural = (words[0], words[1]) if isinstance(words, tuple) else (words, None)
                word = found.setdefault((context, english), Word(english, context))
                word.plural = word.plural or plural
                word.places.add(path.relative_to(root).as_posix())
    return found


def spoken(path: Path) -> Iterator[tuple[Any, str | None]]:
    """The strings of one file that go through gettext: (words or (singular, plural), context)."""
    from babel.messages.extract import extract  # noqa: PLC0415  for developers only

    if path.suffix == ".py":
        source = path.read_text()
    elif path.suffix in (".html", ".txt"):
        # What is left of a template is X's and calls of gettext; as Python it must not be indented.
        source = "\n".join(line.strip() for line in templatize(path.read_text()).splitlines())
    else:
        return
    try:
        for _line, words, _comments, context in extract("python", BytesIO(source.encode()), KEYWORDS):
            if words:
                yield words, context
    except tokenize.TokenError as error:
        raise ValueError(f"{path}: {error}") from error


def update(root: Path = CLONE) -> None:
    """Bring every .po file in line with the code, in the order of places, and say what is left to translate."""
    import polib  # noqa: PLC0415

    words = sorted(read(root).values(), key=lambda word: (min(word.places), word.english, word.context or ""))
    for path in sorted(root.glob("locale/*/LC_MESSAGES/django.po")):
        old = polib.pofile(str(path))
        known: dict[tuple[str | None, str], Any] = {(entry.msgctxt, entry.msgid): entry for entry in old}
        new = polib.POFile(wrapwidth=120)
        new.header, new.metadata = old.header, old.metadata
        for word in words:
            entry = known.get((word.context, word.english))
            new.append(renewed(word, entry))
        new.save(str(path))
        say(f"{path.parent.parent.name}: {len(new)} words, {len(new.untranslated_entries())} to translate.")


def renewed(word: Word, entry: Any) -> Any:
    """The entry of a word, with its translation if it has one of the right form."""
    import polib  # noqa: PLC0415

    fresh = polib.POEntry(msgid=word.english, msgctxt=word.context, occurrences=[(p, "") for p in sorted(word.places)])
    if "%" in word.english:
        fresh.flags = ["python-format"]
    if word.plural:
        fresh.msgid_plural = word.plural
        fresh.msgstr_plural = entry.msgstr_plural if entry and entry.msgstr_plural else {0: "", 1: ""}
    elif entry:
        fresh.msgstr = entry.msgstr
    return fresh


if __name__ == "__main__":
    update()
    say(f"{build()} translations built.")
