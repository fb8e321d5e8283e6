"""What core is told of seats: what ends with a body, who may be sent, what falls due, what pages show."""

from confederation.actions import delegates, leaving
from confederation.queries import panels
from confederation.queries.ours import left_since
from confederation.queries.reach import read_from_below
from confederation.words.records_seats import GROUP, LABEL, SAYS
from core.readers import MARKS, Readers, register_readers
from core.registry import ENDS_ELSEWHERE, ON_ENDING, STANDS, Duty, register_duty, register_panels
from core.words.records import register_lines


def register() -> None:
    """Called once at start-up."""
    ENDS_ELSEWHERE.append(leaving.ends_elsewhere)
    ON_ENDING.append(leaving.end_seats_of)
    STANDS.append(delegates.may_be_sent)
    register_duty(Duty("empty", leaving.end_if_empty, leaving.empty))
    MARKS.append(left_since)
    register_panels(panels.panels_of)
    register_readers(Readers(read_from_below, panels.in_place_of_votes, panels.in_place_of_confidence))
    register_lines(GROUP, LABEL, SAYS)
