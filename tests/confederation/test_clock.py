"""What beat hands out to workers, and the one discussion that both levels read."""

from datetime import timedelta
from typing import Any

import pytest

from confederation import clock, tasks
from confederation.actions import referring
from confederation.models import Referral, Station
from confederation.queries.talk import get_talks
from core.actions import comments
from core.models import Comment, Proposal, Vote
from core.timekeeping import folkmoot_now
from tests import village
from tests.confederation import rows
from tests.confederation.valley import Valley, ask, home, member, station, until_votes

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("rows_by_hand")]


@pytest.fixture
def handed(monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, int]]:
    """Workers do all at once, two keys a task; which task took how many."""
    taken: list[tuple[str, int]] = []

    def at_once(task: Any) -> Any:
        def publish(*, kwargs: dict[str, list[int]], expires: int) -> None:
            assert expires == clock.EXPIRES
            taken.append((task.name.rpartition(".")[2], len(kwargs["keys"])))
            task(**kwargs)
            task(**kwargs)

        return publish

    for task in (tasks.ask_bodies, tasks.close_votes, tasks.say_for_late, tasks.count_levels, tasks.spread_results):
        monkeypatch.setattr(task, "apply_async", at_once(task))
    monkeypatch.setattr(clock, "BATCH", 2)
    return taken


def test_workers_alone_bring_a_question_up(valley: Valley, handed: list[tuple[str, int]]) -> None:
    proposal = rows.question(valley.valley)
    referring.begin(proposal.pk)
    clock.hand_out()
    assert handed == [("ask_bodies", 2), ("ask_bodies", 2)]
    referral = Referral.objects.get(proposal=proposal)
    until_votes()
    rows.vote_of(home(referral, valley.dell), "agree", 6)
    village.move_clock(timedelta(days=7))
    handed.clear()

    clock.hand_out()
    assert handed == [("close_votes", 2), ("close_votes", 2)]
    assert not Vote.objects.due(folkmoot_now()).exists()
    handed.clear()
    for _hour in range(2):
        village.move_clock(timedelta(hours=1, seconds=2))
        clock.hand_out()
    assert handed == [("count_levels", 1), ("count_levels", 1), ("spread_results", 1)]
    referral.refresh_from_db()
    assert referral.outcome == "not_adopted"
    assert not Station.objects.open().exists()


def test_who_is_late_is_handed_out_too(valley: Valley, handed: list[tuple[str, int]]) -> None:
    referral = ask(valley.valley)
    village.move_clock(timedelta(days=14, seconds=1))
    clock.hand_out()

    assert handed == [("say_for_late", 2), ("say_for_late", 2)]
    assert {station(referral, body).reason for body in valley.streets} == {"late"}


def test_one_reads_what_is_said_above_and_at_home(valley: Valley, django_assert_num_queries: Any) -> None:
    referral = ask(valley.valley)
    ana, own, other = member(valley.dell), home(referral, valley.dell), home(referral, valley.alder)
    comments.write(own, "Who pays?", by=ana, at=folkmoot_now())
    comments.write(other, "Not us.", by=member(valley.alder), at=folkmoot_now())
    Comment.objects.create(proposal=referral.proposal, author=ana, text="All of us.", at=folkmoot_now())

    for page in (own, referral.proposal):
        with django_assert_num_queries(2):
            above, at_home = get_talks(page, ana)
        assert (above.body, [each.text for each in above.comments]) == (valley.valley, ["All of us."])
        assert (at_home.body, [each.text for each in at_home.comments]) == (valley.dell, ["Who pays?"])
    stranger = village.make_people("stranger")[0]
    assert get_talks(referral.proposal, stranger) == []
    assert Proposal.objects.filter(kind="referral").count() == 4
