"""What the ballot box of a vote between several texts shows: the texts, those marked, the position for all others."""

from typing import TYPE_CHECKING, Any

from core.forms.texts import TextsForm
from core.queries.alternatives import as_marked
from core.words import alternatives

if TYPE_CHECKING:
    from core.queries.proposals import ProposalPage
    from core.views._proposal import Refused


def texts_ballot(page: "ProposalPage", refused: "Refused | None") -> dict[str, Any]:
    """Nothing is marked or chosen beforehand but what the person marked and chose."""
    standing, own = page.standing, page.ballot
    assert standing is not None  # noqa: S101  (for the type checker)
    typed = refused.form if refused and refused.act == "ballot" and isinstance(refused.form, TextsForm) else None
    kept = as_marked(own) if own is not None else None
    marks = typed.typed if typed else [str(number) for number in kept.marks] if kept else []
    chosen = str(typed.data.get("position", "")) if typed else kept.position if kept else ""
    may_block = page.entry is not None and page.entry.may_block
    return {
        "ballot_form": typed,
        "ballot_refusal": refused.sentence if refused and refused.act == "ballot" else "",
        "choices": alternatives.choices(standing.rule, chosen=chosen, may_block=may_block),
        "marked": set(marks),
        "reason": {
            "help": alternatives.WHY,
            "value": typed.data.get("reason", "") if typed else own.reason if own else "",
            "error": (typed.errors.get("reason") or [""])[0] if typed else "",
        },
        "hidden": {"vote": standing.vote.pk},
        "told": alternatives.said(kept) if kept else "",
    }
