"""The contested moments. Each plays one round and returns what was wrong, in words; nothing if all was right."""

import json
import random
import time
from collections.abc import Callable
from datetime import timedelta

from django.utils import timezone

from core.actions import ballots, candidacies, confidence, mandates, memberships, opening, recalls
from core.actions.closing import close
from core.models import Ballot, Candidacy, Charter, Mandate, Person, Proposal, Report, Vote
from core.rules.positions import Position
from tests.races import entered, secret, secret_elections, talk, unions
from tests.races.ground import (
    Ground,
    make_election,
    make_mandate,
    make_offer,
    make_proposal,
    make_vote,
    make_voted,
    shortly,
    withdraw_quietly,
)
from tests.races.running import Runners, check, errors, lines

Contest = Callable[[Ground, Runners, random.Random], list[str]]


def close_when_due(vote: Vote) -> bool:
    """A closer that keeps trying until the window is over."""
    for _try in range(400):
        if close(vote.pk):
            return True
        if Vote.objects.filter(pk=vote.pk, counted_at__isnull=False).exists():
            return False
        time.sleep(0.0005)
    return False


def vote_against_close(ground: Ground, runners: Runners, dice: random.Random) -> list[str]:
    """Three ballots around the closing time: what is acknowledged is counted, what is refused is not."""
    vote = make_vote(make_proposal(ground, "voting"), ground, closes_in=shortly(dice))
    voters = dice.sample(ground.people, 3)
    pause = dice.uniform(0, 0.02)

    def late(person: Person) -> Ballot:
        time.sleep(pause * dice.random())
        return ballots.cast(vote, Position.AGREE, by=person)

    came = runners.together(dice, *(lambda p=p: late(p) for p in voters), lambda: close_when_due(vote))

    vote.refresh_from_db()
    acknowledged = {voter.pk for voter, each in zip(voters, came[:3], strict=True) if each.done}
    kept = set(Ballot.objects.filter(vote=vote).values_list("roll__person", flat=True))
    return errors(came) + check(
        closed=came[3].result is True,
        acknowledged_is_kept=acknowledged == kept,
        acknowledged_is_counted=sum((vote.tally or {}).values()) == len(acknowledged),
        counted_once=len(lines(ground, "vote.counted", proposal=vote.proposal_id, vote=1)) == 1,
    )


def deciding_withdrawals(ground: Ground, runners: Runners, dice: random.Random) -> list[str]:
    """Three of five withdraw at once: the mandate ends, once."""
    mandate = make_mandate(ground, ground.people[0])
    who = dice.sample(ground.people, 4)

    came = runners.together(dice, *(lambda p=p: confidence.withdraw(mandate, by=p) for p in who))

    mandate.refresh_from_db()
    ended = lines(ground, "mandate.ended", mandate=mandate.pk)
    lost = json.loads(ended[0].line)["data"] if ended else {}
    return errors(came) + check(
        ended=mandate.ending == "confidence",
        once=len(ended) == 1,
        by_the_third=lost.get("withdrawn") == 3 and lost.get("members") == 5,
        the_fourth_is_refused=sum(each.done for each in came) == 3,
        withdrawals_as_acknowledged=mandate.withdrawals.count() == 3,
    )


def withdraw_against_give_back(ground: Ground, runners: Runners, dice: random.Random) -> list[str]:
    """Two of five have withdrawn; a third does while one gives it back. Never both, never neither."""
    mandate = make_mandate(ground, ground.people[0])
    withdraw_quietly(mandate, ground.seats[1:3])

    came = runners.together(
        dice,
        lambda: confidence.withdraw(mandate, by=ground.people[3]),
        lambda: confidence.give_back(mandate, by=ground.people[1]),
    )

    mandate.refresh_from_db()
    ended = len(lines(ground, "mandate.ended", mandate=mandate.pk))
    over = mandate.ended_at is not None
    return errors(came) + check(
        withdrawing_is_taken=came[0].done,
        giving_back_is_refused_only_after_the_end=came[1].done != over,
        counted_as_they_stand=mandate.withdrawals.count() == (3 if over else 2),
        recorded=ended == int(over),
    )


