"""Lines of the record in plain words. A line that is not known is shown by its name, never left out."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from core.rules.positions import Position
from core.words.positions import counted
from core.words.rules import Words

Data = Mapping[str, Any]

GROUPS: dict[str, tuple[Words, tuple[str, ...]]] = {
    "proposals": (gettext_lazy("Proposals"), ("proposal.", "decision.", "task.")),
    "votes": (gettext_lazy("Votes"), ("vote.", "round.", "alternative.", "ballot.")),
    "mandates": (
        gettext_lazy("Mandates"),
        ("mandate.", "recall.", "report.", "offer.", "reply.", "candidate.", "seat."),
    ),
    "members": (
        gettext_lazy("Members"),
        ("member.", "merging.", "application.", "invitation.", "vouch.", "objection.", "card."),
    ),
    "talk": (gettext_lazy("Talk"), ("comment.", "amendment.", "summary.", "affected.", "joint.")),
    "assemblies": (gettext_lazy("Assemblies"), ("assembly.", "minutes.", "discussion.")),
    "cases": (gettext_lazy("Cases"), ("case.",)),
    "charter": (gettext_lazy("Body and charter"), ("charter.", "body.", "bodies.", "accord.", "host.", "record.")),
}

SAYS: dict[str, Words] = {
    "proposal.put_up": gettext_lazy("%(who)s put up for discussion: %(title)s."),
    "proposal.revised": gettext_lazy("%(who)s wrote version %(version)s of %(title)s."),
    "proposal.withdrawn": gettext_lazy("%(who)s withdrew %(title)s."),
    "proposal.seconded": gettext_lazy("%(who)s seconded %(title)s."),
    "proposal.decided": gettext_lazy("%(title)s: %(outcome)s."),
    "proposal.carried_out": gettext_lazy("%(title)s was carried out."),
    "proposal.not_carried_out": gettext_lazy("%(title)s could not be carried out."),
    "decision.ended": gettext_lazy("%(title)s is no longer in force: %(ending)s."),
    "decision.kept": gettext_lazy("%(title)s was reviewed and kept."),
    "task.done": gettext_lazy("%(who)s finished a task of %(title)s."),
    "vote.opened": gettext_lazy("The vote on %(title)s opened, with %(roll)s on the roll."),
    "vote.counted": gettext_lazy("The vote on %(title)s was counted: %(tally)s."),
    "ballot.entered": gettext_lazy("%(who)s and another member entered a vote for somebody in the vote on %(title)s."),
    "card.given": gettext_lazy("%(who)s and another member gave a member a new sign-in card."),
    "ballot.contested": gettext_lazy("%(who)s contested the vote that was entered for them on %(title)s."),
    "round.started": gettext_lazy("A round of talks on %(title)s began, for %(days)s days."),
    "round.attended": gettext_lazy("An assembly talked %(title)s over, in the round of talks."),
    "comment.written": gettext_lazy("%(who)s spoke about %(title)s."),
    "comment.taken_back": gettext_lazy("%(who)s took back what they had said."),
    "amendment.proposed": gettext_lazy("%(who)s proposed other words (%(number)s) for a passage of %(title)s."),
    "amendment.accepted": gettext_lazy("%(who)s took over other words (%(number)s): version %(version)s of %(title)s."),
    "amendment.declined": gettext_lazy("%(who)s did not take over other words (%(number)s) for %(title)s."),
    "amendment.withdrawn": gettext_lazy("%(who)s withdrew other words (%(number)s) for %(title)s."),
    "amendment.stands": gettext_lazy("%(who)s brought other words (%(number)s) to the vote on %(title)s."),
    "alternative.adopted": gettext_lazy("The alternative %(number)s was adopted: version %(version)s of %(title)s."),
    "affected.named": gettext_lazy("%(who)s named a body that %(title)s affects."),
    "joint.asked": gettext_lazy("The body asked another one to decide together."),
    "joint.answered": gettext_lazy("%(who)s answered a body that asked to decide %(title)s together."),
    "summary.written": gettext_lazy("%(who)s summed up %(title)s."),
    "reply.written": gettext_lazy("%(who)s replied to %(title)s."),
    "recall.opened": gettext_lazy("%(who)s opened a recall of the mandate %(mandate)s."),
    "offer.accepted": gettext_lazy("%(who)s accepted the mandate of %(title)s."),
    "candidate.proposed": gettext_lazy("%(who)s asked somebody to stand in the election %(title)s."),
    "candidate.stood": gettext_lazy("%(who)s stood in the election %(title)s."),
    "candidate.stepped_back": gettext_lazy("%(who)s stepped back from the election %(title)s."),
    "seat.vacant": gettext_lazy("A seat of %(title)s stays vacant: who was elected cannot hold it any more."),
    "mandate.granted": gettext_lazy("%(who)s was given the mandate %(mandate)s, for %(days)s days."),
    "mandate.ended": gettext_lazy("The mandate %(mandate)s ended: %(ending)s."),
    "report.given": gettext_lazy("%(who)s reported on the mandate %(mandate)s."),
    "member.joined": gettext_lazy("%(who)s joined."),
    "member.left": gettext_lazy("%(who)s left."),
    "member.removed": gettext_lazy("%(who)s was removed."),
    "member.body_ended": gettext_lazy("%(who)s's membership ended with the body."),
    "member.merged": gettext_lazy("%(who)s became one with another account of the same person."),
    "merging.asked": gettext_lazy("%(who)s said that another account is theirs too."),
    "merging.vouched": gettext_lazy("%(who)s vouched that two accounts are one person's."),
    "merging.agreed": gettext_lazy("%(who)s said that both accounts are theirs."),
    "merging.stopped": gettext_lazy("%(who)s stopped the merging of two accounts."),
    "application.made": gettext_lazy("Somebody asked to join."),
    "application.vouched": gettext_lazy("%(who)s vouched for somebody who asks to join."),
    "application.objected": gettext_lazy("%(who)s objected to an admission."),
    "application.admitted": gettext_lazy("Somebody who had asked to join was admitted."),
    "application.refused": gettext_lazy("Somebody who had asked to join was not admitted."),
    "application.withdrawn": gettext_lazy("Somebody took back the wish to join."),
    "invitation.made": gettext_lazy("%(who)s made an invitation."),
    "invitation.ended": gettext_lazy("%(who)s ended an invitation."),
    "body.formed": gettext_lazy("The body was formed."),
    "body.ended": gettext_lazy("The body ended."),
    "body.suspended": gettext_lazy("The host of the body has ended; the body is suspended until it has another one."),
    "bodies.united": gettext_lazy("The body became one with another and goes on. Members who came with it: %(came)s."),
    "accord.asked": gettext_lazy("The other bodies were asked to decide on %(title)s too."),
    "accord.fell": gettext_lazy("%(title)s came to nothing: %(ending)s."),
    "host.chosen": gettext_lazy("The body has another host from now on."),
    "host.agreed": gettext_lazy("The body is the host of another one from now on."),
    "charter.adopted_by": gettext_lazy("%(who)s adopted charter %(charter)s."),
    "charter.adopted": gettext_lazy("Charter %(charter)s came into force."),
    "charter.redrafted": gettext_lazy("%(who)s wrote charter %(charter)s anew."),
    "charter.objected_by": gettext_lazy("%(who)s objected to charter %(charter)s."),
    "charter.objection_taken_back": gettext_lazy("%(who)s objects no longer to charter %(charter)s."),
    "assembly.called": gettext_lazy("%(who)s called an assembly."),
    "assembly.cancelled": gettext_lazy("%(who)s called an assembly off."),
    "assembly.opened": gettext_lazy("%(who)s opened an assembly."),
    "assembly.closed": gettext_lazy("%(who)s ended an assembly."),
    "discussion.waived": gettext_lazy("An assembly waived what was left of the discussion of %(title)s."),
    "minutes.published": gettext_lazy("%(who)s published the minutes of an assembly."),
    "minutes.added": gettext_lazy("%(who)s added something to the minutes of an assembly."),
    "case.opened": gettext_lazy("A case was opened."),
    "case.drawn": gettext_lazy("The lot drew the panel of a case."),
    "case.replaced": gettext_lazy("The lot of a case went on to its next number."),
    "case.seat_taken": gettext_lazy("Somebody took a seat on the panel of a case."),
    "case.sat": gettext_lazy("The panel of a case sat for the first time."),
    "case.said": gettext_lazy("Something was said in a case."),
    "case.decided": gettext_lazy("The panel of a case decided."),
    "case.appealed": gettext_lazy("The outcome of a case was put before the assembly."),
    "case.closed": gettext_lazy("A case was closed."),
    "record.restored": gettext_lazy("The house was set back to a backup. Open votes began anew."),
}

OUTCOMES: dict[str, Words] = {
    "adopted": gettext_lazy("adopted"),
    "not_adopted": gettext_lazy("not adopted"),
    "blocked": gettext_lazy("blocked"),
    "no_quorum": gettext_lazy("no quorum"),
    "overtaken": gettext_lazy("overtaken"),
    "void": gettext_lazy("void"),
}

ENDINGS: dict[str, Words] = {
    "replaced": gettext_lazy("replaced by a later decision"),
    "ended": gettext_lazy("ended by a later decision"),
    "reviewed": gettext_lazy("not kept at its review"),
    "not_confirmed": gettext_lazy("urgent, and not confirmed"),
    "fell": gettext_lazy("it took other bodies too, and came to nothing"),
    "not_adopted": gettext_lazy("one of the bodies has not adopted it"),
    "one_ended": gettext_lazy("one of the bodies has ended"),
    "term": gettext_lazy("its term was over"),
    "resigned": gettext_lazy("the delegate resigned"),
    "left": gettext_lazy("the delegate left"),
    "removed": gettext_lazy("the delegate was removed from the body"),
    "recall": gettext_lazy("recalled"),
    "confidence": gettext_lazy("more than half had withdrawn their confidence"),
    "body_ended": gettext_lazy("the body ended"),
    "panel": gettext_lazy("a case panel ended it"),
    "seat": gettext_lazy("the seat it was for ended"),
    "handed_over": gettext_lazy("handed over to the council"),
    "time": gettext_lazy("its time was over"),
    "impossible": gettext_lazy("it could not be carried out"),
    "given_up": gettext_lazy("given up before anybody joined"),
}


def register_lines(group: str, label: Words, says: Mapping[str, Words]) -> None:
    """The words of a pillar for the lines that it writes, in a group of their own. Called at start-up."""
    SAYS.update(says)
    GROUPS[group] = (label, tuple(sorted({f"{name.partition('.')[0]}." for name in says})))


def tell_line(what: str, data: Data, *, who: str, title: str, mandate: str) -> str:
    """One line: who did what, in the past tense."""
    said = SAYS.get(what)
    if said is None:
        return _("%(who)s: %(what)s") % {"who": who, "what": what} if who else what
    return str(said) % {
        "who": who or _("The clock"),
        "title": f"“{title}”" if title else _("a proposal"),
        "mandate": f"“{mandate}”" if mandate else "",
        "version": data.get("version", ""),
        "number": data.get("amendment", ""),
        "charter": data.get("charter", ""),
        "roll": data.get("roll", ""),
        "days": data.get("days", ""),
        "doors": data.get("doors", ""),
        "came": data.get("came", ""),
        "size": data.get("size", ""),
        "outcome": OUTCOMES.get(str(data.get("outcome")), ""),
        "ending": ENDINGS.get(str(data.get("why") or data.get("how")), ""),
        "tally": election(data) if "elected" in data else between_texts(data),
    }


def between_texts(data: Data) -> str:
    """A count in words; where there were several texts with the one that came first."""
    counts = tally(data.get("tally", {}))
    first = data.get("first")  # in other lines a name
    return _("text %(n)d came first, %(counts)s") % {"n": first, "counts": counts} if isinstance(first, int) else counts


def election(data: Data) -> str:
    """The count of an election in words: "9 ballots, elected: number 2, number 5"; of very few secret ballots none."""
    told = data.get("tally")
    if told is None:
        said = _("only the outcome is told")
    else:
        cast = told.get("ballots", 0)
        said = ngettext("%(n)d ballot", "%(n)d ballots", cast) % {"n": cast}
    if not data["elected"]:
        return _("%(ballots)s, nobody elected") % {"ballots": said}
    numbers = ", ".join(_("number %(n)d") % {"n": number} for number in data["elected"])
    return _("%(ballots)s, elected: %(numbers)s") % {"ballots": said, "numbers": numbers}


def tally(counts: Mapping[str, int] | None) -> str:
    """A count in words: "12 agree, 1 stand aside"; of very few secret ballots no count is told."""
    if counts is None:
        return _("only the outcome is told")
    if not any(counts.values()):
        return _("nobody took part")
    known = {position.value for position in Position}
    said = {name: counted(Position(name), number) if name in known else name for name, number in counts.items()}
    return ", ".join(f"{number} {said[name]}" for name, number in counts.items() if number)
