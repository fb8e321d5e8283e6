"""Facts about councils, with the constraints that keep them true: one file for each noun."""

from .agenda import AgendaItem, Duty
from .assemblies import Assembly, DateMark, DateOption
from .attendance import Attendance, Turn, Wave
from .boards import STEPS, Arrival, Board, Extension, Need
from .groups import GroupInvitation, KnownGroup
from .guards import Beginning, Holding, Joining
from .library import Item, Loan
from .minutes import Addendum, Errand, MinuteLine, Minutes
from .profiles import CouncilProfile
from .splits import Split, SplitChoice
from .studies import Study, StudySeat
from .waivers import Consent, Waiver

__all__ = [
    "STEPS",
    "Addendum",
    "AgendaItem",
    "Arrival",
    "Assembly",
    "Attendance",
    "Beginning",
    "Board",
    "Consent",
    "CouncilProfile",
    "DateMark",
    "DateOption",
    "Duty",
    "Errand",
    "Extension",
    "GroupInvitation",
    "Holding",
    "Item",
    "Joining",
    "KnownGroup",
    "Loan",
    "MinuteLine",
    "Minutes",
    "Need",
    "Split",
    "SplitChoice",
    "Study",
    "StudySeat",
    "Turn",
    "Waiver",
    "Wave",
]
