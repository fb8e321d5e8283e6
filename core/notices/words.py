"""The words of the news: a title, one sentence and a link for each kind, in the language that is active."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.models import Body, Cause, Notice, Person, Stage

from . import accords, belonging, beside, desk, founding
from .naming import address, mandate_of, name_of, what_it_is
from .pillars import NEWS

What = Cause.What


@dataclass(frozen=True, slots=True)
class Words:
    """News as a person reads it. `link` is a path on this site."""

    title: str
    sentence: str
    link: str


Phrase = Callable[[Cause, Person], tuple[str, str]]


def words_of(notice: Notice) -> Words:
    """The news of one notice for its reader. Loaded by `with_cause`, this asks nothing more."""
    cause = notice.cause
    if not notice.shown:
        gone = _("You have left, so this is no longer shown to you.")
        return Words(cause.body.name, gone, address("core:notice-list"))
    if cause.what in NEWS:
        title, sentence = cause.title, NEWS[cause.what].sentence(cause, notice.person)
    else:
        title, sentence = PHRASES[cause.what](cause, notice.person)
    return Words(title, one_stop(sentence), link_of(cause))


def one_stop(sentence: str) -> str:
    """A name may end with a full stop ("Karin I."): a sentence that ends with the name ends with one all the same."""
    return sentence[:-1] if sentence.endswith("..") and not sentence.endswith("...") else sentence


def link_of(cause: Cause) -> str:
    """Where the news leads: what a pillar named, its proposal, mandate or application, else the body."""
    if cause.path:
        return cause.path
    if cause.what in PAGES:
        return address(PAGES[cause.what], cause.body.slug)
    if cause.what in AFFECTED and cause.proposal is not None:
        return address("core:affected-detail", cause.body.slug, cause.proposal.pk)
    about = (cause.mandate, cause.proposal) if cause.what in MANDATE_FIRST else (cause.proposal, cause.mandate)
    for each in about:
        if each is not None:
            return each.get_absolute_url()
    of_body = cause.application_id is None
    return address(
        "core:body-detail" if of_body else "core:application-detail", cause.application_id or cause.body.slug
    )


PAGES: Mapping[str, str] = MappingProxyType(
    {
        What.MERGING_ASKED: "core:member-list",
        What.LOAN_DUE: "councils:item-list",
        What.STUDY_ANNOUNCED: "councils:study-list",
        What.STUDY_CALLED_OFF: "councils:study-list",
    }
)
"""News that leads to a page of its body."""
AFFECTED = frozenset({What.BODY_AFFECTED, What.JOINT_ANSWERED})
"""News for members of a body about the proposal of another one, which they read on a page of their own."""
MANDATE_FIRST = frozenset({What.MANDATE_GRANTED, What.MANDATE_ENDED, What.REPORT_GIVEN, What.REPORT_DUE})


def proposal_open(cause: Cause, _reader: Person) -> tuple[str, str]:
    """A proposal is in discussion."""
    if cause.by is None:
        return what_it_is(cause), _("A new proposal is open for talk in %(body)s.") % {"body": cause.body.name}
    return what_it_is(cause), _("%(name)s proposes this in %(body)s. Read it and say what you think.") % {
        "name": cause.by.display_name,
        "body": cause.body.name,
    }


def candidates_wanted(cause: Cause, _reader: Person) -> tuple[str, str]:
    """An election is put up."""
    title = _("Who stands? %(title)s") % {"title": what_it_is(cause)}
    return title, _("%(body)s is going to elect. You can stand, or ask somebody to, until the vote opens.") % {
        "body": cause.body.name
    }


def candidacy_proposed(cause: Cause, _reader: Person) -> tuple[str, str]:
    """The reader is asked to stand."""
    title = _("Will you stand? %(title)s") % {"title": what_it_is(cause)}
    return title, _("%(name)s asks you to stand in this election. You stand only if you say so.") % {
        "name": name_of(cause.by)
    }


def vote_opened(cause: Cause, _reader: Person) -> tuple[str, str]:
    """A vote has opened."""
    if cause.proposal is not None and cause.proposal.kind == "election":
        return what_it_is(cause), _("The election is open in %(body)s. Read what the candidates say, and vote.") % {
            "body": cause.body.name
        }
    return what_it_is(cause), _("The vote is open in %(body)s. Your voice counts.") % {"body": cause.body.name}


def vote_reminder(cause: Cause, _reader: Person) -> tuple[str, str]:
    """A vote closes soon and the reader has not voted."""
    title = _("Closes soon: %(title)s") % {"title": what_it_is(cause)}
    return title, _("You have not voted yet. This is the only reminder.")


def secret_reminder(cause: Cause, _reader: Person) -> tuple[str, str]:
    """A secret vote closes soon; all on the roll hear the same."""
    title = _("Closes soon: %(title)s") % {"title": what_it_is(cause)}
    return title, _("This vote is secret. If you have voted, there is nothing to do. This is the only reminder.")


OUTCOMES: Mapping[str, object] = MappingProxyType(
    {
        Stage.ADOPTED: gettext_lazy("%(body)s has adopted it."),
        Stage.NOT_ADOPTED: gettext_lazy("%(body)s has not adopted it."),
        Stage.BLOCKED: gettext_lazy("It was blocked in %(body)s."),
        Stage.NO_QUORUM: gettext_lazy("Too few took part in %(body)s: there was no quorum."),
        Stage.OVERTAKEN: gettext_lazy("Something else has settled it in %(body)s. The vote has ended."),
        Stage.VOID: gettext_lazy("The vote in %(body)s was void."),
    }
)


OF_BODIES: Mapping[str, object] = MappingProxyType(
    {
        **OUTCOMES,
        Stage.ADOPTED: gettext_lazy("It is in force now, for all bodies in %(body)s."),
        Stage.NOT_ADOPTED: gettext_lazy("The people of %(body)s have decided: it is not adopted."),
        Stage.NO_QUORUM: gettext_lazy("Too few people of %(body)s took part: it is not adopted."),
    }
)
"""Where the members are bodies, it closes once the time to call it down is over, or the people have decided."""


ELECTED: Mapping[str, object] = MappingProxyType(
    {
        **OUTCOMES,
        Stage.ADOPTED: gettext_lazy("%(body)s has elected. See who, and how it was counted."),
        Stage.NOT_ADOPTED: gettext_lazy("Nobody was elected in %(body)s. See how it was counted."),
    }
)


def proposal_closed(cause: Cause, _reader: Person) -> tuple[str, str]:
    """A proposal was decided."""
    stage = cause.proposal.stage if cause.proposal is not None else Stage.VOID
    if cause.proposal is not None and cause.proposal.kind == "recall" and stage == Stage.NOT_ADOPTED:
        return what_it_is(cause), _("The recall was not adopted. The delegate keeps the mandate.")
    if cause.proposal is not None and cause.proposal.kind == "election":
        return what_it_is(cause), str(ELECTED.get(stage, OUTCOMES[Stage.VOID])) % {"body": cause.body.name}
    outcomes = OUTCOMES if cause.body.has_members else OF_BODIES
    sentence = str(outcomes.get(stage, gettext_lazy("It has ended in %(body)s.")))
    return what_it_is(cause), sentence % {"body": cause.body.name}


def round_started(cause: Cause, _reader: Person) -> tuple[str, str]:
    """A block has started a round of talks."""
    return what_it_is(cause), _("Somebody blocked it. Now there is time to talk and find a way. Then a new vote opens.")


def second_wanted(cause: Cause, _reader: Person) -> tuple[str, str]:
    """An urgent proposal wants two seconds."""
    title = _("Urgent: %(title)s") % {"title": what_it_is(cause)}
    return title, _("%(name)s says that this cannot wait. It needs two others who second it.") % {
        "name": name_of(cause.by)
    }


def comment_reply(cause: Cause, _reader: Person) -> tuple[str, str]:
    """Somebody answered the reader."""
    return what_it_is(cause), _("%(name)s answered you.") % {"name": name_of(cause.by)}


def amendment_made(cause: Cause, _reader: Person) -> tuple[str, str]:
    """Somebody proposes other words for a passage of the reader's text."""
    title = _("Other words: %(title)s") % {"title": what_it_is(cause)}
    return title, _("%(name)s proposes other words for a passage of your text. Take them over, or say why not.") % {
        "name": name_of(cause.by)
    }


