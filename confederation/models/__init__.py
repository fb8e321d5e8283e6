"""Facts about bodies of bodies, with the constraints that keep them true: one file for each noun."""

from .bodies import Ceded, Confederation, Founding, FoundingMatter, Joining, Leaving, Seat
from .confidence import BodyWithdrawal, PersonWithdrawal
from .delegates import Delegation, SeatHolding
from .guards import ConfederationBody
from .holders import Holder
from .ratifying import Call, PeopleElector, PeopleQuestion, PeopleVote
from .referrals import Deviation, Forward, OwnWord, Referral, Station

__all__ = [
    "BodyWithdrawal",
    "Call",
    "Ceded",
    "Confederation",
    "ConfederationBody",
    "Delegation",
    "Deviation",
    "Forward",
    "Founding",
    "FoundingMatter",
    "Holder",
    "Joining",
    "Leaving",
    "OwnWord",
    "PeopleElector",
    "PeopleQuestion",
    "PeopleVote",
    "PersonWithdrawal",
    "Referral",
    "Seat",
    "SeatHolding",
    "Station",
]
