"""Facts about councils, with the constraints that keep them true: one file for each noun."""

from .library import Item, Loan
from .studies import Study, StudySeat

__all__ = ["Item", "Loan", "Study", "StudySeat"]
