"""What the database itself refuses: ranges of charters, frozen rows, late ballots, and the web role's hands."""

from datetime import timedelta

import psycopg
import pytest
from django.conf import settings
from django.db import DatabaseError, transaction

from core.actions import mandates, opening, proposals
from core.models import Ballot, Charter
from core.rules.positions import Position
from core.timekeeping import folkmoot_now
from tests import village
from tests.core.actions.scene import Street, query, refused_by_the_database, run, state

# One violation of every CHECK of a charter; where a name of a constraint stands, that one refuses.
OUT_OF_RANGE = {
    "consensus_up_to = 2": "charter_consensus_up_to_in_range",
    "consensus_up_to = 151": "charter_consensus_up_to_in_range",
    "agreement_num = 13, agreement_den = 20": "charter_agreement_in_range",
    "agreement_num = 19, agreement_den = 20": "charter_agreement_in_range",
    "agreement_den = 0": "charter_agreement_in_range",
    "quorum_num = 19, quorum_den = 100, second_quorum_num = 19, second_quorum_den = 100": "charter_quorum_in_range",
    "quorum_num = 4, quorum_den = 5": "charter_quorum_in_range",
    "second_quorum_num = 1, second_quorum_den = 6": "charter_second_quorum_in_range",
    "second_quorum_num = 3, second_quorum_den = 5": "charter_second_quorum_not_above",
    "discussion_days = 2": "charter_discussion_days_in_range",
    "discussion_days = 31": "charter_discussion_days_in_range",
    "voting_hours = 23": "charter_voting_hours_in_range",
    "voting_hours = 721": "charter_voting_hours_in_range",
    "recall_hours = 23": "charter_recall_hours_in_range",
    "recall_hours = 169": "charter_recall_hours_in_range",
    "asides_num = 2, asides_den = 3": "charter_asides_in_range",
    "round_days = 2": "charter_round_days_in_range",
    "round_days = 31": "charter_round_days_in_range",
    "rounds_max = 0": "charter_rounds_max_in_range",
    "rounds_max = 7": "charter_rounds_max_in_range",
    "after_rounds = 'majority'": "charter_after_rounds_known",
    "term_days = 0": "charter_term_days_in_range",
    "term_days = 731": "charter_term_days_in_range",
    "renewals = -1": "charter_renewals_in_range",
    "renewals = 4": "charter_renewals_in_range",
    "admission = 'closed'": "charter_admission_and_waiting",
    "admission = 'open', waiting_days = 13": "charter_admission_and_waiting",
    "waiting_days = 91": "charter_waiting_days_in_range",
    "open_proposals = 0": "charter_open_proposals_in_range",
    "open_proposals = 11": "charter_open_proposals_in_range",
    "counts_visible = 'all'": "charter_counts_known",
    "secret_from = 6": "charter_secret_from_seven",
    "time_zone = ''": "charter_has_a_time_zone",
}


def test_a_charter_out_of_range_is_refused(street: Street) -> None:
    draft = Charter.objects.create(
        body=street.body,
        number=2,
        purpose="Drafted.",
        drafted_at=folkmoot_now(),
        based_on=street.body.charters.get(),
    )
    for change, constraint in OUT_OF_RANGE.items():
        with refused_by_the_database(constraint):
            run(f"UPDATE core_charter SET {change} WHERE id = %s", draft.pk)


def test_every_check_of_a_charter_is_violated_above(street: Street) -> None:
    checks = {
        name
        for (name,) in query(
            "SELECT conname FROM pg_constraint WHERE conrelid = 'core_charter'::regclass AND contype = 'c'"
            " AND conname LIKE 'charter\\_%'"
        )
    }

    assert checks == set(OUT_OF_RANGE.values())


@pytest.mark.parametrize(
    ("change", "constraint"),
    [
        ("email = ''", "person_email_or_none"),
        ("display_name = ''", "person_has_a_name"),
        ("mail = 'all'", "person_mail_known"),
        ("left_at = now()", "person_who_left_cannot_sign_in"),
    ],
)
def test_a_person_keeps_to_the_rules(street: Street, change: str, constraint: str) -> None:
    with refused_by_the_database(constraint):
        run(f"UPDATE core_person SET {change} WHERE id = %s", street.ana.pk)


def test_a_charter_that_was_in_force_never_changes(street: Street) -> None:
    charter = street.body.charters.get()

    with refused_by_the_database("never changes"):
        run("UPDATE core_charter SET voting_hours = 48 WHERE id = %s", charter.pk)
    with refused_by_the_database("never changes"):
        run("DELETE FROM core_charter WHERE id = %s", charter.pk)


