"""What people type about elections: what is filled, who stands, and whom they choose."""

from collections.abc import Iterable, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.forms.mandates import MandateForm, members_of, person_field
from core.forms.numbers import WholeNumber
from core.models import SEATS_AT_MOST, WORDS_MAX, Body, Candidacy, Charter
from core.rules.choices import NONE_OF_THESE

PLACES = 99
"""The highest number somebody may give: gaps do not matter."""
NOBODY = gettext_lazy("None of these")
MARK_SOMETHING = gettext_lazy("Mark at least one candidate, or “None of these”.")
NUMBER_SOMETHING = gettext_lazy("Give at least one number: 1 for your first choice.")


class ElectionForm(MandateForm):
    """A proposal to elect: the mandate that is given, to how many, and how it is counted."""

    person = None  # type: ignore[assignment]  # candidates stand later
    seats = WholeNumber(
        label=gettext_lazy("How many are elected?"),
        help_text=gettext_lazy("Each of them gets the mandate."),
        low=1,
        high=SEATS_AT_MOST,
        initial=1,
    )
    method = forms.ChoiceField(
        label=gettext_lazy("How do we choose?"),
        help_text=gettext_lazy("Marking is easy to understand and to count. Ranking says more."),
        choices=[
            ("approval", gettext_lazy("Mark all who would do it well")),
            ("ranked", gettext_lazy("Rank them, the best first")),
        ],
        initial="approval",
        widget=forms.RadioSelect,
    )
    text = forms.CharField(
        label=gettext_lazy("Why?"),
        help_text=gettext_lazy("What the body reads and talks over before anybody stands."),
        max_length=20_000,
        widget=forms.Textarea(attrs={"rows": 6}),
    )

    field_order = ("title", "task", "limits", "seats", "method", "term_days", "report_days", "text")

    def __init__(self, body: Body, charter: Charter, *args: Any, **kwargs: Any) -> None:
        super().__init__(body, charter, *args, **kwargs)
        del self.fields["person"]
        self.fields["title"].label = _("What is the mandate called?")
        self.fields["title"].help_text = _("For example: Speak for our street.")


class StandForm(forms.Form):
    """A few words of who stands."""

    words = forms.CharField(
        label=gettext_lazy("What members should know about you"),
        help_text=gettext_lazy("A few sentences: why you, and what you would do. All members read it."),
        max_length=WORDS_MAX,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
    )


class CandidateForm(forms.Form):
    """Whom to ask."""

    def __init__(self, body: Body, known: Iterable[int], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = person_field(members_of(body).exclude(pk__in=list(known)))
        field.label, field.help_text = _("Whom do you ask?"), _("They are told, and stand only if they say so.")
        self.fields["person"] = field


class ChoiceForm(forms.Form):
    """A ballot of an election. `choice` is what was chosen, once the form is valid."""

    vote = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, candidates: Sequence[Candidacy], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        numbered = {row.number: row.person.display_name for row in candidates if row.number is not None}
        self.names = numbered | {NONE_OF_THESE: str(NOBODY)}

    @property
    def choice(self) -> tuple[int, ...]:
        """The numbers chosen, in the order in which a ballot keeps them."""
        raise NotImplementedError


class ApprovalForm(ChoiceForm):
    """Marks beside the candidates."""

    def __init__(self, candidates: Sequence[Candidacy], *args: Any, **kwargs: Any) -> None:
        super().__init__(candidates, *args, **kwargs)
        self.fields["approve"] = forms.TypedMultipleChoiceField(
            label=_("Your choice"),
            coerce=int,
            choices=list(self.names.items()),
            error_messages={"required": MARK_SOMETHING},
            widget=forms.CheckboxSelectMultiple,
        )

    def clean_approve(self) -> list[int]:
        """Either candidates or none of them."""
        marked: list[int] = sorted(set(self.cleaned_data["approve"]))
        if NONE_OF_THESE in marked and len(marked) > 1:
            others = ", ".join(self.names[number] for number in marked if number != NONE_OF_THESE)
            said = _("You marked “None of these” and also %(names)s. Take away one or the other.")
            raise forms.ValidationError(said % {"names": others})
        return marked

    @property
    def choice(self) -> tuple[int, ...]:
        """The numbers marked."""
        return tuple(self.cleaned_data["approve"])


class RankingForm(ChoiceForm):
    """A number beside each candidate, 1 for the best. Gaps do not matter, and nobody has to be numbered."""

    def __init__(self, candidates: Sequence[Candidacy], *args: Any, **kwargs: Any) -> None:
        super().__init__(candidates, *args, **kwargs)
        for number, name in self.names.items():
            self.fields[f"place_{number}"] = WholeNumber(label=name, required=False, low=1, high=PLACES)

    def clean(self) -> dict[str, Any]:
        """Each place once, and at least one."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        places = self.places(cleaned)
        if not places and not self.errors:
            raise forms.ValidationError(NUMBER_SOMETHING)
        for place in sorted(set(places.values())):
            alike = [self.names[number] for number, given in places.items() if given == place]
            if len(alike) > 1:
                said = _("You gave the number %(place)d to more than one: %(names)s. Give each another number.")
                self.add_error(None, said % {"place": place, "names": ", ".join(alike)})
        return cleaned

    def places(self, cleaned: dict[str, Any]) -> dict[int, int]:
        """The place of each who has one."""
        given = {number: cleaned.get(f"place_{number}") for number in self.names}
        return {number: place for number, place in given.items() if place is not None}

    @property
    def choice(self) -> tuple[int, ...]:
        """The numbers of those ranked, the best first."""
        places = self.places(self.cleaned_data)
        return tuple(sorted(places, key=places.__getitem__))


def choice_form(ranked: bool, candidates: Sequence[Candidacy], *args: Any, **kwargs: Any) -> ChoiceForm:
    """The ballot of an election."""
    return RankingForm(candidates, *args, **kwargs) if ranked else ApprovalForm(candidates, *args, **kwargs)
