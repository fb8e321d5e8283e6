"""Facts, with the constraints that keep them true."""

from .bodies import Adoption, Application, Body, Invitation, Membership, Objection, Vouch
from .charters import Charter
from .elections import SEATS_AT_MOST, WORDS_MAX, Candidacy, Election
from .mandates import Mandate, Report, Withdrawal
from .notices import Cause, Notice
from .people import ApiToken, DoneOnce, Person, SignInCard
from .proposals import (
    CLOSED,
    LIVE,
    NEVER_SHOWN,
    STEPS,
    TEXT_MAX,
    Attended,
    Comment,
    Offer,
    Proposal,
    Reply,
    Second,
    Stage,
    Task,
    TextVersion,
)
from .records import ClockOffset, RecordHead, RecordLine, RecordText
from .secret import OpenedBallots, SealedBallot, VoteKey
from .signing import LABEL_LOCKS, Checkpoint, Receipt, SigningKey, SigningStop, heads_to_sign
from .votes import VOTE_LOCKS, Ballot, RollEntry, Vote

__all__ = [
    "CLOSED",
    "LABEL_LOCKS",
    "LIVE",
    "NEVER_SHOWN",
    "SEATS_AT_MOST",
    "STEPS",
    "TEXT_MAX",
    "VOTE_LOCKS",
    "WORDS_MAX",
    "Adoption",
    "ApiToken",
    "Application",
    "Attended",
    "Ballot",
    "Body",
    "Candidacy",
    "Cause",
    "Charter",
    "Checkpoint",
    "ClockOffset",
    "Comment",
    "DoneOnce",
    "Election",
    "Invitation",
    "Mandate",
    "Membership",
    "Notice",
    "Objection",
    "Offer",
    "OpenedBallots",
    "Person",
    "Proposal",
    "Receipt",
    "RecordHead",
    "RecordLine",
    "RecordText",
    "Reply",
    "Report",
    "RollEntry",
    "SealedBallot",
    "Second",
    "SignInCard",
    "SigningKey",
    "SigningStop",
    "Stage",
    "Task",
    "TextVersion",
    "Vote",
    "VoteKey",
    "Vouch",
    "Withdrawal",
    "heads_to_sign",
]
