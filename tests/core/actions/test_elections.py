"""Elections from the first candidate to the mandates, and everything that stands in the way."""

import json
from collections import Counter
from datetime import timedelta
from typing import Any

import pytest
from django.db import transaction

from core.actions import ballots, candidacies, counting, elections, memberships, opening, proposals, restoring
from core.models import Body, Candidacy, Cause, Mandate, Person, Proposal, RecordLine, Vote
from core.record import label_of
from core.refusals import Denied, Invalid, WrongStep
from core.rules import lots
from core.signer.memory import Memory
from core.timekeeping import folkmoot_now
from tests import village
from tests.core.actions.scene import Street, refused, refused_by_the_database, run

TERMS: dict[str, Any] = {"task": "Speak for us.", "limits": "Promise nothing.", "term_days": 90}


def draft(street: Street, **changes: Any) -> Proposal:
    at = folkmoot_now()
    return proposals.draft(
        street.body, by=street.ana, at=at, title="Speak", text="Who speaks for us?", **{"kind": "election"} | changes
    )


def tally_of(vote: Vote) -> dict[str, Any]:
    """The stored count."""
    return dict(vote.tally or {})


def last_line(body: Body, what: str) -> dict[str, Any]:
    """The data of the newest line of that name."""
    found: dict[str, Any] = json.loads(RecordLine.objects.filter(body=body, what=what).latest("seq").line)["data"]
    return found


def choose(vote: Vote, **choices: tuple[int, ...]) -> None:
    """Ballots by name."""
    for name, choice in choices.items():
        ballots.cast(vote, choice, by=Person.objects.get(sign_in_name=name))


# -- what is to be filled


@pytest.mark.parametrize(
    "changes",
    [{"term_days": 0}, {"term_days": 366}, {"task": " "}, {"limits": ""}, {"seats": 0}, {"seats": 21}],
    ids=str,
)
def test_what_cannot_be_filled_is_refused(street: Street, changes: dict[str, Any]) -> None:
    idea = draft(street)

    with refused(Invalid):
        elections.set_out(idea, elections.Terms(**TERMS | changes), by=street.ana)


def test_only_the_author_says_what_is_filled_and_once(street: Street) -> None:
    idea, decision = draft(street), draft(street, kind="decision")

    with refused(Invalid):
        elections.set_out(idea, elections.Terms(**TERMS), by=street.bruno)
    with refused(Invalid):
        elections.set_out(decision, elections.Terms(**TERMS), by=street.ana)
    with refused(Invalid, "Say first what the election fills"):
        proposals.put_up(idea, by=street.ana, at=folkmoot_now())
    elections.set_out(idea, elections.Terms(**TERMS), by=street.ana)
    with refused(WrongStep):
        elections.set_out(Proposal.objects.get(pk=idea.pk), elections.Terms(**TERMS), by=street.ana)


def test_members_are_told_that_candidates_are_wanted(street: Street) -> None:
    proposal = village.make_election(street.body, street.ana, seats=2, ranked=True)

    assert Cause.objects.filter(what=Cause.What.CANDIDATES_WANTED, proposal=proposal).count() == 1
    assert not Cause.objects.filter(what=Cause.What.PROPOSAL_OPEN, proposal=proposal).exists()
    said = last_line(street.body, "proposal.put_up")
    assert (said["kind"], said["seats"], said["ranked"]) == ("election", 2, True)


# -- standing


def test_who_is_asked_is_told_and_stands_only_by_their_own_word(street: Street) -> None:
    proposal = village.make_election(street.body, street.ana)

    asked = candidacies.propose(proposal, street.bruno, by=street.eva, at=folkmoot_now())

    assert (asked.stands, asked.waits) == (False, True)
    assert Cause.objects.get(what=Cause.What.CANDIDACY_PROPOSED).person == street.bruno
    with refused(Denied, "asked already"):
        candidacies.propose(proposal, street.bruno, by=street.farid, at=folkmoot_now())
    candidacies.stand(proposal, "Gladly.", by=street.bruno, at=folkmoot_now())
    asked.refresh_from_db()
    assert (asked.stands, asked.words, asked.proposed_by) == (True, "Gladly.", street.eva)
    with refused(Denied, "You stand already."):
        candidacies.stand(proposal, by=street.bruno, at=folkmoot_now())


