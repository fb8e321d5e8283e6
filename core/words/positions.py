"""Positions: what each is called, what it means, how it is told of somebody."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from core.rules.positions import POSITIONS, Position, Rule

Words = str | Promise
P = Position

LABELS: dict[Position, Words] = {
    P.AGREE: _("Agree"),
    P.RESERVATIONS: _("Agree, with reservations"),
    P.ASIDE: _("Stand aside"),
    P.ABSTAIN: _("Abstain"),
    P.BLOCK: _("Block"),
    P.DISAGREE: _("Disagree"),
    P.YES: _("Yes"),
    P.NO: _("No"),
    P.CHOSEN: _("Voted"),
    P.STRUCK: _("Contested"),
}

EXPLAINED: dict[Position, Words] = {
    P.AGREE: _("I support it."),
    P.RESERVATIONS: _("I support it and name a worry."),
    P.ASIDE: _("Not for me, and I do not stop it."),
    P.ABSTAIN: _("I take part without a view."),
    P.BLOCK: _("It would harm us. I say why and help to find a way."),
    P.DISAGREE: _("I do not want it."),
    P.YES: _("I am for it."),
    P.NO: _("I am against it."),
}

EXPLAINED_FOR: dict[tuple[Rule, Position], Words] = {
    (Rule.RECALL, P.YES): _("The mandate ends at once."),
    (Rule.RECALL, P.NO): _("The delegate stays until the end of the term."),
    (Rule.REMOVAL, P.YES): _("The membership ends."),
    (Rule.REMOVAL, P.NO): _("The person stays a member."),
    (Rule.REMOVAL_LARGE, P.YES): _("The membership ends."),
    (Rule.REMOVAL_LARGE, P.NO): _("The person stays a member."),
}

TOLD: dict[Position, Words] = {
    P.AGREE: _("agrees"),
    P.RESERVATIONS: _("agrees with reservations"),
    P.ASIDE: _("stands aside"),
    P.ABSTAIN: _("abstains"),
    P.BLOCK: _("blocks"),
    P.DISAGREE: _("disagrees"),
    P.YES: _("says yes"),
    P.NO: _("says no"),
    P.CHOSEN: _("has voted"),
    P.STRUCK: _("contested what was entered"),
}

COUNTED: dict[Position, Any] = {
    P.AGREE: ngettext_lazy("agrees", "agree", "n"),
    P.RESERVATIONS: ngettext_lazy("agrees with reservations", "agree with reservations", "n"),
    P.ASIDE: ngettext_lazy("stands aside", "stand aside", "n"),
    P.ABSTAIN: ngettext_lazy("abstains", "abstain", "n"),
    P.BLOCK: ngettext_lazy("blocks", "block", "n"),
    P.DISAGREE: ngettext_lazy("disagrees", "disagree", "n"),
    P.YES: ngettext_lazy("says yes", "say yes", "n"),
    P.NO: ngettext_lazy("says no", "say no", "n"),
    P.CHOSEN: ngettext_lazy("has voted", "have voted", "n"),
    P.STRUCK: ngettext_lazy("contested what was entered", "contested what was entered", "n"),
}

TONES: dict[Position, str] = {
    P.AGREE: "leaf",
    P.RESERVATIONS: "leaf",
    P.ASIDE: "sun",
    P.ABSTAIN: "mute",
    P.BLOCK: "brick",
    P.DISAGREE: "brick",
    P.YES: "leaf",
    P.NO: "brick",
    P.CHOSEN: "leaf",
    P.STRUCK: "mute",
}


@dataclass(frozen=True, slots=True)
class Choice:
    """One position as the ballot box offers it."""

    value: str
    label: Words
    explanation: Words
    tone: str
    chosen: bool = False


def choices(rule: Rule, *, chosen: str = "", may_block: bool = True) -> list[Choice]:
    """The positions of a rule in their order; a block only for those who may."""
    offered = [position for position in POSITIONS[rule] if may_block or position != P.BLOCK]
    return [
        Choice(
            position.value,
            LABELS[position],
            EXPLAINED_FOR.get((rule, position), EXPLAINED[position]),
            TONES[position],
            chosen=position.value == chosen,
        )
        for position in offered
    ]


@dataclass(frozen=True, slots=True)
class SecretChoice(Choice):
    """One position as a secret ballot offers it; `meant` is what it says.

    What is sent is a digit, so that a ballot is as long whatever it says: who watches the line learns nothing from it.
    """

    meant: Position = Position.ABSTAIN


def secret_choices(rule: str, *, chosen: str = "") -> list[SecretChoice]:
    """The positions of a secret ballot in their order; `chosen` is a digit that was sent."""
    return [
        SecretChoice(
            str(number),
            choice.label,
            choice.explanation,
            choice.tone,
            chosen=chosen == str(number),
            meant=Position(choice.value),
        )
        for number, choice in enumerate(choices(Rule(rule)), start=1)
    ]


def counted(position: Position, count: int) -> str:
    """What a number of people do, without the number: "agree", "stands aside"."""
    return str(COUNTED[position] % {"n": count})


def parts(rule: Rule, counts: Mapping[Position, int]) -> list[tuple[str, str, int]]:
    """The pieces of a result bar: position, words, count, in the order of the rule; of an election how many voted."""
    found = [(position, counts.get(position, 0)) for position in POSITIONS[rule] or (P.CHOSEN,)]
    return [(position.value, counted(position, count), count) for position, count in found if count]
