"""The verifier's own catalogue: every finding has its sentence in both languages, with the same places in it."""

import ast
import re
from collections.abc import Iterator
from string import Formatter

import pytest

from verify.building import HERE
from verify.findings import Findings
from verify.report import told
from verify.words import BROKEN, HOLDS, LANGUAGES, TALK, UNKNOWN, say

ARGUMENT = {"add": 0, "must_follow": 0, "unless": 1}
"""Where the name of the sentence stands in a call."""
COUNTED = {"unknown": UNKNOWN, "checked": HOLDS}


def calls() -> Iterator[str]:
    """The names of all sentences that say what does not hold."""
    for path in HERE.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in ARGUMENT:
                place = ARGUMENT[node.func.attr]
                said = node.args[place] if len(node.args) > place else None
                if isinstance(said, ast.Constant) and isinstance(said.value, str):
                    yield said.value


def counted(name: str) -> set[str]:
    """The names of what is only counted."""
    source = "\n".join(path.read_text("utf-8") for path in HERE.rglob("*.py"))
    return set(re.findall(rf'{name}\["(\w+)"(?: if outside else "\w+")?\]', source))


def places(sentence: str) -> set[str]:
    """What is put into a sentence."""
    return {name for _text, name, _form, _turn in Formatter().parse(sentence) if name}


def test_every_finding_has_its_sentence_and_every_sentence_its_finding() -> None:
    assert set(calls()) == BROKEN.keys()


@pytest.mark.parametrize("name", COUNTED)
def test_what_is_counted_has_its_sentence(name: str) -> None:
    found = counted(name) - {"ballots"}
    assert len(found) > 4
    assert found <= COUNTED[name].keys()


@pytest.mark.parametrize("catalogue", [BROKEN, UNKNOWN, HOLDS, TALK], ids=("broken", "unknown", "holds", "talk"))
def test_both_languages_say_the_same_things(catalogue: dict[str, tuple[str, str]]) -> None:
    for code, (english, spanish) in catalogue.items():
        assert places(english) == places(spanish), code
        assert english != spanish, code


def test_a_long_list_is_cut_and_numbers_are_written_as_people_do() -> None:
    findings = Findings()
    for line in range(1, 1203):
        findings.add("broken", line)
    english, spanish = ("\n".join(told(findings, language)) for language in LANGUAGES)

    assert "… and 202 more." in english
    assert "… y 202 más." in spanish
    assert "line 1,000: " in english
    assert "línea 1.000: " in spanish
    assert say(BROKEN, "never heard of", "en") == "never heard of"
