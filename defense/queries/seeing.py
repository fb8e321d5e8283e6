"""Who sees a defence body's codes, posts and training: its members, and those of the host that decides on them."""

from django.db.models import Q
from django.shortcuts import get_object_or_404

from core.models import Body, Membership, Person


def seen_body(person: Person, slug: str) -> Body:
    """The defence body, else 404."""
    mine = Membership.objects.reading().filter(person=person).values("body")
    found = Body.objects.filter(Q(pk__in=mine) | Q(host__in=mine), kind=Body.Kind.DEFENSE).select_related("host")
    body: Body = get_object_or_404(found, slug=slug)
    return body
