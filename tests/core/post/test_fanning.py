"""Who is told what, and that it happens exactly once."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from core.actions import ballots, comments, confidence, memberships, proposals
from core.actions.settling import settle
from core.actions.telling import tell
from core.models import Body, Cause, Membership, Notice, Person, Proposal
from core.notices.audiences import AUDIENCES
from core.notices.fanning import fan_out
from core.notices.sweeping import sweep
from core.rules.positions import Position
from core.timekeeping import folkmoot_now
from tests import village

pytestmark = pytest.mark.django_db


@pytest.fixture
def people() -> list[Person]:
    return village.make_people("ana", "bruno", "carla", "dario", "eva")


@pytest.fixture
def street(people: list[Person]) -> Body:
    return village.make_council("Alder Street", people)


def told(what: Cause.What) -> list[str]:
    """Who hears of it, once all that waits is fanned out."""
    for cause in Cause.objects.filter(fanned_at__isnull=True).order_by("pk"):
        fan_out(cause.pk)
    names = Notice.objects.filter(cause__what=what).values_list("person__display_name", flat=True)
    return sorted(names)


def cause_without_notices(body: Body, by: Person) -> Cause:
    """A cause as a crash between commit and publish leaves it: committed, and nobody was asked to fan it out."""
    return Cause.objects.create(
        key=f"member.joined:lost{Cause.objects.count()}",
        what=Cause.What.MEMBER_JOINED,
        body=body,
        by=by,
        at=folkmoot_now(),
    )


def test_every_kind_of_news_has_its_audience() -> None:
    assert set(AUDIENCES) == set(Cause.What)


def test_a_proposal_is_told_to_all_members_but_its_author(street: Body, people: list[Person]) -> None:
    village.make_people("farid")

    village.make_proposal(street, people[0])

    assert told(Cause.What.PROPOSAL_OPEN) == ["Bruno", "Carla", "Dario", "Eva"]


def test_who_has_left_is_told_nothing(street: Body, people: list[Person]) -> None:
    memberships.leave(street, by=people[4])

    village.make_proposal(street, people[0])

    assert told(Cause.What.PROPOSAL_OPEN) == ["Bruno", "Carla", "Dario"]


def test_an_answer_is_told_to_its_person_alone(street: Body, people: list[Person]) -> None:
    proposal = village.make_proposal(street, people[0])
    voice = comments.write(proposal, "Who waters it?", by=people[1], at=folkmoot_now())

    comments.write(proposal, "I do.", by=people[2], at=folkmoot_now(), parent=voice)

    assert told(Cause.What.COMMENT_REPLY) == ["Bruno"]


def test_who_is_asked_to_take_a_mandate_is_told_so_and_not_twice(street: Body, people: list[Person]) -> None:
    mandate = village.make_mandate(street, people, people[1], author=people[0])

    assert told(Cause.What.OFFER_MADE) == ["Bruno"]
    offered = Notice.objects.filter(cause__proposal=mandate.granted_by, person=people[1])
    assert not offered.filter(cause__what=Cause.What.PROPOSAL_OPEN).exists()
    assert told(Cause.What.MANDATE_GRANTED) == ["Ana", "Bruno", "Carla", "Dario", "Eva"]


def test_a_granted_mandate_is_one_notice_and_not_two(street: Body, people: list[Person]) -> None:
    mandate = village.make_mandate(street, people, people[1], author=people[0])

    assert told(Cause.What.PROPOSAL_CLOSED) == []
    closed = Cause.objects.get(what=Cause.What.PROPOSAL_CLOSED, proposal=mandate.granted_by)
    assert closed.fanned_at is not None


def test_a_decision_that_does_nothing_by_itself_is_told(street: Body, people: list[Person]) -> None:
    village.decide(street, people, people[0])

    assert told(Cause.What.PROPOSAL_CLOSED) == ["Ana", "Bruno", "Carla", "Dario", "Eva"]


def test_lost_confidence_reaches_all_members_and_the_body_above(street: Body, people: list[Person]) -> None:
    above = village.make_council("Riverside", village.make_people("gita", "hana", "ivo"))
    Body.objects.filter(pk=street.pk).update(host=above)
    mandate = village.make_mandate(street, people, people[1], author=people[0])

    for person in (people[0], people[2], people[3]):
        confidence.withdraw(mandate, by=person)

    assert told(Cause.What.MANDATE_ENDED) == ["Ana", "Bruno", "Carla", "Dario", "Eva", "Gita", "Hana", "Ivo"]


def test_the_end_of_a_term_stays_in_the_house(street: Body, people: list[Person]) -> None:
    above = village.make_council("Riverside", village.make_people("gita", "hana", "ivo"))
    Body.objects.filter(pk=street.pk).update(host=above)
    village.make_mandate(street, people, people[1], author=people[0])

    village.move_clock(timedelta(days=181))
    settle()

    assert told(Cause.What.MANDATE_ENDED) == ["Ana", "Bruno", "Carla", "Dario", "Eva"]


def test_a_removed_member_is_told_and_hears_how_open_votes_end(street: Body, people: list[Person]) -> None:
    vote = village.make_vote(street, people[0])
    with transaction.atomic():
        memberships.remove(village.membership(street, people[4]), at=folkmoot_now())
    for person in people[:4]:
        ballots.cast(vote, Position.AGREE, by=person)

    village.close(vote)

    assert "Eva" in told(Cause.What.MEMBER_REMOVED)
    assert told(Cause.What.PROPOSAL_CLOSED) == ["Ana", "Bruno", "Carla", "Dario", "Eva"]


@pytest.mark.django_db(transaction=True)
def test_five_deliveries_at_once_have_one_effect(street: Body, people: list[Person]) -> None:
    cause = cause_without_notices(street, people[0])
    start = Barrier(5)

    def deliver() -> None:
        start.wait()
        try:
            fan_out(cause.pk)
        finally:
            connection.close()

    with ThreadPoolExecutor(5) as pool:
        for each in [pool.submit(deliver) for _ in range(5)]:
            each.result()

    cause.refresh_from_db()
    assert cause.fanned_at is not None
    assert cause.notices.count() == 4


def test_fan_out_takes_the_cause_for_itself_and_waits_for_nobody(street: Body, people: list[Person]) -> None:
    cause = cause_without_notices(street, people[0])

    with CaptureQueriesContext(connection) as asked:
        fan_out(cause.pk)

    assert any("FOR NO KEY UPDATE SKIP LOCKED" in query["sql"] for query in asked)


def test_telling_again_changes_nothing(street: Body, people: list[Person]) -> None:
    cause = cause_without_notices(street, people[0])
    fan_out(cause.pk)
    before = list(cause.notices.values_list("pk", "at"))

    assert fan_out(cause.pk) == []

    assert list(cause.notices.values_list("pk", "at")) == before


def test_a_cause_lost_between_commit_and_publish_is_swept(street: Body, people: list[Person]) -> None:
    cause = cause_without_notices(street, people[0])

    sweep()
    assert not cause.notices.exists()  # the workers have a few seconds first
    village.move_clock(timedelta(seconds=6))
    sweep()
    sweep()

    assert cause.notices.count() == 4


def test_what_happened_before_the_clock_was_moved_back_is_swept(street: Body, people: list[Person]) -> None:
    cause = cause_without_notices(street, people[0])
    village.move_clock(timedelta(days=-3))

    sweep()

    assert cause.notices.count() == 4


def test_a_rolled_back_act_tells_nobody(street: Body, people: list[Person]) -> None:
    with transaction.atomic():
        tell(Cause.What.MEMBER_JOINED, street, key="never", at=folkmoot_now(), person=people[0])
        transaction.set_rollback(True)

    assert not Cause.objects.filter(key="member.joined:never").exists()


def crowd(body: Body, count: int) -> None:
    start = Person.objects.count()
    people = village.make_people(*(f"p{start + n}" for n in range(count)))
    at = folkmoot_now()
    seats = [Membership(body=body, person=person, joined_at=at, voice_from=at) for person in people]
    Membership.objects.bulk_create(seats, batch_size=1000)


@pytest.mark.slow
def test_ten_thousand_members_cost_as_many_statements_as_five(street: Body, people: list[Person]) -> None:
    def statements(cause: Cause) -> int:
        with CaptureQueriesContext(connection) as asked:
            fan_out(cause.pk)
        return len(asked)

    few = statements(cause_without_notices(street, people[0]))
    crowd(street, 9_995)
    cause = cause_without_notices(street, people[0])

    assert statements(cause) == few
    assert cause.notices.count() == 9_999


def test_withdrawn_ideas_tell_nobody(street: Body, people: list[Person]) -> None:
    at = folkmoot_now()
    proposals.draft(street, by=people[0], at=at, title="A bench", text="By the oak.")

    assert not Cause.objects.filter(proposal__isnull=False).exists()
    assert Proposal.objects.count() == 1