def two_leave(ground: Ground, runners: Runners, dice: random.Random) -> list[str]:
    """Two of five have withdrawn and two others leave at once: two of three is more than half."""
    mandate = make_mandate(ground, ground.people[0])
    withdraw_quietly(mandate, ground.seats[1:3])

    came = runners.together(
        dice, *(lambda p=p: memberships.leave(ground.body, by=p) for p in (ground.people[3], ground.people[4]))
    )

    mandate.refresh_from_db()
    return errors(came) + check(
        both_left=all(each.done for each in came),
        ended=mandate.ending == "confidence",
        once=len(lines(ground, "mandate.ended", mandate=mandate.pk)) == 1,
    )


def open_recall(ground: Ground, delegate: Person, *, yes: int = 0) -> tuple[Mandate, Vote]:
    """A mandate with an open recall, in which so many said yes."""
    mandate = make_mandate(ground, delegate)
    proposal = make_proposal(ground, "voting", kind="recall", mandate=mandate)
    vote = make_vote(proposal, ground, closes_in=3600, rule="recall")
    for person in ground.people[1 : yes + 1]:
        ballots.cast(vote, Position.YES, by=person)
    return mandate, vote


def recall_checks(ground: Ground, mandate: Mandate, vote: Vote, acknowledged: int) -> list[str]:
    """Whatever ended it, mandate, recall, tally and record say the same, once."""
    mandate.refresh_from_db()
    vote.refresh_from_db()
    stage = Proposal.objects.get(pk=vote.proposal_id).stage
    expected = {"recall": "adopted", "": "voting"}.get(mandate.ending, "overtaken")
    return check(
        recall_and_mandate_agree=stage == expected,
        acknowledged_is_kept=vote.ballots.count() == acknowledged,
        acknowledged_is_counted=vote.tally is None or sum(vote.tally.values()) == acknowledged,
        ended_once=len(lines(ground, "mandate.ended", mandate=mandate.pk)) == int(mandate.ended_at is not None),
        counted_once=len(lines(ground, "vote.counted", proposal=vote.proposal_id)) == int(vote.counted_at is not None),
    )


def recall_against_leaving(ground: Ground, runners: Runners, dice: random.Random) -> list[str]:
    """The deciding ballots of a recall while the delegate leaves: one of the two ends the mandate."""
    delegate = ground.people[0]
    mandate, vote = open_recall(ground, delegate, yes=1)
    came = runners.together(
        dice,
        lambda: ballots.cast(vote, Position.YES, by=ground.people[2]),
        lambda: ballots.cast(vote, Position.YES, by=ground.people[3]),
        lambda: memberships.leave(ground.body, by=delegate),
    )
    wrong = recall_checks(ground, mandate, vote, 1 + sum(each.done for each in came[:2]))
    return errors(came) + wrong + check(left=came[2].done, ended=mandate.ending in ("recall", "left"))


def leaving_against_deciding_ballot(ground: Ground, runners: Runners, dice: random.Random) -> list[str]:
    """The member whose ballot would decide a recall leaves: counted if acknowledged, refused if they were gone."""
    mandate, vote = open_recall(ground, ground.people[0], yes=2)
    last = ground.people[3]
    came = runners.together(
        dice,
        lambda: ballots.cast(vote, Position.YES, by=last),
        lambda: memberships.leave(ground.body, by=last),
    )
    wrong = recall_checks(ground, mandate, vote, 2 + came[0].done)
    return errors(came) + wrong + check(left=came[1].done, decided=(mandate.ending == "recall") == came[0].done)


