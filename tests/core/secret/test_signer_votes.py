"""The keys of secret votes: stocked, lost, destroyed; and what becomes of a vote whose key is gone."""

import json
import os
import subprocess
import sys
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.db import connection

from core.actions import mandates, memberships, recalls
from core.actions.settling import settle
from core.boxes import NotOpened, seal, unseal
from core.models import Cause, OpenedBallots, RecordLine, SealedBallot, Vote, VoteKey
from core.refusals import Denied, TooLate
from core.signer import votes
from core.signer.folder import SignerFolder
from core.timekeeping import folkmoot_now
from house import backup
from house.places import DataFolder
from house.postgres import find_binaries
from tests import village
from tests.core.actions.scene import refused, state
from tests.core.secret.scene import Court, recall


def files(folder: SignerFolder) -> set[str]:
    """The names in the folder of vote keys."""
    return {path.name for path in folder.votes.iterdir()}


def test_the_stock_is_filled_up_and_not_beyond(db: None, signer_folder: SignerFolder) -> None:
    assert votes.STOCK == 50
    assert (votes.stock(3), votes.stock(3), votes.stock(2)) == (3, 0, 0)

    keys = VoteKey.objects.all()
    assert files(signer_folder) == {f"{key.key_id}.key" for key in keys}
    assert {(signer_folder.votes / f"{key.key_id}.key").stat().st_mode & 0o777 for key in keys} == {0o600}


def test_opening_takes_the_oldest_key_of_the_stock_and_never_one_twice(court: Court) -> None:
    votes.stock(3)
    oldest = VoteKey.objects.order_by("made_at").first()
    vote = village.open_recall(court.mandate, court.ana)
    assert oldest is not None
    assert vote.key.key_id == oldest.key_id
    assert VoteKey.objects.in_stock().count() == 2


def test_with_an_empty_stock_a_recall_is_open_and_its_vote_begins_when_there_is_a_key(court: Court) -> None:
    proposal = recalls.open_recall(court.mandate, "No word for weeks.", by=court.ana)
    assert (proposal.stage, proposal.votes.count()) == ("discussion", 0)
    assert RecordLine.objects.filter(what="recall.opened").count() == 1
    with refused(Denied, "A recall of this mandate is open already"):
        recalls.open_recall(court.mandate, "Again.", by=court.eva)
    before = state()
    settle()
    assert state() == before

    votes.stock(1)
    settle()

    vote = Vote.objects.get(proposal=proposal)
    assert (vote.secret, vote.closes_at - vote.opened_at) == (True, timedelta(hours=72))
    assert Cause.objects.filter(what="recall.opened", proposal=proposal).count() == 1


def test_a_recall_that_waits_for_its_key_is_overtaken_when_the_mandate_ends_otherwise(court: Court) -> None:
    proposal = recalls.open_recall(court.mandate, "No word for weeks.", by=court.ana)
    memberships.leave(court.body, by=court.bruno)
    proposal.refresh_from_db()
    assert proposal.stage == "overtaken"
    votes.stock(1)
    settle()
    assert not Vote.objects.filter(proposal=proposal).exists()


def test_acts_under_the_mandate_are_refused_from_the_close_to_the_count(court: Court) -> None:
    vote = recall(court)
    village.move_clock(vote.closes_at - folkmoot_now())
    settle()
    with refused(Denied, "being counted"):
        mandates.report(court.mandate, "All is well.", by=court.bruno)
    with refused(Denied, "being counted"):
        mandates.resign(court.mandate, by=court.bruno)
    votes.open_closed()
    settle()
    mandates.report(court.mandate, "All is well.", by=court.bruno)


def test_a_lost_key_voids_the_vote_which_begins_anew_and_says_so(court: Court, signer_folder: SignerFolder) -> None:
    vote = recall(court)
    village.cast_secretly(vote, court.eva, "yes")
    (signer_folder.votes / f"{vote.key.key_id}.key").unlink()
    votes.stock(2)
    with refused(TooLate, "The key of this vote is lost"):
        village.cast_secretly(vote, court.ana, "yes")
    settle()

    vote.refresh_from_db()
    assert (vote.outcome, vote.reason, vote.tally, vote.listed) == ("void", "key_lost", {}, None)
    anew = Vote.objects.get(proposal=vote.proposal_id, number=2)
    assert (anew.secret, anew.counted_at) == (True, None)
    assert anew.key.key_id != vote.key.key_id
    assert not anew.roll.filter(used=True).exists()
    assert Cause.objects.filter(what="vote.void", proposal=vote.proposal_id).count() == 1
    counted = json.loads(RecordLine.objects.filter(what="vote.counted").latest("pk").line)["data"]
    assert (counted["outcome"], counted["list"], counted["voted"], counted["tally"]) == ("void", None, None, None)
    village.cast_secretly(anew, court.eva, "yes")


