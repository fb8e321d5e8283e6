"""Lives of a body: whatever its people do, in any order, through the same actions as the pages. What is refused is
refused, and time goes on.
"""

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import timedelta
from random import Random
from typing import Any

from django.db import transaction

from core.actions import (
    applications,
    ballots,
    candidacies,
    charter_changes,
    charters,
    confidence,
    entering,
    mandates,
    memberships,
    opening,
    proposals,
    recalls,
    restoring,
)
from core.actions.settling import settle
from core.models import (
    Body,
    Candidacy,
    Checkpoint,
    EnteredBallot,
    Mandate,
    Person,
    Proposal,
    Receipt,
    Stage,
    Vote,
    VoteKey,
)
from core.refusals import Refusal
from core.rules.choices import Choice, Marked, others
from core.rules.positions import POSITIONS, Position, Rule
from core.rules.shares import Share
from core.signer import checkpoints, keys, memory, receipts, votes
from core.signer.folder import the_folder
from core.timekeeping import folkmoot_now
from tests import village
from tests.core.signer.test_endings import after_the_backup
from tests.verify.belonging import answer_applications, appeal, ask, leave, merge, propose_removal
from tests.verify.neighbours import ask_next_door, next_door_answers
from tests.verify.talking import answer_words, comment, propose_words, sum_up
from verify.signatures import Signed

HOURS = (1, 13, 30, 73, 80, 170, 200, 400)


@dataclass
class Life:
    """A body, everybody around it, and the dice. `done` counts what was not refused, `kept` is what its first founder
    keeps outside: checkpoints and receipts, also of what is lost in a restore.
    """

    body: Body
    people: list[Person]
    dice: Random
    done: dict[str, int] = field(default_factory=dict)
    kept: Signed = field(default_factory=Signed)
    losing: bool = False

    def anybody(self) -> Person:
        """Somebody, member or not."""
        return self.dice.choice(self.people)

    def member(self) -> Person:
        """Mostly a member."""
        inside = list(Person.objects.filter(memberships__in=self.body.memberships.open()))
        return self.dice.choice(inside or self.people)

    def proposal(self, **about: object) -> Proposal | None:
        """Some proposal of the body."""
        found = list(Proposal.objects.filter(body=self.body, **about).order_by("pk"))
        return self.dice.choice(found) if found else None

    def step(self) -> None:
        """One thing that may happen."""
        deed = self.dice.choice(DEEDS)
        with suppress(Refusal), transaction.atomic():
            deed(self)
            self.done[deed.__name__] = self.done.get(deed.__name__, 0) + 1


def time_goes_on(life: Life) -> None:
    village.move_clock(timedelta(hours=life.dice.choice(HOURS), minutes=life.dice.randrange(60)))
    if life.dice.random() < 0.9:  # sometimes the signer does not run for a while
        votes.stock(2)
        votes.open_closed()
    if life.dice.random() < 0.9:  # sometimes nobody settles for a while
        settle()


def propose(life: Life) -> None:
    by = life.member()
    old = life.proposal(stage=Stage.ADOPTED, stands=True, ended_at=None) if life.dice.random() < 0.7 else None
    day = (folkmoot_now() + timedelta(days=life.dice.randrange(20, 60))).date()
    urgent = life.dice.random() < 0.3
    village.make_proposal(
        life.body,
        by,
        title=f"Proposal {life.dice.randrange(99)}",
        urgent=urgent,
        replaces=old,
        review_on=day if life.dice.random() < 0.4 else None,
    )


def propose_mandate(life: Life) -> None:
    by, delegate, at = life.member(), life.member(), folkmoot_now()
    proposal = proposals.draft(life.body, by=by, at=at, title="Run the library", text="Somebody.", kind="mandate")
    mandates.offer(proposal, mandates.Terms(delegate, "Lend.", "Spend nothing.", life.dice.choice((5, 30))), by=by)
    proposals.put_up(proposal, by=by, at=at)
    mandates.accept(proposal, by=delegate, at=at)


def propose_election(life: Life) -> None:
    people = list(Person.objects.filter(memberships__in=life.body.memberships.open()).order_by("pk"))
    standing = life.dice.sample(people, min(len(people), life.dice.choice((1, 2, 3))))
    terms: dict[str, Any] = {"seats": life.dice.choice((1, 1, 2)), "ranked": life.dice.random() < 0.5}
    village.make_election(life.body, life.member(), *standing, **terms)


def stand(life: Life) -> None:
    """Somebody stands, is asked to, or steps back; now and then one who had left and come back."""
    if life.dice.random() < 0.2:
        leave_as_a_candidate(life)
    proposal = life.proposal(kind="election", stage=Stage.DISCUSSION)
    if proposal is not None:
        at, by = folkmoot_now(), life.anybody()
        act = life.dice.choice((candidacies.stand, candidacies.stand, candidacies.step_back))
        with suppress(Refusal), transaction.atomic():
            candidacies.propose(proposal, by, by=life.member(), at=at)
        act(proposal, by=by, at=folkmoot_now())


