"""Bodies become one: each decides for itself, 30 days after the last of them it is done; or nothing happens."""

from dataclasses import dataclass
from datetime import timedelta

import pytest
from django.db import transaction

from core import registry
from core.actions import accords, applications, endings, opening, unions
from core.actions.settling import settle
from core.models import Accord, AccordSide, Body, Cause, Mandate, Membership, Person, Proposal, Stage
from core.notices.fanning import fan_out
from core.refusals import Denied, Invalid, WrongStep, denied
from core.timekeeping import folkmoot_now
from tests import village
from tests.core.actions.locking import locks_of
from tests.core.actions.scene import refused, refused_by_the_database
from tests.core.people.cast import as_, text_of
from tests.scenes import scene
from tests.verify.honest import assert_whole

pytestmark = pytest.mark.django_db

WORDS = "We share a yard already."


@dataclass(frozen=True)
class Pair:
    """North of four and South of four; the last of North is in both. North has decided to go to South."""

    north: Body
    south: Body
    northern: list[Person]
    southern: list[Person]
    accord: Accord


def decide(proposal: Proposal, people: list[Person], says: str = "agree") -> Proposal:
    """The proposal after its talk and its vote."""
    village.move_clock(timedelta(days=8))
    vote = opening.open_vote(proposal, by=people[0])
    for person in people:
        village.cast(vote, person, says, "It harms us." if says == "block" else "")
    village.close(vote)
    return Proposal.objects.get(pk=proposal.pk)


def make_pair() -> Pair:
    """Both councils, and the accord that waits for South."""
    northern, southern = village.make_people("n0", "n1", "n2", "both"), village.make_people("s0", "s1", "s2")
    north = village.make_council("North", northern, admission="open", waiting_days=14)
    south = village.make_council("South", [*southern, northern[3]], admission="open", waiting_days=14)
    proposal = unions.propose(north, [south], south, WORDS, by=northern[0], at=folkmoot_now())
    assert not Accord.objects.visible_to(southern[0]).exists()
    decide(proposal, northern)
    return Pair(north, south, northern, [*southern, northern[3]], Accord.objects.get())


pair = scene(make_pair)


def take_up(pair: Pair) -> Proposal:
    return accords.take_up(pair.accord, pair.south, by=pair.southern[0], at=folkmoot_now())


def both_decide(pair: Pair) -> None:
    decide(take_up(pair), pair.southern)


def fresh(body: Body) -> Body:
    return Body.objects.get(pk=body.pk)


def test_after_thirty_days_one_goes_on_with_the_members_of_both(pair: Pair) -> None:
    mandate = village.make_mandate(pair.north, pair.northern, pair.northern[1], author=pair.northern[0])
    kept = village.make_mandate(pair.south, pair.southern, pair.southern[1], author=pair.southern[0], title="Keys")
    both_decide(pair)
    village.move_clock(timedelta(days=27))
    late = village.make_people("late")[0]
    applications.apply(pair.north, by=late, at=folkmoot_now())
    voice_from = Membership.objects.get(person=late).voice_from
    talked_over = village.make_proposal(pair.north, pair.northern[0])
    going_on = village.make_proposal(pair.south, pair.southern[0])
    village.move_clock(timedelta(days=3, minutes=1))
    settle()

    north, south = fresh(pair.north), fresh(pair.south)
    assert (north.ended_at is None, south.ended_at) == (False, None)
    inside = set(Person.objects.filter(memberships__in=south.memberships.open()))
    assert inside == {*pair.northern, *pair.southern, late}
    assert south.memberships.open().count() == 8
    assert Membership.objects.get(body=south, person=late).voice_from == voice_from
    assert Mandate.objects.get(pk=mandate.pk).ending == Mandate.Ending.BODY_ENDED
    assert Mandate.objects.get(pk=kept.pk).ended_at is None
    assert Proposal.objects.get(pk=talked_over.pk).stage == Stage.OVERTAKEN
    assert Proposal.objects.get(pk=going_on.pk).stage == Stage.DISCUSSION
    assert settle() == 0
    for body, reader in ((north, pair.northern[0]), (south, pair.southern[0])):
        assert_whole(body, reader)
    assert as_(pair.northern[0]).get(f"{north.get_absolute_url()}decisions/").status_code == 200
    told = Cause.objects.get(what=Cause.What.BODIES_UNITED)
    fan_out(told.pk)
    assert told.notices.count() == 8


