"""Pages of proposals: what they show to whom, and every act on them with its refusals."""

from datetime import timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from core.actions import comments, mandates, opening, proposals, recalls
from core.actions.settling import settle
from core.models import Mandate, Membership, Proposal, Second, Stage, Task
from core.queries.charters import get_charter
from core.refusals import Invalid
from core.timekeeping import folkmoot_now
from tests import village
from tests.core.pages.cast import Lines, Queries, SignedIn, Street

pytestmark = pytest.mark.django_db

WITH_SESSION_AND_PERSON = 2


def act(client: Client, name: str, proposal: Proposal, **data: Any) -> Any:
    return client.post(reverse(f"core:{name}", args=[proposal.pk]), {"once": "k1", **data})


def page_of(client: Client, proposal: Proposal) -> str:
    return client.get(proposal.get_absolute_url()).content.decode()


def stage_of(proposal: Proposal) -> str:
    return Proposal.objects.get(pk=proposal.pk).stage


def draft(street: Street, **extra: Any) -> Proposal:
    options = {"title": "A second key", "text": "For the choir.", **extra}
    return proposals.draft(street.body, by=street.ana, at=folkmoot_now(), **options)


def test_proposal_detail_of_a_draft_is_for_its_author(street: Street, as_person: SignedIn) -> None:
    idea = draft(street)

    assert "Nobody else reads it until you put it up for discussion." in page_of(as_person(street.ana), idea)
    assert as_person(street.bruno).get(idea.get_absolute_url()).status_code == 404


def test_proposal_detail_is_not_found_by_outsiders_and_asks_guests_to_sign_in(
    street: Street, as_person: SignedIn, client: Client
) -> None:
    proposal = village.make_proposal(street.body, street.ana)

    assert as_person(street.dario).get(proposal.get_absolute_url()).status_code == 404
    assert client.get(proposal.get_absolute_url()).status_code == 302


def test_proposal_detail_shows_consensus_as_it_stands_with_names(street: Street, as_person: SignedIn) -> None:
    vote = village.make_vote(street.body, street.ana)
    for person in (street.ana, street.carla, street.eva):
        village.cast(vote, person, "agree")
    village.cast(vote, street.farid, "aside", "Not my garden.")

    page = page_of(as_person(street.bruno), vote.proposal)

    assert "As it stands it would be adopted: 3 of 4 who took part agree and nobody blocks." in page
    assert "Ana</bdi>, <bdi>Carla</bdi>, <bdi>Eva" in page
    assert "Not my garden." in page
    assert "Consensus: adopted if at least 3 of 5 take part" in page


def test_proposal_detail_hides_counts_of_other_votes_until_the_close(street: Street, as_person: SignedIn) -> None:
    mandate = village.make_mandate(street.body, street.members, street.bruno, author=street.ana)
    vote = village.open_recall(mandate, street.carla)
    village.cast(vote, street.carla, "yes", "Nobody got a tool.")

    page = page_of(as_person(street.eva), vote.proposal)

    assert "Counts are shown after the close" in page
    assert "Nobody got a tool." not in page
    assert "says yes" not in page
    assert "This is an open vote: members see who took which position after the close." in page
    village.close(vote)
    assert "Nobody got a tool." in page_of(as_person(street.eva), vote.proposal)


def test_proposal_detail_shows_running_counts_where_the_charter_says_so(street: Street, as_person: SignedIn) -> None:
    people = village.make_people("gina", "hugo", "ines", "jana")
    body = village.make_council("Mill Lane", people, counts_visible="members", consensus_up_to=3)
    vote = village.make_vote(body, people[0])
    village.cast(vote, people[1], "agree", "Good.")

    page = page_of(as_person(people[2]), vote.proposal)

    assert "As it stands too few have taken part: 1 of 4 so far, where 2 are needed." in page
    assert "Good." not in page


def test_proposal_detail_of_a_decision_says_the_outcome_in_words(street: Street, as_person: SignedIn) -> None:
    proposal = village.decide(street.body, street.members[:4], street.ana)

    page = page_of(as_person(street.farid), proposal)

    assert "Adopted: 4 of 4 who took part agree and nobody blocks." in page
    assert "1 of 5 took no part" in page
    assert "It is in force." in page


