"""A charter explained by its consequences: sentences with the numbers that it comes to in a council of that size."""

from collections.abc import Iterator

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from core.rules.charter import CharterNumbers
from councils.rules.consequences import Consequences, work_out


def consequences(numbers: CharterNumbers, size: int) -> Iterator[str]:
    """One sentence or two for each thing that people ask about, for a council of `size` who may vote."""
    found = work_out(numbers, size)
    yield from _stopping(numbers, found)
    yield _(
        "At least %(quorum)d of %(size)d have to take part. If fewer do, there is a second call of 7 days: then "
        "%(second)d are enough."
    ) % {"quorum": found.quorum, "size": size, "second": found.second_quorum}
    yield _("If just %(quorum)d take part, %(favour)d in favour adopt it. Never fewer than %(floor)d.") % {
        "quorum": found.quorum,
        "favour": found.favour_at_quorum,
        "floor": found.floor,
    }
    yield _("From the first word to the decision it takes at least %(days)d days; after a block at least %(more)d.") % {
        "days": found.days,
        "more": found.days_blocked,
    }
    yield _mandates(numbers, found)
    yield _(
        "Any one member opens a recall: %(yes)d yes end the mandate, or more yes than no when at least %(part)d take "
        "part. It also ends in the moment in which %(lost)d of %(size)d have withdrawn their confidence."
    ) % {"yes": found.recall_yes, "part": found.recall_part, "lost": found.confidence, "size": size}
    yield _joining(numbers)


def _stopping(numbers: CharterNumbers, found: Consequences) -> Iterator[str]:
    """What stops a proposal."""
    if not found.consensus:
        yield ngettext(
            "In a council of %(size)d, if all vote, %(n)d against stops a proposal; nobody alone can block it.",
            "In a council of %(size)d, if all vote, %(n)d against stop a proposal; nobody alone can block it.",
            found.stopping,
        ) % {"size": found.size, "n": found.stopping}
        return
    yield _(
        "In a council of %(size)d, one block stops a proposal. Who blocks says why, and you talk for %(days)d days "
        "before you vote anew."
    ) % {"size": found.size, "days": numbers.round_days}
    rounds = {"n": numbers.rounds_max}
    if numbers.after_rounds == "weak":
        yield (
            ngettext(
                "If a block still stands after %(n)d round, weak consensus decides.",
                "If a block still stands after %(n)d rounds, weak consensus decides.",
                numbers.rounds_max,
            )
            % rounds
        )
    else:
        yield (
            ngettext(
                "If a block still stands after %(n)d round, it is not adopted.",
                "If a block still stands after %(n)d rounds, it is not adopted.",
                numbers.rounds_max,
            )
            % rounds
        )
    yield ngettext(
        "If all take part, at most %(n)d may stand aside.",
        "If all take part, at most %(n)d may stand aside.",
        found.asides,
    ) % {"n": found.asides}


def _mandates(numbers: CharterNumbers, found: Consequences) -> str:
    """How long somebody can carry the same task."""
    return _(
        "A mandate lasts %(days)d days at most. Nobody holds the same one longer than %(longest)d days in a row."
    ) % {
        "days": numbers.term_days,
        "longest": found.longest_mandate,
    }


def _joining(numbers: CharterNumbers) -> str:
    """Who lets newcomers in, and when they vote."""
    ways = {
        "open": _("Whoever is in scope joins at once, and votes after %(days)d days."),
        "vouched": _(
            "Two members vouch for a newcomer, the others have 72 hours to object; they vote after %(days)d days."
        ),
        "proposal": _("The council decides on each newcomer; they vote after %(days)d days."),
    }
    return ways[numbers.admission] % {"days": numbers.waiting_days}
