"""Elections that are secret: cast with a code, opened after the close, counted, listed as far as it tells of nobody."""

import json
import re
from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import timedelta
from typing import Any

import pytest
from django.urls import reverse

from core.actions import opening
from core.actions.reminding import remind
from core.actions.settling import settle
from core.models import Ballot, Cause, Mandate, OpenedBallots, RecordLine, SealedBallot, Vote
from core.record import label_of
from core.refusals import Invalid
from core.rules.choices import Choice
from core.rules.lots import sealed
from core.rules.secrecy import show_of
from core.signer import votes
from tests import village
from tests.core.actions.scene import state
from tests.core.secret.scene import Court, make_court, recall
from tests.core.secret.test_secret_pages import CODE, as_, page_of, same_but_for_codes

OTHER_CODE = "8R3N5-0A9ST-1MDWC-4JP6E"


def election(court: Court, candidates: int = 2, **terms: Any) -> Vote:
    """An open secret election; eva, farid, gina ... stand, with the numbers 1, 2, 3 ..."""
    votes.stock(3)
    return village.open_election(court.body, court.ana, *court.people[2 : 2 + candidates], **terms)


def all_choose(vote: Vote, court: Court, *choices: Choice) -> Vote:
    """One after the other, from ana on; then it is closed and counted."""
    for person, choice in zip(court.people, choices, strict=False):
        village.cast_secretly(vote, person, choice)
    return village.close(vote)


def last(what: str) -> dict[str, Any]:
    """What the newest record line of this sort says."""
    return dict(json.loads(RecordLine.objects.filter(what=what).latest("pk").line)["data"])


def send(court: Court, vote: Vote, digits: str, code: str = CODE) -> Any:
    """Eva's form as a browser sends it: two digits for each line, "none of these" last."""
    numbers = [*range(1, len(digits.split())), 0]
    lines = {f"candidate_{n:02}": given for n, given in zip(numbers, digits.split(), strict=True)}
    address = reverse("core:secret-ballot-cast", args=[vote.proposal_id])
    return as_(court.eva).post(address, {"vote": vote.pk, "code": code, **lines})


def test_an_election_is_secret_from_seven_on_and_keeps_open_ballots_out(court: Court) -> None:
    vote = election(court)

    assert (vote.secret, vote.codes, vote.roll_size, vote.matter) == (True, True, 8, "election")
    opened = last("vote.opened")
    assert (opened["secret"], opened["codes"], opened["key"]) == (True, True, vote.key.public)
    assert (opened["seats"], len(opened["candidates"]), opened["seed"]) == (1, 2, vote.seed_hash)


@pytest.mark.django_db
def test_on_a_small_roll_an_election_is_open_and_says_why() -> None:
    court = make_court(secret_from=9)
    vote = election(court)

    assert not vote.secret
    page = page_of(court.eva, vote)
    assert "This is an open vote: members see who chose whom after the close." in page
    assert "It would be secret with 9 on the roll, and 8 are." in page


def test_where_few_ballots_are_possible_the_list_says_what_each_chose(court: Court) -> None:
    vote = election(court)
    choices: list[Choice] = [(1,), (1,), (1,), (1, 2), (1,), (2,), (0,)]
    sent = [village.cast_secretly(vote, p, c) for p, c in zip(court.people, choices, strict=False)]
    assert len({len(bytes(box)) for box in SealedBallot.objects.values_list("box", flat=True)}) == 1
    assert not Ballot.objects.filter(vote=vote).exists()

    village.close(vote)

    assert vote.tally is not None
    assert (vote.outcome, vote.tally["elected"], vote.tally["approvals"]) == ("adopted", [1], {"1": 5, "2": 2})
    assert Mandate.objects.get(granted_by=vote.proposal_id).person == court.eva
    texts = [json.dumps(choice, separators=(",", ":")) for choice in choices]
    listed = sorted([show_of(vote.pk, s.code), text] for s, text in zip(sent, texts, strict=True))
    counted = last("vote.counted")
    assert vote.listed == counted["list"] == listed
    assert counted["voted"] == sorted(label_of(person, court.body) for person in court.people[:7])
    assert (counted["elected"], counted["tally"]) == ([1], vote.tally)
    assert sealed(bytes.fromhex(counted["seed"])) == vote.seed_hash
    assert "ballots" not in counted
    assert not OpenedBallots.objects.exists()


