"""A body ends: decided as a charter change, 30 days later, with all that is open in it."""

from datetime import timedelta
from pathlib import Path

import pytest

from core.actions import appeals, applications, endings, memberships, opening, proposals
from core.actions.settling import settle
from core.models import Application, Body, Cause, Mandate, Person, Proposal, Stage
from core.notices.fanning import fan_out
from core.queries.notices import with_cause
from core.refusals import Denied, Refusal, WrongStep
from core.rules.terms import Matter
from core.timekeeping import folkmoot_now
from tests import village
from tests.access.scene import Scene, make_scene
from tests.access.table import TABLE
from tests.access.test_access import ask, client_of
from tests.core.actions.scene import Street, make_street, refused
from tests.core.people.cast import as_, text_of
from tests.scenes import scene
from tests.verify.honest import assert_whole

pytestmark = pytest.mark.django_db

street = scene(make_street)
whole = scene(make_scene)


def decided(body: Body, people: list[Person]) -> Proposal:
    """The body has decided to end."""
    proposal = endings.propose(body, "We are two streets by now.", by=people[0], at=folkmoot_now())
    village.move_clock(timedelta(days=8))
    vote = opening.open_vote(proposal, by=people[0])
    assert vote.matter == Matter.CHARTER
    for person in people:
        village.cast(vote, person, "agree")
    village.close(vote)
    proposal.refresh_from_db()
    assert proposal.stage == Stage.ADOPTED
    return proposal


def test_it_takes_seven_days_of_talk(street: Street) -> None:
    proposal = endings.propose(street.body, "Enough.", by=street.ana, at=folkmoot_now())
    village.move_clock(timedelta(days=6))
    with refused(Denied, "The talk has to last longer"):
        opening.open_vote(proposal, by=street.ana)
    with refused(WrongStep, "It is proposed already"):
        endings.propose(street.body, "Enough.", by=street.bruno, at=folkmoot_now())
    with refused(Denied):
        endings.propose(street.body, "Enough.", by=street.carla, at=folkmoot_now())


def test_nothing_begins_in_a_body_that_has_ended(street: Street) -> None:
    day = (folkmoot_now() + timedelta(days=70)).date()
    village.decide(street.body, street.members, street.ana, review_on=day)
    decided(street.body, street.members)
    village.move_clock(timedelta(days=12))
    gone = village.membership(street.body, street.gina)
    removal = village.make_vote(street.body, street.ana, title="Remove her", kind="removal", subject=gone)
    for person in street.members[:4]:
        village.cast(removal, person, "yes")
    village.close(removal)
    village.move_clock(timedelta(days=4))
    settle()

    with refused(Denied, "This body has ended."):
        appeals.appeal(Proposal.objects.get(kind="removal"), "It was not so.", by=street.gina, at=folkmoot_now())
    village.move_clock(timedelta(days=60))
    assert settle() == 0
    assert_whole(street.body, street.ana)


def test_after_thirty_days_everything_open_ends_with_it(street: Street) -> None:
    mandate = village.make_mandate(street.body, street.members, street.bruno, author=street.ana)
    decided(street.body, street.members)
    talked_over = village.make_proposal(street.body, street.ana)
    village.move_clock(timedelta(days=24))
    voted_on = village.make_proposal(street.body, street.bruno)
    recall = village.open_recall(mandate, street.eva)
    asked = applications.apply(street.body, by=street.dario, at=folkmoot_now())
    village.move_clock(timedelta(days=4))
    vote = opening.open_vote(voted_on, by=street.bruno)
    village.cast(vote, street.ana, "agree")
    settle()
    assert Body.objects.get(pk=street.body.pk).ended_at is None

    village.move_clock(timedelta(days=2, minutes=1))
    settle()

    body = Body.objects.get(pk=street.body.pk)
    assert body.ended_at is not None
    for proposal in (talked_over, voted_on):
        assert Proposal.objects.get(pk=proposal.pk).stage == Stage.OVERTAKEN
    assert Proposal.objects.get(pk=recall.proposal_id).stage in (Stage.OVERTAKEN, Stage.NOT_ADOPTED)
    assert Mandate.objects.get(pk=mandate.pk).ending == Mandate.Ending.BODY_ENDED
    assert Application.objects.get(pk=asked.pk).closed_at is not None
    assert set(body.memberships.values_list("ending", flat=True)) == {"body_ended"}
    assert settle() == 0
    assert_whole(body, street.ana)


def test_a_later_decision_takes_its_place(street: Street) -> None:
    ending = decided(street.body, street.members)
    village.decide(street.body, street.members, street.bruno, title="We stay", replaces=ending)

    village.move_clock(timedelta(days=60))
    settle()

    assert Body.objects.get(pk=street.body.pk).ended_at is None
    assert_whole(street.body, street.ana)


def test_it_ends_once_and_not_before_its_day(street: Street) -> None:
    ending = decided(street.body, street.members)
    village.move_clock(timedelta(days=29))
    assert not endings.end_if_due(ending.pk)
    village.move_clock(timedelta(days=2))
    assert endings.end_if_due(ending.pk)
    assert not endings.end_if_due(ending.pk)


def test_what_it_did_stays_readable_and_nothing_can_be_done_any_more(street: Street) -> None:
    decided(street.body, street.members)
    village.move_clock(timedelta(days=31))
    settle()
    body = Body.objects.get(pk=street.body.pk)

    page = text_of(as_(street.ana).get(body.get_absolute_url()))
    assert "This body ended on" in page
    assert "Ask to join" not in page
    for path in ("proposals/", "decisions/", "record/", "charter/", "members/", "mandates/"):
        assert as_(street.ana).get(f"{body.get_absolute_url()}{path}").status_code == 200, path
    acts = (
        lambda: proposals.draft(body, by=street.ana, at=folkmoot_now(), title="More", text="More."),
        lambda: applications.apply(body, by=street.dario, at=folkmoot_now()),
        lambda: memberships.leave(body, by=street.ana),
        lambda: endings.propose(body, "Again.", by=street.ana, at=folkmoot_now()),
    )
    for act in acts:
        with refused(Refusal):
            act()
    told = Cause.objects.get(what=Cause.What.BODY_ENDED, body=body)
    fan_out(told.pk)
    assert with_cause(told.notices.filter(person=street.ana)).get().shown


@pytest.mark.slow
def test_no_page_of_an_ended_body_breaks(whole: Scene, rows_by_hand: None, seals_folder: Path) -> None:
    taken = endings.take_all(whole.body)
    endings.end(taken, at=folkmoot_now())
    for kind in ("author", "stranger"):
        client = client_of(kind, whole)
        for name in TABLE:
            for method in ("GET", "POST"):
                assert ask(client, name, method, whole).status_code < 500, (name, kind, method)
