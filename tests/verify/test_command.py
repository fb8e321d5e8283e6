"""./folkmoot verify: the live records, held against what members kept."""

from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from core.models import Checkpoint, SigningKey
from core.signer.folder import SignerFolder
from tests import village
from tests.core.actions.scene import Street, make_street
from tests.core.signer.conftest import TestSigner
from tests.scenes import scene
from tests.verify.story import Signer

pytestmark = pytest.mark.django_db

street = scene(make_street)


def told(*words: str) -> tuple[int, str]:
    """The exit code, and what the command says."""
    said = StringIO()
    try:
        call_command("verify", *words, stdout=said)
    except SystemExit as end:
        return int(str(end.code)), said.getvalue()
    return 0, said.getvalue()


def test_it_takes_keys_and_checkpoints_from_outside(
    street: Street, signer_folder: SignerFolder, tmp_path: Path
) -> None:
    assert TestSigner(signer_folder).one_pass()
    key, kept = SigningKey.objects.get().text, tmp_path / "kept.txt"
    kept.write_text(Checkpoint.objects.of(street.body).latest("pk").note, "utf-8")

    code, said = told("--key", key, "--checkpoint", str(kept))

    assert code == 0
    assert said.count("Checkpoints that you brought and that fit: 1.") == 1
    assert "proves nothing" not in said
    code, said = told("--key", Signer().key)
    assert (code, said.count("The keys in the file are not those you have")) == (1, 2)


def test_what_was_kept_of_another_record_is_told_and_what_cannot_be_read_ends_it(
    street: Street, signer_folder: SignerFolder, tmp_path: Path
) -> None:
    assert TestSigner(signer_folder).one_pass()
    kept, broken = tmp_path / "kept.txt", tmp_path / "broken.txt"
    kept.write_text(Checkpoint.objects.of(street.body).latest("pk").note, "utf-8")
    broken.write_text("Dear neighbours", "utf-8")
    other = village.make_council("Ash Lane", village.make_people("vera", "wanda", "xenia"))

    code, said = told(other.slug, "--checkpoint", str(kept))

    assert code == 1
    assert "is of none of these bodies" in said
    for name in (broken, tmp_path / "nothing.txt"):
        with pytest.raises(CommandError, match="cannot be read"):
            call_command("verify", "--checkpoint", str(name))
