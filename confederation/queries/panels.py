"""What confederations show on pages of bodies: a confederation its bodies and matters, a body what it is in."""

from collections.abc import Iterable
from datetime import datetime

from confederation.models import Ceded, Confederation, Referral
from confederation.queries.confidence import get_confidence_above
from confederation.queries.ours import get_newest
from confederation.queries.picture import get_picture
from confederation.queries.reach import may_read
from confederation.rules.matters import CONFEDERATE
from confederation.words.saying import KEPT, RIGHTS, SORTS, WILL_WITHDRAW, WITHDRAWN
from core.models import Body, Mandate, Person, Proposal
from core.permissions.members import membership_of
from core.registry import Panel


def panels_of(body: Body, person: Person | None, at: datetime) -> Iterable[Panel]:
    """To all what a listed confederation is made of; to members of bodies below it what it decides on, and has decided.
    To members of a body the way to what it is in.
    """
    if body.kind == Body.Kind.CONFEDERATION:
        yield from above_panels(body, person, at)
    elif body.kind in CONFEDERATE and person is not None and membership_of(person, body) is not None:
        yield Panel("confederation/_places.html", {"body": body}, beside=True)


def above_panels(body: Body, person: Person | None, at: datetime) -> Iterable[Panel]:
    """The page of a confederation."""
    inside = may_read(person, body)
    made_of = Confederation.objects.filter(body=body).first()
    about = {"body": body, "inside": inside, "made_of": made_of, "picture": get_picture(body, inside=inside)}
    if not inside:
        yield Panel("confederation/_bodies.html", about)
        return
    yield Panel("confederation/_questions.html", {"body": body, "told": get_newest(body)})
    yield Panel("confederation/_bodies.html", about)
    matters = [(SORTS[each.sort], each) for each in Ceded.objects.standing().filter(confederation=body).order_by("pk")]
    held = Mandate.objects.in_force(at).filter(body=body).select_related("person").order_by("ends_at", "pk")
    yield Panel("confederation/_matters.html", {"matters": matters, "rights": list(RIGHTS.values())})
    yield Panel("confederation/_mandates.html", {"held": list(held)})


def in_place_of_votes(proposal: Proposal) -> Panel | None:
    """On the page of a confederation's own proposal: where it is decided. Nobody votes there."""
    if proposal.body.kind != Body.Kind.CONFEDERATION:
        return None
    referral = Referral.objects.filter(proposal=proposal).select_related("from_body").first()
    return Panel("confederation/_elsewhere.html", {"proposal": proposal, "referral": referral})


def shares(withdrawn: int, of: int) -> list[tuple[str, object, int]]:
    """The bar of confidence at the end: withdrawn, and kept."""
    return [
        (sort, label, n)
        for sort, label, n in (("disagree", WITHDRAWN, withdrawn), ("agree", KEPT, of - withdrawn))
        if n
    ]


def in_place_of_confidence(mandate: Mandate, person: Person, at: datetime) -> Panel | None:
    """On the page of a confederation's mandate: confidence of people and of bodies, and its recall by bodies."""
    if mandate.body.kind != Body.Kind.CONFEDERATION:
        return None
    page = get_confidence_above(mandate, person, at=at)
    about = {"page": page, "will": [str(sentence) for sentence in WILL_WITHDRAW]}
    if page.ended is not None:
        about["bodies"] = shares(page.ended.bodies_withdrawn, page.ended.bodies)
        about["people"] = shares(page.ended.people_withdrawn, page.ended.people)
    return Panel("confederation/_confidence.html", about)
