"""What people type about bodies and charters. Forms check the shape; rules and actions decide."""

from dataclasses import fields, replace
from functools import cache
from typing import Any
from zoneinfo import available_timezones

from django import forms
from django.utils.functional import lazy
from django.utils.text import format_lazy
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from core.forms.numbers import WholeNumber
from core.models import Body, Charter
from core.rules.charter import RANGES, SECRET_FROM_AT_LEAST, TEMPLATES, CharterNumbers, problems
from core.rules.shares import Share

TEMPLATE_WORDS = {
    "small": _("A street or a house: everybody decides together, any one member can stop a thing that would do harm."),
    "large": _("A neighbourhood: above 30 people four in five who take a side decide, a third of all must take part."),
    "open": _("Open door: whoever is in scope joins at once, and votes after 30 days."),
}

LARGEST = 32_767
"""What the column of a small number holds."""

SHARES = {
    "agreement": ["2/3", "3/4", "4/5", "5/6", "9/10"],
    "quorum": ["1/5", "1/4", "1/3", "2/5", "1/2", "3/5", "2/3", "3/4"],
    "second_quorum": ["1/5", "1/4", "1/3", "2/5", "1/2", "3/5", "2/3", "3/4"],
    "asides": ["0/1", "1/10", "1/5", "1/4", "1/3", "1/2"],
}


KINDS = [choice for choice in Body.Kind.choices if choice[0] != Body.Kind.DEFENSE]
"""What anybody can form. A defence body is formed by a decision of the council that it answers to."""


class BodyForm(forms.Form):
    """A new body with the draft of its charter."""

    name = forms.CharField(label=_("What is it called?"), max_length=80)
    kind = forms.ChoiceField(label=_("What is it?"), choices=KINDS, initial=Body.Kind.COUNCIL)
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


@cache
def zones() -> list[tuple[str, str]]:
    """Time zones by name, UTC first."""
    return [("UTC", "UTC"), *((name, name) for name in sorted(available_timezones()) if "/" in name)]


LABELS = {
    "consensus_up_to": _("Consensus while at most so many may vote"),
    "agreement": _("Above that: so many of those who take a side must agree"),
    "quorum": _("So many of those who may vote must take part"),
    "second_quorum": _("If too few do: so many at the second call"),
    "discussion_days": _("Days of talk before a vote, at least"),
    "voting_hours": _("Hours a vote is open"),
    "recall_hours": _("Hours a recall is open"),
    "asides": _("So many of those taking part may stand aside"),
    "round_days": _("Days of talk after a block"),
    "rounds_max": _("Rounds of talk at most"),
    "after_rounds": _("If a block still stands after the last round"),
    "term_days": _("Days a mandate lasts at most"),
    "renewals": _("Renewals of a mandate in a row"),
    "admission": _("How people join"),
    "waiting_days": _("Days until a new member votes"),
    "open_proposals": _("Open proposals per member"),
    "counts_visible": _("Who sees how a vote stands while it is open"),
    "secret_from": _("Elections, recalls and removals are secret when so many may vote"),
    "minimum_age": _("Youngest member, in years"),
    "urgent_sum": _("What an urgent decision may spend"),
}
"""What each setting is called where it is typed; charters in words stand in core.words.charters."""


def share_field(name: str) -> forms.ChoiceField:
    """A share out of a short list within its range."""
    return forms.ChoiceField(label=LABELS[name], choices=[(share, spoken(share)) for share in SHARES[name]])


def spoken(share: str) -> Any:
    """A share in words: "4 in 5"."""
    part, whole = share.split("/")
    return _("nobody") if part == "0" else lazy_share(part, whole)


def _share(part: str, whole: str) -> str:
    return gettext("%(part)s in %(whole)s") % {"part": part, "whole": whole}


lazy_share = lazy(_share, str)


def number(name: str) -> WholeNumber:
    """An integer setting with its range in words."""
    low, high = RANGES[name]
    return WholeNumber(
        label=LABELS[name],
        low=low,
        high=high,
        help_text=format_lazy(_("{low} to {high}"), low=low, high=high) if high < 1000 else "",
    )


class CharterForm(forms.Form):
    """All that a charter says."""

    purpose = forms.CharField(label=_("What we are for"), max_length=4000, widget=forms.Textarea(attrs={"rows": 4}))
    unity = forms.CharField(
        label=_("Points of unity"), max_length=8000, required=False, widget=forms.Textarea(attrs={"rows": 4})
    )
    consensus_up_to = number("consensus_up_to")
    agreement = share_field("agreement")
    quorum = share_field("quorum")
    second_quorum = share_field("second_quorum")
    discussion_days = number("discussion_days")
    voting_hours = number("voting_hours")
    recall_hours = number("recall_hours")
    asides = share_field("asides")
    round_days = number("round_days")
    rounds_max = number("rounds_max")
    after_rounds = forms.ChoiceField(label=LABELS["after_rounds"], choices=Charter.AfterRounds.choices)
    term_days = number("term_days")
    renewals = number("renewals")
    admission = forms.ChoiceField(
        label=LABELS["admission"], choices=Charter.Admission.choices, widget=forms.RadioSelect
    )
    waiting_days = number("waiting_days")
    open_proposals = number("open_proposals")
    counts_visible = forms.ChoiceField(label=LABELS["counts_visible"], choices=Charter.Counts.choices)
    secret_from = WholeNumber(
        label=LABELS["secret_from"],
        help_text=_("7 or more. Leave it empty for never."),
        low=SECRET_FROM_AT_LEAST,
        high=LARGEST,
        required=False,
    )
    minimum_age = number("minimum_age")
    codes = forms.BooleanField(label=_("Codes with which a secret vote can be changed"), required=False)
    votes_by_mail = forms.BooleanField(label=_("Open votes can be cast by a link in the mail"), required=False)
    urgent_sum = number("urgent_sum")
    time_zone = forms.ChoiceField(label=_("Time zone"))

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
                field.choices = [(each, spoken(each)) for each in (initial[name], *shares)]
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


class EndForm(forms.Form):
    """Why a body should end, and what becomes of what it holds."""

    text = forms.CharField(
        label=_("Why, and what becomes of what it holds?"),
        help_text=_("Keys, money, tools, promises: who takes them on."),
        max_length=20_000,
        widget=forms.Textarea(attrs={"rows": 8}),
    )


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
