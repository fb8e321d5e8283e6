"""Lines that the house would not write, as somebody could who has taken over the web: every record is still signed."""

import threading
from unittest.mock import Mock

import pytest
from django.db import transaction

from core.models import Body, Checkpoint, RecordLine
from core.record import record
from core.signer import checkpoints, loop, memory
from core.timekeeping import folkmoot_now
from tests import village
from tests.core.actions.scene import Street
from tests.core.signer.conftest import TestSigner, unguarded


def told(body: Body, what: str, **data: object) -> None:
    """One line, rightly chained."""
    with transaction.atomic():
        record(what, body, by=None, at=folkmoot_now(), **data)  # type: ignore[arg-type]


ODD: list[tuple[str, dict[str, object]]] = [
    ("mandate.ended", {}),
    ("mandate.ended", {"mandate": [1], "how": "term"}),
    ("mandate.ended", {"mandate": "one", "how": {}}),
    ("record.restored", {}),
    ("record.restored", {"checkpoint": 5, "lost": 7}),
    ("record.restored", {"checkpoint": ["x"], "lost": [["y"]]}),
]


@pytest.mark.parametrize(("what", "data"), ODD)
def test_an_odd_line_is_signed_like_any_other_and_remembered_as_nothing(
    street: Street, signer: TestSigner, what: str, data: dict[str, object]
) -> None:
    told(street.body, what, **data)
    other = village.make_council("Birch Street", village.make_people("vera", "wanda", "xenia"))

    assert signer.one_pass()
    assert signer.one_pass()

    for body in (street.body, other):
        newest = Checkpoint.objects.newest_of(body)
        assert newest is not None
        assert newest.size == RecordLine.objects.filter(body=body).count()
        kept = memory.recall(signer.folder, body.pk)
        assert (kept.endings, kept.lost) == ({}, ())


def test_a_line_that_is_no_json_stops_its_own_record_only(street: Street, signer: TestSigner) -> None:
    signer.one_pass()
    told(street.body, "record.restored")
    with unguarded("core_recordline") as cursor:
        cursor.execute("UPDATE core_recordline SET line = 'Dear neighbours' WHERE what = 'record.restored'")
    other = village.make_council("Birch Street", village.make_people("vera", "wanda", "xenia"))

    assert signer.one_pass()

    assert signer.stopped == {street.body.pk}
    assert Checkpoint.objects.newest_of(other) is not None


def test_what_nobody_foresaw_in_one_record_keeps_no_other_from_being_signed(
    street: Street, signer: TestSigner, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = village.make_council("Birch Street", village.make_people("vera", "wanda", "xenia"))
    sign_one = checkpoints.sign_one

    def broken(folder: object, signing: object, body_id: int) -> None:
        if body_id == street.body.pk:
            raise RuntimeError
        sign_one(folder, signing, body_id)  # type: ignore[arg-type]

    monkeypatch.setattr(checkpoints, "sign_one", broken)
    assert signer.one_pass()

    assert signer.stopped == {street.body.pk}
    assert Checkpoint.objects.newest_of(other) is not None


def test_the_loop_goes_on_after_what_nobody_foresaw(monkeypatch: pytest.MonkeyPatch) -> None:
    enough, passes = threading.Event(), []

    def one_pass(_signer: loop.Signer) -> bool:
        passes.append(1)
        if len(passes) == 2:
            enough.set()
        raise RuntimeError

    monkeypatch.setattr(loop.Signer, "one_pass", one_pass)
    monkeypatch.setattr(loop, "PAUSE_SECONDS", 0)
    monkeypatch.setattr(loop, "close_old_connections", Mock())
    monkeypatch.setattr(loop, "connection", Mock())
    loop.loop(enough)

    assert len(passes) == 2
