"""Every verb at every stage, and every verb by every sort of person: the tables are the law, all cells are tried."""

from collections.abc import Callable
from datetime import timedelta
from functools import partial
from typing import Any

import pytest
from django.db import transaction

from core.actions import (
    appeals,
    ballots,
    candidacies,
    comments,
    confidence,
    elections,
    mandates,
    memberships,
    opening,
    proposals,
    recalls,
    todos,
)
from core.models import Body, Candidacy, Election, Mandate, Membership, Offer, Person, Proposal, Stage, Task, Vote
from core.refusals import Refusal
from core.rules.positions import Position
from core.timekeeping import folkmoot_now
from tests import village
from tests.core.actions.scene import Street, state, undone

Verb = Callable[[Proposal, Person], Any]
CLOSED_STAGES = ("adopted", "not_adopted", "blocked", "no_quorum", "overtaken", "void", "withdrawn")
STAGES = ("idea", "discussion", "voting", "round", *CLOSED_STAGES)


FILLED = elections.Terms("Speak for us.", "Promise nothing.", 90)


def last_vote(proposal: Proposal) -> Vote:
    """Its newest vote; where there never was one, a vote that does not exist."""
    return proposal.votes.order_by("-number").first() or Vote(pk=0, proposal=proposal)


def task_of(proposal: Proposal) -> Task:
    return proposal.tasks.get()


VERBS: dict[str, tuple[str, Verb]] = {
    "put_up": ("decision", lambda p, by: proposals.put_up(p, by=by, at=folkmoot_now())),
    "revise": (
        "decision",
        lambda p, by: proposals.revise(p, by=by, at=folkmoot_now(), title="New", text="New.", seen=1),
    ),
    "withdraw": ("decision", lambda p, by: proposals.withdraw(p, by=by, at=folkmoot_now())),
    "comment": ("decision", lambda p, by: comments.write(p, "Well.", by=by, at=folkmoot_now())),
    "open_vote": ("decision", lambda p, by: opening.open_vote(p, by=by)),
    "cast": ("decision", lambda p, by: ballots.cast(last_vote(p), Position.AGREE, by=by)),
    "finish_task": ("decision", lambda p, by: todos.finish(task_of(p), by=by, at=folkmoot_now())),
    "replace": (
        "decision",
        lambda p, by: proposals.draft(p.body, by=by, at=folkmoot_now(), title="Other", text="Other.", replaces=p),
    ),
    "second": ("urgent", lambda p, by: proposals.second(p, by=by, at=folkmoot_now())),
    "offer": ("mandate", lambda p, by: mandates.offer(p, terms(p.body), by=by)),
    "accept": ("offered", lambda p, by: mandates.accept(p, by=by, at=folkmoot_now())),
    "set_out": ("bare", lambda p, by: elections.set_out(p, FILLED, by=by)),
    "stand": ("election", lambda p, by: candidacies.stand(p, by=by, at=folkmoot_now())),
    "ask": ("election", lambda p, by: candidacies.propose(p, another(p, by), by=by, at=folkmoot_now())),
    "step_back": ("stood", lambda p, by: candidacies.step_back(p, by=by, at=folkmoot_now())),
    "choose": ("stood", lambda p, by: ballots.cast(last_vote(p), (1,), by=by)),
    "reply": ("removal", lambda p, by: comments.reply(p, "It was not so.", by=by, at=folkmoot_now())),
    "appeal": ("removal", lambda p, by: appeals.appeal(p, "It was not so.", by=by, at=folkmoot_now())),
}

# Who may do it where it may be done at all; and the stages at which it may be done.
WHO = {
    "put_up": "ana",
    "revise": "ana",
    "withdraw": "ana",
    "comment": "bruno",
    "open_vote": "ana",
    "cast": "bruno",
    "finish_task": "bruno",
    "replace": "bruno",
    "second": "bruno",
    "offer": "ana",
    "accept": "bruno",
    "set_out": "ana",
    "stand": "bruno",
    "ask": "bruno",
    "step_back": "bruno",
    "choose": "bruno",
    "reply": "bruno",
    "appeal": "bruno",
}
AT_STAGES = {
    "put_up": {"idea"},
    "revise": {"idea", "discussion", "round"},
    "withdraw": {"idea", "discussion"},
    "comment": {"discussion", "voting", "round"},
    "open_vote": {"discussion"},
    "cast": {"voting"},
    "finish_task": {"adopted"},
    "replace": {"adopted"},
    "second": {"discussion"},
    "offer": {"idea"},
    "accept": {"discussion", "voting", "round"},
    "set_out": {"idea"},
    "stand": {"discussion"},
    "ask": {"discussion"},
    "step_back": {"discussion"},
    "choose": {"voting"},
    "reply": {"discussion", "voting", "round", "idea"},
    "appeal": {"adopted"},
}


