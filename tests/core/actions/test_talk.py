"""Other words for a passage: every verb in every state, at every stage and by every sort of person; summaries and the
temperature too.
"""

from datetime import timedelta
from functools import partial

import pytest
from django.db import transaction

from core.actions import candidacies, comments, memberships, opening, proposals, summaries, temperatures
from core.actions.comments import About
from core.models import Amendment, Proposal, Stage, Summary
from core.refusals import Denied, Invalid, Stale
from core.rules.passages import READ_IN_TWO_MINUTES
from core.timekeeping import folkmoot_now
from tests import village
from tests.core.actions.scene import Street, from_now, refused, refused_by_the_database, run, undone
from tests.core.actions.talking import (
    ON_AMENDMENTS,
    ON_PROPOSALS,
    TEXT,
    accept,
    amend,
    amended,
    draft,
    let_stand,
    talked_over,
)
from tests.core.actions.test_matrix import STAGES, attempt, bring_to

pytestmark = pytest.mark.django_db

LONG = "word " * (READ_IN_TWO_MINUTES + 1)

# -- verbs in every state of the words; bruno proposed them, ana wrote the text

STATES = ("open", "declined", "standing", "declined and standing", "accepted", "withdrawn")
IN_STATES = {
    "accept": ("ana", {"open", "declined", "standing", "declined and standing"}),
    "decline": ("ana", {"open", "standing"}),
    "withdraw": ("bruno", {"open", "declined", "standing", "declined and standing"}),
    "let_stand": ("bruno", {"open", "declined"}),
}


def test_every_verb_in_every_state(street: Street) -> None:
    wrong = []
    people = {"ana": street.ana, "bruno": street.bruno}
    for how in STATES:
        with undone():
            amendment = amended(street, how)
            for name, (who, states) in IN_STATES.items():
                if name == "let_stand" and "standing" in how:
                    continue  # done again, and nothing changes
                with undone():
                    wrong += attempt(name, partial(ON_AMENDMENTS[name], amendment, people[who]), how in states, how)
    assert wrong == []


# -- verbs at every stage of the proposal

WHILE_TALKED_OVER = {"discussion", "round"}
AT_STAGES = {
    "amend": WHILE_TALKED_OVER,
    "feel": WHILE_TALKED_OVER,
    "sum_up": {*WHILE_TALKED_OVER, "voting"},
    "say_plainly": WHILE_TALKED_OVER,
    "speak_of": {*WHILE_TALKED_OVER, "voting"},
    "accept": WHILE_TALKED_OVER,
    "decline": WHILE_TALKED_OVER,
    "withdraw": WHILE_TALKED_OVER,
    "let_stand": WHILE_TALKED_OVER,
}


@pytest.mark.usefixtures("rows_by_hand")
@pytest.mark.slow
def test_every_verb_at_every_stage(street: Street) -> None:
    wrong = []
    people = {"ana": street.ana, "bruno": street.bruno}
    for stage in STAGES:
        with undone():
            proposal = bring_to(draft(street), stage)
            amendment = Amendment.objects.create(
                proposal=proposal,
                number=1,
                author=street.bruno,
                version=proposal.texts.get(),
                passage="200",
                words="150",
                reason="It is cheaper.",
                at=folkmoot_now(),
            )
            for name, verb in ON_PROPOSALS.items():
                with undone():
                    wrong += attempt(name, partial(verb, proposal, street.ana), stage in AT_STAGES[name], stage)
            for name, (who, _states) in IN_STATES.items():
                with undone():
                    act = partial(ON_AMENDMENTS[name], amendment, people[who])
                    wrong += attempt(name, act, stage in AT_STAGES[name], stage)
    assert wrong == []
    assert set(AT_STAGES) == {*ON_PROPOSALS, *ON_AMENDMENTS}
    assert set(IN_STATES) == set(ON_AMENDMENTS)


# -- verbs by every sort of person

MEMBERS = {"author", "proposer", "member", "waiting"}
BY_PERSON = {
    "amend": MEMBERS,
    "feel": MEMBERS,
    "sum_up": {"author"},
    "say_plainly": {"author"},
    "speak_of": MEMBERS,
    "accept": {"author"},
    "decline": {"author"},
    "withdraw": {"proposer"},
    "let_stand": {"proposer"},
}


@pytest.mark.usefixtures("no_decision")
@pytest.mark.slow
def test_every_verb_by_every_sort_of_person(street: Street) -> None:
    wrong = []
    with transaction.atomic():
        memberships.admit(street.body, street.dario, at=folkmoot_now())
    amendment = amended(street)
    memberships.leave(street.body, by=street.gina)
    with transaction.atomic():
        memberships.remove(village.membership(street.body, street.farid), at=folkmoot_now())
    people = {
        "author": street.ana,
        "proposer": street.bruno,
        "member": street.eva,
        "waiting": street.dario,
        "of_another": street.carla,
        "left": street.gina,
        "removed": street.farid,
    }
    for sort, person in people.items():
        for name, verb in ON_PROPOSALS.items():
            with undone():
                wrong += attempt(name, partial(verb, amendment.proposal, person), sort in BY_PERSON[name], sort)
        for name, act in ON_AMENDMENTS.items():
            with undone():
                wrong += attempt(name, partial(act, amendment, person), sort in BY_PERSON[name], sort)
    assert wrong == []