def test_proposal_detail_shows_times_in_the_zone_of_the_body(street: Street, as_person: SignedIn) -> None:
    people = village.make_people("gina", "hugo", "ines")
    body = village.make_council("Calle Mayor", people, time_zone="Asia/Tokyo")
    vote = village.make_vote(body, people[0])

    page = page_of(as_person(people[1]), vote.proposal)

    with timezone.override("Asia/Tokyo"):
        assert f"{timezone.localtime(vote.closes_at):%H:%M}" in page
    assert "Asia/Tokyo" in page


def test_proposal_detail_shows_markup_as_text_in_every_field(street: Street, as_person: SignedIn) -> None:
    evil = "<img src=x onerror=alert(1)>"
    todo = proposals.Todo(evil)
    proposal = village.make_proposal(street.body, street.ana, title=evil, tasks=[todo])

    for url in (
        proposal.get_absolute_url(),
        f"/b/{street.body.slug}/proposals/",
        "/",
        f"/b/{street.body.slug}/record/",
    ):
        page = as_person(street.bruno).get(url).content.decode()
        assert "<img src=x" not in page
        assert "&lt;img src=x onerror=alert(1)&gt;" in page


@pytest.mark.parametrize("stage", ["idea", "discussion", "urgent", "voting", "round", "decided"])
def test_proposal_detail_asks_the_database_at_most_twelve_times(
    street: Street, as_person: SignedIn, stage: str, django_assert_max_num_queries: Queries
) -> None:
    proposal = in_stage(street, stage)
    client = as_person(street.ana)
    client.get(proposal.get_absolute_url())

    with django_assert_max_num_queries(13 if stage == "round" else 12):  # with session and person
        answer = client.get(proposal.get_absolute_url())

    assert answer.status_code == 200


def in_stage(street: Street, stage: str) -> Proposal:
    """A proposal of ana with voices, tasks and seconds, at some stage."""
    tasks = [proposals.Todo("Ask", street.ana), proposals.Todo("Look", None), proposals.Todo("Dig", street.bruno)]
    idea = draft(street, tasks=tasks, urgent=stage == "urgent")
    if stage == "idea":
        return idea
    at = folkmoot_now()
    proposals.put_up(idea, by=street.ana, at=at)
    for person in street.members:
        comments.write(idea, "A voice.", by=person, at=at)
    if stage == "urgent":
        proposals.second(idea, by=street.bruno, at=at)
    if stage in ("discussion", "urgent"):
        return Proposal.objects.get(pk=idea.pk)
    village.move_clock(timedelta(days=4))
    vote = opening.open_vote(idea, by=street.ana)
    for person in street.members[1:]:
        village.cast(vote, person, "agree", "A reason.")
    if stage == "round":
        village.cast(vote, street.bruno, "block", "No.")
    if stage != "voting":
        village.close(vote)
    return Proposal.objects.get(pk=idea.pk)


def test_proposal_put_up_lets_all_read_it(street: Street, as_person: SignedIn) -> None:
    idea = draft(street)

    answer = act(as_person(street.ana), "proposal-put-up", idea)

    assert answer.status_code == 303
    assert stage_of(idea) == Stage.DISCUSSION
    assert as_person(street.bruno).get(idea.get_absolute_url()).status_code == 200


def test_proposal_put_up_beyond_the_number_of_the_charter_is_refused(
    street: Street, as_person: SignedIn, lines: Lines
) -> None:
    for number in range(3):
        village.make_proposal(street.body, street.ana, title=f"Proposal {number}")
    idea, before = draft(street), lines()

    answer = act(as_person(street.ana), "proposal-put-up", idea)

    assert answer.status_code == 403
    assert "You have as many open proposals as the charter allows." in answer.content.decode()
    assert (stage_of(idea), lines()) == (Stage.IDEA, before)


def test_proposal_put_up_twice_is_the_same_once(street: Street, as_person: SignedIn, lines: Lines) -> None:
    idea = draft(street)
    client = as_person(street.ana)
    act(client, "proposal-put-up", idea)
    before = lines()

    again, other_key = act(client, "proposal-put-up", idea), act(client, "proposal-put-up", idea, once="k2")

    assert (again.status_code, other_key.status_code) == (303, 409)
    assert lines() == before


def test_proposal_withdraw_is_for_its_author_before_the_vote(street: Street, as_person: SignedIn, lines: Lines) -> None:
    proposal = village.make_proposal(street.body, street.ana)
    before = lines()

    refused = act(as_person(street.bruno), "proposal-withdraw", proposal)

    assert refused.status_code == 403
    assert "Only its author can withdraw a proposal." in refused.content.decode()
    assert (stage_of(proposal), lines()) == (Stage.DISCUSSION, before)
    assert act(as_person(street.ana), "proposal-withdraw", proposal).status_code == 303
    assert stage_of(proposal) == Stage.WITHDRAWN
    assert "Its author took it back today" in page_of(as_person(street.bruno), proposal)


