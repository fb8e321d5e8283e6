"""What members keep: checkpoints on the record's page, on paper and in the digest; receipts; the house's keys."""

from typing import Any

import pytest
from django.core import mail
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from core.models import Body, Checkpoint, Receipt, SigningKey
from core.notices import digests, mails
from core.queries import records
from core.rules import notes
from core.signer import keys
from core.timekeeping import folkmoot_now
from tests import village
from tests.core.actions.scene import Street
from tests.core.signer.conftest import TestSigner
from tests.core.signer.test_checkpoints import rewrite


@pytest.fixture
def ana(street: Street) -> Client:
    """Ana's browser."""
    client = Client()
    client.force_login(street.ana, backend="django.contrib.auth.backends.ModelBackend")
    return client


def read(client: Client, name: str, *keys_of_it: object, status: int = 200) -> str:
    """A page."""
    answer = client.get(reverse(f"core:{name}", args=keys_of_it))
    assert answer.status_code == status
    return answer.content.decode()


def newest(body: Body) -> Checkpoint:
    found = Checkpoint.objects.newest_of(body)
    assert found is not None
    return found


def test_record_list_shows_the_newest_checkpoint_and_what_waits(
    street: Street, ana: Client, signer: TestSigner
) -> None:
    assert "Nothing of this record is signed yet" in read(ana, "record-list", street.body.slug)
    signer.one_pass()
    village.make_proposal(street.body, street.ana)

    page = read(ana, "record-list", street.body.slug)

    assert newest(street.body).short_root in page
    assert "1 newer line is not signed yet" in page
    assert "not signed any more" not in page


def test_record_list_says_when_the_record_does_not_go_on(street: Street, ana: Client, signer: TestSigner) -> None:
    signer.one_pass()
    size = newest(street.body).size
    rewrite(street.body)
    signer.one_pass()

    page = read(ana, "record-list", street.body.slug)

    assert "This record is not signed any more" in page
    assert f"It does not go on from line {size}, where it was signed last" in page


@pytest.mark.parametrize("asked", ["", "?what=proposals"])
def test_record_list_takes_as_many_statements_in_a_large_body(
    street: Street, ana: Client, signer: TestSigner, monkeypatch: pytest.MonkeyPatch, asked: str
) -> None:
    village.make_proposal(street.body, street.ana)
    village.make_mandate(street.body, street.members, street.bruno, author=street.ana)
    signer.one_pass()
    path = reverse("core:record-list", args=[street.body.slug]) + asked

    def statements() -> int:
        with CaptureQueriesContext(connection) as sent:
            page = ana.get(path)
        assert "(you)" in page.content.decode()
        return len([query for query in sent if "SAVEPOINT" not in query["sql"]])

    small = statements()
    monkeypatch.setattr(records, "NAMED_UP_TO", 1)

    assert statements() == small
    assert small <= 12


def test_checkpoint_file_is_the_note_as_it_was_signed(street: Street, ana: Client, signer: TestSigner) -> None:
    read(ana, "checkpoint-file", street.body.slug, status=404)
    signer.one_pass()

    answer = ana.get(reverse("core:checkpoint-file", args=[street.body.slug]))

    note = notes.read_note(answer.content.decode())
    assert notes.read_checkpoint(note.text).size == newest(street.body).size
    assert answer["Content-Type"] == "text/plain; charset=utf-8"
    assert f"{street.body.slug}-checkpoint-" in answer["Content-Disposition"]


def test_a_listed_body_gives_its_checkpoint_to_everybody(street: Street, signer: TestSigner) -> None:
    signer.one_pass()

    assert read(Client(), "checkpoint-file", street.body.slug) == newest(street.body).note
    assert newest(street.body).short_root in read(Client(), "checkpoint-print", street.body.slug)


def test_checkpoint_print_has_the_note_and_a_code_of_it(street: Street, ana: Client, signer: TestSigner) -> None:
    signer.one_pass()

    page = read(ana, "checkpoint-print", street.body.slug)

    assert newest(street.body).note.strip() in page
    assert "QR code with the checkpoint" in page


