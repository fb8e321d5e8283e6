"""With no key a secret recall waits for one (docs/adr/0030): the record holds meanwhile, and says what it waits for."""

import pytest

from core.actions import memberships, recalls
from core.actions.settling import settle
from core.signer import votes
from core.signer.folder import SignerFolder
from tests import village
from tests.core.secret.scene import Court, make_court
from tests.scenes import scene
from tests.verify.honest import assert_whole, found, members_file
from tests.verify.story import bound, parsed, where

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("signer_folder")]

court = scene(make_court)


def test_while_it_waits_and_when_its_vote_begins(court: Court, signer_folder: SignerFolder) -> None:
    recalls.open_recall(court.mandate, "No word for weeks.", by=court.ana)
    assert assert_whole(court.body).unknown["recall_waits"] == 1

    votes.stock(1)
    settle()

    assert assert_whole(court.body).unknown["recall_waits"] == 0


def test_when_its_mandate_ends_otherwise(court: Court) -> None:
    recalls.open_recall(court.mandate, "No word for weeks.", by=court.ana)
    memberships.leave(court.body, by=court.bruno)
    assert_whole(court.body)

    objects = parsed(members_file(court.body))
    del objects[where(objects, "mandate.ended")]
    assert "overtaken_without" in found(bound(objects)).codes


def test_where_no_secret_vote_is_due_none_waits(court: Court) -> None:
    memberships.leave(court.body, by=court.people[7])
    memberships.leave(court.body, by=court.people[6])
    village.open_recall(court.mandate, court.ana)
    assert_whole(court.body)

    objects = parsed(members_file(court.body))
    place = max(number for number, each in enumerate(objects) if each.get("what") == "vote.opened")
    del objects[place:]
    assert "recall_not_voted" in found(bound(objects)).codes


def test_a_recall_is_not_voted_on_openly_where_it_has_to_be_secret(court: Court) -> None:
    votes.stock(1)
    village.open_recall(court.mandate, court.ana)
    objects = parsed(members_file(court.body))
    opened = objects[where(objects, "vote.opened", matter="recall")]["data"]
    assert objects[where(objects, "charter.adopted")]["data"]["rules"] == 2
    for name in ("secret", "codes", "key"):
        del opened[name]

    assert found(bound(objects)).codes == {"secret_otherwise"}