# -- what the verbs do


def test_accepting_makes_a_version_with_exactly_that_passage_replaced(street: Street) -> None:
    proposal = talked_over(street)
    proposals.revise(proposal, by=street.ana, at=folkmoot_now(), title="The lot", text=f"{TEXT}\n\nAll help.", seen=1)
    amendment = amend(proposal, street.bruno)
    news = from_now()

    accept(amendment, street.ana)

    amendment.refresh_from_db()
    assert amendment.made == proposal.texts.latest("number")
    assert amendment.made.number == 3
    assert amendment.made.text == f"{TEXT}\n\nAll help.".replace("200", "150")
    assert news.recorded() == ["amendment.accepted"]
    assert news.told() == ["amendment.answered"]


def test_words_for_a_passage_that_has_changed_are_refused_and_wait(street: Street) -> None:
    proposal = talked_over(street)
    first, other = amend(proposal, street.bruno), amend(proposal, street.eva, words="180")
    accept(first, street.ana)

    with refused(Stale, "The passage has changed since"):
        accept(other, street.ana)

    other.refresh_from_db()
    assert other.is_open
    assert proposal.texts.count() == 2


def test_who_seconded_is_asked_anew_when_words_are_taken_over(street: Street) -> None:
    proposal = village.make_proposal(street.body, street.ana, urgent=True)
    proposals.second(proposal, by=street.eva, at=folkmoot_now())
    amendment = amend(proposal, street.bruno, "corner", "end of the street")

    accept(amendment, street.ana)

    assert not proposal.seconds.exists()


@pytest.mark.parametrize(
    ("passage", "words", "said"),
    [
        ("300", "150", "These words do not stand in the text."),
        ("We ", "They ", "These words stand in the text more than once."),
        ("200", "200", "Your words are those that stand there."),
        (" \n ", "150", "These words do not stand in the text."),
        (TEXT, "", "Write a title and a text."),
        ("200", "x" * 4001, "This is too long"),
    ],
)
def test_words_that_fit_no_passage_are_refused(street: Street, passage: str, words: str, said: str) -> None:
    proposal = talked_over(street)

    with refused(Invalid, said):
        amend(proposal, street.bruno, passage, words)


def test_words_written_for_an_older_version_are_refused(street: Street) -> None:
    proposal = talked_over(street)
    proposals.revise(proposal, by=street.ana, at=folkmoot_now(), title="The lot", text=f"{TEXT} Or June.", seen=1)

    with refused(Stale, "The text was changed meanwhile."):
        amend(proposal, street.bruno, seen=1)


def test_five_open_ones_are_as_many_as_one_member_may_have(street: Street) -> None:
    proposal = talked_over(street)
    for number in range(5):
        amend(proposal, street.bruno, words=f"15{number}")

    with refused(Denied, "Five of your proposals for other words wait"):
        amend(proposal, street.bruno)
    amend(proposal, street.eva)


def test_an_alternative_to_withdrawn_words_is_refused(street: Street) -> None:
    amendment = amended(street, "withdrawn")

    with refused(Denied, "These words were withdrawn: they cannot come to the vote."):
        let_stand(amendment, street.bruno)


@pytest.mark.usefixtures("no_decision")
def test_one_alternative_each_and_six_in_all(street: Street) -> None:
    proposal = talked_over(street)
    let_stand(amend(proposal, street.bruno), street.bruno)
    second = amend(proposal, street.bruno, words="140")

    with refused(Denied, "One alternative of yours stands already."):
        let_stand(second, street.bruno)

    newcomers = village.make_people("karl", "lena", "mara", "nora", "olga", "pia")
    with transaction.atomic():
        for person in newcomers:
            memberships.admit(street.body, person, at=folkmoot_now())
    for number, person in enumerate(newcomers[:5]):
        let_stand(amend(proposal, person, words=f"12{number}"), person)
    with refused(Denied, "Six alternatives stand already"):
        let_stand(amend(proposal, newcomers[5], words="100"), newcomers[5])


def test_only_the_text_of_a_decision_has_alternatives(street: Street) -> None:
    election = village.make_election(street.body, street.ana)
    amendment = amend(election, street.bruno, "corner", "end of the street")

    with refused(Denied, "Here the text alone is not what is decided"):
        let_stand(amendment, street.bruno)


def test_the_text_of_an_election_stays_once_somebody_stands(street: Street) -> None:
    election = village.make_election(street.body, street.ana)
    amendment = amend(election, street.bruno, "corner", "end of the street")
    candidacies.stand(election, "I would.", by=street.eva, at=folkmoot_now())

    with refused(Denied, "Somebody stands already"):
        accept(amendment, street.ana)
    with refused(Denied, "Somebody stands already"):
        amend(election, street.bruno, "common", "shared")