def test_proposal_withdraw_after_voting_has_begun_is_refused(street: Street, as_person: SignedIn) -> None:
    vote = village.make_vote(street.body, street.ana)

    answer = act(as_person(street.ana), "proposal-withdraw", vote.proposal)

    assert answer.status_code == 403
    assert "Voting has begun: what is being decided cannot be taken back." in answer.content.decode()
    assert stage_of(vote.proposal) == Stage.VOTING


def test_proposal_second_counts_once_for_each(street: Street, as_person: SignedIn) -> None:
    urgent = village.make_proposal(street.body, street.ana, urgent=True)
    client = as_person(street.bruno)

    first, again = act(client, "proposal-second", urgent), act(client, "proposal-second", urgent, once="k2")

    assert (first.status_code, again.status_code) == (303, 303)
    assert Second.objects.get().person == street.bruno
    assert "1 of 2 others has seconded it." in page_of(client, urgent)


def test_proposal_second_by_its_author_or_of_what_can_wait_is_refused(street: Street, as_person: SignedIn) -> None:
    urgent = village.make_proposal(street.body, street.ana, urgent=True)
    calm = village.make_proposal(street.body, street.ana)

    own = act(as_person(street.ana), "proposal-second", urgent)
    needless = act(as_person(street.bruno), "proposal-second", calm)

    assert (own.status_code, needless.status_code) == (403, 403)
    assert "Two others must second it." in own.content.decode()
    assert "Only urgent proposals are seconded." in needless.content.decode()
    assert not Second.objects.exists()


def test_proposal_open_begins_the_vote(street: Street, as_person: SignedIn) -> None:
    proposal = village.make_proposal(street.body, street.ana)
    village.move_clock(timedelta(days=3))

    answer = act(as_person(street.ana), "proposal-open", proposal)

    assert answer.status_code == 303
    assert stage_of(proposal) == Stage.VOTING


def test_proposal_open_too_early_or_by_another_says_why(street: Street, as_person: SignedIn, lines: Lines) -> None:
    proposal = village.make_proposal(street.body, street.ana)
    before = lines()

    early = act(as_person(street.ana), "proposal-open", proposal)
    village.move_clock(timedelta(days=4))
    other = act(as_person(street.bruno), "proposal-open", proposal)

    assert (early.status_code, other.status_code) == (403, 403)
    assert "The talk has to last longer before the vote can open." in early.content.decode()
    assert "only the author can open the vote" in other.content.decode()
    assert (stage_of(proposal), lines()) == (Stage.DISCUSSION, before)


def test_proposal_open_of_an_urgent_one_takes_its_closing_time_in_the_time_of_the_body(
    street: Street, as_person: SignedIn
) -> None:
    people = village.make_people("gina", "hugo", "ines", "jana")
    body = village.make_council("Calle Mayor", people, time_zone="Asia/Tokyo")
    urgent = village.make_proposal(body, people[0], urgent=True)
    for person in people[1:3]:
        proposals.second(urgent, by=person, at=folkmoot_now())
    with timezone.override("Asia/Tokyo"):
        close = timezone.localtime(folkmoot_now() + timedelta(hours=30)).replace(second=0, microsecond=0)

    answer = act(as_person(people[0]), "proposal-open", urgent, closes_at=f"{close:%Y-%m-%dT%H:%M}")

    assert answer.status_code == 303
    assert urgent.votes.get().closes_at == close


@pytest.mark.parametrize(("closes_at", "status"), [("", 422), ("soon", 422), ("2026-01-01T10:00", 422)])
def test_proposal_open_of_an_urgent_one_refuses_a_window_that_is_none(
    street: Street, as_person: SignedIn, closes_at: str, status: int
) -> None:
    urgent = village.make_proposal(street.body, street.ana, urgent=True)
    for person in (street.bruno, street.carla):
        proposals.second(urgent, by=person, at=folkmoot_now())

    answer = act(as_person(street.ana), "proposal-open", urgent, closes_at=closes_at)

    assert answer.status_code == status
    assert stage_of(urgent) == Stage.DISCUSSION


