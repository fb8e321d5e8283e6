"""Pages of the talk: a text passage by passage, other words, how it feels, summaries, plain words, several texts."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from core.actions import affected, amendments, ballots, comments, opening, proposals, summaries, temperatures
from core.actions.comments import About
from core.models import Amendment, Comment, Person, Proposal, Temperature, Vote
from core.rules.choices import Marked
from core.timekeeping import folkmoot_now
from tests import village
from tests.core.pages.cast import Lines, Queries, SignedIn, Street

pytestmark = pytest.mark.django_db

TEXT = "We open the lot at the corner.\n\nIt costs 200.\n\nWe look again in May."
FITTING = {"passage": "200", "words": "150", "reason": "It is cheaper.", "seen": 1}


def talked_over(street: Street, text: str = TEXT) -> Proposal:
    """A proposal of ana in discussion."""
    idea = proposals.draft(street.body, by=street.ana, at=folkmoot_now(), title="The lot", text=text)
    return proposals.put_up(idea, by=street.ana, at=folkmoot_now())


def amended(street: Street, words: str = "150", proposal: Proposal | None = None) -> Amendment:
    """Words of bruno's."""
    about = proposal or talked_over(street)
    return amendments.propose(about, "200", words, "Cheaper.", by=street.bruno, at=folkmoot_now(), seen=1)


def between_texts(street: Street) -> Vote:
    """An open vote between ana's text and bruno's words."""
    amendment = amended(street)
    amendments.let_stand(amendment, by=street.bruno, at=folkmoot_now())
    village.move_clock(timedelta(days=8))
    return opening.open_vote(amendment.proposal, by=street.ana)


def get(client: Client, name: str, *args: Any, **asked: Any) -> str:
    answer = client.get(reverse(f"core:{name}", args=args), asked)
    assert answer.status_code == 200
    return answer.content.decode()


def post(client: Client, name: str, *args: Any, **sent: Any) -> Any:
    return client.post(reverse(f"core:{name}", args=args), {"once": "k1", **sent})


def test_proposal_passages_shows_each_passage_with_what_is_about_it(street: Street, as_person: SignedIn) -> None:
    proposal = talked_over(street)
    comments.write(proposal, "Too much.", by=street.carla, at=folkmoot_now(), about=About(1, "costs 200"))
    amended(street, proposal=proposal)

    page = get(as_person(street.eva), "proposal-passages", proposal.pk)

    first, second, third = (page.index(f'id="p{number}"') for number in (1, 2, 3))
    assert first < second < page.index("Too much.") < third
    assert second < page.index("Other words 1, by Bruno") < third
    assert f"/proposals/{proposal.pk}/amend/?paragraph=2" in page


def test_proposal_passages_keeps_what_is_about_words_that_have_changed(street: Street, as_person: SignedIn) -> None:
    proposal = talked_over(street)
    comments.write(proposal, "Too much.", by=street.carla, at=folkmoot_now(), about=About(1, "costs 200"))
    amendments.accept(amended(street, proposal=proposal), by=street.ana, at=folkmoot_now())

    page = get(as_person(street.eva), "proposal-passages", proposal.pk)

    assert page.index("About words that have changed since") < page.index("Too much.")
    assert "About “costs 200” in version 1" in page


def test_amendment_new_begins_with_the_paragraph_or_with_the_words_marked(street: Street, as_person: SignedIn) -> None:
    proposal, client = talked_over(street), as_person(street.bruno)

    assert get(client, "amendment-new", proposal.pk, paragraph=2).count("It costs 200.</textarea>") == 2
    assert get(client, "amendment-new", proposal.pk, paragraph=2, passage="200").count("\n200</textarea>") == 2
    assert "We open the lot at the corner.</textarea>" in get(client, "amendment-new", proposal.pk, paragraph=1)


def test_amendment_new_proposes_once_and_tells_the_author(street: Street, as_person: SignedIn) -> None:
    proposal, client = talked_over(street), as_person(street.bruno)

    answers = [post(client, "amendment-new", proposal.pk, **FITTING) for _time in range(2)]

    amendment = Amendment.objects.get()
    assert [answer["Location"] for answer in answers] == [amendment.get_absolute_url()] * 2
    assert (amendment.author, amendment.passage, amendment.words) == (street.bruno, "200", "150")
    page = get(as_person(street.ana), "proposal-detail", proposal.pk)
    assert "1 proposal for other words waits for your answer" in page


