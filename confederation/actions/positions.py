"""What a body says above: written by the transaction that closes its own vote, once; or that it says nothing."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from django.db import connection, transaction
from django.db.models import Q

from confederation.models import OwnWord, Seat, Station
from confederation.rules.positions import Said, of_outcome
from core.actions import overtaking
from core.locks import Touched, lock, take
from core.models import Proposal, Stage, Vote
from core.rules.counting import Outcome
from core.timekeeping import folkmoot_now

UNDER_WAY = (Stage.DISCUSSION, Stage.VOTING)
LATELY = timedelta(days=1)
LATE, GONE = "late", "gone"
"""Why a body says nothing above, where no vote of its own tells: it had not decided in time; it left or ended."""

# The position, and beside it the count of the body's own vote. Its own word comes before its answer.
SAY = f"""
    UPDATE confederation_station s SET home = %(home)s, said = coalesce((
            SELECT w.says FROM confederation_ownword w JOIN core_proposal p ON p.id = w.proposal_id
            WHERE w.station_id = s.id AND p.stage = '{Stage.ADOPTED}' ORDER BY p.closed_at DESC LIMIT 1
        ), %(home)s), decided_at = %(at)s, reason = coalesce(v.reason, '{LATE}'), tally = v.tally,
        people = v.tally || jsonb_build_object('roll', v.roll_size)
    FROM core_proposal p LEFT JOIN LATERAL (
        SELECT reason, tally, roll_size FROM core_vote WHERE proposal_id = p.id AND counted_at IS NOT NULL
        ORDER BY number DESC LIMIT 1
    ) v ON true
    WHERE p.id = %(proposal)s AND s.proposal_id = p.id AND s.decided_at IS NULL AND NOT EXISTS (
        SELECT FROM confederation_ownword w JOIN core_proposal o ON o.id = w.proposal_id
        WHERE w.station_id = s.id AND o.stage IN ('{Stage.DISCUSSION}', '{Stage.VOTING}')
    )
"""  # noqa: S608  # nosec B608  (constants of this module)
# What was said stands; the bodies of a confederation that leaves are asked no more, if they have not answered.
SAYS_NOTHING = f"""
    WITH RECURSIVE under(id) AS (
        SELECT id FROM confederation_station WHERE {{whose}} = %(key)s AND decided_at IS NULL
        UNION SELECT s.id FROM confederation_station s JOIN under ON under.id = s.above_id WHERE s.decided_at IS NULL
    )
    UPDATE confederation_station SET home = '{Said.NONE}', said = '{Said.NONE}', reason = '{GONE}', decided_at = %(at)s
    WHERE id IN (SELECT id FROM under) AND decided_at IS NULL
"""  # noqa: S608  # nosec B608  (constants of this module)


def say(proposal: Proposal, *, at: datetime) -> bool:
    """Write what a body has decided into its own station, in the transaction that closes its proposal: one statement,
    because every council pays for it.

    While it is still deciding on a word of its own, that word's close says both. What was said already stands.
    """
    if proposal.stage in UNDER_WAY:
        return False
    home = of_outcome(Outcome(proposal.stage)) if proposal.stage in list(Outcome) else Said.NONE
    with connection.cursor() as cursor:
        cursor.execute(SAY, {"proposal": proposal.pk, "home": home.value, "at": at})
        return int(cursor.rowcount) > 0


def to_close(at: datetime) -> Iterable[int]:
    """Votes of bodies on a question, or on a word of their own, that are over and not counted. Core closes them too."""
    due = Vote.objects.due(at).filter(proposal__kind__in=["referral", "own_word", "people"])
    return due.order_by("closes_at", "pk").values_list("pk", flat=True)


def unsaid(at: datetime) -> Iterable[int]:
    """Bodies whose time is over and that have said nothing, though no vote of theirs is still to be counted."""
    due = Station.objects.base().due(at).filter(Q(proposal=None) | ~Q(proposal__stage=Stage.VOTING))
    return due.order_by("closes_at", "pk").values_list("pk", flat=True)


def missed(station_id: int) -> bool:
    """A body did not decide in time: it says nothing above, and what it was still talking over is overtaken. One that
    has decided, and whose word was waited for, says it now. Idempotent.
    """
    with transaction.atomic():
        station = Station.objects.get(pk=station_id)
        words = OwnWord.objects.filter(station=station).values_list("proposal_id", flat=True)
        own = frozenset([*words, *([station.proposal_id] if station.proposal_id else [])])
        taken = take(station.body_id, Touched(proposals=own))
        station, at = Station.objects.get(pk=station_id), folkmoot_now()
        if station.decided_at is not None or station.closes_at > at:
            return False
        if any(each.stage == Stage.VOTING for each in taken.proposals.values()):
            return False
        for each in taken.proposals.values():
            if each.stage == Stage.DISCUSSION:
                overtaking.overtake(each, at=at)
        proposal = taken.proposals.get(station.proposal_id or 0)
        if proposal is None:
            return says_nothing(station, LATE, at=at)
        return say(proposal, at=at)


def says_nothing(station: Station, why: str, *, at: datetime) -> bool:
    """It was never asked, or not in time."""
    station = lock(station)
    if station.decided_at is not None:
        return False
    station.home = station.said = Said.NONE.value
    station.reason, station.decided_at = why, at
    station.save(update_fields=["home", "said", "reason", "decided_at"])
    return True


def gone(seat: Seat, at: datetime) -> None:
    """A body leaves meanwhile, in the transaction that ends its seat: where it has said nothing, it says nothing more
    (DESIGN 3.5, invariant 23). For a confederation that holds for all that were to speak through it.
    """
    silence("seat_id", seat.pk, at=at)


def ended(at: datetime) -> Iterable[int]:
    """Seats that ended lately, and for which somebody is still to speak: whoever left while a question was being put
    down was written into it.
    """
    lately = Seat.objects.filter(left_at__gt=at - LATELY, stations__decided_at__isnull=True, stations__isnull=False)
    return lately.order_by("pk").distinct().values_list("pk", flat=True)


@transaction.atomic
def hush(seat_id: int) -> bool:
    """Nobody speaks for a seat that has ended. Idempotent."""
    silence("seat_id", seat_id, at=folkmoot_now())
    return True


def silence(whose: str, key: int, *, at: datetime) -> None:
    """Nobody of these says anything any more; in one statement."""
    with connection.cursor() as cursor:
        cursor.execute(SAYS_NOTHING.format(whose=whose), {"key": key, "at": at})


def pointless(at: datetime) -> Iterable[int]:
    """Bodies that are no longer asked, and still talk or vote about it."""
    running = Station.objects.base().filter(referral__base_closes_at__gt=at, decided_at__isnull=False)
    return running.filter(proposal__stage__in=UNDER_WAY).order_by("pk").values_list("pk", flat=True)


def let_go(station_id: int) -> bool:
    """The question came to nothing, or the body has left: its own proposal on it is overtaken. Idempotent."""
    with transaction.atomic():
        station = Station.objects.select_related("proposal").get(pk=station_id)
        if station.proposal is None:
            return False
        votes = list(station.proposal.votes.open().values_list("pk", flat=True))
        taken = take(station.body_id, Touched(proposals=frozenset([station.proposal.pk])), votes=votes)
        proposal = taken.proposals[station.proposal.pk]
        opened_meanwhile = list(proposal.votes.open().values_list("pk", flat=True)) != votes
        if station.decided_at is None or proposal.stage not in UNDER_WAY or opened_meanwhile:
            return False
        overtaking.overtake(proposal, at=folkmoot_now())
        return True