def test_no_ballot_after_the_close_by_whatever_way(street: Street) -> None:
    vote = village.make_vote(street.body, street.ana)
    ballot = village.cast(vote, street.ana, Position.AGREE)
    entry = vote.roll.get(person=street.bruno)
    village.move_clock(timedelta(days=8))
    insert = (
        "INSERT INTO core_ballot (vote_id, roll_id, position, reason, cast_at, changed_at, change_no, nonce, leaf) "
        "VALUES (%s, %s, 'agree', '', now(), now(), 1, '', '')"
    )

    with refused_by_the_database("voting has closed"):
        run(insert, vote.pk, entry.pk)
    with refused_by_the_database("voting has closed"):
        run("UPDATE core_ballot SET position = 'abstain' WHERE id = %s", ballot.pk)
    with refused_by_the_database("Cannot delete"):
        run("DELETE FROM core_ballot WHERE id = %s", ballot.pk)


def test_a_ballot_needs_a_place_on_the_roll_of_its_vote_and_stays_with_its_elector(street: Street) -> None:
    talked = village.make_proposal(street.body, street.ana)
    other = village.make_vote(street.body, street.bruno, title="Another")
    vote = opening.open_vote(talked, by=street.ana)
    ballot = village.cast(other, street.ana, Position.AGREE)

    with refused_by_the_database("not on the roll of this vote"):
        run("UPDATE core_ballot SET vote_id = %s WHERE id = %s", vote.pk, ballot.pk)
    with refused_by_the_database("stays with its elector"):
        run("UPDATE core_ballot SET roll_id = %s WHERE id = %s", other.roll.get(person=street.eva).pk, ballot.pk)
    with refused_by_the_database("ballot_block_has_a_reason"):
        run("UPDATE core_ballot SET position = 'block' WHERE id = %s", ballot.pk)
    with refused_by_the_database("ballot_position_known"):
        run("UPDATE core_ballot SET position = 'maybe' WHERE id = %s", ballot.pk)


def test_a_roll_never_changes(street: Street) -> None:
    vote = village.make_vote(street.body, street.ana)
    entry = vote.roll.get(person=street.bruno)
    outsider = village.membership(street.body, street.ana)

    with refused_by_the_database("a roll never changes"):
        run(
            "INSERT INTO core_rollentry (vote_id, person_id, membership_id, may_block) VALUES (%s, %s, %s, true)",
            vote.pk,
            street.dario.pk,
            outsider.pk,
        )
    with refused_by_the_database("a roll never changes"):
        run("UPDATE core_rollentry SET may_block = false WHERE id = %s", entry.pk)
    with refused_by_the_database("Cannot delete"):
        run("DELETE FROM core_rollentry WHERE id = %s", entry.pk)
    with refused_by_the_database("a roll never changes"):
        run("UPDATE core_vote SET roll_size = 4 WHERE id = %s", vote.pk)


@pytest.mark.parametrize(
    "change",
    [
        "closes_at = closes_at + interval '1 day'",
        "rule = 'majority'",
        "quorum_num = 0",
        "agreement_num = 2",
        "asides_num = 0",
        "opened_at = opened_at - interval '1 day'",
        "second_call = true",
        "matter = 'charter'",
        "number = 7",
    ],
)
def test_an_open_vote_keeps_what_it_opened_with(street: Street, change: str) -> None:
    vote = village.make_vote(street.body, street.ana)

    with refused_by_the_database("a vote keeps its"):
        run(f"UPDATE core_vote SET {change} WHERE id = %s", vote.pk)


def test_a_counted_vote_never_changes(street: Street) -> None:
    vote = village.close(village.make_vote(street.body, street.ana))

    for change in ("tally = '{}'", "outcome = 'adopted'", "counted_at = NULL, tally = NULL, outcome = ''"):
        with refused_by_the_database("a counted vote never changes"):
            run(f"UPDATE core_vote SET {change} WHERE id = %s", vote.pk)
    with refused_by_the_database("Cannot delete"):
        run("DELETE FROM core_vote WHERE id = %s", vote.pk)


def test_an_ended_mandate_never_changes(street: Street) -> None:
    mandate = village.make_mandate(street.body, street.members, street.bruno, author=street.ana)
    with refused_by_the_database("mandate_end_has_a_way"):
        run("UPDATE core_mandate SET ended_at = now(), ending = 'tired' WHERE id = %s", mandate.pk)
    mandates.resign(mandate, by=street.bruno)

    with refused_by_the_database("an ended mandate never changes"):
        run("UPDATE core_mandate SET ended_at = NULL, ending = '' WHERE id = %s", mandate.pk)
    with refused_by_the_database("an ended mandate never changes"):
        run("DELETE FROM core_mandate WHERE id = %s", mandate.pk)


@pytest.mark.parametrize(
    ("table", "why"), [("core_recordline", "Cannot update or delete"), ("core_textversion", "text_fixed")]
)
def test_record_lines_and_texts_never_change(street: Street, table: str, why: str) -> None:
    village.make_proposal(street.body, street.ana)

    with refused_by_the_database(why):
        run(f"UPDATE {table} SET id = id")
    with refused_by_the_database(why):
        run(f"DELETE FROM {table}")


