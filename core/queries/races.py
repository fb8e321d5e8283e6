"""What counting an election, or a vote between several texts, needs to know of it."""

from core.models import Candidacy, Vote
from core.rules.elections import Race


def get_candidates(vote: Vote) -> int:
    """How many stand on the ballot, or how many texts; 0 where one is asked of one text. One statement, or none."""
    if vote.has_alternatives:
        return int(vote.other_texts) + 1
    if not vote.is_election:
        return 0
    return Candidacy.objects.numbered().filter(election__proposal=vote.proposal_id).count()


def get_race(vote: Vote) -> Race:
    """Candidates, seats and the seed of an election. One statement."""
    return Race(get_candidates(vote), vote.seats or 0, bytes.fromhex(vote.seed))
