"""A proposal that is talked over, other words for its passages, and every verb of that talk by its name."""

from collections.abc import Callable
from typing import Any

from core.actions import amendments, comments, proposals, summaries, temperatures
from core.actions.comments import About
from core.models import Amendment, Person, Proposal
from core.timekeeping import folkmoot_now
from tests.core.actions.scene import Street

TEXT = "We open the lot at the corner.\n\nIt costs 200.\n\nWe look again in May."


def draft(street: Street, text: str = TEXT) -> Proposal:
    return proposals.draft(street.body, by=street.ana, at=folkmoot_now(), title="The lot", text=text)


def talked_over(street: Street, text: str = TEXT) -> Proposal:
    """A proposal of ana in discussion."""
    return proposals.put_up(draft(street, text), by=street.ana, at=folkmoot_now())


def amend(
    proposal: Proposal, by: Person, passage: str = "200", words: str = "150", *, seen: int | None = None
) -> Amendment:
    """Other words for a passage of the newest version."""
    newest = seen or proposal.texts.latest("number").number
    return amendments.propose(proposal, passage, words, "It is cheaper.", by=by, at=folkmoot_now(), seen=newest)


def accept(amendment: Amendment, by: Person) -> Amendment:
    return amendments.accept(amendment, by=by, at=folkmoot_now())


def decline(amendment: Amendment, by: Person) -> Amendment:
    return amendments.decline(amendment, "We asked for it.", by=by, at=folkmoot_now())


def withdraw(amendment: Amendment, by: Person) -> Amendment:
    return amendments.withdraw(amendment, by=by, at=folkmoot_now())


def let_stand(amendment: Amendment, by: Person) -> Amendment:
    return amendments.let_stand(amendment, by=by, at=folkmoot_now())


ON_AMENDMENTS: dict[str, Callable[[Amendment, Person], Any]] = {
    "accept": accept,
    "decline": decline,
    "withdraw": withdraw,
    "let_stand": let_stand,
}
ON_PROPOSALS: dict[str, Callable[[Proposal, Person], Any]] = {
    "amend": amend,
    "feel": lambda p, by: temperatures.feel(p, "warm", by=by, at=folkmoot_now()),
    "sum_up": lambda p, by: summaries.write(p, "talk", "Most agree.", by=by, at=folkmoot_now(), seen=0),
    "say_plainly": lambda p, by: summaries.write(p, "text", "We open it.", by=by, at=folkmoot_now(), seen=0),
    "speak_of": lambda p, by: comments.write(p, "Much.", by=by, at=folkmoot_now(), about=About(1, "200")),
}


def amended(street: Street, how: str = "open") -> Amendment:
    """Words of bruno's in that state."""
    amendment = amend(talked_over(street), street.bruno)
    if "declined" in how:
        decline(amendment, street.ana)
    if "standing" in how:
        let_stand(amendment, street.bruno)
    if how == "accepted":
        accept(amendment, street.ana)
    if how == "withdrawn":
        withdraw(amendment, street.bruno)
    return Amendment.objects.get(pk=amendment.pk)
