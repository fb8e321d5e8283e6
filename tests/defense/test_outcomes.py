"""What a case does in a defence body: judged by members of the host, carried out in the body and its posts."""

from datetime import timedelta
from functools import partial
from pathlib import Path

import pytest

from core.actions import cases, findings, mandates, memberships, panels, reading_keys, sealed_files
from core.actions.settling import settle
from core.models import Ballot, Body, Case, Mandate, Membership, Person, RecordLine
from core.queries.charters import today_in
from core.refusals import Refusal
from core.registry import outcomes_of
from core.timekeeping import folkmoot_now
from defense.actions import training
from defense.queries.chain import get_chain
from tests import village
from tests.core.cases.cast import REASONS, WORDS, fresh, panel
from tests.core.people.test_races import at_once, refused
from tests.defense.scene import Watch, make_watch
from tests.verify.honest import assert_whole

pytestmark = pytest.mark.django_db


def judge(watch: Watch, outcome: str, mandate: Mandate | None = None) -> Case:
    """Ana complains about bruno; eva, farid and gina judge. As it is when the outcome can still be appealed."""
    at = folkmoot_now()
    for person in watch.neighbours:
        if not person.reading_keys.exists():
            reading_keys.make(person, WORDS, at=at)
    case = cases.open_case(watch.body, watch.bruno, "He shouted at a guest.", by=watch.ana, at=at)
    settle()
    case = fresh(case)
    for person in panel(case):
        panels.take_seat(case, by=person, at=folkmoot_now())
    panels.sit(case, by=panel(case)[0], at=folkmoot_now())
    cases.say(case, "I was loud.", by=watch.bruno, at=folkmoot_now())
    read(case, watch.ana)
    first, second = panel(case)[:2]
    finding = findings.find(case, outcome, REASONS, by=first, at=folkmoot_now(), mandate=mandate)
    read(case, second)
    return findings.assent(finding, by=second, at=folkmoot_now())


def read(case: Case, person: Person) -> None:
    """Open what one may read; with that it is sealed to whoever is entitled since."""
    papers = case.papers.filter(file__readers__person=person, file__readers__ended_at=None).select_related("file")
    sealed_files.read([paper.file for paper in papers], reading_keys.open_with(person, WORDS), by=person)


def carried_out(case: Case) -> Case:
    """Nobody appeals it in time."""
    village.move_clock(timedelta(days=7, minutes=1))
    settle()
    return fresh(case)


def resting(watch: Watch) -> bool:
    """Whether bruno's post is shown as resting."""
    return any(node.resting for _depth, node in get_chain(watch.body, at=folkmoot_now()).lines)


def test_a_defence_body_has_the_outcomes_of_the_design(watch: Watch) -> None:
    ours = {outcome.name for outcome in outcomes_of(watch.body)}

    assert ours == {"no_case", "pardon", "commendation", "post_removal", "reassignment", "training", "dismissal"}
    assert {outcome.name for outcome in outcomes_of(watch.host)} == {"no_case", "pardon", "commendation", "end_mandate"}


@pytest.mark.parametrize("outcome", ["post_removal", "reassignment"])
def test_a_post_ends_and_who_held_it_stays_a_member(watch: Watch, seals_folder: Path, outcome: str) -> None:
    case = carried_out(judge(watch, outcome, watch.mandate))

    mandate = Mandate.objects.get(pk=watch.mandate.pk)
    assert (case.effect, mandate.ending) == ("done", Mandate.Ending.PANEL)
    assert Membership.objects.open().filter(body=watch.body, person=watch.bruno).exists()


def test_a_pardon_leaves_the_post(watch: Watch, seals_folder: Path) -> None:
    case = carried_out(judge(watch, "pardon"))

    assert (case.stage, case.ending) == (Case.Stage.CLOSED, Case.Ending.STANDS)
    assert Mandate.objects.get(pk=watch.mandate.pk).ended_at is None


def test_an_outcome_of_councils_is_refused_here(watch: Watch, seals_folder: Path) -> None:
    with pytest.raises(Refusal, match="Choose one of the outcomes"):
        judge(watch, "end_mandate", watch.mandate)


def test_a_post_rests_until_its_holder_has_trained_again(watch: Watch, seals_folder: Path) -> None:
    taught = training.set_up(watch.body, "deescalation", None, by=watch.ana, at=folkmoot_now())
    came = [village.membership(watch.body, watch.bruno)]
    before = training.announce(taught, today_in(watch.body, folkmoot_now()), by=watch.ana, at=folkmoot_now())
    training.enter(before, came, by=watch.ana)
    carried_out(judge(watch, "training"))

    with pytest.raises(Refusal, match="until you have come to a training"):
        mandates.report(watch.mandate, "All quiet.", by=watch.bruno)
    assert resting(watch)
    day = training.announce(taught, today_in(watch.body, folkmoot_now()), by=watch.ana, at=folkmoot_now())
    training.enter(day, came, by=watch.ana)

    mandates.report(watch.mandate, "All quiet.", by=watch.bruno)
    assert not resting(watch)
    assert_whole(watch.body)


def test_who_is_dismissed_leaves_body_and_posts_and_stays_a_neighbour(watch: Watch, seals_folder: Path) -> None:
    case = carried_out(judge(watch, "dismissal"))

    assert case.effect == "done"
    assert Mandate.objects.get(pk=watch.mandate.pk).ending == Mandate.Ending.PANEL
    gone = Membership.objects.get(body=watch.body, person=watch.bruno)
    assert gone.ending == Membership.Ending.REMOVED
    assert Membership.objects.open().filter(body=watch.host, person=watch.bruno).exists()
    for body in (watch.body, watch.host):
        assert_whole(body)


def test_who_has_left_meanwhile_cannot_be_dismissed_and_the_case_says_so(watch: Watch, seals_folder: Path) -> None:
    case = judge(watch, "dismissal")
    gone = village.membership(watch.body, watch.bruno)
    memberships.leave(watch.body, by=watch.bruno)

    case = carried_out(case)
    gone.refresh_from_db()
    assert (case.effect, gone.ending) == ("failed", Membership.Ending.LEFT)


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_a_dismissal_and_a_vote_at_once_both_hold(transactional_db: None, seals_folder: Path) -> None:
    watch = make_watch()
    case = judge(watch, "dismissal")
    village.move_clock(timedelta(days=7, minutes=1))
    vote = village.make_vote(watch.body, watch.ana)

    answers = at_once(
        [
            partial(findings.close_if_due, case.pk),
            partial(village.cast, vote, watch.bruno, "agree"),
            partial(findings.close_if_due, case.pk),
        ]
    )

    assert refused(answers) == []
    assert sorted(answers[::2], key=str) == [False, True]
    assert Membership.objects.get(body=watch.body, person=watch.bruno).ending == Membership.Ending.REMOVED
    assert Ballot.objects.get(vote=vote, roll__person=watch.bruno).position == "agree"  # removed, not left (DESIGN 3.5)
    assert RecordLine.objects.filter(body=watch.body, what="member.removed").count() == 1
    assert Body.objects.get(pk=watch.body.pk).ended_at is None
