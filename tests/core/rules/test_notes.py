"""Signed notes: what is written is read back, and nothing else is taken for a note."""

import base64

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.rules import notes

RECORD, HEAD, TIME = "ab" * 16, "cd" * 32, "2026-05-01T20:00:00.000000Z"
KEY = notes.Key(bytes(range(32)))
CHECKPOINT = notes.Checkpoint(RECORD, 7, bytes(32), HEAD, TIME)
NOTE = notes.Note(CHECKPOINT.text(), KEY.id, bytes(64)).written()

hexes = st.binary(min_size=32, max_size=32).map(bytes.hex)
numbers = st.integers(0, 2**53 - 1)


def test_a_checkpoint_reads_as_the_format_says() -> None:
    assert CHECKPOINT.text() == (
        f"folkmoot/{RECORD}\n7\nAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=\nhead {HEAD}\ntime {TIME}\n"
    )
    assert NOTE.splitlines()[-2:] == ["", f"— folkmoot {base64.b64encode(KEY.id + bytes(64)).decode()}"]
    assert NOTE.endswith("\n")


def test_a_key_bears_the_number_that_its_signatures_name() -> None:
    """By hand: the first four bytes of SHA-256("folkmoot" 0A 01 public)."""
    assert KEY.text == "folkmoot+838c2516+AQABAgMEBQYHCAkKCwwNDg8QERITFBUWFxgZGhscHR4f"
    assert notes.read_key(KEY.text) == KEY


@given(st.binary(min_size=32, max_size=32))
def test_every_key_is_read_back(public: bytes) -> None:
    assert notes.read_key(notes.Key(public).text) == notes.Key(public)


@given(hexes.map(lambda text: text[:32]), numbers, st.binary(min_size=32, max_size=32), hexes)
def test_every_checkpoint_is_read_back(record: str, size: int, root: bytes, head: str) -> None:
    checkpoint = notes.Checkpoint(record, size, root, head, TIME)
    note = notes.Note(checkpoint.text(), KEY.id, bytes(64))

    assert notes.read_note(note.written()) == note
    assert notes.read_checkpoint(note.text) == checkpoint


@given(numbers, numbers, hexes)
def test_every_receipt_is_read_back(vote: int, change: int, leaf: str) -> None:
    receipt = notes.Receipt(RECORD, vote, "ef" * 16, change, leaf, TIME)

    assert notes.read_receipt(receipt.text()) == receipt


def test_a_rotation_is_read_back() -> None:
    rotation = notes.Rotation(KEY, notes.Key(bytes(32)), TIME)

    assert notes.read_rotation(rotation.text()) == rotation


@given(st.integers(0, len(NOTE) - 1), st.characters())
def test_one_changed_sign_makes_another_note_or_none(place: int, sign: str) -> None:
    changed = NOTE[:place] + sign + NOTE[place + 1 :]
    try:
        note = notes.read_note(changed)
    except ValueError:
        return
    assert (note.written() == changed, note == notes.read_note(NOTE)) == (True, changed == NOTE)


@pytest.mark.parametrize(
    "note",
    [
        "",
        "\n\n",
        NOTE.rstrip("\n"),
        NOTE + "\n",
        NOTE + NOTE.splitlines(keepends=True)[-1],
        NOTE.replace("— ", "- "),
        NOTE.replace("— folkmoot", "— another"),
        NOTE.replace("\n", "\r\n"),
        NOTE.replace("AAA=", "AAB="),
        NOTE[:-6] + "\n",
    ],
)
def test_what_is_no_note_is_refused(note: str) -> None:
    with pytest.raises(ValueError, match=r"not|base64"):
        notes.read_note(note) and notes.read_checkpoint(notes.read_note(note).text)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("\n7\n", "\n07\n"),
        ("\n7\n", "\n+7\n"),
        ("\n7\n", "\n٧\n"),
        ("\n7\n", "\n-7\n"),
        ("AAA=", "AAF="),
        ("AAA=", "AAA"),
        (RECORD, RECORD.upper()),
        (HEAD, HEAD[1:]),
        ("head ", "head  "),
        (TIME, "2026-05-01T20:00:00Z"),
        ("time ", "\ntime "),
    ],
)
def test_what_is_no_checkpoint_is_refused(old: str, new: str) -> None:
    text = CHECKPOINT.text().replace(old, new)

    with pytest.raises(ValueError, match=r"not"):
        notes.read_checkpoint(text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        KEY.text + "\n",
        KEY.text.replace("838c2516", "838c2517"),
        KEY.text.replace("+AQAB", "+AgAB"),
        KEY.text.replace("folkmoot", "another"),
        KEY.text[:-4],
        KEY.text + "====",
    ],
)
def test_what_is_no_key_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"not"):
        notes.read_key(text)


def test_one_kind_of_text_is_never_taken_for_another() -> None:
    receipt = notes.Receipt(RECORD, 1, "ef" * 16, 1, HEAD, TIME).text()
    rotation = notes.Rotation(KEY, KEY, TIME).text()
    readers = {CHECKPOINT.text(): notes.read_checkpoint, receipt: notes.read_receipt, rotation: notes.read_rotation}

    for text in readers:
        for own, reader in readers.items():
            if own != text:
                with pytest.raises(ValueError, match="not of this form"):
                    reader(text)
