"""A position as it is sent. Which positions there are, and who may take them, the action says."""

from django import forms
from django.utils.translation import gettext_lazy as _

from core.rules.positions import POSITIONS, Position, Rule
from core.words.positions import LABELS


class BallotForm(forms.Form):
    """A position with its reason, and the vote it was shown for."""

    vote = forms.IntegerField(widget=forms.HiddenInput)
    position = forms.ChoiceField(label=_("Your position"), error_messages={"required": _("Choose a position first.")})
    reason = forms.CharField(label=_("Why"), max_length=2000, required=False, widget=forms.Textarea)

    def __init__(self, rule: str, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        positions = POSITIONS[Rule(rule)]
        field = self.fields["position"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101  (for the type checker)
        field.choices = [(position.value, str(LABELS[position])) for position in positions]

    @property
    def choice(self) -> Position:
        """The position given."""
        return Position(self.cleaned_data["position"])