def test_proposal_detail_offers_the_receipt_once_it_is_signed(street: Street, ana: Client, signer: TestSigner) -> None:
    vote = village.make_vote(street.body, street.ana)
    file = reverse("core:receipt-file", args=[vote.pk])
    assert "receipt" not in read(ana, "proposal-detail", vote.proposal_id)

    village.cast(vote, street.ana, "agree")
    assert "Your receipt is being signed" in read(ana, "proposal-detail", vote.proposal_id)
    signer.one_pass()
    page = read(ana, "proposal-detail", vote.proposal_id)
    assert ("Take your receipt" in page, file in page) == (True, True)
    village.cast(vote, street.ana, "abstain")
    page = read(ana, "proposal-detail", vote.proposal_id)
    assert "The one before your change is here." in page


def test_receipt_file_is_ones_own_alone(street: Street, ana: Client, signer: TestSigner) -> None:
    vote = village.make_vote(street.body, street.ana)
    village.cast(vote, street.ana, "agree")
    signer.one_pass()
    bruno = Client()
    bruno.force_login(street.bruno, backend="django.contrib.auth.backends.ModelBackend")

    text = read(ana, "receipt-file", vote.pk)

    assert text == Receipt.objects.get().note
    assert notes.read_receipt(notes.read_note(text).text).vote == vote.pk
    read(bruno, "receipt-file", vote.pk, status=404)


def test_house_keys_show_all_keys_and_how_they_followed(street: Street, signer: TestSigner) -> None:
    assert "No key yet" in read(Client(), "house-keys")
    signer.one_pass()
    keys.rotate(signer.folder, folkmoot_now())
    signer.one_pass()
    old, new = SigningKey.objects.order_by("pk")

    page = read(Client(), "house-keys")
    file = read(Client(), "house-keys-file")

    assert page.index(new.text) < page.index("Signed before")
    assert file == f"{old.text}\n\n{new.text}\n{new.rotation}"


def test_house_keys_say_when_a_key_was_lost(street: Street, signer: TestSigner) -> None:
    signer.one_pass()
    next(signer.folder.keys.glob("*.key")).unlink()
    keys.make(signer.folder)
    signer.one_pass()

    assert "No earlier key has signed this one" in read(Client(), "house-keys")


def test_the_digest_carries_the_newest_checkpoint_of_each_body(street: Street, signer: TestSigner) -> None:
    other = village.make_council("Hill", [street.ana, *village.make_people("gil", "hana")])
    signer.one_pass()

    letter = digests.letter(street.ana, [], folkmoot_now())
    found: Any = letter.content["checkpoints"]

    assert [each.body for each in found] == [street.body, other]
    assert [each.size for each in found] == [newest(street.body).size, newest(other).size]


def test_the_digest_says_it_in_text_and_html_in_the_readers_language(street: Street, signer: TestSigner) -> None:
    signer.one_pass()
    street.ana.language = "es"

    mails.send(village.confirm(street.ana, "ana@example.org"), digests.letter(street.ana, [], folkmoot_now()))

    checkpoint = newest(street.body)
    said = f"Alder Street: {checkpoint.size} líneas, huella {checkpoint.short_root} ("
    sent: Any = mail.outbox[0]
    assert (said in sent.body, said in sent.alternatives[0][0]) == (True, True)


def test_the_api_gives_checkpoints_receipts_and_keys(street: Street, ana: Client, signer: TestSigner) -> None:
    vote = village.make_vote(street.body, street.ana)
    village.cast(vote, street.ana, "agree")
    signer.one_pass()
    receipt = reverse("api:receipt-read", args=[vote.proposal_id, vote.number])

    checkpoints = ana.get(reverse("api:checkpoint-list", args=[street.body.slug])).json()["results"]
    assert [each["note"] for each in checkpoints] == [newest(street.body).note]
    assert ana.get(receipt).json()["note"] == Receipt.objects.get().note
    known = Client().get(reverse("api:house-keys")).json()["results"]
    assert [each["text"] for each in known] == [SigningKey.objects.get().text]