def amendment_answered(cause: Cause, _reader: Person) -> tuple[str, str]:
    """The author has answered the words that the reader proposed."""
    title = _("Your words: %(title)s") % {"title": what_it_is(cause)}
    return title, _("%(name)s has answered the words you proposed.") % {"name": name_of(cause.by)}


def body_affected(cause: Cause, _reader: Person) -> tuple[str, str]:
    """A proposal of another body affects the reader's."""
    return what_it_is(cause), _(
        "Somewhere else this is proposed, and it affects %(body)s. You can read it, and ask."
    ) % {"body": cause.body.name}


def joint_asked(cause: Cause, _reader: Person) -> tuple[str, str]:
    """A body that is affected asks to decide jointly."""
    return what_it_is(cause), _("A body that this affects asks to decide it together. Its author answers.")


def joint_answered(cause: Cause, _reader: Person) -> tuple[str, str]:
    """The request of the reader's body was answered."""
    return what_it_is(cause), _("%(body)s had asked to decide this together. There is an answer.") % {
        "body": cause.body.name
    }


def offer_made(cause: Cause, _reader: Person) -> tuple[str, str]:
    """The reader is asked to take a mandate."""
    title = _("Will you take this on? %(title)s") % {"title": what_it_is(cause)}
    return title, _("%(name)s proposes you for this mandate. The vote opens only if you accept.") % {
        "name": name_of(cause.by)
    }


