"""What the API shows of assemblies: what their pages show, and no more."""

from typing import Any, ClassVar

from rest_framework import serializers

from core.api.shown import PersonShown
from core.models import Membership, Person
from core.timekeeping import folkmoot_now
from councils.models import AgendaItem, Assembly, Duty, Errand
from councils.queries.assemblies import DateRow, Quorum, get_assembly_page, with_numbers
from councils.queries.minutes import Said, Section, get_sections
from councils.queries.published import Added, Published
from councils.queries.room import Question, Room, Waiting, get_room


class AssemblyShown(serializers.ModelSerializer[Assembly]):
    """An assembly: what it is, when and where, and how far it is."""

    body = serializers.SlugRelatedField[Any](slug_field="slug", read_only=True)
    called_by = PersonShown(read_only=True)

    class Meta:
        model = Assembly
        fields: ClassVar = [
            *("id", "body", "title", "about", "place", "called_by", "stage", "notice_days", "guests"),
            *("made_at", "starts_at", "ends_at", "called_at", "opened_at", "closed_at", "published_at", "cancelled_at"),
        ]


class AgendaItemShown(serializers.ModelSerializer[AgendaItem]):
    """One item of an agenda, with its minutes."""

    class Meta:
        model = AgendaItem
        fields: ClassVar = [
            *("id", "place", "title", "proposal", "box", "longer", "takes_ballots", "begun_at", "ended_at"),
        ]


class DateShown(serializers.Serializer[DateRow]):
    """One date, how many it suits, and one's own answer."""

    id = serializers.IntegerField(source="option.pk")
    starts_at = serializers.DateTimeField(source="option.starts_at")
    ends_at = serializers.DateTimeField(source="option.ends_at")
    yes = serializers.IntegerField()
    maybe = serializers.IntegerField()
    no = serializers.IntegerField()
    own = serializers.CharField()


class HereShown(serializers.ModelSerializer[Membership]):
    """A member in the room, by the id of the membership."""

    person = PersonShown(read_only=True)

    class Meta:
        model = Membership
        fields: ClassVar = ["id", "person"]


class DutyShown(serializers.ModelSerializer[Duty]):
    """Who facilitates or takes notes, or is asked to."""

    person = PersonShown(source="membership.person", read_only=True)

    class Meta:
        model = Duty
        fields: ClassVar = ["id", "role", "person", "asked_at", "accepted_at"]


class QuorumShown(serializers.Serializer[Quorum]):
    """How many with a voice are here, of how many, and how many it takes."""

    here = serializers.IntegerField()
    voices = serializers.IntegerField()
    needed = serializers.IntegerField()
    guests = serializers.IntegerField()


class WaitingShown(serializers.Serializer[Waiting]):
    """A raised hand, in the order in which they speak."""

    member = HereShown(source="membership")
    hand = serializers.CharField()
    first = serializers.BooleanField()


class QuestionShown(serializers.Serializer[Question]):
    """Whether to waive what is left of a discussion: what was said so far, and one's own answer."""

    id = serializers.IntegerField(source="waiver.pk")
    agree = serializers.IntegerField()
    against = serializers.IntegerField()
    own = serializers.BooleanField(allow_null=True)


class RoomShown(serializers.Serializer[Room]):
    """The room as it is now."""

    quorum = QuorumShown()
    present = HereShown(many=True)
    item = serializers.IntegerField(source="item.pk", allow_null=True, default=None)
    turn = serializers.IntegerField(source="speaking.pk", allow_null=True, default=None)
    speaking = HereShown(source="speaking.membership", allow_null=True, default=None)
    waiting = WaitingShown(many=True)
    felt = serializers.DictField(child=serializers.IntegerField())
    question = QuestionShown(allow_null=True)


class ErrandShown(serializers.ModelSerializer[Errand]):
    """What somebody took on."""

    person = PersonShown(read_only=True, allow_null=True)

    class Meta:
        model = Errand
        fields: ClassVar = ["id", "what", "person", "due_on", "done_at", "note"]


class SaidShown(serializers.Serializer[Said]):
    """One sentence of the minutes; a note has an id and the version that a change of it names."""

    at = serializers.DateTimeField()
    sentence = serializers.CharField()
    note = serializers.IntegerField(source="line.pk", allow_null=True, default=None)
    version = serializers.IntegerField(source="line.version", allow_null=True, default=None)


class SectionShown(serializers.Serializer[Section]):
    """What was said under one item, or between items."""

    title = serializers.CharField()
    said = SaidShown(many=True)


class AddedShown(serializers.Serializer[Added]):
    """A correction below published minutes, and the name of who wrote it."""

    id = serializers.IntegerField(source="pk")
    author = serializers.CharField()
    text = serializers.CharField()
    at = serializers.DateTimeField()


class PublishedShown(serializers.Serializer[Published]):
    """The minutes as they were published; whoever was forgotten since is not named."""

    text = serializers.CharField()
    published_by = serializers.CharField()
    published_at = serializers.DateTimeField()
    addenda = AddedShown(many=True)


class AssemblyWhole(AssemblyShown):
    """An assembly with its agenda, duties and dates; under way with the room as it is; its minutes, with what was
    added to them.
    """

    guides = serializers.BooleanField(help_text="Whether the caller guides it.")
    items = AgendaItemShown(source="page.items", many=True)
    duties = DutyShown(source="duties_held", many=True)
    dates = DateShown(source="page.dates", many=True)
    room = RoomShown(allow_null=True)
    errands = ErrandShown(source="page.errands", many=True)
    notes = SectionShown(many=True, help_text="The minutes as they write themselves, until they are published.")
    minutes = PublishedShown(source="page.published", allow_null=True)

    class Meta:
        model = Assembly
        fields: ClassVar = [
            *AssemblyShown.Meta.fields,
            *("guides", "items", "duties", "dates", "room", "errands", "notes", "minutes"),
        ]

    def to_representation(self, instance: Any) -> dict[str, Any]:
        """Read anew, so that the answer to an act is what stands after it."""
        shown: dict[str, Any] = super().to_representation(whole(instance, self.context["request"].user))
        return shown


def whole(assembly: Assembly, person: Person) -> Any:
    """The assembly, with all that is shown of it to this person."""
    at = folkmoot_now()
    row: Any = with_numbers(Assembly.objects.filter(pk=assembly.pk), person, at=at).get()
    row.page = get_assembly_page(row, person, at=at)
    row.duties_held = [each.duty for each in row.page.duties if each.duty is not None]
    row.room = get_room(row, person, at=at) if row.is_open else None
    row.notes = get_sections(row) if row.opened_at is not None and row.published_at is None else []
    return row
