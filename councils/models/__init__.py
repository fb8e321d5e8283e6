"""Facts about councils, with the constraints that keep them true: one file for each noun."""

from .agenda import AgendaItem, Duty
from .assemblies import Assembly, DateMark, DateOption
from .attendance import Attendance, Turn, Wave
from .minutes import Addendum, Errand, MinuteLine, Minutes
from .waivers import Consent, Waiver

__all__ = [
    "Addendum",
    "AgendaItem",
    "Assembly",
    "Attendance",
    "Consent",
    "DateMark",
    "DateOption",
    "Duty",
    "Errand",
    "MinuteLine",
    "Minutes",
    "Turn",
    "Waiver",
    "Wave",
]
