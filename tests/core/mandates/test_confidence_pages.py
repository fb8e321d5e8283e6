"""Confidence on the page: given, withdrawn, lost; and that no page tells how many have withdrawn it."""

import re
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from core.actions import confidence, memberships
from core.models import Mandate, Person, Withdrawal
from core.queries.mandates import get_mandate_page
from core.rules.chain import commitment
from core.timekeeping import folkmoot_now
from tests import village
from tests.core.mandates.reading import as_, bare, path, text_of

pytestmark = pytest.mark.django_db


def test_confidence_is_withdrawn_and_given_back(mandate: Mandate, people: list[Person]) -> None:
    client = as_(people[2])

    gone = client.post(path(mandate, "withdraw-confidence/"), {"once": "w1"}, follow=True)
    assert "You have withdrawn your confidence." in text_of(gone)
    assert "Stands." in text_of(gone)
    assert Withdrawal.objects.count() == 1

    back = client.post(path(mandate, "give-confidence/"), {"once": "w2"}, follow=True)
    assert "You have given your confidence back." in text_of(back)
    assert not Withdrawal.objects.exists()


def test_nothing_on_the_page_tells_how_many_have_withdrawn(mandate: Mandate, people: list[Person]) -> None:
    watchers = [as_(people[0]), as_(people[1])]  # a member and the delegate

    def looked() -> list[tuple[str, int]]:
        pages = []
        for client in watchers:
            with CaptureQueriesContext(connection) as asked:
                response = client.get(path(mandate))
            pages.append((without_times(bare(response)), len(asked)))
        return pages

    before = looked()
    confidence.withdraw(mandate, by=people[2])
    confidence.withdraw(mandate, by=people[3])

    assert looked() == before


def without_times(html: str) -> str:
    return re.sub(r"<time.*?</time>[^<]*", "", html, flags=re.DOTALL)


def test_no_statement_of_the_page_counts_withdrawals(mandate: Mandate, people: list[Person]) -> None:
    confidence.withdraw(mandate, by=people[2])

    with CaptureQueriesContext(connection) as asked:
        get_mandate_page(mandate.pk, people[0], at=folkmoot_now())

    about = [query["sql"] for query in asked if "core_withdrawal" in query["sql"]]
    assert len(about) == 1
    assert f'"person_id" = {people[0].pk}' in about[0]  # the reader's own, and nobody else's


def test_the_deciding_withdrawal_ends_it_and_opens_ones_own_line(mandate: Mandate, people: list[Person]) -> None:
    for person in people[2:4]:
        confidence.withdraw(mandate, by=person)

    page = as_(people[4]).post(path(mandate, "withdraw-confidence/"), {"once": "w1"}, follow=True)

    mandate.refresh_from_db()
    assert mandate.ending == Mandate.Ending.CONFIDENCE
    assert "Bruno has lost the confidence of Alder Street. The mandate has ended." in text_of(page)
    own = get_mandate_page(mandate.pk, people[4], at=folkmoot_now()).own
    assert commitment(bytes.fromhex(own.nonce), own.words) == own.commitment
    assert own.commitment in text_of(page)
    line = mandate.body.record_lines.get(what="mandate.ended").line
    assert own.commitment in line
    others = text_of(as_(people[0]).get(path(mandate)))
    assert own.commitment not in others
    assert "You had withdrawn" not in others


def test_who_left_before_the_end_was_not_counted_and_has_no_line(mandate: Mandate, people: list[Person]) -> None:
    confidence.withdraw(mandate, by=people[4])
    memberships.leave(mandate.body, by=people[4])
    for person in (people[0], people[2], people[3]):
        confidence.withdraw(mandate, by=person)

    own = get_mandate_page(mandate.pk, people[4], at=folkmoot_now()).own

    assert own.withdrawn
    assert own.commitment == ""


def test_a_member_without_a_voice_reads_why(mandate: Mandate, people: list[Person]) -> None:
    young = village.make_person("gita")
    at = folkmoot_now()
    mandate.body.memberships.create(person=young, joined_at=at, voice_from=at + timedelta(days=7))

    page = as_(young).get(path(mandate))
    refused = as_(young).post(path(mandate, "withdraw-confidence/"))

    assert "You count in confidence when your waiting time is over." in text_of(page)
    assert refused.status_code == 403
    assert not Withdrawal.objects.exists()
