"""How a vote is decided, in one sentence with its own numbers."""

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.rules.counting import floor, quorum_needed
from core.rules.positions import Rule
from core.rules.shares import Share
from core.rules.terms import VoteTerms

Words = str | Promise

NAMES: dict[Rule, str | Promise] = {
    Rule.CONSENSUS: gettext_lazy("consensus"),
    Rule.WEAK: gettext_lazy("weak consensus"),
    Rule.MAJORITY: gettext_lazy("simple majority"),
    Rule.RECALL: gettext_lazy("simple majority"),
    Rule.REMOVAL: gettext_lazy("nearly everybody"),
    Rule.REMOVAL_LARGE: gettext_lazy("weak consensus"),
    Rule.APPROVAL: gettext_lazy("election by marking"),
    Rule.SCHULZE: gettext_lazy("election by ranking"),
    Rule.STV: gettext_lazy("election by ranking"),
}

EXPLAINED: dict[Rule, Words] = {
    Rule.WEAK: gettext_lazy(
        "Weak consensus: adopted if at least %(quorum)d of %(roll)d take part and at least %(agreement)s of those who "
        "agree or disagree agree."
    ),
    Rule.MAJORITY: gettext_lazy(
        "Simple majority: adopted if at least %(quorum)d of %(roll)d take part and more say yes than no."
    ),
    Rule.RECALL: gettext_lazy(
        "The mandate ends if more say yes than no, and more than half of the %(roll)d on the roll say yes or at least "
        "%(quorum)d take part. With a tie the delegate stays."
    ),
    Rule.REMOVAL: gettext_lazy(
        "The membership ends if more than half of the %(roll)d on the roll say yes and at most one says no."
    ),
    Rule.REMOVAL_LARGE: gettext_lazy(
        "The membership ends if at least %(quorum)d of %(roll)d take part and at least %(agreement)s of those who say "
        "yes or no say yes."
    ),
    Rule.APPROVAL: gettext_lazy(
        "Election by approval: if at least %(quorum)d of %(roll)d take part, a seat goes to whom more than half of the "
        "ballots approve, the most approved first."
    ),
    Rule.SCHULZE: gettext_lazy(
        "Election by ranking: if at least %(quorum)d of %(roll)d take part, the seat goes to whom the rankings prefer "
        "to each other candidate, or who holds out best against them (Schulze's method)."
    ),
    Rule.STV: gettext_lazy(
        "Election by ranking: if at least %(quorum)d of %(roll)d take part, the seats are shared out so that each "
        "group of voters gets its part (the single transferable vote, as in Scotland)."
    ),
}

SMALL_ROLL = 8
"""Up to here the least number in favour can decide, so the sentence says it."""


def marked_quorum(terms: VoteTerms) -> int | None:
    """The quorum that the result bar marks; a removal in a small body counts its yes against the roll instead."""
    return None if terms.rule == Rule.REMOVAL else quorum_needed(terms)


def share(value: Share) -> str:
    """A share in words: "4 in 5"."""
    return _("%(part)d in %(whole)d") % {"part": value.num, "whole": value.den}


def explain(terms: VoteTerms) -> str:
    """What it takes, with this vote's own numbers."""
    said = _sentence(terms) % {
        "quorum": quorum_needed(terms),
        "roll": terms.roll_size,
        "agreement": share(terms.agreement),
        "asides": share(terms.asides),
    }
    if terms.roll_size <= SMALL_ROLL:
        said += " " + _("At least %(least)d have to be in favour.") % {"least": floor(terms.roll_size)}
    return said


def _sentence(terms: VoteTerms) -> str:
    return _consensus(terms) if terms.rule == Rule.CONSENSUS else str(EXPLAINED[terms.rule])


def _consensus(terms: VoteTerms) -> str:
    if terms.asides.num == 0:
        return _(
            "Consensus: adopted if at least %(quorum)d of %(roll)d take part, more than half of them agree, nobody "
            "stands aside, and no block stands."
        )
    return _(
        "Consensus: adopted if at least %(quorum)d of %(roll)d take part, more than half of them agree, no more than "
        "%(asides)s stand aside, and no block stands."
    )
