"""Votes that two enter for a third: what the database itself refuses, and what is locked before."""

from core.actions import ballots, entering, papers
from core.models import Aid, EnteredBallot, Membership, Vote
from core.timekeeping import folkmoot_now
from tests import village
from tests.core.actions.entered import enter
from tests.core.actions.locking import locks_of
from tests.core.actions.scene import Street, refused_by_the_database, run, spoken

Way = EnteredBallot.Way


def test_the_database_keeps_the_two_apart_and_the_rules(street: Street, vote: Vote) -> None:
    entered = enter(vote, street.gina, street.ana, street.bruno)
    waiting = entering.enter(vote, street.eva, "agree", by=street.ana, way=Way.DESK)
    [paper] = papers.print_sheet(vote, 1, by=street.ana, at=folkmoot_now())
    on_paper = entering.enter(vote, street.farid, "agree", by=street.ana, way=Way.PAPER, number=paper.number)
    gina, ana = village.membership(street.body, street.gina), village.membership(street.body, street.ana)
    carla = Membership.objects.get(person=street.carla)
    aid = Aid.objects.get(helper=street.ana)

    for words, statement, values in (
        ("nothing at stake", "second_id = %s, confirmed_at = folkmoot_now()", [carla.pk]),
        ("whom one helps", "second_id = %s, confirmed_at = folkmoot_now()", [gina.pk]),
        ("never changes", "position = 'aside'", []),
        ("entered_confirmed_by_another", "confirmed_at = folkmoot_now()", []),
    ):
        with refused_by_the_database(words):
            run(f"UPDATE core_enteredballot SET {statement} WHERE id = %s", *values, waiting.pk)
    with refused_by_the_database("entered_confirmed_by_another"):
        run(
            "UPDATE core_enteredballot SET second_id = %s, confirmed_at = folkmoot_now() WHERE id = %s",
            ana.pk,
            on_paper.pk,
        )
    with refused_by_the_database("never changes"):
        run("UPDATE core_enteredballot SET second_id = %s WHERE id = %s", gina.pk, entered.pk)
    with refused_by_the_database("aid_ten_at_most"):
        run(
            "INSERT INTO core_aid (vote_id, roll_id, helper_id, number, at) "
            "SELECT vote_id, %s, helper_id, 11, at FROM core_aid WHERE id = %s",
            waiting.roll_id,
            aid.pk,
        )
    with refused_by_the_database("Cannot delete"):
        run("DELETE FROM core_enteredballot WHERE id = %s", waiting.pk)


def test_the_database_lets_no_entered_ballot_stand_over_an_own_one(street: Street, vote: Vote) -> None:
    own = village.cast(vote, street.gina, "agree")
    enter(vote, street.eva, street.ana, street.bruno)

    with refused_by_the_database("what a person does themself stands"):
        run("UPDATE core_ballot SET way = 'entered' WHERE id = %s", own.pk)
    with refused_by_the_database("entered and confirmed by two"):
        run("UPDATE core_ballot SET position = 'aside' WHERE vote_id = %s AND way = 'entered'", vote.pk)


def test_entering_locks_both_members_and_then_the_place_on_the_roll(street: Street, vote: Vote) -> None:
    taken = locks_of(lambda: entering.enter(vote, street.gina, "agree", by=street.ana, way=Way.DESK))
    assert taken == ["membership", "vote shared", "rollentry"]

    written = entering.enter(vote, street.gina, "agree", by=street.ana, way=Way.DESK)
    taken = locks_of(lambda: entering.confirm(written, "agree", by=street.bruno))
    assert taken == ["membership", "vote shared", "rollentry", "enteredballot", "recordhead"]
    taken = locks_of(lambda: entering.take_back(written, by=street.ana))
    assert taken == ["membership", "vote shared", "rollentry", "enteredballot"]
    entering.confirm(written, "agree", by=street.bruno)
    taken = locks_of(lambda: entering.contest(vote, by=street.gina))
    assert taken == ["membership", "vote shared", "rollentry", "recordhead"]


def test_entering_in_an_open_recall_has_the_vote_alone(street: Street) -> None:
    mandate = village.make_mandate(street.body, street.members, street.bruno, author=street.ana)
    recall = village.open_recall(mandate, street.ana)

    taken = locks_of(lambda: entering.enter(recall, street.gina, "yes", by=street.ana, way=Way.DESK))

    assert taken == ["membership", "body", "mandate", "proposal", "vote alone", "rollentry"]


def test_a_paper_is_locked_before_it_is_taken(street: Street, vote: Vote) -> None:
    assert locks_of(lambda: papers.print_sheet(vote, 1, by=street.ana, at=folkmoot_now())) == ["vote"]
    [paper] = papers.print_sheet(vote, 1, by=street.ana, at=folkmoot_now())

    taken = locks_of(
        lambda: entering.enter(vote, street.gina, "agree", by=street.ana, way=Way.PAPER, number=paper.number)
    )

    assert taken == ["membership", "vote shared", "rollentry", "paperballot"]


def test_a_vote_by_link_takes_the_locks_of_any_ballot(street: Street) -> None:
    body = village.make_council("Cedar Street", street.members, votes_by_mail=True)
    vote = village.make_vote(body, street.ana)

    taken = locks_of(lambda: ballots.cast_by_link(vote, "agree", by=street.gina, change=0))

    assert taken == ["membership", "vote shared", "rollentry"]


def test_casting_oneself_costs_no_statement_more(street: Street, vote: Vote) -> None:
    with spoken() as said:
        ballots.cast(vote, "agree", by=street.gina)
    assert not [each for each in said if "core_enteredballot" in each]
