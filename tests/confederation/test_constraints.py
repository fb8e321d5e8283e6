"""Each constraint and each trigger of confederations by its name, broken once past all actions; none is left out."""

import pgtrigger
import pytest
from django.apps import apps

from confederation.actions import calling, deviating
from confederation.models import (
    BodyWithdrawal,
    Call,
    Delegation,
    Forward,
    Founding,
    FoundingMatter,
    Holder,
    Joining,
    Leaving,
    OwnWord,
    PersonWithdrawal,
)
from confederation.rules.positions import Said
from core.models import Accord
from core.timekeeping import folkmoot_now
from tests.confederation import rows
from tests.confederation.valley import Valley, adopt, all_say, ask, make_valley, member, seat_of, station, until_votes
from tests.core.actions.scene import refused_by_the_database, run
from tests.scenes import scene

pytestmark = [pytest.mark.slow, pytest.mark.django_db, pytest.mark.usefixtures("rows_by_hand")]


def make_past() -> Valley:
    """A row of each sort: one decision is before the people, on another a delegate has said something else."""
    valley = make_valley()
    called = adopt(valley)
    for body in valley.streets:
        calling.call(called, by=member(body))
    rows.settle_all()
    until_votes()
    delegate = rows.delegate(seat_of(valley.dell), member(valley.dell))
    referral = ask(valley.valley, "A second question")
    all_say(referral, dict.fromkeys(valley.streets, "agree"))
    own, at = station(referral, valley.dell), folkmoot_now()
    deviating.deviate(own, delegate, Said.DISAGREE, "They changed the place.", by=delegate.person)
    OwnWord.objects.create(station=own, says="aside", proposal=rows.granting(valley.dell, at))
    Call.objects.create(referral=called, body=valley.dell, proposal=rows.granting(valley.dell, at), at=at)
    ask(valley.valley, "A third question")
    write_the_rest(valley)
    return valley


def write_the_rest(valley: Valley) -> None:
    """A founding under way, something to be put above, a mandate above that is doubted; a street that is in nothing."""
    elm = rows.street("Elm")
    at, person = folkmoot_now(), member(valley.dell)
    accord = Accord.objects.create(kind="confederate", lead=valley.dell, title="A", text="Near.", begun_at=at)
    founding = Founding.objects.create(accord=accord, name="A", purpose="Water", unity="All")
    FoundingMatter.objects.create(founding=founding, sort="works", words="The well")
    for body in (valley.valley, valley.hill):
        rows.ceded(body)
    charter = valley.valley.charters.get()
    Joining.objects.create(accord=accord, confederation=valley.valley, body=elm, charter=charter)
    Leaving.objects.create(proposal=rows.granting(valley.dell, at), seat=seat_of(valley.dell))
    Forward.objects.create(proposal=rows.granting(valley.dell, at), confederation=valley.valley, right="safe")
    mandate = rows.mandate(rows.granting(valley.valley, at), person, at)
    Holder.objects.create(confederation=valley.valley, person=person)
    PersonWithdrawal.objects.create(mandate=mandate, person=person)
    doubt = rows.granting(valley.dell, at)
    BodyWithdrawal.objects.create(mandate=mandate, body=valley.dell, proposal=doubt, at=at)
    Delegation.objects.create(proposal=rows.granting(valley.dell, at), seat=seat_of(valley.dell))
    rows.granting(valley.dell, at)


past = scene(make_past)


def again(model: str, **different: str) -> str:
    """Write the newest row of a model once more, but for what is different."""
    meta = apps.get_model("confederation", model)._meta
    columns = [field.column for field in meta.concrete_fields if not field.primary_key]
    values = ", ".join(different.get(column, column) for column in columns)
    table = meta.db_table
    return f"INSERT INTO {table} ({', '.join(columns)}) SELECT {values} FROM {table} ORDER BY id DESC LIMIT 1"


