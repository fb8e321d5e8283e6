"""The count of an election in words: whom each ballot chose, and every step of the count."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from core.rules.choices import Choice
from core.rules.stv import WHOLE, Step
from core.words.rules import Words

Names = Mapping[int, str]
NOBODY: Words = gettext_lazy("None of these")


def votes(units: int) -> str:
    """Votes from 1/100,000, with no more decimals than they have: "4", "3.42857"."""
    return str(number_format(Decimal(units) / WHOLE, use_l10n=True)) if units % WHOLE else str(units // WHOLE)


def listed(numbers: Sequence[int], names: Names) -> str:
    """Names with commas."""
    return ", ".join(names[number] for number in numbers)


def choice(chosen: Choice, names: Names, *, ranked: bool) -> str:
    """What a ballot says: "Bruno, Eva"; a ranking "1 Bruno, 2 Eva"."""
    if not isinstance(chosen, tuple):
        return str(chosen)
    if not ranked:
        return listed(chosen, names)
    return ", ".join(f"{place} {names[number]}" for place, number in enumerate(chosen, start=1))


def stage(data: Mapping[str, Any], names: Names, quota: int) -> list[str]:
    """What happened at one stage, sentence by sentence."""
    said = [opening(data, names, quota)]
    if data["tie_stage"]:
        said.append(
            _("Several had equally many: what decided is stage %(n)d, where they differed.") % {"n": data["tie_stage"]}
        )
    if data["lot"]:
        said.append(lot(data["lot"], names))
    said += moved(data, names)
    if data["elected"]:
        said.append(elected(data, names, quota))
    return said


def opening(data: Mapping[str, Any], names: Names, quota: int) -> str:
    """The first sentence: what the stage did."""
    if data["step"] == Step.FIRST:
        return _("Every ballot lies with its first choice. The quota is %(quota)d.") % {"quota": quota}
    name = names[data["who"]]
    if data["step"] == Step.SURPLUS:
        return _("%(name)s has more votes than the quota: what is over goes on to the next choices.") % {"name": name}
    if data["moves"]:
        return _("%(name)s has the fewest votes and is out: these ballots go on to the next choices.") % {"name": name}
    if data["elected"]:
        said = _("%(name)s has the fewest votes and is out. Those who are left fill the seats; nothing more is moved.")
    else:
        said = _("%(name)s has the fewest votes and is out. There are no ballots to move.")
    return said % {"name": name}


def moved(data: Mapping[str, Any], names: Names) -> list[str]:
    """Where ballots went and with what value, one sentence for each destination; nothing for the first stage."""
    if data["step"] == Step.FIRST:
        return []
    said = []
    for to, value, papers in data["moves"]:
        numbers = {"n": papers, "value": votes(value), "name": names[to] if to is not None else ""}
        if to is None:
            said.append(
                ngettext("%(n)d ballot names nobody who is left.", "%(n)d ballots name nobody who is left.", papers)
                % numbers
            )
        else:
            said.append(
                ngettext(
                    "%(n)d ballot goes to %(name)s, as %(value)s of a vote.",
                    "%(n)d ballots go to %(name)s, each as %(value)s of a vote.",
                    papers,
                )
                % numbers
            )
    return said


def elected(data: Mapping[str, Any], names: Names, quota: int) -> str:
    """Who has a seat by this stage, and why."""
    numbers = data["elected"]
    by_quota = all(data["votes"][str(number)] >= quota * WHOLE for number in numbers)
    if by_quota:
        return _("The quota is reached by: %(names)s.") % {"names": listed(numbers, names)}
    return _("The seats that are left go to: %(names)s.") % {"names": listed(numbers, names)}


def lot(data: Mapping[str, Any], names: Names) -> str:
    """A draw, with who was in it and how it came out."""
    return _("The lot was drawn between %(among)s. It came out in this order: %(order)s.") % {
        "among": listed(data["among"], names),
        "order": listed(data["order"], names),
    }


def duel(one: str, other: str, for_one: int, for_other: int) -> str:
    """How two candidates compare on the ballots."""
    numbers = {"one": one, "other": other, "more": for_one, "less": for_other}
    if for_one == for_other:
        return _("%(one)s and %(other)s: %(more)d each.") % numbers
    return _("%(one)s before %(other)s: %(more)d to %(less)d.") % numbers


def vacant(seats: int) -> str:
    """Seats that nobody has."""
    return ngettext("%(n)d seat stays vacant.", "%(n)d seats stay vacant.", seats) % {"n": seats}


def too_few(name: str, favour: int, least: int) -> str:
    """Somebody whom the method gives a seat, and too few want."""
    return _("%(name)s would have had a seat, but too few are in favour: %(favour)d, and %(least)d are needed.") % {
        "name": name,
        "favour": favour,
        "least": least,
    }


def none_won() -> str:
    """That "none of these" had a seat."""
    return _("“None of these” won a seat: it stays vacant.")
