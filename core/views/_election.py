"""What the page of an election shows beside that of other proposals: its form, and its ballot as it was typed."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from core.forms.elections import ChoiceForm, StandForm
from core.models import Candidacy
from core.queries.elections import ElectionPage
from core.rules.choices import NONE_OF_THESE, Choice, read
from core.words import elections as words

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
    typed = form.data if isinstance(form, ChoiceForm) else None
    ranked = page.election.election.ranked
    return {
        "lines": lines(page.election, kept, typed),
        "own_choice": words.choice(kept, page.election.names, ranked=ranked) if kept else "",
    }


def lines(page: ElectionPage, kept: Choice, typed: Any) -> list[Line]:
    """Every candidate in order, "none of these" last."""
    rows = {row.number: row for row in page.candidates if row.number is not None}
    names = page.names
    return [
        Line(
            number=number,
            name=names[number],
            candidacy=rows.get(number),
            typed=place(number, kept) if typed is None else typed.get(f"place_{number}", ""),
            marked=number in kept if typed is None else str(number) in typed.getlist("approve"),
        )
        for number in [*rows, NONE_OF_THESE]
    ]


def place(number: int, kept: Choice) -> str:
    """The place a number has in a ranking given before."""
    return str(kept.index(number) + 1) if isinstance(kept, tuple) and number in kept else ""
