"""Paper ballots: printed with numbers that are taken once."""

from datetime import timedelta

from core.actions import entering, papers
from core.models import EnteredBallot, Vote
from core.refusals import Denied, Invalid, TooLate, WrongStep
from core.rules import entering as rules
from core.timekeeping import folkmoot_now
from tests import village
from tests.core.actions.entered import ballot_of
from tests.core.actions.scene import Street, refused

Way = EnteredBallot.Way


def test_a_paper_counts_once(street: Street, vote: Vote) -> None:
    one, other = papers.print_sheet(vote, 2, by=street.ana, at=folkmoot_now())
    typed = rules.grouped(one.number)

    written = entering.enter(vote, street.gina, "agree", by=street.ana, way=Way.PAPER, number=typed)
    with refused(WrongStep, "was entered already"):
        entering.enter(vote, street.eva, "agree", by=street.ana, way=Way.PAPER, number=one.number)
    with refused(Invalid, "not what was written down first"):
        entering.confirm(written, "agree", by=street.bruno, number=other.number)
    entering.confirm(written, "agree", by=street.bruno, number=one.number)
    with refused(WrongStep, "was entered already"):
        entering.enter(vote, street.gina, "aside", by=street.ana, way=Way.PAPER, number=one.number)

    assert ballot_of(vote, street.gina) == ("agree", "entered")


def test_a_paper_that_was_taken_back_can_be_entered_again(street: Street, vote: Vote) -> None:
    [paper] = papers.print_sheet(vote, 1, by=street.ana, at=folkmoot_now())
    written = entering.enter(vote, street.gina, "aside", by=street.ana, way=Way.PAPER, number=paper.number)
    entering.take_back(written, by=street.ana)

    again = entering.enter(vote, street.gina, "agree", by=street.ana, way=Way.PAPER, number=paper.number)

    assert entering.confirm(again, "agree", by=street.bruno, number=paper.number).counts


def test_a_mistyped_number_is_refused_in_words(street: Street, vote: Vote) -> None:
    [paper] = papers.print_sheet(vote, 1, by=street.ana, at=folkmoot_now())
    wrong = paper.number[:3] + str((int(paper.number[3]) + 1) % 10) + paper.number[4:]
    foreign = next(number for number in iter(rules.new_number, "") if number != paper.number)

    for number, words in ((wrong, "mistyped"), ("", "mistyped"), ("1234", "mistyped"), (foreign, "No paper")):
        with refused(Invalid, words):
            entering.enter(vote, street.gina, "agree", by=street.ana, way=Way.PAPER, number=number)


def test_paper_is_entered_until_a_day_before_the_close(street: Street, vote: Vote) -> None:
    [paper] = papers.print_sheet(vote, 1, by=street.ana, at=folkmoot_now())
    village.move_clock(timedelta(days=6, minutes=1))

    with refused(Denied, "up to a day before"):
        entering.enter(vote, street.gina, "agree", by=street.ana, way=Way.PAPER, number=paper.number)


def test_papers_are_printed_by_members_and_not_without_end(street: Street, vote: Vote) -> None:
    at = folkmoot_now()
    with refused(Denied):
        papers.print_sheet(vote, 1, by=street.carla, at=at)
    with refused(Invalid):
        papers.print_sheet(vote, 61, by=street.ana, at=at)
    for _sheet in range(7):
        papers.print_sheet(vote, 10, by=street.ana, at=at)
    with refused(Denied, "more papers than people"):
        papers.print_sheet(vote, 1, by=street.ana, at=at)
    village.close(vote)
    with refused(TooLate):
        papers.print_sheet(vote, 1, by=street.ana, at=folkmoot_now())
