"""The demo is believable: every stage, rule and kind is there, nothing is in the future, the record holds."""

from datetime import datetime, timedelta
from io import StringIO
from typing import Any

import pytest
from django.apps import apps
from django.core.management import CommandError, call_command
from django.db import models, transaction
from django.test import Client, override_settings
from django.urls import reverse
from django.utils import timezone

from confederation.models import Delegation, OwnWord, PeopleVote, Referral
from core.actions import confidence, secret_ballots
from core.models import (
    Application,
    Audit,
    Ballot,
    Body,
    Case,
    CaseSeat,
    ClockOffset,
    Comment,
    Mandate,
    Membership,
    Notice,
    Person,
    Proposal,
    RecordHead,
    RecordLine,
    Stage,
    Task,
    Vote,
)
from core.queries.home import get_home
from core.registry import KINDS
from core.rules.chain import check_chain
from core.rules.positions import RANKED, Rule
from core.rules.secrecy import new_code
from core.timekeeping import folkmoot_now
from councils.demo.people import CAST, PASSPHRASE, PASSWORD
from councils.models import Board
from defense.queries.chain import get_chain
from defense.queries.standing import get_codes, get_standings
from defense.queries.training import get_training_page
from tests.verify.honest import found, members_file

pytestmark = [pytest.mark.slow, pytest.mark.django_db, pytest.mark.usefixtures("told")]
LATER_BY_NATURE = {
    "closes_at",
    "ends_at",
    "round_ends_at",
    "objections_until",
    "expires_at",
    "voice_from",
    "counts_from",
    "until",
    "starts_at",
    "expire_date",
    "sit_by",
    "appeal_by",
}


@pytest.fixture(autouse=True)
def _demo(settings: Any) -> None:
    settings.DEMO = True


@pytest.fixture
def ana(told: str) -> Person:
    return Person.objects.get(sign_in_name="ana")


@pytest.fixture
def street(told: str) -> Body:
    return Body.objects.get(slug="alder-street-council")


def test_it_says_how_far_it_is(told: str) -> None:
    assert told.startswith("Loading the demo")
    assert "… 60 days ago" in told
    assert "The demo is ready" in told


def test_the_clock_is_the_real_one_afterwards() -> None:
    assert ClockOffset.objects.get().offset == timedelta(0)
    assert abs(folkmoot_now() - timezone.now()) < timedelta(seconds=5)


def test_nothing_has_happened_in_the_future() -> None:
    now = folkmoot_now()
    late = []
    for model in apps.get_app_config("core").get_models():
        for field in model._meta.get_fields():
            if isinstance(field, models.DateTimeField) and field.name not in LATER_BY_NATURE:
                latest: datetime | None = model._default_manager.aggregate(latest=models.Max(field.name))["latest"]
                if latest is not None and latest > now:
                    late.append(f"{model.__name__}.{field.name}")
    assert late == []


def test_it_tells_of_months() -> None:
    assert RecordLine.objects.earliest("at").at < folkmoot_now() - timedelta(days=140)


def test_every_stage_is_there() -> None:
    assert {Stage(stage) for stage in Proposal.objects.values_list("stage", flat=True)} >= {
        Stage.IDEA,
        Stage.DISCUSSION,
        Stage.VOTING,
        Stage.ROUND,
        Stage.ADOPTED,
        Stage.NOT_ADOPTED,
        Stage.BLOCKED,
        Stage.NO_QUORUM,
        Stage.WITHDRAWN,
    }


def test_every_rule_but_the_small_removal_is_voted_on_now() -> None:
    now = folkmoot_now()
    open_now = Vote.objects.open().filter(closes_at__gt=now)
    assert {Rule(rule) for rule in open_now.values_list("rule", flat=True)} == set(Rule) - {Rule.REMOVAL, *RANKED}
    assert max(open_now.values_list("closes_at", flat=True)) < now + timedelta(days=14)
    assert open_now.filter(second_call=True).exists()


def test_rankings_were_counted_and_those_elected_hold_their_mandates() -> None:
    counted = Vote.objects.filter(rule__in=sorted(RANKED), counted_at__isnull=False)
    assert set(counted.values_list("rule", "outcome")) == {("stv", "adopted"), ("schulze", "adopted")}
    for vote in counted:
        assert Mandate.objects.filter(granted_by=vote.proposal).count() == len((vote.tally or {})["elected"]) > 0


NOT_TOLD = {"appeal", "case_appeal", "host", "union", "restructuring", "recognition"}
"""Nobody appeals, the body that answers to another stays as it is, none becomes one with another."""


def test_every_kind_but_a_few_is_there() -> None:
    assert set(Proposal.objects.values_list("kind", flat=True)) == set(KINDS) - NOT_TOLD


def test_nothing_due_is_left_undone() -> None:
    assert not Vote.objects.due(folkmoot_now()).exists()
    assert not Mandate.objects.due(folkmoot_now()).exists()


