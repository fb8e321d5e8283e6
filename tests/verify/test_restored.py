"""After a restore: what was lost is told again or begun anew, and the verifier says what it cannot recompute."""

from typing import Any

import pytest

from core.actions import confidence, restoring
from core.models import Checkpoint, Mandate, Receipt
from core.signer import memory
from core.signer.folder import SignerFolder
from core.timekeeping import folkmoot_now
from tests import village
from tests.core.actions.scene import Street, make_street
from tests.core.signer.conftest import TestSigner
from tests.core.signer.test_endings import after_the_backup
from tests.scenes import scene
from tests.verify.honest import assert_whole, found, members_file
from tests.verify.story import Line, bound, parsed, where
from verify.signatures import Signed

pytestmark = pytest.mark.django_db

street = scene(make_street)


def restore(street: Street, folder: SignerFolder) -> None:
    """As the command does it."""
    remembered = memory.recall(folder, street.body.pk)
    restoring.restored(street.body, backup_at=folkmoot_now(), remembered=remembered)


@pytest.fixture
def kept(street: Street, signer_folder: SignerFolder) -> Signed:
    """Ana had withdrawn before the backup; the others end the mandate after it, with a recall open; then a restore.

    What ana kept: a checkpoint and the receipt of a ballot, both of what is lost.
    """
    signer = TestSigner(signer_folder)
    mandate = village.make_mandate(street.body, street.members, street.bruno, author=street.ana)
    confidence.withdraw(mandate, by=street.ana)
    village.open_recall(mandate, street.eva)
    vote = village.make_vote(street.body, street.ana, title="Paint the wall")
    signer.one_pass()
    with after_the_backup():
        for person in (street.eva, street.farid):
            confidence.withdraw(mandate, by=person)
        village.cast(vote, street.ana, "agree")
        signer.one_pass()
        checkpoint = Checkpoint.objects.of(street.body).latest("pk").note
        receipt = Receipt.objects.get(ballot__vote=vote).note
    restore(street, signer_folder)
    signer.one_pass()
    return Signed(checkpoints=[checkpoint], receipts=[receipt])


def test_an_ending_that_is_told_again_holds_and_is_not_recomputed(street: Street, kept: Signed) -> None:
    assert Mandate.objects.get().ending == Mandate.Ending.CONFIDENCE
    findings = assert_whole(street.body, street.ana)
    assert (findings.unknown["ended_before"], findings.unknown["restored"]) == (1, 1)
    assert findings.checked["confidence"] == 0

    outside = found(members_file(street.body, street.ana), kept)

    assert outside.broken == []
    assert outside.unknown["lost_in_restore"] == 2


def told(objects: list[Line]) -> dict[str, Any]:
    """What the line of the ending says."""
    return objects[where(objects, "mandate.ended")]["data"]  # type: ignore[no-any-return]


def numbered(objects: list[Line]) -> None:
    told(objects).update(members=5, withdrawn=3, commitments=["00" * 32, "11" * 32, "22" * 32])


def afterwards(objects: list[Line]) -> None:
    line = objects[where(objects, "mandate.ended")]
    line["data"]["at"] = line["time"]


def another_way(objects: list[Line]) -> None:
    told(objects)["how"] = "forgotten"


def never_restored(objects: list[Line]) -> None:
    objects[where(objects, "record.restored")]["what"] = "record.mended"


def no_fingerprint(objects: list[Line]) -> None:
    told(objects)["lost_line"] = "lost"


def unsaid(objects: list[Line]) -> None:
    del told(objects)["lost_line"]


@pytest.mark.parametrize(
    ("change", "code"),
    [
        (numbered, "ended_otherwise"),
        (afterwards, "ended_otherwise"),
        (another_way, "ended_otherwise"),
        (never_restored, "ended_otherwise"),
        (no_fingerprint, "content"),
        (unsaid, "content"),
    ],
)
def test_it_is_accepted_exactly_so(street: Street, kept: Signed, change: Any, code: str) -> None:
    objects = parsed(members_file(street.body))
    change(objects)
    assert code in found(bound(objects)).codes


def test_what_two_restores_in_a_row_lost_is_named_by_the_second(street: Street, signer_folder: SignerFolder) -> None:
    """The second goes back behind the first, whose line is lost with all that followed it."""
    signer = TestSigner(signer_folder)
    assert signer.one_pass()
    kept: list[str] = []
    with after_the_backup():
        with after_the_backup():
            for title in ("Paint the wall", "Cut the hedge"):
                village.make_proposal(street.body, street.ana, title=title)
                signer.one_pass()
                kept.append(Checkpoint.objects.of(street.body).latest("pk").note)
        restore(street, signer_folder)
        signer.one_pass()
        kept.append(Checkpoint.objects.of(street.body).latest("pk").note)

    restore(street, signer_folder)
    assert signer.one_pass()

    findings = found(members_file(street.body), Signed(checkpoints=kept))
    assert findings.broken == []
    assert findings.unknown["lost_in_restore"] == 3
    objects = parsed(members_file(street.body))
    said = objects[where(objects, "record.restored")]["data"]
    assert said["lost"] == kept[1:2]
    assert said["checkpoint"] == kept[2]
    del said["lost"]
    assert "cut_off" in found(bound(objects), Signed(checkpoints=kept)).codes
