"""The checks of faults/invariants.py find what they are for: each damage is planted past the guards, and is found."""

from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from django.db import connection
from django.test import override_settings

from core.actions import ballots, confidence, mandates
from core.rules.positions import Position
from core.signer import votes
from faults.invariants import broken
from tests import village
from tests.core.actions.scene import make_street, query
from tests.core.secret.scene import make_court, recall
from tests.scenes import scene

DAMAGES = {
    "UPDATE core_vote SET tally = '{\"agree\": 5}' WHERE counted_at IS NOT NULL": "5 vote",
    "UPDATE core_vote SET outcome = 'not_adopted' WHERE outcome = 'adopted'": "8 vote",
    "UPDATE core_vote SET ballots_root = repeat('0', 64) WHERE counted_at IS NOT NULL": "5 vote",
    "UPDATE core_vote SET roll_size = roll_size + 1": "3 a roll of another size",
    "UPDATE core_ballot SET changed_at = changed_at + interval '30 days'": "4 a ballot at or after the close",
    "DELETE FROM core_ballot WHERE id = (SELECT min(id) FROM core_ballot)": "5 vote",
    "UPDATE core_mandate SET ended_at = NULL, ending = ''": "6 a mandate stands",
    "UPDATE core_mandate SET ending = 'recall' WHERE ended_at IS NOT NULL": (
        "6 a mandate ended by a recall that did not pass"
    ),
    "UPDATE core_report SET at = at + interval '400 days'": "7 a report under an ended mandate",
    "UPDATE core_charter SET in_force_at = now() + interval '900 days'": "10 a charter that was not in force",
    "UPDATE core_proposal SET stage = 'voting', closed_at = NULL, stands = false, effect = ''": (
        "voted on without an open vote"
    ),
    "UPDATE core_vote SET tally = jsonb_set(tally, '{elected}', '[2]') WHERE seats = 1": "5 vote",
    "UPDATE core_vote SET seed = repeat('0', 64) WHERE seats = 1": "another seed than was sealed",
    "UPDATE core_vote SET outcome = 'not_adopted' WHERE seats = 1": "8 vote",
    "UPDATE core_ballot SET choice = '[2]' WHERE choice <> ''": "5 vote",
    "UPDATE core_candidacy SET number = number + 10": "6 a mandate of an election that its holder was not elected to",
    "DELETE FROM core_recordline WHERE seq = 3": "gap",
    "UPDATE core_recordline SET line = replace(line, 'adopted', 'blocked')": "broken",
    "UPDATE core_recordline SET hash = repeat('0', 64) WHERE seq = 3": "a stored hash is another",
    "UPDATE core_recordhead SET seq = seq + 1": "its head is not its last line",
    "UPDATE core_recordline SET what = 'vote.opened' WHERE what = 'vote.counted'": "15 vote.counted",
}

DAMAGES_TO_SECRET_VOTES = {
    "UPDATE core_vote SET tally = '{\"yes\": 5}' WHERE secret": "5 vote",
    'UPDATE core_vote SET listed = listed - 0 || \'[["x", "\\"no\\""]]\' WHERE secret': "5 vote",
    "UPDATE core_vote SET listed = NULL WHERE secret": "a tally of ballots that nobody may count",
    "UPDATE core_vote SET listed = listed - 0 WHERE secret": "14 a list that is not as long",
    "UPDATE core_vote SET outcome = 'not_adopted' WHERE secret": "8 vote",
    "UPDATE core_vote SET ballots_root = repeat('0', 64) WHERE secret": "5 vote",
    "UPDATE core_rollentry SET used = true WHERE vote_id IN (SELECT id FROM core_vote WHERE secret)": "14 used marks",
    "DELETE FROM core_sealedballot WHERE find = (SELECT min(find) FROM core_sealedballot)": "14 used marks",
    "UPDATE core_sealedballot SET box = 'x' WHERE find = (SELECT min(find) FROM core_sealedballot)": "14 boxes",
    "UPDATE core_vote SET secret = false, codes = false, listed = NULL": "2 a sealed ballot in an open vote",
    "UPDATE core_votekey SET vote_id = NULL": "a secret vote without a key",
    "INSERT INTO core_openedballots SELECT id, '[1]' FROM core_vote WHERE secret": "opened ballots stay behind",
    "UPDATE core_vote SET counted_at = NULL, outcome = '', reason = '', tally = NULL, listed = NULL WHERE secret": (
        "a key was destroyed before the count"
    ),
}