def test_the_record_of_every_body_holds() -> None:
    for body in Body.objects.all():
        rows = list(RecordLine.objects.filter(body=body).order_by("seq"))
        assert check_chain(row.line for row in rows) == [], body.name
        assert RecordHead.objects.get(body=body).hash == rows[-1].hash
        times = [row.at for row in rows]
        assert times == sorted(times), body.name


def test_two_councils_have_different_charters_and_common_members(street: Body) -> None:
    hood = Body.objects.get(slug="millbrook-neighbourhood-council")
    ours, theirs = street.charters.get(number=1), hood.charters.get()
    assert (ours.admission, theirs.admission) == ("vouched", "open")
    assert (ours.counts_visible, theirs.counts_visible) == ("nobody", "members")
    people = Membership.objects.open()
    in_both = set(people.filter(body=street).values_list("person", flat=True)) & set(
        people.filter(body=hood).values_list("person", flat=True)
    )
    assert people.filter(body=street).count() in range(25, 35)
    assert people.filter(body=hood).count() > 100
    assert len(in_both) > 10


def test_one_body_is_unlisted_and_one_waits_for_its_third_adoption() -> None:
    assert Body.objects.get(listed=False).decides
    forming = Body.objects.get(adopted_at=None, founders=3)
    assert forming.charters.get().adoptions.count() == 2


def test_a_council_is_being_founded() -> None:
    board = Board.objects.under_way(folkmoot_now()).get()
    founders = Membership.objects.filter(body=board.council)
    assert (board.stage, founders.count()) == (Board.Stage.INVITING, 4)
    assert board.assembly_at is not None
    assert board.assembly_at > folkmoot_now()
    assert not founders.filter(person__memberships__body=board.catalyst).exists()


@pytest.fixture
def watch(told: str) -> Body:
    return Body.objects.get(kind=Body.Kind.DEFENSE)


def test_the_watch_has_a_code_that_ana_has_not_accepted_yet(watch: Body, ana: Person) -> None:
    now = folkmoot_now()
    both = get_codes(watch, at=now)
    standings = get_standings(watch, both, at=now)
    assert {scope: len(each.adopted) for scope, each in both.items()} == {"own": 2, "confederal": 1}
    assert (len(standings), [row.membership.person for row in standings if not row.good]) == (6, [ana])


def test_the_watch_has_a_coordinator_who_lacks_a_training_and_posts_that_are_vacant(watch: Body) -> None:
    now = folkmoot_now()
    chain = get_chain(watch, at=now)
    coordinator, steward = (node for _depth, node in chain.lines)
    assert [mandate.person.sign_in_name for mandate in coordinator.held] == ["bruno"]
    assert (steward.held, len(steward.elections), [node.held for node in chain.experts]) == ([], 1, [[]])
    page = get_training_page(watch, now.date(), now)
    assert [(post.name, lacks) for post, _mandate, lacks in page.lacking] == [("Coordinator", ["De-escalation"])]
    assert all(each.ahead for each in page.shown)


def test_the_watch_is_audited_and_one_of_two_findings_was_answered(watch: Body) -> None:
    audit = Audit.objects.get(body=watch)
    assert [finding.answers.count() for finding in audit.findings.order_by("number")] == [1, 0]
    assert audit.readings.count() == 4


def test_two_cases_are_heard_by_a_panel_drawn_by_lot(ana: Person) -> None:
    at_the_bakery, at_the_gate = Case.objects.order_by("-pk")
    assert (at_the_bakery.stage, at_the_bakery.complainant) == (Case.Stage.SITTING, ana)
    assert (at_the_gate.stage, at_the_gate.outcome) == (Case.Stage.DECIDED, "pardon")
    for case in (at_the_bakery, at_the_gate):
        seats = CaseSeat.objects.standing().filter(case=case)
        assert seats.exclude(taken_at=None).count() == 3
        assert all(seat.membership.person.check_password(PASSWORD) for seat in seats)


def test_three_streets_confederate_ask_each_other_and_call_down() -> None:
    brook = Body.objects.get(slug="three-streets-on-the-brook")
    stages = dict(Proposal.objects.filter(body=brook, kind="decision").values_list("title", "stage"))
    assert stages == {"A day at the brook": Stage.ADOPTED, "A wall along the bank": Stage.NOT_ADOPTED}
    assert PeopleVote.objects.get().referral.proposal.title == "A wall along the bank"
    assert set(Delegation.objects.values_list("bound", flat=True)) == {True, False}
    asked = Referral.objects.open().filter(proposal__body=brook)
    assert set(asked.values_list("proposal__kind", flat=True)) == {"cede", "take_back"}
    assert OwnWord.objects.get().proposal.stage == Stage.VOTING
    assert Mandate.objects.in_force(folkmoot_now()).filter(body=brook).count() == 1
    for body in [brook, *Body.objects.filter(places__confederation=brook)]:
        assert found(members_file(body)).broken == [], body.name


