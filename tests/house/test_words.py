"""Every word has its Spanish, with its placeholders; the catalogue holds nothing that nobody says."""

from pathlib import Path

import polib
import pytest
from django.utils.translation import gettext, ngettext, override, pgettext

from config import words
from house.places import CLONE
from house.words import build

CATALOGUE = CLONE / "locale" / "es" / "LC_MESSAGES" / "django.po"
SAME = {"No", "no", "PIN"}


@pytest.fixture(scope="module")
def catalogue() -> polib.POFile:
    return polib.pofile(str(CATALOGUE))


def both(entry: polib.POEntry) -> list[tuple[str, str]]:
    """English and Spanish of an entry, in each of its forms."""
    if not entry.msgid_plural:
        return [(entry.msgid, entry.msgstr)]
    return [(entry.msgid_plural, entry.msgstr_plural[form]) for form in (0, 1)]


def test_the_catalogue_has_what_the_code_says_and_nothing_else(catalogue: polib.POFile) -> None:
    said = {key: bool(word.plural) for key, word in words.read().items()}
    known = {(entry.msgctxt, entry.msgid): bool(entry.msgid_plural) for entry in catalogue}

    assert len(said) > 1000
    assert sorted(said.keys() - known.keys(), key=str) == [], "run: .venv/bin/python -m config.words"
    assert sorted(known.keys() - said.keys(), key=str) == [], "run: .venv/bin/python -m config.words"
    assert known == said


def test_every_word_is_translated(catalogue: polib.POFile) -> None:
    empty = [english for entry in catalogue for english, spanish in both(entry) if not spanish.strip()]
    unsure = [entry.msgid for entry in catalogue if entry.fuzzy]

    assert (empty, unsure) == ([], [])


def test_nothing_is_left_in_english(catalogue: polib.POFile) -> None:
    same = {english for entry in catalogue for english, spanish in both(entry) if english == spanish}

    assert {english for english in same if words.PLACEHOLDER.sub("", english).strip(" :.,·")} - SAME == set()


def test_placeholders_are_the_same(catalogue: polib.POFile) -> None:
    wrong = [
        (english, spanish)
        for entry in catalogue
        for english, spanish in both(entry)
        if set(words.PLACEHOLDER.findall(english)) != set(words.PLACEHOLDER.findall(spanish))
        and not (entry.msgid_plural and spanish == entry.msgstr_plural[0])  # "one" may be a word
    ]

    assert wrong == []


def test_a_sentence_stays_a_sentence(catalogue: polib.POFile) -> None:
    """The same full stop, the same line breaks: fragments are put into other sentences."""
    wrong = [
        (english, spanish)
        for entry in catalogue
        for english, spanish in both(entry)
        if english.endswith((".", "?")) != spanish.endswith((".", "?"))
        or english.endswith("\n") != spanish.endswith("\n")
    ]

    assert wrong == []


def test_django_finds_them_in_all_their_forms() -> None:
    with override("es"):
        assert gettext("Withdraw my confidence") == "Retirar mi confianza"
        assert ngettext("%(n)d hour", "%(n)d hours", 1) == "%(n)d hora"
        assert ngettext("%(n)d hour", "%(n)d hours", 3) == "%(n)d horas"
        assert pgettext("a day and an hour", "%(day)s %(hour)s") == "%(day)s, %(hour)s"
        assert (gettext("agrees"), ngettext("agrees", "agree", 2)) == ("está a favor", "están a favor")


def test_new_words_come_in_and_old_ones_go(tmp_path: Path) -> None:
    (tmp_path / "core").mkdir()
    (tmp_path / "core" / "page.py").write_text('_("Good day")\nngettext("%(n)d vote", "%(n)d votes", n)\n')
    (tmp_path / "templates").mkdir()
    (tmp_path / "templates" / "page.html").write_text(
        '<p>\n  {% translate "It\'s open" context "door" %} don\'t\n</p>\n'
    )
    folder = tmp_path / "locale" / "es" / "LC_MESSAGES"
    folder.mkdir(parents=True)
    (folder / "django.po").write_text('msgid "Good day"\nmsgstr "Buenos días"\n\nmsgid "Gone"\nmsgstr "Ido"\n')

    words.update(tmp_path)

    found = {(entry.msgctxt, entry.msgid): entry.msgstr for entry in polib.pofile(str(folder / "django.po"))}
    assert found == {(None, "Good day"): "Buenos días", (None, "%(n)d vote"): "", ("door", "It's open"): ""}
    assert build(tmp_path) == 1
    assert build(tmp_path) == 0