def test_who_said_no_is_not_asked_again_and_may_think_again(street: Street) -> None:
    proposal = village.make_election(street.body, street.ana)
    candidacies.propose(proposal, street.bruno, by=street.eva, at=folkmoot_now())
    candidacies.step_back(proposal, by=street.bruno, at=folkmoot_now())

    with refused(Denied, "They have said no."):
        candidacies.propose(proposal, street.bruno, by=street.eva, at=folkmoot_now())
    with refused(Denied, "You do not stand."):
        candidacies.step_back(proposal, by=street.bruno, at=folkmoot_now())

    assert candidacies.stand(proposal, by=street.bruno, at=folkmoot_now()).stands


def test_nobody_from_outside_stands_or_is_asked(street: Street) -> None:
    proposal = village.make_election(street.body, street.ana)

    with refused(Denied):
        candidacies.stand(proposal, by=street.carla, at=folkmoot_now())
    with refused(Denied):
        candidacies.propose(proposal, street.carla, by=street.ana, at=folkmoot_now())
    with refused(Denied, "You can stand yourself"):
        candidacies.propose(proposal, street.ana, by=street.ana, at=folkmoot_now())
    with refused(Invalid, "at most 2,000"):
        candidacies.stand(proposal, "x" * 2001, by=street.ana, at=folkmoot_now())


def test_nobody_stands_in_what_is_no_election(street: Street) -> None:
    proposal = village.make_proposal(street.body, street.ana)

    with refused(Denied, "This is not an election."):
        candidacies.stand(proposal, by=street.ana, at=folkmoot_now())


def test_who_held_it_too_often_in_a_row_does_not_stand(street: Street) -> None:
    for _time in range(2):
        vote = village.open_election(street.body, street.ana, street.bruno, term_days=1)
        choose(vote, ana=(1,), bruno=(1,), eva=(1,))
        village.close(vote)
        village.move_clock(timedelta(days=2))
    proposal = village.make_election(street.body, street.ana)

    with refused(Denied, "as many times in a row"):
        candidacies.stand(proposal, by=street.bruno, at=folkmoot_now())
    with refused(Denied, "as many times in a row"):
        candidacies.propose(proposal, street.bruno, by=street.ana, at=folkmoot_now())


def test_the_text_stays_once_somebody_stands(street: Street) -> None:
    proposal = village.make_election(street.body, street.ana, street.bruno)

    with refused(Denied, "Somebody stands already"):
        proposals.revise(proposal, by=street.ana, at=folkmoot_now(), title="Other", text="Other.", seen=1)


def test_a_ballot_holds_fifty_candidates(street: Street) -> None:
    proposal = village.make_election(street.body, street.ana)
    people = village.make_people(*(f"p{number}" for number in range(50)))
    at = folkmoot_now()
    Candidacy.objects.bulk_create(
        Candidacy(election=proposal.election, person=person, proposed_at=at, accepted_at=at) for person in people
    )

    with refused(Denied, "as many candidates as a ballot holds"):
        candidacies.stand(proposal, by=street.bruno, at=folkmoot_now())


# -- opening


def test_without_a_candidate_no_vote_opens(street: Street) -> None:
    proposal = village.make_election(street.body, street.ana, street.bruno)
    candidacies.propose(proposal, street.eva, by=street.ana, at=folkmoot_now())
    village.move_clock(timedelta(days=8))
    candidacies.step_back(proposal, by=street.bruno, at=folkmoot_now())

    with refused(Denied, "Nobody stands yet"):
        opening.open_vote(proposal, by=street.ana)


def test_who_has_left_is_not_on_the_ballot(street: Street) -> None:
    proposal = village.make_election(street.body, street.ana, street.gina, street.bruno)
    memberships.leave(street.body, by=street.gina)
    village.move_clock(timedelta(days=8))

    opening.open_vote(proposal, by=street.ana)

    numbered = Candidacy.objects.numbered().filter(election__proposal=proposal)
    assert [(row.number, row.person) for row in numbered] == [(1, street.bruno)]


def test_the_record_keeps_the_list_and_the_seed_under_seal(street: Street) -> None:
    vote = village.open_election(street.body, street.ana, street.bruno, street.eva, seats=2, ranked=True)

    said = last_line(street.body, "vote.opened")

    assert said["candidates"] == [label_of(person, street.body) for person in (street.bruno, street.eva)]
    assert (said["seats"], said["rule"], said["matter"]) == (2, "stv", "election")
    assert said["seed"] == lots.sealed(bytes.fromhex(vote.seed))
    assert vote.seed not in RecordLine.objects.filter(body=street.body).latest("seq").line
    choose(vote, ana=(1, 2), bruno=(1,), eva=(2, 1), farid=(2,))
    village.close(vote)
    said = last_line(street.body, "vote.counted")
    assert (said["seed"], sorted(said["elected"])) == (vote.seed, [1, 2])