@pytest.mark.parametrize(("terms", "choices", "elected"), [
    ({"ranked": True}, [(1, 2, 3), (1, 3), (1,), (2, 1), (1, 0), (3, 1)], [1]),
    ({"ranked": True, "seats": 2}, [(1, 2), (1, 3), (1,), (2, 1), (2, 1), (2, 3)], [1, 2]),
    ({"seats": 2}, [(1,), (1, 2), (1, 2), (1, 2), (1, 3), (2,)], [1, 2]),
])  # fmt: skip
def test_where_more_ballots_are_possible_than_cast_the_list_has_shows_only(
    court: Court, terms: dict[str, Any], choices: list[Choice], elected: list[int]
) -> None:
    vote = election(court, 3, **terms)
    sent = [village.cast_secretly(vote, p, c) for p, c in zip(court.people, choices, strict=False)]
    village.close(vote)

    assert vote.tally is not None
    assert (vote.outcome, sorted(vote.tally["elected"])) == ("adopted", elected)
    counted = last("vote.counted")
    assert vote.listed == counted["list"] == sorted(each.show for each in sent)
    assert counted["tally"] == vote.tally
    assert counted["tally"]["ballots"] == 6
    assert Mandate.objects.filter(granted_by=vote.proposal_id).count() == len(elected)


@pytest.mark.parametrize(
    ("choices", "elected", "said"),
    [
        ([(1, 2), (1, 2), (2,), (1, 2)], [1, 2], "Elected."),
        ([(0,), (0,), (1,), (2,)], [], "Nobody was elected."),
        ([(1,)], [], "No quorum."),
    ],
)
def test_of_fewer_than_five_ballots_only_who_is_elected_is_told(
    court: Court, choices: list[Choice], elected: list[int], said: str
) -> None:
    vote = all_choose(election(court, seats=2), court, *choices)

    assert (vote.tally, vote.listed) == ({"elected": elected}, None)
    counted = last("vote.counted")
    assert (counted["list"], counted["tally"], counted["elected"]) == (None, None, elected)
    assert counted["voted"] == sorted(label_of(person, court.body) for person in court.people[: len(choices)])
    assert Mandate.objects.filter(granted_by=vote.proposal_id).count() == len(elected)
    page = page_of(court.eva, vote)
    if said != "No quorum.":  # then a second call is open
        assert f"{said} Fewer than five voted, so only the outcome is told." in page
        assert "Marks on" not in page
        assert "No lot was needed." not in page
    listed = as_(court.ana).get(reverse("core:secret-count", args=[vote.proposal_id, 1])).content.decode()
    assert "Fewer than five voted, so only the outcome is told." in listed
    assert "<table" not in listed
    record = as_(court.ana).get(reverse("core:record-list", args=[court.body.slug])).content.decode()
    assert "only the outcome is told, " in record


@pytest.mark.django_db
def test_without_codes_a_list_that_could_tell_is_left_out_and_one_that_cannot_is_shown() -> None:
    court = make_court(codes=False)
    vote = all_choose(election(court, 3), court, (1,), (1,), (1,), (1, 2), (3,))
    assert vote.tally is not None
    assert (vote.codes, vote.listed, vote.tally["elected"], vote.tally["ballots"]) == (False, [], [1], 5)
    address = reverse("core:secret-count", args=[vote.proposal_id, 1])
    page = as_(court.ana).get(address).content.decode()
    assert "so there is no list" in page
    assert "<table" not in page

    vote = all_choose(election(court, 2), court, (1,), (1,), (1,), (1, 2), (0,))
    assert vote.listed == ["[0]", "[1,2]", "[1]", "[1]", "[1]"]
    page = as_(court.ana).get(reverse("core:secret-count", args=[vote.proposal_id, 1])).content.decode()
    assert "<td>eva, farid</td>" in page.lower()


@pytest.mark.parametrize("choice", ["yes", (3,), (1, 1), (2, 1), (0, 1), ()])
def test_what_cannot_stand_on_the_ballot_is_refused_and_nothing_happens(court: Court, choice: Choice) -> None:
    vote = election(court)
    before = state()

    with pytest.raises(Invalid, match="Choose among the candidates of this election"):
        village.cast_secretly(vote, court.ana, choice)
    assert state() == before


