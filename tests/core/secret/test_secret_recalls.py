"""A secret recall from its opening to its count."""

import json

import pytest

from core.actions import closing
from core.actions.settling import settle
from core.models import OpenedBallots, Proposal, RecordLine, SealedBallot, Vote, VoteKey
from core.record import label_of
from core.rules.secrecy import new_code, normal, show_of
from core.signer import votes
from core.signer.folder import SignerFolder
from tests import village
from tests.core.secret.scene import Court, make_court, recall


def last(what: str) -> dict[str, object]:
    """What the newest record line of this sort says."""
    line = RecordLine.objects.filter(what=what).latest("pk")
    return dict(json.loads(line.line)["data"])


def test_a_secret_recall_is_opened_sealed_counted_and_its_key_destroyed(
    court: Court, signer_folder: SignerFolder
) -> None:
    vote = recall(court)
    key = VoteKey.objects.get(vote=vote)
    assert (vote.secret, vote.codes, vote.roll_size) == (True, True, 8)
    assert last("vote.opened") | {"secret": True, "codes": True, "key": key.public} == last("vote.opened")

    choices = ["yes", "yes", "yes", "yes", "yes", "no", "abstain"]
    sent = [village.cast_secretly(vote, p, c) for p, c in zip(court.people, choices, strict=False)]
    assert vote.roll.filter(used=True).count() == SealedBallot.objects.filter(vote=vote).count() == 7
    assert len({len(bytes(box)) for box in SealedBallot.objects.values_list("box", flat=True)}) == 1
    vote.refresh_from_db()
    assert vote.counted_at is None  # more than half say yes: a secret recall never closes early

    village.close(vote)

    assert (vote.outcome, vote.reason, vote.tally) == ("adopted", "adopted", {"yes": 5, "no": 1, "abstain": 1})
    court.mandate.refresh_from_db()
    assert court.mandate.ending == "recall"
    listed = sorted([show_of(vote.pk, s.code), json.dumps(c)] for s, c in zip(sent, choices, strict=True))
    assert vote.listed == listed
    counted = last("vote.counted")
    assert counted["list"] == listed
    assert counted["tally"] == vote.tally
    assert counted["voted"] == sorted(label_of(person, court.body) for person in court.people[:7])
    assert "ballots" not in counted
    assert not OpenedBallots.objects.exists()

    private = signer_folder.votes / f"{key.key_id}.key"
    assert private.exists()
    assert votes.destroy_counted() == 1
    key.refresh_from_db()
    assert key.destroyed_at is not None
    assert not private.exists()
    assert votes.destroy_counted() == 0


def test_the_signer_opens_first_then_it_is_counted(court: Court) -> None:
    vote = recall(court)
    village.cast_secretly(vote, court.ana, "yes")
    assert votes.open_closed() == 0  # it is open
    village.move_clock(vote.closes_at - vote.opened_at)

    settle()
    assert closing.close(vote.pk) is False  # and does not run against the database, which would refuse it too
    assert not Vote.objects.filter(counted_at__isnull=False, pk=vote.pk).exists()  # being counted
    assert votes.open_closed() == 1
    assert votes.open_closed() == 0
    settle()

    vote.refresh_from_db()
    assert vote.counted_at is not None
    assert Proposal.objects.get(pk=vote.proposal_id).stage == "not_adopted"


def test_what_the_signer_hands_over_is_in_no_order(court: Court) -> None:
    vote = recall(court)
    sent = [village.cast_secretly(vote, person, "yes").show for person in court.people]
    village.move_clock(vote.closes_at - vote.opened_at)
    votes.open_closed()
    (rows,) = OpenedBallots.objects.values_list("ballots", flat=True)
    handed_over = [show for show, _choice in rows]
    assert sorted(handed_over) == sorted(sent)
    assert handed_over not in (sent, sent[::-1], sorted(sent))  # by chance once in thirteen thousand


def test_the_same_code_again_is_the_same_ballot(court: Court) -> None:
    vote = recall(court)
    code = new_code()
    first = village.cast_secretly(vote, court.ana, "yes", code)
    again = village.cast_secretly(vote, court.ana, "no", code.lower().replace("-", " "))

    assert (first.changed, again.changed) == (False, True)
    assert first.show == again.show
    assert SealedBallot.objects.count() == 1
    for person in court.people[1:6]:
        village.cast_secretly(vote, person, "yes")
    assert village.close(vote).tally == {"yes": 5, "no": 1}


@pytest.mark.django_db
@pytest.mark.parametrize("secret_from", [None, 9])
def test_where_the_charter_or_the_roll_does_not_ask_for_it_a_recall_is_open(secret_from: int | None) -> None:
    court = make_court(secret_from=secret_from)
    vote = recall(court)
    assert (vote.secret, vote.codes) == (False, False)
    assert not Vote.objects.filter(key__isnull=False).exists()
    village.cast(vote, court.ana, "yes")


def test_a_code_is_read_as_it_was_meant() -> None:
    assert normal("0ik23-45678-9abcd-efghj ") == normal("OLK23 45678 9ABCD EFGHJ".lower())
    for wrong in ("", "0123", "U" * 20, "0" * 21):
        with pytest.raises(ValueError, match="not a code"):
            normal(wrong)
