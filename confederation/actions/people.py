"""The people's vote: taken by all base bodies, each for those on its roll; nobody is asked in two (docs/adr/0060)."""

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import datetime

from django.db import connection, transaction
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from confederation.models import PeopleElector, PeopleQuestion, PeopleVote, Referral, Station
from confederation.queries.reach import base_below
from confederation.rules.ratifying import PEOPLE_OPEN, PEOPLE_VOTE, people_decide
from core.actions import overtaking, proposals
from core.actions.closing import conclude, touched_by_closing
from core.locks import Touched, lock, take
from core.models import Proposal, Stage, Vote
from core.record import in_utc, record
from core.registry import Times
from core.rules.counting import Result
from core.rules.positions import Position
from core.rules.shares import Share
from core.timekeeping import folkmoot_now

KIND = "people"
LABEL = _("The people decide")
UNDER_WAY = (Stage.DISCUSSION, Stage.VOTING)
ROWS_AT_ONCE = 2000

# In the order of people: two bodies that open at once wait for each other in one direction only.
TAKE_ELECTORS = """
    INSERT INTO confederation_peopleelector (vote_id, person_id, membership_id)
    SELECT %(vote)s, m.person_id, m.id FROM core_membership m
    WHERE m.body_id = %(body)s AND m.ended_at IS NULL AND m.voice_from <= %(at)s
    ORDER BY m.person_id ON CONFLICT DO NOTHING
"""


def begin(referral: Referral, *, at: datetime) -> PeopleVote:
    """Begin it, in the transaction that called the decision down. The bodies are asked afterwards (`ask`)."""
    vote = PeopleVote.objects.create(referral=referral, begun_at=at, closes_at=at + PEOPLE_VOTE)
    body = referral.proposal.body
    rows = [PeopleQuestion(vote=vote, body_id=key) for key in base_below(body.pk)]
    PeopleQuestion.objects.bulk_create(rows, batch_size=ROWS_AT_ONCE)
    closes = in_utc(vote.closes_at)
    record("people.asked", body, by=None, at=at, proposal=referral.proposal_id, bodies=len(rows), closes=closes)
    return vote


def to_ask(at: datetime) -> Iterable[int]:
    """Bodies that have not put it before their members, and still can."""
    open_now = PeopleQuestion.objects.filter(proposal=None, vote__counted_at=None, vote__closes_at__gt=at)
    return open_now.filter(body__ended_at=None).order_by("pk").values_list("pk", flat=True)


@transaction.atomic
def ask(question_id: int) -> bool:
    """Put it before the members of one body. The clock opens its vote. Idempotent."""
    body_id = PeopleQuestion.objects.values_list("body_id", flat=True).get(pk=question_id)
    body = take(body_id, Touched()).body
    question, at = lock(PeopleQuestion(pk=question_id)), folkmoot_now()
    decision = Proposal.objects.get(referral__people_vote=question.vote_id)
    over = body.ended_at is not None or question.vote.closes_at <= at or decision.stage != Stage.VOTING
    if over or question.proposal_id is not None:
        return False
    text = decision.texts.order_by("-number")[0]
    question.proposal = proposals.start_by_clock(body, at=at, kind=KIND, title=text.title, text=text.text)
    question.save(update_fields=["proposal"])
    return True


def times(proposal: Proposal) -> Times | None:
    """All bodies vote in the last 7 days, and close at once."""
    vote = PeopleVote.objects.filter(questions__proposal=proposal).first()
    return Times(vote.closes_at - PEOPLE_OPEN, vote.closes_at) if vote is not None else None


def electors(proposal: Proposal, at: datetime) -> Sequence[int]:
    """The memberships of those who are asked here and not elsewhere: whom no other body has taken before.

    A vote that is void and opens again has the same.
    """
    question = PeopleQuestion.objects.get(proposal=proposal)
    with connection.cursor() as cursor:
        cursor.execute(TAKE_ELECTORS, {"vote": question.vote_id, "body": proposal.body_id, "at": at})
    taken = PeopleElector.objects.filter(vote=question.vote_id, membership__body=proposal.body_id)
    return list(taken.values_list("membership_id", flat=True))


