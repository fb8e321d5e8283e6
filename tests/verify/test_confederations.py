"""A confederation and its streets in four records, by a forger who makes the whole chain of hashes anew: each lie is
said.
"""

from typing import Any

import pytest

from tests.scenes import scene
from tests.verify.brook import Brook, make_past
from tests.verify.forging import data_of, drop, moved, twice
from tests.verify.honest import assert_whole, found, members_file
from tests.verify.story import Change, Line, bound, parsed, where
from verify.report import told

pytestmark = [pytest.mark.slow, pytest.mark.django_db]

brook = scene(make_past)
LONG_AGO, LATE = "2000-01-01T00:00:00.000000Z", "2031-01-01T00:00:00.000000Z"
STRANGER = "e" * 32


def said_by_the_first(says: str, **which: Any) -> Change:
    """One of the bodies has said something else, and the count is as it was."""

    def change(objects: list[Line]) -> None:
        said = objects[where(objects, "referral.counted", **which)]["data"]["said"]
        said[min(said)] = says

    return change


def not_asked(objects: list[Line]) -> None:
    """One body is left out of the count that failed, and of the number of bodies."""
    data = objects[where(objects, "referral.counted", outcome="not_adopted")]["data"]
    data["said"] = {body: says for body, says in data["said"].items() if says != "disagree"}
    data["bodies"] = len(data["said"])


def by_another(what: str) -> Change:
    """Somebody else has done it."""

    def change(objects: list[Line]) -> None:
        objects[where(objects, what)]["who"] = STRANGER

    return change


def more_than_there_are(objects: list[Line]) -> None:
    """More people are said to have agreed than there are."""
    objects[where(objects, "people.counted")]["data"]["said"] = {"agree": 40}