def test_amendment_new_keeps_what_was_typed_when_it_is_refused(
    street: Street, as_person: SignedIn, lines: Lines
) -> None:
    proposal, before = talked_over(street), lines()

    answer = post(as_person(street.bruno), "amendment-new", proposal.pk, **FITTING | {"passage": "300"})
    empty = post(as_person(street.bruno), "amendment-new", proposal.pk, **FITTING | {"reason": ""})

    assert (answer.status_code, empty.status_code) == (422, 422)
    assert "These words do not stand in the text." in answer.content.decode()
    assert "It is cheaper." in answer.content.decode()
    assert (Amendment.objects.count(), lines()) == (0, before + 0)


def test_amendment_new_after_the_text_changed_is_refused_and_can_be_sent_again(
    street: Street, as_person: SignedIn
) -> None:
    proposal, client = talked_over(street), as_person(street.bruno)
    proposals.revise(proposal, by=street.ana, at=folkmoot_now(), title="The lot", text=f"{TEXT} Or June.", seen=1)

    answer = post(client, "amendment-new", proposal.pk, **FITTING)

    assert answer.status_code == 409
    assert 'name="seen" value="2"' in answer.content.decode()
    assert post(client, "amendment-new", proposal.pk, **FITTING | {"seen": 2}).status_code == 303


def test_amendment_detail_offers_each_only_what_they_can_do(street: Street, as_person: SignedIn) -> None:
    amendment = amended(street)

    def offers(person: Person) -> list[str]:
        page = get(as_person(person), "amendment-detail", amendment.pk)
        verbs = ("Take these words over", "Say why not", "Let it stand as an alternative", "Withdraw them now")
        return [verb for verb in verbs if verb in page]

    assert offers(street.ana) == ["Take these words over", "Say why not"]
    assert offers(street.bruno) == ["Let it stand as an alternative", "Withdraw them now"]
    assert offers(street.carla) == []


def test_amendment_accept_makes_the_version_that_the_page_showed(street: Street, as_person: SignedIn) -> None:
    amendment, client = amended(street), as_person(street.ana)
    assert "<del>200.</del><ins>150.</ins>" in get(client, "amendment-detail", amendment.pk).replace("\n", "")

    answer = post(client, "amendment-accept", amendment.pk)

    assert answer.status_code == 303
    assert amendment.proposal.texts.latest("number").text == TEXT.replace("200", "150")
    assert "What changed in version 2" in get(client, "amendment-detail", amendment.pk)


def test_amendment_accept_of_a_passage_that_has_changed_is_refused_in_words(
    street: Street, as_person: SignedIn
) -> None:
    amendment = amended(street)
    proposals.revise(amendment.proposal, by=street.ana, at=folkmoot_now(), title="The lot", text="Anew.", seen=1)

    answer = post(as_person(street.ana), "amendment-accept", amendment.pk)

    assert answer.status_code == 409
    assert "The passage has changed since" in answer.content.decode()
    assert "Take these words over" not in get(as_person(street.ana), "amendment-detail", amendment.pk)


def test_amendment_decline_wants_a_reason_and_keeps_it(street: Street, as_person: SignedIn) -> None:
    amendment, client = amended(street), as_person(street.ana)

    assert post(client, "amendment-decline", amendment.pk, reason=" ").status_code == 422
    assert post(client, "amendment-decline", amendment.pk, reason="We asked for it.").status_code == 303
    again = post(client, "amendment-decline", amendment.pk, reason="Once more.", once="k2")

    assert again.status_code == 403
    assert "Once more." in again.content.decode()
    assert "We asked for it." in get(as_person(street.carla), "amendment-detail", amendment.pk)


