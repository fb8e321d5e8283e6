"""Facts, with the constraints that keep them true."""

from .accords import Accord, AccordSide
from .accounts import (
    WAIT,
    AccountNews,
    Calendar,
    Friend,
    Merging,
    MergingVouch,
    Recovery,
    RecoveryVouch,
)
from .affected import Affected
from .alternatives import Alternative
from .audits import ANSWER_MAX, FOUND_MAX, Audit, AuditReading, Evidence, Finding, FindingAnswer, FindingStep
from .bodies import Adoption, Application, Body, CharterObjection, Invitation, Membership, Objection, Vouch
from .cases import CASE_STEPS, Case, CaseAssent, CaseFinding, CaseNamed, CasePaper, CaseSeat
from .charters import Charter
from .comments import Attended, Comment, Reply
from .desk import CardHandout
from .elections import SEATS_AT_MOST, WORDS_MAX, Candidacy, Election
from .entered import Aid, EnteredBallot, PaperBallot
from .hosting import HostedMatter
from .mandates import Mandate, Report, Withdrawal
from .notices import Cause, Notice
from .people import ApiToken, DoneOnce, Person, SignInCard
from .proposals import (
    CLOSED,
    LIVE,
    NEVER_SHOWN,
    STEPS,
    TEXT_MAX,
    Offer,
    Proposal,
    Second,
    Stage,
    Task,
    TextVersion,
)
from .records import ClockOffset, RecordHead, RecordLine, RecordText
from .sealed import FileReader, Reading, ReadingKey, SealedFile, SealedText
from .secret import OpenedBallots, SealedBallot, VoteKey
from .signing import LABEL_LOCKS, Checkpoint, Receipt, SigningKey, SigningStop, heads_to_sign
from .talk import AMENDMENT_STEPS, REASON_MAX, SUMMARY_MAX, Amendment, Summary, Temperature
from .vote_guards import VOTE_LOCKS
from .votes import Ballot, RollEntry, Vote

__all__ = [
    "AMENDMENT_STEPS",
    "ANSWER_MAX",
    "CASE_STEPS",
    "CLOSED",
    "FOUND_MAX",
    "LABEL_LOCKS",
    "LIVE",
    "NEVER_SHOWN",
    "REASON_MAX",
    "SEATS_AT_MOST",
    "STEPS",
    "SUMMARY_MAX",
    "TEXT_MAX",
    "VOTE_LOCKS",
    "WAIT",
    "WORDS_MAX",
    "Accord",
    "AccordSide",
    "AccountNews",
    "Adoption",
    "Affected",
    "Aid",
    "Alternative",
    "Amendment",
    "ApiToken",
    "Application",
    "Attended",
    "Audit",
    "AuditReading",
    "Ballot",
    "Body",
    "Calendar",
    "Candidacy",
    "CardHandout",
    "Case",
    "CaseAssent",
    "CaseFinding",
    "CaseNamed",
    "CasePaper",
    "CaseSeat",
    "Cause",
    "Charter",
    "CharterObjection",
    "Checkpoint",
    "ClockOffset",
    "Comment",
    "DoneOnce",
    "Election",
    "EnteredBallot",
    "Evidence",
    "FileReader",
    "Finding",
    "FindingAnswer",
    "FindingStep",
    "Friend",
    "HostedMatter",
    "Invitation",
    "Mandate",
    "Membership",
    "Merging",
    "MergingVouch",
    "Notice",
    "Objection",
    "Offer",
    "OpenedBallots",
    "PaperBallot",
    "Person",
    "Proposal",
    "Reading",
    "ReadingKey",
    "Receipt",
    "RecordHead",
    "RecordLine",
    "RecordText",
    "Recovery",
    "RecoveryVouch",
    "Reply",
    "Report",
    "RollEntry",
    "SealedBallot",
    "SealedFile",
    "SealedText",
    "Second",
    "SignInCard",
    "SigningKey",
    "SigningStop",
    "Stage",
    "Summary",
    "Task",
    "Temperature",
    "TextVersion",
    "Vote",
    "VoteKey",
    "Vouch",
    "Withdrawal",
    "heads_to_sign",
]
