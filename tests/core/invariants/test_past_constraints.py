"""Checks of what the database itself refuses: its constraints are taken away, the damage planted, and found."""

import pytest
from django.db import connection

from faults.checks import BACKWARDS
from faults.invariants import broken
from faults.lines import wrong_lines
from tests.core.actions.scene import query
from tests.core.invariants.test_invariants import history, plant

__all__ = ["history"]

FREE = """DO $$ DECLARE each record; places regclass[] := ARRAY['core_ballot', 'core_charter', 'core_mandate',
    'core_membership', 'core_notice', 'core_proposal', 'core_recordline', 'core_rollentry', 'core_vote']; BEGIN
    FOR each IN SELECT conrelid::regclass AS place, conname FROM pg_constraint WHERE conrelid = ANY(places)
        AND contype IN ('c', 'f', 'u') OR confrelid = ANY(places) LOOP
        EXECUTE format('ALTER TABLE %s DROP CONSTRAINT %I', each.place, each.conname);
    END LOOP;
    FOR each IN SELECT indexrelid::regclass AS place FROM pg_index
        WHERE indisunique AND NOT indisprimary AND indrelid = ANY(places) LOOP
        EXECUTE format('DROP INDEX %s', each.place);
    END LOOP;
END $$"""
DAMAGES = {
    "INSERT INTO core_ballot SELECT (jsonb_populate_record(b, '{\"id\": -1}')).* FROM core_ballot b LIMIT 1": (
        "2 two ballots of one elector"
    ),
    "DELETE FROM core_rollentry WHERE id = (SELECT min(roll_id) FROM core_ballot)": "3 a ballot of somebody who is not",
    "UPDATE core_proposal SET kind = 'recall', stage = 'adopted', mandate_id = (SELECT min(id) FROM core_mandate)": (
        "6 a recall passed and its mandate did not end"
    ),
    "UPDATE core_proposal SET stage = 'voting', mandate_id = (SELECT min(id) FROM core_mandate)": (
        "6 a recall is open though its mandate has ended"
    ),
    "UPDATE core_vote SET tally = '{\"agree\": 2, \"block\": 1}', rule = 'consensus', outcome = 'adopted'": "9 vote",
    """INSERT INTO core_vote SELECT (jsonb_populate_record(v, '{"id": -1, "number": 2, "charter_id": -1}')).*
        FROM core_vote v LIMIT 1""": "10 another charter within one proposal",
    """INSERT INTO core_vote SELECT (jsonb_populate_record(v, jsonb_build_object('id', n, 'second_call', true))).*
        FROM core_vote v, generate_series(-2, -1) n
        WHERE v.id = (SELECT min(id) FROM core_vote)""": "two votes of a second call",
    """INSERT INTO core_notice SELECT (jsonb_populate_record(NULL::core_notice, jsonb_build_object(
        'id', n, 'cause_id', -1, 'person_id', -1, 'at', now(), 'mail', ''))).*
        FROM generate_series(-2, -1) n""": "22 a notice twice",
    "UPDATE core_membership SET ended_at = joined_at - interval '1 day', ending = 'left'": (
        "23 a ballot after its elector left"
    ),
    "UPDATE core_mandate SET ended_at = NULL, ending = '', person_id = -1": "23 somebody who is no member",
    "UPDATE core_vote SET counted_at = NULL": "a vote is open on a proposal that is not",
    "UPDATE core_vote SET outcome = 'blocked'": "the record tells another outcome",
    "UPDATE core_vote SET reason = 'blocked'": "the record tells another reason",
    "UPDATE core_vote SET roll_size = roll_size + 1": "the record tells another roll",
    """UPDATE core_recordline SET line = replace(line, '"rule":"consensus"', '"rule":"weak"')""": (
        "the record tells another rule"
    ),
    "UPDATE core_vote SET tally = '{}'": "the record tells another tally",
    "UPDATE core_vote SET ballots_root = repeat('0', 64)": "the record tells another ballots",
    "UPDATE core_charter SET number = number + 7": "the record tells another charter",
    "UPDATE core_textversion SET number = number + 7": "the record tells another version",
    "DELETE FROM core_vote": "no such vote",
}


def free_of_constraints() -> None:
    """No check, key or uniqueness stands any more, until this test is over."""
    plant("SELECT 1")
    with connection.cursor() as cursor:
        cursor.execute(FREE)


@pytest.mark.parametrize("damage", DAMAGES)
def test_each_damage_is_found_past_all_constraints(history: None, damage: str) -> None:
    free_of_constraints()

    query(f"WITH planted AS ({damage} RETURNING 1) SELECT count(*) FROM planted")

    found = broken(query)
    assert any(DAMAGES[damage] in each for each in found), found


def test_record_and_tables_tell_the_same_where_nothing_is_wrong(history: None) -> None:
    assert wrong_lines(query) == []
    assert query(BACKWARDS) == []


def test_a_line_written_before_the_one_it_follows_is_found(history: None) -> None:
    plant("UPDATE core_recordline SET at = at - interval '900 days' WHERE seq = 3")

    assert query(BACKWARDS) != []