@pytest.mark.slow
def test_who_is_in_both_waits_no_longer_than_in_the_other(pair: Pair) -> None:
    both_decide(pair)
    village.move_clock(timedelta(days=29))
    applications.apply(pair.south, by=pair.northern[1], at=folkmoot_now())
    village.move_clock(timedelta(days=1, minutes=1))
    settle()

    row = Membership.objects.get(body=pair.south, person=pair.northern[1])
    assert row.has_voice(folkmoot_now())
    vote = village.make_vote(fresh(pair.south), pair.southern[0])
    assert vote.roll_size == 7
    assert_whole(fresh(pair.south))


def test_one_that_does_not_adopt_it_ends_it_for_all(pair: Pair) -> None:
    decide(take_up(pair), pair.southern, says="aside")
    settle()

    accord, own = Accord.objects.get(), Proposal.objects.get(body=pair.north)
    assert (accord.why, own.stage, own.ending) == ("not_adopted", Stage.ADOPTED, "fell")
    village.move_clock(timedelta(days=60))
    assert settle() == 0
    assert fresh(pair.north).decides
    for body in (pair.north, pair.south):
        assert_whole(fresh(body))
    page = text_of(as_(pair.northern[0]).get(accord.get_absolute_url()))
    assert "This came to nothing, and everything stays as it is. One of the bodies has not adopted it." in page


@pytest.mark.slow
def test_a_later_decision_in_one_of_them_takes_its_place(pair: Pair) -> None:
    both_decide(pair)
    own = Proposal.objects.get(body=pair.south, kind="union")
    village.decide(pair.south, pair.southern, pair.southern[1], title="We stay", replaces=own)
    settle()
    village.move_clock(timedelta(days=40))
    settle()

    assert Accord.objects.get().why == "replaced"
    assert fresh(pair.north).decides
    assert Proposal.objects.get(body=pair.north, kind="union").ending == "fell"
    assert_whole(fresh(pair.north))
    assert_whole(fresh(pair.south))


@pytest.mark.slow
def test_where_one_ends_meanwhile_or_half_a_year_passes_nothing_happens(pair: Pair, no_decision: None) -> None:
    with transaction.atomic():
        endings.end(endings.take_all(pair.south), at=folkmoot_now())
    settle()
    assert (Accord.objects.get().why, fresh(pair.north).decides) == ("one_ended", True)

    [gina, *others] = village.make_people("gina", "hugo", "ines")
    east = village.make_council("East", [gina, *others])
    again = unions.propose(pair.north, [east], pair.north, WORDS, by=pair.northern[0], at=folkmoot_now())
    decide(again, pair.northern)
    open_there = accords.take_up(again.accord.accord, east, by=gina, at=folkmoot_now())
    village.move_clock(timedelta(days=181))
    settle()
    assert Accord.objects.get(pk=again.accord.accord_id).why == "time"
    assert Proposal.objects.get(pk=open_there.pk).stage == Stage.OVERTAKEN
    assert_whole(fresh(pair.north))
    assert_whole(east)


def test_who_may_take_it_up_and_when(pair: Pair) -> None:
    with refused(Denied, "Only members"):
        accords.take_up(pair.accord, pair.south, by=pair.northern[0], at=folkmoot_now())
    with refused(Denied, "before this body already"):
        accords.take_up(pair.accord, pair.north, by=pair.northern[0], at=folkmoot_now())
    take_up(pair)
    with refused(Denied, "before this body already"):
        take_up(pair)
    with refused(WrongStep, "becomes two, or one with another"):
        endings.propose(pair.south, "Enough.", by=pair.southern[1], at=folkmoot_now())


def test_nobody_takes_up_what_the_first_body_has_not_decided(pair: Pair) -> None:
    [gina, *others] = village.make_people("gina", "hugo", "ines")
    east = village.make_council("East", [gina, *others])
    accord = unions.propose(east, [pair.south], east, WORDS, by=gina, at=folkmoot_now()).accord.accord
    with refused(Denied, "has not decided yet"):
        accords.take_up(accord, pair.south, by=pair.southern[0], at=folkmoot_now())
    assert as_(pair.southern[0]).get(accord.get_absolute_url()).status_code == 404
    assert as_(gina).get(accord.get_absolute_url()).status_code == 200


