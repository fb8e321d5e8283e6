"""How a vote ended, or would end as it stands, in one sentence with its own numbers."""

from collections.abc import Mapping

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from core.rules.counting import Outcome, Reason, decide, floor, quorum_needed
from core.rules.positions import ELECTIONS, Position, Rule
from core.rules.terms import VoteTerms
from core.words.rules import Words, share

P = Position
Counts = Mapping[Position, int]

TONES: dict[Outcome, str] = {
    Outcome.ADOPTED: "leaf",
    Outcome.NOT_ADOPTED: "mute",
    Outcome.BLOCKED: "brick",
    Outcome.NO_QUORUM: "sun",
    Outcome.OVERTAKEN: "mute",
    Outcome.VOID: "mute",
}

WHOLE: dict[Outcome, Words] = {
    Outcome.OVERTAKEN: gettext_lazy(
        "Overtaken: what it was about had changed meanwhile, so the ballots decided nothing."
    ),
    Outcome.VOID: gettext_lazy("Void: this vote does not count."),
}

KEY_LOST = gettext_lazy(
    "Void: the key to its secret ballots was lost, so nobody can open them. A new vote took its place."
)

ALONE: dict[Outcome, Words] = {
    Outcome.ADOPTED: gettext_lazy("Adopted. Fewer than five voted, so only the outcome is told."),
    Outcome.NOT_ADOPTED: gettext_lazy("Not adopted. Fewer than five voted, so only the outcome is told."),
    Outcome.NO_QUORUM: gettext_lazy("No quorum. Fewer than five voted, so only the outcome is told."),
}

HEADS: dict[Outcome, Words] = {
    Outcome.ADOPTED: gettext_lazy("Adopted: %(why)s."),
    Outcome.NOT_ADOPTED: gettext_lazy("Not adopted: %(why)s."),
    Outcome.BLOCKED: gettext_lazy("Blocked: %(why)s."),
    Outcome.NO_QUORUM: gettext_lazy("No quorum: %(why)s."),
}

HEADS_SO_FAR: dict[Outcome, Words] = {
    Outcome.ADOPTED: gettext_lazy("As it stands it would be adopted: %(why)s."),
    Outcome.NOT_ADOPTED: gettext_lazy("As it stands it would not be adopted: %(why)s."),
    Outcome.BLOCKED: gettext_lazy("As it stands it would be blocked: %(why)s."),
    Outcome.NO_QUORUM: gettext_lazy("As it stands too few have taken part: %(why)s."),
}

IN_FAVOUR: dict[Rule, Words] = {
    Rule.CONSENSUS: gettext_lazy("%(favour)d of %(took)d who took part agree and nobody blocks"),
    Rule.WEAK: gettext_lazy("%(favour)d agree and %(against)d disagree, where %(agreement)s had to agree"),
    Rule.REMOVAL: gettext_lazy("%(favour)d of the %(roll)d on the roll say yes, and no more than one says no"),
}
MORE_YES = gettext_lazy("%(favour)d say yes and %(against)d say no")

AGAINST: dict[Reason, Words] = {
    Reason.TOO_FEW_AGREE: gettext_lazy("%(favour)d of %(took)d who took part agree, which is not more than half"),
    Reason.TOO_MANY_ASIDE: gettext_lazy("%(asides)d of %(took)d stand aside, more than %(asides_at_most)s"),
    Reason.SHARE_MISSED: gettext_lazy("%(favour)d in favour and %(against)d against, where %(agreement)s had to agree"),
    Reason.MORE_NO: gettext_lazy("%(against)d say no and %(favour)d say yes"),
    Reason.TIE: gettext_lazy("%(favour)d say yes and %(against)d say no, a tie"),
    Reason.TOO_FEW_TOOK_PART: gettext_lazy(
        "%(favour)d say yes and %(against)d say no, and only %(took)d of %(roll)d took part, "
        "where %(quorum)d are needed"
    ),
    Reason.REMOVAL_HALF: gettext_lazy("%(favour)d of the %(roll)d on the roll say yes, which is not more than half"),
    Reason.REMOVAL_NOES: gettext_lazy("%(against)d say no, where one may at most"),
    Reason.FLOOR: gettext_lazy("%(favour)d in favour, and at least %(least)d are needed"),
}


