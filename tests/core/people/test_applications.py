"""Asking to join: every act at every stage, by everybody, and the ways in that a charter knows."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.db import transaction

from core.actions import applications, bodies, charters, memberships, people
from core.actions.settling import settle
from core.models import Application, Cause, Membership, Person, Proposal, RecordLine, Stage, Vouch
from core.refusals import Denied, Invalid, Refusal, WrongStep
from core.rules.charter import CharterNumbers
from core.timekeeping import folkmoot_now
from tests import village
from tests.core.people.cast import Street, ask, is_member, make_street, recorded, stage, vouched

pytestmark = pytest.mark.django_db

Act = Callable[[Street, Application], object]

ACTS: dict[str, Act] = {
    "vouch": lambda street, it: applications.vouch(it, by=street.carla, at=folkmoot_now()),
    "object": lambda street, it: applications.object(it, "We do not know her.", by=street.carla),
    "propose": lambda street, it: applications.propose(it, by=street.carla, at=folkmoot_now()),
    "withdraw": lambda street, it: applications.withdraw(it, by=it.person, at=folkmoot_now()),
    "settle": lambda _street, it: applications.admit_if_unopposed(it.pk),
}

ALLOWED_AT = {
    "vouch": {"open"},
    "object": {"objections"},
    "propose": set(),  # here members vouch; the charter that admits by proposal has tests of its own
    "withdraw": {"open", "objections"},
    "settle": {"open", "objections", "deciding", "admitted", "refused", "withdrawn"},  # it does nothing, and says so
}


def at_stage(street: Street, name: str) -> Application:
    """An application at that stage, come there as in life."""
    if name == "open":
        return ask(street)
    application = vouched(street)
    if name == "withdrawn":
        applications.withdraw(application, by=street.gina, at=folkmoot_now())
    if name in ("deciding", "refused"):
        proposal = applications.object(application, "We do not know her.", by=street.eva)
    if name == "admitted":
        village.move_clock(timedelta(hours=73))
        settle()
    if name == "refused":
        village.move_clock(timedelta(days=4))
        settle()
        vote = proposal.votes.get()
        for person in street.members:
            village.cast(vote, person, "no")
        village.close(vote)
    application.refresh_from_db()
    assert application.stage == name
    return application


@pytest.mark.parametrize("name", Application.Stage.values)
def test_every_act_at_every_stage(street: Street, name: str) -> None:
    application = at_stage(street, name)

    for verb, act in ACTS.items():
        before = recorded(street.body)
        undo = transaction.savepoint()
        sentence, result = attempt(act, street, application)
        assert (sentence == "") is (name in ALLOWED_AT[verb]), verb
        if sentence:
            assert (recorded(street.body), stage(application)) == (before, name)
        assert verb != "settle" or result is False
        transaction.savepoint_rollback(undo)


def attempt(act: Act, street: Street, application: Application) -> tuple[str, object]:
    """The sentence of the refusal, or what came of it."""
    try:
        return "", act(street, application)
    except Refusal as refused:
        return str(refused), None


def by_whom(street: Street, who: str) -> Person:
    """One of each kind of person."""
    if who == "former":
        memberships.leave(street.body, by=street.farid)
        return street.farid
    if who == "newcomer":
        with transaction.atomic():
            memberships.admit(street.body, street.hugo, at=folkmoot_now())
        return street.hugo
    return {"member": street.carla, "applicant": street.gina, "outsider": street.dario}[who]


@pytest.mark.parametrize(
    ("verb", "who", "sentence"),
    [
        ("vouch", "member", ""),
        ("vouch", "newcomer", "You can vouch for somebody when you have been a member for 30 days."),
        ("vouch", "former", "Only members can do this."),
        ("vouch", "applicant", "Only members can do this."),
        ("vouch", "outsider", "Only members can do this."),
        ("object", "member", ""),
        ("object", "newcomer", ""),
        ("object", "former", "Only members can do this."),
        ("object", "applicant", "Only members can do this."),
        ("object", "outsider", "Only members can do this."),
        ("withdraw", "applicant", ""),
        ("withdraw", "member", "Only who asked can take it back."),
        ("withdraw", "newcomer", "Only who asked can take it back."),
        ("withdraw", "former", "Only who asked can take it back."),
        ("withdraw", "outsider", "Only who asked can take it back."),
    ],
)
def test_every_act_by_everybody(street: Street, verb: str, who: str, sentence: str) -> None:
    application = vouched(street) if verb == "object" else ask(street)
    person = by_whom(street, who)
    before = recorded(street.body), stage(application)
    acts: dict[str, Callable[[], object]] = {
        "vouch": lambda: applications.vouch(application, by=person, at=folkmoot_now()),
        "object": lambda: applications.object(application, "We do not know her.", by=person),
        "withdraw": lambda: applications.withdraw(application, by=person, at=folkmoot_now()),
    }

    if not sentence:
        acts[verb]()
        assert (recorded(street.body), stage(application)) != before
        return
    with pytest.raises(Denied, match=sentence):
        acts[verb]()
    assert (recorded(street.body), stage(application)) == before


@pytest.mark.parametrize(
    ("who", "sentence"),
    [
        ("member", ""),
        ("newcomer", ""),
        ("former", "Only members can do this."),
        ("applicant", "Only members can do this."),
        ("outsider", "Only members can do this."),
    ],
)
def test_propose_by_everybody_where_the_body_decides(db: None, who: str, sentence: str) -> None:
    street = make_street(admission="proposal")
    application = ask(street)
    person = by_whom(street, who)

    if sentence:
        with pytest.raises(Denied, match=sentence):
            applications.propose(application, by=person, at=folkmoot_now())
        assert stage(application) == "open"
        return
    proposal = applications.propose(application, by=person, at=folkmoot_now())

    assert (proposal.kind, proposal.stage, proposal.author) == ("admission", Stage.DISCUSSION, person)
    assert stage(application) == "deciding"


def test_where_the_body_decides_nobody_gets_in_by_vouching(db: None) -> None:
    street = make_street(admission="proposal")
    application = ask(street)

    with pytest.raises(Denied, match=r"Here the body decides on each who asks\."):
        applications.vouch(application, by=street.ana, at=folkmoot_now())

    assert Vouch.objects.count() == 0


def test_apply_writes_a_line_and_tells_without_a_name_in_the_record(street: Street) -> None:
    application = ask(street)

    line = RecordLine.objects.filter(body=street.body).latest("seq")
    assert line.what == "application.made"
    assert "Gina" not in line.line
    cause = Cause.objects.get(what=Cause.What.APPLICATION_MADE)
    assert (cause.application, cause.by) == (application, street.gina)


def test_apply_twice_and_as_a_member_is_refused(street: Street) -> None:
    ask(street)

    with pytest.raises(Denied, match="You have asked already"):
        ask(street)
    with pytest.raises(Denied, match="You are a member already"):
        ask(street, street.ana)
    assert Application.objects.count() == 1


def test_apply_with_too_many_words_is_refused(street: Street) -> None:
    with pytest.raises(Invalid, match=r"at most 1,000 characters"):
        ask(street, words="x" * 1001)

    assert Application.objects.count() == 0


def test_apply_to_a_forming_body_needs_an_invitation(db: None) -> None:
    ana, gina = village.make_people("ana", "gina")
    body = bodies.form("Elm Court", charters.Draft("A court.", "", CharterNumbers()), by=ana, at=folkmoot_now())

    with pytest.raises(Denied, match="still forming"):
        applications.apply(body, by=gina, at=folkmoot_now())

    assert body.memberships.count() == 1


def test_open_admission_takes_in_at_once_with_the_waiting_time(db: None) -> None:
    street = make_street(admission="open", waiting_days=14)
    at = folkmoot_now()

    membership = applications.apply(street.body, by=street.gina, at=at)

    assert isinstance(membership, Membership)
    assert membership.voice_from == at + timedelta(days=14)
    assert recorded(street.body)[-1] == "member.joined"


def test_settle_admits_after_72_hours_and_once(street: Street) -> None:
    application = vouched(street)

    assert applications.admit_if_unopposed(application.pk) is False
    village.move_clock(timedelta(hours=72, seconds=1))
    settle()
    settle()

    assert stage(application) == "admitted"
    assert street.body.memberships.open().filter(person=street.gina).count() == 1
    assert recorded(street.body)[-2:] == ["application.admitted", "member.joined"]
    assert Cause.objects.filter(what=Cause.What.MEMBER_JOINED, person=street.gina).count() == 1
    assert applications.admit_if_unopposed(application.pk) is False


def test_an_objection_needs_its_reason(street: Street) -> None:
    application = vouched(street)

    with pytest.raises(Invalid, match="An objection needs its reason"):
        applications.object(application, "  \n ", by=street.carla)
    with pytest.raises(Invalid, match="too long"):
        applications.object(application, "x" * 2001, by=street.carla)

    assert stage(application) == "objections"
    assert Proposal.objects.count() == 0


def test_an_objection_after_its_time_is_refused_even_before_settling(street: Street) -> None:
    application = vouched(street)
    village.move_clock(timedelta(hours=72, seconds=1))

    with pytest.raises(Denied, match="The time for objections is over"):
        applications.object(application, "We do not know her.", by=street.carla)

    assert Proposal.objects.count() == 0


@pytest.mark.parametrize(("position", "end", "member"), [("yes", "admitted", True), ("no", "refused", False)])
def test_after_an_objection_simple_majority_decides(street: Street, position: str, end: str, member: bool) -> None:
    application = vouched(street)
    proposal = applications.object(application, "We do not know her.", by=street.carla)
    assert (proposal.kind, proposal.stage, proposal.author) == ("admission", Stage.DISCUSSION, None)
    assert "Objection: We do not know her." in proposal.texts.get().text
    village.move_clock(timedelta(days=3, seconds=1))
    settle()
    vote = proposal.votes.get()
    assert vote.rule == "majority"

    for person in street.members[:4]:
        village.cast(vote, person, position)
    village.close(vote)

    assert stage(application) == end
    assert is_member(street, street.gina) is member
    told = Cause.objects.filter(what=Cause.What.APPLICATION_REFUSED, person=street.gina).count()
    assert told == (0 if member else 1)


def test_by_proposal_the_clock_opens_and_the_charter_decides(db: None) -> None:
    street = make_street(admission="proposal")
    application = ask(street)
    proposal = applications.propose(application, by=street.ana, at=folkmoot_now())
    settle()
    assert not proposal.votes.exists()

    village.move_clock(timedelta(days=3, seconds=1))
    settle()
    vote = proposal.votes.get()
    assert vote.rule == "consensus"
    for person in street.members:
        village.cast(vote, person, "agree")
    village.close(vote)

    assert stage(application) == "admitted"
    assert is_member(street, street.gina)


def test_an_applicant_who_left_the_house_is_not_admitted(street: Street) -> None:
    application = vouched(street)
    people.close_account(street.gina, at=folkmoot_now())

    village.move_clock(timedelta(hours=73))
    settle()

    assert stage(application) == "withdrawn"
    assert not is_member(street, street.gina)


def test_an_applicant_who_left_while_the_body_decides_leaves_a_task(street: Street) -> None:
    application = vouched(street)
    proposal = applications.object(application, "We do not know her.", by=street.carla)
    people.close_account(street.gina, at=folkmoot_now())
    village.move_clock(timedelta(days=4))
    settle()
    vote = proposal.votes.get()
    for person in street.members:
        village.cast(vote, person, "yes")
    village.close(vote)

    proposal.refresh_from_db()
    assert proposal.stage == Stage.ADOPTED
    assert not is_member(street, street.gina)
    assert Cause.objects.filter(what=Cause.What.EFFECT_FAILED, proposal=proposal).exists()


def test_who_takes_it_back_can_ask_again(street: Street) -> None:
    first = ask(street)
    applications.withdraw(first, by=street.gina, at=folkmoot_now())

    with pytest.raises(WrongStep):
        applications.withdraw(first, by=street.gina, at=folkmoot_now())
    second = ask(street)

    assert (stage(first), stage(second)) == ("withdrawn", "open")
    assert recorded(street.body)[-2:] == ["application.withdrawn", "application.made"]
