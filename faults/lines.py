"""What the record tells of each vote, beside what stands in the tables. Both must say the same (DESIGN 11, 15)."""

import json
from collections.abc import Callable
from typing import Any

Query = Callable[[str], list[tuple[Any, ...]]]

VOTES = """SELECT p.body_id, v.proposal_id, v.number, v.roll_size, v.rule, c.number, t.number, v.outcome, v.reason,
    v.tally, v.ballots_root FROM core_vote v JOIN core_proposal p ON p.id = v.proposal_id
    JOIN core_charter c ON c.id = v.charter_id JOIN core_textversion t ON t.id = v.text_id"""
LINES = "SELECT body_id, line FROM core_recordline WHERE what = '{what}'"
TOLD = {
    "vote.opened": ("roll", "rule", "charter", "version"),
    "vote.counted": ("roll", "outcome", "reason", "tally", "ballots"),
}
"""What each line says. Of a secret vote it leaves out, or says null, what nobody may know."""
NAMES = ("roll", "rule", "charter", "version", "outcome", "reason", "tally", "ballots")


def wrong_lines(query: Query) -> list[str]:
    """Each difference between a vote's lines and its row: roll, rule, charter and text it opened with, the result."""
    rows = {row[:3]: dict(zip(NAMES, row[3:], strict=True)) for row in query(VOTES)}
    found = []
    for what, told in TOLD.items():
        for body, line in query(LINES.replace("{what}", what)):
            data = json.loads(line)["data"]
            row = rows.get((body, data["proposal"], data["vote"]))
            if row is None:
                found.append(f"15 {what}: no such vote {data['proposal']}.{data['vote']}")
                continue
            shown = row | {"tally": shown_of(as_json(row["tally"]), data.get("tally"))}
            other = [name for name in told if name in data and data[name] != shown[name]]
            found += [
                f"15 {what} of {data['proposal']}.{data['vote']}: the record tells another {name}" for name in other
            ]
    return found


def shown_of(stored: Any, told: Any) -> Any:
    """A stored tally as the record has it: none where only the outcome is told, which of an election names who won."""
    return None if told is None and isinstance(stored, dict) and stored.keys() <= {"elected"} else stored


def as_json(cell: Any) -> Any:
    """JSON columns come parsed or as text, depending on who asks."""
    return json.loads(cell) if isinstance(cell, str) and cell[:1] == "{" else cell