def two_closers(ground: Ground, runners: Runners, dice: random.Random) -> list[str]:
    """Three close the same vote that grants a mandate: one does, one mandate comes of it."""

    def contested() -> Proposal:
        made = make_proposal(ground, "voting", kind="mandate")
        make_offer(made, ground.people[1])
        return made

    vote = make_voted(contested, ground, agree=3, closes_in=0.04)
    proposal = vote.proposal
    time.sleep(max(0.0, (vote.closes_at - timezone.now()).total_seconds() + 0.001))

    came = runners.together(dice, *(lambda: close(vote.pk) for _closer in range(3)))

    return errors(came) + check(
        one_closed=sorted(each.result for each in came) == [False, False, True],
        counted_once=len(lines(ground, "vote.counted", proposal=proposal.pk)) == 1,
        granted_once=len(lines(ground, "mandate.granted", proposal=proposal.pk)) == 1,
        told_once=proposal.causes.filter(what="proposal.closed").count() == 1,
        adopted=Proposal.objects.get(pk=proposal.pk).stage == "adopted",
    )


def charter_against_opening(ground: Ground, runners: Runners, dice: random.Random) -> list[str]:
    """A charter comes into force while a vote opens: the vote has the one that was in force, wholly."""
    current = Charter.objects.filter(body=ground.body, in_force_at__isnull=False).latest("number")
    newest = Charter.objects.filter(body=ground.body).latest("number")
    draft = Charter.objects.create(
        body=ground.body,
        number=newest.number + 1,
        based_on=current,
        purpose="Races.",
        drafted_at=timezone.now(),
        voting_hours=24 + newest.number % 600,
    )
    voting = make_voted(
        lambda: make_proposal(ground, "voting", kind="charter", charter=draft), ground, agree=4, closes_in=0.04
    )
    other = make_proposal(ground)
    came = runners.together(
        dice, lambda: close_when_due(voting), lambda: opened_later(other, ground, dice.uniform(0, 0.04))
    )

    opened = Vote.objects.get(proposal=other)
    in_force, began = (
        lines(ground, "charter.adopted", charter=draft.number),
        lines(ground, "vote.opened", proposal=other.pk),
    )
    after = bool(in_force and began) and in_force[0].seq < began[0].seq
    charter = draft if after else current
    ground.charter = draft
    return errors(came) + check(
        both_done=all(each.done for each in came) and len(in_force) == len(began) == 1,
        charter_of_its_opening=opened.charter_id == charter.pk,
        window_of_its_charter=opened.closes_at - opened.opened_at == timedelta(hours=charter.voting_hours),
    )


def opened_later(proposal: Proposal, ground: Ground, wait: float) -> Vote:
    """Open the vote after a moment."""
    time.sleep(wait)
    return opening.open_vote(proposal, by=ground.people[0])


def double_click(ground: Ground, runners: Runners, dice: random.Random) -> list[str]:
    """The same ballot four times at once is one ballot, changed never."""
    vote = make_vote(make_proposal(ground, "voting"), ground, closes_in=3600)
    voter = dice.choice(ground.people)
    came = runners.together(dice, *(lambda: ballots.cast(vote, Position.AGREE, by=voter) for _click in range(4)))
    kept = list(Ballot.objects.filter(vote=vote))
    return errors(came) + check(
        all_acknowledged=all(each.done for each in came),
        one_ballot=len(kept) == 1,
        never_changed=[each.change_no for each in kept] == [1],
    )


def two_recalls(ground: Ground, runners: Runners, dice: random.Random) -> list[str]:
    """Three open a recall of the same mandate: one is open, the others are told so."""
    mandate = make_mandate(ground, ground.people[0])
    openers = dice.sample(ground.people, 3)
    came = runners.together(dice, *(lambda p=p: recalls.open_recall(mandate, "Keys lost.", by=p) for p in openers))
    return errors(came) + check(
        one_is_open=mandate.recalls.count() == 1 and sum(each.done for each in came) == 1,
        recorded_once=len(lines(ground, "recall.opened", mandate=mandate.pk)) == 1,
    )


