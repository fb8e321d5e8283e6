"""Who may do what with a proposal, and when."""

from datetime import datetime, timedelta

from django.utils.translation import gettext_lazy as _

from core.models import Candidacy, Charter, Membership, Person, Proposal, Stage
from core.queries.charters import get_charter
from core.refusals import ALLOWED, Verdict, denied
from core.registry import kind_of, kinds_that_count, times_of

from .elections import candidacies_of
from .joint import has_answered
from .members import is_deciding_member, is_member
from .plain_words import wants_plain_words

SECONDS_NEEDED = 2
ANYBODY_AFTER_DAYS = 7

NOT_ITS_AUTHOR = _("Only its author can do this.")
FIXED_BY_CANDIDATES = _("Somebody stands already: the text stays as they read it.")


def can_read(person: Person, proposal: Proposal) -> bool:
    """Seeing is a gate of its own: outsiders get 404."""
    return Proposal.objects.visible_to(person).filter(pk=proposal.pk).exists()


def can_propose(person: Person, proposal: Proposal, charter: Charter) -> Verdict:
    """Put an idea up for discussion: its author, up to the charter's number of open proposals."""
    if proposal.author_id != person.pk:
        return denied(NOT_ITS_AUTHOR)
    verdict = is_deciding_member(person, proposal.body, proposal.kind)
    if not verdict:
        return verdict
    mine = Proposal.objects.filter(body=proposal.body, author=person, kind__in=kinds_that_count())
    under_way = mine.filter(stage__in=[Stage.DISCUSSION, Stage.VOTING, Stage.ROUND]).count()
    if kind_of(proposal).counts and under_way >= charter.open_proposals:
        return denied(
            _("You have as many open proposals as the charter allows. Wait for one to close, or withdraw one.")
        )
    return ALLOWED


def can_edit(person: Person, proposal: Proposal) -> Verdict:
    """Its author, until voting opens."""
    if proposal.author_id != person.pk:
        return denied(NOT_ITS_AUTHOR)
    if proposal.stage not in (Stage.IDEA, Stage.DISCUSSION, Stage.ROUND):
        return denied(_("Voting has begun: the text can no longer be changed."))
    if is_fixed_by_candidates(proposal):
        return denied(FIXED_BY_CANDIDATES)
    return is_member(person, proposal.body)


def is_fixed_by_candidates(proposal: Proposal) -> bool:
    """Whether somebody stands in an election, and has read its text as it is."""
    return proposal.kind == "election" and any(row.stands for row in candidacies_of(proposal))


def can_withdraw(person: Person, proposal: Proposal) -> Verdict:
    """Its author, until voting opens; recalls and what the clock opens cannot be taken back."""
    if proposal.author_id != person.pk:
        return denied(_("Only its author can withdraw a proposal."))
    if not kind_of(proposal).withdrawable or proposal.opens_by_clock:
        return denied(_("This cannot be taken back once it is under way."))
    if proposal.stage not in (Stage.IDEA, Stage.DISCUSSION):
        return denied(_("Voting has begun: what is being decided cannot be taken back."))
    return ALLOWED


def can_comment(person: Person, proposal: Proposal) -> Verdict:
    """Members, while it is open; afterwards the talk stays as it was."""
    if proposal.stage not in (Stage.DISCUSSION, Stage.VOTING, Stage.ROUND):
        return denied(_("The talk on this is over."))
    return is_member(person, proposal.body)


def can_second(person: Person, proposal: Proposal) -> Verdict:
    """Two other members second an urgent proposal."""
    if not proposal.urgent:
        return denied(_("Only urgent proposals are seconded."))
    if proposal.author_id == person.pk:
        return denied(_("Two others must second it."))
    if proposal.stage != Stage.DISCUSSION:
        return denied(_("Voting has begun."))
    return is_deciding_member(person, proposal.body, proposal.kind)


def opens_from(proposal: Proposal, charter: Charter) -> datetime | None:
    """When its author may open the vote; None while it is not in discussion."""
    return proposal.waived_at or talked_over_from(proposal, charter)


def talked_over_from(proposal: Proposal, charter: Charter) -> datetime | None:
    """When the discussion minimum is over, whatever an assembly has waived of it."""
    if proposal.discussion_at is None:
        return None
    times = times_of(proposal)
    if times is not None:
        return times.opens_at
    if proposal.urgent or kind_of(proposal).at_once:
        return proposal.discussion_at
    days = max(charter.discussion_days, kind_of(proposal).discussion_days)
    return proposal.discussion_at + timedelta(days=days)


