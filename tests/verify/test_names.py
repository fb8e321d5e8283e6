"""What only the members' file tells: how often a mandate was renewed goes by its name, a charter by its words."""

from dataclasses import replace
from datetime import timedelta

import pytest

from core.actions import charter_changes, charters, mandates, opening
from core.models import RecordText
from core.timekeeping import folkmoot_now
from tests import village
from tests.core.actions.scene import Street, make_street
from tests.scenes import scene
from tests.verify.honest import assert_whole, found, members_file
from tests.verify.story import Line, bound, parsed
from verify.canonical import commitment

pytestmark = pytest.mark.django_db

street = scene(make_street)


def granted(objects: list[Line]) -> list[Line]:
    """The lines that give mandates."""
    return [each for each in objects if each.get("what") == "mandate.granted"]


def test_a_renewal_that_is_not_counted_is_found_by_the_name(street: Street) -> None:
    for _time in range(2):
        mandate = village.make_mandate(street.body, street.members, street.bruno, author=street.ana)
        mandates.resign(mandate, by=street.bruno)
    assert_whole(street.body)
    objects = parsed(members_file(street.body))
    assert [each["data"]["renewal"] for each in granted(objects)] == [0, 1]

    granted(objects)[1]["data"]["renewal"] = 0

    assert found(bound(objects)).codes == {"renewal_otherwise"}
    RecordText.objects.all().delete()  # with no names nobody knows
    objects = parsed(members_file(street.body))
    granted(objects)[1]["data"]["renewal"] = 0
    assert found(bound(objects)).broken == []


def test_other_words_of_a_charter_than_were_voted_on_are_found(street: Street) -> None:
    numbers = replace(street.body.charters.latest("number").numbers, term_days=100)
    content = charters.Draft("We look after our street.", "Nobody is left alone.", numbers)
    change = charter_changes.propose(
        street.body, content, by=street.ana, at=folkmoot_now(), title="Shorter terms", text="A hundred days."
    )
    village.move_clock(timedelta(days=8))
    vote = opening.open_vote(change, by=street.ana)
    for person in street.members:
        village.cast(vote, person, "agree")
    village.close(vote)
    assert_whole(street.body)

    objects = parsed(members_file(street.body))
    line = next(each for each in objects if each.get("what") == "charter.adopted" and each["data"]["charter"] == 2)
    words = next(each for each in objects if each.get("line") == line["seq"] and each["name"] == "unity")
    words["text"] = "Everybody looks after themselves."
    line["data"]["texts"]["unity"] = commitment(bytes.fromhex(words["nonce"]), words["text"])
    assert found(bound(objects)).codes == {"charter_other"}
