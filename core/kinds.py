"""The kinds of proposals in core and the outcomes of cases, with what each one does. An edge: each calls one action."""

from datetime import datetime

from django.utils.translation import gettext_lazy as _

from core.actions import (
    accords,
    affected,
    applications,
    charters,
    elections,
    endings,
    findings,
    hosting,
    hosts,
    mandates,
    memberships,
    reviews,
    unions,
)
from core.locks import Touched
from core.models import Accord, Body, Case, Mandate, Membership, Proposal, Stage
from core.permissions.hosting import RECOGNITION, RESTRUCTURING
from core.queries.accords import get_accord_page
from core.queries.audits import get_hosted_matter
from core.registry import (
    TOUCHED_BY_ELECTIONS,
    CaseOutcome,
    Impossible,
    Kind,
    Panel,
    register,
    register_outcome,
)
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


def accord_shown(proposal: Proposal) -> Panel | None:
    """What the bodies decide alike, and how far each of them is."""
    accord = Accord.objects.filter(sides__proposal=proposal).first()
    return Panel("core/_accord.html", {"page": get_accord_page(accord)}) if accord is not None else None


def request_touches(proposal: Proposal) -> Touched:
    """The proposal of the other body: it must not go to its vote meanwhile."""
    return Touched(proposals=frozenset([proposal.asks.proposal_id] if proposal.asks is not None else []))


def ask_jointly(proposal: Proposal, at: datetime) -> None:
    """The author there is asked to decide jointly."""
    affected.ask(proposal, at=at)


def appeal_touches(proposal: Proposal) -> Touched:
    """What the outcome of the case changes if it stands."""
    return findings.touched_by(proposal.case)


def confirm_outcome(proposal: Proposal, at: datetime) -> None:
    """The outcome of the case stands, and is carried out."""
    findings.settle_appeal(proposal, stands=True, at=at)


def overturn_outcome(proposal: Proposal, at: datetime) -> None:
    """The outcome of the case does not stand."""
    findings.settle_appeal(proposal, stands=False, at=at)


def outcome_touches(case: Case) -> Touched:
    """The mandate that it ends."""
    return Touched(mandates=frozenset([case.mandate_id] if case.mandate_id is not None else []))


def end_mandate_of_case(case: Case, at: datetime) -> None:
    """A panel's removal ends the mandate (DESIGN 3.4)."""
    findings.end_mandate(case, at=at)


def keep(proposal: Proposal, at: datetime) -> None:
    """The reviewed decision stays, with a new day of review."""
    reviews.keep(proposal, at=at)


def drop(proposal: Proposal, at: datetime) -> None:
    """The reviewed decision was not kept."""
    reviews.drop(proposal, at=at)


def register_accords() -> None:
    """What several bodies decide alike; the clock carries it out once all have adopted it."""
    accords.WAYS.update({unions.KIND: unions.WAY, hosts.KIND: hosts.WAY})
    register(
        Kind(
            unions.KIND.value,
            _("Become one"),
            lambda _proposal: Matter.CHARTER,
            stands=True,
            discussion_days=7,
            ends=True,
            shows=accord_shown,
        )
    )
    register(Kind(hosts.KIND.value, _("Host"), ordinary, stands=True, shows=accord_shown))


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
            ends=True,
            shows=ending_shown,
        )
    )
    register_accords()
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
    register(
        Kind(
            findings.KIND,
            _("Appeal against the outcome of a case"),
            lambda _proposal: Matter.ADMISSION,
            confirm_outcome,
            refused=overturn_outcome,
            touches=appeal_touches,
            counts=False,
            withdrawable=False,
            by_clock=True,
        )
    )


def register_core_outcomes() -> None:
    """The outcomes that a case can have in every body. Called once at start-up."""
    register_outcome(CaseOutcome("no_case", _("No case")))
    register_outcome(CaseOutcome("pardon", _("Pardon: it was wrong, and is forgiven")))
    register_outcome(CaseOutcome("commendation", _("Commendation: it was well done")))
    register_outcome(
        CaseOutcome(
            "end_mandate",
            _("The mandate ends"),
            end_mandate_of_case,
            touches=outcome_touches,
            ends_mandate=True,
            kinds=frozenset({*Body.Kind.values} - {Body.Kind.DEFENSE}),  # whose pillar has ways of its own
        )
    )
