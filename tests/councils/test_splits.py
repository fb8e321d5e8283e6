"""A council becomes two: proposed, chosen by each, done 30 days after it was decided."""

from datetime import timedelta
from typing import Any

import pytest

from core.actions import charters, memberships, opening, unions
from core.actions.settling import settle
from core.models import Body, Mandate, Notice, Person, Proposal, Stage
from core.refusals import Denied, Invalid, WrongStep
from core.timekeeping import folkmoot_now
from councils.actions import boards, profiles, splits
from councils.models import Split, SplitChoice
from councils.rules.profiles import Profile
from tests import village
from tests.core.actions.locking import locks_of
from tests.core.actions.scene import refused, refused_by_the_database
from tests.core.people.cast import as_, text_of
from tests.councils.founding import scene as founding
from tests.scenes import scene
from tests.verify.honest import assert_whole

pytestmark = pytest.mark.django_db

NAMES = ("Alder North", "Alder South")


def make_council() -> tuple[Body, list[Person]]:
    """A council of eight that has decided to become two."""
    people = village.make_people(*(f"n{number}" for number in range(8)), "outsider")
    body = village.make_council("Alder", people[:8])
    proposal = splits.propose(body, NAMES, "We are many.", by=people[0], at=folkmoot_now())
    village.move_clock(timedelta(days=8))
    vote = opening.open_vote(proposal, by=people[0])
    for person in people[:8]:
        village.cast(vote, person, "agree")
    village.close(vote)
    return body, people


council = scene(make_council)
Council = tuple[Body, list[Person]]


def choose(body: Body, *chosen: tuple[Person, int]) -> None:
    split = Split.objects.get(proposal__body=body)
    for person, part in chosen:
        splits.choose(split, part, by=person)


def test_each_goes_where_they_chose_and_both_decide_at_once(council: Council) -> None:
    body, people = council
    village.make_mandate(body, people[:8], people[1], author=people[0], title="Call the assembly")
    choose(body, *[(person, 1) for person in people[:3]], *[(person, 2) for person in people[3:7]])
    choose(body, (people[2], 2), (people[2], 1))
    village.move_clock(timedelta(days=31))
    settle()

    body.refresh_from_db()
    north, south = (Body.objects.get(name=name) for name in NAMES)
    assert body.ended_at is not None
    assert Mandate.objects.get(body=body).ending == "body_ended"
    inside = [set(Person.objects.filter(memberships__in=each.memberships.open())) for each in (north, south)]
    assert inside == [{*people[:3], people[7]}, set(people[3:7])]
    for each in (north, south):
        assert each.decides
        assert each.memberships.with_voice(folkmoot_now()).count() == 4
        assert each.charters.get().numbers == body.charters.get().numbers
        assert_whole(each)
    assert_whole(body)
    village.make_vote(south, people[4])
    assert not Notice.objects.filter(cause__what="member.joined", cause__body=south).exists()


def test_where_too_few_chose_nothing_is_divided_and_it_says_so(council: Council) -> None:
    body, people = council
    choose(body, *[(person, 1) for person in people[:6]], (people[6], 2))
    village.move_clock(timedelta(days=31))
    settle()

    proposal = Proposal.objects.get(body=body)
    assert (proposal.effect, proposal.effect_problem) == ("failed", "Fewer than three members chose one of the two.")
    assert Body.objects.filter(name__in=NAMES).count() == 0
    assert Body.objects.get(pk=body.pk).decides
    with refused(WrongStep, "not being decided any more"):
        choose(body, (people[0], 2))
    assert_whole(body)
    assert splits.propose(body, NAMES, "Again.", by=people[0], at=folkmoot_now()).stage == Stage.DISCUSSION