def test_the_list_stays_when_the_vote_is_open(street: Street) -> None:
    vote = village.open_election(street.body, street.ana, street.bruno)

    with refused(Denied, "only while it is being talked over"):
        candidacies.stand(vote.proposal, by=street.eva, at=folkmoot_now())
    with refused(Denied, "only while it is being talked over"):
        candidacies.step_back(vote.proposal, by=street.bruno, at=folkmoot_now())
    with refused_by_the_database("candidates_fixed"):
        run("UPDATE core_candidacy SET number = NULL")
    with refused_by_the_database("candidates_fixed"):
        run(
            "INSERT INTO core_candidacy (election_id, person_id, words, proposed_at) "
            "SELECT election_id, %s, '', now() FROM core_candidacy",
            street.eva.pk,
        )


@pytest.mark.parametrize(("column", "value"), [("seats", "2"), ("seed", "'00'"), ("seed_hash", "'00'")])
def test_an_open_vote_keeps_its_seats_and_its_seed(street: Street, column: str, value: str) -> None:
    village.open_election(street.body, street.ana, street.bruno)

    with refused_by_the_database(f"a vote keeps its {column}"):
        run(f"UPDATE core_vote SET {column} = {value} WHERE rule = 'approval'")


# -- ballots


def test_a_choice_is_kept_as_it_is_written_and_changed_until_the_close(street: Street) -> None:
    vote = village.open_election(street.body, street.ana, street.bruno, street.eva)

    first = ballots.cast(vote, (1, 2), by=street.ana)
    leaf = first.leaf
    again = ballots.cast(vote, (1, 2), by=street.ana)
    other = ballots.cast(vote, (0,), by=street.ana)

    assert (again.leaf, again.change_no) == (leaf, 1)
    assert (other.position, other.choice, other.change_no) == ("chosen", "[0]", 2)
    assert other.as_leaf("x")["choice"] == "[0]"
    assert counting.gather(vote) == Counter({(0,): 1})


@pytest.mark.parametrize("choice", [(), (3,), (0, 1), (2, 1), (1, 1), (-1,)], ids=str)
def test_a_choice_that_cannot_be_is_refused(street: Street, choice: tuple[int, ...]) -> None:
    vote = village.open_election(street.body, street.ana, street.bruno, street.eva)

    with refused(Invalid, "Choose among the candidates"):
        ballots.cast(vote, choice, by=street.ana)


@pytest.mark.parametrize("position", ["yes", "chosen"])
def test_an_election_takes_no_position(street: Street, position: str) -> None:
    vote = village.open_election(street.body, street.ana, street.bruno)

    with refused(Invalid, "Choose one of the positions"):
        ballots.cast(vote, position, by=street.ana)


def test_a_vote_on_something_else_takes_no_choice(street: Street) -> None:
    vote = village.make_vote(street.body, street.ana)

    with refused(Invalid, "Choose among the candidates"):
        ballots.cast(vote, (1,), by=street.ana)
    village.cast(vote, street.ana, "agree")
    with refused_by_the_database("ballot_chosen_has_a_choice"):
        run("UPDATE core_ballot SET position = 'chosen'")


# -- the close


def test_those_elected_get_the_mandate_in_the_closing_transaction(street: Street) -> None:
    vote = village.open_election(street.body, street.ana, street.bruno, street.eva, street.farid, seats=2)
    choose(vote, ana=(1, 2), bruno=(1, 2), eva=(2,), farid=(1, 3))

    village.close(vote)

    proposal = Proposal.objects.get(pk=vote.proposal_id)
    assert (proposal.stage, proposal.effect) == ("adopted", "done")
    held = Mandate.objects.filter(granted_by=proposal).order_by("pk")
    assert [mandate.person for mandate in held] == [street.bruno, street.eva]
    assert {(mandate.title, mandate.task, mandate.limits, mandate.report_days) for mandate in held} == {
        ("Speak for the street", "Speak for us.", "Promise nothing.", 30)
    }
    assert all(mandate.ends_at - mandate.starts_at == timedelta(days=180) for mandate in held)
    assert tally_of(vote)["approvals"] == {"1": 3, "2": 3, "3": 1}
    assert RecordLine.objects.filter(body=street.body, what="mandate.granted").count() == 2


