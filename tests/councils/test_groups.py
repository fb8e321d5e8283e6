"""Groups already at work: listed by members, invited by a link, and then a body of their own."""

import re
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from core.actions import memberships
from core.models import Body, Cause, Membership, Person, RecordLine
from core.refusals import Denied, Invalid, Refusal, UsedUp
from core.timekeeping import folkmoot_now
from councils.actions import groups
from councils.models import GroupInvitation, KnownGroup
from tests import village
from tests.core.actions.scene import Street, make_street, refused, refused_by_the_database
from tests.core.people.cast import as_, text_of
from tests.scenes import scene
from tests.verify.honest import assert_whole

pytestmark = pytest.mark.django_db

CHOIR = ("Choir", "Sings on Mondays.", "choir.example")
street = scene(make_street)


def add(street: Street, by: Person | None = None) -> KnownGroup:
    return groups.add(street.body, *CHOIR, by=by or street.bruno, at=folkmoot_now())


def send(person: Person, path: str, **data: Any) -> Any:
    return as_(person).post(path, {"once": f"{path}{data}"[:60], **data}, follow=True)


def test_who_may_do_what_and_when(street: Street) -> None:
    for stranger in (street.carla, street.dario):
        with refused(Denied):
            add(street, by=stranger)
    group = add(street)
    with refused(Invalid, "on the list already"):
        add(street)
    for words in (("", "Sings.", "here"), ("Band", " ", "here"), ("Band", "Plays.", "")):
        with refused(Invalid, "Say what the group is called"):
            groups.add(street.body, *words, by=street.ana, at=folkmoot_now())
    for act in (groups.take_off, groups.invite):
        with refused(Denied):
            act(group, by=street.carla, at=folkmoot_now())
    groups.invite(group, by=street.eva, at=folkmoot_now())
    groups.take_off(group, by=street.farid, at=folkmoot_now())
    for act in (groups.take_off, groups.invite):
        with refused(Denied, "taken off the list"):
            act(group, by=street.ana, at=folkmoot_now())
    assert GroupInvitation.objects.get().ended_at is not None
    assert add(street).pk != group.pk


def test_a_body_that_does_not_decide_yet_invites_nobody() -> None:
    ana = village.make_people("ana")[0]
    body = village.make_council("Alder", [ana, *village.make_people("bruno", "eva")])
    Body.objects.filter(pk=body.pk).update(adopted_at=None)
    group = groups.add(body, *CHOIR, by=ana, at=folkmoot_now())
    with refused(Denied, "once its founding members have adopted"):
        groups.invite(group, by=ana, at=folkmoot_now())


def test_a_link_works_once_for_sixty_days_and_a_newer_one_ends_it(street: Street) -> None:
    group, at = add(street), folkmoot_now()
    _row, first = groups.invite(group, by=street.ana, at=at)
    _row, second = groups.invite(group, by=street.bruno, at=at)
    with refused(UsedUp, "taken back"):
        groups.open_with(first, at=at)
    with refused(UsedUp, "does not work"):
        groups.open_with("forged", at=at)
    with refused(UsedUp, "expired"):
        groups.open_with(second, at=at + timedelta(days=60))
    with refused_by_the_database("group_one_link_at_a_time"):
        GroupInvitation.objects.update(ended_at=None)
    with refused_by_the_database("group_link_used_once"):
        GroupInvitation.objects.filter(ended_at=None).update(formed=street.body)
    assert groups.open_with(second, at=at).group == group
    lines = RecordLine.objects.filter(body=street.body, what="group.invited")
    assert lines.count() == 2
    assert_whole(street.body, street.ana)


def test_from_the_list_to_a_body_of_its_own(street: Street) -> None:
    page = f"/b/{street.body.slug}/groups/"
    assert "No group is listed yet." in text_of(as_(street.ana).get(page))
    form = {"name": CHOIR[0], "does": CHOIR[1], "reach": CHOIR[2]}
    assert send(street.ana, f"{page}new/", **form).status_code == 422
    assert CHOIR[1] in text_of(send(street.ana, f"{page}new/", **form, public="on"))
    group = KnownGroup.objects.get()
    letter = send(street.ana, f"/groups/{group.pk}/invite/", language="both", paper="a4", signed="The street")
    [path] = set(re.findall(r"/found/[\w-]+/", letter.content.decode()))
    assert "invited" in text_of(as_(street.bruno).get(page))

    assert "I am new here" in text_of(Client().get(path))
    typed = {"name": "The Choir", "kind": "cooperative", "listed": "on", "purpose": "We sing.", "template": "small"}
    formed = send(street.dario, path, **typed, time_zone="UTC")
    body = Body.objects.get(name="The Choir")
    assert (formed.status_code, body.kind) == (200, "cooperative")
    assert Membership.objects.get(body=body).person == street.dario
    assert (as_(street.carla).get(path).status_code, Body.objects.filter(name="The Choir").count()) == (410, 1)
    assert "The Choir" in text_of(as_(street.eva).get(page))
    told = Cause.objects.get(what=groups.FORMED)
    assert (told.body, told.title, told.person, told.by) == (street.body, "The Choir", None, None)
    assert_whole(street.body, street.ana)
    assert_whole(body)


def test_a_body_that_is_not_listed_is_not_made_known(street: Street) -> None:
    _row, token = groups.invite(add(street), by=street.ana, at=folkmoot_now())
    typed = {"name": "The Choir", "kind": "council", "purpose": "We sing.", "template": "small", "time_zone": "UTC"}
    send(street.dario, f"/found/{token}/", **typed)
    assert Body.objects.get(name="The Choir").listed is False
    assert not Cause.objects.filter(what=groups.FORMED).exists()
    assert "The Choir" not in text_of(as_(street.ana).get(f"/b/{street.body.slug}/groups/"))


def test_where_the_inviting_body_has_ended_the_link_says_so(street: Street) -> None:
    _row, token = groups.invite(add(street), by=street.ana, at=folkmoot_now())
    memberships.leave(street.body, by=street.ana)
    assert groups.open_with(token, at=folkmoot_now())
    Body.objects.filter(pk=street.body.pk).update(ended_at=folkmoot_now())
    with pytest.raises(Refusal, match=r"has ended\. You can form a body all the same"):
        groups.open_with(token, at=folkmoot_now())