def make_history() -> None:
    """Decisions, a mandate, a report, its end by confidence."""
    street = make_street()
    mandate = village.make_mandate(street.body, street.members, street.bruno, author=street.ana)
    mandates.report(mandate, "All is well.", by=street.bruno)
    for person in street.members[2:]:
        confidence.withdraw(mandate, by=person)
    vote = village.make_vote(street.body, street.ana)
    village.cast(vote, street.ana, Position.AGREE)
    village.cast(vote, street.bruno, Position.RESERVATIONS)
    village.cast(vote, street.eva, Position.ABSTAIN)
    village.close(vote)
    vote = village.open_election(street.body, street.ana, street.eva, street.farid)
    for person in street.members[:3]:
        ballots.cast(vote, (1,), by=person)
    village.close(vote)


history = scene(make_history)


def make_secret_history() -> None:
    """A secret recall, counted, its key destroyed."""
    with TemporaryDirectory() as place, override_settings(SIGNER_FOLDER=Path(place) / "signer"):
        court = make_court()
        vote = recall(court)
        for person in court.people[:6]:
            village.cast_secretly(vote, person, "yes")
        village.close(vote)
        votes.destroy_counted()


secret_history = scene(make_secret_history)


DAMAGES_TO_SECRET_ELECTIONS = {
    "UPDATE core_vote SET tally = jsonb_set(tally, '{approvals,1}', '1') "
    "WHERE jsonb_typeof(listed -> 0) = 'array'": ", recount ",
    "UPDATE core_vote SET tally = jsonb_set(tally, '{ballots}', '7') WHERE jsonb_typeof(listed -> 0) = 'string'": (
        ", voted 6"
    ),
    "UPDATE core_vote SET tally = jsonb_set(tally, '{favour,1}', '2') WHERE jsonb_typeof(listed -> 0) = 'string'": (
        "elected with fewer in favour than the floor"
    ),
    "UPDATE core_vote SET outcome = 'no_quorum' WHERE jsonb_typeof(listed -> 0) = 'string'": "who voted",
    "UPDATE core_vote SET tally = '{\"elected\": []}' WHERE seats = 1 AND listed IS NULL": "adopted with [] elected",
    "UPDATE core_vote SET tally = tally || '{\"ballots\": 4}' WHERE seats = 1 AND listed IS NULL": (
        "sums of ballots that nobody may count"
    ),
    "UPDATE core_vote SET seed = repeat('0', 64) WHERE seats = 1": "another seed than was sealed",
    "UPDATE core_vote SET listed = listed - 0 WHERE seats = 1 AND listed IS NOT NULL": "14 a list that is not as long",
}


def make_secret_elections() -> None:
    """Three: one that is listed, one with numbers only, one of so few that only the outcome is told."""
    with TemporaryDirectory() as place, override_settings(SIGNER_FOLDER=Path(place) / "signer"):
        court = make_court()
        for candidates, voters in ((2, 6), (4, 6), (2, 4)):
            votes.stock(2)
            stand, title = court.people[2 : 2 + candidates], f"{voters} choose among {candidates}"
            vote = village.open_election(court.body, court.ana, *stand, title=title)
            for person in court.people[:voters]:
                village.cast_secretly(vote, person, (1,))
            village.close(vote)
        votes.destroy_counted()


secret_elections = scene(make_secret_elections)


def plant(damage: str) -> None:
    """Past all triggers and deferred checks, as the owner."""
    tables = [name for (name,) in query("SELECT tablename FROM pg_tables WHERE tablename LIKE 'core\\_%'")]
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        for table in tables:
            cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
        cursor.execute(damage)


def test_nothing_is_found_where_nothing_is_wrong(history: None) -> None:
    assert broken(query) == []


@pytest.mark.parametrize("damage", DAMAGES)
def test_each_damage_is_found(history: None, damage: str) -> None:
    if damage.startswith("DELETE FROM core_recordline"):
        plant("DELETE FROM core_recordtext WHERE line_id IN (SELECT id FROM core_recordline WHERE seq = 3)")

    plant(damage)

    found = broken(query)
    assert any(DAMAGES[damage] in each for each in found), found


def test_nothing_is_found_where_nothing_is_wrong_with_a_secret_vote(secret_history: None) -> None:
    assert broken(query) == []


@pytest.mark.parametrize("damage", DAMAGES_TO_SECRET_VOTES)
def test_each_damage_to_a_secret_vote_is_found(secret_history: None, damage: str) -> None:
    plant(damage)
    assert any(DAMAGES_TO_SECRET_VOTES[damage] in found for found in broken(query))


def test_nothing_is_found_where_nothing_is_wrong_with_secret_elections(secret_elections: None) -> None:
    assert broken(query) == []


@pytest.mark.parametrize("damage", DAMAGES_TO_SECRET_ELECTIONS)
def test_each_damage_to_a_secret_election_is_found(secret_elections: None, damage: str) -> None:
    plant(damage)
    found = broken(query)
    assert any(DAMAGES_TO_SECRET_ELECTIONS[damage] in each for each in found), found
