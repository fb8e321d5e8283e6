"""Votes that an assembly takes: how long they are open, and whose vote can be given by name."""

from datetime import timedelta

import pytest
from django.db import transaction

from core.actions import entering, opening
from core.gatherings import closes_no_earlier_than, gathering_for, was_there
from core.refusals import WrongStep
from core.timekeeping import folkmoot_now
from councils.actions import agenda, door, duties, running
from councils.actions.agenda import Item
from tests import village
from tests.core.people.cast import as_, text_of
from tests.councils.assemblies import (
    Hall,
    add,
    call,
    for_ballots,
    guide,
    make_hall,
    opened,
    over,
    put_to_the_vote,
)
from tests.scenes import scene
from tests.verify.honest import found, members_file
from tests.verify.story import bound, parsed

pytestmark = pytest.mark.django_db

hall = scene(make_hall)


def test_a_vote_taken_at_an_assembly_is_open_a_day_longer(hall: Hall) -> None:
    proposal = village.make_proposal(hall.body, hall.people["bruno"])
    add(hall, proposal=proposal, ballots=True)
    before = folkmoot_now() + timedelta(days=7)

    gathering = gathering_for(proposal, before)

    assert gathering is not None
    assert gathering.ends_at == hall.assembly.ends_at
    assert closes_no_earlier_than(folkmoot_now(), gathering) == gathering.ends_at + timedelta(hours=24)
    over(opened(hall, item=False))
    assert gathering_for(proposal, before) is None
    assert gathering_for(village.make_proposal(hall.body, hall.people["gina"]), before) is None


def test_nobody_holds_a_vote_open_by_calling_an_assembly_for_next_year(hall: Hall) -> None:
    proposal = village.make_proposal(hall.body, hall.people["bruno"])
    far = call(hall.body, hall.people["gina"], days=300)
    agenda.add(far, Item(proposal=proposal, takes_ballots=True), by=hall.people["gina"], at=folkmoot_now())
    village.move_clock(timedelta(days=3))

    vote = opening.open_vote(proposal, by=hall.people["bruno"])

    assert vote.meets_until is None
    assert vote.closes_at - vote.opened_at == timedelta(hours=168)


def test_an_assembly_called_beside_it_keeps_nobody_from_voting_in_the_hall(hall: Hall) -> None:
    proposal = village.make_proposal(hall.body, hall.people["bruno"])
    add(hall, proposal=proposal, ballots=True)
    village.move_clock(timedelta(days=3))
    vote = opening.open_vote(proposal, by=hall.people["bruno"])
    for days in (3.5, 300):
        other = call(hall.body, hall.people["gina"], days=days)
        agenda.add(other, Item(proposal=proposal, takes_ballots=True), by=hall.people["gina"], at=folkmoot_now())
    opened(hall, "bruno", "farid", item=False)

    written = entering.enter(vote, hall.people["farid"], "agree", by=hall.ana, way="named")

    assert entering.confirm(written, "agree", by=hall.people["eva"]).counts
    forged = parsed(members_file(hall.body))
    line = next(each for each in forged if each.get("what") == "vote.opened")
    line["data"] |= {"meets_until": "2100-01-01T00:00:00.000000Z", "closes": "2100-01-02T00:00:00.000000Z"}
    assert "window" in {each.code for each in found(bound(forged)).broken}


def test_nobody_keeps_an_assembly_from_beginning_by_taking_its_duties(hall: Hall) -> None:
    gina, starts = hall.people["gina"], hall.assembly.starts_at
    assert starts is not None
    with pytest.raises(WrongStep, match="Somebody has taken this on"), transaction.atomic():
        duties.take(hall.assembly, "facilitator", by=gina, at=starts - timedelta(seconds=1))
    assert "They keep the others waiting" not in text_of(as_(gina).get(hall.assembly.get_absolute_url()))
    village.move_clock(starts - folkmoot_now())

    assert "They keep the others waiting" in text_of(as_(gina).get(hall.assembly.get_absolute_url()))
    duties.take(hall.assembly, "facilitator", by=gina, at=folkmoot_now())
    running.open_doors(hall.assembly, by=gina, at=folkmoot_now())
    door.arrive(hall.assembly, hall.member("gina"), by=gina, at=folkmoot_now())

    with pytest.raises(WrongStep, match="Somebody has taken this on"), transaction.atomic():
        duties.take(hall.assembly, "facilitator", by=hall.ana, at=folkmoot_now())


def test_votes_by_name_are_of_those_who_were_there_since_the_vote_is_open(hall: Hall) -> None:
    item = for_ballots(hall, "bruno")
    opened(hall, "ana", "bruno", "eva", item=False)
    door.leave(hall.assembly, hall.member("eva"), by=hall.ana, at=folkmoot_now())
    vote = put_to_the_vote(item)
    door.arrive(hall.assembly, hall.member("farid"), by=hall.ana, at=folkmoot_now())
    door.leave(hall.assembly, hall.member("bruno"), by=hall.ana, at=folkmoot_now())

    def there() -> list[str]:
        return [name for name in ("ana", "bruno", "eva", "farid", "gina") if was_there(vote, hall.people[name])]

    assert there() == ["ana", "bruno", "farid"]  # eva had gone before
    over(hall)
    assert there() == ["ana", "bruno", "farid"]
    other = Hall(hall.body, call(hall.body, hall.ana), hall.people)
    guide(other)
    add(other, proposal=item.proposal, ballots=True)
    opened(other, "gina", item=False)
    assert there() == ["ana", "bruno", "farid"]  # at another assembly one was not at this one
