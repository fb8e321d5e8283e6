"""A charter's numbers in sentences, by what they mean for people."""

from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from core.rules.charter import CharterNumbers
from core.words.rules import share


@dataclass(frozen=True, slots=True)
class Line:
    """One thing a charter settles: its name and what it means."""

    name: str
    says: str


def lines(numbers: CharterNumbers) -> list[Line]:
    """Everything a charter settles, in the order in which people ask."""
    return [*_deciding(numbers), *_time(numbers), *_mandates(numbers), *_members(numbers)]


def _deciding(numbers: CharterNumbers) -> list[Line]:
    return [
        Line(
            _("How we decide"),
            _(
                "By consensus while at most %(n)d may vote: any one member can block. Above that at least %(share)s "
                "of those who take a side must agree."
            )
            % {"n": numbers.consensus_up_to, "share": share(numbers.agreement)},
        ),
        Line(
            _("How many must take part"),
            _("At least %(share)s of those who may vote. If too few do, a second call of 7 days needs %(second)s.")
            % {"share": share(numbers.quorum), "second": share(numbers.second_quorum)},
        ),
        Line(_("Standing aside"), _asides(numbers)),
        Line(_("After a block"), _after_block(numbers)),
        Line(_("Running counts"), _counts(numbers)),
        Line(_("Secret votes"), _secret(numbers)),
        Line(_("Votes by mail"), _mail(numbers)),
    ]


def _after_block(numbers: CharterNumbers) -> str:
    talks = ngettext(
        "We talk for %(days)d days, then vote anew; %(rounds)d round at most.",
        "We talk for %(days)d days, then vote anew; %(rounds)d rounds at most.",
        numbers.rounds_max,
    ) % {"days": numbers.round_days, "rounds": numbers.rounds_max}
    if numbers.after_rounds == "weak":
        return talks + " " + _("If a block still stands then, weak consensus decides.")
    return talks + " " + _("If a block still stands then, it is not adopted.")


def _counts(numbers: CharterNumbers) -> str:
    if numbers.counts_visible == "members":
        return _("Members see how a vote stands while it is open.")
    return _("Nobody sees how a vote stands before it closes. Consensus always shows positions as they are given.")


def _secret(numbers: CharterNumbers) -> str:
    if numbers.secret_from is None:
        return _("Never: all votes are open.")
    said = _("Elections, recalls and removals, when at least %(n)d may vote.") % {"n": numbers.secret_from}
    if numbers.codes:
        return said + " " + _("A secret vote can be changed with its code.")
    return said + " " + _("A secret vote is final.")


def _mail(numbers: CharterNumbers) -> str:
    if numbers.votes_by_mail:
        return _("Open votes can be cast by a link in the mail.")
    return _("No: who votes signs in.")


def _time(numbers: CharterNumbers) -> list[Line]:
    return [
        Line(
            _("Time to talk"),
            _("At least %(days)d days before a vote may open.") % {"days": numbers.discussion_days},
        ),
        Line(
            _("Time to vote"),
            _("%(days)s. Recalls: %(recall)s.")
            % {
                "days": _length(numbers.voting_hours),
                "recall": _length(numbers.recall_hours),
            },
        ),
        Line(_("Time zone"), numbers.time_zone),
        Line(_("Urgent decisions"), _urgent(numbers)),
    ]


def _asides(numbers: CharterNumbers) -> str:
    if numbers.asides.num == 0:
        return _("It is adopted only if nobody stands aside.")
    return _("At most %(share)s of those taking part may stand aside.") % {"share": share(numbers.asides)}


def _length(hours: int) -> str:
    if hours % 24:
        return ngettext("%(n)d hour", "%(n)d hours", hours) % {"n": hours}
    return ngettext("%(n)d day", "%(n)d days", hours // 24) % {"n": hours // 24}


def _urgent(numbers: CharterNumbers) -> str:
    if numbers.urgent_sum == 0:
        return _("They may not spend money, and are confirmed by an ordinary vote.")
    return _("They may spend up to %(sum)d, and are confirmed by an ordinary vote.") % {"sum": numbers.urgent_sum}


def _mandates(numbers: CharterNumbers) -> list[Line]:
    return [
        Line(
            _("Mandates"),
            " ".join(
                (
                    ngettext("At most %(n)d day.", "At most %(n)d days.", numbers.term_days) % {"n": numbers.term_days},
                    _renewals(numbers),
                    _("Any member can open a recall at any time."),
                )
            ),
        ),
        Line(
            _("Open proposals"),
            ngettext("%(n)d per member at a time.", "%(n)d per member at a time.", numbers.open_proposals)
            % {"n": numbers.open_proposals},
        ),
    ]


def _renewals(numbers: CharterNumbers) -> str:
    if not numbers.renewals:
        return _("It is not renewed in a row.")
    said = ngettext("Renewed once in a row at most.", "Renewed %(n)d times in a row at most.", numbers.renewals)
    return said % {"n": numbers.renewals}


def _members(numbers: CharterNumbers) -> list[Line]:
    ways = {
        "open": _("Whoever is in scope joins at once."),
        "vouched": _(
            "Two members vouch, then there are 72 hours to object. An objection is decided by simple majority."
        ),
        "proposal": _("The body decides on each."),
    }
    return [
        Line(_("How people join"), ways[numbers.admission]),
        Line(_("New members vote"), _waiting(numbers)),
        Line(
            _("Youngest member"),
            ngettext("%(n)d year", "%(n)d years", numbers.minimum_age) % {"n": numbers.minimum_age},
        ),
    ]


def _waiting(numbers: CharterNumbers) -> str:
    if not numbers.waiting_days:
        return _("At once.")
    days = ngettext("After %(n)d day.", "After %(n)d days.", numbers.waiting_days) % {"n": numbers.waiting_days}
    return days + " " + _("Who joined before the charter was adopted votes at once.")