def test_what_cannot_be_proposed(council: Council) -> None:
    body, people = council
    at = folkmoot_now()
    with refused(WrongStep, "ends, or becomes two"):
        splits.propose(body, NAMES, "Twice.", by=people[0], at=at)
    other = village.make_council("Elm", people[:3])
    for names in (("A", "A"), (" ", "B"), ("A", "")):
        with refused(Invalid, "Give both councils a name"):
            splits.propose(other, names, "We are many.", by=people[0], at=at)
    with refused(Denied):
        splits.propose(other, NAMES, "We are many.", by=people[8], at=at)
    readers = Body.objects.filter(pk=other.pk)
    readers.update(kind=Body.Kind.COOPERATIVE)
    with refused(Invalid, "Only a council becomes two."):
        splits.propose(readers.get(), NAMES, "We are many.", by=people[0], at=at)


def test_a_council_that_was_founded_waits_ninety_days() -> None:
    made = founding.handed_over()
    with refused(Denied, "over for 90 days"):
        splits.propose(made.council, NAMES, "Soon.", by=made.ana, at=folkmoot_now())
    village.move_clock(timedelta(days=91))
    proposal = splits.propose(made.council, NAMES, "Now.", by=made.ana, at=folkmoot_now())
    assert Split.objects.get().proposal == proposal


@pytest.mark.slow
def test_nor_do_councils_that_are_founded_and_groups_that_found_become_one(council: Council) -> None:
    made = founding.handed_over()
    alder, people = council
    with refused(Denied, "over for 90 days"):
        unions.propose(made.council, [alder], alder, "Soon.", by=made.ana, at=folkmoot_now())
    boards.open(made.group, "Cedar", by=made.eva, at=folkmoot_now())
    other = village.make_council("Lamp", people[:3])
    Body.objects.filter(pk=other.pk).update(kind=Body.Kind.CATALYST)
    other.refresh_from_db()
    with refused(Denied, "This group founds a council"):
        unions.propose(made.group, [other], other, "Near.", by=made.eva, at=folkmoot_now())


def test_members_choose_and_nobody_else(council: Council) -> None:
    body, people = council
    with refused(Denied):
        choose(body, (people[8], 1))
    with refused(Invalid, "Choose one of the two."):
        choose(body, (people[0], 3))
    gone = village.membership(body, people[5])
    memberships.leave(body, by=people[5])
    with refused_by_the_database("members choose until"):
        SplitChoice.objects.create(split=Split.objects.get(), membership=gone, part=1, at=folkmoot_now())
    assert locks_of(lambda: choose(body, (people[0], 1)))[:2] == ["membership", "body"]


def test_the_pages_lead_from_a_council_that_is_too_large_to_the_choice() -> None:
    people = village.make_people(*(f"n{number}" for number in range(27)))
    body = village.make_council("Alder", people)
    page = f"/b/{body.slug}/"
    profiles.set_first(body, Profile("street", "All.", 25), at=folkmoot_now())
    assert f'href="{page}split/"' in as_(people[0]).get(page).content.decode()

    proposed = send(people[0], f"{page}split/", first=NAMES[0], second=NAMES[1], text="We are many.")
    assert "27 have not chosen yet. Who has not by the day goes to Alder North." in text_of(proposed)
    pk = Split.objects.get().pk
    assert "1 goes there" in text_of(send(people[1], f"/splits/{pk}/choose/", part="2"))
    none = send(people[1], f"/splits/{pk}/choose/")
    assert (none.status_code, "Choose one of the two." in text_of(none)) == (422, True)
    assert "Where do you go?" in text_of(as_(people[2]).get(page))


def send(person: Person, path: str, **data: Any) -> Any:
    return as_(person).post(path, {"once": f"{path}{data}"[:60], **data}, follow=True)


def test_the_new_councils_take_on_what_the_charter_says_then(council: Council) -> None:
    body, people = council
    choose(body, *[(person, 1) for person in people[:4]], *[(person, 2) for person in people[4:8]])
    content = charters.Draft("Better words.", "", body.charters.get().numbers)
    charters.bring_into_force(charters.draft(body, content, at=folkmoot_now()), at=folkmoot_now())
    village.move_clock(timedelta(days=31))
    settle()

    assert Body.objects.get(name=NAMES[1]).charters.get().purpose == "Better words."