def test_mandates_have_ended_in_every_ordinary_way() -> None:
    ended = set(Mandate.objects.exclude(ended_at=None).values_list("ending", flat=True))
    assert ended == {"term", "resigned", "recall", "confidence", "left"}
    assert Mandate.objects.in_force(folkmoot_now()).count() >= 3


def test_decisions_were_replaced_failed_reviewed_and_made_in_haste() -> None:
    assert Proposal.objects.filter(ending="replaced", urgent=False).exists()
    assert Proposal.objects.filter(effect="failed").exists()
    assert Proposal.objects.filter(kind="review", stage=Stage.VOTING).exists()
    assert Proposal.objects.filter(urgent=True, confirmation__stage=Stage.ADOPTED).exists()
    assert Proposal.objects.filter(urgent=True, stage=Stage.DISCUSSION, seconds__isnull=False).exists()


def test_talk_texts_and_tasks() -> None:
    assert Comment.objects.exclude(parent=None).count() >= 10
    assert Proposal.objects.filter(texts__number=2).count() >= 2
    today = folkmoot_now().date()
    done = Task.objects.exclude(done_at=None)
    assert done.filter(done_at__date__gt=models.F("due_on")).exists()
    assert done.filter(done_at__date__lte=models.F("due_on")).exists()
    assert Task.objects.filter(done_at=None, due_on__lt=today).exists()


def test_things_wait_for_ana(ana: Person, street: Body) -> None:
    waiting = Vote.objects.open().filter(roll__person=ana).exclude(ballots__roll__person=ana)
    assert {"consensus", "recall", "approval"} <= set(waiting.values_list("rule", flat=True))
    assert Task.objects.filter(person=ana, done_at=None, proposal__stage=Stage.ADOPTED).exists()
    application = Application.objects.get(body=street, person__sign_in_name="noor")
    assert application.stage == Application.Stage.OPEN
    assert application.vouches.count() == 1
    assert get_home(ana, at=folkmoot_now())


def test_ana_can_vote_in_a_secret_recall_and_one_was_counted(ana: Person) -> None:
    vote = Vote.objects.open().get(rule=Rule.RECALL)
    with transaction.atomic():
        secret_ballots.cast(vote, "yes", new_code(), by=ana)
        assert vote.roll.get(person=ana).used
        transaction.set_rollback(True)

    before = Vote.objects.get(rule=Rule.RECALL, outcome="adopted")
    assert len(before.listed or []) == sum((before.tally or {}).values()) >= 5
    assert before.key.destroyed_at is not None


def test_anas_confidence_is_the_one_that_ends_the_tool_library(ana: Person) -> None:
    mandate = Mandate.objects.get(title="Run the tool library")
    assert mandate.is_in_force(folkmoot_now())
    with transaction.atomic():
        assert confidence.withdraw(mandate, by=ana).ending == Mandate.Ending.CONFIDENCE
        transaction.set_rollback(True)


def test_news_are_dated_when_it_happened_and_only_the_latest_are_unread() -> None:
    now = folkmoot_now()
    assert Notice.objects.filter(at__lt=now - timedelta(days=100)).exists()
    assert not Notice.objects.unseen().filter(at__lt=now - timedelta(days=2)).exists()
    assert not Notice.objects.filter(mail__in=["due", "digest"], at__lt=now - timedelta(days=2)).exists()
    assert not Notice.objects.exclude(at=models.F("cause__at")).exists()


def test_the_cast_can_sign_in_with_the_printed_password() -> None:
    said = StringIO()
    call_command("demo_people", stdout=said)

    assert PASSWORD in said.getvalue()
    assert PASSPHRASE in said.getvalue()
    assert said.getvalue().count("drawn for case") == 2
    assert all(Person.objects.get(sign_in_name=name).check_password(PASSWORD) for name in CAST)
    assert Person.objects.filter(sign_in_name__in=CAST, language="es").exists()


def test_a_newcomer_can_use_the_printed_invitation(street: Body) -> None:
    answer = Client().get(reverse("core:invitation-open", args=["demo-alder"]))

    assert answer.status_code == 200
    assert street.name in answer.content.decode()


def test_a_second_time_nothing_happens() -> None:
    before = (Person.objects.count(), RecordLine.objects.count(), Ballot.objects.count())
    said = StringIO()
    call_command("load_demo", stdout=said)

    assert said.getvalue() == "The demo is there already.\n"
    assert (Person.objects.count(), RecordLine.objects.count(), Ballot.objects.count()) == before


def test_it_is_refused_where_people_live_and_where_it_is_no_demo(told: str) -> None:
    with transaction.atomic():
        Body.objects.filter(slug="alder-street-council").update(slug="elsewhere")
        with pytest.raises(CommandError, match="People live here already"):
            call_command("load_demo", stdout=StringIO())
        transaction.set_rollback(True)
    with override_settings(DEMO=False), pytest.raises(CommandError, match="only for a demo house"):
        call_command("load_demo", stdout=StringIO())
