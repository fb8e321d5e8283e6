"""Tampering with a vote between several texts, by a forger who makes the whole chain of hashes anew: each is said."""

from datetime import timedelta

import pytest

from core.actions import affected, amendments, ballots, entering, opening, summaries
from core.models import Affected, Amendment, Body, EnteredBallot
from core.rules.choices import Marked
from core.timekeeping import folkmoot_now
from tests import village
from tests.scenes import scene
from tests.verify.forging import data_of, drop, twice
from tests.verify.honest import found, members_file, public_file
from tests.verify.story import Change, Line, bound, leaf_of, parsed, where
from verify import merkle
from verify.elections.lots import in_order

pytestmark = pytest.mark.django_db


def make_past() -> Body:
    """Words of bruno's that were declined and stand, some of eva's that were taken over and some that stand, gina's
    withdrawn; a vote between three texts, in which two entered gina's ballot, and hugo's, who struck it out.
    """
    people = ana, bruno, eva, _farid, gina, hugo = village.make_people("ana", "bruno", "eva", "farid", "gina", "hugo")
    body = village.make_council("Alder Street", people)
    proposal = village.make_proposal(body, ana)
    at = folkmoot_now()

    def amend(by: int, passage: str, words: str) -> Amendment:
        seen = proposal.texts.latest("number").number
        return amendments.propose(proposal, passage, words, "Better.", by=people[by], at=at, seen=seen)

    declined, taken, withdrawn = amend(1, "empty", "old"), amend(2, "lot", "yard"), amend(4, "garden", "field")
    amendments.decline(declined, "It is empty.", by=ana, at=at)
    amendments.let_stand(declined, by=bruno, at=at)
    amendments.accept(taken, by=ana, at=at)
    amendments.withdraw(withdrawn, by=gina, at=at)
    amendments.let_stand(amend(2, "common", "shared"), by=eva, at=at)
    summaries.write(proposal, "talk", "Some want other words.", by=ana, at=at, seen=0)
    village.move_clock(timedelta(days=8))
    vote = opening.open_vote(proposal, by=ana)
    for person, marks in zip(people[:4], ((2,), (2,), (2, 3), (1, 2)), strict=True):
        ballots.cast(vote, Marked("aside", marks), by=person)
    for person in (gina, hugo):
        said = Marked("aside", (3,))
        entering.confirm(entering.enter(vote, person, said, by=ana, way=EnteredBallot.Way.DESK), said, by=bruno)
    entering.contest(vote, by=hugo)
    village.close(vote)
    return body


past = scene(make_past)


def other_marks(objects: list[Line]) -> None:
    """A ballot marks another text, and so does the tree; the count says what it said."""
    places = [n for n, each in enumerate(objects) if each.get("with") == "ballot"]  # leaves stand in no order
    changed = next(place for place in places if objects[place].get("choice", "[3]") != "[3]")
    objects[changed]["choice"] = "[3]"
    leaves = sorted(bytes.fromhex(leaf_of(objects[place])) for place in places)
    objects[where(objects, "vote.counted")]["data"]["ballots"] = merkle.root_of(leaves).hex()


def marks_of_no_text(objects: list[Line]) -> None:
    """A ballot marks a text that is not there."""
    next(each for each in objects if each.get("with") == "ballot" and "choice" in each)["choice"] = "[7]"


def struck_and_marked(objects: list[Line]) -> None:
    """What was struck out marks a text all the same."""
    next(each for each in objects if each.get("position") == "struck")["choice"] = "[3]"


def stands_twice(objects: list[Line]) -> None:
    """Withdrawn words are said to stand."""
    objects[where(objects, "amendment.withdrawn")]["what"] = "amendment.stands"


TAMPERED: list[tuple[str, Change, str]] = [
    ("another text is said to be first", data_of("vote.counted", {"first": 3}), "first"),
    ("more marks than positions in favour", data_of("vote.counted", {"marks": {"1": 1, "2": 5, "3": 2}}), "first"),
    ("another seed", data_of("vote.counted", {"seed": "00" * 32}), "seed"),
    ("a text less on the ballot", data_of("vote.opened", {"alternatives": [1]}), "alternatives_otherwise"),
    ("withdrawn words on the ballot", stands_twice, "alternatives_otherwise"),
    ("a ballot that marks another text", other_marks, "ballots_not_tally"),
    ("a ballot that marks no text of the vote", marks_of_no_text, "ballot_form"),
    ("what was struck out marks a text", struck_and_marked, "struck_without"),
    ("marks that nobody is said to have entered", drop("ballot.entered"), "entered_without"),
    ("a text that was adopted and does not become the text", drop("alternative.adopted"), "text_not_taken_over"),
    ("another text that becomes the text", data_of("alternative.adopted", {"amendment": 4}), "taken_over_without"),
    ("words taken over twice", twice("amendment.accepted"), "amended_wrongly"),
    ("words brought to the vote twice", twice("amendment.stands"), "stands_wrongly"),
    ("words for another version", data_of("amendment.proposed", {"version": 2}), "amended_wrongly"),
    ("a summary out of its order", data_of("summary.written", {"number": 2}), "summed_up_wrongly"),
]


def test_an_honest_vote_between_texts_holds(past: Body) -> None:
    assert found(members_file(past)).broken == found(public_file(past)).broken == []
    assert found(members_file(past)).checked["recounted"] == 1


@pytest.mark.parametrize(("name", "change", "code"), TAMPERED, ids=lambda each: each if isinstance(each, str) else "")
def test_each_kind_of_tampering_with_texts_is_found(past: Body, name: str, change: Change, code: str) -> None:
    objects = parsed(members_file(past))

    change(objects)

    assert code in {each.code for each in found(bound(objects)).broken}, name


def test_a_request_to_decide_together_follows_from_a_decision() -> None:
    """Birch Street asks about a proposal of ana's: nobody asks without having decided to, or about nothing."""
    ana, carla, *rest = village.make_people("ana", "carla", "bruno", "eva", "hugo", "ines")
    alder = village.make_council("Alder Street", [ana, *rest[:2]])
    birch = village.make_council("Birch Street", [carla, *rest[2:]])
    proposal = village.make_proposal(alder, ana)
    named = affected.name(proposal, birch, "They share the wall.", by=ana, at=folkmoot_now())
    request = affected.propose_to_ask(named, "We share it.", by=carla, at=folkmoot_now())
    village.move_clock(timedelta(days=4))
    vote = opening.open_vote(request, by=carla)
    for person in (carla, *rest[2:]):
        village.cast(vote, person, "agree")
    village.close(vote)
    affected.answer(Affected.objects.get(pk=named.pk), "refused", "It is ours alone.", by=ana, at=folkmoot_now())
    asking, asked = parsed(members_file(birch)), parsed(members_file(alder))
    assert found(bound(asking)).broken == found(bound(asked)).broken == []

    data_of("joint.asked", {"asks": named.pk + 1})(asking)
    drop("proposal.put_up")(asked)

    assert "asked_without" in {each.code for each in found(bound(asking)).broken}
    assert found(bound(asked)).broken != []


def test_of_equals_the_first_is_the_one_that_the_sealed_lot_took(past: Body) -> None:
    objects = parsed(members_file(past))
    counted = objects[where(objects, "vote.counted")]["data"]
    drawn = in_order(bytes.fromhex(counted["seed"]), "alternatives", [1, 2])

    def said(first: int) -> set[str]:
        counted.update(first=first, marks={"1": 4, "2": 4, "3": 2})
        return {each.code for each in found(bound(objects)).broken}

    assert "first" not in said(drawn[0])
    assert "first" in said(drawn[1])
