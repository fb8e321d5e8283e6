"""What the real signer signed, in the files: keys, their rotation, checkpoints, one's own receipts."""

import json
from datetime import timedelta
from pathlib import Path

import pytest
from django.template.loader import render_to_string
from django.test import Client

from core.models import Body, Checkpoint, Receipt, SigningKey
from core.signer import keys
from core.signer.folder import SignerFolder
from core.timekeeping import folkmoot_now
from tests import village
from tests.core.actions.scene import Street, make_street
from tests.core.signer.conftest import TestSigner
from tests.scenes import scene
from tests.verify.honest import assert_whole, found, members_file, public_file
from tests.verify.story import Signer, bound, parsed
from tests.verify.test_one_file import downloaded, run, signed_in
from verify.signatures import Signed

pytestmark = pytest.mark.django_db

street = scene(make_street)


@pytest.fixture
def signed(street: Street, signer_folder: SignerFolder) -> Body:
    """A decision and an open vote, signed on four days, by an old key and a new one; ana has three receipts."""
    signer = TestSigner(signer_folder)
    vote = village.make_vote(street.body, street.ana)
    village.cast(vote, street.ana, "abstain")
    assert signer.one_pass()
    village.cast(vote, street.ana, "agree")
    for person in street.members[1:]:
        village.cast(vote, person, "agree")
    assert signer.one_pass()
    village.close(vote)
    assert signer.one_pass()
    keys.rotate(signer_folder, folkmoot_now())
    village.move_clock(timedelta(days=1))
    village.make_proposal(street.body, street.ana, title="Cut the hedge")
    assert signer.one_pass()
    village.cast(village.make_vote(street.body, street.bruno, title="Mow the lawn"), street.ana, "agree")
    assert signer.one_pass()
    village.make_proposal(street.body, street.ana, title="Rake the leaves")
    assert signer.one_pass()
    return street.body


def beside(file: list[bytes], kind: str) -> list[str]:
    """The keys or notes of one kind that stand in a file."""
    return [each["key" if kind == "key" else "note"] for each in map(json.loads, file) if each.get("with") == kind]


def test_both_files_carry_what_was_signed(signed: Body, street: Street) -> None:
    newest = Checkpoint.objects.newest_of(signed)
    days = {each.at.date() for each in Checkpoint.objects.of(signed)}
    assert newest is not None

    for file in (members_file(signed, street.ana), public_file(signed)):
        assert beside(file, "key") == list(SigningKey.objects.order_by("pk").values_list("text", flat=True))
        assert beside(file, "rotation") == [SigningKey.objects.latest("pk").rotation]
        assert beside(file, "checkpoint")[-1] == newest.note
        assert len(beside(file, "checkpoint")) == len(days) < Checkpoint.objects.of(signed).count()
    mine = Receipt.objects.filter(ballot__roll__person=street.ana).order_by("pk")
    assert beside(members_file(signed, street.ana), "receipt") == [each.note for each in mine]
    assert [each.change_no for each in mine] == [1, 2, 1]
    assert beside(members_file(signed, street.bruno), "receipt") != [each.note for each in mine]
    assert beside(members_file(signed), "receipt") == beside(public_file(signed), "receipt") == []


def test_the_line_of_a_daily_mail_proves_what_was_there_before_it(signed: Body, street: Street) -> None:
    file, newest = public_file(signed), Checkpoint.objects.newest_of(signed)
    assert newest is not None
    line = render_to_string("mail/_checkpoint.txt", {"checkpoint": newest})

    held = found(file, outside=Signed(mailed=[line]))
    assert (held.broken, held.checked["mailed"], held.about["covered"]) == ([], 1, newest.size)
    assert not held.unknown["no_outside_checkpoint"]

    group = newest.short_root[:4]
    other = line.replace(group, "0000" if group != "0000" else "1111", 1)
    longer = line.replace(f" {newest.size} ", f" {newest.size + 9} ", 1)
    for wrong, code in ((other, "mailed_root"), (longer, "cut_off"), ("Alder Street: 5 lines", "mailed_form")):
        assert found(file, outside=Signed(mailed=[wrong])).codes == {code}


