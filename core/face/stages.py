"""Where a proposal is, as steps on a line; and the colour of each state (its word always stands beside it)."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

TONES: dict[str, str] = {
    "idea": "mute",
    "discussion": "sky",
    "voting": "leaf",
    "round": "sun",
    "adopted": "leaf",
    "not_adopted": "mute",
    "blocked": "brick",
    "no_quorum": "sun",
    "overtaken": "mute",
    "void": "mute",
    "withdrawn": "mute",
}
STOPS: dict[str, str | Promise] = {
    "not_adopted": _("Not adopted"),
    "blocked": _("Blocked"),
    "no_quorum": _("No quorum"),
    "overtaken": _("Overtaken"),
    "void": _("Void"),
    "withdrawn": _("Withdrawn"),
}


@dataclass(frozen=True, slots=True)
class Step:
    """One place on the line: `state` is done, now, stopped or next; `word` says it."""

    label: str | Promise
    state: str
    word: str | Promise


WORDS: dict[str, str | Promise] = {
    "done": _("done"),
    "now": _("now"),
    "stopped": _("ended here"),
    "next": _("still to come"),
}


def steps(stage: str, *, carried_out: bool = False) -> list[Step]:
    """The line for a stage: idea, discussion, voting, decision, carried out."""
    labels: list[str | Promise] = [_("Idea"), _("Discussion"), _("Voting")]
    if stage in STOPS:
        before = labels[:2] if stage == "withdrawn" else labels
        return [_step(label, "done") for label in before] + [_step(STOPS[stage], "stopped")]
    if stage == "adopted":
        last = "done" if carried_out else "now"
        return [_step(label, "done") for label in [*labels, _("Adopted")]] + [_step(_("Carried out"), last)]
    if stage == "round":
        labels[2] = _("Round of talks")
    here = {"idea": 0, "discussion": 1}.get(stage, 2)
    labels += [_("Decided"), _("Carried out")]
    return [_step(label, "done" if n < here else "now" if n == here else "next") for n, label in enumerate(labels)]


def _step(label: str | Promise, state: str) -> Step:
    return Step(label, state, WORDS[state])