def another(proposal: Proposal, by: Person) -> Person:
    """A member of the body, and not the one who asks."""
    members = Membership.objects.open().filter(body=proposal.body).exclude(person=by)
    return members.order_by("pk")[0].person


def terms(body: Body) -> mandates.Terms:
    bruno = Person.objects.get(sign_in_name="bruno")
    return mandates.Terms(bruno, "Keep the keys.", "Spend nothing.", 90)


def make(street: Street, what: str) -> Proposal:
    """An idea of that sort by ana; what it is about is bruno."""
    at = folkmoot_now()
    kind = {"urgent": "decision", "offered": "mandate", "bare": "election", "stood": "election"}.get(what, what)
    extra: dict[str, Any] = {"subject": village.membership(street.body, street.bruno)} if what == "removal" else {}
    todo = [proposals.Todo("Sow.")] if what == "decision" else []
    idea = proposals.draft(
        street.body,
        by=street.ana,
        at=at,
        title=f"A {what}",
        text="Text.",
        kind=kind,
        urgent=what == "urgent",
        tasks=todo,
        **extra,
    )
    if what == "offered":
        mandates.offer(idea, terms(street.body), by=street.ana)
    if what in ("election", "stood"):
        elections.set_out(idea, FILLED, by=street.ana)
        at = folkmoot_now()
        stood = at if what == "stood" else None
        rows = [street.bruno] if what == "stood" else []
        Candidacy.objects.bulk_create(
            Candidacy(election=idea.election, person=person, proposed_at=at, accepted_at=stood) for person in rows
        )
    return idea


def bring_to(proposal: Proposal, stage: str) -> Proposal:
    """Write the rows of a stage. A vote is open while voting, counted afterwards."""
    if stage == "idea":
        return proposal
    at = folkmoot_now()
    long_ago = at - timedelta(days=20)
    rows = Proposal.objects.filter(pk=proposal.pk)
    rows.update(stage="discussion", discussion_at=long_ago)
    proposal.refresh_from_db()
    if proposal.kind == "election" and not hasattr(proposal, "election"):
        Election.objects.create(proposal=proposal, task="Speak.", limits="None.", term_days=90)
    if stage == "adopted":
        Offer.objects.filter(proposal=proposal).update(accepted_at=long_ago)
    if stage in ("voting", "round", "adopted", "not_adopted", "blocked", "no_quorum", "void"):
        with transaction.atomic():
            opening.begin_vote(
                proposal, proposal.body, by=None, at=at, closes_at=at + timedelta(days=2) if proposal.urgent else None
            )
        if stage != "voting":
            proposal.votes.update(counted_at=at, outcome="adopted", reason="adopted", tally={}, ballots_root="0")
    if stage == "round":
        rows.update(stage=stage, round_no=1, round_ends_at=at + timedelta(days=14))
    elif stage in CLOSED_STAGES:
        stands = stage == "adopted" and proposal.kind == "decision"
        rows.update(stage=stage, closed_at=at, stands=stands)
    proposal.refresh_from_db()
    return proposal


def test_every_verb_at_every_stage(street: Street) -> None:
    wrong = []
    people = {"ana": street.ana, "bruno": street.bruno}
    for stage in STAGES:
        for name, (what, verb) in VERBS.items():
            with undone():
                proposal = bring_to(make(street, what), stage)
                wrong += attempt(
                    name,
                    partial(verb, proposal, people[WHO[name]]),
                    stage in AT_STAGES[name],
                    stage,
                )
    assert wrong == []


def attempt(name: str, act: Callable[[], Any], allowed: bool, cell: str) -> list[str]:
    """Try one cell: done where the table says so and something changed; else refused and nothing changed."""
    before = state()
    try:
        with transaction.atomic():
            act()
    except Refusal as refusal:
        changed = state() != before
        said = bool(str(refusal))
        return [] if not allowed and not changed and said else [f"{name} at {cell}: refused, {refusal}"]
    return [] if allowed and state() != before else [f"{name} at {cell}: done"]


def test_the_table_has_every_stage() -> None:
    assert set(STAGES) == set(Stage.values)
    assert set(AT_STAGES) == set(VERBS) == set(WHO)


# -- verbs and mandates in every state

ALL_STANDING = {"in_force", "in_recall"}
MANDATE_VERBS: dict[str, tuple[str, Callable[[Mandate, Person], Any], set[str]]] = {
    "report": ("bruno", lambda m, by: mandates.report(m, "All is well.", by=by), ALL_STANDING),
    "resign": ("bruno", lambda m, by: mandates.resign(m, by=by), ALL_STANDING),
    "recall": ("ana", lambda m, by: recalls.open_recall(m, "No report.", by=by), {"in_force"}),
    "withdraw": ("ana", lambda m, by: confidence.withdraw(m, by=by), {*ALL_STANDING, "being_counted"}),
    "give_back": ("eva", lambda m, by: confidence.give_back(m, by=by), {*ALL_STANDING, "being_counted"}),
}
MANDATE_STATES = ("in_force", "in_recall", "being_counted", "past_its_term", "ended")


