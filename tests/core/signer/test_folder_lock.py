"""Whoever works in the signer's folder has it alone: a pass, a rotation of its key, what follows on a restore."""

import fcntl
import os

import pytest
from django.core.management import call_command

from core.signer import keys, votes
from core.signer.folder import SignerFolder
from core.signer.loop import Signer
from core.timekeeping import folkmoot_now
from tests.core.actions.scene import Street


def is_taken(folder: SignerFolder) -> bool:
    """Whether somebody has the folder; asked as a second signer would."""
    descriptor = os.open(folder.path / "lock", os.O_RDWR | os.O_CREAT, 0o600)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return True
    finally:
        os.close(descriptor)
    return False


def test_a_pass_of_the_signer_has_it_alone(
    db: None, signer_folder: SignerFolder, monkeypatch: pytest.MonkeyPatch
) -> None:
    taken: list[bool] = []
    signer = Signer(signer_folder)
    for part in ("tend", "work"):
        monkeypatch.setattr(signer, part, lambda *_signing: taken.append(is_taken(signer_folder)))

    assert signer.one_pass()

    assert taken == [True, True]
    assert not is_taken(signer_folder)


def test_a_rotation_has_it_alone(db: None, signer_folder: SignerFolder, monkeypatch: pytest.MonkeyPatch) -> None:
    taken: list[bool] = []
    keys.make(signer_folder)
    monkeypatch.setattr(keys, "rotate", lambda *_given: taken.append(is_taken(signer_folder)))

    call_command("rotate_keys")

    assert taken == [True]


def test_new_keys_after_a_restore_are_made_by_who_has_it_alone(
    street: Street, signer_folder: SignerFolder, monkeypatch: pytest.MonkeyPatch
) -> None:
    taken: list[bool] = []
    monkeypatch.setattr(votes, "renew", lambda _wanted: taken.append(is_taken(signer_folder)))

    call_command("restored", folkmoot_now().isoformat())

    assert taken == [True]