def test_an_empty_folder_loses_no_open_vote_until_it_has_closed(court: Court, signer_folder: SignerFolder) -> None:
    vote = recall(court)
    key = signer_folder.votes / f"{vote.key.key_id}.key"
    private = key.read_bytes()
    for path in signer_folder.votes.iterdir():
        path.unlink()
    votes.give_up_lost(signer_folder)
    assert VoteKey.objects.get(vote=vote).lost_at is None
    key.write_bytes(private)
    village.cast_secretly(vote, court.eva, "yes")
    key.unlink()
    village.move_clock(timedelta(days=4))
    assert votes.open_closed() == 0
    assert VoteKey.objects.get(vote=vote).lost_at is not None


@pytest.mark.parametrize("harm", ["another's box", "one byte", "other bytes"])
def test_a_box_that_does_not_open_voids_the_vote(court: Court, harm: str) -> None:
    vote = recall(court, keys=3)
    for person in court.people[:2]:
        village.cast_secretly(vote, person, "yes")
    first, second = SealedBallot.objects.filter(vote=vote)
    box: bytes = {
        "another's box": bytes(second.box),
        "one byte": bytes(first.box)[:-1] + bytes([first.box[-1] ^ 1]),
        "other bytes": b"x" * len(first.box),
    }[harm]
    SealedBallot.objects.filter(pk=first.pk).update(box=box)
    village.close(vote)
    assert (vote.outcome, vote.reason) == ("void", "key_lost")


def test_keys_are_destroyed_after_the_count_and_never_before(court: Court, signer_folder: SignerFolder) -> None:
    vote = recall(court, keys=1)
    village.cast_secretly(vote, court.eva, "yes")
    assert votes.destroy_counted() == 0
    village.move_clock(timedelta(days=4))
    votes.open_closed()
    assert votes.destroy_counted() == 0  # opened, not counted
    assert OpenedBallots.objects.filter(vote=vote).exists()

    settle()
    assert votes.destroy_counted() == 1
    assert files(signer_folder) == set()


def test_a_cheap_look_tells_whether_anything_is_due(
    court: Court, monkeypatch: pytest.MonkeyPatch, django_assert_num_queries: Any
) -> None:
    monkeypatch.setattr(votes, "STOCK", 1)
    assert votes.is_due()  # the stock is empty
    vote = recall(court)  # takes one of two keys
    with django_assert_num_queries(1):
        assert not votes.is_due()
    village.move_clock(timedelta(days=4))
    assert votes.is_due()  # boxes wait
    votes.open_closed()
    assert not votes.is_due()  # now the count is due, which is not the signer's
    settle()
    assert votes.is_due()  # its key is still there
    votes.destroy_counted()
    assert not votes.is_due()
    assert VoteKey.objects.get(vote=vote).destroyed_at is not None


def test_what_a_broken_off_pass_left_behind_is_taken_up_again(court: Court, signer_folder: SignerFolder) -> None:
    vote = recall(court, keys=1)
    village.close(vote)
    (signer_folder.votes / f"{vote.key.key_id}.key").unlink()  # destroyed, and then the power was cut
    (signer_folder.votes / "0123.key.draft").write_bytes(b"x" * 32)  # made, and never told to anybody

    assert votes.destroy_counted() == 2

    assert files(signer_folder) == set()
    assert VoteKey.objects.get(vote=vote).destroyed_at is not None


def test_a_destroyed_key_is_overwritten_before_its_name_goes(
    court: Court, signer_folder: SignerFolder, tmp_path: Path
) -> None:
    vote = recall(court, keys=1)
    path = signer_folder.votes / f"{vote.key.key_id}.key"
    os.link(path, tmp_path / "the same file")
    private = path.read_bytes()
    village.close(vote)
    votes.destroy_counted()
    assert (tmp_path / "the same file").read_bytes() != private