def test_amendment_let_stand_of_withdrawn_words_is_refused_in_words(street: Street, as_person: SignedIn) -> None:
    amendment, client = amended(street), as_person(street.bruno)

    assert post(client, "amendment-withdraw", amendment.pk).status_code == 303
    answer = post(client, "amendment-let-stand", amendment.pk)

    assert answer.status_code == 403
    assert "These words were withdrawn: they cannot come to the vote." in answer.content.decode()
    assert not amendment.proposal.amendments.standing()


def test_proposal_comment_on_a_passage_says_which_words_it_is_about(street: Street, as_person: SignedIn) -> None:
    proposal, client = talked_over(street), as_person(street.carla)
    form = get(client, "proposal-detail", proposal.pk, about="It costs 200.")
    assert 'name="passage" value="It costs 200."' in form

    refused = post(client, "proposal-comment", proposal.pk, text="", version=1, passage="It costs 200.")
    post(client, "proposal-comment", proposal.pk, text="Much.", version=1, passage="It costs 200.")

    assert 'name="passage" value="It costs 200."' in refused.content.decode()
    assert Comment.objects.get().passage == "It costs 200."
    assert "About “It costs 200.” in version 1" in get(client, "proposal-detail", proposal.pk)


def test_proposal_feel_is_drawn_and_said_without_names(street: Street, as_person: SignedIn) -> None:
    proposal = talked_over(street)
    for person, feels in ((street.bruno, "warm"), (street.carla, "warm"), (street.eva, "cold")):
        temperatures.feel(proposal, feels, by=person, at=folkmoot_now())
    client = as_person(street.eva)

    answer = post(client, "proposal-feel", proposal.pk, feels="unsure")

    assert answer["Location"] == f"{proposal.get_absolute_url()}#temperature"
    page = get(client, "proposal-detail", proposal.pk)
    card = page[page.index('id="temperature"') :]
    assert 'width="66.67%"' in card
    assert "Not sure <small>your answer</small>" in card
    assert "Bruno" not in card[: card.index("</section>")]
    refused = post(client, "proposal-feel", proposal.pk, once="k2")
    assert refused.status_code == 422
    assert Temperature.objects.get(person=street.eva).feels == "unsure"


def test_proposal_summary_is_kept_by_the_author_and_read_by_all(street: Street, as_person: SignedIn) -> None:
    proposal, client = talked_over(street), as_person(street.ana)

    assert post(client, "proposal-summary", proposal.pk, "talk", text="Most agree.", seen=0).status_code == 303
    stale = post(client, "proposal-summary", proposal.pk, "talk", text="All do.", seen=0, once="k2")
    others = post(as_person(street.bruno), "proposal-summary", proposal.pk, "talk", text="None do.", seen=1)

    assert (stale.status_code, others.status_code) == (409, 403)
    assert "All do." in stale.content.decode()
    page = get(as_person(street.bruno), "proposal-detail", proposal.pk)
    assert "Most agree." in page
    assert "Summed up by Ana, as of today" in page


def test_a_long_text_asks_for_plain_words_before_its_vote(street: Street, as_person: SignedIn) -> None:
    proposal, client = talked_over(street, "word " * 401), as_person(street.ana)
    village.move_clock(timedelta(days=4))

    assert "This text is long." in get(client, "proposal-detail", proposal.pk)
    refused = post(client, "proposal-open", proposal.pk)
    assert (refused.status_code, "The text is long." in refused.content.decode()) == (403, True)
    long = post(client, "proposal-summary", proposal.pk, "text", text="x" * 4001, seen=0)
    assert (long.status_code, "x" * 4001 in long.content.decode()) == (422, True)
    post(client, "proposal-summary", proposal.pk, "text", text="We open the lot.", seen=0, once="k2")

    assert "We open the lot." in get(as_person(street.bruno), "proposal-detail", proposal.pk)
    assert post(client, "proposal-open", proposal.pk, once="k3").status_code == 303


