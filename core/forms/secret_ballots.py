"""A secret ballot as it is sent. What a code must be, and who may send one, the action says.

What is sent is as long whatever it says, so that who watches the line learns nothing from it: positions are digits, and
for every candidate there is a number of two digits, also for those who are not chosen.
"""

from collections.abc import Sequence

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from core.forms.elections import ChoiceForm, choice_form
from core.models import Candidacy, Vote
from core.rules.choices import NONE_OF_THESE, Choice
from core.rules.positions import RANKED
from core.words.positions import secret_choices


def code_field() -> forms.CharField:
    """Where the code is sent."""
    return forms.CharField(label=_("Your code"), max_length=60, required=False)


class SecretBallotForm(forms.Form):
    """A choice, the code of the ballot, and the vote it was shown for."""

    vote = forms.IntegerField(widget=forms.HiddenInput)
    position = forms.ChoiceField(label=_("Your vote"), error_messages={"required": _("Choose a position first.")})
    code = code_field()

    def __init__(self, vote: Vote, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        self.offered = secret_choices(vote.rule)
        field = self.fields["position"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101  (for the type checker)
        field.choices = [(choice.value, str(choice.label)) for choice in self.offered]

    @property
    def choice(self) -> Choice:
        """What was chosen, once the form is valid."""
        chosen = self.cleaned_data["position"]
        return next(each.meant for each in self.offered if each.value == chosen)


def secret_choice_form(vote: Vote, candidates: Sequence[Candidacy], typed: QueryDict) -> ChoiceForm:
    """The secret ballot of an election: the form of an open one, and a code."""
    ranked = vote.rule in RANKED
    form = choice_form(ranked, candidates, as_typed_openly(typed, candidates, ranked=ranked))
    form.fields["code"] = code_field()
    return form


def as_typed_openly(typed: QueryDict, candidates: Sequence[Candidacy], *, ranked: bool) -> QueryDict:
    """What came in two digits for each candidate, as the form of an open election takes it."""
    plain = QueryDict(mutable=True)
    plain.update({name: typed.get(name, "") for name in ("vote", "code")})
    for number in [NONE_OF_THESE, *(row.number for row in candidates if row.number is not None)]:
        given = typed.get(two_digits_of(number), "").lstrip("0")
        if ranked:
            plain[f"place_{number}"] = given
        elif given:
            plain.appendlist("approve", str(number))
    return plain


def two_digits_of(number: int) -> str:
    """The name of the field of a candidate on a secret ballot."""
    return f"candidate_{number:02}"