def test_a_draft_is_rewritten_and_never_deleted_nor_given_to_another_proposal(street: Street) -> None:
    at = folkmoot_now()
    shown = village.make_proposal(street.body, street.ana)
    draft = proposals.draft(street.body, by=street.ana, at=at, title="Garden", text="First thoughts.")

    run("UPDATE core_textversion SET text = 'Better.' WHERE proposal_id = %s", draft.pk)
    with refused_by_the_database("text_fixed"):
        run("UPDATE core_textversion SET proposal_id = %s, number = 9 WHERE proposal_id = %s", shown.pk, draft.pk)
    with refused_by_the_database("text_fixed"):
        run("DELETE FROM core_textversion WHERE proposal_id = %s", draft.pk)


def test_the_record_cannot_fork(street: Street) -> None:
    line = street.body.record_lines.order_by("seq")[1]
    again = (
        "INSERT INTO core_recordline (body_id, seq, at, what, who, line, prev, hash) "
        "SELECT body_id, 1000, at, what, who, line, prev, hash FROM core_recordline WHERE id = %s"
    )

    with refused_by_the_database("record_never_forks"):
        run(again, line.pk)


def test_only_one_recall_is_open_and_only_one_vote_on_a_proposal(street: Street) -> None:
    mandate = village.make_mandate(street.body, street.members, street.bruno, author=street.ana)
    vote = village.open_recall(mandate, street.ana)
    copy = (
        "created_at, discussion_at, urgent, sum, round_no, effect, effect_problem, stands, ending, body_id, mandate_id"
    )

    terms = (
        "proposal_id, matter, rule, charter_id, text_id, second_call, opened_at, closes_at, quorum_num, quorum_den, "
        "agreement_num, agreement_den, asides_num, asides_den"
    )

    with refused_by_the_database("recall_open_once"):
        run(
            f"INSERT INTO core_proposal (kind, stage, title, {copy}) "
            f"SELECT kind, stage, title, {copy} FROM core_proposal WHERE id = %s",
            vote.proposal_id,
        )
    with refused_by_the_database("vote_open_once"):
        run(
            f"INSERT INTO core_vote (number, {terms}, outcome, reason, ballots_root, seed_hash, seed) "
            f"SELECT 2, {terms}, '', '', '', '', '' FROM core_vote WHERE id = %s",
            vote.pk,
        )


FORBIDDEN_TO_THE_WEB = [
    "UPDATE core_recordline SET what = 'nothing'",
    "DELETE FROM core_recordline",
    "UPDATE core_recordtext SET text = ''",
    "UPDATE core_textversion SET text = 'Other.'",
    "UPDATE core_clockoffset SET \"offset\" = interval '1 day'",
    "INSERT INTO core_clockoffset (id, \"offset\") VALUES (1, interval '0')",
    "DELETE FROM core_ballot",
    "DELETE FROM core_rollentry",
    "DELETE FROM core_vote",
    "DELETE FROM core_mandate",
    "UPDATE core_election SET seats = 2",
    "DELETE FROM core_election",
    "DELETE FROM core_candidacy",
    "DELETE FROM core_membership",
    "DELETE FROM core_proposal",
    "TRUNCATE core_ballot CASCADE",
    "ALTER TABLE core_ballot DISABLE TRIGGER ALL",
    "DROP TABLE core_ballot CASCADE",
    "CREATE TABLE planted (i int)",
    "SET session_replication_role = replica",
    "CREATE OR REPLACE FUNCTION folkmoot_now() RETURNS timestamptz LANGUAGE sql AS 'SELECT now()'",
    "UPDATE django_migrations SET app = 'x'",
]


@pytest.mark.parametrize("statement", FORBIDDEN_TO_THE_WEB)
def test_the_web_role_is_refused(street: Street, statement: str) -> None:
    village.cast(village.make_vote(street.body, street.ana), street.ana, Position.AGREE)
    before = state()
    with transaction.atomic():
        run(f"SET LOCAL ROLE {settings.DATABASE_WEB_ROLE}")
        with pytest.raises(DatabaseError) as caught, transaction.atomic():
            run(statement)
        run("RESET ROLE")

    refused_by_a_trigger = "text_fixed" in str(caught.value)  # of texts it may change drafts
    assert refused_by_a_trigger or isinstance(caught.value.__cause__, psycopg.errors.InsufficientPrivilege)
    assert refused_by_a_trigger == ("core_textversion" in statement)
    assert state() == before


def test_the_web_role_does_what_members_do(street: Street) -> None:
    with transaction.atomic():
        run(f"SET LOCAL ROLE {settings.DATABASE_WEB_ROLE}")
        proposal = village.make_proposal(street.body, street.ana)
        run("RESET ROLE")
        village.move_clock(timedelta(days=8))
        run(f"SET LOCAL ROLE {settings.DATABASE_WEB_ROLE}")
        vote = opening.open_vote(proposal, by=street.ana)
        village.cast(vote, street.ana, Position.AGREE)
        run("RESET ROLE")

    assert Ballot.objects.get().position == "agree"
