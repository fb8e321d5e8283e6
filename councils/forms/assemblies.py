"""What is typed about assemblies."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from councils.models import Assembly
from councils.rules.calling import NOTICE_AT_LEAST, NOTICE_AT_MOST, Plan, When

DATES_SHOWN = 4


FIRST_YEAR, LAST_YEAR = 1000, 9000


class MomentField(forms.DateTimeField):
    """A day and an hour, in the time of the body, as phones offer them."""

    def __init__(self, **kwargs: Any) -> None:
        widget = forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M")
        formats = ["%Y-%m-%dT%H:%M", "%Y-%m-%d %H:%M"]
        super().__init__(widget=widget, input_formats=formats, **kwargs)

    def clean(self, value: Any) -> Any:
        """The ends of the calendar have no hour beyond them: nobody meets then."""
        moment = super().clean(value)
        if moment is not None and not FIRST_YEAR <= moment.year <= LAST_YEAR:
            raise forms.ValidationError(_("Choose a nearer date."))
        return moment


class PlanForm(forms.ModelForm[Assembly]):
    """What every assembly is asked for, apart from its date."""

    class Meta:
        model = Assembly
        fields: ClassVar[tuple[str, ...]] = ("title", "place", "about", "notice_days")
        widgets = {"about": forms.Textarea(attrs={"rows": 4})}
        help_texts = {
            "title": _("In one line, for example: Assembly in spring."),
            "place": _("Where people find it, also who does not know the house."),
            "notice_days": _("So many days lie between the call and the meeting: 3 to 30."),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["notice_days"].widget.attrs |= {"min": NOTICE_AT_LEAST, "max": NOTICE_AT_MOST}

    @property
    def plan(self) -> Plan:
        """What was typed."""
        typed = self.cleaned_data
        return Plan(typed["title"], typed["place"], typed["about"], typed["notice_days"])


class CallForm(PlanForm):
    """Call an assembly on a date."""

    starts_at = MomentField(label=_("Begins"))
    ends_at = MomentField(label=_("Ends, as planned"))

    field_order = ("title", "place", "starts_at", "ends_at", "about", "notice_days")

    @property
    def when(self) -> When:
        """The date."""
        return When(self.cleaned_data["starts_at"], self.cleaned_data["ends_at"])


class DatesForm(PlanForm):
    """Ask which of several dates suit. Each lasts equally long."""

    hours = forms.DecimalField(
        label=_("How many hours it lasts"), min_value=0, max_digits=4, decimal_places=2, initial=2
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for number in range(1, DATES_SHOWN + 1):
            label = _("Date %(n)d") % {"n": number}
            self.fields[f"date_{number}"] = MomentField(label=label, required=number <= 2)

    @property
    def dates(self) -> list[When]:
        """The dates that were typed."""
        seconds = int(self.cleaned_data["hours"] * 3600)
        return [When(each, datetime.fromtimestamp(each.timestamp() + seconds, each.tzinfo)) for each in self.typed()]

    def typed(self) -> Iterator[datetime]:
        """The beginnings."""
        for number in range(1, DATES_SHOWN + 1):
            found = self.cleaned_data.get(f"date_{number}")
            if found is not None:
                yield found


class ItemForm(forms.Form):
    """Something for the agenda: a proposal, or a title of one's own."""

    title = forms.CharField(label=_("What we talk over"), max_length=120, required=False)
    proposal = forms.IntegerField(required=False)
    box = forms.IntegerField(label=_("Minutes for it"), min_value=1, max_value=240, initial=15)
    takes_ballots = forms.BooleanField(label=_("Votes of those present are taken here"), required=False)


class MemberForm(forms.Form):
    """A member, by the key of the membership."""

    membership = forms.IntegerField(min_value=1, max_value=2**31 - 1)


class NumberForm(forms.Form):
    """A number of guests or of minutes."""

    number = forms.IntegerField(label=_("Number"), min_value=0, max_value=10_000)


class ErrandForm(forms.Form):
    """What somebody will do, who, by when."""

    what = forms.CharField(label=_("What"), max_length=200)
    membership = forms.IntegerField(required=False)
    due_on = forms.DateField(label=_("By"), required=False)


class NoteForm(forms.Form):
    """A note; `seen` is the version it was written from, where it is written anew."""

    text = forms.CharField(label=_("Note"), max_length=4000, required=False)
    seen = forms.IntegerField(required=False, min_value=0)
