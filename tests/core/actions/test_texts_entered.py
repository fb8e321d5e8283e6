"""Votes between several texts that two enter for a third, and that are given by link: marks and position both."""

from datetime import timedelta

import pytest

from core import gatherings
from core.actions import ballots, entering, opening, papers
from core.gatherings import Gathering
from core.models import Ballot, EnteredBallot, Person, Vote
from core.refusals import Denied, Invalid
from core.rules.choices import Marked
from core.timekeeping import folkmoot_now
from tests import village
from tests.core.actions.scene import Street, refused, refused_by_the_database, run
from tests.core.actions.talking import amend, let_stand, talked_over
from tests.core.actions.test_alternatives import between_texts, mark

pytestmark = pytest.mark.django_db
Way = EnteredBallot.Way
SECOND_TEXT = Marked("aside", (2,))


def entered(vote: Vote, person: Person, by: tuple[Person, Person], said: Marked = SECOND_TEXT) -> EnteredBallot:
    """Entered at the helper desk, by two."""
    written = entering.enter(vote, person, said, by=by[0], way=Way.DESK)
    return entering.confirm(written, said, by=by[1])


def ballot_of(vote: Vote, person: Person) -> tuple[str, str, str]:
    """What counts for a person, and how it came."""
    ballot = Ballot.objects.get(vote=vote, roll__person=person)
    return ballot.position, ballot.choice, ballot.way


def test_marks_come_on_every_way_and_decide_as_if_given_on_the_page(
    street: Street, monkeypatch: pytest.MonkeyPatch
) -> None:
    proposal = talked_over(street)
    let_stand(amend(proposal, street.bruno), street.bruno)
    village.move_clock(timedelta(days=8))
    at = folkmoot_now()
    meeting = Gathering("Assembly", "/", at, at + timedelta(days=6, hours=12))
    monkeypatch.setattr(gatherings, "_ask", [lambda _proposal, _before: meeting])
    monkeypatch.setattr(gatherings, "_ask_who", [lambda _vote: {street.gina.pk}])
    vote = opening.open_vote(proposal, by=street.ana)
    [paper] = papers.print_sheet(vote, 1, by=street.ana, at=folkmoot_now())

    entered(vote, street.eva, (street.ana, street.bruno))
    named = entering.enter(vote, street.gina, Marked("abstain", ()), by=street.ana, way=Way.NAMED)
    entering.confirm(named, Marked("abstain", ()), by=street.bruno)
    both = Marked("block", (1, 2))
    written = entering.enter(vote, street.farid, both, by=street.ana, way=Way.PAPER, reason="No.", number=paper.number)
    entering.confirm(written, both, by=street.bruno, number=paper.number)
    vote.charter.votes_by_mail = True
    ballots.cast_by_link(vote, Marked("block", (2,)), by=street.bruno, change=0, reason="Only with 150.")
    mark(vote, street.ana, 1)

    assert ballot_of(vote, street.eva) == ("aside", "[2]", "entered")
    assert ballot_of(vote, street.gina) == ("abstain", "[]", "entered")
    assert ballot_of(vote, street.farid) == ("block", "[1,2]", "entered")
    assert ballot_of(vote, street.bruno) == ("block", "[2]", "link")
    counted = village.close(vote)
    assert (counted.first, counted.marks, counted.outcome) == (2, {"1": 2, "2": 3}, "adopted")
    assert counted.tally == {"agree": 3, "abstain": 1, "aside": 1}


@pytest.mark.parametrize(
    "again",
    [Marked("aside", (2, 3)), Marked("aside", ()), Marked("abstain", (2,))],
    ids=["another text", "no text", "another position"],
)
def test_who_confirms_must_say_the_same_texts_and_the_same_position(street: Street, again: Marked) -> None:
    vote = between_texts(street)
    written = entering.enter(vote, street.gina, SECOND_TEXT, by=street.ana, way=Way.DESK)

    with refused(Invalid, "not what was written down first"):
        entering.confirm(written, again, by=street.bruno)
    with refused(Invalid, "several texts"):
        entering.confirm(written, "aside", by=street.bruno)

    assert entering.confirm(written, SECOND_TEXT, by=street.bruno).counts


def test_what_cannot_stand_on_such_a_ballot_is_not_entered_either(street: Street) -> None:
    vote = between_texts(street)
    tries: list[tuple[type[Denied | Invalid], Marked | str]] = [
        (Invalid, "agree"),
        (Invalid, Marked("aside", (4,))),
        (Invalid, Marked("agree", (1,))),
        (Invalid, Marked("block", (1,))),
    ]
    for kind, said in tries:
        with refused(kind):
            entering.enter(vote, street.gina, said, by=street.ana, way=Way.DESK)


def test_what_was_struck_out_marks_nothing_and_the_page_counts_on(street: Street) -> None:
    vote = between_texts(street)
    for person in (street.ana, street.bruno, street.farid):
        mark(vote, person, 3)
    entered(vote, street.eva, (street.ana, street.bruno))
    entered(vote, street.gina, (street.ana, street.bruno))

    entering.contest(vote, by=street.gina)
    assert ballot_of(vote, street.gina) == ("struck", "", "own")
    counted = village.close(vote)

    assert (counted.first, counted.marks) == (3, {"1": 0, "2": 1, "3": 3})
    assert counted.tally == {"agree": 3, "aside": 1}
    assert counted.ballots.count() == 5


ENTRY = """INSERT INTO core_enteredballot
    (vote_id, roll_id, way, position, choice, reason, number, first_id, entered_at, ending)
    SELECT vote_id, roll_id, way, position, {choice}, '', number, first_id, entered_at, '' FROM core_enteredballot
    WHERE id = %s"""


@pytest.mark.parametrize(
    ("choice", "words"),
    [("''", "texts are marked where there are several"), ("'[2,4]'", "a text that is not in this vote")],
)
def test_the_database_takes_no_entry_of_another_sort_of_vote(street: Street, choice: str, words: str) -> None:
    vote = between_texts(street)
    written = entering.enter(vote, street.gina, SECOND_TEXT, by=street.ana, way=Way.DESK)
    entering.take_back(written, by=street.ana)

    with refused_by_the_database(words):
        run(ENTRY.format(choice=choice), written.pk)


def test_the_database_takes_no_marks_where_there_is_one_text_and_none_of_what_is_struck_out(street: Street) -> None:
    plain = village.make_vote(street.body, street.ana)
    written = entering.enter(plain, street.gina, "aside", by=street.ana, way=Way.DESK)
    entering.take_back(written, by=street.ana)
    with refused_by_the_database("texts are marked where there are several"):
        run(ENTRY.format(choice="'[1]'"), written.pk)

    vote = between_texts(street)
    entered(vote, street.gina, (street.ana, street.bruno))
    entering.contest(vote, by=street.gina)
    with refused_by_the_database("struck out is struck out"):
        run("UPDATE core_ballot SET choice = '[2]' WHERE vote_id = %s", vote.pk)