def opens_for_all_from(proposal: Proposal, charter: Charter) -> datetime | None:
    """When any member may open it: after twice the minimum, 7 days at least (DESIGN 3.1), waived or not."""
    earliest = talked_over_from(proposal, charter)
    if earliest is None or proposal.discussion_at is None:
        return None
    if proposal.urgent:
        return earliest
    return proposal.discussion_at + max(2 * (earliest - proposal.discussion_at), timedelta(days=ANYBODY_AFTER_DAYS))


def can_open(person: Person, proposal: Proposal, *, at: datetime) -> Verdict:
    """Its author after the discussion minimum, any member after twice that; never an officer, never anybody alone."""
    verdict = is_deciding_member(person, proposal.body, proposal.kind)
    if not verdict:
        return verdict
    if proposal.stage != Stage.DISCUSSION:
        return denied(_("It is not in discussion."))
    if proposal.opens_by_clock or kind_of(proposal).by_clock:
        return denied(_("Its vote opens by itself."))
    charter = get_charter(proposal.body)
    earliest, for_all = opens_from(proposal, charter), opens_for_all_from(proposal, charter)
    if earliest is None or at < earliest:
        return denied(_("The talk has to last longer before the vote can open."))
    if proposal.author_id != person.pk and (for_all is None or at < for_all):
        return denied(_("Until the talk has lasted twice its shortest time, only the author can open the vote."))
    answered = has_answered(proposal) if proposal.author_id == person.pk else ALLOWED
    return ready_to_open(proposal) if answered else answered


def ready_to_open(proposal: Proposal) -> Verdict:
    """What must be in place before any vote on it opens."""
    if proposal.urgent and proposal.seconds.count() < SECONDS_NEEDED:
        return denied(_("Two others must second it first."))
    offer = getattr(proposal, "offer", None)
    if offer is not None and offer.accepted_at is None:
        return denied(_("The person named has not accepted yet."))
    if proposal.kind == "election" and not somebody_stands(proposal):
        return denied(_("Nobody stands yet: an election needs at least one candidate."))
    if wants_plain_words(proposal):
        return denied(_("The text is long. Somebody has to say it in plain words first, so that everybody can vote."))
    return ALLOWED


def somebody_stands(proposal: Proposal) -> bool:
    """Whether a member stands in the election."""
    members = Membership.objects.open().filter(body=proposal.body).values("person")
    return Candidacy.objects.standing().filter(election__proposal=proposal, person__in=members).exists()


def can_accept(person: Person, proposal: Proposal) -> Verdict:
    """The person a mandate is offered to."""
    offer = getattr(proposal, "offer", None)
    if offer is None or offer.person_id != person.pk:
        return denied(_("Only the person named can accept."))
    if proposal.stage not in (Stage.DISCUSSION, Stage.VOTING, Stage.ROUND):
        return denied(_("It is not in discussion."))
    return is_member(person, proposal.body)


def can_reply(person: Person, proposal: Proposal) -> Verdict:
    """The right of reply of the delegate in a recall, of the member in a removal."""
    about = person_concerned(proposal)
    if about is None or about != person.pk:
        return denied(_("Only the person it is about can reply here."))
    if not proposal.is_live:
        return denied(_("It is decided."))
    return ALLOWED


def person_concerned(proposal: Proposal) -> int | None:
    """The key of the person a recall or removal is about."""
    if proposal.mandate is not None:
        return proposal.mandate.person_id
    if proposal.subject is not None:
        return proposal.subject.person_id
    return None


def can_appeal(person: Person, proposal: Proposal, *, at: datetime) -> Verdict:
    """The removed person, once, within 14 days."""
    if proposal.subject is None or proposal.subject.person_id != person.pk:
        return denied(_("Only the person it is about can appeal."))
    if proposal.stage != Stage.ADOPTED or proposal.closed_at is None:
        return denied(_("There is nothing to appeal against."))
    if proposal.body.ended_at is not None:
        return denied(_("This body has ended."))
    if at > proposal.closed_at + timedelta(days=14):
        return denied(_("An appeal has to come within 14 days."))
    if hasattr(proposal, "appeal"):
        return denied(_("There was an appeal already."))
    return ALLOWED


def can_finish_task(person: Person, proposal: Proposal, task_person_id: int | None) -> Verdict:
    """The one who has the task; any member if nobody has it."""
    if proposal.stage != Stage.ADOPTED:
        return denied(_("It was not adopted."))
    if task_person_id is not None and task_person_id != person.pk:
        return denied(_("Only the person who has the task can say that it is done."))
    return is_member(person, proposal.body)
