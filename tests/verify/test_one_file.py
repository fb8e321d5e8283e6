"""The one file: what somebody carries away and runs elsewhere, on a Python without any package."""

import ast
import subprocess
import sys
from pathlib import Path

import pytest
from django.test import Client

from core.models import Body, Person
from tests import village
from tests.core.actions.scene import Street, make_street
from tests.scenes import scene
from tests.verify.story import Signer
from verify.building import HERE, pyz

pytestmark = pytest.mark.django_db

street = scene(make_street)


def downloaded(client: Client, address: str, target: Path) -> Path:
    """A file as a browser saves it."""
    answer = client.get(address)
    assert answer.status_code == 200
    assert "attachment" in answer["Content-Disposition"]
    target.write_bytes(b"".join(answer) if answer.streaming else answer.content)
    return target


def run(verifier: Path, *words: str) -> tuple[int, str]:
    """Another Python process, without packages, without the house's folder, without its settings."""
    command = [sys.executable, "-I", "-S", str(verifier), *words]
    done = subprocess.run(command, cwd=verifier.parent, env={}, capture_output=True, text=True, check=False, timeout=60)
    return done.returncode, done.stdout + done.stderr


def decided(street: Street) -> Body:
    """Something is in the record."""
    village.decide(street.body, street.members, street.ana)
    return street.body


def signed_in(person: Person) -> Client:
    client = Client()
    client.force_login(person, backend="django.contrib.auth.backends.ModelBackend")
    return client


def test_somebody_without_an_account_checks_the_public_record_elsewhere(street: Street, tmp_path: Path) -> None:
    body, nobody, signer = decided(street), Client(), Signer()
    assert b"record-public.jsonl" in nobody.get(f"/b/{body.slug}/record/check/").content
    verifier = downloaded(nobody, "/folkmoot-verify.pyz", tmp_path / "folkmoot-verify.pyz")
    record = downloaded(nobody, f"/b/{body.slug}/record-public.jsonl", tmp_path / "record.jsonl")
    checkpoint = tmp_path / "checkpoint.txt"
    checkpoint.write_text(signer.checkpoint(record.read_bytes().splitlines(keepends=True)), "utf-8")

    code, said = run(verifier, str(record), "--checkpoint", str(checkpoint), "--key", signer.key, "--language", "en")

    assert code == 0
    assert "Everything that was checked holds." in said
    assert "Decisions that follow from their counts: 1." in said
    assert "Nothing before them was changed since." in said
    assert "this is the public file, which has their totals only" in said
    assert "Whether each label is another person" in said


def test_a_member_checks_the_full_record_elsewhere(street: Street, tmp_path: Path) -> None:
    body, client = decided(street), signed_in(street.ana)
    verifier = downloaded(client, "/folkmoot-verify.pyz", tmp_path / "folkmoot-verify.pyz")
    record = downloaded(client, f"/b/{body.slug}/record-members.jsonl", tmp_path / "record.jsonl")

    code, said = run(verifier, str(record), "--language", "es")
    assert code == 0
    assert "Todo lo que se comprobó se cumple." in said
    assert "Votaciones recontadas papeleta a papeleta: 1." in said

    record.write_bytes(record.read_bytes().replace(b'"tally":{"agree":5}', b'"tally":{"agree":4}'))
    code, said = run(verifier, str(record), "--language", "en")
    assert code == 1
    assert "Something does not hold." in said
    assert "This line does not carry the fingerprint of the one before" in said
    assert "The ballots of vote" in said


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["nothing.jsonl"], "There is no file"),
        (["record.jsonl", "--checkpoint", "nothing.txt"], "There is no file"),
        ([], "usage"),
        (["."], "could not be checked"),
    ],
)
def test_what_cannot_be_checked_ends_with_two(tmp_path: Path, words: list[str], said: str) -> None:
    verifier = tmp_path / "folkmoot-verify.pyz"
    verifier.write_bytes(pyz())

    code, told = run(verifier, *words, *(["--language", "en"] if words else []))

    assert code == 2
    assert said in told
    assert "Traceback" not in told


def test_a_checkpoint_in_the_place_of_the_record_is_named_as_what_it_is_not(tmp_path: Path) -> None:
    verifier, checkpoint = tmp_path / "folkmoot-verify.pyz", tmp_path / "checkpoint.txt"
    verifier.write_bytes(pyz())
    checkpoint.write_text("folkmoot/1\n5\nroot\n", "utf-8")

    code, told = run(verifier, checkpoint.name, "--language", "en")

    assert code == 1
    assert told.startswith("This file is no record, or has lost its beginning.")


def test_the_same_sources_make_the_same_bytes() -> None:
    assert pyz() == pyz()
    assert b"cryptography" not in pyz()


def test_no_other_file_of_the_house_and_no_younger_python_is_needed() -> None:
    for path in HERE.rglob("*.py"):
        tree = ast.parse(path.read_text("utf-8"), feature_version=(3, 9))
        for node in ast.walk(tree):
            named = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
            named += [node.module or ""] if isinstance(node, ast.ImportFrom) and not node.level else []
            for name in named:
                assert name.split(".")[0] in {*sys.stdlib_module_names, "verify"}, path


def test_an_unlisted_body_has_no_public_file(street: Street) -> None:
    hidden = village.make_council("Quiet Lane", street.members, listed=False)
    assert Client().get(f"/b/{hidden.slug}/record-public.jsonl").status_code == 404
    assert signed_in(street.ana).get(f"/b/{hidden.slug}/record-public.jsonl").status_code == 404
    assert Client().get(f"/b/{hidden.slug}/record/check/").status_code == 404
    assert b"There is no public file" in signed_in(street.ana).get(f"/b/{hidden.slug}/record/check/").content
