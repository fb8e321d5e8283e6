"""The talk on a proposal: speaking, answering, taking back, replying to a recall."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from core.actions import comments
from core.models import Comment, Proposal, Reply
from core.timekeeping import folkmoot_now
from tests import village
from tests.core.pages.cast import Lines, SignedIn, Street

pytestmark = pytest.mark.django_db


def say(client: Client, proposal: Proposal, text: str, *, parent: int | str = "", once: str = "k1") -> Any:
    url = reverse("core:proposal-comment", args=[proposal.pk])
    return client.post(url, {"text": text, "parent": parent, "once": once})


def test_proposal_comment_is_heard_by_all(street: Street, as_person: SignedIn) -> None:
    proposal = village.make_proposal(street.body, street.ana)

    answer = say(as_person(street.bruno), proposal, "Who **waters**?")

    comment = Comment.objects.get()
    assert answer.status_code == 303
    assert answer["Location"] == f"{proposal.get_absolute_url()}#voice-{comment.pk}"
    page = as_person(street.carla).get(proposal.get_absolute_url()).content.decode()
    assert "Who <strong>waters</strong>?" in page


def test_proposal_comment_sent_twice_is_said_once(street: Street, as_person: SignedIn) -> None:
    proposal = village.make_proposal(street.body, street.ana)
    client = as_person(street.bruno)

    first, second = say(client, proposal, "Who waters?"), say(client, proposal, "Who waters?")

    assert (first.status_code, second.status_code) == (303, 303)
    assert first["Location"] == second["Location"]
    assert Comment.objects.count() == 1


def test_proposal_comment_answers_a_voice(street: Street, as_person: SignedIn) -> None:
    proposal = village.make_proposal(street.body, street.ana)
    asked = comments.write(proposal, "Who waters?", by=street.bruno, at=folkmoot_now())
    client = as_person(street.carla)

    form = client.get(f"{proposal.get_absolute_url()}?answer={asked.pk}").content.decode()
    say(client, proposal, "I do.", parent=asked.pk)

    assert "Answer to Bruno" in form
    assert f'name="parent" value="{asked.pk}"' in form
    assert Comment.objects.get(text="I do.").parent == asked


@pytest.mark.parametrize("text", ["", "   ", "x" * 4001])
def test_proposal_comment_refuses_nothing_and_too_much(
    street: Street, as_person: SignedIn, lines: Lines, text: str
) -> None:
    proposal = village.make_proposal(street.body, street.ana)
    before = lines()

    answer = say(as_person(street.bruno), proposal, text)

    assert answer.status_code == 422
    assert text in answer.content.decode()
    assert (Comment.objects.count(), lines()) == (0, before)


def test_proposal_comment_when_the_talk_is_over_keeps_what_was_typed(
    street: Street, as_person: SignedIn, lines: Lines
) -> None:
    proposal = village.decide(street.body, street.members, street.ana)
    before = lines()

    answer = say(as_person(street.bruno), proposal, "One more thing")

    page = answer.content.decode()
    assert answer.status_code == 403
    assert "The talk on this is over." in page
    assert "One more thing" in page
    assert (Comment.objects.count(), lines()) == (0, before)


def test_proposal_comment_to_a_voice_elsewhere_is_not_found(street: Street, as_person: SignedIn) -> None:
    here, there = (village.make_proposal(street.body, street.ana, title=title) for title in ("Here", "There"))
    elsewhere = comments.write(there, "Who waters?", by=street.bruno, at=folkmoot_now())

    answer = say(as_person(street.carla), here, "I do.", parent=elsewhere.pk)

    assert answer.status_code == 404
    assert Comment.objects.count() == 1


def test_markup_in_a_comment_is_shown_as_text(street: Street, as_person: SignedIn) -> None:
    proposal = village.make_proposal(street.body, street.ana)
    say(as_person(street.bruno), proposal, "<script>alert(1)</script> [x](javascript:alert(1))")

    page = as_person(street.carla).get(proposal.get_absolute_url()).content.decode()

    assert "<script>alert" not in page
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page
    assert 'href="javascript' not in page


def test_comment_take_back_asks_first_and_leaves_the_place(street: Street, as_person: SignedIn) -> None:
    proposal = village.make_proposal(street.body, street.ana)
    comment = comments.write(proposal, "Rash words.", by=street.bruno, at=folkmoot_now())
    client = as_person(street.bruno)

    asked = client.get(f"{proposal.get_absolute_url()}?take_back={comment.pk}").content.decode()
    answer = client.post(reverse("core:comment-take-back", args=[comment.pk]), {"once": "k"})

    assert "Take your words back?" in asked
    assert answer.status_code == 303
    comment.refresh_from_db()
    assert (comment.text, comment.taken_back_at is not None) == ("", True)
    assert "Taken back by its author." in client.get(proposal.get_absolute_url()).content.decode()


def test_comment_take_back_is_for_its_author(street: Street, as_person: SignedIn) -> None:
    proposal = village.make_proposal(street.body, street.ana)
    comment = comments.write(proposal, "My words.", by=street.bruno, at=folkmoot_now())

    answer = as_person(street.carla).post(reverse("core:comment-take-back", args=[comment.pk]), {"once": "k"})

    comment.refresh_from_db()
    assert answer.status_code == 403
    assert "Only who wrote it can take it back." in answer.content.decode()
    assert comment.text == "My words."


def test_outsiders_find_no_talk(street: Street, as_person: SignedIn) -> None:
    proposal = village.make_proposal(street.body, street.ana)
    comment = comments.write(proposal, "My words.", by=street.bruno, at=folkmoot_now())
    client = as_person(street.dario)

    assert say(client, proposal, "Let me in").status_code == 404
    assert client.post(reverse("core:comment-take-back", args=[comment.pk]), {"once": "k"}).status_code == 404
    assert Comment.objects.count() == 1


def test_proposal_reply_stands_beside_the_reason_of_a_recall(street: Street, as_person: SignedIn) -> None:
    mandate = village.make_mandate(street.body, street.members, street.bruno, author=street.ana)
    recall = village.open_recall(mandate, street.carla).proposal
    url = reverse("core:proposal-reply", args=[recall.pk])

    answer = as_person(street.bruno).post(url, {"text": "I was ill. The report is there.", "once": "k"})

    assert answer.status_code == 303
    page = as_person(street.eva).get(recall.get_absolute_url()).content.decode()
    assert "Bruno replies" in page
    assert "I was ill. The report is there." in page


def test_proposal_reply_is_for_whom_it_is_about(street: Street, as_person: SignedIn) -> None:
    mandate = village.make_mandate(street.body, street.members, street.bruno, author=street.ana)
    recall = village.open_recall(mandate, street.carla).proposal
    url = reverse("core:proposal-reply", args=[recall.pk])

    answer = as_person(street.eva).post(url, {"text": "He is right.", "once": "k"})

    assert answer.status_code == 403
    assert "Only the person it is about can reply here." in answer.content.decode()
    assert not Reply.objects.exists()
