"""What people type about mandates. Forms check the shape; the actions decide."""

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from core.forms.numbers import WholeNumber
from core.models import Body, Charter, Person
from core.rules.charter import RANGES

CHOOSE_AMONG = 150
"""Up to so many members stand in a list; in a larger body one writes the name."""

TERM_AT_MOST = RANGES["term_days"][1]

Sentence = str | Promise


class MandateForm(forms.Form):
    """A proposal to give a mandate: the question to the body, and what it offers to whom."""

    title = forms.CharField(
        label=_("What is the mandate called?"), help_text=_("For example: Run the tool library."), max_length=120
    )
    person = forms.ModelChoiceField(
        label=_("Who shall carry it?"),
        queryset=Person.objects.none(),
        help_text=_("They are asked, and the vote opens only if they accept. It may be you."),
    )
    task = forms.CharField(
        label=_("The task"),
        help_text=_("What is to be done, so that everybody can see later whether it was."),
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 5}),
    )
    limits = forms.CharField(
        label=_("The limits"),
        help_text=_("What they must not do alone: money, promises, keys."),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    term_days = WholeNumber(label=_("For how many days?"), low=1, high=TERM_AT_MOST)
    report_days = WholeNumber(
        label=_("A report every how many days?"),
        help_text=_("Every 7 days or more. Leave it empty if no regular report is needed."),
        low=7,
        high=TERM_AT_MOST,
        required=False,
        initial=30,
    )
    text = forms.CharField(
        label=_("Why?"),
        help_text=_("What the body reads and talks over: why this mandate, why this person."),
        max_length=20_000,
        widget=forms.Textarea(attrs={"rows": 6}),
    )

    def __init__(self, body: Body, charter: Charter, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["term_days"] = term_field(charter.term_days)
        self.fields["person"] = person_field(members_of(body), self.initial.get("person"))


def term_field(at_most: int) -> WholeNumber:
    """For how many days, within what the charter allows."""
    help_text = ngettext(
        "At most %(n)d day, says the charter. It can be ended on any day before.",
        "At most %(n)d days, says the charter. It can be ended on any day before.",
        at_most,
    )
    return WholeNumber(
        label=MandateForm.base_fields["term_days"].label,
        help_text=help_text % {"n": at_most},
        low=1,
        high=at_most,
        initial=at_most,
    )


def members_of(body: Body) -> QuerySet[Person]:
    """The members now, by name."""
    open_ones = body.memberships.filter(ended_at__isnull=True)
    return Person.objects.filter(pk__in=open_ones.values("person")).order_by("display_name", "pk")


def person_field(members: QuerySet[Person], chosen: Person | None = None) -> forms.Field:
    """A list of the members; in a large body a field for the name, or only the one who was chosen beforehand."""
    label, help_text = MandateForm.base_fields["person"].label, MandateForm.base_fields["person"].help_text
    if chosen is not None:
        return forms.ModelChoiceField(members.filter(pk=chosen.pk), label=label, help_text=help_text, empty_label=None)
    if len(members.values_list("pk")[: CHOOSE_AMONG + 1]) <= CHOOSE_AMONG:
        return forms.ModelChoiceField(members, label=label, help_text=help_text, empty_label=_("Choose a member"))
    return MemberByName(members, label=label, help_text=_("Their name, as it stands in the list of members."))


class MemberByName(forms.CharField):
    """A member, by the name that all members see."""

    def __init__(self, members: QuerySet[Person], **kwargs: Any) -> None:
        super().__init__(max_length=60, **kwargs)
        self.members = members

    def clean(self, value: Any) -> Any:
        """The one member of that name."""
        name = super().clean(value)
        found = list(self.members.filter(display_name__iexact=name)[:2])
        if not found:
            raise forms.ValidationError(_("No member bears that name."))
        if len(found) > 1:
            raise forms.ValidationError(_("Several members bear that name. Start from the list of members instead."))
        return found[0]


class ReportForm(forms.Form):
    """What a delegate did."""

    text = forms.CharField(
        label=_("What was done, and what comes next?"),
        help_text=_("Two sentences are enough. All members read it."),
        max_length=8000,
        widget=forms.Textarea(attrs={"rows": 5}),
    )


class RecallForm(forms.Form):
    """Why a member opens a recall."""

    reason = forms.CharField(
        label=_("Your reason"),
        help_text=_("All members read it with your name, and the delegate can reply."),
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