def mandate_granted(cause: Cause, reader: Person) -> tuple[str, str]:
    """A mandate has begun."""
    if cause.person_id == reader.pk:
        return mandate_of(cause), _("%(body)s has given you this mandate.") % {"body": cause.body.name}
    return mandate_of(cause), _("%(body)s has given this mandate to %(name)s.") % {
        "body": cause.body.name,
        "name": name_of(cause.person),
    }


# Whole sentences, so that every language can order its words.
ENDINGS: Mapping[str, object] = MappingProxyType(
    {
        "term": gettext_lazy("The term of %(name)s is over. The mandate has ended."),
        "resigned": gettext_lazy("%(name)s has resigned. The mandate has ended."),
        "left": gettext_lazy("%(name)s has left %(body)s. The mandate has ended."),
        "removed": gettext_lazy("%(name)s was removed from %(body)s. The mandate has ended."),
        "recall": gettext_lazy("%(body)s has recalled %(name)s. The mandate has ended."),
        "confidence": gettext_lazy("%(name)s has lost the confidence of %(body)s. The mandate has ended."),
        "body_ended": gettext_lazy("%(body)s has ended, and this mandate of %(name)s with it."),
        "panel": gettext_lazy("A case panel has ended this mandate of %(name)s."),
    }
)


def how_it_ended(ending: str, person: Person | None, body: Body) -> str:
    """The end of a mandate in one sentence."""
    sentence = str(ENDINGS.get(ending, gettext_lazy("The mandate of %(name)s has ended.")))
    return sentence % {"name": name_of(person), "body": body.name}


def mandate_ended(cause: Cause, _reader: Person) -> tuple[str, str]:
    """A mandate has ended, and how."""
    how = cause.mandate.ending if cause.mandate is not None else ""
    return mandate_of(cause), how_it_ended(how, cause.person, cause.body)


def recall_opened(cause: Cause, reader: Person) -> tuple[str, str]:
    """A recall is open."""
    title = _("Recall: %(title)s") % {"title": mandate_of(cause)}
    if cause.mandate is not None and cause.mandate.person_id == reader.pk:
        return title, _("A recall of your mandate has been opened. You can reply, and you can vote.")
    return title, _("A recall has been opened in %(body)s. Read both sides and vote.") % {"body": cause.body.name}


def report_given(cause: Cause, _reader: Person) -> tuple[str, str]:
    """A delegate has reported."""
    return mandate_of(cause), _("%(name)s has reported on this mandate.") % {"name": name_of(cause.by)}


