"""Receipts: one for each ballot as it stands, signed over its commitment, not over the position."""

import pytest

from core.models import Receipt, SigningKey
from core.record import label
from core.rules import chain, merkle, notes
from core.signer import keys
from tests import village
from tests.core.actions.scene import Street
from tests.core.signer.conftest import TestSigner
from tests.core.signer.test_checkpoints import rewrite


def test_a_receipt_names_vote_label_change_and_commitment(street: Street, signer: TestSigner) -> None:
    vote = village.make_vote(street.body, street.ana)
    ballot = village.cast(vote, street.ana, "agree")

    signer.one_pass()

    note = notes.read_note(Receipt.objects.get(ballot=ballot).note)
    said = notes.read_receipt(note.text)
    who = label(ballot.roll.membership)
    assert said.record == street.body.record_lines.get(seq=1).hash[:32]
    assert (said.vote, said.who, said.change, said.leaf) == (vote.pk, who, 1, ballot.leaf)
    assert keys.is_by(notes.read_key(SigningKey.objects.get().text), note)
    opened = merkle.leaf_hash(bytes(ballot.nonce) + chain.canonical(ballot.as_leaf(who)))
    assert opened.hex() == said.leaf
    assert "agree" not in note.text


def test_a_changed_ballot_gets_another_receipt_and_the_old_one_stays(street: Street, signer: TestSigner) -> None:
    vote = village.make_vote(street.body, street.ana)
    village.cast(vote, street.ana, "agree")
    signer.one_pass()
    ballot = village.cast(vote, street.ana, "abstain")
    signer.one_pass()
    signer.one_pass()

    found = [notes.read_receipt(notes.read_note(each.note).text) for each in Receipt.objects.order_by("change_no")]
    assert [each.change for each in found] == [1, 2]
    assert found[0].leaf != found[1].leaf == ballot.leaf


def test_a_state_that_was_over_before_the_signer_came_gets_none(street: Street, signer: TestSigner) -> None:
    """A lower change number proves only "changed later": what was changed between two passes has no receipt."""
    vote = village.make_vote(street.body, street.ana)
    village.cast(vote, street.ana, "agree")
    village.cast(vote, street.ana, "abstain")

    signer.one_pass()

    assert list(Receipt.objects.values_list("change_no", flat=True)) == [2]


def test_a_pass_without_news_looks_only_at_what_changed_lately(street: Street, signer: TestSigner) -> None:
    vote = village.make_vote(street.body, street.ana)
    village.cast(vote, street.ana, "agree")
    signer.one_pass()

    village.cast(vote, street.bruno, "agree")
    assert super(TestSigner, signer).one_pass()

    assert Receipt.objects.count() == 2


def test_a_body_whose_record_is_not_signed_gets_no_receipts(street: Street, signer: TestSigner) -> None:
    vote = village.make_vote(street.body, street.ana)
    signer.one_pass()
    rewrite(street.body)
    village.cast(vote, street.ana, "agree")

    signer.one_pass()

    assert not Receipt.objects.exists()


def test_more_ballots_than_one_batch_all_get_theirs(
    street: Street, signer: TestSigner, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("core.signer.receipts.BATCH", 1)
    vote = village.make_vote(street.body, street.ana)
    for person in (street.ana, street.bruno, street.eva):
        village.cast(vote, person, "agree")

    signer.one_pass()

    assert Receipt.objects.count() == 3
