"""Pages of proposals: what they show to whom, and every act on them with its refusals."""

from datetime import timedelta
from typing import Any
from urllib.parse import urljoin

import pytest
from django.test import Client
from django.utils import timezone

from core.actions import comments, mandates, opening, proposals, recalls
from core.models import Mandate, Proposal, Stage
from core.timekeeping import folkmoot_now
from tests import village
from tests.core.pages.cast import Lines, Queries, SignedIn, Street, act, page_of, stage_of

pytestmark = pytest.mark.django_db

WITH_SESSION_AND_PERSON = 2


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
    client, voice = as_person(street.ana), proposal.comments.filter(author=street.ana).first()
    address = f"{proposal.get_absolute_url()}?answer={voice.pk}&take_back={voice.pk}" if voice else "."
    client.get(proposal.get_absolute_url())

    for url in (proposal.get_absolute_url(), address):
        with django_assert_max_num_queries(12):  # with session and person
            answer = client.get(urljoin(proposal.get_absolute_url(), url))
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


def test_acts_by_outsiders_are_not_found(street: Street, as_person: SignedIn, lines: Lines) -> None:
    proposal = village.make_proposal(street.body, street.ana)
    before = lines()

    for name in ("put-up", "withdraw", "second", "open", "reply", "appeal", "comment"):
        assert act(as_person(street.dario), f"proposal-{name}", proposal).status_code == 404

    assert (stage_of(proposal), lines()) == (Stage.DISCUSSION, before)


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
