"""What is typed about being in confederations: founding one, joining one, leaving one, whom to send there."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from confederation.models import Confederation
from confederation.words.saying import SORTS, choices
from core.forms.mandates import MandateForm, members_of, person_field, term_field
from core.forms.numbers import WholeNumber
from core.models import TEXT_MAX, Body, Charter

MATTERS = 4
"""So many can be typed at once; more are ceded later."""
OTHERS = 100
"""So many bodies stand in the list."""


def why_field() -> forms.CharField:
    """What the body reads and talks over."""
    return forms.CharField(label=_("Why?"), max_length=TEXT_MAX, widget=forms.Textarea(attrs={"rows": 5}))


class FoundingForm(forms.Form):
    """A confederation that a body proposes to others."""

    others = forms.ModelMultipleChoiceField(
        label=_("With which bodies?"),
        help_text=_("One to four others. Each of them decides for itself."),
        queryset=Body.objects.none(),
        widget=forms.CheckboxSelectMultiple,
    )
    name = forms.CharField(label=_("What is it called?"), max_length=80)
    purpose = forms.CharField(label=_("What is it for?"), max_length=4000, widget=forms.Textarea(attrs={"rows": 3}))
    unity = forms.CharField(
        label=_("On which points do all of you agree?"), max_length=8000, widget=forms.Textarea(attrs={"rows": 4})
    )

    def __init__(self, body: Body, kind: str, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        others = self.fields["others"]
        assert isinstance(others, forms.ModelMultipleChoiceField)  # noqa: S101  (for the type checker)
        others.queryset = bodies_of_kind(body, kind)
        for number in range(1, MATTERS + 1):
            self.fields[f"words{number}"] = forms.CharField(
                label=_("What do you decide together? (%(n)d)") % {"n": number},
                help_text=_("It decides on nothing else. For example: the water of the brook.") if number == 1 else "",
                max_length=200,
                required=number == 1,
            )
            self.fields[f"sort{number}"] = forms.ChoiceField(
                label=_("What is that about? (%(n)d)") % {"n": number},
                choices=choices(SORTS),
                required=number == 1,
                initial="other",
            )
        self.fields["text"] = why_field()

    @property
    def matters(self) -> list[tuple[str, str]]:
        """Those that were typed: what each is about, and what exactly."""
        typed = self.cleaned_data
        rows = [(typed[f"sort{n}"] or "other", typed[f"words{n}"]) for n in range(1, MATTERS + 1)]
        return [(sort, words) for sort, words in rows if words]


def bodies_of_kind(body: Body, kind: str) -> Any:
    """The listed bodies that could found one together with a body, by name; the first hundred."""
    of_kind = Confederation.objects.filter(of_kind=kind).values("body")
    listed = Body.objects.filter(listed=True, adopted_at__isnull=False, ended_at=None).exclude(pk=body.pk)
    keys = (listed.filter(kind=kind) | listed.filter(pk__in=of_kind)).order_by("name", "pk").values_list("pk")[:OTHERS]
    return Body.objects.filter(pk__in=[key for (key,) in keys]).order_by("name", "pk")


class JoiningForm(forms.Form):
    """A confederation that a body is to join."""

    confederation = forms.ModelChoiceField(
        label=_("Which one?"), queryset=Body.objects.none(), empty_label=_("Choose a confederation")
    )
    observes = forms.BooleanField(
        label=_("As an observer: we speak there, and are not counted"),
        help_text=_("For bodies of another kind, and for those that are not ready yet."),
        required=False,
    )
    text = why_field()

    def __init__(self, found: list[Confederation], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["confederation"]
        assert isinstance(field, forms.ModelChoiceField)  # noqa: S101  (for the type checker)
        field.queryset = Body.objects.filter(pk__in=[each.body_id for each in found]).order_by("name", "pk")


class LeavingForm(forms.Form):
    """Why a body is to leave."""

    text = why_field()


class DelegateForm(forms.Form):
    """Whom a body sends to its seat: one who is named, or one whom all members elect."""

    place = forms.ChoiceField(
        label=_("For which place?"),
        choices=[("delegate", _("Delegate")), ("alternate", _("Alternate, who stands in"))],
        widget=forms.RadioSelect,
        initial="delegate",
    )
    bound = forms.ChoiceField(
        label=_("What do they say there?"),
        choices=[
            ("bound", _("What we have decided, and nothing else")),
            ("free", _("Within the limits below they may say something else, and tell us why at once")),
        ],
        widget=forms.RadioSelect,
        initial="bound",
    )
    task = forms.CharField(
        label=MandateForm.base_fields["task"].label, max_length=4000, widget=forms.Textarea(attrs={"rows": 3})
    )
    limits = forms.CharField(
        label=MandateForm.base_fields["limits"].label, max_length=2000, widget=forms.Textarea(attrs={"rows": 3})
    )
    report_days = WholeNumber(
        label=MandateForm.base_fields["report_days"].label, low=7, high=365, required=False, initial=30
    )

    def __init__(self, body: Body, charter: Charter, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        person = person_field(members_of(body))
        person.required = False
        person.help_text = _("Leave it empty, and all members elect one of those who stand.")
        if isinstance(person, forms.ModelChoiceField):
            person.empty_label = _("Nobody is named: we elect")
        self.fields["person"] = person
        self.fields["term_days"] = term_field(charter.term_days)
        self.fields["text"] = why_field()
        self.order_fields(["person", "place", "bound", "task", "limits", "term_days", "report_days", "text"])