ELECTED_ALONE: dict[Outcome, Words] = {
    Outcome.ADOPTED: gettext_lazy("Elected. Fewer than five voted, so only the outcome is told."),
    Outcome.NOT_ADOPTED: gettext_lazy("Nobody was elected. Fewer than five voted, so only the outcome is told."),
}
ELECTED: dict[Outcome, Words] = {
    Outcome.ADOPTED: gettext_lazy("Elected: %(took)d of %(roll)d took part."),
    Outcome.NOT_ADOPTED: gettext_lazy("Nobody was elected: %(took)d of %(roll)d took part, and all seats stay vacant."),
}


def tell(outcome: Outcome, reason: Reason, counts: Counts, terms: VoteTerms) -> str:
    """The outcome of a counted vote: "Adopted: 25 of 27 who took part agree and nobody blocks."."""
    if reason == Reason.KEY_LOST:
        return str(KEY_LOST)
    if outcome in WHOLE:
        return str(WHOLE[outcome])
    if terms.rule in ELECTIONS and outcome in ELECTED:
        return str(ELECTED[outcome]) % _numbers(counts, terms)
    return str(HEADS[outcome]) % {"why": why(outcome, reason, counts, terms, over=True)}


def tell_alone(outcome: Outcome, rule: Rule) -> str:
    """The outcome of a secret vote in which so few voted that nothing else may be told."""
    if rule in ELECTIONS and outcome in ELECTED_ALONE:
        return str(ELECTED_ALONE[outcome])
    return str(ALONE.get(outcome, WHOLE.get(outcome, "")))


def as_it_stands(counts: Counts, terms: VoteTerms) -> str:
    """How it would end if it closed now, by the same rules that will decide it; of an election only how many voted."""
    if terms.rule in ELECTIONS:
        return _("%(took)d of %(roll)d have voted so far.") % _numbers(counts, terms)
    result = decide(counts, terms)
    return str(HEADS_SO_FAR[result.outcome]) % {"why": why(result.outcome, result.reason, counts, terms, over=False)}


def tone_as_it_stands(counts: Counts, terms: VoteTerms) -> str:
    """The colour of that sentence."""
    if terms.rule in ELECTIONS:
        return "mute"
    return TONES[decide(counts, terms).outcome]


def why(outcome: Outcome, reason: Reason, counts: Counts, terms: VoteTerms, *, over: bool) -> str:
    """The clause after the colon."""
    if outcome == Outcome.BLOCKED:
        blocks = counts.get(P.BLOCK, 0)
        return ngettext("%(n)d block stands", "%(n)d blocks stand", blocks) % {"n": blocks}
    if outcome == Outcome.ADOPTED:
        clause = IN_FAVOUR.get(terms.rule, MORE_YES)
    elif outcome == Outcome.NO_QUORUM:
        clause = _too_few(over=over)
    else:
        clause = AGAINST[reason]
    return str(clause) % _numbers(counts, terms)


def _too_few(*, over: bool) -> str:
    if over:
        return _("only %(took)d of %(roll)d took part, where %(quorum)d are needed")
    return _("%(took)d of %(roll)d so far, where %(quorum)d are needed")


def _numbers(counts: Counts, terms: VoteTerms) -> dict[str, int | str]:
    return {
        "favour": counts.get(P.AGREE, 0) + counts.get(P.RESERVATIONS, 0) + counts.get(P.YES, 0),
        "against": counts.get(P.DISAGREE, 0) + counts.get(P.NO, 0),
        "asides": counts.get(P.ASIDE, 0),
        "took": sum(counts.values()),
        "roll": terms.roll_size,
        "quorum": quorum_needed(terms),
        "least": floor(terms.roll_size),
        "agreement": share(terms.agreement),
        "asides_at_most": share(terms.asides),
    }
