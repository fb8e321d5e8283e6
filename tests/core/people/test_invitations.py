"""Invitations: the token is not kept, uses are counted, and what no longer works says why."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from core.actions import applications, bodies, charters, invitations, memberships
from core.models import Application, Invitation, Membership, Person
from core.refusals import Denied, Invalid, UsedUp
from core.rules.charter import CharterNumbers
from core.timekeeping import folkmoot_now
from tests import village
from tests.core.people.cast import Street, is_member, link, make_street, recorded

pytestmark = pytest.mark.django_db


def accept(token: str, person: Person) -> Application | Membership:
    return invitations.accept(token, by=person, at=folkmoot_now())


def test_only_the_hash_of_a_token_is_kept(street: Street) -> None:
    invitation, token = link(street, street.ana, note="number 12")

    assert len(token) >= 22  # 128 bits in base 64
    invitation.refresh_from_db()
    assert token not in str(vars(invitation))
    assert invitation.token_hash == invitations.hashed(token)
    assert recorded(street.body)[-1] == "invitation.made"


def test_two_tokens_differ(street: Street) -> None:
    assert link(street, street.ana)[1] != link(street, street.ana)[1]


@pytest.mark.parametrize(("uses", "days"), [(0, 14), (201, 14), (1, 0), (1, 91), (-1, 5)])
def test_uses_and_days_have_ranges(street: Street, uses: int, days: int) -> None:
    with pytest.raises(Invalid, match="for 1 to 200 people and for 1 to 90 days"):
        link(street, street.ana, uses=uses, days=days)

    assert Invitation.objects.count() == 0


def test_only_members_invite(street: Street) -> None:
    memberships.leave(street.body, by=street.farid)
    for person in (street.dario, street.gina, street.farid):
        with pytest.raises(Denied, match="Only members can do this"):
            link(street, person)

    assert Invitation.objects.count() == 0


def use_up(street: Street, _invitation: Invitation, token: str) -> None:
    accept(token, street.hugo)


def expire(_street: Street, _invitation: Invitation, _token: str) -> None:
    village.move_clock(timedelta(days=14, seconds=1))


def take_back(street: Street, invitation: Invitation, _token: str) -> None:
    invitations.end(invitation, by=street.ana, at=folkmoot_now())


def inviter_leaves(street: Street, _invitation: Invitation, _token: str) -> None:
    memberships.leave(street.body, by=street.ana)


@pytest.mark.parametrize(
    ("spoil", "sentence"),
    [
        (use_up, "This invitation is used up"),
        (expire, "This invitation has expired"),
        (take_back, "This invitation was taken back"),
        (inviter_leaves, "Who invited you is no longer a member"),
    ],
)
def test_a_link_that_no_longer_works_says_why(
    street: Street, spoil: Callable[[Street, Invitation, str], None], sentence: str
) -> None:
    invitation, token = link(street, street.ana)
    spoil(street, invitation, token)
    uses = Invitation.objects.get().uses

    with pytest.raises(UsedUp, match=sentence):
        invitations.open_with(token, at=folkmoot_now())
    with pytest.raises(UsedUp, match=sentence):
        accept(token, street.gina)

    assert Invitation.objects.get().uses == uses
    assert not Application.objects.filter(person=street.gina).exists()


@pytest.mark.parametrize("token", ["", "x", "a" * 32, "a" * 5000, "\x00", "ünïcode"])
def test_a_forged_link_does_not_work(street: Street, token: str) -> None:
    link(street, street.ana)

    with pytest.raises(UsedUp, match="This link does not work"):
        invitations.open_with(token, at=folkmoot_now())
    with pytest.raises(UsedUp, match="This link does not work"):
        accept(token, street.gina)


def test_the_hash_itself_is_no_token(street: Street) -> None:
    invitation, _token = link(street, street.ana)

    with pytest.raises(UsedUp):
        invitations.open_with(invitation.token_hash, at=folkmoot_now())


def test_into_a_forming_body_it_makes_a_member_who_has_a_voice_at_once(db: None) -> None:
    ana, gina = village.make_people("ana", "gina")
    at = folkmoot_now()
    body = bodies.form("Elm Court", charters.Draft("A court.", "", CharterNumbers()), by=ana, at=at)
    _invitation, token = invitations.invite(body, by=ana, at=at)

    came = accept(token, gina)

    assert isinstance(came, Membership)
    assert came.invited_by == village.membership(body, ana)
    assert came.voice_from == came.joined_at
    assert recorded(body)[-2:] == ["invitation.made", "member.joined"]


@pytest.mark.parametrize(
    ("admission", "waiting_days", "kind", "vouches"),
    [("open", 14, Membership, 0), ("vouched", 7, Application, 1), ("proposal", 7, Application, 0)],
)
def test_into_a_deciding_body_it_leads_where_the_charter_says(
    db: None, admission: str, waiting_days: int, kind: type, vouches: int
) -> None:
    street = make_street(admission=admission, waiting_days=waiting_days)
    invitation, token = link(street, street.bruno)

    came = accept(token, street.gina)

    assert isinstance(came, kind)
    assert came.invited_by == village.membership(street.body, street.bruno)
    assert is_member(street, street.gina) is (kind is Membership)
    assert isinstance(came, Membership) or came.vouches.count() == vouches
    invitation.refresh_from_db()
    assert (invitation.uses, invitation.uses_left) == (1, 0)


def test_a_member_uses_nothing_up(street: Street) -> None:
    invitation, token = link(street, street.ana)

    assert accept(token, street.bruno) == village.membership(street.body, street.bruno)

    invitation.refresh_from_db()
    assert (invitation.uses, invitation.uses_left) == (0, 1)


def test_who_has_asked_already_uses_nothing_up(street: Street) -> None:
    invitation, token = link(street, street.ana)
    asked = applications.apply(street.body, by=street.gina, at=folkmoot_now())

    assert accept(token, street.gina) == asked

    invitation.refresh_from_db()
    assert (invitation.uses, invitation.uses_left) == (0, 1)


def test_only_who_made_a_link_takes_it_back(street: Street) -> None:
    invitation, token = link(street, street.ana)

    for person in (street.bruno, street.dario):
        with pytest.raises(Denied, match="Only who made an invitation can take it back"):
            invitations.end(invitation, by=person, at=folkmoot_now())
    assert invitations.open_with(token, at=folkmoot_now()) == invitation
    invitations.end(invitation, by=street.ana, at=folkmoot_now())
    invitations.end(invitation, by=street.ana, at=folkmoot_now())

    assert recorded(street.body).count("invitation.ended") == 1


def test_accepting_locks_the_body_then_the_invitation(street: Street) -> None:
    _invitation, token = link(street, street.ana)

    with CaptureQueriesContext(connection) as asked:
        accept(token, street.gina)

    locked = [query["sql"] for query in asked if "FOR NO KEY UPDATE" in query["sql"]]
    tables = [sql.split(' FROM "')[1].split('"')[0] for sql in locked]
    assert tables[:2] == ["core_body", "core_invitation"]


def test_the_first_link_is_for_an_empty_house(db: None) -> None:
    first = invitations.first_link(at=folkmoot_now())
    second = invitations.first_link(at=folkmoot_now())

    with pytest.raises(UsedUp, match="taken back"):
        invitations.open_with(first, at=folkmoot_now())
    assert invitations.open_with(second, at=folkmoot_now()).body is None
    (ana,) = village.make_people("ana")
    with pytest.raises(UsedUp, match="for the first person"):
        accept(second, ana)
    with pytest.raises(Denied, match="Somebody lives here already"):
        invitations.first_link(at=folkmoot_now())