def test_where_somebody_cannot_be_taken_along_nothing_is_done_by_half(
    pair: Pair, monkeypatch: pytest.MonkeyPatch
) -> None:
    both_decide(pair)
    village.move_clock(timedelta(days=31))
    monkeypatch.setitem(registry.CHECKS, registry.Asked.JOIN, [lambda *_about: denied("Not here.")])
    settle()

    assert (Accord.objects.get().why, Accord.objects.get().done_at) == ("impossible", None)
    for body, people in ((pair.north, pair.northern), (pair.south, pair.southern)):
        assert fresh(body).decides
        assert body.memberships.open().count() == len(people)
        decision = Proposal.objects.get(body=body, kind="union")
        assert decision.effect_problem == "Somebody of one body cannot be a member of the other."
        assert decision.tasks.count() == 1
        assert_whole(fresh(body))
    assert settle() == 0


def test_what_cannot_be_proposed() -> None:
    [ana, bruno, eva, farid, gina, hugo] = village.make_people("ana", "bruno", "eva", "farid", "gina", "hugo")
    body, other = village.make_council("Alder", [ana, bruno, eva]), village.make_council("Birch", [farid, gina, hugo])
    hidden = village.make_council("Cedar", [ana, bruno, eva], listed=False)
    coop = village.make_council("Bakery", [ana, bruno, eva])
    Body.objects.filter(pk=coop.pk).update(kind="cooperative")

    def propose(others: list[Body], lead: Body, by: Person = ana) -> Proposal:
        return unions.propose(body, others, lead, WORDS, by=by, at=folkmoot_now())

    for others, words in (
        ([], "one to four"),
        ([body], "one to four"),
        ([other, other], "one to four"),
        ([hidden], "listed"),
        ([fresh(coop)], "same kind"),
    ):
        with refused(Invalid, words):
            propose(others, body)
    with refused(Invalid, "one of these"):
        propose([other], hidden)
    with refused(Denied):
        propose([other], body, by=farid)
    proposal = propose([other], body)
    with refused(WrongStep, "becomes two, or one with another"):
        propose([other], body)
    village.move_clock(timedelta(days=6))
    with refused(Denied, "The talk has to last longer"):
        opening.open_vote(proposal, by=ana)


def test_the_database_lets_nothing_be_done_before_all_have_decided(pair: Pair) -> None:
    side, elm = AccordSide.objects.get(body=pair.south), village.make_council("Elm", village.make_people("x", "y", "z"))
    with refused_by_the_database("once all its bodies have adopted it"):
        Accord.objects.update(done_at=folkmoot_now())
    with refused_by_the_database("a proposal of its own"):
        AccordSide.objects.filter(pk=side.pk).update(proposal=village.make_proposal(pair.south, pair.southern[0]))
    with refused_by_the_database("never change"):
        AccordSide.objects.filter(pk=side.pk).update(body=elm)
    decide(take_up(pair), pair.southern)
    with refused_by_the_database("once all its bodies have adopted it"):
        Accord.objects.update(done_at=folkmoot_now() + timedelta(days=29))


def test_all_bodies_are_locked_by_their_keys_before_anything_else(pair: Pair) -> None:
    assert locks_of(lambda: take_up(pair))[:3] == ["membership", "body", "proposal"]
    both_decide(pair)
    village.move_clock(timedelta(days=31))
    assert locks_of(lambda: accords.go_on(pair.accord.pk))[:3] == ["membership", "body", "proposal"]
    assert fresh(pair.north).ended_at is None


def test_the_pages_lead_from_the_charter_to_the_vote_in_the_other_body(pair: Pair) -> None:
    ana = village.make_people("ana")[0]
    applications.apply(pair.south, by=ana, at=folkmoot_now())
    page = as_(ana).get(pair.south.get_absolute_url())
    assert pair.accord.get_absolute_url() in page.content.decode()
    shown = text_of(as_(ana).get(pair.accord.get_absolute_url()))
    assert "goes on, with its name and its charter" in shown
    assert WORDS in shown
    put = as_(ana).post(f"/b/south/accords/{pair.accord.pk}/take-up/", {"once": "k"}, follow=True)
    assert "If one of them does not adopt it" in text_of(put)
    again = as_(ana).post(f"/b/south/accords/{pair.accord.pk}/take-up/", {"once": "l"})
    assert (again.status_code, "before this body already" in text_of(again)) == (403, True)

    form = as_(ana).post("/b/south/unite/", {"once": "m", "other": pair.north.pk, "lead": "them", "text": "Again."})
    assert (form.status_code, "becomes two, or one with another" in text_of(form)) == (409, True)
