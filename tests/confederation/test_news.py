"""What the members of all bodies below hear of a confederation, each once, written outside the deciding transaction."""

from collections.abc import Iterable

import pytest
from django.db import transaction
from django.test import Client
from django.urls import reverse

from confederation.actions import people
from confederation.models import Referral
from core.actions import mandates
from core.models import Body, Cause, Mandate, Notice, Stage
from core.notices.fanning import fan_out
from core.notices.words import words_of
from core.timekeeping import folkmoot_now
from tests import village
from tests.confederation import rows
from tests.confederation.test_pages import seen
from tests.confederation.valley import Valley, adopt, all_say, ask, member, until_closed, until_in_force

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("rows_by_hand")]


def causes(what: str, body: Body) -> list[Cause]:
    """The causes of one kind, delivered twice: to nobody twice."""
    found = list(Cause.objects.filter(what=what, body=body))
    for cause in found:
        fan_out(cause.pk)
        fan_out(cause.pk)
    return found


def hearers(found: Iterable[Cause]) -> set[int]:
    """The people who hear them."""
    return set(Notice.objects.filter(cause__in=list(found)).values_list("person_id", flat=True))


def below(valley: Valley) -> set[int]:
    """Everybody in the four streets."""
    return {member(street, n).pk for street in valley.streets for n in range(7)}


def test_all_below_hear_that_it_is_in_force(client: Client, valley: Valley) -> None:
    village.make_people("dario")
    referral = adopt(valley)
    assert not causes(Cause.What.PROPOSAL_CLOSED, valley.valley)
    until_in_force()

    assert not Notice.objects.filter(cause__body=valley.valley).exists()
    [cause] = causes(Cause.What.PROPOSAL_CLOSED, valley.valley)
    assert hearers([cause]) == below(valley)
    words = words_of(Notice.objects.filter(cause=cause)[0])
    assert words.sentence == "It is in force now, for all bodies in Valley."
    page = seen(client, member(valley.cedar), reverse("core:notice-list"))
    assert "It is in force now, for all bodies in Valley." in page
    assert client.get(words.link).status_code == 200
    assert words.link == referral.proposal.get_absolute_url()


def test_all_below_hear_what_the_people_decided(valley: Valley) -> None:
    referral = adopt(valley)
    Referral.objects.filter(pk=referral.pk).update(called_down_at=folkmoot_now())
    with transaction.atomic():
        people.begin(Referral.objects.get(pk=referral.pk), at=folkmoot_now())
    rows.pass_by(days=14, seconds=5)

    referral.refresh_from_db()
    assert referral.proposal.stage == Stage.NO_QUORUM
    [cause] = causes(Cause.What.PROPOSAL_CLOSED, valley.valley)
    assert hearers([cause]) == below(valley)


def test_what_was_not_adopted_is_told_once(valley: Valley) -> None:
    referral = ask(valley.valley)
    all_say(referral, dict.fromkeys(valley.streets, "aside"))
    for level in (1, 2):
        until_closed(referral, level=level)

    assert hearers(causes(Cause.What.PROPOSAL_CLOSED, valley.valley)) == set()
    told = [cause for street in valley.streets for cause in causes("referral.counted", street)]
    assert hearers(told) == below(valley)


def test_all_below_hear_that_a_mandate_ended_and_others_do_not(valley: Valley) -> None:
    at = folkmoot_now()
    above = rows.mandate(rows.granting(valley.hill, at), member(valley.alder), at)
    own = rows.mandate(rows.granting(valley.dell, at), member(valley.dell), at)
    for mandate in (above, own):
        mandates.resign(Mandate.objects.get(pk=mandate.pk), by=mandate.person)

    in_hill = {member(street, n).pk for street in (valley.alder, valley.birch, valley.cedar) for n in range(7)}
    assert hearers(causes(Cause.What.MANDATE_ENDED, valley.hill)) == in_hill
    assert hearers(causes(Cause.What.MANDATE_ENDED, valley.dell)) == {member(valley.dell, n).pk for n in range(7)}
