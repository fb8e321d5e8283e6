"""Facts about councils, with the constraints that keep them true: one file for each noun."""

from .boards import STEPS, Attendance, Board, Extension, Need
from .guards import Beginning, Holding, Joining
from .library import Item, Loan
from .profiles import CouncilProfile
from .splits import Split, SplitChoice
from .studies import Study, StudySeat

__all__ = [
    "STEPS",
    "Attendance",
    "Beginning",
    "Board",
    "CouncilProfile",
    "Extension",
    "Holding",
    "Item",
    "Joining",
    "Loan",
    "Need",
    "Split",
    "SplitChoice",
    "Study",
    "StudySeat",
]