def test_ballot_cast_among_texts_without_and_with_javascript(street: Street, as_person: SignedIn) -> None:
    vote, client = between_texts(street), as_person(street.carla)
    page = get(client, "proposal-detail", vote.proposal_id)
    assert "1. Which texts could you live with?" in page
    assert "Text 2, with the words of Bruno" in page
    assert "checked" not in page

    answer = post(client, "ballot-cast", vote.proposal_id, vote=vote.pk, marks=["2"], position="aside")
    part = client.post(
        reverse("core:ballot-cast", args=[vote.proposal_id]),
        {"once": "k2", "vote": vote.pk, "marks": ["1", "2"]},
        headers={"hx-request": "true"},
    )

    assert answer.status_code == 303
    assert "could live with 1, 2, else abstains" in part.content.decode()
    ballot = vote.ballots.get()
    assert (ballot.choice, ballot.position, ballot.change_no) == ("[1,2]", "abstain", 2)


def test_ballot_cast_among_texts_keeps_marks_and_reason_when_it_is_refused(street: Street, as_person: SignedIn) -> None:
    vote, client = between_texts(street), as_person(street.carla)

    silent = post(client, "ballot-cast", vote.proposal_id, vote=vote.pk, marks=["2"], reason="Why not.")
    block = post(client, "ballot-cast", vote.proposal_id, vote=vote.pk, marks=["2"], position="block", once="k2")

    assert (silent.status_code, block.status_code) == (422, 422)
    assert "Say too what you say if a text comes first that you did not mark." in silent.content.decode()
    assert 'name="marks" value="2" checked' in silent.content.decode()
    assert "Why not." in silent.content.decode()
    assert "A block needs its reason" in block.content.decode()
    assert not vote.ballots.exists()


def test_proposal_detail_shows_which_text_is_first_and_becomes_the_text(street: Street, as_person: SignedIn) -> None:
    vote = between_texts(street)
    for person, marks in ((street.ana, (1,)), (street.bruno, (2,)), (street.carla, (1, 2))):
        ballots.cast(vote, Marked("aside", marks), by=person)
    client = as_person(street.eva)
    assert "As it stands, texts 1, 2 are level." in get(client, "proposal-detail", vote.proposal_id)

    for person in (street.eva, street.farid):
        ballots.cast(vote, Marked("aside", (2,)), by=person, reason="Cheaper.")
    page = get(client, "proposal-detail", vote.proposal_id)
    assert "As it stands, text 2 comes first." in page
    assert "could live with 2, else stands aside" in page
    village.close(vote)

    page = get(client, "proposal-detail", vote.proposal_id)
    assert "Text 2 came first: most could live with it." in page
    assert "Adopted: 4 of 5 who took part agree" in page
    assert "It costs 150." in page
    assert "4 could live with it" in page


@pytest.mark.parametrize("stage", ["discussion", "voting", "decided"])
def test_proposal_detail_with_all_of_it_asks_the_database_at_most_twelve_times(
    street: Street, as_person: SignedIn, stage: str, django_assert_max_num_queries: Queries
) -> None:
    vote = between_texts(street) if stage != "discussion" else None
    proposal = vote.proposal if vote else amended(street).proposal
    at = folkmoot_now()
    summaries.write(proposal, "talk", "Most agree.", by=street.ana, at=at, seen=0)
    if vote is None:
        temperatures.feel(proposal, "warm", by=street.bruno, at=at)
        birch = village.make_council("Birch", village.make_people("hugo", "ines", "jana"))
        affected.name(proposal, birch, "They share the wall.", by=street.ana, at=at)
        village.move_clock(timedelta(days=4))
    if vote is not None:
        for person in street.members:
            ballots.cast(vote, Marked("aside", (2,)), by=person, reason="Cheaper.")
    if stage == "decided" and vote is not None:
        village.close(vote)
    client = as_person(street.ana)
    client.get(proposal.get_absolute_url())

    with django_assert_max_num_queries(12):  # with session and person
        assert client.get(proposal.get_absolute_url()).status_code == 200


def test_pages_of_words_ask_the_database_at_most_twelve_times(
    street: Street, as_person: SignedIn, django_assert_max_num_queries: Queries
) -> None:
    amendment, client = amended(street), as_person(street.ana)
    client.get(amendment.get_absolute_url())

    with django_assert_max_num_queries(12):
        client.get(amendment.get_absolute_url())
    with django_assert_max_num_queries(12):
        get(client, "proposal-passages", amendment.proposal_id)
    with django_assert_max_num_queries(12):
        get(client, "proposal-summary", amendment.proposal_id, "talk")