def test_the_database_keeps_what_was_proposed(street: Street) -> None:
    amendment = amended(street, "declined")

    with refused_by_the_database("amendment_fixed"):
        run("UPDATE core_amendment SET words = '100' WHERE id = %s", amendment.pk)
    with refused_by_the_database("Cannot delete rows"):
        run("DELETE FROM core_amendment WHERE id = %s", amendment.pk)
    with refused_by_the_database("amendment_declined_has_a_reason"):
        run("UPDATE core_amendment SET answer = '' WHERE id = %s", amendment.pk)
    with refused_by_the_database("amendment_accepted_made_a_version"):
        run("UPDATE core_amendment SET state = 'accepted', answer = '' WHERE id = %s", amendment.pk)
    with refused_by_the_database("alternative_was_not_accepted"):
        run("UPDATE core_amendment SET state = 'withdrawn', answer = '', stands_at = now() WHERE id = %s", amendment.pk)


# -- temperature, voices on a passage, summaries, plain words


def test_the_temperature_is_one_answer_each_and_no_record_keeps_it(street: Street) -> None:
    proposal, news = talked_over(street), from_now()

    temperatures.feel(proposal, "warm", by=street.bruno, at=folkmoot_now())
    temperatures.feel(proposal, "cold", by=street.bruno, at=folkmoot_now())

    assert list(proposal.temperatures.values_list("person", "feels")) == [(street.bruno.pk, "cold")]
    assert (news.recorded(), news.told()) == ([], [])
    with refused(Invalid, "Choose one of the three answers."):
        temperatures.feel(proposal, "hot", by=street.bruno, at=folkmoot_now())


def test_a_voice_on_a_passage_stays_with_its_version(street: Street) -> None:
    proposal = talked_over(street)
    voice = comments.write(proposal, "Much.", by=street.eva, at=folkmoot_now(), about=About(1, " 200 "))
    accept(amend(proposal, street.bruno), street.ana)

    voice.refresh_from_db()
    assert (voice.version, voice.passage) == (proposal.texts.get(number=1), "200")
    late = comments.write(proposal, "It was.", by=street.eva, at=folkmoot_now(), about=About(1, "200"))
    assert late.version == voice.version
    with refused(Invalid, "These words do not stand in the text."):
        comments.write(proposal, "Much.", by=street.eva, at=folkmoot_now(), about=About(2, "200"))
    with refused(Invalid, "There is no such version of the text."):
        comments.write(proposal, "Much.", by=street.eva, at=folkmoot_now(), about=About(3, "200"))


def test_a_summary_is_a_new_version_of_the_one_before(street: Street) -> None:
    proposal, at = talked_over(street), folkmoot_now()
    summaries.write(proposal, "talk", "Most agree.", by=street.ana, at=at, seen=0)

    with refused(Stale, "Another summary was written meanwhile."):
        summaries.write(proposal, "talk", "All agree.", by=street.ana, at=at, seen=0)
    summaries.write(proposal, "talk", "All agree.", by=street.ana, at=at, seen=1)

    assert list(proposal.summaries.order_by("number").values_list("of", "number", "text")) == [
        ("talk", 1, "Most agree."),
        ("talk", 2, "All agree."),
    ]
    with refused(Invalid, "Write a few words first."):
        summaries.write(proposal, "talk", " ", by=street.ana, at=at, seen=2)
    with refused(Invalid, "Say what is summed up"):
        summaries.write(proposal, "vote", "All agree.", by=street.ana, at=at, seen=0)
    with refused_by_the_database("Cannot update or delete rows"):
        run("UPDATE core_summary SET text = 'None agree.' WHERE proposal_id = %s", proposal.pk)


def test_a_long_text_goes_to_a_vote_only_in_plain_words_too(street: Street) -> None:
    proposal = talked_over(street, LONG)
    village.move_clock(timedelta(days=4))

    with refused(Denied, "The text is long. Somebody has to say it in plain words first"):
        opening.open_vote(proposal, by=street.ana)
    summaries.write(proposal, "text", "We open the lot.", by=street.ana, at=folkmoot_now(), seen=0)

    assert opening.open_vote(proposal, by=street.ana).proposal_id == proposal.pk


def test_nobody_holds_a_vote_up_by_not_writing_plain_words(street: Street) -> None:
    proposal = talked_over(street, LONG)
    village.move_clock(timedelta(days=4))
    with refused(Denied, "Its author keeps the summary."):
        summaries.write(proposal, "text", "We open it.", by=street.bruno, at=folkmoot_now(), seen=0)

    village.move_clock(timedelta(days=4))
    summaries.write(proposal, "text", "We open it.", by=street.bruno, at=folkmoot_now(), seen=0)

    assert proposal.summaries.get().of == Summary.Of.TEXT
    assert opening.open_vote(proposal, by=street.bruno).proposal_id == proposal.pk
    assert Proposal.objects.get(pk=proposal.pk).stage == Stage.VOTING