def test_real_files_hold_elsewhere_with_a_checkpoint_that_was_kept(
    signed: Body, street: Street, tmp_path: Path
) -> None:
    verifier = downloaded(Client(), "/folkmoot-verify.pyz", tmp_path / "folkmoot-verify.pyz")
    public = downloaded(Client(), f"/b/{signed.slug}/record-public.jsonl", tmp_path / "public.jsonl")
    own = downloaded(signed_in(street.ana), f"/b/{signed.slug}/record-members.jsonl", tmp_path / "members.jsonl")
    kept = tmp_path / "checkpoint.txt"
    kept.write_text(Checkpoint.objects.of(signed).latest("pk").note, "utf-8")
    first = SigningKey.objects.earliest("pk").text

    for record in (public, own):
        code, said = run(verifier, str(record), "--language", "en")
        assert code == 0
        assert "What they signed proves nothing until you compare them" in said
        code, said = run(verifier, str(record), "--checkpoint", str(kept), "--key", first, "--language", "en")
        assert code == 0, said
        assert "Signed checkpoints in the file that fit: 4." in said
        assert "Checkpoints that you brought and that fit: 1. Nothing before them was changed since." in said
        assert "proves nothing" not in said
    assert "Receipts of ballots that were counted as given: 1." in said
    assert "Receipts of ballots that were changed later, as the file shows: 1." in said
    assert "Receipts whose ballots are not in this file (public file, or vote not counted yet): 1." in said


def test_a_kept_checkpoint_proves_its_key_and_those_that_follow(signed: Body) -> None:
    file = public_file(signed)
    old, new = (Checkpoint.objects.of(signed).earliest("pk").note, Checkpoint.objects.of(signed).latest("pk").note)

    alone, by_old, by_new = (found(file, Signed(checkpoints=kept)) for kept in ([], [old], [new]))

    for findings in (alone, by_old, by_new):
        assert findings.broken == []
    assert (alone.unknown["key_from_file"], alone.checked["checkpoints"]) == (1, 4)
    assert (by_old.unknown["key_from_file"], by_old.checked["checkpoints"]) == (0, 4)
    assert by_old.checked["key_of_kept"] == 1
    assert (by_new.checked["checkpoints"], by_new.unknown["older_key"]) == (2, 2)


def test_a_key_that_was_put_before_the_real_ones_proves_nothing(signed: Body) -> None:
    """Whoever makes a false file can let a key of their own name the house's real one."""
    file, forger = public_file(signed), Signer()
    real = beside(file, "key")[0]
    forged = forger.note("folkmoot/keys", f"old {forger.key}", f"new {real}", "time 2026-05-01T20:00:00.000000Z")
    objects = parsed(file)
    notes = [{"with": "key", "key": forger.key}, {"with": "rotation", "note": forged}]
    objects[1:1] = [*notes, {"with": "checkpoint", "note": forger.checkpoint(file)}]

    findings = found(bound(objects), Signed(keys=[real]))

    assert (findings.checked["checkpoints"], findings.unknown["older_key"]) == (4, 1)


@pytest.mark.parametrize(
    ("kind", "code"),
    [("rotation", "key_unnamed"), ("key", "checkpoint_key")],
)
def test_what_is_taken_out_is_missed(signed: Body, kind: str, code: str) -> None:
    objects = parsed(members_file(signed))
    last = max(number for number, each in enumerate(objects) if each.get("with") == kind)
    del objects[last]
    assert code in found(bound(objects)).codes


def test_a_new_key_that_no_key_named_is_brought_from_outside(signed: Body, signer_folder: SignerFolder) -> None:
    """A lost key: nobody can tell it from one that was thrown away, so the new one has to be compared."""
    private = keys.make(signer_folder)
    keys.add(keys.public_half(private).text, "", "2026-05-01T20:00:00.000000Z")
    file = public_file(signed)

    assert found(file).codes == {"key_unnamed"}
    assert found(file, Signed(keys=[keys.public_half(private).text])).broken == []


def test_a_checkpoint_in_the_file_is_held_against_its_lines(signed: Body) -> None:
    objects = parsed(members_file(signed))
    last = max(number for number, each in enumerate(objects) if "with" not in each)
    objects[last]["data"]["version"] = 2

    assert "checkpoint_root" in found(bound(objects)).codes


def test_a_receipt_in_the_file_is_held_against_the_ballots(signed: Body, street: Street) -> None:
    assert assert_whole(signed, street.ana).checked["receipts"] == 1
    objects = parsed(members_file(signed, street.ana))
    mine = next(each for each in objects if each.get("with") == "ballot" and each.get("change") == 2)
    mine.update(change=1, position="abstain")

    assert {"receipt_missing", "ballots_root"} <= found(bound(objects)).codes


def test_a_clock_set_back_puts_no_checkpoint_before_another(street: Street, signer_folder: SignerFolder) -> None:
    signer = TestSigner(signer_folder)
    signer.one_pass()
    village.move_clock(timedelta(days=-3))
    village.make_proposal(street.body, street.ana)
    signer.one_pass()

    first, second = Checkpoint.objects.of(street.body).order_by("size")
    assert first.at == second.at
    findings = found(public_file(street.body), Signed(checkpoints=[first.note, second.note]))
    assert (findings.broken, findings.checked["outside"]) == ([], 2)
