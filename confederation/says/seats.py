"""What core is told of seats."""

from confederation.words.records_seats import GROUP, LABEL, SAYS
from core.words.records import register_lines


def register() -> None:
    """Called once at start-up."""
    register_lines(GROUP, LABEL, SAYS)