def report_due(cause: Cause, _reader: Person) -> tuple[str, str]:
    """A report is due."""
    title = _("Your report is due: %(title)s") % {"title": mandate_of(cause)}
    return title, _("Two sentences are enough: what was done, what comes next.")


def task_given(cause: Cause, _reader: Person) -> tuple[str, str]:
    """A decision has given the reader a task."""
    return what_it_is(cause), _("It was adopted in %(body)s, and there is a task for you in it.") % {
        "body": cause.body.name
    }


def effect_failed(cause: Cause, _reader: Person) -> tuple[str, str]:
    """A decision could not be carried out."""
    return what_it_is(cause), _("It was adopted, but could not be carried out. Find out together what to do instead.")


def vote_void(cause: Cause, _reader: Person) -> tuple[str, str]:
    """The key of a secret vote was lost."""
    return _("The vote begins anew"), _(
        "The key to the secret ballots on this was lost, so that nobody can ever open them. What you gave does not "
        "count. A new vote is open: vote again."
    )


def house_restored(cause: Cause, _reader: Person) -> tuple[str, str]:
    """The house was set back to a backup."""
    return _("Set back to a backup"), _(
        "Something broke, and %(body)s was set back to its last backup. What was done after it is lost. Votes that "
        "were open have begun anew: vote again."
    ) % {"body": cause.body.name}


PHRASES: Mapping[str, Phrase] = MappingProxyType(
    {
        What.PROPOSAL_OPEN: proposal_open,
        What.CANDIDATES_WANTED: candidates_wanted,
        What.CANDIDACY_PROPOSED: candidacy_proposed,
        What.VOTE_OPENED: vote_opened,
        What.VOTE_REMINDER: vote_reminder,
        What.SECRET_REMINDER: secret_reminder,
        What.PROPOSAL_CLOSED: proposal_closed,
        What.ROUND_STARTED: round_started,
        What.SECOND_WANTED: second_wanted,
        What.COMMENT_REPLY: comment_reply,
        What.AMENDMENT_MADE: amendment_made,
        What.AMENDMENT_ANSWERED: amendment_answered,
        What.BODY_AFFECTED: body_affected,
        What.JOINT_ASKED: joint_asked,
        What.JOINT_ANSWERED: joint_answered,
        What.OFFER_MADE: offer_made,
        What.MANDATE_GRANTED: mandate_granted,
        What.MANDATE_ENDED: mandate_ended,
        What.RECALL_OPENED: recall_opened,
        What.REPORT_GIVEN: report_given,
        What.REPORT_DUE: report_due,
        What.TASK_GIVEN: task_given,
        What.APPLICATION_MADE: belonging.application_made,
        What.OBJECTIONS_OPEN: belonging.objections_open,
        What.MEMBER_JOINED: belonging.member_joined,
        What.APPLICATION_REFUSED: belonging.application_refused,
        What.MEMBER_REMOVED: belonging.member_removed,
        What.REMOVAL_PROPOSED: belonging.removal_proposed,
        What.MERGING_ASKED: beside.merging_asked,
        What.MEMBER_MERGED: beside.member_merged,
        What.RECOVERY_WAITS: beside.recovery_waits,
        What.RECOVERY_STOPPED: beside.recovery_stopped,
        What.LOAN_DUE: beside.loan_due,
        What.STUDY_ANNOUNCED: beside.study_announced,
        What.STUDY_CALLED_OFF: beside.study_called_off,
        What.EFFECT_FAILED: effect_failed,
        What.VOTE_VOID: vote_void,
        What.CHARTER_OBJECTED: founding.charter_objected,
        What.ASSEMBLY_CALLED: founding.assembly_called,
        What.FOUNDING_OVER: founding.founding_over,
        What.BODY_ENDED: founding.body_ended,
        **accords.PHRASES,
        What.HOUSE_RESTORED: house_restored,
        What.BALLOT_ENTERED: desk.ballot_entered,
        What.ENTERED_OVERRULED: desk.entered_overruled,
        What.ENTERED_NOT_TAKEN: desk.entered_not_taken,
        What.CARD_GIVEN: desk.card_given,
    }
)
