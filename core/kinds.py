"""The kinds of proposals in core, and what adopting each one does. An edge: each effect calls one action."""

from datetime import datetime

from django.utils.translation import gettext_lazy as _

from core.actions import affected, applications, charters, elections, endings, hosting, mandates, memberships, reviews
from core.locks import Touched
from core.models import Mandate, Membership, Proposal, Stage
from core.permissions.hosting import RECOGNITION, RESTRUCTURING
from core.queries.audits import get_hosted_matter
from core.registry import TOUCHED_BY_ELECTIONS, Impossible, Kind, Panel, register
from core.rules.ending import ends_on
from core.rules.terms import Matter


def ordinary(_proposal: Proposal) -> Matter:
    """By the charter's rule for ordinary matters."""
    return Matter.ORDINARY


def decision_matter(proposal: Proposal) -> Matter:
    """An urgent decision has a quorum of its own."""
    return Matter.URGENT if proposal.urgent else Matter.ORDINARY


def admission_matter(proposal: Proposal) -> Matter:
    """After an objection simple majority decides; an admission by proposal is an ordinary matter."""
    application = proposal.application
    contested = application is not None and application.objections.exists()
    return Matter.ADMISSION if contested else Matter.ORDINARY


def grant_mandate(proposal: Proposal, at: datetime) -> None:
    """The mandate begins."""
    mandates.grant(proposal, at=at)


def fill_seats(proposal: Proposal, at: datetime) -> None:
    """The mandates of those elected begin."""
    elections.fill(proposal, at=at)


def election_touches(proposal: Proposal) -> Touched:
    """Other bodies that the mandate is about: the one that is audited, the one whose post it is."""
    return Touched(bodies=frozenset(key for touched in TOUCHED_BY_ELECTIONS for key in touched(proposal)))


def hosted_touches(proposal: Proposal) -> Touched:
    """The body that answers to the one that decides."""
    return Touched(bodies=frozenset([proposal.hosted_matter.body_id]))


def end_recognition(proposal: Proposal, at: datetime) -> None:
    """The body no longer answers to this host."""
    hosting.end_recognition(proposal, at=at)


def hosted_shown(proposal: Proposal) -> Panel:
    """The body it is about, and the finding it came from."""
    return Panel("core/_hosted_matter.html", get_hosted_matter(proposal))


def recall_touches(proposal: Proposal) -> Touched:
    """The mandate."""
    return Touched(mandates=frozenset([proposal.mandate_id] if proposal.mandate_id else []))


def end_mandate(proposal: Proposal, at: datetime) -> None:
    """The mandate ends."""
    mandate = Mandate.objects.get(recalls=proposal)
    if mandate.ended_at is not None:
        raise Impossible(_("The mandate had ended already."))
    mandates.end(mandate, Mandate.Ending.RECALL, at=at)


def removal_touches(proposal: Proposal) -> Touched:
    """The membership with those that need it, and every standing mandate: confidence is counted anew."""
    return memberships.touched_by_going(proposal.subject) if proposal.subject is not None else Touched(standing=True)


def remove_member(proposal: Proposal, at: datetime) -> None:
    """The membership ends."""
    memberships.remove(Membership.objects.get(removals=proposal), at=at)


def take_back_member(proposal: Proposal, at: datetime) -> None:
    """The appeal was heard: the person is a member again."""
    removal = proposal.appeals
    if removal is None or removal.subject is None:
        raise Impossible(_("There is nothing to appeal against."))
    memberships.take_back(removal.subject, removal=removal.pk, at=at)


def change_charter(proposal: Proposal, at: datetime) -> None:
    """The new version is in force, for votes opened afterwards."""
    if proposal.charter is None:
        raise Impossible(_("There is no draft."))
    charters.change(proposal.charter, at=at)


def admission_touches(proposal: Proposal) -> Touched:
    """The application."""
    asked = proposal.application_id
    return Touched(applications=frozenset([asked] if asked is not None else []))


def admit_applicant(proposal: Proposal, at: datetime) -> None:
    """The applicant becomes a member."""
    if proposal.application is None:
        raise Impossible(_("There is no application."))
    applications.admit_decided(proposal.application, at=at)


def refuse_applicant(proposal: Proposal, at: datetime) -> None:
    """The applicant is told."""
    if proposal.application is not None:
        applications.refuse_decided(proposal.application, at=at)


def ending_shown(proposal: Proposal) -> Panel:
    """What would end, and when."""
    decided_at = proposal.closed_at if proposal.stage == Stage.ADOPTED else None
    return Panel("core/_body_ending.html", {"ends_on": ends_on(decided_at) if decided_at is not None else None})


def request_touches(proposal: Proposal) -> Touched:
    """The proposal of the other body: it must not go to its vote meanwhile."""
    return Touched(proposals=frozenset([proposal.asks.proposal_id] if proposal.asks is not None else []))


def ask_jointly(proposal: Proposal, at: datetime) -> None:
    """The author there is asked to decide jointly."""
    affected.ask(proposal, at=at)


def keep(proposal: Proposal, at: datetime) -> None:
    """The reviewed decision stays, with a new day of review."""
    reviews.keep(proposal, at=at)


def drop(proposal: Proposal, at: datetime) -> None:
    """The reviewed decision was not kept."""
    reviews.drop(proposal, at=at)


def register_core_kinds() -> None:
    """Called once at start-up."""
    register(Kind("decision", _("Decision"), decision_matter, stands=True, waivable=True, alternatives=True))
    register(Kind("mandate", _("Mandate"), ordinary, grant_mandate, waivable=True))
    register(Kind("election", _("Election"), lambda _proposal: Matter.ELECTION, fill_seats, touches=election_touches))
    register(
        Kind(
            "recall",
            _("Recall"),
            lambda _proposal: Matter.RECALL,
            end_mandate,
            touches=recall_touches,
            counts=False,
            withdrawable=False,
            by_clock=True,
            at_once=True,
        )
    )
    register(
        Kind(
            "charter",
            _("Charter change"),
            lambda _proposal: Matter.CHARTER,
            change_charter,
            discussion_days=7,
        )
    )
    register(
        Kind(
            endings.KIND,
            _("End of the body"),
            lambda _proposal: Matter.CHARTER,
            stands=True,
            discussion_days=7,
            shows=ending_shown,
        )
    )
    register(
        Kind(
            "admission",
            _("Admission"),
            admission_matter,
            admit_applicant,
            touches=admission_touches,
            refused=refuse_applicant,
            counts=False,
            withdrawable=False,
            by_clock=True,
        )
    )
    register(
        Kind(
            "removal",
            _("Removal of a member"),
            lambda _proposal: Matter.REMOVAL,
            remove_member,
            touches=removal_touches,
        )
    )
    register(
        Kind(
            "appeal",
            _("Appeal against a removal"),
            lambda _proposal: Matter.ADMISSION,
            take_back_member,
            counts=False,
            withdrawable=False,
            by_clock=True,
        )
    )
    register(Kind(RESTRUCTURING, _("Restructuring of a body"), ordinary, stands=True, shows=hosted_shown))
    register(
        Kind(
            RECOGNITION,
            _("End of recognition"),
            ordinary,
            end_recognition,
            touches=hosted_touches,
            shows=hosted_shown,
        )
    )
    register(Kind("joint", _("Request to decide together"), ordinary, ask_jointly, touches=request_touches))
    register(Kind("review", _("Review"), ordinary, keep, refused=drop, counts=False, withdrawable=False, by_clock=True))
