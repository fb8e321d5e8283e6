"""What the API takes about assemblies. It validates and never saves."""

from rest_framework import serializers

from core.api.taken import DayField, Shape
from councils.models import DateMark, Duty, Wave
from councils.models.agenda import LONGEST_BOX
from councils.models.minutes import NOTE_MAX
from councils.rules.calling import NOTICE_AT_LEAST, NOTICE_AT_MOST
from councils.rules.speakers import Hand

KEY_MAX = 2**31 - 1
MANY = 10_000
HANDS = [each.value for each in Hand]


class PlanTaken(Shape):
    """What an assembly is, apart from its date."""

    title = serializers.CharField(max_length=120)
    place = serializers.CharField(max_length=200)
    about = serializers.CharField(max_length=4000, required=False, allow_blank=True, default="")
    notice_days = serializers.IntegerField(min_value=NOTICE_AT_LEAST, max_value=NOTICE_AT_MOST, default=7)


class WhenTaken(Shape):
    """A planned beginning and end."""

    starts_at = serializers.DateTimeField()
    ends_at = serializers.DateTimeField()


class CallTaken(PlanTaken, WhenTaken):
    """A call to an assembly on a date."""


class PollTaken(PlanTaken):
    """The question which of several dates suit."""

    dates = WhenTaken(many=True)


class MarkTaken(Shape):
    """Whether one date suits."""

    date = serializers.IntegerField(min_value=1, max_value=KEY_MAX, help_text="The id of the date.")
    suits = serializers.ChoiceField(choices=DateMark.Suits.choices)


class MarksTaken(Shape):
    """Which dates suit."""

    marks = MarkTaken(many=True)


class AgendaItemTaken(Shape):
    """Something for the agenda: a proposal's id, or a title of one's own."""

    title = serializers.CharField(max_length=120, required=False, allow_blank=True, default="")
    proposal = serializers.IntegerField(required=False, allow_null=True, min_value=1, max_value=KEY_MAX)
    box = serializers.IntegerField(min_value=1, max_value=LONGEST_BOX, default=15, help_text="Minutes.")
    takes_ballots = serializers.BooleanField(default=False)


class NumberTaken(Shape):
    """A number of guests, or of minutes."""

    number = serializers.IntegerField(min_value=0, max_value=MANY)


class RoleTaken(Shape):
    """A duty."""

    role = serializers.ChoiceField(choices=Duty.Role.choices)


class MemberTaken(Shape):
    """A member, by the id of the membership."""

    membership = serializers.IntegerField(min_value=1, max_value=KEY_MAX)


class RoleOfTaken(RoleTaken, MemberTaken):
    """A duty, and the member who is asked to take it."""


class HandTaken(Shape):
    """A raised hand."""

    hand = serializers.ChoiceField(choices=HANDS)


class HandOfTaken(HandTaken, MemberTaken):
    """A raised hand of somebody who has no telephone."""


class SeenTaken(Shape):
    """The id of the turn one saw under way; 0 for none. Two who press at once move the list on by one."""

    seen = serializers.IntegerField(min_value=0, max_value=KEY_MAX)


class WaveTaken(Shape):
    """How one feels about what is being said."""

    sign = serializers.ChoiceField(choices=Wave.Sign.choices)


class ConsentTaken(Shape):
    """Yes or no."""

    agrees = serializers.BooleanField()


class ConsentOfTaken(ConsentTaken):
    """Yes or no, said aloud by a member."""

    membership = serializers.IntegerField(min_value=1, max_value=KEY_MAX)


class MinuteTaken(Shape):
    """Words for the minutes."""

    text = serializers.CharField(max_length=NOTE_MAX)


class NoteChangeTaken(Shape):
    """A note written anew, and the version it was written from; without words it goes."""

    text = serializers.CharField(max_length=NOTE_MAX, allow_blank=True)
    seen = serializers.IntegerField(min_value=0, max_value=KEY_MAX)


class ErrandTaken(Shape):
    """What is to be done, by whom (the id of a membership), until when."""

    what = serializers.CharField(max_length=200)
    membership = serializers.IntegerField(required=False, allow_null=True, min_value=1, max_value=KEY_MAX)
    due_on = DayField(required=False, allow_null=True)


class ErrandDoneTaken(Shape):
    """How it went."""

    note = serializers.CharField(max_length=300, required=False, allow_blank=True, default="")