def test_a_restore_voids_secret_votes_and_uses_no_key_that_the_backup_knew(
    court: Court, signer_folder: SignerFolder
) -> None:
    vote = recall(court, keys=3)
    village.cast_secretly(vote, court.eva, "yes")
    known = set(VoteKey.objects.values_list("key_id", flat=True))
    call_command("restored", "2026-05-01T20:00:00+00:00")

    assert VoteKey.objects.in_stock().count() == votes.STOCK
    vote.refresh_from_db()
    assert (vote.outcome, vote.reason) == ("void", "void")
    anew = Vote.objects.get(proposal=vote.proposal_id, number=2)
    assert anew.secret
    assert anew.key.key_id not in known
    votes.destroy_counted()
    assert {name.removesuffix(".key") for name in files(signer_folder)}.isdisjoint(known)


def test_a_box_opens_only_in_its_place_and_with_its_key(db: None, signer_folder: SignerFolder) -> None:
    votes.stock(2)
    one, other = VoteKey.objects.all()
    box = seal(b"yes", bytes.fromhex(one.public), vote_id=7, find="f")
    with votes.private_half(one) as private:
        assert unseal(box, private, vote_id=7, find="f") == b"yes"
        for vote_id, find in ((8, "f"), (7, "g")):
            with pytest.raises(NotOpened):
                unseal(box, private, vote_id=vote_id, find=find)
    with votes.private_half(other) as private, pytest.raises(NotOpened):
        unseal(box, private, vote_id=7, find="f")


def test_the_key_is_gone_from_the_memory_of_the_process(tmp_path: Path) -> None:
    """Another process makes, uses and lets go of a key; then its whole memory is searched for it, as far as one can."""
    script = tmp_path / "script.py"
    script.write_text(SEARCHED)
    root = str(Path(__file__).parents[3])
    done = subprocess.run(
        [sys.executable, str(script)],
        env={**os.environ, "PYTHONPATH": root},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.stderr == ""
    assert done.stdout.split() == ["held", "1", "gone", "0"]


SEARCHED = """
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey
from core import boxes

def copies(mark):
    \"\"\"How often this memory has these 32 bytes; inverted, so that the search does not find itself.\"\"\"
    found = 0
    for line in open("/proc/self/maps").read().splitlines():
        place, rights = line.split()[:2]
        low, high = (int(each, 16) for each in place.split("-"))
        if not rights.startswith("rw") or "[v" in line:
            continue
        with open("/proc/self/mem", "rb", buffering=0) as memory:
            memory.seek(low)
            content = memory.read(high - low)
        start = content.find(bytes(255 - each for each in mark[:8]))
        while start >= 0:
            found += all(content[start + n] == 255 - mark[n] for n in range(8, 32))
            start = content.find(bytes(255 - each for each in mark[:8]), start + 1)
    return found

private = bytearray(32)
with open("/dev/urandom", "rb", buffering=0) as dice:
    dice.readinto(private)
mark = bytes(255 - each for each in private)
key = X25519PrivateKey.from_private_bytes(private)
box = boxes.seal(b"yes", key.public_key().public_bytes_raw(), vote_id=1, find="f")
boxes.unseal(box, key, vote_id=1, find="f")
private[:] = bytes(32)
print("held", min(copies(mark), 1))
del key
print("gone", copies(mark))
"""


@pytest.mark.django_db(transaction=True)
def test_a_backup_has_the_public_halves_no_private_one_and_nothing_that_was_opened(
    tmp_path: Path, settings: Any
) -> None:
    settings.SIGNER_FOLDER = tmp_path / "signer"
    votes.stock(2)
    private = [path.read_bytes() for path in (tmp_path / "signer" / "votes").iterdir()]
    server = connection.settings_dict
    address = f"postgresql://{server['USER']}:{server['PASSWORD']}@/{server['NAME']}"

    file = backup.backup(DataFolder(tmp_path), f"{address}?host={server['HOST']}&port={server['PORT']}")

    opened = backup.unpack(file, tmp_path / "into")
    words = [str(find_binaries() / "pg_restore"), "--file=-", str(opened.dump)]
    text = subprocess.run(words, capture_output=True, check=True).stdout
    assert all(key.public.encode() in text for key in VoteKey.objects.all())
    assert b"COPY public.core_sealedballot" in text
    assert b"COPY public.core_openedballots" not in text
    for half in private:
        assert half.hex().encode() not in text
        assert half not in text
        assert half not in file.read_bytes()
