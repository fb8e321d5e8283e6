"""Who held a mandate last."""

from core.models import Body, Mandate, Person, Proposal


def held_before(body: Body, title: str, person: Person, *, granting: Proposal | None = None) -> Mandate | None:
    """The mandate of that name, if this person was the last to hold it, or one of the last where several were elected
    together. What `granting` has given meanwhile does not count.
    """
    named = Mandate.objects.filter(body=body, title__iexact=title).exclude(granted_by=granting)
    last = named.order_by("-starts_at", "-pk").values("granted_by")[:1]
    return named.filter(granted_by__in=last, person=person).first()
