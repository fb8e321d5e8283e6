"""Who may cast a secret ballot, when, and with what: each cell refused in words or done, and nothing in between."""

import secrets
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.db import connection, transaction

from core.actions import ballots, memberships, secret_ballots
from core.actions.settling import settle
from core.models import DoneOnce, Membership, Person, SealedBallot, Vote
from core.refusals import Denied, Invalid, TooLate, WrongStep
from core.rules.positions import Position
from core.rules.secrecy import new_code
from core.signer import votes
from core.timekeeping import folkmoot_now
from tests import village
from tests.core.actions.scene import refused, spoken
from tests.core.secret.scene import Court, at_commit, make_court, recall, removal

CODE = "7Q2M4-ZX9RT-0KCVB-3HN5D"


def remove(court: Court, person: Person) -> None:
    """As a decided removal does."""
    with transaction.atomic():
        memberships.remove(village.membership(court.body, person), at=folkmoot_now())


PEOPLE: dict[str, tuple[Callable[[Court], Person], str]] = {
    "member": (lambda court: court.eva, ""),
    "author": (lambda court: court.ana, ""),
    "delegate": (lambda court: court.bruno, ""),
    "of another council": (lambda court: court.carla, "You are not on the roll"),
    "of none": (lambda court: court.dario, "You are not on the roll"),
}


@pytest.mark.parametrize("who", PEOPLE)
def test_who_may_cast_in_a_secret_recall(court: Court, who: str) -> None:
    vote = recall(court)
    person, words = PEOPLE[who][0](court), PEOPLE[who][1]
    if words:
        with refused(Denied, words):
            village.cast_secretly(vote, person, "yes")
    else:
        village.cast_secretly(vote, person, "yes")
        assert vote.roll.get(person=person).used


def closed(court: Court) -> Vote:
    """Past its close, and nobody has opened the boxes."""
    vote = recall(court)
    village.move_clock(vote.closes_at - folkmoot_now())
    return vote


def opened(court: Court) -> Vote:
    """The boxes are open, and it is not counted."""
    vote = closed(court)
    votes.open_closed()
    return vote


def counted(court: Court) -> Vote:
    """Counted, and not adopted."""
    return village.close(recall(court))


def overtaken(court: Court) -> Vote:
    """The delegate has left."""
    vote = recall(court)
    memberships.leave(court.body, by=court.bruno)
    return vote


def void(court: Court) -> Vote:
    """Its key was lost; another vote has begun."""
    vote = recall(court, keys=3)
    votes.lose(vote.key)
    settle()
    return vote


STAGES: dict[str, tuple[Callable[[Court], Vote], str]] = {
    "open": (recall, ""),
    "closed": (closed, "Voting has closed"),
    "opened": (opened, "Voting has closed"),
    "counted": (counted, "Voting has closed"),
    "overtaken": (overtaken, "Voting has closed"),
    "void": (void, "Voting has closed"),
}


@pytest.mark.parametrize("stage", STAGES)
def test_at_which_stage_a_secret_ballot_is_taken(court: Court, stage: str) -> None:
    make, words = STAGES[stage]
    vote = make(court)
    if words:
        with refused(TooLate, words):
            village.cast_secretly(vote, court.eva, "yes")
    else:
        village.cast_secretly(vote, court.eva, "yes")


def test_who_is_to_be_removed_is_not_on_the_roll_of_the_secret_removal(court: Court) -> None:
    vote = removal(court, court.people[7])
    assert (vote.secret, vote.roll_size) == (True, 7)
    with refused(Denied, "You are not on the roll"):
        village.cast_secretly(vote, court.people[7], "no")


def test_who_has_left_casts_no_ballot_and_the_one_given_before_stands(court: Court) -> None:
    vote = recall(court)
    village.cast_secretly(vote, court.eva, "yes", CODE)
    for person in (court.eva, court.people[3]):
        memberships.leave(court.body, by=person)

    with refused(Denied, "You have left this body"):
        village.cast_secretly(vote, court.eva, "no", CODE)
    with refused(Denied, "You have left this body"):
        village.cast_secretly(vote, court.people[3], "no")
    for person in court.people[4:8]:
        village.cast_secretly(vote, person, "no")
    assert village.close(vote).tally == {"yes": 1, "no": 4}


def test_who_was_removed_keeps_the_votes_already_open(court: Court) -> None:
    vote = recall(court)
    remove(court, court.people[7])
    village.cast_secretly(vote, court.people[7], "yes")
    assert Membership.objects.get(person=court.people[7]).ending == "removed"


WRONG_CODES = {
    "": "This is not a code",
    "7Q2M4-ZX9RT-0KCVB-3HN5": "This is not a code",
    "7Q2M4-ZX9RT-0KCVB-3HN5U": "This is not a code",
    "7Q2M4-ZX9RT-0KCVB-3HN5DD": "This is not a code",
    "\x00" * 20: "This is not a code",
    "٣" * 20: "This is not a code",
    "0" * 20: "Somebody could guess this code",
    "01234-01234-01234-01234": "Somebody could guess this code",
}


@pytest.mark.parametrize("code", WRONG_CODES)
def test_what_is_no_code_is_refused(court: Court, code: str) -> None:
    vote = recall(court)
    with refused(Invalid, WRONG_CODES[code]):
        secret_ballots.cast(vote, "yes", code, by=court.eva)