def test_acts_by_outsiders_are_not_found(street: Street, as_person: SignedIn, lines: Lines) -> None:
    proposal = village.make_proposal(street.body, street.ana)
    before = lines()

    for name in ("put-up", "withdraw", "second", "open", "reply", "appeal", "comment"):
        assert act(as_person(street.dario), f"proposal-{name}", proposal).status_code == 404

    assert (stage_of(proposal), lines()) == (Stage.DISCUSSION, before)


def test_task_done_is_said_by_who_has_it(street: Street, as_person: SignedIn, lines: Lines) -> None:
    tasks = [proposals.Todo("Buy the racks", street.farid)]
    proposal = village.decide(street.body, street.members, street.ana, tasks=tasks)
    task, before = Task.objects.get(), lines()

    refused = as_person(street.bruno).post(reverse("core:task-done", args=[task.pk]), {"note": "me too", "once": "a"})
    assert refused.status_code == 403
    assert "Only the person who has the task can say that it is done." in refused.content.decode()
    assert 'value="me too"' in refused.content.decode()
    assert lines() == before

    done = as_person(street.farid).post(reverse("core:task-done", args=[task.pk]), {"note": "Cheap.", "once": "a"})
    assert done.status_code == 303
    task.refresh_from_db()
    assert (task.done_at is not None, task.note, lines()) == (True, "Cheap.", before + 1)
    assert "Cheap." in page_of(as_person(street.ana), proposal)


@pytest.mark.parametrize(("ago", "marked"), [(0, False), (1, True)])
def test_a_task_whose_day_has_passed_is_marked_late(
    street: Street, as_person: SignedIn, ago: int, *, marked: bool
) -> None:
    tasks = [proposals.Todo("Buy the racks", street.farid)]
    proposal = village.decide(street.body, street.members, street.ana, tasks=tasks)
    today = timezone.localdate(folkmoot_now(), ZoneInfo(get_charter(street.body).time_zone))
    Task.objects.update(due_on=today - timedelta(days=ago))

    assert (">late</span>" in page_of(as_person(street.bruno), proposal)) is marked


def test_task_done_of_nobody_can_be_said_by_any_member_after_the_decision(street: Street, as_person: SignedIn) -> None:
    proposal = village.make_proposal(street.body, street.ana, tasks=[proposals.Todo("Tell the school")])
    task = proposal.tasks.get()
    url = reverse("core:task-done", args=[task.pk])

    early = as_person(street.bruno).post(url, {"once": "a"})
    outside = as_person(street.dario).post(url, {"once": "a"})

    assert (early.status_code, outside.status_code) == (403, 404)
    task.refresh_from_db()
    assert task.done_at is None


def removed(street: Street) -> Proposal:
    """Farid's removal, adopted."""
    at = folkmoot_now()
    member = village.membership(street.body, street.farid)
    proposal = proposals.draft(
        street.body, by=street.ana, at=at, title="Remove Farid", text="He hit Eva.", kind="removal", subject=member
    )
    proposals.put_up(proposal, by=street.ana, at=at)
    village.move_clock(timedelta(days=8))
    vote = opening.open_vote(proposal, by=street.ana)
    for person in street.members[:4]:
        village.cast(vote, person, "yes")
    village.close(vote)
    return Proposal.objects.get(pk=proposal.pk)


def test_proposal_appeal_of_the_removed_goes_before_the_body_and_takes_them_back(
    street: Street, as_person: SignedIn
) -> None:
    removal = removed(street)
    assert not Membership.objects.open().filter(person=street.farid).exists()

    answer = act(as_person(street.farid), "proposal-appeal", removal, text="It was not me.")

    appeal = Proposal.objects.get(kind="appeal")
    assert answer.status_code == 303
    assert answer["Location"] == appeal.get_absolute_url()
    assert as_person(street.farid).get(appeal.get_absolute_url()).status_code == 200
    village.move_clock(timedelta(days=4))
    settle()
    vote = appeal.votes.get()
    for person in street.members[:4]:
        village.cast(vote, person, "yes")
    village.close(vote)
    assert Membership.objects.open().filter(person=street.farid).exists()


def test_proposal_appeal_comes_once_in_time_and_from_the_person(
    street: Street, as_person: SignedIn, lines: Lines
) -> None:
    removal = removed(street)
    before = lines()

    other = act(as_person(street.bruno), "proposal-appeal", removal, text="He is good.")
    empty = act(as_person(street.farid), "proposal-appeal", removal, text=" ")
    village.move_clock(timedelta(days=15))
    late = act(as_person(street.farid), "proposal-appeal", removal, text="It was not me.")

    assert [answer.status_code for answer in (other, empty, late)] == [403, 422, 403]
    assert "He is good." in other.content.decode()
    assert "An appeal has to come within 14 days." in late.content.decode()
    assert "It was not me." in late.content.decode()
    assert lines() == before
    assert not Proposal.objects.filter(kind="appeal").exists()


