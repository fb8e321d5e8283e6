"""Facts of the councils, with the constraints that keep them true."""

from .boards import STEPS, Arrival, Board, Extension, Need
from .guards import Beginning, Holding, Joining
from .profiles import CouncilProfile
from .splits import Split, SplitChoice

__all__ = [
    "STEPS",
    "Arrival",
    "Beginning",
    "Board",
    "CouncilProfile",
    "Extension",
    "Holding",
    "Joining",
    "Need",
    "Split",
    "SplitChoice",
]
