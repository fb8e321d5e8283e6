"""What counting an election needs to know of it."""

from core.models import Candidacy, Vote
from core.rules.elections import Race


def get_candidates(vote: Vote) -> int:
    """How many stand on the ballot; 0 where it is no election. One statement, or none."""
    if not vote.is_election:
        return 0
    return Candidacy.objects.numbered().filter(election__proposal=vote.proposal_id).count()


def get_race(vote: Vote) -> Race:
    """Candidates, seats and the seed of an election. One statement."""
    return Race(get_candidates(vote), vote.seats or 0, bytes.fromhex(vote.seed))