def to_let_go(at: datetime) -> Iterable[int]:
    """Bodies that have not begun to vote in time, or whose members are asked about what was decided otherwise."""
    running = PeopleQuestion.objects.filter(proposal__stage__in=UNDER_WAY)
    late = Q(proposal__stage=Stage.DISCUSSION, vote__closes_at__lte=at)
    pointless = ~Q(vote__referral__proposal__stage=Stage.VOTING)
    return running.filter(late | pointless).order_by("pk").values_list("pk", flat=True)


def let_go(question_id: int) -> bool:
    """What one body was to decide is overtaken. Idempotent."""
    with transaction.atomic():
        proposal = Proposal.objects.get(asks_people=question_id)
        votes = list(proposal.votes.open().values_list("pk", flat=True))
        taken = take(proposal.body_id, Touched(proposals=frozenset([proposal.pk])), votes=votes)
        proposal, at = taken.proposals[proposal.pk], folkmoot_now()
        opened_meanwhile = list(proposal.votes.open().values_list("pk", flat=True)) != votes
        if question_id not in to_let_go(at) or opened_meanwhile:
            return False
        overtaking.overtake(proposal, at=at)
        return True


def to_count(at: datetime) -> Iterable[int]:
    """Votes of the people that are over, and counted in all bodies."""
    running = PeopleQuestion.objects.filter(vote=OuterRef("pk"), proposal__stage__in=UNDER_WAY)
    over = PeopleVote.objects.filter(counted_at=None, closes_at__lte=at, referral__proposal__stage=Stage.VOTING)
    return over.exclude(Exists(running)).order_by("pk").values_list("pk", flat=True)


def count(vote_id: int) -> bool:
    """Count what all bodies have counted, and conclude the decision by it. Idempotent; called by settle()."""
    with transaction.atomic():
        proposal = Proposal.objects.get(referral__people_vote=vote_id)
        taken = take(proposal.body_id, touched_by_closing(proposal))
        vote, at = lock(PeopleVote(pk=vote_id)), folkmoot_now()
        proposal = taken.proposals[proposal.pk]
        if vote.counted_at is not None or proposal.stage != Stage.VOTING or vote_id not in to_count(at):
            return False
        parts, agreement, people = parts_of(vote), agreement_of(vote), vote.electors.count()
        write(vote, parts, people, people_decide(parts, people, agreement), at=at)
        record(
            "people.counted",
            taken.body,
            by=None,
            at=at,
            proposal=proposal.pk,
            bodies=len(parts),
            people=people,
            said=dict(vote.tally or {}),
            agreement=[agreement.num, agreement.den],
            outcome=vote.outcome,
            reason=vote.reason,
        )
        conclude(proposal, taken, Stage(vote.outcome), at=at)
        return True


def parts_of(vote: PeopleVote) -> list[dict[Position, int]]:
    """What was said in each body, as it counted it itself. A part that was overtaken says nothing."""
    newest = Vote.objects.filter(proposal__asks_people__vote=vote, counted_at__isnull=False)
    newest = newest.exclude(proposal__stage=Stage.OVERTAKEN).order_by("proposal_id", "-number").distinct("proposal_id")
    tallies: Iterable[dict[str, int] | None] = newest.values_list("tally", flat=True)
    return [{Position(name): number for name, number in (tally or {}).items()} for tally in tallies]


def agreement_of(vote: PeopleVote) -> Share:
    """The fraction of the confederation's charter, as it was when the referral was asked."""
    top = Station.objects.select_related("charter").get(referral=vote.referral_id, above=None)
    if top.charter is None:  # the database lets no station of a confederation be without
        raise ValueError(top)
    return top.charter.numbers.agreement


def write(vote: PeopleVote, parts: Iterable[dict[Position, int]], people: int, result: Result, *, at: datetime) -> None:
    """What the people have decided."""
    said: Counter[str] = Counter()
    for part in parts:
        said.update({position.value: number for position, number in part.items()})
    vote.counted_at, vote.tally, vote.people = at, dict(said), people
    vote.outcome, vote.reason = result.outcome.value, result.reason.value
    vote.save(update_fields=["counted_at", "tally", "people", "outcome", "reason"])