def test_a_seat_for_which_nobody_has_enough_stays_vacant(street: Street) -> None:
    vote = village.open_election(street.body, street.ana, street.bruno, street.eva, seats=2)
    choose(vote, ana=(1,), bruno=(1,), eva=(1, 2), farid=(0,))

    village.close(vote)

    assert tally_of(vote)["elected"] == [1]
    assert Mandate.objects.filter(granted_by=vote.proposal).count() == 1


def test_none_of_these_can_win(street: Street) -> None:
    vote = village.open_election(street.body, street.ana, street.bruno, ranked=True)
    choose(vote, ana=(0,), bruno=(1,), eva=(0, 1), farid=(0,))

    village.close(vote)

    assert (vote.outcome, vote.reason) == ("not_adopted", "nobody_elected")
    assert Proposal.objects.get(pk=vote.proposal_id).stage == "not_adopted"
    assert not Mandate.objects.filter(granted_by=vote.proposal).exists()


def test_without_quorum_a_second_call_has_the_same_candidates_and_another_seed(street: Street) -> None:
    vote = village.open_election(street.body, street.ana, street.bruno, street.eva)
    choose(vote, ana=(1,))

    village.close(vote)

    second = Vote.objects.get(proposal=vote.proposal, number=2)
    assert (vote.outcome, second.second_call, second.rule) == ("no_quorum", True, "approval")
    assert second.seed != vote.seed
    opened = RecordLine.objects.filter(body=street.body, what="vote.opened").order_by("seq")
    lists = [json.loads(line.line)["data"]["candidates"] for line in opened]
    assert lists[0] == lists[1]
    choose(second, ana=(2,), bruno=(2,), farid=(2,))
    village.close(second)
    assert Mandate.objects.get(granted_by=vote.proposal).person == street.eva


def test_who_left_before_the_close_leaves_the_seat_vacant(street: Street) -> None:
    vote = village.open_election(street.body, street.ana, street.gina, street.bruno, seats=2)
    choose(vote, ana=(1, 2), bruno=(1, 2), eva=(1, 2))
    memberships.leave(street.body, by=street.gina)

    village.close(vote)

    assert sorted(tally_of(vote)["elected"]) == [1, 2]
    assert [mandate.person for mandate in Mandate.objects.filter(granted_by=vote.proposal)] == [street.bruno]
    assert RecordLine.objects.filter(body=street.body, what="seat.vacant").count() == 1


def test_if_none_of_those_elected_can_take_it_the_body_is_told(street: Street) -> None:
    vote = village.open_election(street.body, street.ana, street.gina)
    choose(vote, ana=(1,), bruno=(1,), eva=(1,))
    memberships.leave(street.body, by=street.gina)

    village.close(vote)

    proposal = Proposal.objects.get(pk=vote.proposal_id)
    assert (proposal.stage, proposal.effect) == ("adopted", "failed")
    assert not Mandate.objects.exists()
    assert not RecordLine.objects.filter(body=street.body, what="seat.vacant").exists()


def test_the_same_person_is_given_a_mandate_once_by_one_decision(street: Street) -> None:
    vote = village.open_election(street.body, street.ana, street.bruno)
    choose(vote, ana=(1,), bruno=(1,), eva=(1,))
    village.close(vote)

    with refused_by_the_database("mandate_granted_once"):
        run(
            "INSERT INTO core_mandate (body_id, person_id, granted_by_id, title, task, limits, renewal_no, starts_at, "
            "ends_at, ending) SELECT body_id, person_id, granted_by_id, title, task, limits, 0, starts_at, ends_at, '' "
            "FROM core_mandate"
        )


def test_a_seat_held_before_is_a_renewal_for_each_of_several(street: Street) -> None:
    for _time in range(2):
        vote = village.open_election(street.body, street.ana, street.bruno, street.eva, seats=2, term_days=1)
        choose(vote, ana=(1, 2), bruno=(1, 2), eva=(1, 2))
        village.close(vote)
        village.move_clock(timedelta(days=2))

    assert [mandate.renewal_no for mandate in Mandate.objects.order_by("pk")] == [0, 0, 1, 1]


def test_a_restored_house_elects_anew_with_the_same_list(street: Street) -> None:
    vote = village.open_election(street.body, street.ana, street.bruno)
    choose(vote, ana=(1,))

    with transaction.atomic():
        restoring.restored(street.body, backup_at=folkmoot_now(), remembered=Memory())

    vote.refresh_from_db()
    anew = Vote.objects.get(proposal=vote.proposal, number=2)
    assert (vote.outcome, vote.tally) == ("void", {"ballots": 1})
    assert last_line(street.body, "vote.opened")["candidates"] != []
    assert anew.seed != vote.seed