UNUSED = "(SELECT max(id) FROM core_proposal WHERE kind = 'mandate')"
"""A proposal of Dell that nothing hangs on."""
DELL = "(SELECT id FROM core_body WHERE slug = 'dell')"
ELSEWHERE = "(SELECT id FROM core_body WHERE slug = 'elm')"
BROKEN = {
    "founding_has_words": "UPDATE confederation_founding SET unity = ''",
    "founding_matter_known": "UPDATE confederation_foundingmatter SET sort = 'votes'",
    "founding_matter_has_words": "UPDATE confederation_foundingmatter SET words = ''",
    "confederation_of_a_kind": "UPDATE confederation_confederation SET of_kind = 'catalyst'",
    "ceded_known": "UPDATE confederation_ceded SET sort = 'recall'",
    "ceded_has_words": "UPDATE confederation_ceded SET words = ''",
    "ceded_ends_after_it_began": "UPDATE confederation_ceded SET since = NULL, ended_at = now()",
    "seat_open_once": again("seat"),
    "seat_left_in_a_way": "UPDATE confederation_seat SET left_at = now()",
    "referral_asked_until": "UPDATE confederation_referral SET base_closes_at = asked_at",
    "referral_counted_has_an_outcome": "UPDATE confederation_referral SET outcome = 'perhaps', counted_at = now()",
    "referral_called_down_was_adopted": "UPDATE confederation_referral SET in_force_from = NULL",
    "referral_matter_known": "UPDATE confederation_referral SET matter = 'weather'",
    "station_body_once": again("station", proposal_id="NULL"),
    "station_top_once": again("station", proposal_id="NULL", above_id="NULL", body_id=ELSEWHERE),
    "station_base_or_confederation": again("station", rule="'weak'"),
    "station_decided_has_said": "UPDATE confederation_station SET decided_at = now() WHERE decided_at IS NULL",
    "own_word_known": "UPDATE confederation_ownword SET says = 'agree'",
    "deviation_says_why": "UPDATE confederation_deviation SET reason = ''",
    "deviation_known": "UPDATE confederation_deviation SET says = 'block'",
    "forward_days_in_range": "UPDATE confederation_forward SET days = 13",
    "forward_recalls_a_mandate": "UPDATE confederation_forward SET what = 'recall'",
    "forward_of_an_accord": "UPDATE confederation_forward SET what = 'join'",
    "forward_leaves_a_seat": "UPDATE confederation_forward SET what = 'leave_above'",
    "call_of_a_body_or_a_person": "UPDATE confederation_call SET body_id = NULL WHERE person_id IS NULL",
    "call_person_once": (
        "INSERT INTO confederation_call (referral_id, person_id, at) "
        "SELECT referral_id, person_id, at FROM confederation_call WHERE person_id IS NOT NULL"
    ),
    "call_body_once": again("call", proposal_id=UNUSED),
    "people_vote_closes_later": "UPDATE confederation_peoplevote SET closes_at = begun_at",
    "people_vote_counted_has_an_outcome": "UPDATE confederation_peoplevote SET outcome = 'perhaps', counted_at = now()",
    "people_question_once": again("peoplequestion", proposal_id="NULL"),
    "people_elector_once": again("peopleelector"),
    "body_withdrawal_once": again("bodywithdrawal", proposal_id=UNUSED),
    "person_withdrawal_once": again("personwithdrawal"),
    "holder_once": again("holder"),
}
"""What each constraint refuses."""
MANDATE = "body_id, person_id, title, task, limits, starts_at, ends_at, renewal_no, ending"
UNDECIDED = "decided_at = now() WHERE decided_at IS NULL AND level = 0"
ANSWERED = "UPDATE confederation_station SET home = '{home}', said = '{said}', " + UNDECIDED
SENT_ELSEWHERE = (
    f"INSERT INTO confederation_delegation (proposal_id, seat_id, alternate, bound) SELECT {UNUSED}, id, true, true "
    f"FROM confederation_seat WHERE body_id <> {DELL}"
)
SENT_TWICE = (
    f"INSERT INTO core_mandate (granted_by_id, {MANDATE}) SELECT "
    f"(SELECT max(proposal_id) FROM confederation_delegation), {MANDATE} FROM core_mandate ORDER BY id LIMIT 1"
)
OF_NOBODY = (
    "UPDATE core_body SET adopted_at = NULL WHERE slug = 'hill'; "
    "UPDATE confederation_seat SET left_at = now(), leaving = 'left'; "
    "UPDATE core_body SET adopted_at = now() WHERE slug = 'hill'"
)
REFUSED = [
    ("founded_by_an_accord", f"UPDATE confederation_confederation SET body_id = {DELL}", "is founded by bodies"),
    ("seat_fits", "UPDATE confederation_seat SET voice = NOT voice", "a seat only ever ends"),
    ("for_its_own_seat", SENT_ELSEWHERE, "sends delegates to its own seat"),
    ("one_for_each_place", SENT_TWICE, "a seat has one delegate and one alternate"),
    ("of_a_confederation", f"UPDATE confederation_referral SET proposal_id = {UNUSED}", "decides by referral"),
    (
        "of_a_confederation",
        "UPDATE confederation_referral SET ceded_id = (SELECT max(id) FROM confederation_ceded)",
        "a matter that was ceded to it",
    ),
    ("said_once", "UPDATE confederation_station SET counts = NOT counts", "whom a referral asks never changes"),
    ("said_once", "UPDATE confederation_station SET tally = NULL WHERE level > 0", "what a body has said stands"),
    ("as_decided_at_home", ANSWERED.format(home="agree", said="agree"), "what a body says is what it has decided"),
    ("as_decided_at_home", ANSWERED.format(home="none", said="block"), "a bound delegate says what home has decided"),
    (
        "by_a_free_delegate",
        "UPDATE confederation_deviation SET mandate_id = (SELECT max(id) FROM core_mandate)",
        "a bound delegate says what home has decided",
    ),
    ("elector_kept", "DELETE FROM confederation_peopleelector", "Cannot update or delete"),
    ("holder_kept", "UPDATE confederation_holder SET label_key = '\\x00'", "Cannot update or delete"),
    ("begins_with_bodies", OF_NOBODY, "begins with two bodies"),
    (
        "leaves_what_it_is_in",
        f"UPDATE core_body SET ended_at = now() WHERE id = {DELL}; SET CONSTRAINTS ALL IMMEDIATE",
        "a body that ends leaves what it is in",
    ),
]
"""What each trigger refuses, and in which words."""