def test_the_page_sends_two_digits_for_every_line_whatever_is_chosen(court: Court) -> None:
    marks = page_of(court.eva, election(court))
    ranks = page_of(court.eva, election(court, ranked=True))

    lines = ["candidate_01", "candidate_02", "candidate_00"]
    radios = re.findall(r'<input type="radio" name="(candidate_\w+)" value="(\d+)"( checked)?>', marks)
    assert [name for name, _value, checked in radios if checked] == lines
    assert {(value, checked) for _name, value, checked in radios} == {("00", " checked"), ("01", "")}
    assert re.findall(r'<select [^>]*name="(candidate_\w+)"', ranks) == lines
    options = re.findall(r'<option value="(\d+)"( selected)?>', ranks)
    assert {value for value, _selected in options} == {"00", "01", "02", "03"}
    assert {value for value, selected in options if selected} == {"00"}
    for page in (marks, ranks):
        assert 'name="approve"' not in page
        assert 'name="place_' not in page
        assert re.search(r'<input class="code long"[^>]*value="[^"]{23}"', page)


def test_secret_ballot_cast_of_an_election_with_its_code_and_again_to_change_it(court: Court) -> None:
    vote = election(court)
    first = send(court, vote, "01 01 00")
    assert first.status_code == 200
    assert "Your ballot is in its box." in first.content.decode()
    assert CODE in first.content.decode()

    again = send(court, vote, "00 01 00")
    assert "Your ballot is changed." in again.content.decode()
    other = send(court, vote, "01 00 00", OTHER_CODE)
    assert other.status_code == 403
    for person in [court.ana, court.bruno, *court.people[3:6]]:
        village.cast_secretly(vote, person, (2,))
    village.close(vote)

    assert vote.tally is not None
    assert vote.tally["approvals"] == {"1": 0, "2": 6}
    page = as_(court.eva).get(reverse("core:secret-count", args=[vote.proposal_id, 1])).content.decode()
    assert f'id="show-{show_of(vote.pk, CODE)}"' in page
    assert page.lower().count("<td>farid</td>") == 6
    result = page_of(court.eva, vote)
    assert "Marks on 6 ballots. A seat needs 4." in result
    assert "Who chose whom" not in result


def test_secret_ballot_cast_of_a_ranking_keeps_the_order(court: Court) -> None:
    vote = election(court, 3, ranked=True)
    assert send(court, vote, "02 00 01 03").status_code == 200
    for person in [court.ana, court.bruno, *court.people[3:6]]:
        village.cast_secretly(vote, person, (3, 1))
    village.close(vote)

    assert vote.tally is not None
    assert vote.tally["pairs"][3] == [6, 6, 6, 0]  # gina, before all others
    page = as_(court.eva).get(reverse("core:secret-count", args=[vote.proposal_id, 1])).content.decode()
    assert "so the list has the numbers only, and the count only sums." in page
    assert f'id="show-{show_of(vote.pk, CODE)}"' in page


@pytest.mark.parametrize(
    ("terms", "digits", "said", "selected"),
    [
        ({}, "00 00 00", "Mark at least one candidate", []),
        ({}, "01 00 01", "Take away one or the other.", ["01", "01"]),
        ({"ranked": True}, "00 00 00", "Give at least one number", []),
        ({"ranked": True}, "02 02 00", "Give each another number.", ["02", "02"]),
    ],
)
def test_secret_ballot_cast_of_an_election_says_what_is_wrong_and_keeps_what_was_typed(
    court: Court, terms: dict[str, Any], digits: str, said: str, selected: list[str]
) -> None:
    vote = election(court, **terms)
    answer = send(court, vote, digits)

    page = answer.content.decode()
    assert answer.status_code == 422
    assert said in page
    assert f'value="{CODE}"' in page
    assert [value for value in re.findall(r'value="(\d\d)" (?:selected|checked)>', page) if value != "00"] == selected
    assert not SealedBallot.objects.exists()


