"""What the API takes about councils and foundings. It validates and never saves."""

from rest_framework import serializers

from core.api.taken import Shape
from core.rules.charter import TEMPLATES
from councils.models import CouncilProfile
from councils.rules.profiles import SIZES, Profile

WHOLE = 100_000


class BoardTaken(Shape):
    """A new board."""

    title = serializers.CharField(max_length=80)


class NeedTaken(Shape):
    """What was heard at the doors."""

    theme = serializers.CharField(max_length=80)
    doors = serializers.IntegerField(min_value=1, max_value=WHOLE)
    in_all = serializers.IntegerField(min_value=1, max_value=WHOLE)


class ProfileTaken(Shape):
    """Whom a council is for."""

    scope = serializers.ChoiceField(choices=CouncilProfile.Scope.choices)
    affected = serializers.CharField(max_length=1000)
    size_hint = serializers.IntegerField(min_value=SIZES[0], max_value=SIZES[1], default=30)
    languages = serializers.CharField(max_length=120, required=False, allow_blank=True, default="")
    habits = serializers.CharField(max_length=2000, required=False, allow_blank=True, default="")


class ProfileChangeTaken(ProfileTaken):
    """Another profile, and why."""

    title = serializers.CharField(max_length=120)
    text = serializers.CharField(max_length=20_000)


class ScopeTaken(ProfileTaken):
    """Whom the council is for, and the draft of its charter."""

    name = serializers.CharField(max_length=80)
    listed = serializers.BooleanField(default=True)
    purpose = serializers.CharField(max_length=4000)
    unity = serializers.CharField(max_length=8000, required=False, allow_blank=True, default="")
    template = serializers.ChoiceField(choices=[(name, name) for name in TEMPLATES], default="small")


class AssemblyTaken(Shape):
    """When and where the first assembly is."""

    when = serializers.DateTimeField()
    place = serializers.CharField(max_length=200)
    agenda = serializers.CharField(max_length=4000, required=False, allow_blank=True, default="")


class AttendanceTaken(Shape):
    """Who of the founding members came, by the keys of their memberships, and how many others."""

    came = serializers.ListField(child=serializers.IntegerField(min_value=1, max_value=2**63 - 1), max_length=1000)
    others = serializers.IntegerField(min_value=0, max_value=WHOLE, default=0)


class SplitTaken(Shape):
    """The two councils, and why."""

    first = serializers.CharField(max_length=80)
    second = serializers.CharField(max_length=80)
    text = serializers.CharField(max_length=20_000)


class PartTaken(Shape):
    """One of the two."""

    part = serializers.IntegerField(min_value=1, max_value=2)


def profile_of(given: dict[str, object]) -> Profile:
    """As the rules take it."""
    names = ("scope", "affected", "size_hint", "languages", "habits")
    return Profile(**{name: given[name] for name in names})  # type: ignore[arg-type]