def leave_as_a_candidate(life: Life) -> None:
    """Who stands leaves, and where anybody can join comes back at once."""
    standing = Candidacy.objects.standing().filter(election__proposal__body=life.body)
    people = list(standing.values_list("person", flat=True).order_by("pk"))
    if people:
        leaving = Person.objects.get(pk=life.dice.choice(people))
        memberships.leave(life.body, by=leaving)
        if life.dice.random() < 0.5:
            applications.apply(life.body, by=leaving, at=folkmoot_now(), words="Here I am again.")


def propose_charter(life: Life) -> None:
    numbers = replace(
        life.body.charters.filter(in_force_at__isnull=False).latest("number").numbers,
        consensus_up_to=life.dice.choice((3, 5, 50)),
        quorum=life.dice.choice((Share(1, 2), Share(1, 3), Share(3, 4))),
        agreement=life.dice.choice((Share(2, 3), Share(4, 5))),
        admission=life.dice.choice(("vouched", "proposal", "open")),
        after_rounds=life.dice.choice(("weak", "not_adopted")),
        waiting_days=life.dice.choice((14, 20)),
        rounds_max=life.dice.choice((1, 2)),
    )
    content = charters.Draft("We look after our street.", "", numbers)
    by, at = life.member(), folkmoot_now()
    charter_changes.propose(life.body, content, by=by, at=at, title="Other numbers", text="Let us try.")


def second(life: Life) -> None:
    for person in life.dice.sample(life.people, 3):
        urgent = life.proposal(stage=Stage.DISCUSSION, urgent=True)
        if urgent is not None:
            with suppress(Refusal), transaction.atomic():
                proposals.second(urgent, by=person, at=folkmoot_now())


def revise(life: Life) -> None:
    proposal = life.proposal(stage__in=[Stage.DISCUSSION, Stage.ROUND])
    if proposal is not None and proposal.author is not None:
        seen = proposal.texts.latest("number").number
        text = f"Better by {life.dice.randrange(99)}."
        proposals.revise(proposal, by=proposal.author, at=folkmoot_now(), title=proposal.title, text=text, seen=seen)


def accept_again(life: Life) -> None:
    proposal = life.proposal(kind="mandate", closed_at=None)
    if proposal is not None:
        mandates.accept(proposal, by=proposal.offer.person, at=folkmoot_now())


def withdraw_proposal(life: Life) -> None:
    proposal = life.proposal(stage=Stage.DISCUSSION)
    if proposal is not None and proposal.author is not None:
        proposals.withdraw(proposal, by=proposal.author, at=folkmoot_now())


def open_votes(life: Life) -> None:
    for proposal in Proposal.objects.filter(body=life.body, stage=Stage.DISCUSSION).order_by("pk"):
        closes = folkmoot_now() + timedelta(hours=26) if proposal.urgent else None
        by = life.member() if life.dice.random() < 0.5 else proposal.author or life.member()
        with suppress(Refusal), transaction.atomic():
            opening.open_vote(proposal, by=by, closes_at=closes)


def vote(life: Life) -> None:
    found = list(Vote.objects.open().filter(proposal__body=life.body).order_by("pk"))
    for each in found:
        doubted = each.proposal.kind == "admission"  # it came to a vote since somebody objected
        mood = 0.4 if doubted else life.dice.choice((0.3, 0.55, 0.9, 0.97))
        for entry in each.roll.select_related("person").order_by("pk"):
            if life.dice.random() < 0.8:
                choice = choice_in(life, each, mood)
                said = choice.position if isinstance(choice, Marked) else choice
                reason = "I see harm in it." if said == Position.BLOCK else ""
                with suppress(Refusal), transaction.atomic():
                    if each.secret:
                        village.cast_secretly(each, entry.person, choice)
                    else:
                        ballots.cast(each, choice, by=entry.person, reason=reason)


def enter_for_somebody(life: Life) -> None:
    """Two enter a vote for a third; some of those contest it, or vote themselves."""
    for each in Vote.objects.open().filter(proposal__body=life.body, secret=False).order_by("pk"):
        for entry in each.roll.select_related("person").order_by("pk"):
            if life.dice.random() < 0.3:
                choice = choice_in(life, each, 0.9)
                with suppress(Refusal), transaction.atomic():
                    said = choice.position if isinstance(choice, Marked) else choice
                    reason = "I see harm in it." if said == Position.BLOCK else ""
                    written = entering.enter(
                        each, entry.person, choice, by=life.member(), way=EnteredBallot.Way.DESK, reason=reason
                    )
                    entering.confirm(written, choice, by=life.member())
            if life.dice.random() < 0.1:
                with suppress(Refusal), transaction.atomic():
                    entering.contest(each, by=entry.person)


