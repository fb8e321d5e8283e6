"""What the page of an election shows beside that of other proposals: its form, and its ballot as it was typed."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from core.forms.elections import ChoiceForm, StandForm
from core.forms.secret_ballots import two_digits_of
from core.models import Candidacy
from core.queries.elections import ElectionPage
from core.rules.choices import NONE_OF_THESE, Choice, read
from core.rules.positions import Position
from core.words import elections as words
from core.words.positions import LABELS
from core.words.rules import Words

if TYPE_CHECKING:
    from core.queries.proposals import ProposalPage
    from core.views._proposal import Refused


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a ballot: a candidate, or "none of these", with what was typed or chosen before."""

    number: int
    name: str
    candidacy: Candidacy | None
    typed: str
    marked: bool


@dataclass(frozen=True, slots=True)
class Option:
    """One of the answers on a line of a ballot."""

    value: str
    label: Words
    chosen: bool


@dataclass(frozen=True, slots=True)
class Row:
    """A line, the name of its field, and what can be chosen there."""

    line: Line
    field: str
    options: list[Option]


def election_forms(page: "ProposalPage", refused: "Refused | None") -> dict[str, Any]:
    """The form for who stands."""
    if page.election is None:
        return {}
    own = page.election.own
    form = refused.form if refused else None
    return {
        "stand_form": form if isinstance(form, StandForm) else StandForm(initial={"words": own.words if own else ""})
    }


def election_ballot(page: "ProposalPage", form: Any) -> dict[str, Any]:
    """The lines of the ballot, and one's own choice in words."""
    if page.election is None:
        return {}
    own = page.ballot
    kept = read(own.choice) if own is not None and own.choice else ()
    ranked = page.election.election.ranked
    shown = lines(page.election, kept, form.data if isinstance(form, ChoiceForm) else None)
    return {
        "lines": shown,
        "rows": [Row(line, f"place_{line.number}", places_for(line, len(shown))) for line in shown],
        "own_choice": words.choice(kept, page.election.names, ranked=ranked) if kept else "",
    }


def secret_election_ballot(page: "ProposalPage", form: Any) -> dict[str, Any]:
    """The rows of a secret ballot: each sends two digits, whatever is chosen."""
    if page.election is None:
        return {}
    shown = lines(page.election, (), form.data if isinstance(form, ChoiceForm) else None)
    ranked = page.election.election.ranked
    return {
        "rows": [
            Row(
                line,
                two_digits_of(line.number),
                places_for(line, len(shown), digits=2) if ranked else answers_for(line),
            )
            for line in shown
        ]
    }


def places_for(line: Line, many: int, digits: int = 0) -> list[Option]:
    """No place, or one from the first on; with so many digits."""
    places = [Option(f"{place:0{digits}}", str(place), chosen=line.typed == str(place)) for place in range(1, many + 1)]
    return [Option("0" * digits, "–", chosen=not any(place.chosen for place in places)), *places]


def answers_for(line: Line) -> list[Option]:
    """No, or yes."""
    return [Option("00", LABELS[Position.NO], chosen=not line.marked), Option("01", LABELS[Position.YES], line.marked)]


def lines(page: ElectionPage, kept: Choice, typed: Any) -> list[Line]:
    """Every candidate in order, "none of these" last."""
    rows = {row.number: row for row in page.candidates if row.number is not None}
    names = page.names
    chosen = kept if isinstance(kept, tuple) else ()
    return [
        Line(
            number=number,
            name=names[number],
            candidacy=rows.get(number),
            typed=place(number, kept) if typed is None else typed.get(f"place_{number}", ""),
            marked=number in chosen if typed is None else str(number) in typed.getlist("approve"),
        )
        for number in [*rows, NONE_OF_THESE]
    ]


def place(number: int, kept: Choice) -> str:
    """The place a number has in a ranking given before."""
    return str(kept.index(number) + 1) if isinstance(kept, tuple) and number in kept else ""