def test_proposal_list_has_tabs_search_and_pages(street: Street, as_person: SignedIn) -> None:
    village.decide(street.body, street.members, street.ana, title="Bike racks")
    draft(street, title="My secret draft")
    for number in range(21):
        author = street.members[1 + number % 4]
        idea = proposals.draft(street.body, by=author, at=folkmoot_now(), title=f"Plan {number:02}", text="Water.")
        Proposal.objects.filter(pk=idea.pk).update(stage=Stage.DISCUSSION, discussion_at=folkmoot_now())
    client, url = as_person(street.ana), f"/b/{street.body.slug}/proposals/"

    first, second = client.get(url).content.decode(), client.get(f"{url}?page=2").content.decode()

    assert first.count("Plan ") == 20
    assert second.count("Plan ") == 1
    assert "Bike racks" in client.get(f"{url}?stage=adopted").content.decode()
    assert "My secret draft" in client.get(f"{url}?stage=drafts").content.decode()
    assert "My secret draft" not in as_person(street.bruno).get(f"{url}?stage=drafts").content.decode()
    found = client.get(f"{url}?q=plan+07").content.decode()
    assert "Plan 07" in found
    assert "Plan 08" not in found
    assert "Nothing found" in client.get(f"{url}?q=<script>").content.decode()
    assert as_person(street.dario).get(url).status_code == 404


def test_proposal_list_asks_the_database_as_often_for_one_as_for_many(
    street: Street, as_person: SignedIn, django_assert_max_num_queries: Queries
) -> None:
    for number in range(12):
        village.make_proposal(street.body, street.members[number % 5], title=f"Plan {number}")
    client = as_person(street.ana)

    with django_assert_max_num_queries(10 + WITH_SESSION_AND_PERSON):
        client.get(f"/b/{street.body.slug}/proposals/")


def test_proposal_revise_writes_the_next_version(street: Street, as_person: SignedIn) -> None:
    proposal = village.make_proposal(street.body, street.ana)
    data = {"title": "Open the lot", "text": "From April on.", "seen": 1}

    answer = act(as_person(street.ana), "proposal-revise", proposal, **data)

    assert answer.status_code == 303
    newest = proposal.texts.latest("number")
    assert (newest.number, newest.title, newest.text) == (2, "Open the lot", "From April on.")


def test_proposal_revise_from_an_older_version_keeps_the_words_and_shows_the_newest(
    street: Street, as_person: SignedIn
) -> None:
    proposal = village.make_proposal(street.body, street.ana)
    proposals.revise(proposal, by=street.ana, at=folkmoot_now(), title="Lot", text="From May on.", seen=1)
    client = as_person(street.ana)

    answer = act(client, "proposal-revise", proposal, title="Lot", text="From June on.", seen=1)

    page = answer.content.decode()
    assert answer.status_code == 409
    assert "The text was changed meanwhile." in page
    assert "From June on." in page
    assert "<del>May</del><ins>June</ins>" in page
    assert 'name="seen" value="2"' in page
    assert proposal.texts.count() == 2
    again = act(client, "proposal-revise", proposal, title="Lot", text="From June on.", seen=2, once="k2")
    assert again.status_code == 303
    assert proposal.texts.latest("number").text == "From June on."


@pytest.mark.parametrize("text", ["", "  ", "x" * 20_001, "x" * 5_000_000])
def test_proposal_revise_refuses_nothing_and_too_much(street: Street, as_person: SignedIn, text: str) -> None:
    proposal = village.make_proposal(street.body, street.ana)

    answer = act(as_person(street.ana), "proposal-revise", proposal, title="Lot", text=text, seen=1)

    assert answer.status_code == 422
    assert text in answer.content.decode()
    assert proposal.texts.count() == 1


def test_proposal_revise_is_for_its_author_until_voting_opens(street: Street, as_person: SignedIn) -> None:
    vote = village.make_vote(street.body, street.ana)
    url = reverse("core:proposal-revise", args=[vote.proposal_id])

    other, late = as_person(street.bruno).get(url), as_person(street.ana).get(url)

    assert (other.status_code, late.status_code) == (403, 403)
    assert "Only its author can do this." in other.content.decode()
    assert "Voting has begun: the text can no longer be changed." in late.content.decode()
    assert as_person(street.dario).get(url).status_code == 404