def mandate_in(street: Street, how: str) -> Mandate:
    """Bruno's mandate in that state; eva has withdrawn her confidence before."""
    mandate = village.make_mandate(street.body, street.members, street.bruno, author=street.ana)
    confidence.withdraw(mandate, by=street.eva)
    if how in ("in_recall", "being_counted"):
        village.open_recall(mandate, street.ana)
    if how == "being_counted":
        village.move_clock(timedelta(hours=73))
    if how == "past_its_term":
        village.move_clock(timedelta(days=181))
    if how == "ended":
        mandates.resign(mandate, by=street.bruno)
    return mandate


def test_every_verb_on_a_mandate_in_every_state(street: Street) -> None:
    wrong = []
    people = {"ana": street.ana, "bruno": street.bruno, "eva": street.eva}
    for how in MANDATE_STATES:
        with undone():
            mandate = mandate_in(street, how)
            for name, (who, verb, allowed) in MANDATE_VERBS.items():
                with undone():
                    wrong += attempt(name, partial(verb, mandate, people[who]), how in allowed, how)
    assert wrong == []


# -- verbs and people

PEOPLE = ("author", "member", "waiting", "delegate", "of_another", "outsider", "removed", "left")
MEMBERS = {"author", "member", "waiting", "delegate"}
WITH_VOICE = {"author", "member", "delegate"}

BY_PERSON: dict[str, tuple[str, set[str]]] = {
    "put_up": ("idea", {"author"}),
    "revise": ("discussion", {"author"}),
    "withdraw": ("discussion", {"author"}),
    "comment": ("discussion", MEMBERS),
    "open_vote": ("discussion", MEMBERS),  # the discussion has lasted more than twice its minimum
    "cast": ("voting", {*WITH_VOICE, "removed"}),  # who is removed keeps the votes that were open (DESIGN 3.5)
    "finish_task": ("adopted", MEMBERS),
    "replace": ("adopted", MEMBERS),
    "second": ("discussion", MEMBERS - {"author"}),
    "offer": ("idea", {"author"}),
    "accept": ("discussion", {"delegate"}),
    "set_out": ("idea", {"author"}),
    "stand": ("discussion", MEMBERS),
    "ask": ("discussion", MEMBERS),
    "step_back": ("discussion", {"delegate"}),
    "choose": ("voting", {*WITH_VOICE, "removed"}),
    "reply": ("discussion", {"delegate"}),
    "appeal": ("adopted", {"delegate"}),  # bruno is the one whose removal was adopted
}
MANDATE_BY_PERSON = {
    "report": {"delegate"},
    "resign": {"delegate"},
    "recall": MEMBERS,
    "withdraw": WITH_VOICE,
    "give_back": set[str](),
}


@pytest.fixture
def crowd(street: Street) -> dict[str, Person]:
    """One of each sort; who was removed or left did so only after the votes had opened."""
    with transaction.atomic():
        memberships.admit(street.body, street.dario, at=folkmoot_now())
    hugo = village.make_people("outis")[0]
    return {
        "author": street.ana,
        "member": street.eva,
        "waiting": street.dario,
        "delegate": street.bruno,
        "of_another": street.carla,
        "outsider": hugo,
        "removed": street.farid,
        "left": street.gina,
    }


def depart(street: Street) -> None:
    """Gina leaves, farid is removed."""
    memberships.leave(street.body, by=street.gina)
    with transaction.atomic():
        memberships.remove(village.membership(street.body, street.farid), at=folkmoot_now())


@pytest.mark.usefixtures("no_decision")
@pytest.mark.slow
def test_every_verb_by_every_sort_of_person(street: Street, crowd: dict[str, Person]) -> None:
    wrong = []
    for name, (stage, allowed) in BY_PERSON.items():
        what, verb = VERBS[name]
        with undone():
            proposal = bring_to(make(street, what), stage)
            depart(street)
            for sort in PEOPLE:
                with undone():
                    wrong += attempt(name, partial(verb, proposal, crowd[sort]), sort in allowed, sort)
    assert wrong == []


@pytest.mark.usefixtures("no_decision")
def test_every_verb_on_a_mandate_by_every_sort_of_person(street: Street, crowd: dict[str, Person]) -> None:
    wrong = []
    with undone():
        granted = bring_to(make(street, "offered"), "adopted")
        with transaction.atomic():
            mandate = mandates.grant(granted, at=folkmoot_now())
        depart(street)
        for name, allowed in MANDATE_BY_PERSON.items():
            _who, verb, _states = MANDATE_VERBS[name]
            for sort in PEOPLE:
                with undone():
                    if name == "give_back" and sort in WITH_VOICE:
                        continue  # done, and nothing changes: they had not withdrawn
                    wrong += attempt(name, partial(verb, mandate, crowd[sort]), sort in allowed, sort)
    assert wrong == []