@pytest.mark.parametrize("choice", ["agree", "maybe", "", (1, 2), "chosen"])
def test_what_cannot_be_chosen_is_refused(court: Court, choice: str) -> None:
    vote = recall(court)
    with refused(Invalid, "Choose one of the positions"):
        village.cast_secretly(vote, court.eva, choice)


def test_a_used_mark_with_a_new_code_is_refused_in_words(court: Court) -> None:
    vote = recall(court)
    village.cast_secretly(vote, court.eva, "yes")
    with refused(Denied, "You have voted in this vote already, and not with this code"):
        village.cast_secretly(vote, court.eva, "no")


def test_the_code_of_another_ballot_takes_nobodys_place(court: Court) -> None:
    vote = recall(court)
    village.cast_secretly(vote, court.eva, "yes", CODE)
    with refused(Denied, "This code belongs to another ballot"):
        village.cast_secretly(vote, court.ana, "no", CODE)
    assert not vote.roll.get(person=court.ana).used


def test_the_code_of_another_vote_opens_no_ballot_of_this_one(court: Court) -> None:
    first, second = removal(court, court.people[7]), recall(court)
    village.cast_secretly(first, court.eva, "yes", CODE)
    village.cast_secretly(second, court.eva, "yes")

    with refused(Denied, "not with this code"):
        village.cast_secretly(second, court.eva, "no", CODE)


def test_from_the_closing_time_on_nothing_is_taken_whether_counted_or_not(court: Court) -> None:
    vote = recall(court)
    village.cast_secretly(vote, court.eva, "yes", CODE)
    village.move_clock(vote.closes_at - folkmoot_now() + timedelta(milliseconds=1))

    for person, code in ((court.ana, new_code()), (court.eva, CODE)):
        with refused(TooLate, "Voting has closed"):
            village.cast_secretly(vote, person, "no", code)
    village.close(vote)
    with refused(TooLate, "Voting has closed"):
        village.cast_secretly(vote, court.eva, "no", CODE)


def test_when_the_mandate_has_come_to_its_term_no_ballot_is_taken(court: Court) -> None:
    village.move_clock(court.mandate.ends_at - folkmoot_now() - timedelta(hours=1))
    vote = recall(court)
    village.move_clock(timedelta(hours=1, seconds=1))
    with refused(TooLate, "This mandate has ended"):
        village.cast_secretly(vote, court.eva, "yes")

    settle()
    vote.refresh_from_db()
    assert (vote.outcome, vote.tally, vote.listed) == ("overtaken", {}, None)


def test_an_open_ballot_is_not_taken_in_a_secret_vote_nor_a_secret_one_in_an_open_vote(court: Court) -> None:
    secret, open_one = recall(court), village.make_vote(court.body, court.ana)
    with refused(WrongStep, "This is a secret vote"):
        ballots.cast(secret, Position.YES, by=court.eva)
    with refused(WrongStep, "This is an open vote"):
        village.cast_secretly(open_one, court.eva, "agree")


@pytest.mark.django_db
def test_without_codes_a_ballot_is_final_and_nothing_can_be_checked() -> None:
    court = make_court(codes=False)
    vote = recall(court)
    assert (vote.secret, vote.codes) == (True, False)
    sent = secret_ballots.cast(vote, "yes", "", by=court.eva)
    assert (sent.code, sent.show) == ("", "")
    with refused(Denied, "your ballot is final"):
        secret_ballots.cast(vote, "no", "", by=court.eva)

    for person in court.people[3:7]:
        secret_ballots.cast(vote, "no", CODE, by=person)  # a code that is sent all the same is not looked at
    at_commit()
    assert village.close(vote).listed == ['"no"', '"no"', '"no"', '"no"', '"yes"']


def test_what_is_written_has_no_choice_no_code_and_no_time(court: Court) -> None:
    vote = recall(court)
    with spoken() as heard:
        village.cast_secretly(vote, court.eva, "abstain", CODE)

    written = " ".join(heard)
    for telling in (CODE, CODE.replace("-", ""), "abstain", *CODE.split("-")):
        assert telling not in written
    columns = {field.name for field in SealedBallot._meta.get_fields()}
    assert columns == {"find", "vote", "box"}
    assert not DoneOnce.objects.exists()


def test_a_ballot_cast_in_this_transaction_counts_only_with_its_mark(court: Court) -> None:
    vote = recall(court)
    with connection.cursor() as cursor, transaction.atomic():
        cursor.execute(
            "INSERT INTO core_sealedballot (find, vote_id, box) VALUES (%s, %s, 'x')",
            [secrets.token_hex(32), vote.pk],
        )
        with pytest.raises(Exception, match="used marks equal ballots"), transaction.atomic():
            at_commit()
        transaction.set_rollback(True)


def test_counts_turnout_and_list_are_nowhere_before_the_close(court: Court) -> None:
    vote = recall(court)
    village.cast_secretly(vote, court.eva, "yes")
    fresh = Vote.objects.get(pk=vote.pk)
    assert (fresh.tally, fresh.listed, fresh.ballots_root) == (None, None, "")
