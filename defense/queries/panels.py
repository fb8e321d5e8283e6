"""What a defence body shows on its own page: what to accept; and which defence bodies a council has."""

from collections.abc import Iterable
from datetime import datetime

from django.db.models import BooleanField, Exists, Func, OuterRef, Value

from core.models import Body, Person
from core.permissions.members import membership_of
from core.registry import Panel
from defense.models import DefenseBody


def panels_of(body: Body, person: Person | None, at: datetime) -> Iterable[Panel]:
    """To members: what a defence body is, and whether they are in good standing. One statement."""
    membership = membership_of(person, body) if person is not None else None
    if membership is None:
        return
    if body.kind == Body.Kind.DEFENSE:
        moment = Value(at)
        good = Func(Value(membership.pk), moment, function="defense_good_standing", output_field=BooleanField())
        row = DefenseBody.objects.filter(body=body).annotate(good=good).first()
        yield Panel("defense/_defense.html", {"body": body, "defense": row})


def formed_by(host: Body, person: Person) -> list[DefenseBody]:
    """The defence bodies of a council, each with whether the person sees its own page."""
    seen = Exists(Body.objects.visible_to(person).filter(pk=OuterRef("body")))
    rows = DefenseBody.objects.filter(body__host=host, body__ended_at__isnull=True).annotate(seen=seen)
    return list(rows.select_related("body").order_by("body__name"))