@pytest.mark.parametrize("name", BROKEN)
def test_each_constraint_refuses_what_it_is_there_for(past: Valley, name: str) -> None:
    with refused_by_the_database(f'constraint "{name}"'):
        run(BROKEN[name])


@pytest.mark.parametrize(
    ("statement", "words"), [each[1:] for each in REFUSED], ids=[f"{each[0]}: {each[2]}" for each in REFUSED]
)
def test_each_trigger_refuses_what_it_is_there_for(past: Valley, statement: str, words: str) -> None:
    with refused_by_the_database(words):
        run(statement)


def test_no_body_is_in_itself_even_where_the_trigger_sleeps(past: Valley) -> None:
    with refused_by_the_database("seat_not_ones_own"):
        run("SET CONSTRAINTS ALL IMMEDIATE; ALTER TABLE confederation_seat DISABLE TRIGGER USER")
        run(again("Seat", body_id="confederation_id"))


def test_each_sort_of_row_is_there(past: Valley) -> None:
    models = [model for model in apps.get_app_config("confederation").get_models() if not model._meta.proxy]
    assert [model.__name__ for model in models if not model._default_manager.exists()] == []


def test_none_is_left_out() -> None:
    models = apps.get_app_config("confederation").get_models()
    constraints = {each.name for model in models for each in model._meta.constraints}
    triggers = {uri.split(":")[1] for uri in triggers_of_confederations()}

    assert constraints == BROKEN.keys() | {"seat_not_ones_own"}
    assert triggers == {name for name, _statement, _words in REFUSED}


def triggers_of_confederations() -> list[str]:
    """All triggers of confederations, as they are called there."""
    return [
        trigger.get_uri(model) for model, trigger in pgtrigger.registered() if model._meta.app_label == "confederation"
    ]
