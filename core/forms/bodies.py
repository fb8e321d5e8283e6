"""What people type about bodies and charters. Forms check the shape; rules and actions decide."""

from dataclasses import fields, replace
from typing import Any
from zoneinfo import available_timezones

from django import forms
from django.utils.translation import gettext_lazy as _

from core.models import Body, Charter
from core.rules.charter import RANGES, TEMPLATES, CharterNumbers, problems
from core.rules.shares import Share

TEMPLATE_WORDS = {
    "small": _("A street or a house: everybody decides together, any one member can stop a thing that would do harm."),
    "large": _("A neighbourhood: above 30 people four in five who take a side decide, a third of all must take part."),
    "open": _("Open door: whoever is in scope joins at once, and votes after 30 days."),
}

SHARES = {
    "agreement": ["2/3", "3/4", "4/5", "5/6", "9/10"],
    "quorum": ["1/5", "1/4", "1/3", "2/5", "1/2", "3/5", "2/3", "3/4"],
    "second_quorum": ["1/5", "1/4", "1/3", "2/5", "1/2", "3/5", "2/3", "3/4"],
    "asides": ["0/1", "1/10", "1/5", "1/4", "1/3", "1/2"],
}


class BodyForm(forms.Form):
    """A new body with the draft of its charter."""

    name = forms.CharField(label=_("What is it called?"), max_length=80)
    kind = forms.ChoiceField(label=_("What is it?"), choices=Body.Kind.choices, initial=Body.Kind.COUNCIL)
    listed = forms.BooleanField(
        label=_("Listed: anybody may see that it exists and what it is for"), required=False, initial=True
    )
    purpose = forms.CharField(label=_("What is it for?"), max_length=4000, widget=forms.Textarea(attrs={"rows": 4}))
    unity = forms.CharField(
        label=_("Points of unity"),
        help_text=_("What all who join share. You can write them later, too."),
        max_length=8000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    template = forms.ChoiceField(
        label=_("How it decides, to begin with"),
        choices=list(TEMPLATE_WORDS.items()),
        initial="small",
        widget=forms.RadioSelect,
    )
    time_zone = forms.ChoiceField(label=_("Time zone"), initial="UTC")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["time_zone"].choices = zones()  # type: ignore[attr-defined]

    @property
    def numbers(self) -> CharterNumbers:
        """The template's numbers in the chosen time zone."""
        return replace(TEMPLATES[self.cleaned_data["template"]], time_zone=self.cleaned_data["time_zone"])


def zones() -> list[tuple[str, str]]:
    """Time zones by name, UTC first."""
    return [("UTC", "UTC"), *((name, name) for name in sorted(available_timezones()) if "/" in name)]


def called(name: str) -> Any:
    """The name of a setting, as the model has it."""
    return getattr(Charter._meta.get_field(name), "verbose_name", name)


def share_field(label: Any, name: str) -> forms.ChoiceField:
    """A share out of a short list within its range."""
    return forms.ChoiceField(label=label, choices=[(share, share) for share in SHARES[name]])


def number(name: str) -> forms.IntegerField:
    """An integer setting with its range in words."""
    low, high = RANGES[name]
    return forms.IntegerField(
        label=called(name),
        min_value=low,
        max_value=high,
        help_text=_("%(low)s to %(high)s") % {"low": low, "high": high} if high < 1000 else "",
    )


class CharterForm(forms.Form):
    """All that a charter says."""

    purpose = forms.CharField(label=_("what we are for"), max_length=4000, widget=forms.Textarea(attrs={"rows": 4}))
    unity = forms.CharField(
        label=_("points of unity"), max_length=8000, required=False, widget=forms.Textarea(attrs={"rows": 4})
    )
    consensus_up_to = number("consensus_up_to")
    agreement = share_field(_("above it, of those who take a side, at least"), "agreement")
    quorum = share_field(_("of the roll must take part"), "quorum")
    second_quorum = share_field(_("at a second call"), "second_quorum")
    discussion_days = number("discussion_days")
    voting_hours = number("voting_hours")
    recall_hours = number("recall_hours")
    asides = share_field(_("stand-asides at most, of those taking part"), "asides")
    round_days = number("round_days")
    rounds_max = number("rounds_max")
    after_rounds = forms.ChoiceField(label=_("when a block still stands"), choices=Charter.AfterRounds.choices)
    term_days = number("term_days")
    renewals = number("renewals")
    admission = forms.ChoiceField(label=_("admission"), choices=Charter.Admission.choices, widget=forms.RadioSelect)
    waiting_days = number("waiting_days")
    open_proposals = number("open_proposals")
    counts_visible = forms.ChoiceField(label=_("running counts are seen by"), choices=Charter.Counts.choices)
    secret_from = forms.IntegerField(
        label=called("secret_from"),
        help_text=_("7 or more; empty means never"),
        min_value=7,
        required=False,
    )
    minimum_age = number("minimum_age")
    codes = forms.BooleanField(label=_("codes for secret votes"), required=False)
    votes_by_mail = forms.BooleanField(label=_("open votes by a link in the mail"), required=False)
    urgent_sum = number("urgent_sum")
    time_zone = forms.ChoiceField(label=_("time zone"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["time_zone"].choices = zones()  # type: ignore[attr-defined]

    @classmethod
    def of(cls, charter: Charter, data: Any = None) -> "CharterForm":
        """The form as that charter has it; a share outside the short list is added to it."""
        numbers = charter.numbers
        initial = {name: getattr(numbers, name) for name in cls.base_fields if hasattr(numbers, name)}
        initial |= {name: str(initial[name]) for name in SHARES}
        form = cls(data, initial={**initial, "purpose": charter.purpose, "unity": charter.unity})
        for name, shares in SHARES.items():
            field = form.fields[name]
            if isinstance(field, forms.ChoiceField) and initial[name] not in shares:
                field.choices = [(initial[name], initial[name]), *((each, each) for each in shares)]
        return form

    @property
    def numbers(self) -> CharterNumbers:
        """What was typed, as the rules take it."""
        typed = {each.name: self.cleaned_data[each.name] for each in fields(CharterNumbers)}
        for name in SHARES:
            num, den = typed[name].split("/")
            typed[name] = Share(int(num), int(den))
        return CharterNumbers(**typed)

    def clean(self) -> dict[str, Any]:
        """Rules between numbers, each beside its field."""
        cleaned = super().clean() or {}
        if not self.errors:
            for problem in problems(self.numbers):
                self.add_error(problem.field, sentence(problem.code, problem.low, problem.high))
        return cleaned


class CharterChangeForm(CharterForm):
    """A charter change: what it says, and why."""

    title = forms.CharField(label=_("What changes, in a few words?"), max_length=120)
    text = forms.CharField(label=_("Why?"), max_length=20_000, widget=forms.Textarea(attrs={"rows": 5}))
    field_order = ("title", "text")


def sentence(code: str, low: str, high: str) -> Any:
    """A problem with a charter's number in words."""
    if code == "open_waits":
        return _("Where everybody may join, a new member waits at least 14 days.")
    if code == "unknown":
        return _("This time zone is not known.")
    if code == "range" and high:
        return _("This must be from %(low)s to %(high)s.") % {"low": low, "high": high}
    if code == "range":
        return _("This must be at least %(low)s.") % {"low": low}
    return _("Choose one of the answers.")


class FirstForm(forms.Form):
    """The first person of an empty house, and the first body."""

    display_name = forms.CharField(
        label=_("Your name"), help_text=_("The name others see. It may be a pseudonym."), max_length=60
    )
    sign_in_name = forms.RegexField(
        r"^[a-z0-9][a-z0-9._-]*\Z",
        label=_("Sign-in name"),
        help_text=_("Small letters, digits, dots and dashes."),
        max_length=40,
    )
    password = forms.CharField(
        label=_("Password"),
        help_text=_("At least 10 characters. A few words in a row are easy to keep in mind."),
        max_length=200,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )
    body = forms.CharField(
        label=_("What is your body called?"), help_text=_("For example: Alder Street."), max_length=80
    )
    purpose = forms.CharField(label=_("What is it for?"), max_length=4000, widget=forms.Textarea(attrs={"rows": 4}))
    template = forms.ChoiceField(
        label=_("How it decides, to begin with"),
        choices=list(TEMPLATE_WORDS.items()),
        initial="small",
        widget=forms.RadioSelect,
    )
    time_zone = forms.ChoiceField(label=_("Time zone"), initial="UTC")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["time_zone"].choices = zones()  # type: ignore[attr-defined]
