"""Forgetting a label: nothing leads back to it, the record still holds, and what is open comes first."""

from datetime import timedelta

import pytest
from django.db import DatabaseError, connection, transaction
from django.test import Client

from core.actions import applications, comments, confidence, forgetting, memberships, people
from core.actions.settling import settle
from core.models import Ballot, Membership, Person, Withdrawal
from core.record import label
from core.refusals import Denied, WrongStep
from core.timekeeping import folkmoot_now
from tests import village
from tests.core.actions.scene import Street, make_street, refused
from tests.scenes import scene
from tests.verify.honest import assert_whole, found, members_file

pytestmark = pytest.mark.django_db

street = scene(make_street)


def left(street: Street, person: Person) -> Membership:
    """Somebody leaves."""
    return memberships.leave(street.body, by=person)


def forget(membership: Membership, by: Person | None = None) -> Membership:
    return forgetting.ask(membership, by=by or membership.person, at=folkmoot_now())


def test_the_key_goes_and_whatever_leads_back_to_the_label(street: Street) -> None:
    mandate = village.make_mandate(street.body, street.members, street.bruno, author=street.ana)
    for person in (street.ana, street.eva, street.gina):
        confidence.withdraw(mandate, by=person)
    membership = left(street, street.gina)
    pseudonym = label(membership)
    assert any(pseudonym.encode() in line and b'"ballot"' in line for line in members_file(street.body))

    forget(membership)

    membership.refresh_from_db()
    assert membership.label_key is None
    assert membership.forgotten_at is not None
    assert {bytes(ballot.nonce) for ballot in Ballot.objects.filter(roll__membership=membership)} == {b""}
    assert not Withdrawal.objects.filter(membership=membership).exists()
    file = members_file(street.body)
    assert not any(pseudonym.encode() in line and b'"with"' in line for line in file)
    assert any(pseudonym.encode() in line for line in file)  # the lines are as they were
    findings = assert_whole(street.body)
    assert (findings.unknown["forgotten"], findings.checked["recounted"]) == (1, 0)


def test_it_happens_once_and_only_to_who_left(street: Street) -> None:
    with refused(WrongStep, "still a member"):
        forget(village.membership(street.body, street.gina))
    membership = left(street, street.gina)
    with refused(Denied, "Only the person"):
        forget(membership, by=street.ana)
    asked_at = forget(membership).forget_asked_at

    assert forget(membership).forget_asked_at == asked_at
    assert not forgetting.forget_if_free(membership.pk)
    with transaction.atomic():
        again = memberships.admit(street.body, street.gina, at=folkmoot_now())
    assert again.label_key is not None


def test_an_open_vote_comes_first(street: Street) -> None:
    vote = village.make_vote(street.body, street.ana)
    for person in street.members:
        village.cast(vote, person, "agree")
    membership = left(street, street.gina)

    assert forget(membership).forgotten_at is None
    village.close(vote)  # and everything due happens

    membership.refresh_from_db()
    assert membership.forgotten_at is not None
    assert found(members_file(street.body)).broken == []


def test_an_open_proposal_an_appeal_and_a_vouch_come_first(street: Street) -> None:
    proposal = village.make_proposal(street.body, street.gina)
    asked = applications.apply(street.body, by=street.dario, at=folkmoot_now())
    assert not isinstance(asked, Membership)
    applications.vouch(asked, by=street.farid, at=folkmoot_now())
    author, voucher = left(street, street.gina), left(street, street.farid)

    assert (forget(author).forgotten_at, forget(voucher).forgotten_at) == (None, None)
    applications.withdraw(asked, by=street.dario, at=folkmoot_now())
    settle()

    for membership, forgotten in ((author, False), (voucher, True)):
        membership.refresh_from_db()
        assert (membership.forgotten_at is not None) is forgotten
    assert proposal.author == street.gina


def test_who_was_removed_can_still_appeal(street: Street) -> None:
    subject = village.membership(street.body, street.gina)
    vote = village.make_vote(street.body, street.ana, kind="removal", subject=subject)
    for person in street.members[:4]:
        village.cast(vote, person, "yes")
    village.close(vote)

    assert forget(subject).forgotten_at is None
    village.move_clock(timedelta(days=15))
    settle()

    subject.refresh_from_db()
    assert subject.forgotten_at is not None
    assert_whole(street.body)


def test_words_taken_back_leave_the_record_too(street: Street) -> None:
    proposal = village.make_proposal(street.body, street.ana)
    said = comments.write(proposal, "A hasty word.", by=street.eva, at=folkmoot_now())
    kept = comments.write(proposal, "A wise word.", by=street.eva, at=folkmoot_now())

    comments.take_back(said, by=street.eva, at=folkmoot_now())

    file = b"".join(members_file(street.body))
    assert b"A hasty word." not in file
    assert b"A wise word." in file
    assert kept.taken_back_at is None
    assert assert_whole(street.body).unknown["texts"] == 1


def test_who_leaves_the_house_is_forgotten_everywhere(street: Street) -> None:
    people.close_account(street.gina, at=folkmoot_now())
    settle()

    assert [each.label_key for each in Membership.objects.filter(person=street.gina)] == [None]


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE core_membership SET label_key = decode(repeat('00', 32), 'hex')",
        "UPDATE core_membership SET label_key = NULL",
        "UPDATE core_membership SET label_key = NULL, forgotten_at = now(), forget_asked_at = now()",
        "UPDATE core_ballot SET nonce = ''",
        "TRUNCATE core_recordline CASCADE",
        "TRUNCATE core_ballot CASCADE",
        "TRUNCATE core_vote CASCADE",
        "DELETE FROM core_recordline",
        "UPDATE core_recordline SET line = line || ' '",
    ],
)
def test_the_database_keeps_labels_ballots_and_lines_also_from_its_owner(street: Street, statement: str) -> None:
    village.decide(street.body, street.members, street.ana)
    before = members_file(street.body)

    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET LOCAL folkmoot.throwaway = 'no'")
        with pytest.raises(DatabaseError), transaction.atomic():
            cursor.execute(statement)

    assert members_file(street.body)[1:] == before[1:]


def test_the_page_asks_first_and_then_says_what_became_of_it(street: Street) -> None:
    client = Client()
    client.force_login(street.gina, backend="django.contrib.auth.backends.ModelBackend")
    assert b"You have left no body" in client.get("/settings/labels/").content
    membership = left(street, street.gina)
    page = client.get("/settings/labels/").content.decode()
    assert "Have my label forgotten" in page
    assert "It cannot be undone." in page

    stranger = village.membership(street.body, street.ana).pk
    assert client.post("/settings/labels/", {"membership": stranger}).status_code == 422
    answer = client.post("/settings/labels/", {"membership": membership.pk}, follow=True)

    assert "Your label was forgotten on" in answer.content.decode()