ADOPTED = {"outcome": "adopted", "reason": "adopted"}
FAILED = {"outcome": "not_adopted"}
ABOVE: list[tuple[str, Change, str]] = [
    ("nobody has founded it", drop("confederation.founded"), "seat_without"),
    ("one body has founded it", data_of("confederation.founded", {"bodies": [STRANGER]}), "confederation_without"),
    ("a body that nobody let in", data_of("confederation.took_in", {"other": STRANGER}), "seat_without"),
    ("a body that is in it twice", twice("confederation.took_in"), "seat_without"),
    ("a body that came and is not told of", drop("confederation.took_in"), "bodies_otherwise"),
    ("a matter ceded twice", twice("matter.ceded"), "ceded_wrongly"),
    ("a matter ceded without a decision", data_of("matter.ceded", {"at": LATE}), "ceded_wrongly"),
    ("a matter ceded that is about something else", data_of("matter.ceded", {"sort": "members"}), "ceded_wrongly"),
    ("a decision to cede that ceded nothing", drop("matter.ceded", sort="food"), "effect_not_seen"),
    ("a matter taken back that was not ceded", data_of("matter.taken_back", {"ceded": 99}), "ceded_wrongly"),
    ("a matter taken back twice", twice("matter.taken_back"), "ceded_wrongly"),
    (
        "bodies that had little time",
        data_of("referral.asked", {"closes": LONG_AGO}),
        "asked_wrongly",
    ),
    ("another text than the one that was asked", data_of("referral.asked", {"version": 2}), "asked_wrongly"),
    ("a question asked twice", twice("referral.asked"), "asked_wrongly"),
    ("a count of what was not asked", drop("referral.asked"), "counted_early"),
    (
        "a recall asked as a decision",
        data_of("referral.asked", {"matter": "ordinary"}, matter="recall"),
        "asked_wrongly",
    ),
    ("a body that said otherwise", said_by_the_first("block", outcome="adopted"), "outcome"),
    ("a body that was left out, as only its own record can tell", not_asked, ""),
    ("a failed question that is adopted", data_of("referral.counted", ADOPTED, outcome="not_adopted"), "outcome"),
    ("an adopted question that failed", data_of("referral.counted", FAILED), "outcome"),
    ("a smaller quorum", data_of("referral.counted", {"quorum": [1, 5]}), "bodies_otherwise"),
    ("another rule", data_of("referral.counted", {"rule": "weak"}), "bodies_otherwise"),
    ("a question counted twice", twice("referral.counted"), "counted_early"),
    ("a question never counted", drop("referral.counted"), "waits_wrongly"),
    ("a count before its time", data_of("referral.counted", {"at": LONG_AGO}), "counted_early"),
    ("no time to call it down", drop("referral.waits"), "waits_not"),
    ("less time to call it down", data_of("referral.waits", {"until": LATE}), "waits_wrongly"),
    ("a clear result called narrow", data_of("referral.waits", {"narrow": True}), "waits_wrongly"),
    ("in force before its time", moved("referral.waits", after="matter.ceded"), "decided_otherwise"),
    ("called down by nobody", data_of("referral.called_down", {"calling": []}), "called_down_wrongly"),
    ("called down by a stranger", data_of("referral.called_down", {"calling": [STRANGER]}), "called_down_wrongly"),
    ("fewer bodies than could call", data_of("referral.called_down", {"bodies": 1}), "called_down_wrongly"),
    ("fewer people than could call", data_of("referral.called_down", {"people": 1}), "called_down_wrongly"),
    ("called down without a word", drop("referral.called_down"), "people_asked_wrongly"),
    ("called down, and nobody is asked", drop("people.asked"), "people_not_asked"),
    ("people who had little time", data_of("people.asked", {"closes": LATE}), "people_asked_wrongly"),
    ("the people never counted", drop("people.counted"), "decided_otherwise"),
    ("the people said otherwise", data_of("people.counted", {"said": {"disagree": 12}}), "outcome"),
    ("too few of the people", data_of("people.counted", {"said": {"agree": 4}}), "outcome"),
    ("more people than there are", more_than_there_are, "people_asked_wrongly"),
    ("a result of the people turned round", data_of("people.counted", FAILED), "outcome"),
    ("another share of the people", data_of("people.counted", {"agreement": [1, 2]}), "people_asked_wrongly"),
    ("the people counted before their time", data_of("people.counted", {"at": LONG_AGO}), "people_asked_wrongly"),
    ("a mandate that somebody else accepts", by_another("offer.accepted"), "accepted_by_other"),
    ("a mandate given to somebody else", by_another("mandate.granted"), "granted_without"),
    ("a recall that nobody counted", drop("referral.counted", rule="recall"), "decided_otherwise"),
    ("a mandate that outlives its recall", drop("mandate.ended", how="recall"), "effect_not_seen"),
    ("a recall that outlives its mandate", drop("proposal.decided", outcome="overtaken"), "recall_outlives"),
    ("a mandate that ended twice", twice("mandate.ended"), "mandate_ended_twice"),
    ("fewer bodies had to withdraw", data_of("mandate.ended", {"bodies": 0}, how="confidence"), "bodies_otherwise"),
    (
        "strangers withdrew",
        data_of("mandate.ended", {"withdrawn_by": [STRANGER]}, how="confidence"),
        "bodies_otherwise",
    ),
    (
        "half of the people is no majority",
        data_of("mandate.ended", {"people": 28}, how="confidence"),
        "ended_otherwise",
    ),
    ("a body that left and stays", drop("confederation.went"), "bodies_otherwise"),
    ("a body that left twice", twice("confederation.went"), "seat_ended_without"),
]
AT_HOME: dict[str, list[tuple[str, Change, str]]] = {
    "alder": [
        ("in a confederation without a decision", data_of("confederation.joined", {"proposal": None}), "content"),
        ("in a confederation twice", twice("confederation.joined"), "seat_without"),
        ("put before the confederation without a decision", twice("referral.forwarded"), "effect_without"),
        ("decided to put it there, and it is not", drop("referral.forwarded"), "effect_not_seen"),
        ("confidence withdrawn twice", twice("confidence.withdrawn"), "effect_without"),
        ("confidence withdrawn, and not told", drop("confidence.withdrawn"), "effect_not_seen"),
        ("called down without a decision", twice("call.made"), "effect_without"),
        ("decided to call it down, and it is not", drop("call.made"), "effect_not_seen"),
    ],
    "birch": [
        ("nobody knows how it came to be in it", drop("confederation.joined"), "sent_wrongly"),
        ("sent to a seat of another body", data_of("confederation.sent", {"seat": 99}), "sent_wrongly"),
        ("sent neither bound nor free", data_of("confederation.sent", {"bound": None}), "sent_wrongly"),
        ("a delegate without a mandate", data_of("position.deviated", {"mandate": 99}), "deviated_wrongly"),
        ("a delegate who says what home says", data_of("position.deviated", {"says": "agree"}), "deviated_wrongly"),
        ("a delegate who blocks", data_of("position.deviated", {"says": "block"}), "deviated_wrongly"),
        (
            "home said otherwise",
            data_of("position.deviated", {"home": "disagree", "says": "agree"}),
            "deviated_wrongly",
        ),
    ],
    "cedar": [
        ("a word that no body says", data_of("position.own_word", {"says": "agree"}), "effect_without"),
        ("a word without a decision", twice("position.own_word"), "effect_without"),
        ("a word that is not told", drop("position.own_word"), "effect_not_seen"),
        ("left without a decision", data_of("confederation.left", {"proposal": None}), "content"),
        ("left twice", twice("confederation.left"), "seat_ended_without"),
        (
            "left as if the confederation had ended it",
            data_of("confederation.left", {"how": "body_ended"}),
            "seat_ended_without",
        ),
        ("decided to leave, and is in it still", drop("confederation.left"), "effect_not_seen"),
    ],
}
LIES = [("brook", *lie) for lie in ABOVE] + [(body, *lie) for body, lies in AT_HOME.items() for lie in lies]


def test_an_honest_confederation_holds_in_all_its_records(brook: Brook) -> None:
    for name in ("brook", "alder", "birch", "cedar"):
        assert not assert_whole(brook.body(name)).unknown["strange"]


@pytest.mark.parametrize(("name", "what", "change", "code"), LIES, ids=[f"{lie[0]}: {lie[1]}" for lie in LIES])
def test_each_lie_about_a_confederation_is_said(brook: Brook, name: str, what: str, change: Change, code: str) -> None:
    objects = parsed(members_file(brook.body(name)))
    change(objects)

    findings = found(bound(objects))

    assert code in findings.codes if code else findings.holds, what
    for language in ("en", "es"):
        assert not any(f" {each}\n" in "\n".join(told(findings, language)) for each in findings.codes)