def test_proposal_versions_shows_what_changed(street: Street, as_person: SignedIn) -> None:
    proposal = village.make_proposal(street.body, street.ana)
    for number, month in enumerate(("May", "June"), start=1):
        at = folkmoot_now()
        proposals.revise(proposal, by=street.ana, at=at, title="Lot", text=f"We open it in {month}.", seen=number)
    url = reverse("core:proposal-versions", args=[proposal.pk])
    client = as_person(street.bruno)

    page = client.get(url).content.decode()

    assert "What changed from version 2 to 3" in page
    assert "<del>May.</del><ins>June.</ins>" in page
    assert "What changed from version 1 to 3" in client.get(f"{url}?from=1&to=3").content.decode()
    assert client.get(f"{url}?from=x&to=99999999999").status_code == 200
    assert as_person(street.dario).get(url).status_code == 404


def test_recall_page_leads_to_the_mandate_and_shows_who_it_is_about(street: Street, as_person: SignedIn) -> None:
    mandate = village.make_mandate(street.body, street.members, street.bruno, author=street.ana)
    recall = recalls.open_recall(mandate, "No tools.", by=street.carla)

    page = page_of(as_person(street.eva), recall)

    assert mandate.get_absolute_url() in page
    assert "No tools." in page
    assert "The mandate ends if more say yes than no" in page
    assert Mandate.objects.get(pk=mandate.pk).ended_at is None


def test_offer_page_shows_task_limits_and_whether_it_is_accepted(street: Street, as_person: SignedIn) -> None:
    at = folkmoot_now()
    proposal = proposals.draft(street.body, by=street.ana, at=at, title="Tools", text="Lend them.", kind="mandate")
    mandates.offer(proposal, mandates.Terms(street.bruno, "Lend out.", "Spend nothing.", 90, 30), by=street.ana)
    proposals.put_up(proposal, by=street.ana, at=at)

    page = page_of(as_person(street.carla), proposal)

    assert "has not answered yet" in page
    assert "Spend nothing." in page
    assert "The person named has not accepted yet." in page or "The talk has to last longer" in page
    assert "I would take this mandate" in page_of(as_person(street.bruno), proposal)


def test_a_draft_that_was_taken_back_stays_its_authors(street: Street, as_person: SignedIn) -> None:
    idea = proposals.draft(street.body, by=street.ana, at=folkmoot_now(), title="My secret idea", text="Not yet.")
    proposals.withdraw(idea, by=street.ana, at=folkmoot_now())
    bruno = as_person(street.bruno)

    assert bruno.get(idea.get_absolute_url()).status_code == 404
    for place in ("", "proposals/", "proposals/?stage=closed"):
        assert "My secret idea" not in bruno.get(f"/b/{street.body.slug}/{place}").content.decode()
    assert as_person(street.ana).get(idea.get_absolute_url()).status_code == 200


@pytest.mark.parametrize("path", ["charter/adopt/", "proposals/new/"])
def test_numbers_longer_than_numbers_are_no_error_of_ours(street: Street, as_person: SignedIn, path: str) -> None:
    long = "9" * 5_000

    answer = as_person(street.ana).post(f"/b/{street.body.slug}/{path}", {"number": long, "replaces": long})

    assert answer.status_code < 500


def test_a_second_removal_of_the_same_member_is_refused_in_words(street: Street, as_person: SignedIn) -> None:
    path = f"/members/{village.membership(street.body, street.eva).pk}/remove/"
    assert as_person(street.ana).post(path, {"reason": "Shouts.", "once": "a"}).status_code == 303

    answer = as_person(street.bruno).post(path, {"reason": "Shouts a lot.", "once": "b"})

    assert answer.status_code == 409
    assert "This removal is proposed already." in answer.content.decode()
    assert "Shouts a lot." in answer.content.decode()
    assert Proposal.objects.count() == 1


def test_an_urgent_vote_is_open_no_longer_than_an_ordinary_one(street: Street) -> None:
    urgent = village.make_proposal(street.body, street.ana, urgent=True)
    for person in (street.bruno, street.eva):
        proposals.second(urgent, by=person, at=folkmoot_now())

    with pytest.raises(Invalid, match="no longer than an ordinary one"):
        opening.open_vote(urgent, by=street.ana, closes_at=folkmoot_now() + timedelta(days=360_000))