def term_against_report(ground: Ground, runners: Runners, dice: random.Random) -> list[str]:
    """A report around the end of the term: taken before it, refused after it."""
    mandate = make_mandate(ground, ground.people[0], ends_in=shortly(dice))
    pause = dice.uniform(0, 0.03)

    def report() -> Report:
        time.sleep(pause)
        return mandates.report(mandate, "All keys are there.", by=ground.people[0])

    def end() -> bool:
        for _try in range(400):
            if mandates.end_if_over(mandate.pk):
                return True
            time.sleep(0.001)
        return False

    came = runners.together(dice, report, end)
    mandate.refresh_from_db()
    given = list(mandate.reports.all())
    return errors(came) + check(
        ended=mandate.ending == "term",
        once=len(lines(ground, "mandate.ended", mandate=mandate.pk)) == 1,
        reports_as_acknowledged=len(given) == int(came[0].done),
        none_after_the_end=all(each.at < mandate.ends_at for each in given),
    )


def standing_against_opening(ground: Ground, runners: Runners, dice: random.Random) -> list[str]:
    """One stands and one steps back while the vote of an election opens: the ballot holds just those who stand."""
    proposal = make_election(ground, ground.people[1])
    at = timezone.now()
    came = runners.together(
        dice,
        lambda: candidacies.stand(proposal, by=ground.people[2], at=at),
        lambda: candidacies.step_back(proposal, by=ground.people[1], at=at),
        lambda: opening.open_vote(proposal, by=ground.people[0]),
    )
    rows = Candidacy.objects.filter(election__proposal=proposal)
    opened = lines(ground, "vote.opened", proposal=proposal.pk)
    on_ballot = sorted(row.number or 0 for row in rows.exclude(number=None))
    named = [len(json.loads(line.line)["data"]["candidates"]) for line in opened]
    return errors(came) + check(
        the_list_is_who_stands=not opened or set(rows.standing()) == set(rows.exclude(number=None)),
        numbered_from_one=on_ballot == list(range(1, len(on_ballot) + 1)),
        recorded_as_it_is=named == ([len(on_ballot)] if came[2].done else []),
        opened_with_somebody=not came[2].done or bool(on_ballot),
    )


CONTESTS: dict[str, tuple[Contest, int]] = {
    "vote against close": (vote_against_close, 12),
    "deciding withdrawals at once": (deciding_withdrawals, 10),
    "recall against leaving": (recall_against_leaving, 10),
    "two closers": (two_closers, 10),
    "charter change against opening": (charter_against_opening, 8),
    "double click": (double_click, 6),
    "two recalls at once": (two_recalls, 5),
    "withdraw against give back": (withdraw_against_give_back, 5),
    "leaving against deciding ballot": (leaving_against_deciding_ballot, 4),
    "two leave at once": (two_leave, 3),
    "term against report": (term_against_report, 3),
    "secret vote against close": (secret.secret_vote_against_close, 4),
    "one code in two tabs": (secret.one_code_in_two_tabs, 2),
    "two codes of one person": (secret.two_codes_of_one_person, 2),
    "one code of two people": (secret.one_code_of_two_people, 2),
    "two signers": (secret.two_signers, 2),
    "leaving against secret ballot": (secret.leaving_against_secret_ballot, 2),
    "secret election against close": (secret_elections.secret_election_against_close, 3),
    "one code in two tabs of an election": (secret_elections.one_code_in_two_tabs_of_an_election, 1),
    "two ballots of one elector": (secret_elections.two_ballots_of_one_elector, 1),
    "standing against secret opening": (secret_elections.standing_against_secret_opening, 2),
    "standing against opening": (standing_against_opening, 3),
    "taking words over against opening": (talk.accepting_against_opening, 3),
    "two words for one passage": (talk.two_accepts, 2),
    "words against withdrawing": (talk.words_against_withdrawing, 2),
    "standing words against opening": (talk.standing_words_against_opening, 3),
    "paper against page": (entered.paper_against_page, 2),
    "striking out against entering anew": (entered.contest_against_confirming, 2),
    "one paper twice": (entered.one_paper_twice, 1),
    "one link twice": (entered.one_link_twice, 1),
    "the eleventh person": (entered.the_eleventh, 1),
    "uniting against votes and leaving": (unions.uniting_against_votes_and_leaving, 1),
}
"""Each contest and its share of all rounds, as one part of their sum."""
