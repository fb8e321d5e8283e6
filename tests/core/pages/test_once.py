"""A form sent twice at the same moment, over two connections, has one effect."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any

import pytest
from django.db import connection
from django.urls import reverse

from core.models import Comment, DoneOnce
from tests import village
from tests.core.pages.cast import SignedIn, make_street


@pytest.mark.django_db(transaction=True)
def test_two_senders_of_one_form_are_one(as_person: SignedIn) -> None:
    street = make_street()
    proposal = village.make_proposal(street.body, street.ana)
    clients = [as_person(street.bruno) for _number in range(4)]
    barrier = Barrier(len(clients))
    url = reverse("core:proposal-comment", args=[proposal.pk])

    def say(client: Any) -> tuple[int, str]:
        barrier.wait()
        try:
            answer = client.post(url, {"text": "Who waters?", "parent": "", "once": "the-same-key"})
            return answer.status_code, answer["Location"]
        finally:
            connection.close()

    with ThreadPoolExecutor(len(clients)) as pool:
        answers = list(pool.map(say, clients))

    assert Comment.objects.count() == 1
    assert set(answers) == {(303, f"{proposal.get_absolute_url()}#voice-{Comment.objects.get().pk}")}
    assert DoneOnce.objects.count() == 1


@pytest.mark.django_db
def test_what_was_refused_leaves_its_key_free(as_person: SignedIn) -> None:
    street = make_street()
    vote = village.make_vote(street.body, street.ana)
    client, url = as_person(street.bruno), reverse("core:ballot-cast", args=[vote.proposal_id])
    form = {"vote": vote.pk, "position": "block", "once": "the-same-key"}

    refused = client.post(url, {**form, "reason": ""})
    accepted = client.post(url, {**form, "reason": "It floods my cellar."})

    assert (refused.status_code, accepted.status_code) == (422, 303)
    assert vote.ballots.get().position == "block"
