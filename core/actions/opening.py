"""Opening votes: charter, text, rule, roll and closing time are copied and frozen (DESIGN 3.5, invariants 3 and 10)."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from django.db import connection, transaction
from django.utils.translation import gettext_lazy as _

from core.actions import alternatives, candidacies, elections
from core.actions.steps import require_step
from core.actions.telling import tell
from core.actions.vote_keys import take_key
from core.gatherings import closes_no_earlier_than, gathering_for
from core.locks import Touched, take
from core.models import Alternative, Body, Cause, Charter, Person, Proposal, Stage, Vote
from core.permissions import proposals as may
from core.queries.charters import get_charter
from core.record import Datum, in_utc, record
from core.refusals import Invalid
from core.registry import kind_of, matter_of, times_of
from core.rules.counting import Outcome
from core.rules.positions import Rule
from core.rules.secrecy import is_secret
from core.rules.terms import Matter, VoteTerms, terms_for
from core.rules.windows import urgent_window_ok
from core.timekeeping import folkmoot_now

SECOND_CALL = timedelta(days=7)

# One statement, so that opening with 10,000 electors takes no longer than the database needs. After a round of talks,
# who blocked in the vote before it and took no part cannot block again (of several texts who had not marked the first);
# a second call without a round in between leaves everybody the block they had. The member to be removed is not on the
# roll of the removal.
FREEZE_ROLL = """
    INSERT INTO core_rollentry (vote_id, person_id, membership_id, may_block)
    SELECT %(vote)s, m.person_id, m.id, NOT EXISTS (
        SELECT 1 FROM core_rollentry r LEFT JOIN core_ballot b ON b.roll_id = r.id
        WHERE r.vote_id = %(before)s AND r.person_id = m.person_id
        AND CASE WHEN %(after_talks)s THEN b.position = 'block'
        AND NOT coalesce(nullif(b.choice, '')::jsonb @> to_jsonb(%(first)s::int), false) AND NOT EXISTS (
            SELECT 1 FROM core_comment c
            WHERE c.proposal_id = %(proposal)s AND c.round_no = %(round)s AND c.author_id = m.person_id
        ) AND NOT EXISTS (
            SELECT 1 FROM core_attended a
            WHERE a.proposal_id = %(proposal)s AND a.round_no = %(round)s AND a.membership_id = m.id
        ) ELSE NOT r.may_block END
    )
    FROM core_membership m
    WHERE m.body_id = %(body)s AND m.ended_at IS NULL AND m.voice_from <= %(at)s AND m.id IS DISTINCT FROM %(not_on)s
    AND (%(only)s::bigint[] IS NULL OR m.id = ANY (%(only)s::bigint[]))
