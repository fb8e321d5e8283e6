"""The register of decisions and the record on their pages."""

import hashlib
import json
from datetime import date, timedelta

import pytest

from core.actions import comments, memberships
from core.models import RecordLine
from core.timekeeping import folkmoot_now
from tests import village
from tests.core.pages.cast import Queries, SignedIn, Street

pytestmark = pytest.mark.django_db


def test_decision_list_shows_what_is_in_force_and_how_it_was_decided(street: Street, as_person: SignedIn) -> None:
    village.decide(street.body, street.members[:4], street.ana, title="Bike racks", review_on=date(2099, 1, 1))
    village.make_mandate(street.body, street.members, street.bruno, author=street.ana)

    page = as_person(street.carla).get(f"/b/{street.body.slug}/decisions/").content.decode()

    assert "Bike racks" in page
    assert "Adopted: 4 of 4 who took part agree and nobody blocks." in page
    assert "1 January 2099" in page
    assert "Run the tool library" not in page


def test_decision_list_moves_a_replaced_decision_to_those_no_longer_in_force(
    street: Street, as_person: SignedIn
) -> None:
    old = village.decide(street.body, street.members, street.ana, title="Bike racks")
    village.decide(street.body, street.members, street.ana, title="Bike shed", replaces=old)
    client, url = as_person(street.carla), f"/b/{street.body.slug}/decisions/"

    in_force, ended = client.get(url).content.decode(), client.get(f"{url}?which=ended").content.decode()

    assert "Bike shed" in in_force
    assert "Bike racks" not in in_force
    assert "Bike racks" in ended
    assert "replaced by a later decision" in ended


def test_decision_list_has_a_tab_for_what_is_due_for_review(street: Street, as_person: SignedIn) -> None:
    soon = (folkmoot_now() + timedelta(days=40)).date()
    village.decide(street.body, street.members, street.ana, title="Bike racks", review_on=soon)
    village.decide(street.body, street.members, street.ana, title="Bench", review_on=date(2099, 1, 1))

    page = as_person(street.carla).get(f"/b/{street.body.slug}/decisions/?which=review").content.decode()

    assert "Bike racks" in page
    assert "Bench" not in page


def test_decision_list_finds_words_of_title_and_text(street: Street, as_person: SignedIn) -> None:
    village.decide(street.body, street.members, street.ana, title="Bike racks")
    client, url = as_person(street.carla), f"/b/{street.body.slug}/decisions/"

    assert "Bike racks" in client.get(f"{url}?q=COMMON+garden").content.decode()
    assert "Nothing found" in client.get(f"{url}?q=tractor").content.decode()


def test_decision_list_that_is_empty_says_what_to_do_first(street: Street, as_person: SignedIn) -> None:
    page = as_person(street.carla).get(f"/b/{street.body.slug}/decisions/").content.decode()

    assert "Nothing is decided yet" in page


def test_record_list_tells_in_plain_words_who_did_what(street: Street, as_person: SignedIn) -> None:
    vote = village.make_vote(street.body, street.ana, title="Bike racks")
    village.cast(vote, street.bruno, "agree")
    village.close(vote)

    page = as_person(street.ana).get(f"/b/{street.body.slug}/record/").content.decode()

    assert "The body was formed." in page
    assert "Bruno joined." in page
    assert "Ana (you) put up for discussion: “Bike racks”." in page
    assert "The vote on “Bike racks” opened, with 5 on the roll." in page
    assert "The vote on “Bike racks” was counted: 1 agrees." in page
    assert f'<a href="{vote.proposal.get_absolute_url()}">The vote on “Bike racks” was counted' in page
    assert page.count(f"line {RecordLine.objects.latest('seq').seq}<") == 1


def test_record_list_shows_one_sort_of_lines(street: Street, as_person: SignedIn) -> None:
    village.make_proposal(street.body, street.ana, title="Bike racks")
    url = f"/b/{street.body.slug}/record/"

    page = as_person(street.ana).get(f"{url}?what=members").content.decode()

    assert "Bruno joined." in page
    assert "Bike racks" not in page


def test_every_line_that_is_written_has_words(street: Street, as_person: SignedIn) -> None:
    mandate = village.make_mandate(street.body, street.members, street.bruno, author=street.ana)
    vote = village.open_recall(mandate, street.carla)
    for person in (street.carla, street.eva, street.farid):
        village.cast(vote, person, "yes")
    blocked = village.make_vote(street.body, street.ana)
    for person in (street.carla, street.eva, street.farid):
        village.cast(blocked, person, "agree")
    village.cast(blocked, street.bruno, "block", "It floods my cellar.")
    village.close(blocked)
    comments.write(blocked.proposal, "And with a pump?", by=street.eva, at=folkmoot_now())
    memberships.leave(street.body, by=street.farid)

    page = as_person(street.ana).get(f"/b/{street.body.slug}/record/").content.decode()

    assert "The mandate “Run the tool library” ended: recalled." in page
    for what in RecordLine.objects.values_list("what", flat=True).distinct():
        assert what not in page


def test_record_file_holds_every_line_as_it_was_hashed(street: Street, as_person: SignedIn) -> None:
    village.make_proposal(street.body, street.ana)

    answer = as_person(street.ana).get(f"/b/{street.body.slug}/record-members.jsonl")

    sent = b"".join(answer).decode().splitlines()
    rows = list(RecordLine.objects.order_by("seq"))
    assert "attachment" in answer["Content-Disposition"]
    lines = [line for line in sent if "with" not in json.loads(line)]
    assert [json.loads(line)["seq"] for line in lines] == list(range(1, len(rows) + 1))
    assert [hashlib.sha256(line.encode()).hexdigest() for line in lines] == [row.hash for row in rows]


def test_register_and_record_are_not_found_by_outsiders(street: Street, as_person: SignedIn) -> None:
    for place in ("decisions/", "record/", "record-members.jsonl"):
        assert as_person(street.dario).get(f"/b/{street.body.slug}/{place}").status_code == 404


@pytest.mark.parametrize("place", ["decisions/", "record/"])
def test_register_and_record_ask_the_database_as_often_for_one_as_for_many(
    street: Street, as_person: SignedIn, django_assert_max_num_queries: Queries, place: str
) -> None:
    for number in range(4):
        village.decide(street.body, street.members[:3], street.members[number], title=f"Decision {number}")
    client = as_person(street.ana)

    with django_assert_max_num_queries(12):  # with session and person
        page = client.get(f"/b/{street.body.slug}/{place}").content.decode()

    assert "Decision 3" in page
