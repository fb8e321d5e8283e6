"""What confederations show on pages of bodies: a confederation its bodies and matters, a body what it is in."""

from collections.abc import Iterable
from datetime import datetime

from confederation.models import Ceded, Confederation
from confederation.queries.ours import get_told
from confederation.queries.picture import get_picture
from confederation.queries.reach import may_read
from confederation.rules.matters import CONFEDERATE
from confederation.words.saying import RIGHTS, SORTS
from core.models import Body, Mandate, Person
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
    yield Panel("confederation/_bodies.html", about)
    if not inside:
        return
    told = get_told(body, None)[1]
    matters = [(SORTS[each.sort], each) for each in Ceded.objects.standing().filter(confederation=body).order_by("pk")]
    held = Mandate.objects.in_force(at).filter(body=body).select_related("person").order_by("ends_at", "pk")
    yield Panel("confederation/_matters.html", {"matters": matters, "rights": list(RIGHTS.values())})
    yield Panel("confederation/_questions.html", {"body": body, "told": told})
    yield Panel("confederation/_mandates.html", {"held": list(held)})