def test_before_the_close_no_page_and_no_answer_tells_counts_of_an_election(court: Court) -> None:
    vote = election(court)
    before = page_of(court.ana, vote), as_(court.people[7]).get("/").content.decode()
    for person in court.people[1:6]:
        village.cast_secretly(vote, person, (1,))

    after = page_of(court.ana, vote), as_(court.people[7]).get("/").content.decode()
    assert [same_but_for_codes(page) for page in after] == [same_but_for_codes(page) for page in before]
    (shown,) = as_(court.ana).get(reverse("api:proposal-read", args=[vote.proposal_id])).json()["votes"]
    assert (shown["secret"], shown["tally"], shown["listed"], shown["seed"]) == (True, None, None, "")
    assert as_(court.ana).get(reverse("api:ballot-list", args=[vote.proposal_id, 1])).json() == []


def test_the_api_takes_choices_of_a_secret_election(court: Court) -> None:
    vote = election(court, 3, ranked=True)
    address = reverse("api:secret-ballot-cast", args=[vote.proposal_id])

    def call(**said: Any) -> Any:
        data = json.dumps({"vote": vote.pk, "code": CODE, **said})
        return as_(court.eva).post(address, data, content_type="application/json")

    first, again = call(choice=[2, 1]), call(choice=[3])
    assert (first.status_code, first.json()) == (200, {"show": show_of(vote.pk, CODE), "changed": False})
    assert again.json() == {"show": show_of(vote.pk, CODE), "changed": True}
    beside: list[dict[str, Any]] = [{"choice": [4]}, {"choice": []}, {"position": "yes"}]
    for said in beside:
        assert call(**said).status_code == 422
    for unclear in ({}, {"choice": [1], "position": "yes"}):
        assert call(**unclear).status_code == 400
    opened = reverse("api:ballot-cast", args=[vote.proposal_id])
    data = {"vote": vote.pk, "choice": [1]}
    assert as_(court.ana).post(opened, data, content_type="application/json").status_code == 409
    assert SealedBallot.objects.count() == 1


def test_the_reminder_of_a_secret_election_goes_to_the_whole_roll(court: Court) -> None:
    vote = election(court)
    village.cast_secretly(vote, court.eva, (1,))
    village.move_clock(vote.closes_at - vote.opened_at - timedelta(hours=12))
    assert remind(vote.pk)
    assert Cause.objects.filter(what="vote.secret_reminder", proposal=vote.proposal_id).exists()


def test_a_secret_election_whose_key_is_lost_begins_anew_with_the_same_list(court: Court) -> None:
    vote = election(court)
    village.cast_secretly(vote, court.ana, (1,))
    votes.lose(vote.key)

    vote = village.close(vote)

    anew = Vote.objects.get(proposal=vote.proposal_id, number=2)
    assert (vote.outcome, vote.tally, vote.listed) == ("void", {}, None)
    assert (anew.secret, anew.seats, anew.seed != vote.seed) == (True, 1, True)
    voided = json.loads(RecordLine.objects.get(what="vote.counted", line__contains='"void"').line)["data"]
    assert (voided["elected"], voided["list"], voided["tally"]) == ([], None, None)


def test_without_a_key_an_election_waits_and_keeps_its_candidates(court: Court) -> None:
    proposal = village.make_election(court.body, court.ana, court.eva)
    village.move_clock(timedelta(days=8))

    with pytest.raises(Exception, match="No key for a secret vote is ready"):
        opening.open_vote(proposal, by=court.ana)
    assert proposal.election.candidacies.get().number is None


def test_no_page_of_a_secret_vote_asks_the_database_more_than_twelve_times(
    court: Court, django_assert_max_num_queries: Callable[[int], AbstractContextManager[Any]]
) -> None:
    elected, recalled, browser = election(court), recall(court), as_(court.ana)

    def look(*places: str) -> None:
        for vote in (elected, recalled):
            for address in (
                vote.proposal.get_absolute_url(),
                *(reverse(place, args=[vote.proposal_id, vote.number]) for place in places),
            ):
                browser.get(address)
                with django_assert_max_num_queries(12):  # with session and person
                    assert browser.get(address).status_code == 200

    look()
    for person in court.people[:6]:
        village.cast_secretly(elected, person, (1,))
        village.cast_secretly(recalled, person, "no")
    look()
    village.move_clock(timedelta(days=8))
    look()
    votes.open_closed()
    settle()
    look("core:secret-count")