def choice_in(life: Life, vote: Vote, mood: float) -> Choice:
    """Mostly in favour; in an election the more often the earlier somebody stands in the list. Of several texts the
    first is liked best in one half of the votes, and the last in the other.
    """
    if vote.has_alternatives:
        texts = range(1, vote.other_texts + 2)
        liking = texts if vote.proposal_id % 2 else reversed(texts)
        marks = tuple(sorted(text for at, text in enumerate(liking, start=1) if life.dice.random() < mood / at))
        return Marked(life.dice.choice(others(Rule(vote.rule))), marks)
    if vote.proposal.kind != "election":
        favour, *rest = POSITIONS[Rule(vote.rule)]
        return favour if life.dice.random() < mood else life.dice.choice(rest)
    numbers = range(1, vote.proposal.election.candidacies.filter(number__isnull=False).count() + 1)
    liked = [number for number in numbers if life.dice.random() < mood / number]
    if vote.rule == Rule.APPROVAL or not liked:
        return tuple(liked) or (0,)
    return tuple(life.dice.sample(liked, len(liked)))


def standing(life: Life) -> Mandate | None:
    found = list(Mandate.objects.filter(body=life.body, ended_at=None).order_by("pk"))
    return life.dice.choice(found) if found else None


def lose_confidence(life: Life) -> None:
    mandate = standing(life)
    if mandate is not None:
        for person in life.people:
            if life.dice.random() < 0.6:
                with suppress(Refusal), transaction.atomic():
                    act = confidence.withdraw if life.dice.random() < 0.8 else confidence.give_back
                    act(mandate, by=person)


def recall(life: Life) -> None:
    mandate = standing(life)
    if mandate is not None:
        recalls.open_recall(mandate, "Nothing was lent.", by=life.member())


def act_under_mandate(life: Life) -> None:
    mandate = standing(life)
    if mandate is not None:
        mandates.report(mandate, "I lent a saw.", by=mandate.person)
        if life.dice.random() < 0.2:
            mandates.resign(mandate, by=mandate.person)


def sign(life: Life) -> None:
    """The signer signs, and the first founder keeps what it signed."""
    folder = the_folder()
    folder.make()
    signing = keys.ready(folder)
    assert checkpoints.sign_all(folder, signing) == set()
    receipts.sign_all(signing, since=None)
    life.kept.checkpoints += [each.note for each in Checkpoint.objects.of(life.body)[:1]]
    mine = Receipt.objects.filter(ballot__roll__person=life.people[0], ballot__vote__proposal__body=life.body)
    life.kept.receipts += [each.note for each in mine.order_by("pk") if each.note not in life.kept.receipts]


def restore(life: Life) -> None:
    """A backup; life goes on; and all of that is lost, but for what the signer remembers and people keep."""
    if life.dice.random() < 0.3 and not life.losing:
        backup_at, life.losing = folkmoot_now(), True
        with after_the_backup():
            for _number in range(4):
                life.step()
            sign(life)
            later = folkmoot_now()
        life.losing = False
        village.move_clock(later - folkmoot_now() + timedelta(minutes=5))
        votes.renew(2 + Vote.objects.open().filter(secret=True).count())
        remembered = memory.recall(the_folder(), life.body.pk)
        restoring.restored(life.body, backup_at=backup_at, remembered=remembered)
        sign(life)


def lose_key(life: Life) -> None:
    """The file of a key is gone, of an open vote if there is one."""
    used = VoteKey.objects.kept().filter(vote__proposal__body=life.body).order_by("pk")
    there = set(the_folder().votes.iterdir())
    found = [path for key in used if (path := votes.file_of(the_folder(), key)) in there] or sorted(there)
    if found:
        life.dice.choice(found).unlink()


def go_all_the_way(life: Life) -> None:
    """Something is proposed, talked over, voted on and counted."""
    life.dice.choice((propose, propose_mandate, propose_election, propose_removal, propose_charter, ask_next_door))(
        life
    )
    for _number in range(2):
        with suppress(Refusal), transaction.atomic():
            propose_words(life)
    if life.dice.random() < 0.5:
        answer_words(life)
    village.move_clock(timedelta(days=8))
    votes.stock(2)
    open_votes(life)
    if life.dice.random() < 0.3:
        enter_for_somebody(life)
    vote(life)
    if life.dice.random() < 0.1:
        lose_key(life)
    village.move_clock(timedelta(days=8))
    votes.open_closed()
    settle()


RARE: tuple[Callable[[Life], None], ...] = (
    propose_removal,
    propose_charter,
    revise,
    answer_words,
    sum_up,
    accept_again,
    withdraw_proposal,
    comment,
    lose_confidence,
    lose_confidence,
    recall,
    act_under_mandate,
    leave,
    stand,
    merge,
    merge,
    appeal,
    restore,
    lose_key,
    sign,
    ask_next_door,
)
OFTEN = (
    time_goes_on,
    vote,
    enter_for_somebody,
    open_votes,
    propose,
    propose_mandate,
    propose_election,
    propose_words,
    second,
    ask,
    answer_applications,
    go_all_the_way,
    next_door_answers,
)
DEEDS = (*RARE, *OFTEN, time_goes_on, go_all_the_way, vote, propose, ask, answer_applications)