"""


@transaction.atomic
def open_vote(proposal: Proposal, *, by: Person, closes_at: datetime | None = None) -> Vote:
    """Open the vote on a proposal in discussion. Reads the clock after its locks.

    `closes_at` is for urgent proposals only: at least 12 hours away, 8 of them by day.
    """
    taken = take(proposal.body_id, Touched(proposals=frozenset([proposal.pk])))
    proposal = taken.proposals[proposal.pk]
    at = folkmoot_now()
    may.can_open(by, proposal, at=at).or_deny()
    if closes_at is not None and not proposal.urgent:
        raise Invalid(_("Only an urgent vote has a closing time of its own."))
    return begin_vote(proposal, taken.body, by=by, at=at, closes_at=closes_at)


def begin_vote(
    proposal: Proposal,
    body: Body,
    *,
    by: Person | None,
    at: datetime,
    closes_at: datetime | None = None,
    second_call: bool = False,
    after_rounds: bool = False,
) -> Vote:
    """Open the next vote on a locked proposal of a locked body, in the caller's transaction.

    Rule and charter of the first vote hold through rounds and the second call; roll and ballots are new (DESIGN 3.5).
    Raises `NoKey` where it must be secret and no key is ready.
    """
    require_step(proposal, Stage.VOTING)
    earlier = list(proposal.votes.select_related("charter").order_by("number"))
    why = why_now(proposal, earlier)
    charter = earlier[0].charter if earlier else get_charter(body)
    matter = matter_of(proposal)
    times = times_of(proposal)
    closes = times.closes_at if times else closes_at or at + window(matter, charter, second_call=second_call)
    if matter == Matter.URGENT:
        require_urgent_window(charter, at, closes)
    weakened = after_rounds or (bool(earlier) and earlier[-1].rule != earlier[0].rule)
    rule_roll = (earlier[0].roll_size or 0) if earlier else roll_size(proposal, body, at)
    method = method_of_election(proposal)
    terms = terms_for(matter, charter.numbers, rule_roll, second_call=second_call, after_rounds=weakened, method=method)
    secret = is_secret(matter, charter.numbers, roll_size(proposal, body, at))
    others = alternatives.standing(proposal)
    gathering = None if secret or times else gathering_for(proposal, closes)
    vote = Vote.objects.create(
        proposal=proposal,
        number=len(earlier) + 1,
        matter=matter.value,
        charter=charter,
        text=proposal.texts.order_by("-number")[0],
        second_call=second_call,
        secret=secret,
        codes=secret and charter.codes,
        opened_at=at,
        closes_at=closes_no_earlier_than(closes, gathering),
        meets_until=gathering.ends_at if gathering is not None else None,
        **columns(terms),
        **elections.columns(proposal),
        **alternatives.columns(others),
    )
    texts = alternatives.put_on(vote, others)
    if secret:
        take_key(vote)
    freeze_roll(vote, proposal, before=earlier[-1] if earlier else None, at=at)
    proposal.stage = Stage.VOTING
    proposal.round_ends_at = None
    proposal.save(update_fields=["stage", "round_ends_at"])
    announce_vote(vote, proposal, body, by=by, at=at, why=why, others=texts)
    return vote


def why_now(proposal: Proposal, earlier: Sequence[Vote]) -> str:
    """Why a vote opens, as the record says it: the first one, after a round, a second call, weakened, void before."""
    if not earlier:
        return "first"
    if proposal.stage == Stage.ROUND:
        return "round"
    return {Outcome.VOID.value: "void", Outcome.NO_QUORUM.value: "second_call"}.get(earlier[-1].outcome, "weak")


def require_urgent_window(charter: Charter, at: datetime, closes: datetime) -> None:
    """Raise `Invalid` if an urgent vote would be open too long, or too short for people to hear of it."""
    if closes - at > timedelta(hours=charter.voting_hours):
        raise Invalid(_("An urgent vote is open no longer than an ordinary one."))
    if not urgent_window_ok(at, closes, ZoneInfo(charter.time_zone)):
        raise Invalid(_("An urgent vote lasts at least 12 hours, 8 of them between 8 in the morning and 10 at night."))


def method_of_election(proposal: Proposal) -> Rule | None:
    """How an election is counted, once the list of its candidates is fixed; nothing for other proposals."""
    if proposal.kind != "election":
        return None
    candidacies.fix_list(proposal)
    return proposal.election.rule


def window(matter: Matter, charter: Charter, *, second_call: bool) -> timedelta:
    """How long a vote stays open."""
    if second_call:
        return SECOND_CALL
    return timedelta(hours=charter.recall_hours if matter == Matter.RECALL else charter.voting_hours)


def columns(terms: VoteTerms) -> dict[str, int | str]:
    """The terms as the vote keeps them; the roll is counted when it is frozen."""
    return {
        "rule": terms.rule.value,
        "quorum_num": terms.quorum.num,
        "quorum_den": terms.quorum.den,
        "agreement_num": terms.agreement.num,
        "agreement_den": terms.agreement.den,
        "asides_num": terms.asides.num,
        "asides_den": terms.asides.den,
    }


def roll_size(proposal: Proposal, body: Body, at: datetime) -> int:
    """How many are entitled now: it decides between consensus and weak consensus. The body is locked by the caller."""
    return int(body.memberships.with_voice(at).exclude(pk=proposal.subject_id or 0).count())


def freeze_roll(vote: Vote, proposal: Proposal, *, before: Vote | None, at: datetime) -> None:
    """Write the roll; after its size is set the database refuses every change of it."""
    electors = kind_of(proposal).electors
    with connection.cursor() as cursor:
        cursor.execute(
            FREEZE_ROLL,
            {
                "vote": vote.pk,
                "before": before.pk if before else None,
                "first": before.first if before else None,
                "proposal": proposal.pk,
                "round": proposal.round_no,
                "after_talks": proposal.stage == Stage.ROUND,
                "body": proposal.body_id,
                "at": at,
                "not_on": proposal.subject_id,
                "only": list(electors(proposal, at)) if electors is not None else None,
            },
        )
        vote.roll_size = cursor.rowcount
    vote.save(update_fields=["roll_size"])


def announce_vote(
    vote: Vote,
    proposal: Proposal,
    body: Body,
    *,
    by: Person | None,
    at: datetime,
    why: str,
    others: Sequence[Alternative] = (),
) -> None:
    """Record an opened vote with all it keeps, and tell the members."""
    meeting: dict[str, Datum] = {"meets_until": in_utc(vote.meets_until)} if vote.meets_until is not None else {}
    sealed: dict[str, Datum] = {"secret": True, "codes": vote.codes, "key": vote.key.public} if vote.secret else {}
    record(
        "vote.opened",
        body,
        by=by,
        at=at,
        texts=alternatives.named(others),
        proposal=proposal.pk,
        vote=vote.number,
        id=vote.pk,
        why=why,
        kind=proposal.kind,
        matter=vote.matter,
        rule=vote.rule,
        charter=vote.charter.number,
        version=vote.text.number,
        second_call=vote.second_call,
        closes=in_utc(vote.closes_at),
        roll=vote.roll_size,
        quorum=[vote.quorum_num, vote.quorum_den],
        agreement=[vote.agreement_num, vote.agreement_den],
        asides=[vote.asides_num, vote.asides_den],
        **meeting,
        **sealed,
        **elections.announced(vote, body),
        **alternatives.announced(vote, others),
    )
    what = Cause.What.RECALL_OPENED if vote.rule == Rule.RECALL else Cause.What.VOTE_OPENED
    tell(what, body, key=str(vote.pk), at=at, proposal=proposal, mandate=proposal.mandate, by=by)
